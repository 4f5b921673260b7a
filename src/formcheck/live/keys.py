"""What keys do, for who is near enough to press one."""

from __future__ import annotations

from enum import Enum


class Key(Enum):
    """What a key does; its value is what the help says."""

    QUIT = "end, and save the session"
    PAUSE = "pause, and go on"
    NEXT_SET = "next set now: ends the set, or the rest"
    RECALIBRATE = "measure your start posture anew"
    SWITCH = "the other leg"
    MUTE = "sound off, and on"
    FULL_SCREEN = "fill the screen"
    HELP = "show these keys"


_KEYS: dict[str, Key] = {
    "q": Key.QUIT,
    "\x1b": Key.QUIT,
    " ": Key.PAUSE,
    "r": Key.NEXT_SET,
    "c": Key.RECALIBRATE,
    "s": Key.SWITCH,
    "m": Key.MUTE,
    "f": Key.FULL_SCREEN,
    "h": Key.HELP,
}
HELP: tuple[tuple[str, str], ...] = (
    *(
        ({" ": "space", "\x1b": "Esc"}.get(pressed, pressed), key.value)
        for pressed, key in _KEYS.items()
        if pressed != "\x1b"
    ),
    ("0-10", "how much it hurts; from 4 on it stops"),
)
"""Each key and what it does, in the order of the help."""


def key_of(pressed: str | None) -> Key | None:
    """Return what a pressed key does, upper or lower case; None if it does nothing."""
    return None if pressed is None else _KEYS.get(pressed.lower())
