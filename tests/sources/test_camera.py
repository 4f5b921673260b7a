"""Cameras, played by a fake, and the advice for one that does not work."""

from __future__ import annotations

import math
import os
import sys
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from formcheck.errors import SourceError, UsageError
from formcheck.sources import camera as camera_module
from formcheck.sources import devices
from formcheck.sources.camera import Camera
from formcheck.sources.devices import camera_advice, list_cameras
from formcheck.sources.latest import LatestFrame
from formcheck.sources.opening import open_source
from tests.sources.clips import picture, red_corner


class FakeCapture:
    """What `cv2.VideoCapture` does, with a script: a picture, or None for a failed read."""

    opens = True
    script: tuple[Any, ...] = ()
    fps = 30.0
    made: list[FakeCapture]

    def __init__(self, index: int, api: int = 0) -> None:
        self.index = index
        self.settings: dict[int, float] = {}
        self.released = False
        self._left = list(self.script)
        self._current: Any = None
        self.made.append(self)

    def isOpened(self) -> bool:  # noqa: N802
        return self.opens

    def set(self, name: int, value: float) -> bool:
        self.settings[name] = value
        return True

    def get(self, name: int) -> float:
        return self.fps if name == cv2.CAP_PROP_FPS else 0.0

    def grab(self) -> bool:
        self._current = self._left.pop(0) if self._left else None
        return self._current is not None

    def retrieve(self) -> tuple[bool, Any]:
        return True, self._current

    def release(self) -> None:
        self.released = True


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> type[FakeCapture]:
    class Fake(FakeCapture):
        made: list[FakeCapture] = []  # noqa: RUF012

    monkeypatch.setattr(cv2, "VideoCapture", Fake)
    monkeypatch.setattr(camera_module, "WAKE_UP_PAUSE_S", 0.0)
    return Fake


def test_frames_carry_their_arrival_and_are_not_mirrored(
    fake: type[FakeCapture], monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.script = tuple(picture(n) for n in range(4))
    ticks = iter([50.0, 50.033, 50.033, 50.2])
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks))
    with Camera(2, width=800, height=600, fps=25) as camera:
        assert camera.live
        assert (camera.info.path, camera.info.width, camera.info.height) == ("camera 2", 96, 64)
        assert camera.info.fps == 30
        reading = iter(camera)
        frames = [next(reading) for _ in range(4)]
    assert [f.time_s for f in frames] == pytest.approx([0.0, 0.033, 0.034, 0.2])
    assert all(f.image is not None and red_corner(f.image) == "top left" for f in frames)
    settings = fake.made[0].settings
    assert settings[cv2.CAP_PROP_FRAME_WIDTH] == 800
    assert settings[cv2.CAP_PROP_BUFFERSIZE] == 1
    assert fake.made[0].released


def test_a_camera_on_its_side_is_turned(fake: type[FakeCapture]) -> None:
    fake.script = (picture(0),)
    with Camera(0, rotate_deg=90) as camera:
        frame = next(iter(camera))
    assert frame.size_px == (camera.info.width, camera.info.height) == (64, 96)
    assert frame.image is not None
    assert red_corner(frame.image) == "top right"


def test_a_camera_may_need_some_reads_to_wake_up(fake: type[FakeCapture]) -> None:
    fake.script = (None, None, picture(7))
    with Camera() as camera:
        assert next(iter(camera)).time_s == 0


def test_a_size_that_changes_in_between_is_followed(fake: type[FakeCapture]) -> None:
    fake.script = (picture(0), np.zeros((20, 30, 3), np.uint8))
    with Camera() as camera:
        reading = iter(camera)
        assert [next(reading).size_px for _ in range(2)] == [(96, 64), (30, 20)]


def test_a_camera_that_stops_says_so(fake: type[FakeCapture]) -> None:
    fake.script = (picture(0), picture(1))
    with Camera() as camera, pytest.raises(SourceError, match="stopped sending after 2 frames"):
        list(camera)


def test_a_picture_lost_on_its_way_is_no_camera_lost(fake: type[FakeCapture]) -> None:
    fake.script = (picture(0), None, None, picture(1))
    with Camera() as camera:
        reading = iter(camera)
        assert [next(reading).index for _ in range(2)] == [0, 1]


def test_a_camera_that_is_plugged_in_again_goes_on(
    fake: type[FakeCapture], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formcheck.sources.reconnecting.PAUSES_S", (0.01,))
    fake.script = (picture(0), picture(1))
    with open_source("0", width=640, height=480, fps=15) as source:
        reading = iter(source)
        frames = [next(reading) for _ in range(3)]
    assert frames[-1].index >= 2 and frames[-1].time_s > frames[-2].time_s
    assert "Camera 0 stopped sending after 2 frames: check its cable." in source.problems[0]
    asked = fake.made[1].settings
    assert (asked[cv2.CAP_PROP_FRAME_WIDTH], asked[cv2.CAP_PROP_FPS]) == (640, 15)
    # Given back before it was asked for again: else it comes back as another number.
    assert all(capture.released for capture in fake.made)


def test_a_camera_that_sends_nothing_is_given_back(fake: type[FakeCapture]) -> None:
    fake.script = (None,) * 50
    with pytest.raises(SourceError, match="Camera 0 sends no pictures: "):
        Camera(0)
    assert fake.made[0].released


def test_a_camera_that_does_not_open_comes_with_advice(fake: type[FakeCapture]) -> None:
    fake.opens = False
    with pytest.raises(SourceError, match="Camera 3 can't be opened: ") as caught:
        Camera(3)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("fps", [0.0, -1.0, math.nan])
def test_a_rate_the_driver_does_not_know_is_none(fake: type[FakeCapture], fps: float) -> None:
    fake.script, fake.fps = (picture(0),), fps
    with Camera() as camera:
        assert camera.info.fps is None


def test_a_closed_camera_gives_no_frames(fake: type[FakeCapture]) -> None:
    fake.script = (picture(0), picture(1))
    camera = Camera()
    reading = iter(camera)
    next(reading)
    camera.close()
    camera.close()
    assert list(reading) == []
    with pytest.raises(UsageError, match="is closed"):
        next(iter(camera))


@pytest.mark.parametrize(("text", "index"), [("0", 0), (" 12 ", 12), ("/dev/video4", 4)])
def test_a_number_opens_a_camera_as_the_latest_frame(
    fake: type[FakeCapture], text: str, index: int
) -> None:
    fake.script = (picture(0),)
    with open_source(text) as source:
        assert isinstance(source, LatestFrame)
        assert source.info.path == f"camera {index}"


def test_opencv_stays_silent_about_a_missing_camera(capfd: pytest.CaptureFixture[str]) -> None:
    level = cv2.utils.logging.getLogLevel()
    with pytest.raises(SourceError, match="Camera 97 can't be opened"):
        Camera(97)
    assert capfd.readouterr() == ("", "")
    assert cv2.utils.logging.getLogLevel() == level


def _nodes(folder: Path, *nodes: tuple[str, str, str]) -> Path:
    for node, name, index in nodes:
        (folder / node).mkdir()
        (folder / node / "name").write_text(name + "\n")
        (folder / node / "index").write_text(index + "\n")
    return folder


def test_linux_lists_each_camera_once(tmp_path: Path) -> None:
    folder = _nodes(
        tmp_path,
        ("video0", "Lap: Lap", "0"),
        ("video1", "Lap: Lap", "1"),
        ("video10", "Desk", "0"),
        ("video2", "", "0"),
    )
    found = devices._linux_cameras(folder)
    assert [(c.index, c.name) for c in found] == [(0, "Lap: Lap"), (2, "camera 2"), (10, "Desk")]
    assert devices._linux_cameras(tmp_path / "none") == ()


def test_elsewhere_the_first_indices_are_tried(
    fake: type[FakeCapture], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fake, "isOpened", lambda self: self.index in {0, 2})
    assert [c.index for c in list_cameras()] == [0, 2]
    assert all(capture.released for capture in fake.made)


@pytest.mark.parametrize(
    ("platform", "words"),
    [
        ("darwin", "System Settings > Privacy & Security > Camera"),
        ("win32", "Settings > Privacy & security > Camera"),
        ("linux", "there is no /dev/video95"),
    ],
)
def test_the_advice_fits_the_system(
    monkeypatch: pytest.MonkeyPatch, platform: str, words: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert words in camera_advice(95, opened=False)


def test_linux_advice_tells_the_causes_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = tmp_path / "video0"
    monkeypatch.setattr(devices, "list_cameras", lambda: ())
    assert "nor any other camera" in devices._linux_advice(0, node, opened=False)
    other = devices.CameraDevice(index=2, name="Desk")
    monkeypatch.setattr(devices, "list_cameras", lambda: (other,))
    assert "there is 2 (Desk)" in devices._linux_advice(0, node, opened=False)
    node.touch()
    assert "in use by another program" in devices._linux_advice(0, node, opened=False)
    assert "sends nothing" in devices._linux_advice(0, node, opened=True)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "usermod -aG video" in devices._linux_advice(0, node, opened=False)
