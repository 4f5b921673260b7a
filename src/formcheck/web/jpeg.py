"""Pictures from a browser: their size is read and limited before anything decodes them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from formcheck.core.pose.frame import Image
from formcheck.errors import FormcheckError

MOST_BYTES = 1 << 20
"""Most bytes of one picture: 640x480 at quality 80 has 18 KiB."""

MOST_PIXELS = 4_000_000

_START, _END = b"\xff\xd8", b"\xff\xd9"
_BASELINE = (0xC0, 0xC1)
_OTHER_FRAMES = {0xC2, 0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}
_SCAN = 0xDA
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}


class PictureError(FormcheckError):
    """A picture from the browser can't be used."""


def decoded(data: bytes) -> Image:
    """Returns the picture of a JPEG, blue, green, red.

    Raises
    ------
    PictureError
        The data is no whole baseline JPEG, or too large.
    """
    check(data)
    import cv2

    image = cv2.imdecode(np.frombuffer(data, dtype=np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise PictureError("The picture is damaged: its JPEG can't be decoded.")
    return np.asarray(image, dtype=np.uint8)


def check(data: bytes) -> tuple[int, int]:
    """Returns width and height of a JPEG, without decoding it.

    Only baseline JPEGs pass: browsers make no other, and a progressive one may hold hundreds of
    scans, which cost hundreds of times the work of its size.

    Raises
    ------
    PictureError
        The data is no whole baseline JPEG, or too large.
    """
    if len(data) > MOST_BYTES:
        raise PictureError(f"A picture may have {MOST_BYTES} bytes; this one has {len(data)}.")
    if not data.startswith(_START):
        raise PictureError("The picture is no JPEG.")
    if not data.rstrip(b"\0").endswith(_END):
        raise PictureError("The picture is cut short.")
    frames = list(_frames(data))
    if len(frames) != 1:
        raise PictureError("The picture is damaged: a JPEG has one frame of one size.")
    width, height = frames[0]
    if width * height > MOST_PIXELS:
        raise PictureError(
            f"A picture may have {MOST_PIXELS} pixels; this one has {width} x {height}."
        )
    if not width or not height:
        raise PictureError("The picture has no size.")
    return width, height


def _frames(data: bytes) -> Iterator[tuple[int, int]]:
    """Gives the size in each frame header before the first scan."""
    at = len(_START)
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _WITHOUT_LENGTH:
            at += 2
            continue
        if marker == _SCAN:
            return
        if marker in _OTHER_FRAMES:
            raise PictureError("The picture is no baseline JPEG.")
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _BASELINE and at + 9 <= len(data):
            height = int.from_bytes(data[at + 5 : at + 7], "big")
            yield int.from_bytes(data[at + 7 : at + 9], "big"), height
        at += 2 + max(2, length)
    raise PictureError("The picture is damaged: its JPEG has no scan.")
