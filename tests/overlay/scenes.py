"""Reports and poses to draw: every state the overlay has, in any frame size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from formcheck.exercise import Phase
from formcheck.exercises import get_exercise
from formcheck.faults import Finding, Unchecked
from formcheck.frame import Image
from formcheck.pose import Pose, Side
from formcheck.session import Counts, FrameReport, Rep, Stage, Verdict
from formcheck.view import View
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
    "front": report(view=View.FRONT, measures={"thigh_elevation_left_deg": 88.0}),
}  # fmt: skip
