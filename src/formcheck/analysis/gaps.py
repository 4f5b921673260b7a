"""Gaps between the frames of a recording: still pictures left out, or frames missing.

Screen recorders and some phones write a picture only where something has changed. Nothing moved
between two such frames, so the pose is taken to have stayed. Where the person is elsewhere after a
gap, frames are missing, and what was done meanwhile was not seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.core.pose.pose import Pose
from formcheck.core.pose.trunk import trunk_length_px

SHORTEST_S, TIMES_USUAL = 0.35, 3.0
"""A gap is at least so long, and so many times as long as two frames usually are apart."""
STILL_TRUNK = 0.02
"""Trunk lengths by which nine of ten landmarks move at most over pictures that were left out: twice
what tracking moves in a still one. A filmed person may sway as little for a moment, so every gap of
a recording must be like that, or none is taken for still."""
HELD_S = 0.1
"""A pose is held in steps of at most this."""
NAMED = 4
"""So many gaps are named with their times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch without frames.

    Attributes
    ----------
    after : int
        Number of the pose before it.
    from_s, to_s : float
        The times of the frames at its ends.
    moved : float
        How far the body has moved over it, in trunk lengths; NaN where it was not seen.
    """

    after: int
    from_s: float
    to_s: float
    moved: float


def find_gaps(poses: Sequence[Pose]) -> tuple[Gap, ...]:
    """Returns the gaps between some poses, in order of time."""
    times_s = np.array([pose.time_s for pose in poses])
    if len(times_s) < 3:
        return ()
    steps_s = np.diff(times_s)
    least_s = max(SHORTEST_S, TIMES_USUAL * float(np.median(steps_s)))
    return tuple(
        Gap(
            after=number,
            from_s=float(times_s[number]),
            to_s=float(times_s[number + 1]),
            moved=_moved(poses[number], poses[number + 1]),
        )
        for number in np.flatnonzero(steps_s > least_s).tolist()
    )


def are_still(gaps: Sequence[Gap]) -> bool:
    """Returns whether gaps are still pictures that were left out: nobody moved over any of them."""
    return bool(gaps) and all(gap.moved <= STILL_TRUNK for gap in gaps)


def held(poses: Sequence[Pose], gaps: Sequence[Gap]) -> list[tuple[Pose, bool]]:
    """Returns the poses, the one before each gap held over it, and which of them were filmed."""
    held_over = {gap.after: gap for gap in gaps}
    found: list[tuple[Pose, bool]] = []
    for number, pose in enumerate(poses):
        found.append((pose, True))
        gap = held_over.get(number)
        if gap is not None:
            steps = math.ceil((gap.to_s - gap.from_s) / HELD_S)
            found += [
                (replace(pose, time_s=time_s, interpolated=True), False)
                for time_s in np.linspace(gap.from_s, gap.to_s, steps + 1)[1:-1].tolist()
            ]
    return found


def about_gaps(gaps: Sequence[Gap]) -> tuple[str, ...]:
    """Returns what to say of gaps: where they are, and what was made of them."""
    if not gaps:
        return ()
    where = ", ".join(f"{gap.from_s:.1f}-{gap.to_s:.1f} s" for gap in gaps[:NAMED])
    more = f" and {len(gaps) - NAMED} more" if len(gaps) > NAMED else ""
    if are_still(gaps):
        return (
            f"The recording leaves out still pictures ({where}{more}): the person was taken to have"
            " stayed as before.",
        )
    return (
        f"Frames are missing ({where}{more}): what was done there was not seen, so copy or record"
        " the film anew for it.",
    )


def _moved(before: Pose, after: Pose) -> float:
    if not (before.is_seen and after.is_seen) or before.frame_size_px != after.frame_size_px:
        return math.nan
    trunk_px = trunk_length_px(before)
    apart_px = np.linalg.norm(after.image_px - before.image_px, axis=1)
    known = apart_px[np.isfinite(apart_px)]
    # A limb that has moved is seen in a few landmarks only, so not the median.
    return float(np.quantile(known, 0.9)) / trunk_px if known.size and trunk_px > 0 else math.nan


class Bridged:
    """The poses of a recording as they are judged: held over gaps in which nothing moved.

    Parameters
    ----------
    poses : sequence of Pose
        As they were filmed.
    """

    def __init__(self, poses: Sequence[Pose]) -> None:
        self.gaps = find_gaps(poses)
        still = are_still(self.gaps)
        self._pairs = held(poses, self.gaps) if still else None
        self._poses = poses

    @property
    def poses(self) -> Sequence[Pose]:
        """All poses to judge, in order of time."""
        return self._poses if self._pairs is None else [pose for pose, _ in self._pairs]

    @property
    def filmed(self) -> Sequence[bool]:
        """Which of them were filmed."""
        return [True] * len(self._poses) if self._pairs is None else [f for _, f in self._pairs]
