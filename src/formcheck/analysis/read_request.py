"""A request to read a recording or a stretch of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import UsageError

OnProgress = Callable[[float, "float | None"], None]
"""Gets the seconds of recording done and, where known, the seconds in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """A recording, or a stretch of it, and how to read it.

    Attributes
    ----------
    path : Path
        A video or a file of saved poses.
    model : Path | None
        A pose landmarker `.task` other than the bundled model.
    rotate_deg : int | None
        Clockwise turn that sets the picture upright, instead of the file's own rotation.
    from_s, to_s : float | None
        Beginning and end of the stretch, in seconds of the recording, the end excluded; None for
        the recording's own.
    person : int | None
        The person to follow where several are in view at the beginning, counted from the left from
        1; None for the person nearest to the picture's centre there.
    every_frame : bool
        Whether the pose model looks at every frame (see `looks`).

    Raises
    ------
    UsageError
        The stretch ends before it begins, or the person's number is below 1.
    """

    path: Path
    model: Path | None = None
    rotate_deg: int | None = None
    from_s: float | None = None
    to_s: float | None = None
    person: int | None = None
    every_frame: bool = False

    def __post_init__(self) -> None:
        """Refuses an empty stretch, and a number that no person has."""
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
        """Beginning of the stretch, in seconds; 0 for the recording's own."""
        return self.from_s or 0.0

    @property
    def end_s(self) -> float:
        """End of the stretch, in seconds, excluded; infinite for the recording's own."""
        return math.inf if self.to_s is None else self.to_s

    @property
    def is_whole(self) -> bool:
        """Whether the request is for all of the recording."""
        return self.from_s is None and self.to_s is None
