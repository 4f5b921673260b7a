"""What a webcam does to a picture: blur, noise, exposure and white balance."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from people.raster import Floats

Picture = NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True, slots=True)
class Webcam:
    """A webcam's faults.

    Attributes
    ----------
    blur_px
        Standard deviation of the lens's blur.
    noise
        Standard deviation of the noise in a middle grey, in 0-255; less in the light, coarse as
        a webcam's own smoothing leaves it.
    exposure
        Factor on all light.
    balance
        Factors on red and blue.
    quality
        JPEG quality of the camera's own stream, 100 is not compressed.
    """

    blur_px: float = 0.5
    noise: float = 3.0
    exposure: float = 1.0
    balance: tuple[float, float] = (1.0, 1.0)
    quality: int = 85

    def take(self, linear: Floats, seed: int) -> Picture:
        """Turn linear RGB (rows, columns, 3) into BGR bytes; ``seed`` sets the noise."""
        gain = self.exposure * np.array([self.balance[0], 1.0, self.balance[1]])
        lit = np.clip(linear * gain.astype(np.float32), 0.0, None)
        # A soft shoulder keeps bright cloth from burning out.
        lit = 1.35 * lit * (1.0 + lit / 9.0) / (1.0 + 0.55 * lit)
        picture = cv2.cvtColor(np.sqrt(lit) ** 0.909 * 255.0, cv2.COLOR_RGB2BGR)
        if self.blur_px > 0:
            picture = cv2.GaussianBlur(picture, (0, 0), self.blur_px)
        if self.noise > 0:
            rng = np.random.default_rng(seed)
            rough = rng.standard_normal(picture.shape[:2], dtype=np.float32)
            tint = rng.standard_normal(
                (picture.shape[0] // 2, picture.shape[1] // 2, 3), np.float32
            )
            tint = cv2.resize(tint, (picture.shape[1], picture.shape[0]))
            picture += self.noise * (0.8 * rough[..., None] + 0.6 * tint)
        clipped: Picture = np.clip(picture, 0, 255).astype(np.uint8)
        if self.quality >= 100:
            return clipped
        _, packed = cv2.imencode(".jpg", clipped, [cv2.IMWRITE_JPEG_QUALITY, self.quality])
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)).astype(np.uint8)
