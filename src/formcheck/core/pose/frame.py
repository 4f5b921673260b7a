"""One picture at one instant, and what is known of its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Image: TypeAlias = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One upright picture.

    Attributes
    ----------
    index : int
        Position in the source, from 0; a live source skips the numbers of dropped frames.
    time_s : float
        Seconds since the source's first frame, by its own clock; strictly increasing.
    image : (height, width, 3) uint8, or None
        Blue, green, red. None when only poses were recorded.
    size_px : (int, int)
        Width and height of the upright picture.
    """

    index: int
    time_s: float
    image: Image | None
    size_px: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInfo:
    """Where frames come from.

    Attributes
    ----------
    path : str
        File name, address, or `camera 0`.
    width, height : int
        Size of the upright picture in pixels.
    fps : float | None
        Mean frame rate; None when unknown. Never used to compute a time.
    frames : int | None
        Number of frames; None for a live source.
    duration_s : float | None
        None for a live source.
    from_s, to_s : float | None
        The part of the source that was read; None where it is read from its start, to its end.
    people, person : int | None
        How many people were in view where a recording begins, if several, and which of them was
        followed, counted from the left from 1.
    speed : float | None
        How many times as fast as the file plays the movement was; all times are the movement's.
        None where they are the file's own.
    """

    path: str
    width: int
    height: int
    fps: float | None = None
    frames: int | None = None
    duration_s: float | None = None
    from_s: float | None = None
    to_s: float | None = None
    people: int | None = None
    person: int | None = None
    speed: float | None = None
