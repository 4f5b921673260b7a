"""The synthesised tones of a set: short, soft at both ends, and distinct in how their pitch moves.

A clean repetition rises, a rejected one falls, an unverified one stays level. They also differ in
speed and register, for a person who does not hear pitch well.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Samples: TypeAlias = npt.NDArray[np.float32]
"""Mono sound at `RATE_HZ`, -1 to 1."""

RATE_HZ = 48_000
ATTACK_S = 0.006
RELEASE_S = 0.025
CENTRE_HZ = 440.0


class Tone(Enum):
    """The meaning of a tone."""

    CLEAN = "clean"
    REJECTED = "rejected"
    UNSURE = "unsure"
    TICK = "tick"
    HOLD_DONE = "hold done"
    PIP = "pip"
    GO = "go"
    SET_DONE = "set done"
    REST_OVER = "rest over"
    SWITCH = "switch"
    PAUSED = "paused"
    RESUMED = "resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note of a tone.

    Attributes
    ----------
    pitch : float
        Half tones above A (440 Hz).
    start_s, length_s : float
        Start of the note within the tone, and its length.
    peak : float
        The loudest sample, 0 to 1.
    decay_s : float
        Time in which the note falls to a third after its attack.
    partials : tuple of (float, float)
        Each frequency as a multiple of the note's, and its share of the peak.
    """

    pitch: float
    start_s: float = 0.0
    length_s: float = 0.16
    peak: float = 0.5
    decay_s: float = 0.12
    partials: tuple[tuple[float, float], ...] = ((1.0, 0.78), (2.0, 0.16), (3.0, 0.06))


# A struck bell: partials off the harmonic series, after the strike, hum, tierce and quint of one.
_BELL = ((0.5, 0.14), (1.0, 0.40), (1.2, 0.16), (1.5, 0.12), (2.0, 0.12), (2.74, 0.06))
_DULL = ((1.0, 0.70), (2.0, 0.22), (3.0, 0.08))

SCORE: dict[Tone, tuple[Note, ...]] = {
    # E up to B and E: bright, a third of a second.
    Tone.CLEAN: (
        Note(pitch=7.0, length_s=0.12, decay_s=0.10),
        Note(pitch=14.0, start_s=0.09, length_s=0.12, decay_s=0.10),
        Note(pitch=19.0, start_s=0.18, length_s=0.26, decay_s=0.14),
    ),
    # An octave below, falling, slower.
    Tone.REJECTED: (
        Note(pitch=-5.0, length_s=0.22, decay_s=0.2, partials=_DULL),
        Note(pitch=-12.0, start_s=0.20, length_s=0.36, decay_s=0.25, partials=_DULL),
    ),
    # Twice the same note: not wrong, only not seen.
    Tone.UNSURE: (
        Note(pitch=2.0, length_s=0.12, peak=0.4),
        Note(pitch=2.0, start_s=0.20, length_s=0.18, peak=0.4),
    ),
    Tone.TICK: (Note(pitch=26.0, length_s=0.05, peak=0.22, decay_s=0.012),),
    Tone.HOLD_DONE: (Note(pitch=19.0, length_s=0.40, decay_s=0.18, partials=_BELL),),
    Tone.PIP: (Note(pitch=12.0, length_s=0.11, peak=0.42, decay_s=0.3),),
    Tone.GO: (Note(pitch=24.0, length_s=0.42, peak=0.42, decay_s=0.4),),
    Tone.SET_DONE: (
        Note(pitch=3.0, length_s=1.0, peak=0.42, decay_s=0.55, partials=_BELL),
        Note(pitch=3.0, start_s=0.32, length_s=1.4, peak=0.42, decay_s=0.60, partials=_BELL),
    ),
    Tone.REST_OVER: (Note(pitch=10.0, length_s=1.4, decay_s=0.55, partials=_BELL),),
    Tone.SWITCH: (
        Note(pitch=7.0, length_s=0.14),
        Note(pitch=0.0, start_s=0.14, length_s=0.14),
        Note(pitch=7.0, start_s=0.28, length_s=0.24),
    ),
    Tone.PAUSED: (
        Note(pitch=0.0, length_s=0.18, partials=_DULL),
        Note(pitch=-3.0, start_s=0.16, length_s=0.18, partials=_DULL),
        Note(pitch=-7.0, start_s=0.32, length_s=0.30, partials=_DULL),
    ),
    Tone.RESUMED: (
        Note(pitch=-7.0, length_s=0.16),
        Note(pitch=0.0, start_s=0.14, length_s=0.26),
    ),
}


@functools.cache
def samples(tone: Tone) -> Samples:
    """Returns the sound of a tone: a shared, read-only array."""
    notes = SCORE[tone]
    length = max(round((note.start_s + note.length_s) * RATE_HZ) for note in notes)
    sound = np.zeros(length)
    for note in notes:
        first = round(note.start_s * RATE_HZ)
        played = _played(note)
        # Rounding start and length separately may leave one sample too many.
        sound[first : first + len(played)] += played[: length - first]
    made = sound.astype(np.float32)
    made.flags.writeable = False
    return made


def _played(note: Note) -> npt.NDArray[np.float64]:
    count = round(note.length_s * RATE_HZ)
    time_s = np.arange(count) / RATE_HZ
    hz = CENTRE_HZ * 2 ** (note.pitch / 12)
    wave = sum(
        share * np.sin(2 * np.pi * hz * ratio * time_s)
        for ratio, share in note.partials
        if hz * ratio < RATE_HZ / 2
    )
    sound: npt.NDArray[np.float64] = wave * np.exp(-time_s / note.decay_s) * _edges(count)
    sound *= note.peak / np.abs(sound).max()
    return sound


def _edges(count: int) -> npt.NDArray[np.float64]:
    """Returns a gain of 1 with a soft rise at the start and a soft fall to 0 at the end."""
    edge = np.ones(count)
    rise = min(round(ATTACK_S * RATE_HZ), count // 2)
    fall = min(round(RELEASE_S * RATE_HZ), count // 2)
    edge[:rise] = 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / rise)
    edge[count - fall :] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(1, fall + 1) / fall)
    return edge
