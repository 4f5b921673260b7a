"""The protocol of a source of frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from formcheck.core.pose.frame import Frame, SourceInfo
from formcheck.files.closing import ClosesItself, Closing


class Source(Closing, Protocol):
    """Gives frames in time order; a context manager that closes at its end.

    Creating a source opens the file, camera or address behind it, or raises a `SourceError`.
    The first frame a source makes has index 0 and time 0.
    """

    @property
    def info(self) -> SourceInfo:
        """Name, size, rate and length.

        A file first gives what its header says; once read to the end, what it really holds.
        """

    @property
    def live(self) -> bool:
        """Whether frames come at their own pace, so that a slow reader misses some."""

    @property
    def problems(self) -> list[str]:
        """Problems that did not end the work, each as a sentence; complete after the end.

        A file cut short, time stamps that had to be repaired: the frames are still good, but the
        result should say so.
        """

    def __iter__(self) -> Iterator[Frame]:
        """Gives the frames; a file starts again from its beginning each time.

        Raises
        ------
        SourceError
            The source broke off in a way that leaves the rest unknown.
        """

    def __enter__(self) -> Source:
        """Returns the source itself."""


class SourceAround(ClosesItself):
    """Base class of a source that changes how the frames of another one come.

    Parameters
    ----------
    source : Source
        Read, and closed, by this object alone from now on.
    """

    live = True

    def __init__(self, source: Source) -> None:
        self._source = source

    @property
    def info(self) -> SourceInfo:
        """The inner source's information."""
        return self._source.info

    @property
    def problems(self) -> list[str]:
        """The inner source's problems."""
        return self._source.problems

    def close(self) -> None:
        """Closes the inner source."""
        self._source.close()
