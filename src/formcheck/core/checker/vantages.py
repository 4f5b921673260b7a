"""Vantages: from where, and how near, a recording shows the person, and when.

A recording may be cut, zoomed, or show a person who turns round. Windows of two seconds are grouped
by what a neutral depends on: view, facing, yaw, and the size of the person.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np

from formcheck.core.checker.displacement import MOVED_SHARE, TURNED_DEG, same_place
from formcheck.core.checker.neutral import SEEN_FRAMES, SEEN_S, STILL_S, sway
from formcheck.core.pose.pose import FloatArray, Landmark, Pose
from formcheck.core.pose.view import (
    Glimpse,
    Position,
    Scene,
    View,
    glimpse,
    scene_of_glimpses,
)
from formcheck.core.pose.visibility import gate

STEP_S = 0.25
"""How far apart the windows begin."""
SHORTEST_S = 3.0
"""A vantage that was seen for less holds no repetition worth naming, where nothing but the person's
own turning tells it from others."""
MOST_VANTAGES = 8
SMALLEST = 0.02
"""Share of the picture's longer side: a shorter trunk is no person to be measured."""
TRAVELS = 0.6
"""Trunk lengths in two seconds from which somebody walks: in real clips the hips go to and fro by
0.3 at the most on the spot, out of a reverse lunge, and by 0.7 and more in a walking lunge."""
KEPT = 4096
"""Of a recording of so many poses, two minutes, all may be in memory at once."""
_HIPS = np.array([Landmark.LEFT_HIP, Landmark.RIGHT_HIP])
_HANDS = np.array([Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST])


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Two seconds of a recording.

    Attributes
    ----------
    first, last : int
        Its poses, `last` not included.
    part : int
        The first pose of the part of the film that it lies in.
    step : (int, int)
        The poses of its middle that no other window stands for.
    scene : Scene
        What the camera sees in it.
    sway : float
        Largest spread of the body's main points, in trunk lengths; inf if unseen.
    travel : float
        How far the hips move along the picture from its first to its last third, in trunk lengths;
        of a hanging body the hands, under which it may swing. NaN if unseen.
    """

    first: int
    last: int
    part: int
    step: tuple[int, int]
    scene: Scene
    sway: float
    travel: float


@dataclass(slots=True)
class Vantage:
    """The windows that show the person from one side, at one distance."""

    scene: Scene
    windows: list[Window] = field(default_factory=list)

    def holds(self, window: Window) -> bool:
        """Returns whether a window shows the same, as far as a neutral goes.

        A person who turns a little in front of the camera stays in front of it; two parts of a film
        with as different yaws, or facing either side, come from two cameras.
        """
        scene = window.scene
        other_way = self.scene.facing * scene.facing < 0
        another_part = all(window.part != own.part for own in self.windows)
        another_yaw = other_way or abs(scene.yaw_deg - self.scene.yaw_deg) > TURNED_DEG
        if another_part and another_yaw:
            return False
        return same_place(self.scene, scene, MOVED_SHARE)

    def yaw_sway_deg(self, scene: Scene) -> float:
        """Returns how far the windows' yaw lies from that of a scene, up to 15 degrees.

        The shoulders turn to and fro in a run, and the whole body in a lunge.
        """
        off_deg = [abs(window.scene.yaw_deg - scene.yaw_deg) for window in self.windows]
        return min(TURNED_DEG, max(off_deg))

    @property
    def on_the_spot(self) -> bool:
        """Whether the person stays where they are; in a walk every place is another one."""
        travels = [w.travel for w in self.windows if not math.isnan(w.travel)]
        return not travels or float(np.median(travels)) <= TRAVELS

    @property
    def numbers(self) -> list[int]:
        """The numbers of its poses, in order."""
        return sorted({n for window in self.windows for n in range(*window.step)})


class Gated(Sequence[Pose]):
    """Poses of a recording, gated: once each, or whenever they are looked at in a long recording.

    Parameters
    ----------
    poses : sequence of Pose
        The whole recording, not gated.
    numbers : sequence of int, optional
        Which of its poses; None for all.
    """

    def __init__(self, poses: Sequence[Pose], numbers: Sequence[int] | None = None) -> None:
        self._poses = poses
        self._numbers = range(len(poses)) if numbers is None else numbers
        self._kept: dict[int, Pose] | None = {} if len(poses) <= KEPT else None

    def __len__(self) -> int:
        return len(self._numbers)

    def only(self, numbers: Sequence[int]) -> Gated:
        """Returns other poses of the same recording, by their numbers in it."""
        others = Gated(self._poses, numbers)
        others._kept = self._kept
        return others

    def seen(self, numbers: Iterable[int]) -> Gated:
        """Returns those poses of the recording in which anything may be believed."""
        return self.only([number for number in numbers if self._gated(number).is_seen])

    @property
    def numbers(self) -> Sequence[int]:
        """The numbers of the poses in the recording."""
        return self._numbers

    def _gated(self, number: int) -> Pose:
        if self._kept is None:
            return gate(self._poses[number])
        if number not in self._kept:
            self._kept[number] = gate(self._poses[number])
        return self._kept[number]

    @property
    def times_s(self) -> FloatArray:
        """When each of them was seen."""
        return np.array([self._poses[number].time_s for number in self._numbers])

    @overload
    def __getitem__(self, index: int) -> Pose: ...
    @overload
    def __getitem__(self, index: slice) -> Gated: ...
    def __getitem__(self, index: int | slice) -> Pose | Gated:
        """Return one of them, or a part of them."""
        if isinstance(index, slice):
            return self.only(self._numbers[index])
        return self._gated(self._numbers[index])


def windows(
    poses: Sequence[Pose], position: Position, cuts: Sequence[int] = ()
) -> Iterator[Window]:
    """Yields the windows in which the person was seen well enough to tell the scene.

    Parameters
    ----------
    poses : sequence of Pose
        The whole recording, gated.
    position : Position
        How the body lies to gravity.
    cuts : sequence of int
        The numbers of the poses before which the film was cut: no window reaches over a cut, and
        what lies between two cuts for less than 1.5 s is in none.
    """
    for first, last in parts(len(poses), cuts):
        if not cuts or poses[last - 1].time_s - poses[first].time_s >= SEEN_S:
            yield from _windows_between(poses, position, first, last)


def parts(count: int, cuts: Sequence[int]) -> list[tuple[int, int]]:
    """Returns the first number and the one after the last of each part of a film between cuts."""
    return list(zip((0, *cuts), (*cuts, count), strict=True))


def _windows_between(
    poses: Sequence[Pose], position: Position, low: int, high: int
) -> Iterator[Window]:
    times = np.array([poses[number].time_s for number in range(low, high)])
    starts = np.arange(times[0], max(times[0], times[-1] - STILL_S) + 1e-9, STEP_S)
    # The windows' medians are taken over poses that they share.
    picked = np.unique(low + np.searchsorted(times, np.arange(times[0], times[-1], STEP_S)))
    glimpses: dict[int, Glimpse] = {}
    # A long recording is looked at through a window: its poses are not in memory at once.
    window: list[Pose] = []
    begin = low
    for index, start_s in enumerate(starts):
        ends = np.searchsorted(times, [start_s, start_s + STILL_S + 1e-9])
        first, last = (low + ends).tolist()
        window = window[first - begin :]
        begin = first
        window += poses[begin + len(window) : last]
        stretch = window[: last - first]
        if not stretch:
            continue
        own = picked[slice(*np.searchsorted(picked, [first, last]))].tolist()
        glimpses = {n: glimpses.get(n) or glimpse(stretch[n - first], position) for n in own}
        scene = scene_of_glimpses(list(glimpses.values()), position)
        smallest_px = SMALLEST * max(stretch[0].frame_size_px)
        if scene.view is View.UNKNOWN or not scene.trunk_px > smallest_px:
            continue
        middle_s = start_s + (STILL_S - STEP_S) / 2
        step = (low + np.searchsorted(times, [middle_s, middle_s + STEP_S])).tolist()
        step[0] = low if index == 0 else step[0]
        step[1] = high if index == len(starts) - 1 else step[1]
        dense = len(stretch) >= SEEN_FRAMES and stretch[-1].time_s - stretch[0].time_s >= SEEN_S
        yield Window(
            first=first,
            last=last,
            part=low,
            step=(step[0], step[1]),
            scene=scene,
            sway=sway(stretch, scene.trunk_px) if dense else math.inf,
            travel=_travel_px(stretch, position) / scene.trunk_px,
        )


def _travel_px(poses: Sequence[Pose], position: Position) -> float:
    """Returns how far hips, or hands, that are seen move along from the first to the last third."""
    carried = _HANDS if position is Position.HANGING else _HIPS
    along = np.array([pose.image_px[carried, 0] for pose in poses])
    third = max(1, len(along) // 3)
    first, last = (part[np.isfinite(part)] for part in (along[:third], along[-third:]))
    return abs(float(np.median(last) - np.median(first))) if first.size and last.size else math.nan


def vantages(found: Sequence[Window], shortest_s: float = SHORTEST_S) -> list[Vantage]:
    """Returns the windows by vantage, the ones seen longest first.

    One that was seen for less than `shortest_s` is left out.
    """
    groups: list[Vantage] = []
    # Still windows found the groups: whoever moves looks a little different in every window.
    for window in sorted(found, key=lambda w: w.sway):
        own = next((v for v in groups if v.holds(window)), None)
        if own is None:
            own = Vantage(scene=window.scene)
            groups.append(own)
        own.windows.append(window)
    long = [v for v in groups if STEP_S * len(v.windows) + STILL_S >= shortest_s]
    return sorted(long, key=lambda v: -len(v.windows))[:MOST_VANTAGES]
