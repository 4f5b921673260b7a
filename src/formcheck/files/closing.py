"""What closes at the end of a `with` block."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, TypeVar

_Self = TypeVar("_Self", bound="ClosesItself")


class Closing(Protocol):
    """The end of a context manager that closes; its `__enter__` returns the object itself."""

    def close(self) -> None:
        """Releases everything held; closing again does nothing."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes the object."""


class ClosesItself:
    """Base class of everything that holds a file, a camera or a model."""

    def close(self) -> None:
        """Releases everything held."""
        raise NotImplementedError

    def __enter__(self: _Self) -> _Self:
        """Returns the object itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes the object."""
        self.close()
