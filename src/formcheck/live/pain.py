"""How much it hurts, from the keys 0 to 9: a 1 with a 0 soon after it is a ten."""

from __future__ import annotations

import math

TEN_WITHIN_S = 1.5


class PainKeys:
    """Hears digits."""

    def __init__(self) -> None:
        self._one_s = -math.inf

    def press(self, pressed: str | None, now_s: float) -> int | None:
        """Return how much it hurts by a pressed key, 0 to 10; None if the key says nothing of it.

        Parameters
        ----------
        pressed : str | None
            The key.
        now_s : float
            When, on any steady clock.
        """
        if pressed is None or pressed not in tuple("0123456789"):
            return None
        ten = pressed == "0" and now_s - self._one_s <= TEN_WITHIN_S
        self._one_s = now_s if pressed == "1" else -math.inf
        return 10 if ten else int(pressed)
