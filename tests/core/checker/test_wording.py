"""Findings, repetitions and counts in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.core.checker.faults import Finding, Unchecked
from formcheck.core.checker.session import Counts, Dropped, DropReason, Rep, Verdict
from formcheck.core.checker.wording import (
    amount,
    counts_text,
    dropped_text,
    finding_text,
    rep_text,
    set_in_doubt,
    short_of,
)
from formcheck.core.exercise.exercise import timed_hold
from formcheck.core.pose.pose import Side
from tests.core.checker.made import EXERCISE, finding, rep

SHORT_HOLD = Finding(code="short-hold", worst=0.6, limit=1.8, unit="s", at_s=2.0)
LOST = Unchecked(check="repetition", reason="the leg was lost from sight before it came down")
NO_LEAN = Unchecked(check="lean-back", reason="shoulder and hip not seen")
NO_DROP = Unchecked(check="pelvic-drop", reason="not visible in a side view")


@pytest.mark.parametrize(
    ("value", "unit", "signed", "text"),
    [
        (18.4, "deg", False, "18°"),
        (18.4, "deg", True, "+18°"),
        (0.62, "s", False, "0.6 s"),
        (0.047, "trunk", False, "4.7 % of trunk length"),
        (-0.047, "trunk", True, "-4.7 % of trunk length"),
    ],
)
def test_an_amount_has_its_unit(value: float, unit: str, signed: bool, text: str) -> None:
    assert amount(value, unit, signed=signed) == text


@pytest.mark.parametrize(
    ("found", "when", "text"),
    [
        (finding(at_s=7.34), True, "leaning back 18° (limit 10°) at 7.3 s"),
        (finding(at_s=7.34), False, "leaning back 18° (limit 10°)"),
        (SHORT_HOLD, True, "short hold 0.6 s (at least 1.8 s)"),
        (finding("old-fault"), False, "old fault 18° (limit 10°)"),
        (
            Finding(code="pelvis-lift", worst=0.06, limit=0.045, unit="trunk", at_s=1.0),
            False,
            "pelvis lift 6.0 % of trunk length (limit 4.5 %)",
        ),
    ],
)
def test_a_finding_in_words(found: Finding, when: bool, text: str) -> None:
    assert finding_text(EXERCISE, found, when=when) == text


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (rep(), ""),
        (rep(cues=(SHORT_HOLD,)), "short hold 0.6 s (at least 1.8 s)"),
        (
            rep(Verdict.COMPENSATED, faults=(finding(),), cues=(SHORT_HOLD,)),
            "leaning back 18° (limit 10°) at 1.0 s; short hold 0.6 s (at least 1.8 s)",
        ),
        (rep(Verdict.PARTIAL, peak_deg=62.0), "reached 62° of 80°"),
        (rep(Verdict.UNVERIFIED, unchecked=(NO_LEAN, LOST)), LOST.reason),
        (
            rep(Verdict.UNVERIFIED, unchecked=(NO_DROP, NO_LEAN)),
            "leaning back not checked: shoulder and hip not seen",
        ),
    ],
)
def test_why_a_repetition_got_its_verdict(shown: Rep, text: str) -> None:
    assert rep_text(EXERCISE, shown) == text


def test_a_timed_hold_lacks_time_before_height() -> None:
    held = timed_hold(EXERCISE, 6.0)
    assert short_of(held, rep(Verdict.PARTIAL, hold_s=4.2)) == "held 4.2 s of 6.0 s"
    assert short_of(held, rep(Verdict.PARTIAL, peak_deg=60.0)) == "reached 60° of 80°"


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        (Counts(), "no repetition seen"),
        (Counts(attempts=3, clean=3), "3 clean of 3"),
        (
            Counts(attempts=6, clean=2, compensated=1, partial=2, unverified=1),
            "2 clean of 6, 1 compensated, 2 partial, 1 unverified",
        ),
    ],
)
def test_counts_in_words(counts: Counts, text: str) -> None:
    assert counts_text(counts) == text


@pytest.mark.parametrize(
    ("attempts", "said"),
    [
        ([], ""),
        ([(1, 2, DropReason.ECHO)], ""),
        ([(1, 2, DropReason.OTHER_MOVEMENT)], "1 attempt looked like another movement"),
        (
            [(1, 2, DropReason.OTHER_MOVEMENT), (1.1, 2.1, DropReason.OTHER_MOVEMENT)],
            "1 attempt looked like another movement",
        ),
        (
            [
                (1, 2, DropReason.OTHER_MOVEMENT),
                (3, 4, DropReason.OTHER_MOVEMENT),
                (5, 5.3, DropReason.TOO_SHORT),
                (6, 6.3, DropReason.TOO_SHORT),
            ],
            "2 attempts looked like another movement, 2 attempts were too short",
        ),
    ],
)
def test_what_was_no_repetition_is_summed_up(
    attempts: list[tuple[float, float, DropReason]], said: str
) -> None:
    dropped = [
        Dropped(side=Side.LEFT, start_s=start_s, end_s=end_s, peak_deg=60.0, reason=reason)
        for start_s, end_s, reason in attempts
    ]
    assert dropped_text(dropped) == said


def test_a_full_height_held_too_short_is_not_called_too_low() -> None:
    short = replace(rep(), verdict=Verdict.PARTIAL, peak_deg=88.0)
    assert rep_text(EXERCISE, short).startswith("was above 80° for too short a moment")
    nearly = replace(rep(), verdict=Verdict.PARTIAL, peak_deg=79.7)
    assert rep_text(EXERCISE, nearly).startswith("reached 79° of 80°")


DOUBTS = [
    ([], ""),
    (["the leg was half hidden for 31 % of the repetition"], ""),
    (
        ["the leg was half hidden for 31 % of the repetition"] * 3,
        "All 3 unverified: the leg was half hidden for 31 % of the repetition; let nothing come"
        " between the camera and the lifted leg.",
    ),
    (
        ["the leg was half hidden for 31 % of the repetition", "the leg was half hidden for 40 % of"
         " the repetition"],
        "All 2 unverified: the leg was half hidden for 31 % of the repetition, or much like it; let"
        " nothing come between the camera and the lifted leg.",
    ),
    (
        ["5 frames a second are too few to show a fault of 0.3 s"] * 2 + ["another reason"],
        "2 of 3 unverified: 5 frames a second are too few to show a fault of 0.3 s, or much like"
        " it; let in more light.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("reasons", "said"), DOUBTS)
def test_a_set_in_doubt_is_one_sentence(reasons: list[str], said: str) -> None:
    doubted = [
        replace(
            rep(),
            verdict=Verdict.UNVERIFIED,
            unchecked=(Unchecked(check="repetition", reason=reason),),
        )
        for reason in reasons
    ]
    assert set_in_doubt(EXERCISE, doubted) == said
    assert set_in_doubt(EXERCISE, [*doubted, rep()]) == ""


@pytest.mark.parametrize(
    ("code", "worst", "limit", "unit", "said"),
    [
        ("fast-lowering", 0.97, 1.0, "s", "fast lowering 0.97 s (at least 1.0 s)"),
        ("fast-lowering", 0.997, 1.0, "s", "fast lowering 0.997 s (at least 1.0 s)"),
        ("fast-lowering", 0.6, 1.0, "s", "fast lowering 0.6 s (at least 1.0 s)"),
        ("lean-back", -10.3, -10.0, "deg", "leaning back 10.3° (limit 10°) at 1.0 s"),
        ("lean-back", -18.0, -10.0, "deg", "leaning back 18° (limit 10°) at 1.0 s"),
    ],
)
def test_a_value_is_told_from_its_limit(
    code: str, worst: float, limit: float, unit: str, said: str
) -> None:
    found = Finding(code=code, worst=worst, limit=limit, unit=unit, at_s=1.0)
    assert finding_text(EXERCISE, found) == said
