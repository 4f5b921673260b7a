"""The process that analyses, on a bundled sample: its report, and the session in the history."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from formcheck.files.bundled import DEMO_EXERCISE, demo_video
from formcheck.history.store import History
from formcheck.web.recording_queue import RecordingQueue, keep
from formcheck.web.recording_store import FILM, RecordingStore, Stage


@pytest.mark.slow
def test_a_sample_is_analysed_and_kept(tmp_path: Path) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield demo_video().read_bytes()

    async def work(store: RecordingStore) -> str:
        queue = RecordingQueue(store)
        queue.start()
        made = await store.add(
            pieces(), name="my set.mov", exercise=DEMO_EXERCISE, recorded_at=None, size=None
        )
        queue.add(made.id)
        while store.one(made.id).stage not in (Stage.DONE, Stage.FAILED):
            await asyncio.sleep(0.1)
        await queue.close()
        return made.id

    store = RecordingStore(tmp_path)
    id = asyncio.run(asyncio.wait_for(work(store), 300))
    done = store.one(id)
    assert (done.stage, done.text) == (Stage.DONE, "2 clean of 4, 2 compensated")
    page = store.report_file(id, "index.html").read_text(encoding="utf-8")
    assert "my set.mov" in page and str(tmp_path) not in page
    warnings: list[str] = []
    keep(store, id, warnings)
    keep(store, id, warnings)
    with History(tmp_path) as history:
        (session,) = history.sessions()
    assert warnings == [] and session.counts.clean == 2 and session.source.path == "my set.mov"
    assert not (store.folder(id) / FILM).exists() and store.one(id).kept
    shutil.rmtree(tmp_path)
