"""Plays sounds in a thread of its own, so that no device delays a frame."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable

import numpy as np

from formcheck.errors import SoundError
from formcheck.files.closing import ClosesItself
from formcheck.sound.speaker import Output, Speaker
from formcheck.sound.tones import RATE_HZ, Samples

BLOCK = RATE_HZ // 50
WAITING = 8
"""Most sounds that wait for a slow device; a further one displaces the oldest."""
AT_ONCE = 4
"""Most sounds mixed; a further one cuts off the oldest."""
FRESH_S = 0.5
RETRY_S = 5.0
LOUD = 0.8


class Playing:
    """A sound that the player has accepted.

    Attributes
    ----------
    sound : Samples
        The samples.
    over : threading.Event
        Set once the sound was played, dropped or stopped.
    """

    def __init__(self, sound: Samples, until_s: float) -> None:
        self.sound = sound
        self.over = threading.Event()
        self._until_s = until_s
        self._played = 0
        self._stopping = False

    def stop(self) -> None:
        """Fades the sound out with the next block."""
        self._stopping = True

    def is_stale(self, now_s: float) -> bool:
        """Returns whether the sound is stopped, or too late to begin."""
        return self._stopping or now_s > self._until_s

    def next_block(self) -> Samples:
        """Returns the next `BLOCK` samples, padded with silence."""
        block = np.zeros(BLOCK, dtype=np.float32)
        part = self.sound[self._played : self._played + BLOCK]
        block[: len(part)] = part
        self._played += BLOCK
        if self._stopping:
            block *= np.linspace(1.0, 0.0, BLOCK, dtype=np.float32)
        if self._stopping or self._played >= len(self.sound):
            self.over.set()
        return block


class Player(ClosesItself):
    """Mixes and plays sounds; `play` returns at once.

    Reports once a device that can't be opened or that breaks. The run is silent from then on; the
    first sound after each `RETRY_S` tries the device again.

    Parameters
    ----------
    open_output : callable
        Opens the device; called in the thread, with the first sound.
    report : callable
        Receives one sentence if there is no sound; called in the thread.
    clock : callable
        Seconds that never run backward.
    """

    def __init__(
        self,
        open_output: Callable[[], Output] = Speaker,
        *,
        report: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open = open_output
        self._report = report
        self._clock = clock
        self._waiting: deque[Playing] = deque()
        self._active: list[Playing] = []
        self._changed = threading.Condition()
        self._closing = False
        self._reported = False
        self._silent_until_s = -math.inf
        self._thread: threading.Thread | None = None
        self.muted = False

    def play(self, sound: Samples, *, fresh_s: float = FRESH_S) -> Playing:
        """Plays a sound, mixed with those already playing, or drops it.

        Parameters
        ----------
        sound : Samples
            What to play.
        fresh_s : float
            The player drops a sound that can't begin within this time: a late tone misleads.
        """
        playing = Playing(sound, self._clock() + fresh_s)
        with self._changed:
            if self.muted or self._closing:
                playing.over.set()
                return playing
            if len(self._waiting) == WAITING:
                self._waiting.popleft().over.set()
            self._waiting.append(playing)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="sound", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        return playing

    def hush(self) -> None:
        """Stops all playing and waiting sounds."""
        with self._changed:
            for playing in (*self._waiting, *self._active):
                playing.stop()

    def close(self, *, ring_out_s: float = 2.0) -> None:
        """Waits up to `ring_out_s` for the playing sounds, then closes."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread is not None:
            # A hanging device stays with its thread, which ends with the program.
            self._thread.join(ring_out_s)

    def _work(self) -> None:
        output: Output | None = None
        try:
            while self._next():
                try:
                    output = output or self._open()
                    output.write(self._mix())
                except SoundError as error:
                    self._give_up(error)
                    output = None
            if output is not None:
                output.close()
        except SoundError as error:
            self._give_up(error)
        finally:
            self._drop_all()

    def _next(self) -> bool:
        """Waits for a sound to play; returns False once the player closes."""
        with self._changed:
            while True:
                while self._waiting:
                    playing = self._waiting.popleft()
                    now_s = self._clock()
                    if playing.is_stale(now_s) or now_s < self._silent_until_s:
                        playing.over.set()
                    else:
                        self._active.append(playing)
                self._active = [playing for playing in self._active if not playing.over.is_set()]
                if self._active:
                    return True
                if self._closing:
                    return False
                self._changed.wait()

    def _mix(self) -> Samples:
        with self._changed:
            for playing in self._active[:-AT_ONCE]:
                playing.stop()
            mixed = np.sum([playing.next_block() for playing in self._active], axis=0)
        # The sum of several sounds may exceed what a device can play: round off the peaks.
        over = np.abs(mixed) > LOUD
        room = 1.0 - LOUD
        mixed[over] = np.sign(mixed[over]) * (
            LOUD + room * np.tanh((np.abs(mixed[over]) - LOUD) / room)
        )
        block: Samples = mixed.astype(np.float32)
        return block

    def _give_up(self, error: SoundError) -> None:
        # Callers that wait for a sound continue once it counts as over.
        self._silent_until_s = self._clock() + RETRY_S
        if not self._reported:
            self._reported = True
            self._report(str(error))
        self._drop_all()

    def _drop_all(self) -> None:
        with self._changed:
            for playing in (*self._waiting, *self._active):
                playing.over.set()
            self._waiting.clear()
            self._active.clear()
