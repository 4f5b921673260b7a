"""Sharing out among Dask workers: the same results, even if one is lost on the way."""

from __future__ import annotations

import builtins
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from formcheck.analysis.cluster import run_on_cluster
from formcheck.analysis.job import Done, Failed, Job
from formcheck.analysis.running import run_all
from formcheck.errors import ClusterError, UsageError
from formcheck.files.bundled import DEMO_EXERCISE, demo_video


@pytest.fixture
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as local:
        yield local


def kill_one_at_work(cluster: Any, killed: list[int]) -> None:
    """Kill the first worker that has begun something."""
    from distributed import Client

    with Client(cluster, set_as_default=False) as client:
        pids = client.run(os.getpid)
        while not killed:
            busy = [worker for worker, tasks in client.processing().items() if tasks]
            if busy:
                # It has the task; let it get well into it.
                time.sleep(1.0)
                os.kill(pids[busy[0]], signal.SIGKILL)
                killed.append(pids[busy[0]])
            time.sleep(0.05)


@pytest.mark.slow
def test_the_same_results_though_a_worker_is_killed(cluster: Any, tmp_path: Path) -> None:
    videos = []
    for name in ("a", "b", "c"):
        videos.append(tmp_path / f"{name}.mp4")
        shutil.copy(demo_video(), videos[-1])
    videos.append(tmp_path / "empty.mp4")
    videos[-1].touch()
    asked = Job(path=demo_video(), exercise=DEMO_EXERCISE, to_s=8.0)
    jobs = [replace(asked, path=path, out=tmp_path / "out") for path in videos]
    killed: list[int] = []
    killer = threading.Thread(target=kill_one_at_work, args=(cluster, killed))
    killer.start()
    failed: list[Job] = []
    ended = run_on_cluster(
        jobs, cluster.scheduler_address, on_error=lambda job, error: failed.append(job)
    )
    killer.join()
    assert len(killed) == 1
    assert [type(one) for one in ended] == [Done, Done, Done, Failed]
    assert [job.path.name for job in failed] == ["empty.mp4"]
    [alone] = run_all([asked])
    assert isinstance(alone, Done)
    for one, path in zip(ended[:3], videos[:3], strict=True):
        assert isinstance(one, Done)
        assert one.plain["reps"] == alone.plain["reps"]
        assert len(one.plain["reps"]) == 1
        assert (tmp_path / "out" / f"{path.stem}.session.json").is_file()


def test_nobody_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("formcheck.analysis.cluster.CONNECT_S", 0.5)
    with pytest.raises(ClusterError, match="no Dask scheduler at"):
        run_on_cluster([], "tcp://127.0.0.1:1", on_error=lambda job, error: None)


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name.startswith("distributed"):
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"pip install 'formcheck\[cluster\]'"):
        run_on_cluster([], "tcp://127.0.0.1:1", on_error=lambda job, error: None)
