"""Measure `formcheck serve`.

tests/benchmarks/web.py latency [CLIP...]     capture to drawn, clips through Chromium's fake camera
tests/benchmarks/web.py upload [MEGABYTES]    the server's memory during an upload
tests/benchmarks/web.py soak [MINUTES]        its memory over so much of a run at 30 frames a second
"""

from __future__ import annotations

import argparse
import itertools
import struct
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from tests.web.fake_camera import camera_browser, camera_film, ready, timings, train  # noqa: E402
from tests.web.live_server import ASKED, LiveServer, live_server, sample_frames  # noqa: E402

SAMPLES = ROOT / "sample_videos"
CLIP = "standing-side-lean-back"
FPS = 30.0
PIECE = bytes(1 << 20)
WARM_S = 4.0


def latency(clips: list[str]) -> None:
    """Prints for each clip how long a frame took from its capture until it was drawn."""
    print("| clip | frames | a second | drawn p50 | drawn p95 | judging p95 | beyond judging p95 |")
    print("|---|---|---|---|---|---|---|")
    for clip in clips or [CLIP]:
        video = SAMPLES / f"{clip}.mp4"
        with tempfile.TemporaryDirectory() as folder, live_server(Path(folder) / "data") as server:
            film = camera_film(video, Path(folder))
            exercise = "supine-marching" if "supine" in clip else "standing-hip-flexion"
            with camera_browser(film) as page:
                ready(page, f"{server.address}/#token={server.token}")
                time.sleep(WARM_S)
                begin_s = time.monotonic()
                train(page, video, exercise)
                seconds = time.monotonic() - begin_s
                drawn, judging = np.array(timings(page)).T
        p50, p95 = np.percentile(drawn, [50, 95])
        within, beyond = np.percentile(judging, 95), np.percentile(drawn - judging, 95)
        print(
            f"| {clip} | {len(drawn)} | {len(drawn) / seconds:.0f} | {p50:.0f} ms | {p95:.0f} ms |"
            f" {within:.0f} ms | {beyond:.0f} ms |"
        )


class Peak(threading.Thread):
    """Watches the most memory that a server takes, in megabytes."""

    def __init__(self, server: LiveServer) -> None:
        super().__init__(daemon=True)
        self.server = server
        self.most_mb = 0.0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.05):
            self.most_mb = max(self.most_mb, self.server.memory_mb())


def upload(megabytes: int) -> None:
    """Prints the server's memory before, during and after an upload."""
    with tempfile.TemporaryDirectory() as folder, live_server(Path(folder)) as server:
        # A run before, so that everything that a server loads is loaded.
        with server.browser() as browser:
            run = browser.post("/api/run", json=ASKED).json()["run"]
            browser.post(f"/api/run/{run}/frame", content=next(sample_frames()))
            browser.post(f"/api/run/{run}/command", json={"name": "stop"})
            before_mb = server.memory_mb()
            peak = Peak(server)
            peak.start()
            begin_s = time.monotonic()
            pieces = itertools.repeat(PIECE, megabytes)
            answer = browser.post("/api/recordings?name=film.mp4", content=pieces, timeout=600.0)
            seconds = time.monotonic() - begin_s
            peak.over.set()
            assert answer.status_code == 200, answer.text
        print(
            f"{megabytes} MB in {seconds:.1f} s; memory {before_mb:.0f} MB before,"
            f" {peak.most_mb:.0f} MB at most."
        )


def endless(frames: list[bytes]) -> Iterator[bytes]:
    """Gives the frames of the sample again and again, with the time going on."""
    for number, frame in enumerate(itertools.cycle(frames)):
        yield struct.pack("<d", 1e12 + 1000 * number / FPS) + frame[8:]


def soak(minutes: float) -> None:
    """Prints the server's memory over so many minutes of frames, as fast as they are judged."""
    frames, count = list(sample_frames()), round(60 * minutes * FPS)
    with tempfile.TemporaryDirectory() as folder, live_server(Path(folder)) as server:
        with server.browser() as browser:
            asked = ASKED | {"sets": 20, "reps": 200, "rest_s": 0}
            run = browser.post("/api/run", json=asked).json()["run"]
            begin_s, reps = time.monotonic(), 0
            for number, frame in enumerate(itertools.islice(endless(frames), count)):
                answer = browser.post(f"/api/run/{run}/frame", content=frame).json()
                reps += len(answer.get("reps", ()))
                if number in (count // 10, count - 1):
                    print(f"{number + 1} frames, {reps} repetitions: {server.memory_mb():.1f} MB")
        print(f"{minutes:g} minutes of frames in {time.monotonic() - begin_s:.0f} s")


def main() -> None:
    """Measures what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=("latency", "upload", "soak"))
    parser.add_argument("values", nargs="*")
    asked = parser.parse_args()
    if asked.what == "latency":
        latency(asked.values)
    elif asked.what == "upload":
        upload(int(asked.values[0]) if asked.values else 500)
    else:
        soak(float(asked.values[0]) if asked.values else 30.0)


if __name__ == "__main__":
    main()
