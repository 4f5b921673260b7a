"""Whether a picture is bright enough to find a person in it, and what to do if it is not."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.pose.frame import Frame, Image

DARK_BELOW = 30.0
"""House default, of 255: drawn people, darkened and with a webcam's noise (2.5), were found in
every frame down to 33 and lost between 24 and 18."""
LIGHT_ABOVE = 40.0
STANDS_S = 0.5
BRIGHT_PARTS = 95.0
STRIDE = 16
DARK = "Turn the light on, or uncover the camera: the picture is too dark."


def brightness(image: Image) -> float:
    """Returns the brightness of the bright parts of a picture, 0 to 255.

    The 95th percentile of the mean of the colours: a dark wall behind a well-lit person does not
    make the picture dark, and a small lamp in a dark room does not make it bright.
    """
    return float(np.percentile(image[::STRIDE, ::STRIDE].mean(axis=2), BRIGHT_PARTS))


class LightWatch:
    """Notices when the picture becomes too dark, and when it is bright again.

    The answer stays the same between the two levels, and until a change has lasted for half a
    second of the frames' time.
    """

    def __init__(self) -> None:
        self._dark = False
        self._other_from_s = math.nan

    def look(self, frame: Frame) -> str | None:
        """Returns what to do about the light after one more frame; None where there is enough.

        A frame without a picture changes nothing.
        """
        if frame.image is not None:
            level = brightness(frame.image)
            other = level > LIGHT_ABOVE if self._dark else level < DARK_BELOW
            if not other:
                self._other_from_s = math.nan
            elif math.isnan(self._other_from_s):
                self._other_from_s = frame.time_s
            elif frame.time_s - self._other_from_s >= STANDS_S:
                self._dark, self._other_from_s = not self._dark, math.nan
        return DARK if self._dark else None
