"""Sessions and counts: what is counted of which leg."""

from __future__ import annotations

import pytest

from formcheck.core.checker.session import Counts, Session, Verdict
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View
from formcheck.version import __version__
from tests.core.checker.made import rep

CLEAN, COMPENSATED, PARTIAL, UNVERIFIED = Verdict
REPS = (
    rep(CLEAN),
    rep(COMPENSATED, side=Side.RIGHT),
    rep(CLEAN),
    rep(PARTIAL, side=Side.RIGHT),
    rep(UNVERIFIED),
)


@pytest.mark.parametrize(
    ("side", "counts"),
    [
        (None, Counts(attempts=5, clean=2, compensated=1, partial=1, unverified=1)),
        (Side.LEFT, Counts(attempts=3, clean=2, unverified=1)),
        (Side.RIGHT, Counts(attempts=2, compensated=1, partial=1)),
        (Side.BOTH, Counts()),
    ],
)
def test_counts_of_a_side(side: Side | None, counts: Counts) -> None:
    assert Counts.of(REPS, side) == counts


@pytest.mark.parametrize("sides", [(Side.LEFT, Side.RIGHT), (Side.RIGHT,), (Side.BOTH,)])
def test_a_session_counts_its_legs(sides: tuple[Side, ...]) -> None:
    session = Session(
        exercise="standing-hip-flexion",
        source=SourceInfo(path="drawn", width=1, height=1),
        view=View.SIDE,
        calibration=None,
        reps=REPS,
        sides=sides,
    )
    assert session.counts == Counts.of(REPS)
    assert session.by_side == {side: Counts.of(REPS, side) for side in sides}
    assert session.formcheck == __version__
