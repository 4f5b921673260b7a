"""A camera at this machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import Any

from formcheck.core.pose.frame import Frame, Image, SourceInfo
from formcheck.errors import SourceError, UsageError
from formcheck.files.closing import ClosesItself
from formcheck.sources.devices import camera_advice, quiet_opencv
from formcheck.sources.rotation import check_rotation, turned
from formcheck.sources.timestamps import SourceClock

# Some webcams give nothing for the first reads, until their sensor is awake.
WAKE_UP_READS = 10
WAKE_UP_PAUSE_S = 0.1
# A picture lost on its way is no lost camera.
LOST_READS = 3


class Camera(ClosesItself):
    """The frames of a webcam, each with the moment it arrived by the monotonic clock.

    Frames queue up in the driver unless a `LatestFrame` reads them. The picture is never mirrored
    here: a mirrored person has left and right swapped.

    Parameters
    ----------
    index : int
        0 is the first camera.
    width, height : int
        Size asked for; the camera gives the nearest size it has, see `info`.
    fps : float
        Frame rate asked for.
    rotate_deg : int, optional
        Clockwise turn for a camera that is mounted on its side: 0, 90, 180 or 270.

    Raises
    ------
    SourceError
        The camera is missing, in use, not allowed, or sends nothing.
    """

    live = True

    def __init__(
        self,
        index: int = 0,
        *,
        width: int = 1280,
        height: int = 720,
        fps: float = 30.0,
        rotate_deg: int | None = None,
    ) -> None:
        check_rotation(rotate_deg)
        self._index = index
        self._rotate_deg = rotate_deg or 0
        self._closed = False
        self.problems: list[str] = []
        self._capture = self._open(width, height, fps)
        self._first = self._wake_up()
        image = self._first[1]
        self.info = SourceInfo(
            path=f"camera {index}",
            width=image.shape[1],
            height=image.shape[0],
            fps=self._rate(),
        )

    def __iter__(self) -> Iterator[Frame]:
        """Gives frames until `close`.

        Raises
        ------
        SourceError
            The camera stopped sending.
        """
        if self._closed:
            raise UsageError(f"Camera {self._index} is closed: open it again.")
        # Frames arrive apart in time; the clock only has to part two of the same tick.
        clock = SourceClock(1 / 30)
        index = 0
        picture: tuple[float, Image] | None = self._first
        while not self._closed:
            if picture is None:
                raise SourceError(
                    f"Camera {self._index} stopped sending after {index} frames: check its cable."
                )
            arrived_s, image = picture
            yield Frame(
                index=index,
                time_s=clock.time_s(arrived_s),
                image=image,
                size_px=(image.shape[1], image.shape[0]),
            )
            index += 1
            picture = self._next()

    def close(self) -> None:
        """Gives the camera back."""
        self._closed = True
        self._capture.release()

    def _open(self, width: int, height: int, fps: float) -> Any:
        import cv2

        linux = sys.platform.startswith("linux")
        with quiet_opencv():
            capture = cv2.VideoCapture(self._index, cv2.CAP_V4L2 if linux else cv2.CAP_ANY)
            if not capture.isOpened():
                capture.release()
                raise self._failure(opened=False)
            if sys.platform != "darwin":
                # Uncompressed, USB 2 carries 720p at about 10 frames a second only.
                capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
            capture.set(cv2.CAP_PROP_FPS, fps)
            capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        return capture

    def _wake_up(self) -> tuple[float, Image]:
        with quiet_opencv():
            for attempt in range(WAKE_UP_READS):
                if attempt:
                    time.sleep(WAKE_UP_PAUSE_S)
                picture = self._read()
                if picture is not None:
                    return picture
        self._capture.release()
        raise self._failure(opened=True)

    def _next(self) -> tuple[float, Image] | None:
        for attempt in range(LOST_READS):
            if self._closed:
                return None
            if attempt:
                time.sleep(WAKE_UP_PAUSE_S)
            picture = self._read()
            if picture is not None:
                return picture
        return None

    def _failure(self, *, opened: bool) -> SourceError:
        what = "sends no pictures" if opened else "can't be opened"
        return SourceError(
            f"Camera {self._index} {what}: {camera_advice(self._index, opened=opened)}"
        )

    def _rate(self) -> float | None:
        import cv2

        rate = float(self._capture.get(cv2.CAP_PROP_FPS))
        return rate if 0 < rate < 1000 else None  # drivers also say 0, -1 and NaN

    def _read(self) -> tuple[float, Image] | None:
        if not self._capture.grab():
            return None
        arrived_s = time.monotonic()
        good, image = self._capture.retrieve()
        # Some drivers call a picture good that has no pixels.
        if not good or image is None or not image.size:
            return None
        return arrived_s, turned(image, self._rotate_deg) if self._rotate_deg else image
