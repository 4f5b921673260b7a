"""Closing at the end of a `with` block."""

from __future__ import annotations

from types import TracebackType
from typing import TypeVar

_Self = TypeVar("_Self", bound="ClosesItself")


class ClosesItself:
    """Base of what holds a file, a camera or a model: a context manager that closes."""

    def close(self) -> None:
        """Lets go of everything held."""
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
        """Closes it."""
        self.close()
