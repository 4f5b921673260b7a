"""eSpeak NG for real, where it is installed, and engines that fail in every way."""

from __future__ import annotations

import ctypes.util
import importlib.util
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from formcheck.errors import SoundError
from formcheck.sound.espeak import Espeak
from formcheck.sound.tones import RATE_HZ

INSTALLED = importlib.util.find_spec("espeakng_loader") or ctypes.util.find_library("espeak-ng")
needs_engine = pytest.mark.skipif(
    not INSTALLED, reason="no eSpeak NG here: pip install 'formcheck[voice]'"
)
HEADER = "import struct, sys, time; out = sys.stdout.buffer; n = lambda v: struct.pack('<I', v)\n"


def pretending(tmp_path: Path, code: str) -> list[str]:
    """The command of an engine that does something else."""
    script = tmp_path / "engine.py"
    script.write_text(HEADER + code, encoding="utf-8")
    return [sys.executable, str(script)]


@needs_engine
def test_a_sentence_becomes_speech() -> None:
    with Espeak() as engine:
        spoken = {text: engine.speak(text) for text in ("three", "Don't lean back.", "Lower it.")}
        begun_s = time.perf_counter()
        assert engine.speak("three") is spoken["three"]
        assert time.perf_counter() - begun_s < 0.01
    for sound in spoken.values():
        assert sound.dtype == np.float32
        assert np.abs(sound).max() == pytest.approx(0.6, abs=0.01)
        assert abs(sound[0]) < 0.01 and abs(sound[-1]) < 0.01
        spectrum = np.abs(np.fft.rfft(sound)) ** 2
        pitch = np.fft.rfftfreq(len(sound), 1 / RATE_HZ)
        # A voice: nearly all of it between 80 Hz and 5 kHz, nothing above what the engine gives.
        assert spectrum[(pitch > 80) & (pitch < 5000)].sum() > 0.85 * spectrum.sum()
        assert spectrum[pitch > 11_100].sum() < 1e-3 * spectrum.sum()
    length_s = {text: len(sound) / RATE_HZ for text, sound in spoken.items()}
    assert 0.2 < length_s["three"] < 0.7 < length_s["Don't lean back."] < 1.5


@needs_engine
def test_what_can_t_be_said_is_silence_and_a_line_break_ends_nothing() -> None:
    with Espeak() as engine:
        assert len(engine.speak("")) == 0
        both = engine.speak("one\ntwo")
        assert len(both) > len(engine.speak("two"))


def test_without_an_engine_the_advice_is_to_install_it(tmp_path: Path) -> None:
    code = "print('neither a nor b is installed', file=sys.stderr); sys.exit(3)"
    with pytest.raises(SoundError, match=r"No voice \(neither a nor b is installed\): run pip"):
        Espeak(pretending(tmp_path, code))


def test_an_engine_that_crashes_says_so_and_leaves_no_process(tmp_path: Path) -> None:
    code = "out.write(n(22050)); out.flush(); sys.stdin.readline(); import os; os.abort()"
    engine = Espeak(pretending(tmp_path, code))
    with pytest.raises(SoundError, match=r"The voice broke off \(.+\): the tones go on"):
        engine.speak("one")
    assert engine._process.returncode is not None
    engine.close()
    engine.close()


def test_an_engine_that_hangs_is_given_up(tmp_path: Path) -> None:
    code = "out.write(n(22050)); out.flush(); time.sleep(30)"
    engine = Espeak(pretending(tmp_path, code), answer_s=0.3)
    begun_s = time.monotonic()
    with pytest.raises(SoundError, match="The voice broke off"):
        engine.speak("one")
    assert time.monotonic() - begun_s < 3
    engine.close()


def test_sound_of_another_rate_keeps_its_pitch_and_length(tmp_path: Path) -> None:
    code = (
        "import math, array\n"
        "tone = array.array('h', [int(9000 * math.sin(2 * math.pi * 440 * i / 16000))"
        " for i in range(8000)]).tobytes()\n"
        "out.write(n(16000)); out.flush()\n"
        "for line in sys.stdin: out.write(n(len(tone)) + tone); out.flush()\n"
    )
    with Espeak(pretending(tmp_path, code)) as engine:
        sound = engine.speak("a")
    assert len(sound) / RATE_HZ == pytest.approx(0.5, abs=0.05)
    spectrum = np.abs(np.fft.rfft(sound, RATE_HZ))
    assert int(np.argmax(spectrum)) == pytest.approx(440, abs=2)
