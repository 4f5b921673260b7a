"""The evidence on one attempt: requirements of the movement, faults, what was not checked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest

from formcheck.core.checker.evidence import Evidence, RequirementWatch
from formcheck.core.exercise.exercise import Phase
from formcheck.core.exercise.shared_requirements import HIPS_STAY_UP, KNEE_DRIVE, TRUNK_BACK
from formcheck.core.measures import PELVIC_OBLIQUITY
from formcheck.core.pose.leg_swaps import LegClues
from formcheck.core.pose.pose import Side
from tests.core.checker.made import EXERCISE, FPS, finding, neutral, observed, rep

FOOT, LEAN, KNEE = "foot_lift_left_trunk", "torso_lean_deg", "support_knee_flexion_right_deg"
NAN = math.nan


def evidence(
    values: Mapping[str, float] | None = None,
    legs: LegClues = LegClues(),  # noqa: B008
) -> Evidence:
    found = Evidence(EXERCISE, EXERCISE.cycle, Side.LEFT, neutral())
    for index in range(30):
        shown = observed(index / FPS, {FOOT: 0.8, **(values or {})}, legs)
        found.note(shown, 92.0, Phase.TOP)
    return found


@pytest.mark.parametrize(
    ("lifts", "unmet"),
    [
        ([0.8] * 10, None),
        ([0.8] * 6 + [0.1] * 4, None),
        ([0.1] * 10, ""),
        ([0.1] * 4 + [NAN] * 6, ""),
        ([0.8] * 4 + [NAN] * 6, "both ankles not seen"),
        ([NAN] * 10, "both ankles not seen"),
        ([0.8] * 8 + [NAN] * 2, None),
    ],
)
def test_a_rise_is_an_attempt_when_its_requirements_are_met(
    lifts: list[float], unmet: str | None
) -> None:
    watch = RequirementWatch(EXERCISE.cycle, Side.LEFT, neutral())
    for lift in lifts:
        watch.note(92.0, observed(0.0, {FOOT: lift}))
    found = watch.unmet()
    assert found == unmet if not unmet else found is not None and found.startswith(unmet)


def test_only_the_upper_part_of_a_rise_is_asked() -> None:
    watch = RequirementWatch(EXERCISE.cycle, Side.LEFT, neutral())
    assert not watch.note(EXERCISE.cycle.partial_from - 1.0, observed(0.0, {FOOT: 0.0}))
    assert watch.note(92.0, observed(0.0, {FOOT: 0.8}))
    assert watch.unmet() is None


@pytest.mark.parametrize(
    ("heights", "met"),
    [
        pytest.param([0.0, 0.4, 0.4, 0.0], True, id="up and down"),
        pytest.param([0.35, 0.4, 0.4, 0.35], True, id="the other foot in the air"),
        pytest.param([0.0, 0.4, 0.4, 0.8], False, id="up a step"),
        pytest.param([0.8, 0.4, 0.4, 0.0], False, id="down a step"),
        pytest.param([NAN, 0.4, 0.4, 0.0], True, id="first unseen"),
        pytest.param([NAN, 0.4, 0.4, 0.8], False, id="first unseen, up a step"),
    ],
)
def test_feet_that_are_higher_before_or_after_are_on_a_step(
    heights: list[float], met: bool
) -> None:
    watch = RequirementWatch(EXERCISE.cycle, Side.LEFT, neutral())
    for value, height in zip([30.0, 90.0, 90.0, 30.0], heights, strict=True):
        watch.note(value, observed(0.0, {FOOT: 0.8, "feet_height_trunk": height}))
    assert (watch.unmet() is None) == met


@pytest.mark.parametrize(
    ("levels", "met"),
    [
        pytest.param([-3.0, -2.9, -2.9, -3.0], True, id="a lift"),
        pytest.param([-3.0, -3.1, -3.1, -3.0], True, id="on a bent knee"),
        pytest.param([-3.5, -3.0, -2.9, -3.4], True, id="out of a lunge"),
        pytest.param([-3.1, -3.5, -3.7, -3.1], False, id="a squat"),
        pytest.param([-3.1, -3.5, -3.7, -3.7], False, id="sitting down"),
        pytest.param([NAN, -3.1, -3.1, -3.0], True, id="first unseen"),
    ],
)
def test_whoever_sinks_with_a_bending_hip_lifts_no_leg(levels: list[float], met: bool) -> None:
    cycle = replace(EXERCISE.cycle, requirements=(HIPS_STAY_UP,))
    watch = RequirementWatch(cycle, Side.LEFT, None)
    for value, level in zip([30.0, 60.0, 90.0, 30.0], levels, strict=True):
        watch.note(value, observed(0.0, {"hip_level_trunk": level}))
    assert (watch.unmet() is None) == met


@pytest.mark.parametrize(("pitches", "met"), [([0, 20, 60, 20], True), ([0, 0, 20, 60], False)])
def test_a_repetition_ends_with_the_trunk_where_it_was(pitches: list[float], met: bool) -> None:
    cycle = replace(EXERCISE.cycle, requirements=(TRUNK_BACK,))
    watch = RequirementWatch(cycle, Side.LEFT, None)
    for pitch in pitches:
        watch.note(90.0, observed(0.0, {"trunk_pitch_deg": pitch}))
    assert (watch.unmet() is None) == met


def climb(leads: list[float], pitches: list[float], *, sure: bool) -> str | None:
    """Returns what is unmet of a climber's step: the knee's lead, seen well or half, and pitch."""
    cycle = replace(EXERCISE.cycle, requirements=(KNEE_DRIVE,), partial_from=45.0)
    watch = RequirementWatch(cycle, Side.LEFT, None)
    for value, lead, pitch in zip((40.0, 70.0, 90.0, 70.0), leads, pitches, strict=True):
        followed = {"hip_lead_left_deg": lead, "trunk_pitch_deg": pitch}
        seen = {**followed, "hip_lead_left_deg": lead if sure else NAN}
        shown = observed(0.0, {})
        watch.note(value, replace(shown, measures=seen, followed=followed))
    return watch.unmet()


FOLLOWS, LEADS, HIDDEN = [0.0, 3.0, 5.0, 3.0], [5.0, 30.0, 40.0, 30.0], [NAN] * 4
FLAT, PIKED, PIKES = (
    [0.0, -2.0, -4.0, -2.0],
    [-19.0, -20.0, -23.0, -20.0],
    [-8.0, -22.0, -30.0, -22.0],
)


@pytest.mark.parametrize(
    ("leads", "sure", "pitches", "unmet"),
    [
        pytest.param(LEADS, True, FLAT, None, id="one knee"),
        pytest.param(LEADS, False, PIKED, None, id="one knee, half seen, hips up before"),
        pytest.param(FOLLOWS, True, FLAT, "", id="both knees"),
        pytest.param(FOLLOWS, False, FLAT, None, id="the hidden leg is given the other's place"),
        pytest.param(FOLLOWS, False, PIKED, None, id="the same, hips up before"),
        pytest.param(FOLLOWS, False, PIKES, "", id="the hips go up with it"),
        pytest.param(HIDDEN, False, PIKED, None, id="hidden, hips up before"),
        pytest.param(HIDDEN, False, PIKES, "", id="hidden, the hips go up with it"),
    ],
)
def test_a_half_hidden_leg_is_no_evidence_of_both_knees(
    leads: list[float], sure: bool, pitches: list[float], unmet: str | None
) -> None:
    assert climb(leads, pitches, sure=sure) == unmet


def test_a_fault_that_lasts_is_found_and_is_active_while_it_lasts() -> None:
    leaning = evidence({LEAN: -18.0})
    assert [f.code for f in leaning.findings()] == ["lean-back"]
    assert [f.code for f in leaning.active] == ["lean-back"]
    assert evidence().findings() == () and evidence().active == ()


@pytest.mark.parametrize(
    ("lean", "code", "strain"),
    [(-18.0, "lean-back", 1.8), (-6.0, "lean-back", 0.6), (9.0, "lean-forward", 0.6)],
)
def test_the_closest_fault_is_the_one_nearest_to_its_bound(
    lean: float, code: str, strain: float
) -> None:
    closest = evidence({LEAN: lean}).closest
    assert closest is not None
    assert closest[1].code == code
    assert closest[0] == pytest.approx(strain, abs=0.05)


def test_what_was_not_seen_is_unchecked_with_its_reason() -> None:
    told = {u.check: u.reason for u in evidence({LEAN: NAN}).unchecked()}
    assert told["lean-back"] == "shoulder and hip not seen"
    assert "support-knee-bent" not in told
    assert told["lateral-lean"] == "not visible in a side view"


def test_a_fault_that_was_found_is_not_unchecked_even_if_found_as_the_other_leg_s() -> None:
    blind = evidence({LEAN: NAN})
    blind.leg.taken_over = rep(faults=(finding("lean-back"),))
    assert "lean-back" not in {u.check for u in blind.unchecked()}


def test_a_leg_that_is_not_told_from_the_lifted_one_lends_it_no_fault() -> None:
    bent = {KNEE: 40.0}
    assert [f.code for f in evidence(bent).findings()] == ["support-knee-bent"]
    assert evidence(bent, LegClues(astray=True)).findings() == ()
    assert evidence({**bent, FOOT: 0.05}).findings() == ()


def test_a_fault_after_the_attempt_voids_it_only_where_its_rule_is_about_rest() -> None:
    at_rest = tuple(replace(f, phases=frozenset({Phase.REST})) for f in EXERCISE.faults)
    for exercise, codes in ((EXERCISE, []), (replace(EXERCISE, faults=at_rest), ["lean-back"])):
        found = Evidence(exercise, exercise.cycle, Side.LEFT, neutral())
        for index in range(30):
            found.note_after(observed(index / FPS, {LEAN: -18.0}))
        assert [f.code for f in found.findings()] == codes


@pytest.mark.parametrize(("phase", "obliquity"), [(Phase.TOP, 4.0), (Phase.RISE, NAN)])
def test_the_pelvic_obliquity_is_read_at_the_top(phase: Phase, obliquity: float) -> None:
    found = Evidence(EXERCISE, EXERCISE.cycle, Side.RIGHT, neutral())
    for index, value in enumerate((-3.0, -4.0, NAN, -5.0)):
        found.note(observed(index / FPS, {"pelvic_obliquity_deg": value}), 92.0, phase)
    assert found.at_top_deg(PELVIC_OBLIQUITY) == pytest.approx(obliquity, nan_ok=True)
