"""How soon and how often people who lie, plank or hang are found, without and with `TurnedRetry`.

    python tests/accuracy/acquisition.py              the drawn clips there are
    python tests/accuracy/acquisition.py --real DIR   real clips in a folder besides

Each clip is watched from its beginning and from three later moments, so that tracking has to start
in the middle of the movement; from each for three seconds at about 15 frames a second. Everything
is done again with pictures made hard; the table names the clips in which somebody was missed.
"Turned" are the frames found in a turned picture, "wrong" those of them whose left shoulder or hip
lies more than a trunk's length from where it was found as filmed. Of the parts of clips it says
after how many frames somebody was found, the first frame being 1.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT), str(ROOT / "sample_videos")]

from formcheck.core.pose.frame import Frame, Image  # noqa: E402
from formcheck.core.pose.pose import FloatArray, Landmark, Pose  # noqa: E402
from formcheck.estimators.estimator import Estimator  # noqa: E402
from formcheck.estimators.mediapipe_pose import MediaPipeEstimator  # noqa: E402
from formcheck.estimators.turned_retry import AFTER_FRAMES, TurnedRetry  # noqa: E402
from formcheck.sources.video import VideoFile  # noqa: E402

STEP_S = 1 / 15
WATCHED_S = 3.0
STARTS = (0.0, 0.25, 0.5, 0.75)
DRAWN = (
    "supine-marching", "straight-leg-raise", "alternating-leg-raises", "front-support",
    "mountain-climbers", "hanging",
)  # fmt: skip
REAL = (
    "climbers", "hanging", "raises-rest-up", "slr", "neg-bridge", "neg-hollow", "neg-plank",
)  # fmt: skip
SEEN = (Landmark.LEFT_SHOULDER, Landmark.LEFT_HIP)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What is done to pictures: shrunk within their frame, darkened, put out of focus.

    ``blur`` is the spread's standard deviation over the picture's width.
    """

    size: float = 1.0
    light: float = 1.0
    blur: float = 0.0

    def change(self, image: Image) -> Image:
        """Return the changed picture, of the same size, on its border's colour where shrunk."""
        height, width = image.shape[:2]
        if self.blur:
            image = cv2.GaussianBlur(image, (0, 0), self.blur * width)
        if self.size < 1:
            edge = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
            wide, high = round(width * self.size), round(height * self.size)
            y, x = (height - high) // 2, (width - wide) // 2
            canvas = np.empty_like(image)
            canvas[:] = np.median(edge, axis=0).astype(np.uint8)
            canvas[y : y + high, x : x + wide] = cv2.resize(
                image, (wide, high), interpolation=cv2.INTER_AREA
            )
            image = canvas
        return image if self.light == 1 else (image * self.light).astype(np.uint8)

    def move(self, points: FloatArray, size_px: tuple[int, int]) -> FloatArray:
        """Return where points of the picture as filmed lie in the changed one."""
        middle = np.array(size_px) / 2
        moved: FloatArray = middle + (points - middle) * self.size
        return moved


CONDITIONS = {
    "as filmed": Condition(),
    "half as big": Condition(size=0.5),
    "a third as big": Condition(size=1 / 3),
    "dark": Condition(light=0.35),
    "blurred": Condition(blur=0.005),
    "very blurred": Condition(blur=0.01),
    "small and dark": Condition(size=0.5, light=0.35),
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
    estimator: Estimator, frames: list[Frame], condition: Condition
) -> tuple[list[Pose], list[int]]:
    """Return the poses in changed frames, and the clockwise turns they were found with."""
    poses, turns_deg = [], []
    with estimator:
        for frame in frames:
            assert frame.image is not None
            changed = replace(frame, image=condition.change(frame.image))
            poses.append(estimator.estimate(changed))
            turns_deg.append(estimator.turn_deg if isinstance(estimator, TurnedRetry) else 0)
    return poses, turns_deg


def would_retry(poses: list[Pose]) -> bool:
    """Whether anybody was missed for so long that turned pictures would have been looked at."""
    run = longest = 0
    for pose in poses:
        run = 0 if pose.is_seen else run + 1
        longest = max(longest, run)
    return longest >= AFTER_FRAMES


def astray(
    poses: list[Pose], turns_deg: list[int], as_filmed: list[Pose], condition: Condition
) -> int:
    """Frames found turned whose shoulder or hip is far from where it was found as filmed."""
    wrong = 0
    for pose, turn_deg, plain in zip(poses, turns_deg, as_filmed, strict=True):
        if turn_deg and plain.is_seen:
            true = condition.move(plain.image_px[list(SEEN)], plain.frame_size_px)
            off = np.linalg.norm(pose.image_px[list(SEEN)] - true, axis=1)
            wrong += bool((off > np.linalg.norm(true[0] - true[1])).any())
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
        as_filmed = [watch(MediaPipeEstimator(), frames, Condition())[0] for frames in lists]
        for name, condition in CONDITIONS.items():
            pair = _clip(lists, as_filmed, condition, turns_deg)
            results[name].append((video.stem, *pair))
    for name, rows in results.items():
        plain_total = _together([plain for _, plain, _ in rows])
        total = _together([retried for _, _, retried in rows])
        _row(table, name, f"all {len(videos)} clips", plain_total, total)
        for clip, plain, retried in rows:
            if plain.found < plain.frames:
                _row(table, "", clip, plain, retried)
    console.print(title)
    console.print(table)


def _clip(
    lists: list[list[Frame]],
    as_filmed: list[list[Pose]],
    condition: Condition,
    turns_deg: tuple[int, ...],
) -> tuple[Tally, Tally]:
    plain, retried = Tally(), Tally()
    for frames, filmed in zip(lists, as_filmed, strict=True):
        poses, turns = filmed, [0] * len(filmed)
        if condition != Condition():
            poses, turns = watch(MediaPipeEstimator(), frames, condition)
        plain.add(poses, turns, 0)
        if would_retry(poses):
            retry = TurnedRetry(MediaPipeEstimator, turns_deg=turns_deg)
            poses, turns = watch(retry, frames, condition)
        retried.add(poses, turns, astray(poses, turns, filmed, condition))
    return plain, retried


def _together(tallies: list[Tally]) -> Tally:
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
