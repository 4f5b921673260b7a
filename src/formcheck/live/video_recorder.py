"""Records a run as video in a thread of its own, so that no encoder delays a frame."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from pathlib import Path

from formcheck.core.pose.frame import Image
from formcheck.errors import OutputError
from formcheck.files.closing import ClosesItself

WAITING = 8
"""Most pictures that wait for a slow encoder; a further one is left out."""


class FileRecorder(ClosesItself):
    """Writes pictures to an H.264 `.mp4`, each at the time it was taken.

    Parameters
    ----------
    path : Path
        The file appears once it is complete.
    raw : bool
        Whether to record the frames as they came rather than as shown.
    warn : callable
        Receives a sentence if the file can't be written; the run goes on without it.

    Attributes
    ----------
    left_out : int
        Pictures left out because the encoder was too slow.
    """

    def __init__(self, path: Path, *, raw: bool, warn: Callable[[str], None]) -> None:
        self.raw = raw
        self.left_out = 0
        self._path = path
        self._warn = warn
        self._pictures: queue.Queue[tuple[Image, float] | None] = queue.Queue(WAITING)
        self._failed = False
        self._thread = threading.Thread(target=self._write, name="record", daemon=True)
        self._thread.start()

    def record(self, image: Image, time_s: float) -> None:
        """Queues a picture for the encoder, or leaves it out."""
        if self._failed:
            return
        try:
            self._pictures.put_nowait((image, time_s))
        except queue.Full:
            self.left_out += 1

    def close(self) -> None:
        """Writes the waiting pictures and finishes the file; closing again does nothing."""
        if self._thread.is_alive():
            self._pictures.put(None)
            self._thread.join()
            if self.left_out:
                self._warn(
                    f"'{self._path.name}' lacks {self.left_out} pictures: too slow to write."
                )

    def _write(self) -> None:
        first = self._pictures.get()
        if first is None:
            return
        # Only now: PyAV and OpenCV each bring a libxcb, and where PyAV's is loaded first the
        # window never opens. By the first picture the window is there.
        from formcheck.files.video_writer import VideoWriter

        image, start_s = first
        try:
            size_px = (image.shape[1], image.shape[0])
            with VideoWriter(self._path, size_px, start_s=start_s, preset="ultrafast") as video:
                picture: tuple[Image, float] | None = first
                while picture is not None:
                    video.write(*picture)
                    picture = self._pictures.get()
        except OutputError as error:
            self._failed = True
            self._warn(str(error))
            while self._pictures.get() is not None:
                pass
