"""Several drawn people in one picture: sample videos side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

import av
import numpy as np

from formcheck.core.pose.frame import Frame, Image
from formcheck.files.bundled import demo_video
from formcheck.sources.video import VideoFile
from tests.sources.clips import MILLISECONDS

SAMPLES = demo_video().parent
LEFT_CLEAN, LEAN_BACK = "standing-side-left-clean", "standing-side-lean-back"
RIGHT_CLEAN = "standing-side-right-clean"
IDLE = "idle"
"""Somebody who only stands there."""
HALF_PX = 130
"""Half of the width that is cut out around each."""


def sample_frames(name: str, until_s: float = math.inf, every: int = 1) -> list[Frame]:
    """Return every so many frames of the beginning of a sample video."""
    with VideoFile(SAMPLES / f"{name}.mp4") as video:
        beginning = takewhile(lambda frame: frame.time_s < until_s, video)
        return [frame for frame in beginning if frame.index % every == 0]


def side_by_side(frames: Sequence[Frame | Image], half_px: int = HALF_PX) -> Image:
    """Return one picture with the middle of each, from left to right."""
    images = [one.image if isinstance(one, Frame) else one for one in frames]
    middle = [i[:, i.shape[1] // 2 - half_px : i.shape[1] // 2 + half_px] for i in images
              if i is not None]  # fmt: skip
    return np.ascontiguousarray(np.hstack(middle))


def write_crowd(path: Path, *names: str, until_s: float = math.inf, half_px: int = HALF_PX) -> Path:
    """Write a video in which the people of sample videos stand side by side, as long as the first.

    The pictures are nearly as sharp as in the samples.
    """
    clips = [sample_frames(RIGHT_CLEAN if name == IDLE else name, until_s) for name in names]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height = 2 * half_px * len(names), 480
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = MILLISECONDS
        stream.options = {"crf": "16", "preset": "veryfast"}
        for number, first in enumerate(clips[0]):
            each = [clip[0 if name == IDLE else min(number, len(clip) - 1)]
                    for clip, name in zip(clips, names, strict=True)]  # fmt: skip
            frame = av.VideoFrame.from_ndarray(side_by_side(each, half_px), format="bgr24")
            frame.pts, frame.time_base = round(first.time_s * 1000), MILLISECONDS
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path
