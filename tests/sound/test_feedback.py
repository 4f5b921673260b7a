"""Sound and voice together, as a run uses them."""

from __future__ import annotations

import time

import numpy as np
import pytest

from formcheck.core.coaching.events import CountdownTick
from formcheck.errors import SoundError
from formcheck.sound.espeak import SpeechEngine
from formcheck.sound.feedback import Feedback
from formcheck.sound.speaker import Output
from formcheck.sound.tones import Samples, Tone, samples
from tests.sound.outputs import Hanging, Recorder
from tests.sound.test_announcer import clean

PIP = CountdownTick(time_s=1.0, remaining_s=3)


class Beeps:
    """Speaks every sentence as a tenth of a second at a level of its own."""

    def __init__(self) -> None:
        self.spoken: list[str] = []

    def speak(self, text: str) -> Samples:
        self.spoken.append(text)
        return np.full(4800, 0.33, dtype=np.float32)

    def close(self) -> None:
        pass


def test_tones_and_words_go_to_the_same_device() -> None:
    device, engine = Recorder(), Beeps()
    with Feedback(
        voice=True, report=pytest.fail, open_output=lambda: device, open_engine=lambda: engine
    ) as feedback:
        feedback.hear(clean(4))
    assert engine.spoken == ["4."]
    assert len(device.sound) >= len(samples(Tone.CLEAN))
    # The word lifts the sum by its level times its length, wherever it falls.
    assert device.sound.sum() - samples(Tone.CLEAN).sum() == pytest.approx(0.33 * 4800, rel=0.05)


def test_mute_is_silence_at_once_and_m_brings_the_sound_back() -> None:
    device = Recorder()
    with Feedback(muted=True, report=pytest.fail, open_output=lambda: device) as feedback:
        assert feedback.muted
        feedback.hear(PIP)
        assert feedback.toggle_mute() is False
        feedback.hear(PIP)
        time.sleep(0.2)
        assert feedback.toggle_mute() is True
        feedback.hear(PIP)
    assert 0 < len(device.sound) <= 2 * len(samples(Tone.PIP))


def test_a_machine_with_neither_sound_nor_voice_is_told_of_each_once() -> None:
    told: list[str] = []

    def no_output() -> Output:
        raise SoundError("No device.")

    def no_engine() -> SpeechEngine:
        raise SoundError("No voice.")

    with Feedback(
        voice=True, report=told.append, open_output=no_output, open_engine=no_engine
    ) as feedback:
        for count in range(5):
            feedback.hear(clean(count))
    assert sorted(told) == ["No device.", "No voice."]


def test_a_hanging_device_holds_up_neither_events_nor_the_end() -> None:
    device = Hanging()
    feedback = Feedback(
        voice=True, report=pytest.fail, open_output=lambda: device, open_engine=Beeps
    )
    begun_s = time.monotonic()
    for count in range(100):
        feedback.hear(clean(count))
    assert time.monotonic() - begun_s < 0.5
    feedback.close(within_s=0.2)
    assert time.monotonic() - begun_s < 1.5
    device.go.set()
