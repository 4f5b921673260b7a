"""Addresses: a server that serves, one that refuses, and one that falls silent."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from formcheck.errors import SourceError, UsageError
from formcheck.sources.addresses import without_password
from formcheck.sources.opening import open_source
from formcheck.sources.reconnecting import Reconnecting
from formcheck.sources.stream import Stream
from tests.sources.clips import number_in, picture, write_clip

STALL_S = 3.0
COUNT = 12


class Handler(http.server.BaseHTTPRequestHandler):
    """An MJPEG camera, as webcams and phones serve it."""

    clip = b""
    cuts = 0

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.path == "/missing":
            self.send_error(404)
        elif self.path == "/private":
            self.send_error(401)
        elif self.path == "/silent":
            time.sleep(STALL_S)
        elif self.path == "/page":
            self._answer("text/html", b"<html>hello</html>" * 200)
        elif self.path == "/clip.mp4":
            self._answer("video/mp4", self.clip)
        elif self.path == "/cut":
            self._cut()
        else:
            self._camera()

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _cut(self) -> None:
        """Break off after six pictures, refuse once, and go on with the seventh."""
        Handler.cuts += 1
        if Handler.cuts == 2:
            self.send_error(503)
            return
        self._camera(range(6) if Handler.cuts == 1 else range(6, COUNT))

    def _camera(self, numbers: range = range(COUNT)) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        try:
            for number in numbers:
                size = (128, 96) if self.path == "/resized" and number >= COUNT // 2 else (96, 64)
                body = cv2.imencode(".jpg", picture(number, size))[1].tobytes()
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
                self.wfile.write(head.encode() + body + b"\r\n")
                self.wfile.flush()
                time.sleep(STALL_S if self.path == "/stalls" and number == 6 else 0.02)
        except OSError:
            pass  # the client hung up, as some tests do


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    Handler.clip = write_clip(folder / "clip.mp4", options={"movflags": "faststart"}).read_bytes()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"127.0.0.1:{running.server_port}"
        running.shutdown()


def test_a_live_stream_gives_frames_by_their_arrival(server: str) -> None:
    with Stream(f"http://user:secret@{server}/camera") as stream:
        assert stream.live
        assert stream.info.path == f"http://{server}/camera"
        assert (stream.info.width, stream.info.height) == (96, 64)
        assert stream.info.frames is None
        frames = list(stream)
    times_s = np.array([frame.time_s for frame in frames])
    assert times_s[0] == 0
    assert (np.diff(times_s) > 0).all()
    assert 0.1 < times_s[-1] < 2
    assert len(frames) >= COUNT - 1  # the last one has no boundary after it
    assert all(
        frame.image is not None and number_in(frame.image) == frame.index for frame in frames
    )
    assert all("secret" not in problem for problem in stream.problems)


def test_a_size_that_changes_in_between_is_followed(server: str) -> None:
    with Stream(f"http://{server}/resized") as stream:
        sizes = [frame.size_px for frame in stream]
    assert sizes[0] == (96, 64)
    assert sizes[-1] == (128, 96)


def test_a_recording_elsewhere_keeps_its_own_time(server: str) -> None:
    with open_source(f"http://{server}/clip.mp4") as source:
        assert not source.live
        assert source.info.duration_s == pytest.approx(0.66, abs=0.02)
        assert [f.time_s for f in source] == pytest.approx([i * 0.033 for i in range(20)], abs=1e-4)


def test_a_live_stream_is_opened_as_the_latest_frame(server: str) -> None:
    with open_source(f"http://{server}/camera", rotate_deg=90) as source:
        assert source.live
        assert (source.info.width, source.info.height) == (64, 96)
        assert next(iter(source)).size_px == (64, 96)


def test_a_stream_that_is_cut_is_resumed(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.sources.reconnecting.PAUSES_S", (0.05,))
    monkeypatch.setattr(Handler, "cuts", 0)
    url = f"http://{server}/cut"
    numbers, times_s = [], []
    source = Reconnecting(lambda: Stream(url, open_s=5, read_s=5))
    for frame in source:
        assert frame.image is not None
        numbers.append(number_in(frame.image))
        times_s.append(frame.time_s)
        if numbers[-1] >= COUNT - 3:
            break
    assert Handler.cuts == 3
    assert numbers == sorted(set(numbers)) and numbers[0] == 0 and 6 in numbers
    steps_s = np.diff(times_s)
    assert (steps_s > 0).all()
    # The break is the longest step, and as long as it was.
    assert steps_s[numbers.index(6) - 1] == steps_s.max() >= 0.1
    assert "It was gone from" in source.problems[0] and url in source.problems[0]
    source.close()


def test_a_stream_can_be_gone_through_once(server: str) -> None:
    with Stream(f"http://{server}/clip.mp4") as stream:
        list(stream)
        with pytest.raises(UsageError, match="once"):
            list(stream)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing", r"does not exist on that server \(404\)"),
        ("private", r"wants a user name and password"),
        ("page", r"is a web page"),
        ("silent", r"did not answer within 0\.5 s"),
    ],
)
def test_what_can_t_be_had_is_one_sentence_in_good_time(
    server: str, path: str, message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    started = time.monotonic()
    with pytest.raises(SourceError, match=message) as caught:
        Stream(f"http://{server}/{path}", open_s=0.5, read_s=0.5)
    assert time.monotonic() - started < 2
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_a_stream_that_falls_silent_is_given_up(server: str) -> None:
    seen = 0
    started = time.monotonic()
    with (
        Stream(f"http://{server}/stalls", open_s=2, read_s=0.4) as stream,
        pytest.raises(SourceError, match=r"sent nothing for 0\.4 s"),
    ):
        for _ in stream:
            seen += 1
    assert seen >= 5
    assert time.monotonic() - started < 2


def test_a_refused_connection_says_so() -> None:
    with pytest.raises(SourceError, match="refused the connection: check the port"):
        Stream("http://127.0.0.1:1/camera", open_s=1)


def test_an_unknown_scheme_says_which_are_known() -> None:
    with pytest.raises(SourceError, match="use rtsp://, http:// or https://"):
        Stream("nonsense://127.0.0.1/camera", open_s=1)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("rtsp://me:pass@cam:554/a?b=c", "rtsp://cam:554/a?b=c"),
        ("rtsp://me:p@ss@cam/a", "rtsp://cam/a"),
        ("http://cam/a@b", "http://cam/a@b"),
    ],
)
def test_passwords_are_not_shown(url: str, shown: str) -> None:
    assert without_password(url) == shown
