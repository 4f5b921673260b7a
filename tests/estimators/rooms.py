"""A room with people at places that a script says, and models that see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.estimators.estimator import Estimator
from formcheck.estimators.mediapipe_pose import PeopleFinder
from formcheck.estimators.people import Spot
from formcheck.files.closing import ClosesItself
from tests.estimators.test_people import TRUNK_PX, at
from tests.stickman import SIZE

FPS = 10.0
COLOUR = 200
Where = Callable[[float], list[float]]


class Room:
    """People at places that a script says, in trunk lengths, seen as a model sees them.

    It follows whom it followed; whom it does not know yet it finds in order of liking.
    """

    def __init__(self, people: Where) -> None:
        self.people = people
        self.followed: float | None = None
        self.looks = 0
        self.closed = 0

    def shown(self, frame: Frame) -> list[float]:
        assert frame.image is not None
        return [x for x in self.people(frame.time_s)
                if frame.image[int(SIZE[1] / 2), int(x * TRUNK_PX), 0] == COLOUR]  # fmt: skip


class Tracker(ClosesItself):
    def __init__(self, room: Room) -> None:
        self.room = room

    def estimate(self, frame: Frame) -> Pose:
        shown, last = self.room.shown(frame), self.room.followed
        near = [x for x in shown if last is not None and abs(x - last) < 0.6]
        self.room.followed = min(near, key=lambda x: abs(x - (last or 0.0))) if near else (
            shown[-1] if shown else None)  # fmt: skip
        if self.room.followed is None:
            return Pose.unseen(frame.time_s, frame.size_px)
        return replace(at(self.room.followed), time_s=frame.time_s)

    def close(self) -> None:
        self.room.closed += 1


class Finder(PeopleFinder):
    def __init__(self, room: Room) -> None:
        self.room = room

    def find(self, frame: Frame) -> tuple[Pose, ...]:
        self.room.looks += 1
        return tuple(at(x) for x in self.room.people(frame.time_s))

    def close(self) -> None:
        self.room.closed += 1


def watch(estimator: Estimator, until_s: float) -> list[tuple[float, float | None]]:
    """Return where whoever is followed is at each time, None where unseen; and close it."""
    image = np.full((SIZE[1], SIZE[0], 3), COLOUR, dtype=np.uint8)
    seen: list[tuple[float, float | None]] = []
    with estimator:
        for index in range(round(until_s * FPS)):
            frame = Frame(index=index, time_s=index / FPS, image=image, size_px=SIZE)
            found = Spot.of(estimator.estimate(frame))
            where = None if found is None else round(float(found.hips_px[0]) / TRUNK_PX, 1)
            seen.append((frame.time_s, where))
    return seen
