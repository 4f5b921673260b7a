"""A server without a model: its estimator gives the poses of a stick figure, one for each frame."""

from __future__ import annotations

import json
import os
import struct
import time
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from starlette.testclient import TestClient

from formcheck.analysis.job import Job
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.web.access import Guard
from formcheck.web.app import make_app
from formcheck.web.history_routes import history_routes
from formcheck.web.plan_routes import plan_routes
from formcheck.web.progress_routes import progress_routes
from formcheck.web.recording_queue import RecordingQueue
from formcheck.web.recording_routes import RecordingRoutes
from formcheck.web.recording_store import RecordingStore
from formcheck.web.run_desk import RunDesk
from tests.stickman import Lift, Stance, clip

FPS = 20.0
ORIGIN = "http://127.0.0.1:8765"
TOKEN = "the-token-of-the-link"
MOST_BYTES = 100_000
LIFTS = (Lift(), Lift(at_top=Stance(lean=-20.0)))


def stand_in(job: Job, name: str, tell: Connection) -> None:
    """Stands in for what analyses, by the film's content."""
    assert job.out is not None
    film = (job.out / "film").read_bytes()
    tell.send({"share": 0.5})
    if film == b"hangs":
        time.sleep(60)
    if film == b"crashes":
        os._exit(139)
    if film == b"no film":
        tell.send({"error": f"{name} is no film."})
        return
    report = job.out / "analysis.report"
    report.mkdir(exist_ok=True)
    page = '<meta http-equiv="Content-Security-Policy" content="script-src &#39;sha256-abc=&#39;">'
    (report / "index.html").write_text(page)
    (report / "video.mp4").write_bytes(film)
    tell.send({"text": f"{job.exercise}: 2 clean of 2"})


class Figure:
    """An estimator that gives one pose after the other, at the time of each frame."""

    def __init__(self, poses: Iterable[Pose]) -> None:
        self._poses = list(poses)
        self._given = 0
        self.closed = False

    def estimate(self, frame: Frame) -> Pose:
        pose = self._poses[min(self._given, len(self._poses) - 1)]
        self._given += 1
        return Pose(
            time_s=frame.time_s,
            image_px=pose.image_px,
            visibility=pose.visibility,
            frame_size_px=pose.frame_size_px,
            world_m=pose.world_m,
        )

    def close(self) -> None:
        self.closed = True

    def __enter__(self) -> Figure:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def figure(exercise: Exercise) -> Figure:
    """One clean lift of the left leg, then one leaning back."""
    return Figure(clip(list(LIFTS), fps=FPS))


POSES = len(list(clip(list(LIFTS), fps=FPS)))


def jpeg(width: int = 64, height: int = 48, *, progressive: bool = False) -> bytes:
    image = np.full((height, width, 3), 120, dtype=np.uint8)
    done, data = cv2.imencode(
        ".jpg",
        image,
        [cv2.IMWRITE_JPEG_PROGRESSIVE, int(progressive), cv2.IMWRITE_JPEG_QUALITY, 80],
    )
    assert done
    return data.tobytes()


PICTURE = jpeg()


def frame_bytes(index: int, picture: bytes = PICTURE) -> bytes:
    return struct.pack("<d", 1000.0 * index / FPS + 5e9) + picture


def unpacked(message: bytes) -> tuple[dict[str, Any], bytes]:
    (length,) = struct.unpack_from("<I", message)
    return json.loads(message[4 : 4 + length]), message[4 + length :]


def guard() -> Guard:
    return Guard(frozenset({ORIGIN, "http://localhost:8765"}), TOKEN)


class House:
    """The application with its desk, and a browser that has the link."""

    def __init__(self, folder: Path) -> None:
        self.warned: list[str] = []
        self.folder = folder
        self.guard = guard()
        self.desk = RunDesk(folder, open_estimator=figure, warn=self.warned.append)
        self.store = RecordingStore(folder)
        self.queue = RecordingQueue(self.store, stand_in)
        further = [
            *history_routes(folder),
            *plan_routes(folder),
            *progress_routes(folder),
            *RecordingRoutes(self.store, self.queue, most_bytes=MOST_BYTES).routes(),
        ]
        self.app = make_app(self.guard, self.desk, further)

    async def open(self) -> None:
        self.queue.start()

    async def close(self) -> None:
        await self.queue.close()
        await self.desk.close()

    def browser(self) -> TestClient:
        client = TestClient(self.app, base_url=ORIGIN, headers={"origin": ORIGIN})
        assert client.post("/api/login", json={"token": TOKEN}).status_code == 204
        return client


def play(client: TestClient, run: str, frames: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Sends frames by requests and gives what was judged in each."""
    for index in frames:
        answer = client.post(f"/api/run/{run}/frame", content=frame_bytes(index))
        assert answer.status_code == 200, answer.text
        yield answer.json()
