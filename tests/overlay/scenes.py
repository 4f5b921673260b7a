"""Reports and poses to draw: every state the overlay has, in any frame size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from formcheck.core.checker.faults import Finding, Unchecked
from formcheck.core.checker.session import Counts, FrameReport, Rep, SetResult, Stage, Verdict
from formcheck.core.coaching.events import CoachStage, CoachState, Placement
from formcheck.core.exercise.exercise import Phase
from formcheck.core.pose.frame import Image
from formcheck.core.pose.pose import Pose, Side
from formcheck.core.pose.view import View
from formcheck.exercises import get_exercise
from tests import stickman
from tests.stickman import Stance

EXERCISE = get_exercise("standing-hip-flexion")
SIZES = ((320, 240), (640, 480), (480, 640), (1280, 720), (720, 1280), (1920, 1080), (400, 400))

LEAN_BACK = Finding(code="lean-back", worst=-14.2, limit=-10.0, unit="deg", at_s=6.5)
SIDEWAYS = Finding(code="lateral-lean", worst=12.4, limit=10.0, unit="deg", at_s=6.6)
SUPPORT = Finding(code="support-knee-bent", worst=28.0, limit=20.0, unit="deg", at_s=6.6)
SHORT_HOLD = Finding(code="short-hold", worst=0.6, limit=1.8, unit="s", at_s=6.0)


def figure(size: tuple[int, int], *, yaw_deg: float = 0.0, thigh_left: float = 85.0) -> Pose:
    """Return the stick figure, left knee lifted, filling a frame as a person does."""
    stance = Stance(thigh_left=thigh_left, knee_left=thigh_left)
    pose = stickman.pose(stance, 7.0, yaw_deg=yaw_deg)
    scale = min(size) / stickman.SIZE[1]
    middle = np.array(stickman.SIZE) / 2
    points = (pose.image_px - middle) * scale + np.array(size) / 2
    return replace(pose, image_px=points, frame_size_px=size)


def blank(size: tuple[int, int], grey: int = 128) -> Image:
    return np.full((size[1], size[0], 3), grey, dtype=np.uint8)


def rep(verdict: Verdict, number: int = 3, **changes: object) -> Rep:
    base = Rep(
        number=number, side=Side.LEFT, start_s=3.0, top_s=4.5, end_s=6.9, verdict=verdict,
        peak_deg=91.0, hold_s=2.1, lowering_s=1.4,
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


REJECTED = rep(Verdict.COMPENSATED, faults=(LEAN_BACK, SUPPORT))
PARTIAL = rep(Verdict.PARTIAL, peak_deg=62.0)
UNVERIFIED = rep(
    Verdict.UNVERIFIED,
    unchecked=(
        Unchecked(check="repetition", reason="the leg was lost from sight before it came down"),
    ),
)
COUNTED = rep(Verdict.CLEAN, cues=(SHORT_HOLD,))


def report(**changes: object) -> FrameReport:
    """Return a report in mid-repetition, with counts that need all the room there is."""
    base = FrameReport(
        time_s=7.0,
        stage=Stage.COUNTING,
        person=True,
        view=View.SIDE,
        prompt=None,
        countdown_s=None,
        measures={
            "hip_flexion_left_deg": 85.0,
            "thigh_elevation_left_deg": 85.0,
            "hip_flexion_right_deg": float("nan"),
            "thigh_elevation_right_deg": 1.0,
        },
        phases={Side.LEFT: Phase.TOP, Side.RIGHT: Phase.REST},
        hold_s=1.4,
        active_faults=(),
        ended=(),
        counts={
            Side.LEFT: Counts(attempts=28, clean=12, compensated=9, partial=5, unverified=2),
            Side.RIGHT: Counts(attempts=104, clean=100, compensated=4),
        },
        counted_deg={Side.LEFT: 85.0, Side.RIGHT: 1.0},
    )
    return replace(base, **changes)  # type: ignore[arg-type]


AT_REST = {Side.LEFT: Phase.REST, Side.RIGHT: Phase.REST}
REPORTS = {
    "holding": report(),
    "fault": report(active_faults=(LEAN_BACK,)),
    "two faults": report(active_faults=(SIDEWAYS, SUPPORT)),
    "rejected": report(ended=(REJECTED,), phases=AT_REST),
    "partial": report(ended=(PARTIAL,), phases=AT_REST),
    "unverified, next under way": report(ended=(UNVERIFIED,)),
    "counted": report(ended=(COUNTED,), phases=AT_REST),
    "calibrating": report(
        stage=Stage.CALIBRATING, view=View.UNKNOWN, prompt=EXERCISE.start_prompt, countdown_s=1.4,
        phases={},
    ),
    "calibrating anew": report(
        stage=Stage.CALIBRATING, countdown_s=0.3, ended=(REJECTED,),
        prompt="You have moved. Stand tall and still, both feet on the floor, arms relaxed, and"
        " wait for the count to end before you lift the first knee again.",
    ),
    "nobody": report(person=False, prompt="Nobody is in the picture.", phases=AT_REST),
    "one leg": report(counts={Side.RIGHT: Counts()}, phases={Side.RIGHT: Phase.LOWER}),
    "front": report(view=View.FRONT, counted_deg={Side.LEFT: 88.0}),
    "near a limit": report(closest=replace(LEAN_BACK, worst=-8.0), strain=0.8),
    "a knee past its limit": report(
        active_faults=(SUPPORT,), closest=SUPPORT, strain=1.4,
        counted_deg={Side.LEFT: 40.0}, phases={Side.LEFT: Phase.RISE, Side.RIGHT: Phase.REST},
    ),
}  # fmt: skip


def state(stage: CoachStage = CoachStage.SET, **changes: object) -> CoachState:
    """Return a coached run in its second set."""
    first = SetResult(
        number=1, start_s=4.0, end_s=60.0, target=12,
        counts=Counts(attempts=15, clean=12, compensated=2, unverified=1),
    )  # fmt: skip
    base = CoachState(
        stage=stage, set_number=2, sets=3, target=12, rest_s=60.0, results=(first,),
        counts={Side.LEFT: Counts(attempts=8, clean=7), Side.RIGHT: Counts(attempts=6, clean=6)},
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


NOT_YET = report(stage=Stage.CALIBRATING, view=View.UNKNOWN, phases={}, counted_deg={})
STATES: dict[str, tuple[FrameReport, CoachState]] = {
    **{
        f"placement, {placement.value}": (
            NOT_YET,
            state(
                CoachStage.PLACEMENT,
                placement=placement,
                prompt="Move back a little.",
            ),
        )
        for placement in Placement
    },
    "countdown": (
        replace(NOT_YET, countdown_s=1.2),
        state(CoachStage.COUNTDOWN, countdown_s=1.2, countdown_from_s=2.0, prompt="Stand tall."),
    ),
    "set": (report(), state()),
    "called": (report(phases=AT_REST), state(called=Side.RIGHT)),
    "leaving": (report(phases=AT_REST), state(leaving_s=2.2)),
    "notice": (report(phases=AT_REST), state(notice="12 frames a second are too few.")),
    "paused": (report(), state(paused="Paused. Press space to go on.")),
    "rest": (report(phases=AT_REST), state(CoachStage.REST, rest_left_s=42.0)),
    "long rest": (report(phases=AT_REST), state(CoachStage.REST, rest_left_s=162.0, rest_s=180.0)),
    "summary": (report(ended=(REJECTED,), phases=AT_REST), state(CoachStage.SUMMARY)),
    "empty summary": (NOT_YET, state(CoachStage.SUMMARY, results=())),
}
