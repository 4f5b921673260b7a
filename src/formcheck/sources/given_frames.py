"""Pictures that a program already has, as a source: frames, arrays, or an open cv2.VideoCapture."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import numpy as np

from formcheck.core.pose.frame import Frame, Image, SourceInfo
from formcheck.errors import SourceError, UsageError
from formcheck.files.closing import ClosesItself
from formcheck.sources.source import Source
from formcheck.sources.timestamps import SourceClock


class Capture(Protocol):
    """An open camera or file of OpenCV, `cv2.VideoCapture`."""

    def read(self) -> Any:
        """Returns whether there is a picture, and the picture."""

    def get(self, prop: int) -> float:
        """Returns a property."""


HOW = "give frames, pairs of seconds and picture, or pictures with fps"


def is_capture(given: object) -> bool:
    """Returns whether an object is an open camera or file of OpenCV."""
    return all(hasattr(given, name) for name in ("read", "grab", "retrieve", "isOpened"))


class GivenFrames(ClosesItself):
    """A source of pictures that are handed over; it can be gone through once.

    Parameters
    ----------
    given : iterable, or cv2.VideoCapture
        `Frame` objects; or pairs of a time in seconds and a picture; or pictures alone, if `fps` is
        given. A picture is (height, width, 3) uint8, blue, green, red. A capture is read to its end
        and stays open; its times are those of its file, and a camera has none.
    fps : float, optional
        Pictures a second, where they carry no time.
    name : str
        What to call the source in the session.

    Raises
    ------
    SourceError
        There is no picture.
    UsageError
        Something is no picture, or has no time.
    """

    live = False

    def __init__(
        self,
        given: Iterable[Any] | Capture,
        *,
        fps: float | None = None,
        name: str = "given frames",
    ) -> None:
        self.problems: list[str] = []
        pictures = _captured(given) if is_capture(given) else _each(given)  # type: ignore[arg-type]
        self._frames = _frames(pictures, fps)
        first = next(self._frames, None)
        if first is None:
            raise SourceError(f"There is no picture in the {name}: {HOW}.")
        self._first: Frame = first
        self._used = False
        self.info = SourceInfo(path=name, width=first.size_px[0], height=first.size_px[1], fps=fps)

    def __iter__(self) -> Iterator[Frame]:
        """Gives the frames, once."""
        if self._used:
            raise UsageError("Given frames can be gone through once: give them again.")
        self._used = True
        return itertools.chain([self._first], self._frames)

    def close(self) -> None:
        """Does nothing: what was given stays its giver's."""


def given_source(given: Iterable[Any] | Capture, fps: float | None) -> Source:
    """Returns the source of what a program gives: a source as it is, else `GivenFrames`."""
    if all(hasattr(given, name) for name in ("info", "problems", "live")):
        return given  # type: ignore[return-value]
    return GivenFrames(given, fps=fps)


def refuse_for_pictures(**given: object) -> None:
    """Refuses what can only be asked of a file."""
    asked = [name for name, value in given.items() if value is not None]
    if asked:
        raise UsageError(
            f"{asked[0]} is for files: give only the pictures to judge, upright, at their times."
        )


def _captured(capture: Any) -> Iterator[tuple[float | None, Any]]:
    import cv2

    while True:
        good, image = capture.read()
        if not good:
            return
        yield capture.get(cv2.CAP_PROP_POS_MSEC) / 1000.0, image


def _each(given: Iterable[Any]) -> Iterator[tuple[float | None, Any]]:
    try:
        pictures = iter(given)
    except TypeError:
        raise UsageError(f"{type(given).__name__} holds no frames: {HOW}.") from None
    for one in pictures:
        if isinstance(one, Frame):
            yield one.time_s, one.image
        elif isinstance(one, tuple) and len(one) == 2:
            yield float(one[0]), one[1]
        else:
            yield None, one


def _frames(pictures: Iterator[tuple[float | None, Any]], fps: float | None) -> Iterator[Frame]:
    clock = SourceClock(1.0 / (fps or 30.0))
    for index, (stamp_s, image) in enumerate(pictures):
        own_s = stamp_s if fps is None else index / fps
        if own_s is None:
            raise UsageError(f"Picture {index} has no time: {HOW}.")
        good = _picture(index, image)
        size_px = (good.shape[1], good.shape[0])
        yield Frame(index=index, time_s=clock.time_s(own_s), image=good, size_px=size_px)


def _picture(index: int, image: Any) -> Image:
    picture = np.asarray(image)
    if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8 or not picture.size:
        raise UsageError(
            f"Picture {index} is {picture.dtype} of shape {picture.shape}: a picture is uint8 of"
            " shape (height, width, 3), so convert it first."
        )
    return np.ascontiguousarray(picture)
