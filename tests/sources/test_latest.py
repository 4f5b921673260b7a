"""The newest frame, whoever is slow; errors and the end reach whoever takes frames."""

from __future__ import annotations

import threading
import time

import pytest

from formcheck.errors import SourceError
from formcheck.sources.latest import LatestFrame
from tests.sources.scripted import Scripted


def _release(source: Scripted, count: int) -> None:
    """Let the source give so many frames, and wait until each was kept."""
    for _ in range(count):
        source.go.release()
        assert source.given.acquire(timeout=5)


def test_a_slow_taker_gets_the_newest_and_drops_are_counted() -> None:
    source = Scripted([0.0, 0.1, 0.2, 0.3, 0.4], free=False)
    with LatestFrame(source) as latest:
        taken = iter(latest)
        source.go.release()
        assert next(taken).index == 0
        assert source.given.acquire(timeout=5)
        # Frame 4 is kept once the source was asked for more, that is when it waits again.
        _release(source, 4)
        assert next(taken).index == 4
        assert latest.dropped == 3
        source.go.release()
        assert next(taken, None) is None


def test_a_quick_taker_waits_for_each_frame_and_gets_all() -> None:
    source = Scripted([0.0, 0.1, 0.2], free=False)
    with LatestFrame(source) as latest:
        source.go.release()
        taken = []
        for frame in latest:
            taken.append(frame.time_s)
            source.go.release()
        assert taken == [0.0, 0.1, 0.2]
        assert latest.dropped == 0


def test_an_error_of_the_source_comes_after_its_last_frame() -> None:
    source = Scripted([0.0, 0.1], error=SourceError("unplugged"))
    with LatestFrame(source) as latest:
        taken = iter(latest)
        last = next(taken)
        with pytest.raises(SourceError, match="unplugged"):
            while True:
                last = next(taken)
        assert last.index == 1
    assert source.closed == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_in_the_source_is_not_lost_in_its_thread() -> None:
    with (
        LatestFrame(Scripted([0.0], error=KeyError("bug"))) as latest,
        pytest.raises(KeyError, match="bug"),
    ):
        list(latest)


def test_closing_stops_the_thread_and_ends_a_waiting_taker() -> None:
    source = Scripted([0.0, 0.1, 0.2, 0.3], free=False)
    latest = LatestFrame(source, join_s=5)
    taken: list[int] = []
    taker = threading.Thread(target=lambda: taken.extend(f.index for f in latest))
    taker.start()
    source.go.release()
    while not taken:
        time.sleep(0.01)
    closer = threading.Thread(target=latest.close)
    closer.start()
    taker.join(5)
    assert not taker.is_alive()
    source.go.release(4)
    closer.join(5)
    assert source.closed == 1
    assert not any(thread.name == "capture" for thread in threading.enumerate())
    assert list(latest) == []


def test_closing_does_not_wait_for_a_source_that_hangs() -> None:
    source = Scripted([0.0, 0.1], free=False)
    latest = LatestFrame(source, join_s=0.1)
    source.go.release()
    next(iter(latest))
    started = time.monotonic()
    latest.close()
    assert time.monotonic() - started < 2
    assert source.closed == 0  # its thread still reads it
    source.go.release(2)


def test_it_is_live_and_tells_of_the_source_behind() -> None:
    source = Scripted([])
    source.problems.append("a problem")
    latest = LatestFrame(source)
    assert latest.live
    assert latest.info is source.info
    assert latest.problems == ["a problem"]
    latest.close()
    assert source.closed == 1
