"""How fast formcheck analyses recordings, side by side with a plain loop over the same files.

    python tests/benchmarks/throughput.py                    every case, a quarter of an hour
    python tests/benchmarks/throughput.py --cases short60    one of them
    python tests/benchmarks/throughput.py --save FIGURES.json    keeps them, for the picture
    python tests/benchmarks/throughput.py --heart            what judging takes of a frame
    python tests/benchmarks/throughput.py --memory           memory by length

The plain loop reads every frame with OpenCV, gives it to MediaPipe, and does nothing else. Beside
it run `formcheck analyze` as it comes and with `--every-frame`. Everything runs in processes of its
own, from the start of Python to the end, in turn, round by round, so that a busy machine slows all
alike; the table gives medians of wall and of processor time, and the ratios within a round.

The film is a sample drawn at 60 frames a second (once, into --cache, in some minutes), looped,
thinned and enlarged to what a case asks for.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "sample_videos")]

from formcheck.core.checker.checker import FormChecker  # noqa: E402
from formcheck.core.checker.recorded_neutrals import find_neutrals  # noqa: E402
from formcheck.exercises import get_exercise  # noqa: E402
from formcheck.files.pose_file import PoseRecording  # noqa: E402
from formcheck.files.video_writer import VideoWriter  # noqa: E402
from formcheck.sources.video import VideoFile  # noqa: E402

PLAIN = """
import sys, cv2, mediapipe as mp
from mediapipe.tasks.python import BaseOptions, vision
options = vision.PoseLandmarkerOptions(
    base_options=BaseOptions(model_asset_path=sys.argv[1]),
    running_mode=vision.RunningMode.VIDEO,
)
for path in sys.argv[2:]:
    video = cv2.VideoCapture(path)
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        last_ms = -1
        while True:
            there, image = video.read()
            if not there:
                break
            last_ms = max(last_ms + 1, round(video.get(cv2.CAP_PROP_POS_MSEC)))
            picture = mp.Image(
                image_format=mp.ImageFormat.SRGB, data=cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            )
            landmarker.detect_for_video(picture, last_ms)
"""
MODEL = ROOT / "models" / "pose_landmarker_full.task"
GOLDEN = ROOT / "tests" / "golden"
CLIP, CLIP_FPS, SLUG = "standing-side-lean-back", 60, "standing-hip-flexion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is analysed: so many recordings, each so long."""

    seconds: float
    fps: int = 30
    size: tuple[int, int] = (640, 480)
    files: int = 1

    @property
    def frames(self) -> int:
        """Frames in all."""
        return round(self.seconds * self.fps) * self.files

    @property
    def label(self) -> str:
        """A row's name in the table."""
        files = f"{self.files} of " if self.files > 1 else ""
        return f"{files}{self.seconds:g} s, {self.fps} fps, {self.size[0]}x{self.size[1]}"


CASES = {
    "long": Case(seconds=120),
    "short": Case(seconds=30),
    "short60": Case(seconds=30, fps=60),
    "hd": Case(seconds=20, size=(1280, 720)),
    "full": Case(seconds=20, fps=60, size=(1920, 1080)),
    "folder": Case(seconds=12, files=10),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What some processes took together: wall and processor seconds, memory of the largest."""

    wall_s: float
    cpu_s: float
    memory_mb: float


def run(*commands: Sequence[str]) -> Cost:
    """Run commands at the same time, to their ends."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    began_s = time.perf_counter()
    started = [
        subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for command in commands
    ]
    cpu_s = memory_mb = 0.0
    for process in started:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{process.args!r} ended with {process.returncode}")
        cpu_s += used.ru_utime + used.ru_stime
        memory_mb = max(memory_mb, used.ru_maxrss / 1024)
    return Cost(wall_s=time.perf_counter() - began_s, cpu_s=cpu_s, memory_mb=memory_mb)


def film(case: Case, cache: Path) -> list[Path]:
    """Return the recordings of a case, made once."""
    source = cache / f"{CLIP}-{CLIP_FPS}fps.mp4"
    if not source.is_file():
        from people.clip import shoot
        from people.shipped import SHIPPED

        (scenario,) = (each for each in SHIPPED if each.name == CLIP)
        shoot(replace(scenario, name=source.stem, fps=CLIP_FPS), cache)
    width, height = case.size
    name = f"{case.seconds:g}s-{case.fps}fps-{width}x{height}"
    paths = [cache / f"{name}-{number}.mp4" for number in range(case.files)]
    if not paths[0].is_file():
        make_long(paths[0], source, case)
    for path in paths[1:]:
        if not path.is_file():
            path.write_bytes(paths[0].read_bytes())
    return paths


def make_long(path: Path, source: Path, case: Case) -> None:
    """Write a clip again and again, at the case's size and rate, until it is long enough."""
    # Frame by frame: a process's memory counts what its parent held when it was started.
    writer, number = VideoWriter(path, case.size), count()
    last = round(case.seconds * case.fps)
    written = 0
    while written < last:
        with VideoFile(source) as clip:
            for frame in clip:
                if next(number) % (CLIP_FPS // case.fps) or written == last:
                    continue
                assert frame.image is not None
                image = np.asarray(cv2.resize(frame.image, case.size), dtype=np.uint8)
                writer.write(image, written / case.fps)
                written += 1
    writer.close(end_s=case.seconds)


def plain(videos: Sequence[Path]) -> list[str]:
    """Return the command of the plain loop."""
    return [sys.executable, "-c", PLAIN, str(MODEL), *map(str, videos)]


def analyze(videos: Sequence[Path], out: Path, *more: str) -> list[str]:
    """Return the command of a whole analysis: session and measures of every frame."""
    return [
        *(sys.executable, "-m", "formcheck", "analyze", *map(str, videos), "-e", SLUG),
        *("--out", str(out), "--again", *more),
    ]


WAYS = ("plain loop", "every frame", "as it comes")


def measure(case: Case, cache: Path, rounds: int, out: Path) -> dict[str, Cost]:
    """Return the median cost of each way, and print it; ratios are those within a round."""
    videos = film(case, cache)
    commands = (
        plain(videos),
        analyze(videos, out, "--every-frame"),
        analyze(videos, out),
    )
    costs: dict[str, list[Cost]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way, command in zip(WAYS, commands, strict=True):
            costs[way].append(run(command))
    base = costs[WAYS[0]]
    for way, found in costs.items():
        speed = statistics.median(b.wall_s / c.wall_s for b, c in zip(base, found, strict=True))
        wall_s = statistics.median(c.wall_s for c in found)
        cpu_s = statistics.median(c.cpu_s for c in found)
        print(
            f"| {case.label} | {way} | {wall_s:.1f} | {1000 * wall_s / case.frames:.1f}"
            f" | {1000 * cpu_s / case.frames:.1f} | {speed:.2f}"
            f" | {max(c.memory_mb for c in found):.0f} |",
            flush=True,
        )
    return {way: min(found, key=lambda c: c.wall_s) for way, found in costs.items()}


def heart() -> None:
    """Print what measuring, judging and counting take of one frame, on the golden poses."""
    print("\n| heart, ms of CPU a frame | neutral | measures, judging, counting |")
    print("|---|---|---|")
    for path in sorted(GOLDEN.glob("*.npz")):
        plain_session = json.loads(path.with_suffix(".session.json").read_text(encoding="utf-8"))
        exercise = get_exercise(plain_session["exercise"])
        poses = PoseRecording.load(path).poses
        neutral_s, judged_s = [], []
        for _ in range(5):
            began_s = time.process_time()
            neutral, *others = find_neutrals(poses, exercise)
            checker = FormChecker(exercise, calibration=neutral, others=others)
            neutral_s.append(time.process_time() - began_s)
            for pose in poses:
                checker.update(pose)
            judged_s.append(time.process_time() - began_s - neutral_s[-1])
        share = 1000 / len(poses)
        print(f"| {path.stem} | {share * min(neutral_s):.3f} | {share * min(judged_s):.3f} |")


def memory(folder: Path, cache: Path) -> None:
    """Print the memory that one and four times the length take."""
    print("\n| length | memory, MB |\n|---|---|")
    for seconds in (120.0, 480.0):
        cost = run(analyze(film(Case(seconds=seconds), cache), folder))
        print(f"| {seconds:.0f} s | {cost.memory_mb:.0f} |")


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", nargs="*", default=list(CASES), choices=list(CASES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "throughput")
    parser.add_argument("--save", type=Path, help="add the figures to this file")
    parser.add_argument("--memory", action="store_true", help="only memory by length")
    parser.add_argument("--heart", action="store_true", help="only the heart")
    asked = parser.parse_args()
    asked.cache.mkdir(parents=True, exist_ok=True)
    if asked.heart:
        heart()
        return
    with tempfile.TemporaryDirectory(prefix="formcheck-benchmark-") as place:
        if asked.memory:
            memory(Path(place), asked.cache)
            return
        print(f"{os.cpu_count()} cores, {asked.rounds} rounds, load {os.getloadavg()[0]:.1f}\n")
        print("| recordings | way | s | ms a frame | CPU ms a frame | times the loop | MB |")
        print("|---|---|---|---|---|---|---|")
        for name in asked.cases:
            found = measure(CASES[name], asked.cache, asked.rounds, Path(place) / name)
            if asked.save:
                save(asked.save, CASES[name], found)


def save(path: Path, case: Case, found: dict[str, Cost]) -> None:
    """Put the figures of a case into a file, in place of its earlier ones."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    kept[case.label] = {way: round(cost.wall_s, 2) for way, cost in found.items()}
    path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
