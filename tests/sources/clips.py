"""Tiny videos whose every frame carries its own number, and a red mark in its top left corner."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from formcheck.core.pose.frame import Image

MILLISECONDS = Fraction(1, 1000)
SIZE = (96, 64)
BITS = 8


def picture(number: int, size: tuple[int, int] = SIZE) -> Image:
    """White bars for the number's bits, lowest on the left, on grey."""
    width, height = size
    image = np.full((height, width, 3), 90, dtype=np.uint8)
    for bit in range(BITS):
        if number >> bit & 1:
            columns = slice(bit * width // BITS, (bit + 1) * width // BITS)
            image[height // 4 : height * 3 // 4, columns] = 255
    image[:8, :8] = (0, 0, 255)
    return image


def number_in(image: Image) -> int:
    """Read the number of an upright picture."""
    height, width = image.shape[:2]
    row = image[height // 2].mean(axis=1)
    return sum(1 << bit for bit in range(BITS) if row[bit * width // BITS + width // 16] > 170)


def red_corner(image: Image) -> str:
    """Name the corner the red mark is in."""
    corners = {
        "top left": image[3, 3],
        "top right": image[3, -4],
        "bottom right": image[-4, -4],
        "bottom left": image[-4, 3],
    }
    found = [name for name, pixel in corners.items() if pixel[2] > 150 and pixel[0] < 120]
    return ", ".join(found)


def write_clip(
    path: Path,
    stamps: Sequence[int] = tuple(range(0, 660, 33)),
    *,
    codec: str = "libx264",
    time_base: Fraction = MILLISECONDS,
    pixels: str = "yuv420p",
    size: tuple[int, int] = SIZE,
    b_frames: int = 0,
    noise: bool = False,
    aspect: Fraction | None = None,
    options: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> Path:
    """Write a clip with one frame at each stamp; `noise` makes frames too big to lose unnoticed.

    `tags` are written as phones do, by their whole names.
    """
    random = np.random.default_rng(0)
    options = {"movflags": "use_metadata_tags"} | (options or {}) if tags else options
    with av.open(str(path), "w", options=options or {}) as container:
        container.metadata.update(tags or {})
        stream = container.add_stream(codec, rate=30)
        stream.width, stream.height = size
        stream.pix_fmt = pixels
        stream.codec_context.time_base = time_base
        stream.codec_context.max_b_frames = b_frames
        if codec == "libx264":
            stream.options = {"bf": str(b_frames), "preset": "ultrafast"}
        if aspect:
            stream.codec_context.sample_aspect_ratio = aspect
        for number, stamp in enumerate(stamps):
            image = picture(number, size)
            if noise:
                image = random.integers(0, 255, image.shape, dtype=np.uint8)
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = stamp, time_base
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def write_sound(path: Path) -> Path:
    """Write a file with sound and no picture."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=16000)
        silence = np.zeros((1, 1024), dtype=np.float32)
        for number in range(20):
            frame = av.AudioFrame.from_ndarray(silence, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 16000, number * 1024
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def write_thumbnail_first(path: Path, stamps: Sequence[int]) -> Path:
    """Write a film whose first track is one still picture that is not marked as a cover."""
    with av.open(str(path), "w") as container:
        thumbnail = container.add_stream("mjpeg", rate=30)
        film = container.add_stream("msmpeg4", rate=30)
        for stream, pixels in ((thumbnail, "yuvj420p"), (film, "yuv420p")):
            stream.width, stream.height = SIZE
            stream.pix_fmt = pixels
            stream.codec_context.time_base = MILLISECONDS
        for stream, numbered in ((thumbnail, [(200, 0)]), (film, list(enumerate(stamps)))):
            for number, stamp in numbered:
                frame = av.VideoFrame.from_ndarray(picture(number), format="bgr24")
                frame.pts, frame.time_base = stamp, MILLISECONDS
                container.mux(stream.encode(frame))
            container.mux(stream.encode())
    return path


def write_photo(path: Path) -> Path:
    """Write a single picture, in the format of its suffix."""
    good, data = cv2.imencode(path.suffix, picture(5))
    assert good
    path.write_bytes(data.tobytes())
    return path


def rotate_header(path: Path, clockwise_deg: int, size: tuple[int, int] = SIZE) -> Path:
    """Write a turn into an mp4's track header, as phones do; the pictures stay as they are."""
    width, height = size
    turns = {
        90: (0, 1, -1, 0, height, 0),
        180: (-1, 0, 0, -1, width, height),
        270: (0, -1, 1, 0, 0, width),
    }
    return write_matrix(path, turns[clockwise_deg])


def write_matrix(path: Path, matrix_abcdxy: tuple[int, int, int, int, int, int]) -> Path:
    """Write a display matrix into an mp4's track header; the pictures stay as they are."""
    a, b, c, d, x, y = matrix_abcdxy
    one = 1 << 16
    matrix = struct.pack(">9i", a * one, b * one, 0, c * one, d * one, 0, x * one, y * one, 1 << 30)
    data = path.read_bytes()
    start = data.index(b"tkhd") + 4 + 40
    path.write_bytes(data[:start] + matrix + data[start + 36 :])
    return path
