"""Addresses and paths as people type them, and cameras that send by UDP alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcheck.analysis.inputs import find_recordings
from formcheck.errors import SourceError
from formcheck.sources.addresses import address_of, is_web_page, local_path
from formcheck.sources.opening import file_path, open_source
from formcheck.sources.stream import Stream
from tests.hostile.server import address
from tests.sources.clips import number_in, write_clip
from tests.sources.rtsp import udp_camera

ADDRESSES = {
    "http://cam/video": "http://cam/video",
    "rtsp://anna:secret@cam/live": "rtsp://anna:secret@cam/live",
    "192.168.0.7": "http://192.168.0.7",
    "192.168.0.7/video": "http://192.168.0.7/video",
    "192.168.0.7:8080/video?x=1": "http://192.168.0.7:8080/video?x=1",
    "anna:secret@192.168.0.7:554/live": "rtsp://anna:secret@192.168.0.7:554/live",
    "camera.local:8554/live": "rtsp://camera.local:8554/live",
    "localhost:8000": "http://localhost:8000",
    "localhost/video": "http://localhost/video",
    "phone:8080/video": "http://phone:8080/video",
}
FILES = [
    "set.mp4", "my.films/set.mp4", "a/b.mp4", "./0", "../x:1.mp4", "C:\\films\\set.mp4",
    "C:/films/a.mp4", "~/set.mp4", "12:30 lunge.mp4", "week1", "file:///tmp/a.mp4", "", "a b:80",
]  # fmt: skip


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address(text: str) -> None:
    assert address_of(text) == address_of(f" {text} ") == ADDRESSES[text]
    assert file_path(text) is None


@pytest.mark.parametrize("text", FILES)
def test_a_file(text: str) -> None:
    assert address_of(text) is None


def test_a_file_that_is_there_is_no_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert address_of("10.0.0.1") is not None
    Path("10.0.0.1").touch()
    assert address_of("10.0.0.1") is None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("file:///tmp/my%20set.mp4", "/tmp/my set.mp4"),
        ("FILE:///tmp/a.mp4", "/tmp/a.mp4"),
        ("file:/tmp/my%20set.mp4", "/tmp/my set.mp4"),
        ("~/a.mp4", "/home/anna/a.mp4"),
        ("~nobody-at-all/a.mp4", "~nobody-at-all/a.mp4"),
        ("a~b.mp4", "a~b.mp4"),
    ],
)
def test_a_local_path(text: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anna")
    monkeypatch.setenv("USERPROFILE", "/home/anna")
    assert local_path(text) == local_path(str(Path(text))) == Path(path)


def test_recordings_may_be_named_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    path = write_clip(tmp_path / "a.mp4")
    for text in (path.as_uri(), "~/a.mp4", str(path)):
        found, _ = find_recordings([Path(text)])
        assert [recording.path for recording in found] == [path]
    with pytest.raises(SourceError, match="video' is an address"):
        find_recordings([Path("192.168.0.7/video")])


@pytest.mark.parametrize("refusal", ["461 Unsupported Transport", "500 Internal Error", "400 No"])
def test_a_camera_that_sends_by_udp_alone(refusal: str) -> None:
    numbers = []
    with udp_camera(refusal) as camera:
        with Stream(camera.address, open_s=10.0, read_s=10.0) as stream:
            for frame in stream:
                assert frame.image is not None
                numbers.append(number_in(frame.image))
                if len(numbers) == 10:
                    break
        transports = [transport for method, transport in camera.asked if method == "SETUP"]
    assert numbers == list(range(numbers[0], numbers[0] + 10))
    assert "tcp" in transports[0] and "udp" in transports[-1]


@pytest.mark.parametrize(("refusal", "said"), [("401 No", "password"), ("404 No", "404")])
def test_a_camera_that_refuses_is_asked_once(refusal: str, said: str) -> None:
    with udp_camera(refusal) as camera, pytest.raises(SourceError, match=said):
        Stream(camera.address, open_s=10.0, read_s=10.0)
    assert sum(method == "SETUP" for method, _ in camera.asked) == 1


def test_what_a_server_gives_instead_of_a_video() -> None:
    with pytest.raises(SourceError, match="is a single picture, not a video: use the address"):
        open_source(f"http://{address()}/snapshot.jpg")
    with pytest.raises(SourceError, match="is a web page: use the address of the camera's video"):
        open_source(f"{address()}/page")


@pytest.mark.parametrize(
    ("url", "page"),
    [("page", True), ("snapshot.jpg", False), ("empty", False), ("missing", False)],
)
def test_a_web_page(url: str, page: bool) -> None:
    assert is_web_page(f"http://{address()}/{url}", 2.0) is page


@pytest.mark.parametrize(
    "url", ["rtsp://cam/1", "http://anna:secret@cam/1", "http://", "file:///a"]
)
def test_other_addresses_are_not_looked_at(url: str) -> None:
    assert not is_web_page(url, 0.1)
