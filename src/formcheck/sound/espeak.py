"""Turns a sentence into sound, on this machine alone."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Protocol

import numpy as np

from formcheck.errors import SoundError
from formcheck.files.closing import ClosesItself
from formcheck.sound.espeak_process import NUMBER
from formcheck.sound.tones import RATE_HZ, Samples

PEAK = 0.6
SILENCE = 0.02
MARGIN_S = 0.02
ANSWER_S = 5.0
KEPT = 100
NO_VOICE = "No voice ({reason}): run pip install 'formcheck[voice]'; the tones go on without it."
GONE = "The voice broke off ({reason}): the tones go on without it."


class SpeechEngine(Protocol):
    """Turns sentences into sound, as `Espeak` does."""

    def speak(self, text: str) -> Samples:
        """Returns a sentence as mono sound at `RATE_HZ`.

        Raises
        ------
        SoundError
            The engine is missing, or broke off.
        """

    def close(self) -> None:
        """Ends the engine; closing again does nothing."""


class Espeak(ClosesItself):
    """The eSpeak NG engine, in a process of its own.

    Caches what it has spoken, because a set repeats most of its sentences.

    Parameters
    ----------
    command : list of str, optional
        Another program with the same protocol.
    answer_s : float
        Longest wait for an answer before the engine counts as broken.

    Raises
    ------
    SoundError
        eSpeak NG is not installed.
    """

    def __init__(self, command: list[str] | None = None, *, answer_s: float = ANSWER_S) -> None:
        self._answer_s = answer_s
        self._said: dict[str, Samples] = {}
        self._process = subprocess.Popen(
            command or [sys.executable, "-m", "formcheck.sound.espeak_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        with self._deadline(NO_VOICE):
            self._rate_hz = self._number()

    def speak(self, text: str) -> Samples:
        """Returns a sentence as sound, without the silence around it."""
        if text in self._said:
            return self._said[text]
        with self._deadline(GONE):
            assert self._process.stdin is not None
            self._process.stdin.write(" ".join(text.split()).encode() + b"\n")
            self._process.stdin.flush()
            raw = self._read(self._number())
        if len(self._said) == KEPT:
            self._said.pop(next(iter(self._said)))
        spoken = np.frombuffer(raw, dtype="<i2").astype(np.float64) / 32768
        self._said[text] = _made_even(_resampled(spoken, self._rate_hz))
        return self._said[text]

    def close(self) -> None:
        """Ends the process."""
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.kill()
        self._process.wait()

    @contextlib.contextmanager
    def _deadline(self, sentence: str) -> Iterator[None]:
        """Kills the process if the block takes too long, so that its reads end and it raises."""
        timer = threading.Timer(self._answer_s, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, EOFError, ValueError):
            raise SoundError(sentence.format(reason=self._reason())) from None
        finally:
            timer.cancel()

    def _reason(self) -> str:
        self._process.kill()
        told = b"" if self._process.stderr is None else self._process.stderr.read()
        code = self._process.wait()
        lines = told.decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), f"code {code}")

    def _number(self) -> int:
        (number,) = NUMBER.unpack(self._read(NUMBER.size))
        return int(number)

    def _read(self, count: int) -> bytes:
        assert self._process.stdout is not None
        data = self._process.stdout.read(count)
        if len(data) < count:
            raise EOFError
        return data


def _resampled(sound: np.ndarray, rate_hz: int) -> np.ndarray:
    """Returns the sound at `RATE_HZ`, without frequencies above those of the engine."""
    if not len(sound):
        return sound
    count = round(len(sound) * RATE_HZ / rate_hz)
    spectrum = np.fft.rfft(sound)
    resized = np.zeros(count // 2 + 1, dtype=complex)
    shared = min(len(spectrum), len(resized))
    resized[:shared] = spectrum[:shared]
    return np.fft.irfft(resized, count) * (count / len(sound))


def _made_even(sound: np.ndarray) -> Samples:
    """Returns the sound without leading and trailing silence, at peak `PEAK`, soft at both ends."""
    loud = np.flatnonzero(np.abs(sound) > SILENCE)
    if not len(loud):
        return np.zeros(0, dtype=np.float32)
    margin = round(MARGIN_S * RATE_HZ)
    part = sound[max(0, loud[0] - margin) : loud[-1] + margin].copy()
    part *= PEAK / np.abs(part).max()
    soft = min(margin, len(part)) // 2
    edge = 0.5 - 0.5 * np.cos(np.pi * np.arange(soft) / max(soft, 1))
    part[:soft] *= edge
    part[len(part) - soft :] *= edge[::-1]
    even: Samples = part.astype(np.float32)
    even.flags.writeable = False
    return even
