"""Reads ahead: the next frames are decoded while the present one is worked on."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")

DEPTH = 4
"""Most frames that wait: they even out the uneven cost of frames, and take 25 MB at 1080 lines."""
POLL_S = 0.1


def read_ahead(frames: Iterable[T], depth: int = DEPTH) -> Generator[T, None, None]:
    """Gives the frames of a source, or decoded ones, in order, while a thread reads on.

    FFmpeg decodes without Python's lock, and MediaPipe infers without it, so the two really do
    overlap. An error of the source is raised where its frame would have come. Closing the generator
    ends the thread.

    Parameters
    ----------
    frames : iterable
        Read by the thread alone until the generator ends.
    depth : int
        Most frames that wait.
    """
    waiting: queue.Queue[Any] = queue.Queue(depth)
    stopped = threading.Event()
    reader = threading.Thread(
        target=_read, args=(iter(frames), waiting, stopped), name="read-ahead", daemon=True
    )
    reader.start()
    try:
        while True:
            item = waiting.get()
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stopped.set()
        reader.join()


def _read(frames: Iterator[Any], waiting: queue.Queue[Any], stopped: threading.Event) -> None:
    def put(item: Any) -> bool:
        while not stopped.is_set():
            try:
                waiting.put(item, timeout=POLL_S)
            except queue.Full:
                continue
            return True
        return False

    try:
        for frame in frames:
            if not put(frame):
                break
        put(None)
    except BaseException as error:  # noqa: BLE001 - raised again where the frame is awaited
        put(error)
    finally:
        if isinstance(frames, Generator):
            frames.close()
