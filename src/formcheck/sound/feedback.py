"""Sound and voice of a run: one object to open, mute and close."""

from __future__ import annotations

import time
from collections.abc import Callable

from formcheck.core.coaching.events import CoachingEvent
from formcheck.files.closing import ClosesItself
from formcheck.sound.announcer import Announcer
from formcheck.sound.espeak import Espeak, SpeechEngine
from formcheck.sound.player import Player
from formcheck.sound.speaker import Output, Speaker
from formcheck.sound.tones import Tone, samples
from formcheck.sound.voice import Voice


class Feedback(ClosesItself):
    """Sounds the events of a run, and says them if asked to; a `Listener`.

    No method blocks or raises: it reports in one sentence what prevents sound or voice.

    Parameters
    ----------
    voice : bool
        Whether to speak as well.
    muted : bool
        Whether to begin silent; `toggle_mute` ends the silence.
    report : callable
        Receives one sentence for each failure; called in other threads.
    open_output, open_engine : callable
        Open the sound device, and start the speech engine.
    """

    def __init__(
        self,
        *,
        voice: bool = False,
        muted: bool = False,
        report: Callable[[str], None],
        open_output: Callable[[], Output] = Speaker,
        open_engine: Callable[[], SpeechEngine] = Espeak,
    ) -> None:
        self._player = Player(open_output, report=report)
        self._player.muted = muted
        self._voice: Voice | None = None
        if voice:
            self._voice = Voice(self._player.play, open_engine, report=report)
        self._announcer = Announcer(self._sound, self._voice.say if self._voice else None)

    @property
    def muted(self) -> bool:
        """Whether the sound is off."""
        return self._player.muted

    def hear(self, event: CoachingEvent) -> None:
        """Sounds and says one event; returns at once."""
        self._announcer.hear(event)

    def toggle_mute(self) -> bool:
        """Turns the sound off at once, or on again; returns whether it is off now."""
        self._player.muted = not self._player.muted
        if self._player.muted:
            if self._voice is not None:
                self._voice.hush()
            self._player.hush()
        return self._player.muted

    def close(self, *, within_s: float = 6.0) -> None:
        """Waits up to `within_s` for the last words and the last bell, then closes."""
        until_s = time.monotonic() + within_s
        if self._voice is not None:
            self._voice.close(finish_s=within_s)
        self._player.close(ring_out_s=max(0.0, until_s - time.monotonic()))

    def _sound(self, tone: Tone) -> None:
        self._player.play(samples(tone))
