"""Devices for sound that no machine has."""

from __future__ import annotations

import threading
import time

import numpy as np

from formcheck.errors import SoundError
from formcheck.sound.player import Playing
from formcheck.sound.tones import RATE_HZ, Samples


class Recorder:
    """Keeps what is played, with the moment of each block; plays as fast as it is told to.

    Parameters
    ----------
    in_real_time : bool
        Whether a block takes as long as it sounds, as at a real device.
    """

    def __init__(self, *, in_real_time: bool = False) -> None:
        self.blocks: list[tuple[float, Samples]] = []
        self.closed = 0
        self._in_real_time = in_real_time
        self._free_s = 0.0

    def write(self, block: Samples) -> None:
        now_s = time.monotonic()
        start_s = max(now_s, self._free_s)
        self.blocks.append((start_s, block.copy()))
        self._free_s = start_s + len(block) / RATE_HZ
        if self._in_real_time:
            time.sleep(max(0.0, self._free_s - now_s - 0.04))

    def close(self) -> None:
        self.closed += 1

    @property
    def sound(self) -> Samples:
        """All blocks one after the other, without the silence between."""
        blocks = [block for _, block in self.blocks]
        return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.float32)

    def track(self, start_s: float) -> Samples:
        """Everything in its place in time, from a moment of the monotonic clock on."""
        end_s = max(at_s + len(block) / RATE_HZ for at_s, block in self.blocks)
        track = np.zeros(round((end_s - start_s) * RATE_HZ) + 1, dtype=np.float32)
        for at_s, block in self.blocks:
            first = round((at_s - start_s) * RATE_HZ)
            track[first : first + len(block)] += block
        return track


class Hanging:
    """A device that takes one block and then nothing until it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.entered = threading.Event()
        self.blocks: list[Samples] = []

    def write(self, block: Samples) -> None:
        self.entered.set()
        self.go.wait(30)
        self.blocks.append(block.copy())

    def close(self) -> None:
        pass


class Breaking:
    """A device that is pulled out after some blocks."""

    def __init__(self, after: int) -> None:
        self._left = after

    def write(self, block: Samples) -> None:
        if self._left == 0:
            raise SoundError("The sound device is gone (unplugged): plug it in again.")
        self._left -= 1

    def close(self) -> None:
        pass


def over(playing: Playing) -> bool:
    """Wait for a sound to be over."""
    return playing.over.wait(5)
