"""The sound device."""

from __future__ import annotations

import sys
from typing import Any, Protocol

from formcheck.errors import SoundError
from formcheck.sound.tones import RATE_HZ, Samples

LATENCY_S = 0.08
"""Buffered sound: enough not to stutter beside a pose model, too little to be noticed."""


class Output(Protocol):
    """Accepts blocks of sound, as `Speaker` does."""

    def write(self, block: Samples) -> None:
        """Queues a block; returns once there is room for more.

        Raises
        ------
        SoundError
            The device is gone.
        """

    def close(self) -> None:
        """Plays the queued blocks to their end and releases the device."""


class Speaker:
    """The system's default output, through PortAudio.

    Raises
    ------
    SoundError
        There is no PortAudio, or no device that plays.
    """

    def __init__(self) -> None:
        self._sounddevice = load_sounddevice()
        try:
            self._stream: Any = self._sounddevice.OutputStream(
                samplerate=RATE_HZ, channels=1, dtype="float32", latency=LATENCY_S
            )
            self._stream.start()
        except (self._sounddevice.PortAudioError, ValueError) as error:
            raise SoundError(_no_device(error)) from None

    def write(self, block: Samples) -> None:
        """Queues a block; returns once there is room for more."""
        try:
            self._stream.write(block.reshape(-1, 1))
        except self._sounddevice.PortAudioError as error:
            raise SoundError(f"The sound device is gone ({error}): plug it in again.") from None

    def close(self) -> None:
        """Releases the device."""
        try:
            self._stream.close()
        except self._sounddevice.PortAudioError as error:
            raise SoundError(f"The sound device does not close ({error}).") from None


def default_device() -> str:
    """Returns the name of the default output device.

    Raises
    ------
    SoundError
        There is no PortAudio, or no device that plays.
    """
    sounddevice = load_sounddevice()
    try:
        return str(sounddevice.query_devices(kind="output")["name"])
    except (sounddevice.PortAudioError, ValueError) as error:
        raise SoundError(_no_device(error)) from None


def load_sounddevice() -> Any:
    """Returns the sounddevice package; only this function imports it.

    Raises
    ------
    SoundError
        The package, or the PortAudio library it needs, is not installed.
    """
    try:
        import sounddevice

        # Of the stand-in that MediaPipe gets while it is loaded, this loads the real one.
        _ = sounddevice.OutputStream
    except ImportError:
        raise SoundError("sounddevice is not installed: pip install sounddevice.") from None
    except OSError as error:
        linux = sys.platform.startswith("linux")
        advice = "apt install libportaudio2" if linux else "pip install --force-reinstall"
        what = "" if linux else " sounddevice"
        raise SoundError(f"No sound: {error}; run '{advice}{what}'.") from None
    return sounddevice


def _no_device(error: Exception) -> str:
    reason = str(error).partition("[")[0].strip().rstrip(".") or "no device"
    return f"No sound device plays ({reason}): plug one in or turn it on, or use --mute."
