"""A window for pictures, and a check whether there is a screen.

Without a screen the window toolkit ends the whole process instead of failing. So this module asks
for the screen first, in ways that can fail.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from formcheck.core.pose.frame import Image
from formcheck.errors import DisplayError

_ADVICE = "Use --no-window, or start formcheck from a desktop."
_CONNECT_S = 2.0
_START_HEIGHT_PX = 720


def require_display(environ: Mapping[str, str] = os.environ) -> None:
    """Raises an error unless a window can be opened here.

    Parameters
    ----------
    environ : mapping of str to str
        Environment variables that name the screen.

    Raises
    ------
    DisplayError
        There is no screen, or OpenCV was built without windows; the message says which.
    """
    import cv2

    toolkit = cv2.currentUIFramework()
    if not toolkit:
        raise DisplayError(
            "This OpenCV was built without windows (opencv-python-headless is installed)."
            " Use --no-window, or install opencv-python instead."
        )
    if not sys.platform.startswith("linux"):
        return
    if environ.get("WAYLAND_DISPLAY") and _speaks_wayland(toolkit):
        return
    name = environ.get("DISPLAY")
    if not name:
        raise DisplayError(f"There is no screen: DISPLAY is not set. {_ADVICE}")
    if not _answers(name):
        raise DisplayError(f"The screen '{name}' does not answer. {_ADVICE}")


def _speaks_wayland(toolkit: str) -> bool:
    """Returns whether the toolkit works without an X server; that of OpenCV's wheels does not."""
    if toolkit != "QT":
        return True
    return "xcb" not in _qt_platforms() or "wayland" in _qt_platforms()


def _qt_platforms() -> set[str]:
    """Returns the platforms of the Qt in OpenCV's folder; none where Qt is the system's own."""
    import cv2

    folder = Path(cv2.__file__).parent / "qt" / "plugins" / "platforms"
    return {file.stem.removeprefix("libq").partition("-")[0] for file in folder.glob("libq*.so")}


def _answers(display: str) -> bool:
    """Returns whether an X server answers and accepts a connection."""
    if not _listens(display):
        return False
    try:
        # The library the window toolkit uses: it also knows the server's password.
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


def _listens(display: str) -> bool:
    """Returns whether a server listens at a DISPLAY such as `:0` or `host:10.0`."""
    host, _, number = display.rpartition(":")
    number = number.partition(".")[0]
    if not number.isdigit():
        return False
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        return _connects(socket.AF_UNIX, path) or _connects(socket.AF_UNIX, f"\0{path}")
    if host.startswith("/"):
        return Path(f"{host}:{number}").exists() or Path(host).exists()
    try:
        socket.create_connection((host.strip("[]"), 6000 + int(number)), _CONNECT_S).close()
    except OSError:
        return False
    return True


def _connects(family: int, address: str) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(_CONNECT_S)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True


class Window:
    """A resizable window with the proportions of its picture; a context manager.

    Parameters
    ----------
    title : str
        Text of the title bar.

    Raises
    ------
    DisplayError
        There is no screen.
    """

    def __init__(self, title: str) -> None:
        import cv2

        require_display()
        _quieten_qt()
        self._cv2 = cv2
        self._title = title
        self._open = False
        self._full = False

    def __enter__(self) -> Window:
        """Returns the window itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the window."""
        self.close()

    def show(self, image: Image) -> None:
        """Shows a picture; the first one opens the window, with a height of 720 pixels."""
        cv2 = self._cv2
        if not self._open:
            flags = cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL
            cv2.namedWindow(self._title, flags)
            height, width = image.shape[:2]
            scale = _START_HEIGHT_PX / max(height, 0.6 * width)
            cv2.resizeWindow(self._title, round(width * scale), round(height * scale))
            self._open = True
        cv2.imshow(self._title, image)

    def key(self) -> str | None:
        """Returns the pressed key or None; lets the window work for at least a millisecond."""
        if not self._open:
            return None
        code = self._cv2.waitKey(1)
        return None if code < 0 else chr(code & 0xFF)

    def toggle_full_screen(self) -> None:
        """Switches full screen on or off."""
        cv2 = self._cv2
        self._full = not self._full
        state = cv2.WINDOW_FULLSCREEN if self._full else cv2.WINDOW_NORMAL
        cv2.setWindowProperty(self._title, cv2.WND_PROP_FULLSCREEN, state)

    @property
    def closed(self) -> bool:
        """Whether the person closed the window."""
        if not self._open:
            return False
        try:
            visible = self._cv2.getWindowProperty(self._title, self._cv2.WND_PROP_VISIBLE)
        except self._cv2.error:
            # Qt forgets everything about its last window once it is closed.
            return True
        return bool(visible < 1)

    def close(self) -> None:
        """Closes the window; closing again does nothing."""
        if self._open and not self.closed:
            self._cv2.destroyWindow(self._title)
            self._cv2.waitKey(1)
        self._open = False


def _quieten_qt() -> None:
    """Silences Qt's warnings about unused fonts, and forces X where Qt knows nothing else.

    A desktop may ask all Qt programs for Wayland; the Qt in OpenCV's wheels would end the process.
    """
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    if _qt_platforms() == {"xcb"}:
        os.environ["QT_QPA_PLATFORM"] = "xcb"
