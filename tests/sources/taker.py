"""Somebody who takes frames in a thread of their own, as the one that judges does."""

from __future__ import annotations

import queue
import threading
import time

from formcheck.core.pose.frame import Frame
from formcheck.sources.latest import LatestFrame

PATIENCE_S = 20.0


class Taker:
    """Takes every frame that comes."""

    def __init__(self, latest: LatestFrame) -> None:
        self._latest = latest
        self._taken: queue.Queue[Frame | None] = queue.Queue()
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        for frame in self._latest:
            self._taken.put(frame)
        self._taken.put(None)

    def frame(self) -> Frame | None:
        """Return the next frame; None after the last one."""
        return self._taken.get(timeout=PATIENCE_S)

    def interruption(self) -> str:
        """Wait until frames stay away; return what is told of it."""
        until_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < until_s:
            told = self._latest.interruption
            if told is not None:
                return told
            time.sleep(0.005)
        raise AssertionError("nothing was told")
