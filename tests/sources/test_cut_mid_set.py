"""A set whose camera goes in mid-repetition and comes back, on a clock of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import Verdict
from formcheck.core.pose.frame import Frame, SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.errors import SourceError
from formcheck.exercises import get_exercise
from formcheck.files.closing import ClosesItself
from formcheck.sources import reconnecting
from formcheck.sources.reconnecting import Reconnecting
from tests.stickman import SIZE, Lift, clip

FPS = 20.0
POSES = tuple(clip([Lift()] * 3, fps=FPS))
CUT_S, BACK_S = 2.6 + Lift().duration_s + 1.5, 2.6 + Lift().duration_s + 4.5


class Film(ClosesItself):
    """A camera that films the set from the moment it is opened until it is cut."""

    live = True
    info = SourceInfo(path="camera 0", width=SIZE[0], height=SIZE[1])
    now_s = 0.0

    def __init__(self) -> None:
        self.problems: list[str] = []

    def __iter__(self) -> Iterator[Frame]:
        first = round(BACK_S * FPS) if Film.now_s else 0
        for index, pose in enumerate(POSES[first:]):
            if first == 0 and pose.time_s >= CUT_S:
                raise SourceError("Camera 0 stopped sending: check its cable.")
            Film.now_s = pose.time_s
            time_s = index / FPS
            yield Frame(index=index, time_s=time_s, image=None, size_px=SIZE)

    def close(self) -> None:
        pass


def test_the_set_goes_on_and_only_the_repetition_in_the_break_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reconnecting, "PAUSES_S", (0.01,))
    monkeypatch.setattr(Film, "now_s", 0.0)
    source = Reconnecting(Film, clock=lambda: 1000.0 + Film.now_s)
    checker = FormChecker(get_exercise("standing-hip-flexion"), side=Side.LEFT)
    times_s = []
    for frame in source:
        times_s.append(frame.time_s)
        pose = POSES[round(frame.time_s * FPS)]
        checker.update(replace(pose, time_s=frame.time_s))
        if frame.time_s > POSES[-1].time_s - 0.5 / FPS:
            break
    session = checker.finish(source.info, source.problems)
    clean = [rep for rep in session.reps if rep.verdict is Verdict.CLEAN]
    assert len(clean) == 2
    assert clean[0].end_s < CUT_S and clean[1].start_s > BACK_S
    assert all(rep.verdict is Verdict.UNVERIFIED for rep in session.reps if rep not in clean)
    assert np.diff(times_s).max() > 2.9
    gone = f"It was gone from {CUT_S - 1 / FPS:.1f} s to {BACK_S:.1f} s."
    assert any(problem.endswith(gone) for problem in session.problems)
