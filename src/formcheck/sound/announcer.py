"""Gives each event of a run its tone and its spoken sentence."""

from __future__ import annotations

import math
from collections.abc import Callable

from formcheck.core.checker.session import Verdict
from formcheck.core.checker.wording import counts_text
from formcheck.core.coaching.events import (
    CoachingEvent,
    CountdownTick,
    FaultShown,
    Finished,
    HoldTick,
    Notice,
    Paused,
    PlacementPrompt,
    RepClean,
    RepRejected,
    RestTick,
    Resumed,
    SetBegan,
    SetDone,
    Switch,
)
from formcheck.sound.tones import Tone
from formcheck.sound.voice import Priority

PIPS_S = (1, 2, 3)
REST_SOON_S = 10
AGAIN_S = {
    Priority.HELP: 8.0,
    Priority.COUNT: 0.0,
    Priority.CORRECTION: 4.0,
    Priority.CALL: 0.0,
}
"""Least time before the same sentence is said again: fast steps repeat it three times a second."""
CUE_AGAIN_S = 15.0


class Announcer:
    """Gives each event its tone and, with a voice, its sentence.

    Says at most one correction for each repetition: of the fault that showed during it, or else of
    the fault that rejected it. The event names the fault; `most_important` of
    `formcheck.core.checker.faults` has chosen it.

    Parameters
    ----------
    sound : callable
        Plays a tone.
    say : callable, optional
        Says a sentence; None without a voice.
    """

    def __init__(
        self,
        sound: Callable[[Tone], None],
        say: Callable[[str, Priority], None] | None = None,
    ) -> None:
        self._sound = sound
        self._voice = say
        self._said_s: dict[str, float] = {}
        self._corrected = False

    def hear(self, event: CoachingEvent) -> None:
        """Sounds one event and says its sentence; returns at once."""
        match event:
            case RepClean() | RepRejected() | FaultShown() | HoldTick():
                self._hear_rep(event)
            case SetBegan() | SetDone() | Switch() | RestTick() | Finished():
                self._hear_course(event)
            case CountdownTick(remaining_s=left):
                self._pip(left)
            case PlacementPrompt(say=text) | Notice(say=text):
                self._say(event, text, Priority.HELP)
            case Paused(say=text):
                self._sound(Tone.PAUSED)
                self._say(event, text, Priority.CALL)
            case Resumed():
                self._sound(Tone.RESUMED)
                self._say(event, "Go on.", Priority.CALL)

    def _hear_rep(self, event: RepClean | RepRejected | FaultShown | HoldTick) -> None:
        match event:
            case HoldTick():
                self._sound(Tone.HOLD_DONE if event.reached else Tone.TICK)
            case FaultShown(say=text):
                self._correct(event, text)
            case RepRejected(say=text):
                seen = event.rep.verdict is not Verdict.UNVERIFIED
                self._sound(Tone.REJECTED if seen else Tone.UNSURE)
                self._correct(event, text)
                self._corrected = False
            case RepClean():
                self._sound(Tone.CLEAN)
                self._say(event, self._count(event), Priority.COUNT)
                self._corrected = False

    def _hear_course(self, event: SetBegan | SetDone | Switch | RestTick | Finished) -> None:
        match event:
            case SetBegan():
                self._corrected = False
                self._sound(Tone.GO)
                self._say(event, "Go.", Priority.CALL)
            case SetDone():
                self._sound(Tone.SET_DONE)
                if not event.last:
                    which = f"Set {event.set_number} of {event.sets} is done"
                    self._say(event, f"{which}: {counts_text(event.counts)}. Rest.", Priority.CALL)
            case Switch(say=text):
                self._sound(Tone.SWITCH)
                self._say(event, text, Priority.CALL)
            case RestTick(remaining_s=0):
                self._sound(Tone.REST_OVER)
                self._say(event, "The rest is over.", Priority.CALL)
            case RestTick(remaining_s=left, rest_s=rest_s):
                self._pip(left)
                if left == REST_SOON_S and rest_s > REST_SOON_S:
                    self._say(event, f"{left} seconds.", Priority.COUNT)
            case Finished():
                self._say(event, f"Well done: {counts_text(event.counts)}.", Priority.CALL)

    def _pip(self, left_s: int) -> None:
        if left_s in PIPS_S:
            self._sound(Tone.PIP)

    def _count(self, event: RepClean) -> str:
        """Returns the count, with a new cue, or with "One more." before the last repetition."""
        said = [f"{event.count}."]
        if event.say and self._is_new(event.say, event.time_s, CUE_AGAIN_S):
            said.append(event.say)
        elif event.count == event.target - 1:
            said.append("One more.")
        return " ".join(said)

    def _correct(self, event: CoachingEvent, text: str) -> None:
        if not self._corrected:
            self._corrected = True
            self._say(event, text, Priority.CORRECTION)

    def _say(self, event: CoachingEvent, text: str, priority: Priority) -> None:
        if self._voice is not None and text and self._is_new(text, event.time_s, AGAIN_S[priority]):
            self._voice(text.replace("°", " degrees"), priority)

    def _is_new(self, text: str, now_s: float, again_s: float) -> bool:
        if now_s - self._said_s.get(text, -math.inf) < again_s:
            return False
        self._said_s[text] = now_s
        return True
