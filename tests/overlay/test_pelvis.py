from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.checker.faults import Finding
from formcheck.core.pose.pelvis import PelvisReading
from formcheck.exercises import get_exercise
from formcheck.overlay.body_lines import Strain
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.pelvis import CALM, draw_tag, mirrored_reading, shows_at_tag
from formcheck.overlay.style import Font

EXERCISE = get_exercise("supine-marching")
READING = PelvisReading(turn_deg=12.0, facing=1.0, middle_px=(200.0, 150.0), size_px=24.0)


def strain(code: str) -> Strain:
    found = Finding(code=code, worst=9.0, limit=5.0, unit="deg", at_s=1.0)
    return Strain(1.5, found, None)


def drawn(reading: PelvisReading | None, shown: Strain) -> np.ndarray:
    canvas = Canvas(np.full((300, 400, 3), 120, dtype=np.uint8), Font())
    draw_tag(canvas, reading, shown)
    return np.argwhere((canvas.image != 120).any(axis=2))


def test_the_frame_lies_round_the_tag_and_the_upright_above_it() -> None:
    places = drawn(READING, CALM)
    low, high = places.min(axis=0), places.max(axis=0)
    assert low[0] == pytest.approx(150 - 24 * 1.8, abs=8)
    assert high[0] == pytest.approx(150 + 24 * 0.95, abs=6)
    assert low[1] == pytest.approx(200 - 24 * 0.95, abs=6)


@pytest.mark.parametrize("reading", [None, PelvisReading(doubt="bent")])
def test_a_tag_that_is_not_read_is_not_drawn(reading: PelvisReading | None) -> None:
    assert len(drawn(reading, CALM)) == 0


@pytest.mark.parametrize(
    ("code", "at_tag"), [("anterior-tilt", True), ("back-arch", False), ("pelvis-lift", False)]
)
def test_a_strain_shows_at_the_tag_where_only_the_tag_tells_it(code: str, at_tag: bool) -> None:
    assert shows_at_tag(EXERCISE, strain(code)) is at_tag
    assert not shows_at_tag(EXERCISE, CALM)


def test_in_the_mirror_it_lies_and_turns_the_other_way() -> None:
    seen = mirrored_reading(READING, 400)
    assert seen is not None and seen.middle_px == (199.0, 150.0)
    assert seen.turn_deg == pytest.approx(-12.0)
    assert mirrored_reading(None, 400) is None
    assert mirrored_reading(PelvisReading(doubt="bent"), 400) == PelvisReading(doubt="bent")
