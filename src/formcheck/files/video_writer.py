"""Writes a video that every browser plays, with the time stamps it is given.

PyAV's wheels hold libx264 on Linux, macOS and Windows (seen in those of 18.1); OpenCV's hold no
H.264 encoder. H.264 in yuv420p is what all browsers, phones and editors play. There are no
B-frames, so that every picture is in the file in the order and at the time it is shown, and a
picture that stands by itself comes often, so that seeking is quick.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

import av
import numpy as np

from formcheck.core.pose.frame import Image
from formcheck.errors import OutputError
from formcheck.files.closing import ClosesItself
from formcheck.files.writing import Draft

CLOCK_HZ = 90_000
"""Ticks a second: whole for milliseconds and for every usual frame rate, NTSC's included."""

SEEK_FRAMES = 30
"""A picture that stands by itself comes at least this often."""

CRF = "22"
USUAL_FPS = 30
_BT709 = 1


class VideoWriter(ClosesItself):
    """Writes pictures to an H.264 `.mp4`, each at its own time.

    The file appears under its name when it is complete: with `close`, or at the end of a `with`
    block, also if an exception ends it: the pictures until then are good. `discard` deletes it.

    Parameters
    ----------
    path : Path
        The file; an existing one is replaced, missing folders are made.
    size_px : (int, int)
        Width and height of the pictures. H.264 wants even numbers: an odd side is lengthened by
        repeating the last row or column.
    start_s : float
        The time at which the video begins. A first picture later than that is shown from the
        beginning on.
    preset : str
        x264's preset: how much time each picture may cost.

    Raises
    ------
    OutputError
        The file can't be written. Other methods raise it as well, as soon as that shows.
    """

    def __init__(
        self,
        path: Path,
        size_px: tuple[int, int],
        *,
        start_s: float = 0.0,
        preset: str = "veryfast",
    ) -> None:
        self.path = path
        self.size_px = size_px
        self._start_s = start_s
        self._last_tick = -1
        self._interval = CLOCK_HZ // USUAL_FPS
        self._held: Any = None
        self._container: Any = None
        self._draft: Draft | None = None
        try:
            self._draft = Draft(path)
            self._open(self._draft.path, preset)
        except (av.FFmpegError, OSError) as error:
            self._fail(error)

    def _open(self, path: Path, preset: str) -> None:
        width, height = self.size_px
        self._container = av.open(
            f"file:{path}", "w", format="mp4", options={"movflags": "+faststart"}
        )
        stream: Any = self._container.add_stream("libx264", rate=USUAL_FPS)
        stream.width, stream.height = width + width % 2, height + height % 2
        stream.pix_fmt = "yuv420p"
        stream.gop_size, stream.max_b_frames = SEEK_FRAMES, 0
        stream.time_base = stream.codec_context.time_base = Fraction(1, CLOCK_HZ)
        context = stream.codec_context
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        stream.options = {"crf": CRF, "preset": preset}
        self._stream = stream

    def write(self, image: Image, time_s: float) -> None:
        """Adds a picture.

        Parameters
        ----------
        image : (height, width, 3) uint8
            Blue, green, red.
        time_s : float
            When it is shown; not before the picture added last. A picture less than a tick
            (1/90000 s) after it is shown a tick after it.
        """
        frame: Any = av.VideoFrame.from_ndarray(_even(image), format="bgr24")
        tick = max(self._last_tick + 1, round((time_s - self._start_s) * CLOCK_HZ))
        if self._last_tick < 0:
            tick = 0
        else:
            self._interval = tick - self._last_tick
        self._last_tick = tick
        frame = frame.reformat(format="yuv420p", dst_colorspace="itu709")
        frame.pts, frame.time_base = tick, Fraction(1, CLOCK_HZ)
        try:
            for packet in self._stream.encode(frame):
                self._mux(packet)
        except (av.FFmpegError, OSError) as error:
            self._fail(error)

    def _mux(self, packet: Any) -> None:
        """Writes the packet before this one: only the end tells how long the last is shown."""
        if self._held is not None:
            self._container.mux(self._held)
        self._held = packet

    def close(self, *, end_s: float | None = None) -> None:
        """Finishes the file; closing again does nothing, and without a picture there is no file.

        Parameters
        ----------
        end_s : float | None
            When the last picture ends; None shows it as long as the one before.
        """
        if self._container is None or self._draft is None:
            return
        if self._last_tick < 0:
            self.discard()
            return
        try:
            for packet in self._stream.encode(None):
                self._mux(packet)
            end = 0 if end_s is None else round((end_s - self._start_s) * CLOCK_HZ)
            shown = end - self._last_tick
            self._held.duration = shown if shown > 0 else self._interval
            self._container.mux(self._held)
            container, self._container = self._container, None
            container.close()
            self._draft.finish()
        except (av.FFmpegError, OSError) as error:
            self._fail(error)

    def discard(self) -> None:
        """Deletes what was written; a file of that name stays as it was."""
        container, self._container = self._container, None
        if container is not None:
            with suppress(av.FFmpegError, OSError):
                container.close()
        if self._draft is not None:
            self._draft.discard()

    def _fail(self, error: Exception) -> NoReturn:
        self.discard()
        why = getattr(error, "strerror", None) or error
        raise OutputError(
            f"The video can't be written to '{self.path}': {why}. Choose another place."
        ) from error


def _even(image: Image) -> Image:
    """Returns the picture with even sides."""
    height, width = image.shape[:2]
    if height % 2 or width % 2:
        image = np.pad(image, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    return np.ascontiguousarray(image)
