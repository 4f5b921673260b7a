"""The speaker, with a PortAudio that does what a test tells it."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

from formcheck.errors import SoundError
from formcheck.sound.speaker import Speaker, default_device
from formcheck.sound.tones import RATE_HZ, Tone, samples


class PortAudioError(Exception):
    """As sounddevice raises it."""


class FakeStream:
    """An output stream that keeps what it was given."""

    fails: str | None = None

    def __init__(self, **options: Any) -> None:
        if self.fails == "open":
            raise PortAudioError("Error querying device -1 [PaErrorCode -9996]")
        self.options = options
        self.blocks: list[Any] = []
        self.started = self.closed = False
        made.append(self)

    def start(self) -> None:
        self.started = True

    def write(self, block: Any) -> None:
        if self.fails == "write":
            raise PortAudioError("Unanticipated host error")
        self.blocks.append(block)

    def close(self) -> None:
        self.closed = True


class FakeModule:
    """The sounddevice package."""

    PortAudioError = PortAudioError

    def __init__(self, stream: type[FakeStream]) -> None:
        self.OutputStream = stream

    def query_devices(self, *, kind: str) -> dict[str, str]:
        if self.OutputStream.fails:
            raise PortAudioError("Error querying device -1")
        return {"name": f"{kind}: Loud"}


made: list[FakeStream] = []


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> type[FakeStream]:
    class Stream(FakeStream):
        pass

    made.clear()
    monkeypatch.setitem(sys.modules, "sounddevice", FakeModule(Stream))
    return Stream


def test_a_speaker_hands_sound_on_in_one_channel(stream: type[FakeStream]) -> None:
    speaker = Speaker()
    speaker.write(samples(Tone.PIP))
    speaker.close()
    (opened,) = made
    assert opened.started and opened.closed
    assert opened.options["samplerate"] == RATE_HZ and opened.options["channels"] == 1
    assert opened.blocks[0].shape == (len(samples(Tone.PIP)), 1)
    assert np.array_equal(opened.blocks[0][:, 0], samples(Tone.PIP))
    assert default_device() == "output: Loud"


def test_a_machine_without_a_device_says_what_to_do(stream: type[FakeStream]) -> None:
    stream.fails = "open"
    for use in (Speaker, default_device):
        with pytest.raises(SoundError, match=r"No sound device plays \(Error.*\): plug one in"):
            use()


def test_a_device_that_goes_says_so(stream: type[FakeStream]) -> None:
    speaker = Speaker()
    stream.fails = "write"
    with pytest.raises(SoundError, match="is gone"):
        speaker.write(samples(Tone.PIP))


@pytest.mark.parametrize(
    ("platform", "advice"),
    [("linux", "apt install libportaudio2"), ("darwin", "pip install --force-reinstall sounddev")],
)
def test_a_machine_without_portaudio_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, platform: str, advice: str
) -> None:
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(SoundError, match=f"PortAudio library not found; run '{advice}"):
        Speaker()


def test_a_machine_without_the_package_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(SoundError, match="pip install sounddevice"):
        Speaker()
