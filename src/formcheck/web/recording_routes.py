"""The addresses of recordings: add, list, report, keep, delete."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from formcheck.analysis.recognition import AUTO
from formcheck.errors import FormcheckError, UsageError
from formcheck.files.checked_fields import printable
from formcheck.web.answers import (
    HEAD_LETTERS,
    answering,
    chunks,
    fields,
    own_policy,
    refuse_larger,
    refused,
)
from formcheck.web.catalogue import named_exercise
from formcheck.web.recording_queue import RecordingQueue, keep
from formcheck.web.recording_store import RecordingStore, Stage, StoredRecording

MOST_NAME_LETTERS = 120


class RecordingRoutes:
    """Answers requests about recordings.

    Parameters
    ----------
    store : RecordingStore
        Holds them.
    queue : RecordingQueue
        Analyses them.
    most_bytes : int
        A larger one is refused.
    """

    def __init__(self, store: RecordingStore, queue: RecordingQueue, *, most_bytes: int) -> None:
        self._store = store
        self._queue = queue
        self._most_bytes = most_bytes

    def routes(self) -> list[BaseRoute]:
        """Returns the routes."""
        return [
            Route("/api/recordings", answering(self._listed), methods=["GET"]),
            Route("/api/recordings", answering(self._add), methods=["POST"]),
            Route("/api/recordings/{id}", answering(self._delete), methods=["DELETE"]),
            Route("/api/recordings/{id}/again", answering(self._again), methods=["POST"]),
            Route("/api/recordings/{id}/keep", answering(self._keep), methods=["POST"]),
            Route("/recordings/{id}/report/{name:path}", self._report),
        ]

    def _row(self, recording: StoredRecording) -> dict[str, Any]:
        values = recording.plain() | {"share": self._queue.share(recording.id)}
        if recording.stage is Stage.DONE:
            values["report"] = f"/recordings/{recording.id}/report/index.html"
        return values

    async def _listed(self, request: Request) -> Any:
        rows = [self._row(one) for one in self._store.all()]
        return {"recordings": rows, "most_bytes": self._most_bytes}

    async def _add(self, request: Request) -> Any:
        asked = request.query_params
        said = request.headers.get("content-length", "")
        size = int(said) if said.isdecimal() else None
        refuse_larger(size, self._most_bytes)
        recording = await self._store.add(
            chunks(request, self._most_bytes),
            name=printable(asked.get("name", ""))[:MOST_NAME_LETTERS] or "recording",
            exercise=_exercise(asked.get("exercise", AUTO)),
            recorded_at=_moment(asked.get("recorded_ms", "")),
            size=size,
        )
        self._queue.add(recording.id)
        return self._row(recording)

    async def _again(self, request: Request) -> Any:
        id = request.path_params["id"]
        exercise = _exercise((await fields(request)).text("exercise"))
        if self._store.one(id).stage is not Stage.FAILED:
            raise UsageError("Only a recording whose analysis failed is analysed again.")
        recording = self._store.change(id, stage=Stage.WAITING, exercise=exercise, text="")
        self._queue.add(id)
        return self._row(recording)

    async def _keep(self, request: Request) -> Any:
        id, warnings = request.path_params["id"], list[str]()
        keep(self._store, id, warnings)
        return self._row(self._store.one(id)) | {"warnings": warnings}

    async def _delete(self, request: Request) -> Any:
        id = request.path_params["id"]
        await self._queue.cancel(id)
        self._store.delete(id)
        return {"deleted": id}

    async def _report(self, request: Request) -> Response:
        try:
            path = self._store.report_file(request.path_params["id"], request.path_params["name"])
        except FormcheckError as error:
            return refused(error)
        return FileResponse(path, headers={"content-security-policy": _policy(path)})


def _policy(path: Path) -> str:
    """Returns the policy of a report's file; what is no page may load nothing."""
    if path.suffix != ".html":
        return own_policy("")
    with path.open(encoding="utf-8", errors="replace") as page:
        return own_policy(page.read(HEAD_LETTERS))


def _exercise(slug: str) -> str:
    return slug if slug == AUTO else named_exercise(slug).slug


def _moment(text: str) -> datetime | None:
    """Returns when a file was last changed, from the browser's milliseconds."""
    try:
        moment = datetime.fromtimestamp(int(text) / 1000, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.year >= 1990 else None
