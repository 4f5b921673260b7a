"""What every source does."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Protocol

from formcheck.core.pose.frame import Frame, SourceInfo


class Source(Protocol):
    """Gives frames in time order; a context manager that closes at its end.

    Opening a source opens what is behind it: what can't be had fails there, with a `SourceError`.
    The first frame a source makes has index 0 and time 0.
    """

    @property
    def info(self) -> SourceInfo:
        """What is known of the source.

        Of a file, first what its header says, and once it was read to the end what was found.
        """

    @property
    def live(self) -> bool:
        """Whether frames come by themselves, so that whoever is too slow misses some."""

    @property
    def problems(self) -> list[str]:
        """What went wrong without ending the work, each one sentence; complete after the end.

        A file cut short, time stamps that had to be repaired: the frames are still good, but
        whoever reads the result should be told.
        """

    def __iter__(self) -> Iterator[Frame]:
        """Give the frames; a file starts again from its beginning each time.

        Raises
        ------
        SourceError
            The source broke off in a way that leaves the rest unknown.
        """

    def close(self) -> None:
        """Let go of the file or camera; closing again does nothing."""

    def __enter__(self) -> Source:
        """Return the source itself."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
