"""The real window on a real X server: Xvfb, if there is no other."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.core.pose.frame import Image, SourceInfo
from formcheck.files.pose_file import PoseRecording
from formcheck.history.folder import ENVIRONMENT
from tests.stickman import Lift, clip

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(shutil.which("xdotool") is None, reason="needs xdotool"),
    pytest.mark.skipif(shutil.which("import") is None, reason="needs ImageMagick"),
]
TITLE = "formcheck - Standing hip flexion"


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen's name, as in DISPLAY."""
    if os.environ.get("DISPLAY"):
        yield os.environ["DISPLAY"]
        return
    if shutil.which("Xvfb") is None:
        pytest.skip("needs a display or Xvfb")
    reads, writes = os.pipe()
    # -displayfd lets the server find a free number, and says it once it is ready. -noreset keeps it
    # from starting over, and from dropping whoever connects then, each time its last client leaves.
    command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1366x768x24", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writes], stderr=subprocess.DEVNULL)
    os.close(writes)
    with os.fdopen(reads) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.fixture
def environ(display: str, data: Path) -> dict[str, str]:
    """The environment with a screen in it, and with this test's data folder."""
    environ = {**os.environ, "DISPLAY": display}
    assert environ[ENVIRONMENT] == str(data)
    return environ


@pytest.fixture(scope="module")
def poses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("poses") / "set.npz"
    source = SourceInfo(path="stick figure", width=1280, height=960, fps=20.0)
    shown = tuple(clip([Lift(), Lift(), Lift()], fps=20.0))
    PoseRecording(source=source, poses=shown).save(path)
    return path


@pytest.fixture
def run(environ: dict[str, str], poses: Path) -> Iterator[subprocess.Popen[str]]:
    """`formcheck run` with its window open."""
    program = "from formcheck.cli.main import run; run()"
    command = [sys.executable, "-c", program, "run", "standing-hip-flexion", "--source", str(poses)]
    process = subprocess.Popen(
        command, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        # --sync waits for ever: a run that died must not hang the test.
        deadline_s = time.monotonic() + 30
        while not window_ids(environ):
            assert process.poll() is None, process.communicate()[1]
            assert time.monotonic() < deadline_s
            time.sleep(0.1)
        yield process
    finally:
        process.kill()
        process.communicate()


def window_ids(environ: dict[str, str]) -> list[str]:
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", TITLE],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return found.stdout.split()


def press(environ: dict[str, str], key: str) -> None:
    window = window_ids(environ)[0]
    # No window manager gives the focus here.
    subprocess.run(["xdotool", "windowfocus", "--sync", window], env=environ, check=True)
    subprocess.run(["xdotool", "key", key], env=environ, check=True)


class ClientMessage(ctypes.Structure):
    """An XEvent that a window manager sends."""

    _fields_ = (
        ("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("sent", ctypes.c_int),
        ("display", ctypes.c_void_p), ("window", ctypes.c_ulong), ("kind", ctypes.c_ulong),
        ("format", ctypes.c_int), ("data", ctypes.c_long * 5), ("rest", ctypes.c_long * 12),
    )  # fmt: skip


def close(environ: dict[str, str], window: int) -> None:
    """Do what a window manager does when somebody clicks the cross."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(environ["DISPLAY"].encode()))
    protocols, delete = (
        x11.XInternAtom(display, name, False) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
    )
    event = ClientMessage(type=33, window=window, kind=protocols, format=32)
    event.data[0] = delete
    x11.XSendEvent(display, ctypes.c_ulong(window), False, ctypes.c_long(0), ctypes.byref(event))
    x11.XCloseDisplay(display)


def screenshot(environ: dict[str, str], path: Path) -> Image:
    command = ["import", "-window", window_ids(environ)[0], str(path)]
    subprocess.run(command, env=environ, check=True)
    image = cv2.imread(str(path))
    assert image is not None
    return np.asarray(image, dtype=np.uint8)


@pytest.mark.parametrize("key", ["q", "Escape"])
def test_a_key_ends_the_run_and_the_summary_is_printed(
    run: subprocess.Popen[str], environ: dict[str, str], tmp_path: Path, key: str
) -> None:
    time.sleep(1.0)
    image = screenshot(environ, tmp_path / "window.png")
    height, width = image.shape[:2]
    assert min(height, width) >= 480 and width / height == pytest.approx(4 / 3, abs=0.05)
    assert len(np.unique(image.reshape(-1, 3), axis=0)) > 50
    assert image.std() > 10
    press(environ, key)
    out, err = run.communicate(timeout=20)
    assert run.returncode == 0, err
    assert "Standing hip flexion" in out
    assert "Hold still." in err and "frames judged" in err
    assert "QFont" not in err and "qt." not in err.lower()


def test_a_repetition_is_shown_and_told(
    run: subprocess.Popen[str], environ: dict[str, str], tmp_path: Path
) -> None:
    assert run.stderr is not None
    lines: list[str] = []
    while not (lines and lines[-1].startswith("rep 1 left: counted")):
        lines.append(run.stderr.readline())
        assert lines[-1], lines
    press(environ, "q")
    out, _ = run.communicate(timeout=20)
    assert "1 clean of 1" in out


def test_ctrl_c_prints_the_summary(run: subprocess.Popen[str], environ: dict[str, str]) -> None:
    time.sleep(0.5)
    run.send_signal(2)
    out, err = run.communicate(timeout=20)
    assert run.returncode == 0, err
    assert "Standing hip flexion" in out and "Traceback" not in err


def test_closing_the_window_prints_the_summary(
    run: subprocess.Popen[str], environ: dict[str, str]
) -> None:
    time.sleep(1.0)
    close(environ, int(window_ids(environ)[0]))
    out, err = run.communicate(timeout=30)
    assert run.returncode == 0, err
    assert "Standing hip flexion" in out and "Traceback" not in err


def test_space_pauses_and_h_helps_in_the_real_window(
    run: subprocess.Popen[str], environ: dict[str, str], tmp_path: Path
) -> None:
    time.sleep(1.0)
    press(environ, "space")
    time.sleep(1.0)
    paused = screenshot(environ, tmp_path / "paused.png")
    press(environ, "h")
    time.sleep(1.0)
    helped = screenshot(environ, tmp_path / "helped.png")
    assert np.abs(helped.astype(int) - paused.astype(int)).mean() > 5
    press(environ, "space")
    press(environ, "q")
    out, err = run.communicate(timeout=30)
    assert run.returncode == 0, err
    assert "Paused. Press space to go on." in err and "Standing hip flexion" in out
