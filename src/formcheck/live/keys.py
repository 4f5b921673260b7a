"""The keys of a run.

The keys 0 to 9 note pain; a 1 with a 0 soon after it notes ten.
"""

from __future__ import annotations

import math
from enum import Enum

TEN_WITHIN_S = 1.5


class PainKeys:
    """Turns digit keys into noted pain."""

    def __init__(self) -> None:
        self._one_s = -math.inf

    def press(self, pressed: str | None, now_s: float) -> int | None:
        """Returns the pain a pressed key notes, 0 to 10; None for any other key.

        Parameters
        ----------
        pressed : str | None
            The key; None without one.
        now_s : float
            Time of the press, on any steady clock.
        """
        if pressed is None or pressed not in tuple("0123456789"):
            return None
        ten = pressed == "0" and now_s - self._one_s <= TEN_WITHIN_S
        self._one_s = now_s if pressed == "1" else -math.inf
        return 10 if ten else int(pressed)


class Key(Enum):
    """What a key does; the value is the text of the help."""

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
"""Each key and its text, in the order of the help."""


def key_of(pressed: str | None) -> Key | None:
    """Returns the meaning of a pressed key, in upper or lower case; None without a meaning."""
    return None if pressed is None else _KEYS.get(pressed.lower())
