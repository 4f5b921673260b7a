"""A still of a repetition's worst moment: the line that went wrong, and where it should have been.

No text is drawn: the page says what the lines mean, so that it can be read aloud and translated.
"""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.frame import Image
from formcheck.pose import FloatArray, Pose
from formcheck.reports.offence import Line, Offence, drawn_lines
from formcheck.reports.output import write_bytes
from formcheck.view import Scene

STILL_PX = 720
"""Longer side of a still."""

_RED, _WHITE, _INK = (30, 80, 225), (255, 255, 255), (30, 24, 20)
_ROOM = 0.18
_MIN_SHARE = 0.45
_SHAPE = 4 / 3


def still(image: Image, pose: Pose, scene: Scene, offence: Offence) -> Image:
    """Return the part of a picture with the person, the offending line drawn on it.

    Parameters
    ----------
    image : (height, width, 3) uint8
        As the camera saw it; stays as it is.
    pose : Pose
        What was found in it.
    scene : Scene
        How the camera saw the person.
    offence : Offence
        What to draw.

    Returns
    -------
    (height, width, 3) uint8
        The longer side has at most `STILL_PX`.
    """
    shown, scale, (left, top) = _around(image, pose)
    done, limit = (
        [((x - left) * scale, (y - top) * scale) for x, y in path]
        for path in drawn_lines(pose.points(), scene, offence)
    )
    unit = max(shown.shape[:2]) / 100.0
    _dashed(shown, limit, unit)
    _solid(shown, done, unit)
    return shown


def _around(image: Image, pose: Pose) -> tuple[Image, float, tuple[int, int]]:
    """Return the picture's part around the person, its scale, and its top left corner."""
    height, width = image.shape[:2]
    x, y = pose.image_px[:, 0], pose.image_px[:, 1]
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    if not inside.any():
        x, y, inside = np.array([0, width]), np.array([0, height]), np.array([True, True])
    low = np.array([x[inside].min(), y[inside].min()])
    high = np.array([x[inside].max(), y[inside].max()])
    size = np.array([width, height], dtype=float)
    half = np.maximum((high - low) / 2 + _ROOM * (high - low).max(), _MIN_SHARE * size / 2)
    # As wide as it is shown, as far as the picture goes.
    half = np.minimum(np.maximum(half, half[::-1] * (_SHAPE, 1 / _SHAPE)), size / 2)
    centre = np.clip((low + high) / 2, half, size - half)
    left, top = (int(v) for v in np.clip(centre - half, 0, size))
    right, bottom = (math.ceil(v) for v in np.clip(centre + half, 0, size))
    part = image[top:bottom, left:right]
    scale = min(2.0, STILL_PX / max(part.shape[:2]))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    shown = cv2.resize(part, None, fx=scale, fy=scale, interpolation=how)
    return np.ascontiguousarray(shown), scale, (left, top)


def _known(path: Line) -> bool:
    return len(path) > 1 and all(math.isfinite(x) and math.isfinite(y) for x, y in path)


def _solid(image: Image, path: Line, unit: float) -> None:
    if not _known(path):
        return
    for colour, width in ((_WHITE, 1.9), (_RED, 1.15)):
        thick = max(2, round(width * unit))
        cv2.polylines(image, [_whole(path)], False, colour, thick, cv2.LINE_AA)
        for x, y in (path[0], path[-1]):
            centre = (round(x), round(y))
            cv2.circle(image, centre, round(thick * 0.8), colour, -1, cv2.LINE_AA)


def _dashed(image: Image, path: Line, unit: float) -> None:
    if not _known(path):
        return
    for start, end in pairwise(path):
        count = max(3, round(math.dist(start, end) / (4.4 * unit)) | 1)
        steps = np.linspace(np.array(start), np.array(end), count + 1)
        for number in range(0, count, 2):
            dash = steps[number : number + 2]
            for colour, width in ((_INK, 1.3), (_WHITE, 0.7)):
                cv2.polylines(
                    image, [_whole(dash)], False, colour, max(1, round(width * unit)), cv2.LINE_AA
                )


def _whole(path: Line | FloatArray) -> npt.NDArray[np.int32]:
    whole: npt.NDArray[np.int32] = np.rint(np.array(path)).astype(np.int32)
    return whole


def write_jpeg(image: Image, path: Path) -> None:
    """Write a picture; an `OutputError` says why it can't be."""
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 88])
    assert done
    write_bytes(path, data.tobytes())
