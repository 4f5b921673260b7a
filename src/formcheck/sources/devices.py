"""The cameras of this machine, and advice about a camera that does not work."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Number of indices to try where the system has no list.
PROBED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraDevice:
    """A camera that can be opened by its index.

    Attributes
    ----------
    index : int
        The number that `--source` takes.
    name : str
        The maker's name for it, or `camera 0`.
    """

    index: int
    name: str


def list_cameras() -> tuple[CameraDevice, ...]:
    """Returns the cameras of this machine.

    Linux is asked for its list. Elsewhere the first few indices are opened for a moment, which
    lights the camera's lamp and may make macOS ask for permission.
    """
    if sys.platform.startswith("linux"):
        return _linux_cameras(Path("/sys/class/video4linux"))
    return tuple(
        CameraDevice(index=index, name=f"camera {index}")
        for index in range(PROBED)
        if _opens(index)
    )


def _linux_cameras(folder: Path) -> tuple[CameraDevice, ...]:
    found = []
    for entry in folder.glob("video*"):
        number = entry.name.removeprefix("video")
        # A webcam has several nodes; the first gives pictures, the others data about them.
        if number.isdigit() and _text(entry / "index") in {"0", ""}:
            index = int(number)
            found.append(CameraDevice(index=index, name=_text(entry / "name") or f"camera {index}"))
    return tuple(sorted(found, key=lambda device: device.index))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _opens(index: int) -> bool:
    import cv2

    with quiet_opencv():
        capture = cv2.VideoCapture(index)
        opened = bool(capture.isOpened())
        capture.release()
    return opened


def camera_advice(index: int, *, opened: bool) -> str:
    """Returns advice about a camera that gives no pictures, as half a sentence.

    Parameters
    ----------
    index : int
        The camera asked for.
    opened : bool
        Whether the camera could be opened at all.
    """
    busy = "close every other program that uses it"
    if sys.platform == "darwin":
        return (
            "allow the camera for your terminal in System Settings > Privacy & Security > Camera, "
            f"start the terminal again, and {busy}."
        )
    if sys.platform == "win32":
        return (
            "turn on Settings > Privacy & security > Camera > Let desktop apps access your camera, "
            f"and {busy}."
        )
    return _linux_advice(index, Path(f"/dev/video{index}"), opened=opened)


def _linux_advice(index: int, node: Path, *, opened: bool) -> str:
    if not node.exists():
        others = ", ".join(f"{c.index} ({c.name})" for c in list_cameras() if c.index != index)
        if others:
            return f"there is no {node}; there is {others}."
        return f"there is no {node} nor any other camera: plug one in, or use a video file."
    if not os.access(node, os.R_OK | os.W_OK):
        return f"you may not use {node}: run 'sudo usermod -aG video $USER', then log in again."
    if opened:
        return f"{node} opens but sends nothing: plug it in again, or try another camera."
    return (
        f"{node} is in use by another program or is no camera: close the program, or try another."
    )


@contextlib.contextmanager
def quiet_opencv() -> Iterator[None]:
    """Keeps OpenCV's own log lines off the terminal meanwhile.

    A missing camera makes it write warnings and an error for each of its back ends; the advice
    given here says more.
    """
    import cv2

    before = cv2.utils.logging.getLogLevel()
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        yield
    finally:
        cv2.utils.logging.setLogLevel(before)
