"""A new estimator at each cut of the picture, and at nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from formcheck.core.pose.frame import Frame, Image
from formcheck.core.pose.pose import Pose
from formcheck.estimators.picture_cuts import NewAtCuts
from formcheck.files.closing import ClosesItself

SIZE = (320, 180)


def room(seed: int) -> npt.NDArray[np.float64]:
    """A picture of large shapes, another one for each seed."""
    coarse = np.random.default_rng(seed).uniform(40.0, 215.0, (6, 8))
    grown = np.kron(coarse, np.ones((30, 40)))
    return np.repeat(grown[:, :, None], 3, axis=2)


FIRST, SECOND, THIRD = room(1), room(2), room(3)
WALL = np.full_like(FIRST, 230.0)


def body(picture: npt.NDArray[np.float64], left: int, wide: int = 40) -> npt.NDArray[np.float64]:
    """The picture with somebody dark in it."""
    shown = picture.copy()
    shown[40:170, left : left + wide] = 30.0
    return shown


class Numbered(ClosesItself):
    """An estimator that says which one it is, by the place of all landmarks."""

    made: list[Numbered]

    def __init__(self) -> None:
        self.closed = False
        Numbered.made.append(self)
        self._number = len(Numbered.made)

    def estimate(self, frame: Frame) -> Pose:
        assert not self.closed
        return Pose(
            time_s=frame.time_s,
            image_px=np.full((33, 2), float(self._number)),
            visibility=np.ones(33),
            frame_size_px=frame.size_px,
        )

    def close(self) -> None:
        self.closed = True


def used(pictures: Sequence[npt.NDArray[np.float64] | None], fps: float = 30.0) -> list[int]:
    """Which estimator, counted from 1, each picture was given to."""
    Numbered.made = []
    numbers = []
    with NewAtCuts(Numbered) as estimator:
        for index, picture in enumerate(pictures):
            image: Image | None = None if picture is None else picture.astype(np.uint8)
            frame = Frame(index=index, time_s=index / fps, image=image, size_px=SIZE)
            numbers.append(int(estimator.estimate(frame).image_px[0, 0]))
    assert all(one.closed for one in Numbered.made)
    return numbers


@pytest.mark.parametrize(
    ("pictures", "numbers"),
    [
        ([FIRST, FIRST, SECOND, SECOND], [1, 1, 2, 2]),
        ([body(WALL, 60), body(WALL, 62), body(WALL, 200, 90), body(WALL, 202, 90)], [1, 1, 2, 2]),
        ([FIRST, SECOND, THIRD, FIRST, FIRST, FIRST], [1, 2, 2, 2, 3, 3]),
        ([body(FIRST, x) for x in range(0, 280, 20)], [1] * 14),
        ([body(WALL, x) for x in range(0, 280, 10)], [1] * 28),
        ([FIRST, FIRST * 0.5, FIRST * 0.5 + 60, FIRST], [1] * 4),
        ([FIRST, None, SECOND, WALL, WALL], [1] * 5),
    ],
    ids=[
        "another room",
        "nearer before the same wall",
        "an effect of three pictures",
        "somebody walks through",
        "before a plain wall",
        "the light changes",
        "nothing to compare",
    ],
)
def test_a_new_estimator_at_each_cut(
    pictures: Sequence[npt.NDArray[np.float64] | None], numbers: list[int]
) -> None:
    assert used(pictures) == numbers


def test_what_happens_between_pictures_far_apart_is_no_cut() -> None:
    assert used([FIRST, SECOND, FIRST], fps=5.0) == [1, 1, 1]
