"""A recording played in real time keeps its own time stamps."""

from __future__ import annotations

import pytest

from formcheck.sources.playback import Paced
from tests.sources.scripted import Scripted


class FakeTime:
    """A clock that only moves when someone sleeps or works."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now_s += seconds


def _paced(times_s: list[float]) -> tuple[Paced, FakeTime]:
    fake = FakeTime()
    return Paced(Scripted(times_s), clock=fake, sleep=fake.sleep), fake


def test_a_quick_taker_gets_every_frame_on_time() -> None:
    paced, fake = _paced([0.0, 0.1, 0.15, 0.5])
    arrived = [(frame.time_s, round(fake.now_s - 1000, 6)) for frame in paced]
    assert arrived == [(0.0, 0.0), (0.1, 0.1), (0.15, 0.15), (0.5, 0.5)]
    assert paced.dropped == 0


def test_late_frames_are_dropped_and_times_stay_the_recording_s() -> None:
    paced, fake = _paced([i / 10 for i in range(10)])
    taken = []
    for frame in paced:
        taken.append(frame.time_s)
        fake.now_s += 0.25  # the work on each frame
    assert taken == pytest.approx([0.0, 0.2, 0.5, 0.7, 0.9])
    assert paced.dropped == 5


def test_a_hopelessly_slow_taker_still_gets_the_last_frame() -> None:
    paced, fake = _paced([0.0, 0.1, 0.2, 0.3])
    taken = []
    for frame in paced:
        taken.append(frame.index)
        fake.now_s += 60
    assert taken == [0, 3]
    assert fake.slept == []


@pytest.mark.parametrize("times_s", [[], [0.0]])
def test_short_recordings(times_s: list[float]) -> None:
    paced, _ = _paced(times_s)
    assert [frame.time_s for frame in paced] == times_s


def test_it_counts_as_live_and_closes_what_it_plays() -> None:
    source = Scripted([])
    with Paced(source) as paced:
        assert paced.live
        assert paced.info is source.info
        assert paced.problems is source.problems
    assert source.closed == 1
