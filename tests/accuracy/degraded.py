"""Clips as messengers and hands leave them: compressed anew, thinned out, scaled, shaken.

    from tests.accuracy.degraded import CONDITIONS, degrade

Messengers scale to about 480 lines and compress until pictures of 640x480 take a few hundred
kilobits a second. Drawn rooms compress far better than filmed ones, so a quality is set and not a
rate: at CRF 34 outlines begin to smear as in a clip from a messenger, at 40 blocks show. A hand
shakes by a few per cent of the picture, up to 4 times a second, and turns by a degree or two.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np


@dataclass(frozen=True, kw_only=True)
class Condition:
    """How a clip is treated.

    Attributes
    ----------
    scale : float
        Size of the new picture to the old.
    crf : int
        Quality of H.264, from 16, at which nothing is seen of it, to 51.
    shake : float
        Standard deviation of the picture's place, of its width; 0 for a tripod.
    mirrored : bool
        Whether left and right change places.
    roll_deg : float
        By how much the picture is turned, counter-clockwise, the edges repeated.
    contrast, light : float
        By what every brightness is multiplied, and what is added to it, of 255.
    """

    scale: float = 1.0
    crf: int = 16
    shake: float = 0.0
    mirrored: bool = False
    roll_deg: float = 0.0
    contrast: float = 1.0
    light: float = 0.0


CONDITIONS = {
    "as drawn": Condition(),
    "messenger": Condition(scale=0.75, crf=34),
    "messenger, twice": Condition(scale=0.5, crf=40),
    "handheld": Condition(shake=0.015),
    "handheld, messenger": Condition(scale=0.75, crf=34, shake=0.015),
}


def degrade(source: Path, target: Path, condition: Condition, seed: int = 0) -> None:
    """Writes a clip as a condition leaves it; every frame keeps its time."""
    random = np.random.default_rng(seed)
    with av.open(str(source)) as read, av.open(str(target), "w") as written:
        given = read.streams.video[0]
        stream = written.add_stream("libx264", rate=30)
        stream.width = round(given.width * condition.scale / 2) * 2
        stream.height = round(given.height * condition.scale / 2) * 2
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        stream.options = {"preset": "fast", "crf": str(condition.crf)}
        phases = random.uniform(0.0, 2.0 * np.pi, (3, 4))
        for frame in read.decode(given):
            image = frame.to_ndarray(format="bgr24")
            if condition.shake:
                image = _shaken(image, float(frame.time), condition.shake, phases)
            image = _altered(image, condition)
            image = cv2.resize(image, (stream.width, stream.height), interpolation=cv2.INTER_AREA)
            picture = av.VideoFrame.from_ndarray(image, format="bgr24")
            picture.pts, picture.time_base = round(1000 * frame.time), Fraction(1, 1000)
            written.mux(stream.encode(picture))
        written.mux(stream.encode())


def _altered(image: np.ndarray, condition: Condition) -> np.ndarray:
    """Returns a picture mirrored, turned and with another light, as a condition asks for."""
    if condition.mirrored:
        image = cv2.flip(image, 1)
    if condition.roll_deg:
        image = _turned(image, condition.roll_deg)
    if (condition.contrast, condition.light) != (1.0, 0.0):
        image = cv2.convertScaleAbs(image, alpha=condition.contrast, beta=condition.light)
    return image


RATES_HZ = np.array([0.4, 1.1, 2.3, 3.9])
WEIGHTS = np.array([1.0, 0.7, 0.5, 0.3])


def _shaken(image: np.ndarray, time_s: float, shake: float, phases: np.ndarray) -> np.ndarray:
    """Returns a picture moved and turned as a hand at this time holds it, the edges repeated."""
    waves = np.sin(2.0 * np.pi * RATES_HZ * time_s + phases) * WEIGHTS
    across, down, turn = waves.sum(axis=1) / np.sqrt((WEIGHTS**2).sum() / 2.0)
    width = image.shape[1]
    return _turned(image, turn, (shake * width * across, shake * width * down))


def _turned(
    image: np.ndarray, turn_deg: float, shift_px: tuple[float, float] = (0.0, 0.0)
) -> np.ndarray:
    """Returns a picture turned about its middle and shifted, the edges repeated."""
    height, width = image.shape[:2]
    move = cv2.getRotationMatrix2D((width / 2, height / 2), turn_deg, 1.0)
    move[:, 2] += shift_px
    size = (width, height)
    return np.asarray(cv2.warpAffine(image, move, size, borderMode=cv2.BORDER_REPLICATE))
