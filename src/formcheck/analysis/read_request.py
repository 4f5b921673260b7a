"""What to read of a recording, and how."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import UsageError

OnProgress = Callable[[float, "float | None"], None]
"""Called with the seconds of video done and, where known, the seconds in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """A recording, or a stretch of it, and with what it is read.

    Attributes
    ----------
    path : Path
        A video or a file of saved poses.
    model : Path | None
        Another pose landmarker `.task` than the bundled one.
    rotate_deg : int | None
        Clockwise turn that sets the picture upright, instead of the file's own rotation.
    from_s, to_s : float | None
        From when on, and until before when, in seconds of the recording; None for its ends.
    person : int | None
        Whose poses are wanted where several people are in view at its beginning, counted from the
        left from 1; None for whoever is nearest to the picture's centre there.

    Raises
    ------
    UsageError
        The stretch ends before it begins, or people are counted from less than 1.
    """

    path: Path
    model: Path | None = None
    rotate_deg: int | None = None
    from_s: float | None = None
    to_s: float | None = None
    person: int | None = None

    def __post_init__(self) -> None:
        """Refuse a stretch that holds nothing, and a person there can't be."""
        if self.person is not None and self.person < 1:
            raise UsageError(
                f"There is no person {self.person}: they are counted from 1, the leftmost."
            )
        if self.end_s <= self.begin_s:
            raise UsageError(
                f"There is nothing from {self.begin_s:g} s until {self.end_s:g} s: the end"
                " must come after the beginning."
            )

    @property
    def begin_s(self) -> float:
        """From when on, in seconds; 0 where nothing else was asked for."""
        return self.from_s or 0.0

    @property
    def end_s(self) -> float:
        """Until before when, in seconds; infinite where nothing was asked for."""
        return math.inf if self.to_s is None else self.to_s

    @property
    def is_whole(self) -> bool:
        """Whether all of the recording is wanted, and not a stretch of it."""
        return self.from_s is None and self.to_s is None
