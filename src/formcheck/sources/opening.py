"""Opens the source that a text names."""

from __future__ import annotations

import re
from pathlib import Path

from formcheck.errors import UsageError
from formcheck.files.pose_file import NOT_TURNED, PoseRecording, is_pose_file
from formcheck.sources.addresses import address_of, local_path
from formcheck.sources.camera import Camera
from formcheck.sources.latest import LatestFrame
from formcheck.sources.paths import check_file
from formcheck.sources.playback import Paced, ReplaySource
from formcheck.sources.reconnecting import Reconnecting
from formcheck.sources.rotation import check_rotation
from formcheck.sources.source import Source
from formcheck.sources.stream import Stream
from formcheck.sources.video import VideoFile

OPEN_S = 10.0
# After this silence the connection counts as cut, and is made anew.
READ_S = 5.0


def open_source(
    text: str,
    *,
    rotate_deg: int | None = None,
    live: bool = False,
    width: int = 1280,
    height: int = 720,
    fps: float = 30.0,
) -> Source:
    """Opens the source that a text names.

    Digits, or `/dev/video` and digits, are a camera; `scheme://` is an address; a name that ends in
    `.npz` is a recording of poses; all else is a video file (one named `0` is written `./0`). An
    address may lack its scheme if it has numbers or a port: `192.168.0.7:8080/video`.

    Parameters
    ----------
    text : str
        A camera, an address or a file, as the user typed it.
    rotate_deg : int, optional
        Clockwise turn of the pictures: 0, 90, 180 or 270.
    live : bool
        Whether to play a recording like a camera, in real time. Cameras and live streams always
        come as a `LatestFrame`, and are opened again when they break off.
    width, height : int
        Size asked of a camera.
    fps : float
        Frame rate asked of a camera.

    Raises
    ------
    SourceError, PoseFileError
        The source can't be opened.
    UsageError
        The text is empty, or the turn makes no sense.
    """
    check_rotation(rotate_deg)
    text = text.strip()
    if not text:
        raise UsageError("No source was given: name a video file, an address or a camera number.")
    index = camera_index(text)
    text = address_of(text) or text
    if index is not None:
        return LatestFrame(
            Reconnecting(
                lambda: Camera(index, width=width, height=height, fps=fps, rotate_deg=rotate_deg)
            )
        )
    source = _recorded(text, rotate_deg)
    if source.live:
        return LatestFrame(Reconnecting(lambda: _stream(text, rotate_deg), first=source))
    return Paced(source) if live else source


def camera_index(text: str) -> int | None:
    """Returns the index of the camera that a text names, or None where it names something else.

    Digits, or `/dev/video` and digits, are a camera of this machine.
    """
    camera = re.fullmatch(r"(?:/dev/video)?([0-9]+)", text.strip())
    return None if camera is None else int(camera[1])


def pose_file(text: str) -> Path | None:
    """Returns the path of the recording of poses that the text names, or None if it names none."""
    path = file_path(text)
    return path if path is not None and is_pose_file(path) else None


def file_path(text: str) -> Path | None:
    """Returns the path of the file that a text names; None for an address or a camera."""
    text = text.strip()
    if camera_index(text) is not None or address_of(text) is not None:
        return None
    return local_path(text)


def _recorded(text: str, rotate_deg: int | None) -> Source:
    path = file_path(text)
    if path is None:
        return _stream(text, rotate_deg)
    if is_pose_file(path):
        if rotate_deg:
            raise UsageError(NOT_TURNED)
        check_file(path)
        return ReplaySource(PoseRecording.load(path))
    return VideoFile(path, rotate_deg=rotate_deg)


def _stream(url: str, rotate_deg: int | None) -> Stream:
    return Stream(url, rotate_deg=rotate_deg, open_s=OPEN_S, read_s=READ_S)
