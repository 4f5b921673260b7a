"""Says one sentence at a time, the most important first, and drops sentences that are too late."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from formcheck.errors import SoundError
from formcheck.files.closing import ClosesItself
from formcheck.sound.espeak import Espeak, SpeechEngine
from formcheck.sound.player import Playing
from formcheck.sound.tones import Samples


class Priority(IntEnum):
    """Order of sentences, the highest first; only the newest of each priority waits."""

    HELP = 0
    COUNT = 1
    CORRECTION = 2
    CALL = 3


FRESH_S = {
    Priority.HELP: 2.0,
    Priority.COUNT: 0.8,
    Priority.CORRECTION: 1.5,
    Priority.CALL: 4.0,
}
"""How long a sentence may wait: a count is wrong once the next repetition has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence, its priority, and the time until which it is worth saying."""

    text: str
    priority: Priority
    until_s: float


class Voice(ClosesItself):
    """Speaks in a thread of its own; `say` returns at once.

    Sentences never overlap: a sentence waits for the one before it, and only placement help gives
    way to any other. The voice reports an engine that fails once, and then stays silent.

    Parameters
    ----------
    play : callable
        Plays sound, as `Player.play` does.
    open_engine : callable
        Starts the engine; called in the thread.
    report : callable
        Receives one sentence if there is no voice; called in the thread.
    clock : callable
        Seconds that never run backward.
    """

    def __init__(
        self,
        play: Callable[[Samples], Playing],
        open_engine: Callable[[], SpeechEngine] = Espeak,
        *,
        report: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._play = play
        self._open = open_engine
        self._report = report
        self._clock = clock
        self._waiting: dict[Priority, Line] = {}
        self._said: tuple[Priority, Playing] | None = None
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
        self._thread.start()

    def say(self, text: str, priority: Priority) -> None:
        """Queues a sentence, which is said while it is fresh or not at all."""
        until_s = self._clock() + FRESH_S[priority]
        with self._changed:
            self._waiting[priority] = Line(text=text, priority=priority, until_s=until_s)
            if self._said is not None and self._said[0] is Priority.HELP is not priority:
                self._said[1].stop()
            self._changed.notify_all()

    def hush(self) -> None:
        """Drops the waiting sentences and stops the present one."""
        with self._changed:
            self._waiting.clear()
            if self._said is not None:
                self._said[1].stop()

    def close(self, *, finish_s: float = 3.0) -> None:
        """Waits up to `finish_s` for the waiting sentences, then closes."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(finish_s)

    def _work(self) -> None:
        engine: SpeechEngine | None = None
        try:
            engine = self._open()
            while (line := self._next()) is not None:
                self._utter(line, engine.speak(line.text))
        except SoundError as error:
            self._report(str(error))
        finally:
            if engine is not None:
                engine.close()

    def _next(self) -> Line | None:
        """Waits for a fresh line and returns it; None once the voice closes."""
        with self._changed:
            while True:
                while self._waiting:
                    line = self._waiting.pop(max(self._waiting))
                    if self._clock() <= line.until_s:
                        return line
                if self._closing:
                    return None
                self._changed.wait()

    def _utter(self, line: Line, sound: Samples) -> None:
        """Plays a line and waits until it was played, dropped or stopped."""
        if self._clock() > line.until_s:
            return
        playing = self._play(sound)
        with self._changed:
            self._said = line.priority, playing
            if line.priority is Priority.HELP and self._waiting.keys() - {Priority.HELP}:
                playing.stop()
        playing.over.wait()
        with self._changed:
            self._said = None
