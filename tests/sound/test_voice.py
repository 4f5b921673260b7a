"""What is said, and what is left unsaid."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from formcheck.errors import SoundError
from formcheck.sound.espeak import SpeechEngine
from formcheck.sound.player import Playing
from formcheck.sound.tones import Samples
from formcheck.sound.voice import FRESH_S, Priority, Voice

CALL, CORRECTION, COUNT, HELP = Priority.CALL, Priority.CORRECTION, Priority.COUNT, Priority.HELP


class FakeEngine:
    """Speaks each letter as one sample; slowly, or not at all."""

    def __init__(self, *, slow_s: float = 0.0, breaks_at: int | None = None) -> None:
        self.spoken: list[str] = []
        self.closed = 0
        self.asked = threading.Event()
        self._slow_s, self._breaks_at = slow_s, breaks_at

    def speak(self, text: str) -> Samples:
        if len(self.spoken) == self._breaks_at:
            raise SoundError("The voice broke off (crash): the tones go on without it.")
        self.asked.set()
        time.sleep(self._slow_s)
        self.spoken.append(text)
        return np.zeros(len(text), dtype=np.float32)

    def close(self) -> None:
        self.closed += 1


class Loudspeaker:
    """Plays until it is told that a sound is over; counts how many are heard at once."""

    def __init__(self) -> None:
        self.playing: list[Playing] = []
        self.most_at_once = 0
        self.begun = threading.Semaphore(0)

    def play(self, sound: Samples) -> Playing:
        playing = Playing(sound, until_s=float("inf"))
        self.playing.append(playing)
        at_once = sum(not each.over.is_set() for each in self.playing)
        self.most_at_once = max(self.most_at_once, at_once)
        self.begun.release()
        return playing

    def wait_for_next(self) -> Playing:
        assert self.begun.acquire(timeout=5)
        return self.playing[-1]


@pytest.fixture
def loudspeaker() -> Loudspeaker:
    return Loudspeaker()


def test_saying_returns_at_once_however_slow_the_speech() -> None:
    engine, speaker = FakeEngine(slow_s=0.3), Loudspeaker()
    voice = Voice(speaker.play, lambda: engine, report=pytest.fail)
    voice.say("0", COUNT)
    assert engine.asked.wait(5)
    spent_s = []
    for number in range(1, 90):
        begun_s = time.perf_counter()
        voice.say(str(number), COUNT)
        spent_s.append(time.perf_counter() - begun_s)
    assert np.median(spent_s) < 0.001 and max(spent_s) < 0.1
    speaker.wait_for_next().over.set()
    speaker.wait_for_next().over.set()
    voice.close()
    # The first, and the newest of those that came while it was spoken.
    assert engine.spoken == ["0", "89"]


def test_it_never_talks_over_itself_and_the_most_important_goes_first(
    loudspeaker: Loudspeaker,
) -> None:
    engine = FakeEngine()
    with Voice(loudspeaker.play, lambda: engine, report=pytest.fail) as voice:
        voice.say("one", COUNT)
        first = loudspeaker.wait_for_next()
        voice.say("Come closer.", HELP)
        voice.say("two", COUNT)
        voice.say("Don't lean back.", CORRECTION)
        voice.say("Switch sides.", CALL)
        time.sleep(0.05)
        assert engine.spoken == ["one"]
        first.over.set()
        for _ in range(4):
            loudspeaker.wait_for_next().over.set()
    assert engine.spoken == ["one", "Switch sides.", "Don't lean back.", "two", "Come closer."]
    assert loudspeaker.most_at_once == 1
    assert engine.closed == 1


def test_of_each_kind_only_the_newest_waits(loudspeaker: Loudspeaker) -> None:
    engine = FakeEngine()
    with Voice(loudspeaker.play, lambda: engine, report=pytest.fail) as voice:
        voice.say("one", COUNT)
        first = loudspeaker.wait_for_next()
        for text in ("two", "three", "four"):
            voice.say(text, COUNT)
        first.over.set()
        loudspeaker.wait_for_next().over.set()
    assert engine.spoken == ["one", "four"]


def test_what_waited_too_long_is_not_said(loudspeaker: Loudspeaker) -> None:
    now_s = 0.0
    engine = FakeEngine()
    with Voice(loudspeaker.play, lambda: engine, report=pytest.fail, clock=lambda: now_s) as voice:
        voice.say("Set one is done.", CALL)
        first = loudspeaker.wait_for_next()
        voice.say("one", COUNT)
        voice.say("Rest.", CALL)
        now_s = FRESH_S[COUNT] + 0.1
        assert now_s < FRESH_S[CALL]
        first.over.set()
        loudspeaker.wait_for_next().over.set()
    assert engine.spoken == ["Set one is done.", "Rest."]


@pytest.mark.parametrize(("priority", "gives_way"), [(HELP, True), (COUNT, False)])
def test_only_help_gives_way_while_it_is_spoken(
    loudspeaker: Loudspeaker, priority: Priority, gives_way: bool
) -> None:
    with Voice(loudspeaker.play, FakeEngine, report=pytest.fail) as voice:
        voice.say("first", priority)
        first = loudspeaker.wait_for_next()
        time.sleep(0.05)
        voice.say("second", CALL)
        first.next_block()
        assert first.is_stale(0.0) is gives_way
        first.over.set()
        loudspeaker.wait_for_next().over.set()


def test_an_engine_that_dies_is_reported_once_and_saying_goes_on_harmlessly(
    loudspeaker: Loudspeaker,
) -> None:
    told: list[str] = []
    engine = FakeEngine(breaks_at=1)
    voice = Voice(loudspeaker.play, lambda: engine, report=told.append)
    voice.say("one", COUNT)
    loudspeaker.wait_for_next().over.set()
    for _ in range(5):
        voice.say("two", COUNT)
        time.sleep(0.02)
    voice.hush()
    voice.close()
    assert told == ["The voice broke off (crash): the tones go on without it."]
    assert engine.closed == 1 and engine.spoken == ["one"]


def test_a_missing_engine_is_reported_once(loudspeaker: Loudspeaker) -> None:
    told: list[str] = []

    def missing() -> SpeechEngine:
        raise SoundError("No voice (not installed).")

    with Voice(loudspeaker.play, missing, report=told.append) as voice:
        voice.say("one", COUNT)
    assert told == ["No voice (not installed)."]


def test_hushing_ends_what_is_said_and_forgets_what_waits(loudspeaker: Loudspeaker) -> None:
    engine = FakeEngine()
    with Voice(loudspeaker.play, lambda: engine, report=pytest.fail) as voice:
        voice.say("one", COUNT)
        first = loudspeaker.wait_for_next()
        time.sleep(0.05)
        voice.say("two", COUNT)
        voice.hush()
        assert first.is_stale(0.0)
        first.over.set()
    assert engine.spoken == ["one"]
