"""Sources that break off and come back: the time goes on, nothing else is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from formcheck.core.pose.frame import Frame, SourceInfo
from formcheck.errors import SourceError
from formcheck.files.closing import ClosesItself
from formcheck.sources import reconnecting
from formcheck.sources.latest import SILENT, LatestFrame
from formcheck.sources.reconnecting import GONE, Reconnecting
from tests.sources.taker import Taker


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconnecting, "PAUSES_S", (0.01,))


class Connection(ClosesItself):
    """A live source that gives some frames of a size, and then fails, ends or hangs."""

    live = True

    def __init__(
        self,
        times_s: tuple[float, ...],
        *,
        size_px: tuple[int, int] = (64, 48),
        error: str | None = "Camera 0 stopped sending: check its cable.",
        before: Callable[[float], None] = lambda time_s: None,
        hangs: threading.Event | None = None,
    ) -> None:
        self.info = SourceInfo(path="camera 0", width=size_px[0], height=size_px[1])
        self.problems: list[str] = []
        self.closed = 0
        self._times_s, self._error, self._before, self._hangs = times_s, error, before, hangs

    def __iter__(self) -> Iterator[Frame]:
        for index, time_s in enumerate(self._times_s):
            self._before(time_s)
            image = np.full((self.info.height, self.info.width, 3), 7, dtype=np.uint8)
            size_px = (self.info.width, self.info.height)
            yield Frame(index=index, time_s=time_s, image=image, size_px=size_px)
        if self._hangs is not None:
            self._hangs.wait(30)
        if self._error is not None:
            raise SourceError(self._error)

    def close(self) -> None:
        self.closed += 1


class Cable:
    """Opens one connection after the other; None is a try that fails."""

    def __init__(self, *connections: Connection | None) -> None:
        self._left = list(connections)
        self.tries = 0

    def __call__(self) -> Connection:
        self.tries += 1
        opened = self._left.pop(0) if self._left else None
        if opened is None:
            raise SourceError("Camera 0 can't be opened: plug it in.")
        return opened


def test_the_time_goes_on_over_a_break_and_the_frames_are_numbered_on() -> None:
    now_s = 500.0

    def at(start_s: float) -> Callable[[float], None]:
        def wait(time_s: float) -> None:
            nonlocal now_s
            now_s = start_s + time_s

        return wait

    first = Connection((0.0, 0.1, 0.2), before=at(500.0))
    second = Connection((0.0, 0.1), before=at(507.5))
    source = Reconnecting(Cable(first, None, None, second), clock=lambda: now_s)
    frames = iter(source)
    taken = [next(frames) for _ in range(5)]
    assert [f.time_s for f in taken] == pytest.approx([0.0, 0.1, 0.2, 7.5, 7.6])
    assert [f.index for f in taken] == [0, 1, 2, 3, 4]
    assert first.closed == 1
    assert source.problems == [
        "Camera 0 stopped sending: check its cable. It was gone from 0.2 s to 7.5 s."
    ]
    assert source.interruption is None


def test_a_first_frame_that_waited_does_not_stretch_the_break() -> None:
    # The first picture is taken on opening, long before anybody asks for it.
    now_s = iter([103.0, 100.1, 100.2, 110.0, 110.0, 110.0])
    first, second = Connection((0.0, 0.1, 0.2)), Connection((0.0,))
    source = Reconnecting(Cable(first, second), clock=lambda: next(now_s, 110.0))
    frames = iter(source)
    assert [next(frames).time_s for _ in range(4)][-1] == pytest.approx(10.0)


def test_a_stream_that_just_ends_is_a_break_too() -> None:
    first = Connection((0.0,), error=None)
    first.problems.append("'http://cam' ended the connection (End of file).")
    source = Reconnecting(Cable(first, Connection((0.0,))))
    frames = iter(source)
    next(frames), next(frames)
    assert source.problems[0].startswith("'http://cam' ended the connection (End of file). It was")


def test_a_connection_that_gives_nothing_is_tried_again() -> None:
    cable = Cable(Connection((0.0,)), Connection(()), Connection(()), Connection((0.0,)))
    source = Reconnecting(cable)
    frames = iter(source)
    next(frames)
    assert next(frames).index == 1
    assert cable.tries == 4 and len(source.problems) == 1


def test_pictures_that_come_back_in_another_size_are_brought_to_the_old_one() -> None:
    cable = Cable(
        Connection((0.0,), size_px=(64, 48)),
        Connection((0.0,), size_px=(128, 96)),
        Connection((0.0,), size_px=(128, 72)),
    )
    frames = iter(Reconnecting(cable))
    taken = [next(frames) for _ in range(3)]
    # Another shape is another picture: squeezed, it would bend every angle.
    assert [f.size_px for f in taken] == [(64, 48), (64, 48), (128, 72)]
    assert [f.image.shape for f in taken if f.image is not None] == [
        (48, 64, 3), (48, 64, 3), (72, 128, 3),
    ]  # fmt: skip


def test_a_source_that_stays_away_is_given_up() -> None:
    source = Reconnecting(Cable(Connection((0.0,))), give_up_s=0.05)
    with pytest.raises(SourceError, match=r"stopped sending: .* did not come back within 0\.05 s"):
        list(source)


def test_a_source_that_is_not_there_at_first_fails_at_once() -> None:
    with pytest.raises(SourceError, match="can't be opened"):
        Reconnecting(Cable(None))


def test_an_open_source_is_not_opened_twice() -> None:
    cable = Cable()
    assert next(iter(Reconnecting(cable, first=Connection((0.0,))))).index == 0
    assert cable.tries == 0


def test_meanwhile_whoever_takes_frames_is_told_and_can_go_on() -> None:
    there, over = threading.Event(), threading.Event()

    def opened() -> Connection:
        if not there.is_set():
            raise SourceError("not yet")
        return Connection((0.0,), hangs=over)

    first = Connection((0.0,))
    with LatestFrame(Reconnecting(opened, first=first)) as latest:
        taken = Taker(latest)
        assert taken.frame() is not None
        assert taken.interruption() == GONE
        there.set()
        frame = taken.frame()
        assert frame is not None and frame.index == 1
        assert latest.interruption is None
        over.set()


@pytest.mark.parametrize("breaks_off", [True, False], ids=["broken off", "hanging"])
def test_quitting_does_not_wait_for_a_source_that_is_gone(
    breaks_off: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formcheck.sources.latest.SILENT_S", 0.1)
    hangs = threading.Event()

    def opened() -> Connection:
        hangs.wait(30)
        raise SourceError("no")

    source = Connection((0.0,), hangs=None if breaks_off else hangs)
    latest = LatestFrame(Reconnecting(opened, first=source))
    taken = Taker(latest)
    assert taken.frame() is not None
    assert taken.interruption() == (GONE if breaks_off else SILENT)
    begun_s = time.monotonic()
    latest.close()
    assert time.monotonic() - begun_s < 2
    assert taken.frame() is None
    hangs.set()


def test_a_source_that_comes_back_after_quitting_is_closed() -> None:
    opening, go = threading.Event(), threading.Event()
    late = Connection((0.0,))

    def opened() -> Connection:
        opening.set()
        go.wait(30)
        return late

    latest = LatestFrame(Reconnecting(opened, first=Connection((0.0,))))
    next(iter(latest))
    assert opening.wait(5)
    latest.close()
    go.set()
    for _ in range(500):
        if late.closed:
            break
        time.sleep(0.01)
    assert late.closed == 1
