"""eSpeak NG in a process of its own: lines of text in, sound out.

A crash in native code ends this process and not the run, and the engine's licence (GPL) stays on
its side of the pipe. Run as `python -m formcheck.sound.espeak_process`; the process ends with its
input.

Output: the sample rate, then for each line a length in bytes and the 16-bit samples. Numbers are
32-bit unsigned, little endian.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import signal
import struct
import sys
from typing import Any

RETRIEVE = 1  # AUDIO_OUTPUT_RETRIEVAL: hand the samples over, play nothing
NO_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT
UTF8 = 1
RATE_PARAMETER, WORDS_PER_MINUTE = 1, 165
VOICE = b"en-us"
NUMBER = struct.Struct("<I")
NO_ENGINE = 3

_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


def load() -> tuple[Any, bytes | None]:
    """Returns the library and its data folder, from the package or else from the system.

    Raises
    ------
    OSError
        Neither has the library.
    """
    try:
        import espeakng_loader
    except ImportError:
        name = ctypes.util.find_library("espeak-ng")
        if name is None:
            raise OSError("neither espeakng-loader nor espeak-ng is installed") from None
        return ctypes.CDLL(name), None
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    return library, str(espeakng_loader.get_data_path()).encode()


def start(library: Any, data: bytes | None) -> int:
    """Initialises the engine and returns its sample rate.

    Raises
    ------
    OSError
        The engine finds no data, or not the voice.
    """
    rate = int(library.espeak_Initialize(RETRIEVE, 0, data, NO_EXIT))
    if rate <= 0:
        raise OSError("eSpeak NG does not find its data")
    if library.espeak_SetVoiceByName(VOICE) != 0:
        raise OSError(f"eSpeak NG has no voice {VOICE.decode()}")
    library.espeak_SetParameter(RATE_PARAMETER, WORDS_PER_MINUTE, 0)
    return rate


def main() -> int:
    """Speaks every line of the input; returns the exit code."""
    # Ctrl-C goes to the run, which closes the input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        library, data = load()
        rate = start(library, data)
    except OSError as error:
        print(error, file=sys.stderr)
        return NO_ENGINE
    parts: list[bytes] = []

    def keep(samples: Any, count: int, events: Any) -> int:
        if samples and count:
            parts.append(ctypes.string_at(samples, 2 * count))
        return 0

    callback = _Callback(keep)
    library.espeak_SetSynthCallback(callback)
    out = sys.stdout.buffer
    out.write(NUMBER.pack(rate))
    out.flush()
    for line in sys.stdin.buffer:
        text = line.strip() + b"\0"
        parts.clear()
        library.espeak_Synth(text, ctypes.c_size_t(len(text)), 0, 0, 0, UTF8, None, None)
        library.espeak_Synchronize()
        sound = b"".join(parts)
        out.write(NUMBER.pack(len(sound)) + sound)
        out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
