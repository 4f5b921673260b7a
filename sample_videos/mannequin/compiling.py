"""Compiling of the drawing's inner loops, typed so that functions keep their signatures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(**options: Any) -> Callable[[Function], Function]:
    """Decorate a function for numba: kept on disk between runs, free to reorder arithmetic."""
    return cast("Callable[[Function], Function]", njit(cache=True, fastmath=True, **options))
