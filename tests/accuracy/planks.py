"""How real planks, labelled by a person, are judged: correct, low back, high hips.

    python tests/accuracy/planks.py CSV [--half first|second]

The CSV holds a label (C correct, L low back, H high hips) and MediaPipe's landmarks as shares of a
16:9 picture, a frame a row, as `core/plank_model/test.csv` of NgoQuocBao1010/Exercise-Correction
(MIT licence) does. Frames follow each other without times, so each frame is judged by itself. A
take's neutral is its first correct frames; where a take shows none, the start posture itself must
tell.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from formcheck.core.checker.faults import bound_in_force
from formcheck.core.checker.neutral import Calibration, assess
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.measures import PLANK_LINE
from formcheck.core.pose.geometry import length
from formcheck.core.pose.pose import LANDMARK_COUNT, Landmark, Pose, Side
from formcheck.core.pose.trunk import middle_trunk
from formcheck.core.pose.visibility import gate
from formcheck.exercises import get_exercise

SIZE = (1920, 1080)
FIRST = 8
"""Frames from which a neutral is taken."""
SAME_SIZE = 0.20
"""Share by which one person's trunk differs from frame to frame at the most."""
EXERCISES = ("front-support-hip-flexion", "mountain-climbers")
Labelled = tuple[str, Pose]


def read(path: Path) -> list[Labelled]:
    """Returns label and pose of every row."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["label"], _pose(row, n)) for n, row in enumerate(csv.DictReader(file))]


def _pose(row: Mapping[str, str], number: int) -> Pose:
    points = np.full((LANDMARK_COUNT, 2), np.nan)
    visibility = np.zeros(LANDMARK_COUNT)
    for landmark in Landmark:
        name = landmark.name.lower()
        if f"{name}_x" in row:
            points[landmark] = float(row[f"{name}_x"]), float(row[f"{name}_y"])
            visibility[landmark] = float(row[f"{name}_v"])
    return Pose(
        time_s=number / 30,
        image_px=points * SIZE,
        visibility=visibility,
        frame_size_px=SIZE,
    )


def takes(frames: Sequence[Labelled]) -> list[list[Labelled]]:
    """Returns the frames of each take.

    A take begins with a correct plank, or with another person: facing the other way, or of another
    size.
    """
    found: list[list[Labelled]] = [[frames[0]]]
    for number, ((before, old), (label, new)) in enumerate(pairwise(frames), 1):
        was, now = (middle_trunk(pose.points()) for pose in (old, new))
        another = was[0] * now[0] < 0 or abs(length(now) / length(was) - 1.0) > SAME_SIZE
        begun = [word for word, _ in frames[number : number + FIRST]] == ["C"] * FIRST
        if another or (label == "C" != before and begun):
            found.append([])
        found[-1].append(frames[number])
    return found


def told(frames: Sequence[Labelled], exercise: Exercise) -> Iterator[tuple[str, bool]]:
    """Yields the label of each frame, and whether something is said about its hips.

    Said is: another posture, an unusual start posture where there is no neutral, or a fault.
    """
    correct = [gate(pose) for label, pose in frames if label == "C"][:FIRST]
    neutral = assess(correct, exercise) if len(correct) == FIRST else None
    for label, shown in frames:
        if isinstance(neutral, Calibration):
            yield label, _faulted(gate(shown), neutral, exercise)
        else:
            # Held: a start posture is never taken from a single frame.
            own = assess([gate(shown)] * FIRST, exercise)
            yield label, isinstance(own, str) or bool(own.notes)


def _faulted(pose: Pose, neutral: Calibration, exercise: Exercise) -> bool:
    column = PLANK_LINE.column(Side.BOTH)
    # In the neutral's scene, as in a set: where the legs are hidden its plank tells with the trunk.
    change = PLANK_LINE.compute(pose, Side.BOTH, neutral.scene) - neutral.neutral[column]
    faults = (fault for fault in exercise.faults if fault.measure is PLANK_LINE)
    return any(f.limit.excess(change, bound_in_force(f, neutral.sd[column])) >= 0 for f in faults)


def main() -> None:
    """Prints what share of each label is told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv", type=Path)
    parser.add_argument("--half", choices=["first", "second"], help="of the takes; else all")
    options = parser.parse_args()
    everything = takes(read(options.csv))
    half = len(everything) // 2
    chosen = {"first": everything[:half], "second": everything[half:], None: everything}[
        options.half
    ]
    for slug in EXERCISES:
        seen: Counter[str] = Counter()
        said: Counter[str] = Counter()
        for frames in chosen:
            for label, hit in told(frames, get_exercise(slug)):
                seen[label] += 1
                said[label] += hit
        shares = "; ".join(f"{k} {said[k]} of {seen[k]} told" for k in sorted(seen))
        print(f"{slug}: {len(chosen)} takes, {shares}")


if __name__ == "__main__":
    main()
