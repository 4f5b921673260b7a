"""The sounds themselves: no clicks, no shrillness, no two alike."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from formcheck.sound.tones import RATE_HZ, Samples, Tone, samples

LONGEST_S = {Tone.SET_DONE: 2.0, Tone.REST_OVER: 1.6}
AUDIBLE = 0.05


def pitches_hz(sound: Samples, window_s: float = 0.06) -> list[float]:
    """The loudest frequency in each window that can be heard."""
    window = round(window_s * RATE_HZ)
    found = []
    for first in range(0, len(sound) - window + 1, window // 2):
        part = sound[first : first + window] * np.hanning(window)
        if np.abs(part).max() > AUDIBLE:
            spectrum = np.abs(np.fft.rfft(part, 8 * window))
            found.append(float(np.argmax(spectrum)) * RATE_HZ / (8 * window))
    return found


@pytest.mark.parametrize("tone", Tone)
def test_a_tone_is_short_and_not_too_loud(tone: Tone) -> None:
    sound = samples(tone)
    assert sound.dtype == np.float32
    assert 0.04 <= len(sound) / RATE_HZ <= LONGEST_S.get(tone, 0.7)
    assert 0.15 <= np.abs(sound).max() <= 0.8


@pytest.mark.parametrize("tone", Tone)
def test_a_tone_begins_and_ends_in_silence_without_a_step(tone: Tone) -> None:
    sound = samples(tone).astype(np.float64)
    peak = np.abs(sound).max()
    assert abs(sound[0]) < 1e-6 and abs(sound[-1]) < 1e-3 * peak
    # The last and first half millisecond stay near silence: no click.
    edge = round(0.0005 * RATE_HZ)
    assert np.abs(sound[:edge]).max() < 0.05 * peak
    assert np.abs(sound[-edge:]).max() < 0.01 * peak
    assert abs(sound.mean()) < 0.002


@pytest.mark.parametrize("tone", Tone)
def test_a_tone_has_no_click_inside(tone: Tone) -> None:
    # A jump spreads over all frequencies; notes and bells stay below 6 kHz.
    sound = samples(tone).astype(np.float64)
    spectrum = np.abs(np.fft.rfft(sound)) ** 2
    high = spectrum[np.fft.rfftfreq(len(sound), 1 / RATE_HZ) > 8000]
    assert high.sum() < 1e-4 * spectrum.sum()


def test_clean_rises_rejected_falls_unsure_stays() -> None:
    rising, falling = pitches_hz(samples(Tone.CLEAN)), pitches_hz(samples(Tone.REJECTED))
    level = pitches_hz(samples(Tone.UNSURE))
    assert rising[-1] > 1.8 * rising[0]
    assert falling[-1] < 0.75 * falling[0]
    assert max(level) < 1.03 * min(level)
    # Apart in height as well: the lowest of one lies above the highest of the other.
    assert min(rising) > 1.5 * max(falling)


def test_a_rejected_repetition_takes_longer_to_say_than_a_clean_one() -> None:
    assert len(samples(Tone.REJECTED)) > 1.2 * len(samples(Tone.CLEAN))


def test_no_two_tones_are_alike() -> None:
    for one, other in combinations(Tone, 2):
        a, b = samples(one), samples(other)
        shared = min(len(a), len(b))
        likeness = np.dot(a[:shared], b[:shared]) / (np.linalg.norm(a) * np.linalg.norm(b))
        assert abs(likeness) < 0.75, (one, other)


def test_a_tone_is_made_once_and_can_t_be_spoilt() -> None:
    assert samples(Tone.PIP) is samples(Tone.PIP)
    with pytest.raises(ValueError, match="read-only"):
        samples(Tone.PIP)[0] = 1.0
