"""A request to read a recording or a stretch of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.errors import UsageError
from formcheck.sources.packets import PacketIndex, read_packets
from formcheck.sources.slow_motion import check_speed, recorded_speed

if TYPE_CHECKING:
    from formcheck.sources.video import VideoFile

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
        Beginning and end of the stretch, in seconds as a player shows them, the end excluded; None
        for the recording's own.
    person : int | None
        The person to follow where several are in view at the beginning, counted from the left from
        1; None for the person nearest to the picture's centre there.
    every_frame : bool
        Whether the pose model looks at every frame (see `looks`).
    mirrored : bool
        Whether the recording shows its person as in a mirror.
    speed : float | None
        How many times as fast as the file plays the movement was; None for what the file tells.

    Raises
    ------
    UsageError
        The stretch ends before it begins, the person's number is below 1, or the speed makes no
        sense.
    """

    path: Path
    model: Path | None = None
    rotate_deg: int | None = None
    from_s: float | None = None
    to_s: float | None = None
    person: int | None = None
    every_frame: bool = False
    mirrored: bool = False
    speed: float | None = None

    def __post_init__(self) -> None:
        """Refuses an empty stretch, a number that no person has, and a strange speed."""
        check_speed(self.speed)
        if self.person is not None and self.person < 1:
            raise UsageError(
                f"There is no person {self.person}: they are counted from 1, the leftmost."
            )
        start_s = self.from_s or 0.0
        if self.to_s is not None and self.to_s <= start_s:
            raise UsageError(
                f"There is nothing from {start_s:g} s until {self.to_s:g} s: the end"
                " must come after the beginning."
            )

    @property
    def begin_s(self) -> float:
        """Beginning of the stretch, in seconds of the movement; 0 for the recording's own."""
        return self.from_s / self._pace() if self.from_s else 0.0

    @property
    def end_s(self) -> float:
        """End of the stretch, in the same seconds, excluded; infinite for the recording's own."""
        return math.inf if self.to_s is None else self.to_s / self._pace()

    def _pace(self) -> float:
        return recorded_speed(self.path) if self.speed is None else self.speed

    def index(self) -> PacketIndex | None:
        """Returns the times of the frames, where they are in order."""
        return read_packets(self.path, self.speed)

    def opened(self) -> VideoFile:
        """Opens the video; a `SourceError` says why it can't be."""
        # Here, not at the top: judging saved poses needs no video.
        from formcheck.sources.video import VideoFile

        return VideoFile(
            self.path, rotate_deg=self.rotate_deg, mirrored=self.mirrored, speed=self.speed
        )

    @property
    def is_whole(self) -> bool:
        """Whether the request is for all of the recording."""
        return self.from_s is None and self.to_s is None
