"""What the browser is to sound and say, and the last repetition, gathered between two frames."""

from __future__ import annotations

from formcheck.core.checker.session import Rep
from formcheck.core.coaching.events import CoachingEvent, RepClean, RepRejected
from formcheck.sound.announcer import Announcer
from formcheck.sound.tones import Tone
from formcheck.sound.voice import Priority


class Cues:
    """A listener that gathers tones, sentences and repetitions until they are taken."""

    def __init__(self) -> None:
        self._tones: list[str] = []
        self._say: list[tuple[str, int]] = []
        self._reps: list[Rep] = []
        self._announcer = Announcer(self._sound, self._speak)

    def hear(self, event: CoachingEvent) -> None:
        """Gathers one event."""
        self._announcer.hear(event)
        if isinstance(event, RepClean | RepRejected):
            self._reps.append(event.rep)

    def take(self) -> tuple[list[str], list[tuple[str, int]], list[Rep]]:
        """Returns tones, sentences with their priority, and repetitions since the last call."""
        taken = self._tones, self._say, self._reps
        self._tones, self._say, self._reps = [], [], []
        return taken

    def _sound(self, tone: Tone) -> None:
        self._tones.append(tone.name.lower())

    def _speak(self, text: str, priority: Priority) -> None:
        self._say.append((text, int(priority)))
