"""Every way a run is asked to end: Ctrl-C, a polite kill, a closed terminal."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

IMPATIENT = 3


@contextmanager
def ends_like_ctrl_c() -> Iterator[None]:
    """Let each of them raise KeyboardInterrupt, once: while the session is saved none disturbs it.

    Who asks a third time is in earnest.
    """
    asked = 0

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked += 1
        if asked == 1 or asked >= IMPATIENT:
            raise KeyboardInterrupt

    names = ("SIGINT", "SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [(number, signal.signal(number, interrupt)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
