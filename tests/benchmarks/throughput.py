"""How fast formcheck analyses recordings, side by side with a plain loop over the same file.

    python tests/benchmarks/throughput.py [--seconds 180] [--rounds 3] [--processes 2] [--memory]

The plain loop reads a frame with OpenCV, gives it to MediaPipe, and does nothing else. Everything
runs in processes of its own, from the start of Python to the end, in turn, round by round, so that
a busy machine slows all alike; the table gives medians of wall and of processor time, and the
ratios within a round. `--memory` compares the memory for one and for four times the length.
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
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from formcheck.core.checker.checker import FormChecker  # noqa: E402
from formcheck.core.checker.recorded_neutrals import find_neutrals  # noqa: E402
from formcheck.exercises import get_exercise  # noqa: E402
from formcheck.files.bundled import DEMO_EXERCISE, demo_video  # noqa: E402
from formcheck.files.pose_file import PoseRecording  # noqa: E402
from formcheck.files.video_writer import VideoWriter  # noqa: E402
from formcheck.sources.video import VideoFile  # noqa: E402

PLAIN = """
import sys, cv2, mediapipe as mp
from mediapipe.tasks.python import BaseOptions, vision
options = vision.PoseLandmarkerOptions(
    base_options=BaseOptions(model_asset_path=sys.argv[2]),
    running_mode=vision.RunningMode.VIDEO,
)
video = cv2.VideoCapture(sys.argv[1])
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


def make_long(path: Path, seconds: float) -> int:
    """Write the demo video again and again until it is long enough; return the frames."""
    # Frame by frame: a process's memory counts what its parent held when it was started.
    with VideoFile(demo_video()) as source:
        writer = VideoWriter(path, (source.info.width, source.info.height))
        count, begin_s, length_s = 0, 0.0, source.info.duration_s or 0.0
        while begin_s < seconds:
            for frame in source:
                assert frame.image is not None
                writer.write(frame.image, begin_s + frame.time_s)
                count += 1
            begin_s += length_s
        writer.close(end_s=begin_s)
    return count


def plain(video: Path) -> list[str]:
    """Return the command of the plain loop."""
    return [sys.executable, "-c", PLAIN, str(video), str(MODEL)]


def analyze(out: Path, processes: int, *videos: Path) -> list[str]:
    """Return the command of a whole analysis: session, measures of every frame, poses."""
    # Poses are saved of one recording at a time.
    poses = ("--save-poses", str(out / "poses.npz")) if len(videos) == 1 else ()
    return [
        *(sys.executable, "-m", "formcheck", "analyze", *map(str, videos), "-e", DEMO_EXERCISE),
        *("--out", str(out), "--again", *poses, "--jobs", str(processes)),
    ]


def throughput(video: Path, frames: int, rounds: int, processes: int, out: Path) -> None:
    """Print the table of plain loop and analysis."""
    twin = video.with_name(f"twin-{video.name}")
    twin.write_bytes(video.read_bytes())
    cases = {
        "plain loop": (1, [plain(video)]),
        "formcheck, 1 process": (1, [analyze(out, 1, video)]),
        f"formcheck, {processes} processes": (1, [analyze(out, processes, video)]),
        f"formcheck, {processes} processes, two recordings": (
            2,
            [analyze(out, processes, video, twin)],
        ),
        "plain loop twice at a time": (2, [plain(video), plain(twin)]),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, (_, commands) in cases.items():
            costs[name].append(run(*commands))
    print(f"{frames} frames of 640x480, {rounds} rounds, load {os.getloadavg()[0]:.1f}\n")
    print("| | wall, ms a frame | CPU, ms a frame | throughput | CPU | memory, MB |")
    print("|---|---|---|---|---|---|")
    base = costs["plain loop"]
    for name, (videos, _) in cases.items():
        share = 1000 / (frames * videos)
        speed = [videos * b.wall_s / c.wall_s for b, c in zip(base, costs[name], strict=True)]
        cpu = [c.cpu_s / b.cpu_s / videos for b, c in zip(base, costs[name], strict=True)]
        print(
            f"| {name} | {share * statistics.median(c.wall_s for c in costs[name]):.1f}"
            f" | {share * statistics.median(c.cpu_s for c in costs[name]):.1f}"
            f" | {statistics.median(speed):.2f} | {statistics.median(cpu):.2f}"
            f" | {max(c.memory_mb for c in costs[name]):.0f} |"
        )


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


def memory(folder: Path, seconds: float) -> None:
    """Print the memory that one and four times the length take."""
    print("\n| length | frames | memory, MB |")
    print("|---|---|---|")
    for times in (1, 4):
        video = folder / f"memory-{times}.mp4"
        frames = make_long(video, times * seconds)
        cost = run(analyze(folder / "memory", 1, video))
        print(f"| {times * seconds:.0f} s | {frames} | {cost.memory_mb:.0f} |")


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--heart", action="store_true", help="only the heart")
    asked = parser.parse_args()
    if not asked.heart:
        with tempfile.TemporaryDirectory(prefix="formcheck-benchmark-") as place:
            video = Path(place) / "long.mp4"
            frames = make_long(video, asked.seconds)
            throughput(video, frames, asked.rounds, asked.processes, Path(place) / "out")
            if asked.memory:
                memory(Path(place), asked.seconds)
    heart()


if __name__ == "__main__":
    main()
