"""How soon and how often people who lie, plank or hang are found, without and with `TurnedRetry`.

    python tests/accuracy/acquisition.py              the drawn clips there are
    python tests/accuracy/acquisition.py --real DIR   real clips in a folder besides

Each clip is watched from its beginning and from three later moments, so that tracking has to start
in the middle of the movement; from each for four seconds at about 15 frames a second. Everything is
done again with pictures made hard. Rows are conditions; a part of a clip counts as found after so
many frames, the first being 1. "Wrong" are frames that the retry found and whose hip or shoulder is
more than a trunk's length off the truth: only drawn clips have one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT), str(ROOT / "sample_videos")]

from formcheck.estimators.estimator import Estimator  # noqa: E402
from formcheck.estimators.mediapipe_pose import MediaPipeEstimator  # noqa: E402
from formcheck.estimators.turned import AFTER_FRAMES, TurnedRetry  # noqa: E402
from formcheck.frame import Frame, Image  # noqa: E402
from formcheck.pose import Landmark, Pose  # noqa: E402
from formcheck.sources.video import VideoFile  # noqa: E402

STEP_S = 1 / 15
WATCHED_S = 4.0
STARTS = (0.0, 0.25, 0.5, 0.75)
DRAWN = (
    "supine-marching", "straight-leg-raise", "alternating-leg-raises", "front-support",
    "mountain-climbers", "hanging",
)  # fmt: skip
REAL = (
    "climbers", "hanging", "raises-rest-up", "slr", "neg-bridge", "neg-hollow", "neg-plank",
)  # fmt: skip
SEEN = (Landmark.LEFT_SHOULDER, Landmark.LEFT_HIP)


def _border(image: Image) -> Image:
    edge = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
    colour: Image = np.median(edge, axis=0).astype(np.uint8)
    return colour


def small(image: Image) -> Image:
    """Return the picture at half its size in the middle of its border's colour."""
    height, width = image.shape[:2]
    half = cv2.resize(image, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    canvas = np.empty_like(image)
    canvas[:] = _border(image)
    y, x = height // 4, width // 4
    canvas[y : y + half.shape[0], x : x + half.shape[1]] = half
    return canvas


def dark(image: Image) -> Image:
    """Return the picture with about a third of its light."""
    return (image * 0.35).astype(np.uint8)


def blurred(image: Image) -> Image:
    """Return the picture out of focus: a spread of half a percent of its width."""
    soft: Image = cv2.GaussianBlur(image, (0, 0), 0.005 * image.shape[1])
    return soft


CONDITIONS: dict[str, Callable[[Image], Image]] = {
    "as filmed": lambda image: image,
    "half as big": small,
    "dark": dark,
    "blurred": blurred,
    "small and dark": lambda image: dark(small(image)),
}


@dataclass
class Tally:
    """What happened over the watched parts of some clips under one condition."""

    frames: int = 0
    found: int = 0
    turned: int = 0
    wrong: int = 0
    first: list[int | None] = field(default_factory=list)

    def add(self, poses: list[Pose], turns_deg: list[int], wrong: int) -> None:
        """Count one watched part."""
        seen = [pose.is_seen for pose in poses]
        self.frames += len(seen)
        self.found += sum(seen)
        self.turned += sum(turn > 0 for turn in turns_deg)
        self.wrong += wrong
        self.first.append(seen.index(True) + 1 if any(seen) else None)

    def cells(self) -> tuple[str, str]:
        """Share found, and the frames until found: at once, later, never."""
        at_once = sum(first == 1 for first in self.first)
        later = sorted(first for first in self.first if first is not None and first > 1)
        never = sum(first is None for first in self.first)
        late = f", {len(later)} by {'/'.join(map(str, later[-4:]))}" if later else ""
        share = f"{100 * self.found / max(self.frames, 1):.1f} %"
        return share, f"{at_once} at 1{late}" + (f", {never} never" if never else "")


def parts(video: Path) -> Iterator[list[Frame]]:
    """Frames of each watched part of a clip, thinned to about 15 a second."""
    source = VideoFile(video)
    duration_s = source.info.duration_s or 0.0
    begins = [share * duration_s for share in STARTS]
    lists: list[list[Frame]] = [[] for _ in begins]
    with source:
        for frame in source:
            for begin_s, part in zip(begins, lists, strict=True):
                due_s = part[-1].time_s + STEP_S - 0.005 if part else begin_s
                if due_s <= frame.time_s < begin_s + WATCHED_S:
                    part.append(frame)
    yield from (part for part in lists if len(part) > AFTER_FRAMES)


def watch(
    estimator: Estimator, frames: list[Frame], change: Callable[[Image], Image]
) -> tuple[list[Pose], list[int]]:
    """Return the poses in changed frames, and the clockwise turns they were found with."""
    poses, turns_deg = [], []
    with estimator:
        for frame in frames:
            assert frame.image is not None
            poses.append(estimator.estimate(replace(frame, image=change(frame.image))))
            turns_deg.append(estimator.turn_deg if isinstance(estimator, TurnedRetry) else 0)
    return poses, turns_deg


def would_retry(poses: list[Pose]) -> bool:
    """Whether anybody was missed for so long that turned pictures would have been looked at."""
    run = longest = 0
    for pose in poses:
        run = 0 if pose.is_seen else run + 1
        longest = max(longest, run)
    return longest >= AFTER_FRAMES


def astray(poses: list[Pose], turns_deg: list[int], truth: dict[str, Any] | None) -> int:
    """Frames found turned whose shoulder and hip are not where they were drawn."""
    if truth is None or not any(turns_deg):
        return 0
    joints = truth["frames"]["joints_px"]
    wrong = 0
    for pose, turn_deg in zip(poses, turns_deg, strict=True):
        if turn_deg:
            i = int(np.abs(np.array(truth["frames"]["time_s"]) - pose.time_s).argmin())
            true = np.array([joints["left_shoulder"][i], joints["left_hip"][i]])
            trunk_px = float(np.linalg.norm(true[0] - true[1]))
            off = np.linalg.norm(pose.image_px[list(SEEN)] - true, axis=1)
            wrong += bool((off > trunk_px).any())
    return wrong


def measure(videos: list[Path], turns_deg: tuple[int, ...], console: Console, title: str) -> None:
    """Print one table: each condition over all clips, and the clips somebody was missed in."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("condition", "clip", "found", "with retry", "turned", "wrong"):
        table.add_column(column, overflow="fold")
    for column in ("frames until found", "with retry"):
        table.add_column(column, overflow="fold")
    results: dict[str, list[tuple[str, Tally, Tally]]] = {name: [] for name in CONDITIONS}
    for video in videos:
        lists = list(parts(video))  # large: one clip at a time
        for name, change in CONDITIONS.items():
            pair = _clip(lists, change, turns_deg, _truth(video, name))
            results[name].append((video.stem, *pair))
    for name, rows in results.items():
        totals = [_together([row[i] for row in rows]) for i in (1, 2)]
        _row(table, name, f"all {len(videos)} clips", *totals)
        for clip, plain, retried in rows:
            if plain.found < plain.frames:
                _row(table, "", clip, plain, retried)
    console.print(title)
    console.print(table)


def _clip(
    lists: list[list[Frame]],
    change: Callable[[Image], Image],
    turns_deg: tuple[int, ...],
    truth: dict[str, Any] | None,
) -> tuple[Tally, Tally]:
    plain, retried = Tally(), Tally()
    for frames in lists:
        poses, turns = watch(MediaPipeEstimator(), frames, change)
        plain.add(poses, turns, 0)
        if would_retry(poses):
            retry = TurnedRetry(MediaPipeEstimator, turns_deg=turns_deg)
            poses, turns = watch(retry, frames, change)
        retried.add(poses, turns, astray(poses, turns, truth))
    return plain, retried


def _together(tallies: list[Any]) -> Tally:
    return Tally(
        frames=sum(one.frames for one in tallies),
        found=sum(one.found for one in tallies),
        turned=sum(one.turned for one in tallies),
        wrong=sum(one.wrong for one in tallies),
        first=[first for one in tallies for first in one.first],
    )


def _row(table: Table, condition: str, clip: str, plain: Tally, retried: Tally) -> None:
    (found, first), (found_after, first_after) = plain.cells(), retried.cells()
    turned, wrong = str(retried.turned), str(retried.wrong)
    table.add_row(condition, clip, found, found_after, turned, wrong, first, first_after)


def _truth(video: Path, condition: str) -> dict[str, Any] | None:
    path = video.with_suffix(".truth.json")
    if "small" in condition or "half" in condition or not path.exists():
        return None
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return truth


def _videos(folder: Path, prefixes: tuple[str, ...]) -> list[Path]:
    return [path for path in sorted(folder.glob("*.mp4")) if path.stem.startswith(prefixes)]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "drawn")
    parser.add_argument("--real", type=Path, metavar="DIR")
    parser.add_argument("--turns", type=int, nargs="+", default=(90, 270), metavar="DEG")
    arguments = parser.parse_args()
    console, turns = Console(width=150), tuple(arguments.turns)
    drawn = _videos(ROOT / "sample_videos", DRAWN) + _videos(arguments.cache, DRAWN)
    measure(drawn, turns, console, "Drawn clips: people found, shares of frames")
    if arguments.real:
        measure(_videos(arguments.real, REAL), turns, console, "Real clips: the same")


if __name__ == "__main__":
    main()
