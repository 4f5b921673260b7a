"""The verdict: what outranks what, which checks must be made, which cues coach."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest

from formcheck.core.checker.attempt import Attempt
from formcheck.core.checker.evidence import Evidence
from formcheck.core.checker.faults import IMPOSSIBLE
from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.checker.verdict import CueJudge, VerdictRule
from formcheck.core.exercise.exercise import Phase, timed_hold
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View
from tests.core.checker.made import EXERCISE, FPS, attempt, neutral, observed

FOOT, LEAN = "foot_lift_left_trunk", "torso_lean_deg"
NAN = math.nan


def evidence(values: Mapping[str, float] | None = None) -> Evidence:
    """Returns what an attempt showed whose frames all have the same values."""
    found = Evidence(EXERCISE, EXERCISE.cycle, Side.LEFT, neutral())
    for index in range(60):
        found.note(observed(index / FPS, {FOOT: 0.8, **(values or {})}), 92.0, Phase.TOP)
    return found


def judged(shown: Attempt, found: Evidence, *, strict: bool = False, hold_s: float = 0.0) -> Rep:
    exercise = timed_hold(EXERCISE, hold_s) if hold_s else EXERCISE
    rep = VerdictRule(exercise, exercise.cycle, View.SIDE, strict=strict).rep(shown, found)
    assert rep is not None
    return rep


@pytest.mark.parametrize(
    ("changed", "values", "verdict"),
    [
        ({}, {}, "clean"),
        ({}, {LEAN: -18.0}, "compensated"),
        ({"reached": False, "peak": 62.0}, {}, "partial"),
        ({"reached": False, "peak": 62.0}, {LEAN: -18.0}, "partial"),
        ({"reached": False, "missing": 0.4}, {}, "unverified"),
        ({"missing": 0.4}, {}, "unverified"),
        # A half-hidden leg was at the top for certain only well beyond it.
        ({"half_seen": 0.9, "peak": 88.0}, {}, "unverified"),
        ({"half_seen": 0.9, "peak": 90.0}, {}, "clean"),
        # Unless it was seen up there for as long as a top takes.
        ({"half_seen": 0.9, "peak": 88.0, "top_seen_s": 0.12}, {}, "clean"),
        ({"half_seen": 0.9, "peak": 88.0, "top_seen_s": 0.08}, {}, "unverified"),
        ({"missing": 0.4, "peak": 88.0, "top_seen_s": 0.12}, {}, "unverified"),
        ({"half_seen": 0.2, "missing": 0.2, "peak": 88.0}, {}, "unverified"),
        ({"half_seen": 0.2, "peak": 92.0}, {}, "clean"),
        ({"reached": False, "half_seen": 0.4}, {}, "unverified"),
        # A fault that was seen outranks a check that could not be made.
        ({"missing": 0.4}, {LEAN: -18.0}, "compensated"),
        ({"lost": True, "lowering_s": NAN}, {}, "unverified"),
        ({"lost": True, "lowering_s": NAN}, {LEAN: -18.0}, "unverified"),
        ({}, {LEAN: NAN}, "unverified"),
        ({}, {FOOT: NAN}, "unverified"),
        # A check that is not mandatory does not void.
        ({}, {"support_knee_flexion_right_deg": NAN}, "clean"),
    ],
)
def test_what_outranks_what(
    changed: dict[str, float], values: dict[str, float], verdict: str
) -> None:
    assert judged(attempt(**changed), evidence(values)).verdict.value == verdict


@pytest.mark.parametrize(
    ("view", "peak", "lean_deg", "verdict"),
    [
        (View.FRONT, 65.0, 18.0, Verdict.COMPENSATED),
        (View.FRONT, 63.0, 18.0, Verdict.PARTIAL),
        (View.FRONT, 65.0, 0.0, Verdict.UNVERIFIED),
        (View.FRONT, 63.0, 0.0, Verdict.PARTIAL),
        (View.SIDE, 79.0, 18.0, Verdict.PARTIAL),
    ],
)
def test_from_the_front_a_height_may_be_more_than_it_reads(
    view: View, peak: float, lean_deg: float, verdict: Verdict
) -> None:
    yaw_deg = 90.0 if view is View.FRONT else 0.0
    found = Evidence(EXERCISE, EXERCISE.cycle, Side.LEFT, neutral(yaw_deg))
    seen = {FOOT: 0.8, LEAN: lean_deg, "lateral_lean_deg": lean_deg}
    for index in range(60):
        found.note(observed(index / FPS, seen), peak, Phase.RISE)
    shown = attempt(reached=False, peak=peak)
    rep = VerdictRule(EXERCISE, EXERCISE.cycle, view, strict=False).rep(shown, found)
    assert rep is not None and rep.verdict is verdict


@pytest.mark.parametrize(
    ("changed", "values", "check", "reason"),
    [
        ({"lost": True}, {}, "repetition", "lost from sight"),
        ({"missing": 0.4}, {}, "repetition", "not seen for 40 %"),
        (
            {"half_seen": 0.4, "missing": 0.1, "peak": 88.0},
            {},
            "repetition",
            "half hidden for 50 %",
        ),
        ({}, {FOOT: NAN}, "repetition", "may be another movement"),
        ({}, {LEAN: NAN}, "lean-back", "shoulder and hip not seen"),
    ],
)
def test_what_could_not_be_checked_is_told(
    changed: dict[str, float], values: dict[str, float], check: str, reason: str
) -> None:
    told = {u.check: u.reason for u in judged(attempt(**changed), evidence(values)).unchecked}
    assert reason in told[check]


@pytest.mark.parametrize(
    ("column", "every", "verdict", "faults"),
    [
        # A slip of the tracker now and then is forgotten.
        ("thigh_elevation_left_deg", 20, "compensated", ["lean-back"]),
        ("thigh_elevation_left_deg", 5, "unverified", []),
        (FOOT, 5, "unverified", []),
        (LEAN, 20, "compensated", ["lean-back"]),
        (LEAN, 5, "unverified", []),
        # What is not mandatory does not void, and does not convict either.
        ("knee_flexion_right_deg", 5, "compensated", ["lean-back"]),
    ],
)
def test_a_repetition_made_of_what_no_body_can_do_is_unverified_and_never_a_fault(
    column: str, every: int, verdict: str, faults: list[str]
) -> None:
    found = Evidence(EXERCISE, EXERCISE.cycle, Side.LEFT, neutral())
    for index in range(60):
        wrong = {column: 208.0} if index % every == 0 else {}
        shown = observed(index / FPS, {FOOT: 0.8, LEAN: -18.0, **dict.fromkeys(wrong, NAN)})
        found.note(replace(shown, impossible=wrong), 92.0, Phase.TOP)
    rep = judged(attempt(), found)
    assert rep.verdict.value == verdict
    assert [fault.code for fault in rep.faults] == faults
    told = [u.reason for u in rep.unchecked if u.check in {"repetition", "lean-back"}]
    assert (IMPOSSIBLE in told) == (verdict == "unverified")


def test_another_movement_is_no_repetition() -> None:
    rule = VerdictRule(EXERCISE, EXERCISE.cycle, View.SIDE, strict=False)
    assert rule.rep(attempt(), evidence({FOOT: 0.05})) is None
    # What can't be told from another movement counts only with its full range.
    assert rule.rep(attempt(reached=False), evidence({FOOT: NAN})) is None


def test_a_changed_view_leaves_the_repetition_unverified() -> None:
    found = Evidence(EXERCISE, EXERCISE.cycle, Side.LEFT, neutral())
    for index in range(60):
        seen = observed(index / FPS, {FOOT: 0.8})
        found.note(seen, 92.0, Phase.TOP, elsewhere=index >= 30)
    rep = judged(attempt(), found)
    assert rep.verdict.value == "unverified"
    assert rep.unchecked[0].check == "view"


@pytest.mark.parametrize(("hold_s", "verdict"), [(2.0, "clean"), (2.39, "clean"), (2.5, "partial")])
def test_a_timed_hold_may_be_short_by_a_fifth_of_a_second(hold_s: float, verdict: str) -> None:
    assert judged(attempt(), evidence(), hold_s=hold_s).verdict.value == verdict


SHORT = {"hold_s": 0.6}
FAST = {"lowering_s": 0.5}
LOW = {"peak": 81.0}


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        (SHORT, ["short-hold"]),
        (FAST, ["fast-lowering"]),
        (LOW, ["low-peak"]),
        ({**SHORT, **FAST, **LOW}, ["short-hold", "fast-lowering", "low-peak"]),
        ({"hold_s": 1.8 - 1e-9}, []),
        ({**SHORT, "reached": False}, []),
        ({**SHORT, "lost": True}, []),
    ],
)
def test_cues_coach(changed: dict[str, float], codes: list[str]) -> None:
    assert [cue.code for cue in judged(attempt(**changed), evidence()).cues] == codes


def test_strictly_judged_a_cue_voids() -> None:
    rep = judged(attempt(**SHORT), evidence(), strict=True)
    assert rep.verdict.value == "compensated"
    assert [f.code for f in rep.faults] == ["short-hold"] and rep.cues == ()


@pytest.mark.parametrize(
    ("view", "confused", "blocked"),
    [
        (View.SIDE, False, {}),
        (View.FRONT, False, {"low-peak": "front", "fast-lowering": "front"}),
        (View.SIDE, True, {"short-hold": "legs", "low-peak": "legs", "fast-lowering": "legs"}),
    ],
)
def test_a_cue_that_can_not_be_judged_says_why(
    view: View, confused: bool, blocked: dict[str, str]
) -> None:
    coach = CueJudge(EXERCISE, view, legs_confused=confused)
    told = {u.check: u.reason for u in coach.unchecked(attempt())}
    assert told.keys() == blocked.keys()
    assert all(part in told[code] for code, part in blocked.items())
    fell_short = {cue.code for cue in coach.cues(attempt(**SHORT, **FAST, **LOW))}
    assert not fell_short & blocked.keys()


def test_too_few_frames_leave_a_height_ungraded() -> None:
    graded = replace(EXERCISE, cycle=replace(EXERCISE.cycle, grade_fps=15.0))
    rule = VerdictRule(graded, graded.cycle, View.SIDE, strict=False)
    rep = rule.rep(attempt(reached=False, peak=62.0, fps=8.0), evidence())
    assert rep is not None and rep.verdict.value == "unverified"
    assert "8 frames a second are too few" in rep.unchecked[0].reason


@pytest.mark.parametrize(
    ("hold_s", "most_s", "strict", "verdict"),
    [
        (2.1, 2.4, True, Verdict.CLEAN),
        (1.3, 2.1, True, Verdict.UNVERIFIED),
        (1.3, 2.1, False, Verdict.CLEAN),
        (0.9, 1.4, True, Verdict.COMPENSATED),
    ],
)
def test_a_hold_that_is_too_near_to_tell_voids_nothing(
    hold_s: float, most_s: float, strict: bool, verdict: Verdict
) -> None:
    shown = attempt(hold_s=hold_s, hold_most_s=most_s)
    found = judged(shown, evidence(), strict=strict)
    assert found.verdict is verdict
    doubts = [each.reason for each in found.unchecked if each.check == "hold"]
    assert doubts == (
        ["held for 1.3 to 2.1 s, too near to 1.8 s to tell"]
        if verdict is Verdict.UNVERIFIED
        else []
    )
    assert any(cue.code == "short-hold" for cue in found.cues) == (hold_s < 1.8 and not strict)


@pytest.mark.parametrize(("bent_deg", "verdict"), [(40.0, "unverified"), (5.0, "clean")])
def test_a_bend_that_may_be_the_model_s_leaves_the_repetition_open(
    bent_deg: float, verdict: str
) -> None:
    column = "support_knee_flexion_right_deg"
    found = Evidence(
        EXERCISE, EXERCISE.cycle, Side.LEFT, replace(neutral(0.0), lent=frozenset({column}))
    )
    for index in range(60):
        seen = {FOOT: 0.8, LEAN: 0.0, column: bent_deg}
        found.note(observed(index / FPS, seen), 90.0, Phase.TOP)
    assert judged(attempt(), found).verdict.value == verdict
