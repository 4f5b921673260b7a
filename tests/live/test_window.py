from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import cv2
import pytest

from formcheck.errors import DisplayError
from formcheck.live import window
from formcheck.live.window import Window, require_display

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks an X server")
HAS_WINDOWS = bool(cv2.currentUIFramework())
needs_windows = pytest.mark.skipif(not HAS_WINDOWS, reason="OpenCV without windows")


@pytest.fixture
def rude_server() -> Iterator[str]:
    """Something that listens where an X server would, and hangs up on whoever calls."""
    number = next(n for n in range(150, 250) if not Path(f"/tmp/.X11-unix/X{n}").exists())
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(f"\0/tmp/.X11-unix/X{number}")
        server.listen()

        def hang_up() -> None:
            with suppress(OSError):
                while True:
                    server.accept()[0].close()

        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        yield f":{number}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


@on_linux
@needs_windows
def test_no_display_is_said_with_what_to_do() -> None:
    with pytest.raises(DisplayError, match=r"DISPLAY is not set.*--no-window"):
        require_display({})


@on_linux
@needs_windows
@pytest.mark.parametrize("name", [":987", "nonsense", "127.0.0.1:987", "/nowhere:0", ":x"])
def test_a_display_that_does_not_answer_is_refused(name: str) -> None:
    with pytest.raises(DisplayError, match=r"does not answer.*--no-window"):
        require_display({"DISPLAY": name})


@on_linux
@needs_windows
def test_what_listens_but_is_no_x_server_is_refused(rude_server: str) -> None:
    assert window._listens(rude_server) and window._listens(f"unix{rude_server}.0")
    with pytest.raises(DisplayError, match="does not answer"):
        require_display({"DISPLAY": rude_server})


@on_linux
@needs_windows
def test_wayland_alone_is_no_help_to_a_toolkit_that_knows_x_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wayland = {"WAYLAND_DISPLAY": "wayland-0"}
    monkeypatch.setattr(window, "_qt_platforms", lambda: {"xcb"})
    monkeypatch.setattr(cv2, "currentUIFramework", lambda: "QT")
    with pytest.raises(DisplayError):
        require_display(wayland)
    monkeypatch.setattr(window, "_qt_platforms", lambda: {"xcb", "wayland"})
    require_display(wayland)
    monkeypatch.setattr(cv2, "currentUIFramework", lambda: "GTK3")
    require_display(wayland)


def test_an_opencv_without_windows_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2, "currentUIFramework", lambda: "")
    with pytest.raises(DisplayError, match="opencv-python-headless"):
        require_display({"DISPLAY": ":0"})


@on_linux
def test_a_machine_without_a_screen_gets_an_error_not_an_abort() -> None:
    code = "from formcheck.live.window import Window\nWindow('formcheck')"
    environ = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environ, check=False
    )
    assert done.returncode == 1
    assert "DisplayError" in done.stderr and "--no-window" in done.stderr


def test_a_window_never_shown_is_not_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "require_display", lambda: None)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    with Window("formcheck") as shown:
        assert shown.key() is None
        assert not shown.closed
