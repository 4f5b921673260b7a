"""Through MediaPipe and back: what is counted and measured against what was drawn.

These figures hold for the drawn clips; what they are on real people is another matter.
"""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import Position, View
from formcheck.exercises import get_exercise, slugs
from tests.truth.clips import CLIPS, analysis, each, error, judged_measure, recording, truth

SIDE_CLIPS = [name for name in CLIPS if truth(name).data["view"] == "side"]
FRONT_CLIPS = [name for name in CLIPS if truth(name).data["view"] == "front"]
UPRIGHT = [
    name
    for name in SIDE_CLIPS
    if get_exercise(truth(name).data["exercise"]).position is Position.UPRIGHT
]
#: How far a fault's worst value may be from the drawn one, where both are in degrees.
WORST_DEG = 4.0
#: Mean absolute error of the near leg's angle, measured from its value in the start posture; from a
#: bar the model puts the shoulders too far from the hands, and the trunk's line with them.
NEAR_DEG = {"hanging-leg-raises": 4.0}
USUAL_NEAR_DEG = 3.0
#: How far a clean repetition's peak may be off. Between two frames a fast knee's peak is cut; with
#: both legs straight and one up, the model trades their names near the top.
PEAK_DEG = {"high-knee-runs": 9.0, "alternating-leg-raises": 12.0}
USUAL_PEAK_DEG = 5.5

#: How far a hold may be off, in seconds. In one clip the model trades the legs' names at the first
#: top; which frames it sees decides whether 1.1 or 1.8 of 2.1 are left.
HOLD_S = {"standing-side-lean-back": 1.1}
USUAL_HOLD_S = 0.6
#: How far beginning and end may be off. In one clip the thigh falls by 25 degrees within 0.1 s of a
#: lowering, whichever frames the model sees: the end is told 0.22 to 0.28 s early.
EDGE_S = {"standing-side-right-clean": 0.35}

#: Why a clip fails a test: what the model or the measures are known not to manage.
LIFTS_TOO = (
    "an arched back takes the drawn hips up, which is told as a lifted pelvis beside the arch"
)
JUMPS = (
    "still, the model has this body's thigh 4 to 8 degrees too far back, and for a few frames of a"
    " lift 15 to 25 too low: a fast lowering or a cut hold is told that was none"
)
LEAN = "the model leans this body's trunk by 3 to 5 degrees throughout; the neutral takes it away"


def test_a_clean_and_a_faulty_clip_of_every_exercise_ship() -> None:
    shipped: dict[str, set[bool]] = {slug: set() for slug in slugs()}
    for name in CLIPS:
        found = truth(name)
        shipped[found.data["exercise"]].add(any(rep["faults"] for rep in found.reps))
    assert all(kinds == {True, False} for kinds in shipped.values())


@each()
def test_the_person_is_seen_in_every_frame_and_the_view_is_right(name: str) -> None:
    assert all(pose.is_seen for pose in recording(name).poses)
    assert len(recording(name).poses) == truth(name).data["frame_count"]
    assert analysis(name).session.view is View(truth(name).data["view"])


@each()
def test_every_count_side_and_verdict_is_exact(name: str) -> None:
    found = [(r.side.value, r.verdict.value) for r in analysis(name).session.reps]
    assert found == [(r["side"], r["verdict"]) for r in truth(name).reps]


@each(
    known={
        "supine-marching-back-arch": LIFTS_TOO,
    },
)
def test_every_fault_is_found_and_none_is_invented(name: str) -> None:
    for found, true in zip(analysis(name).session.reps, truth(name).reps, strict=True):
        assert [f.code for f in found.faults] == [f["code"] for f in true["faults"]]
        for fault, drawn in zip(found.faults, true["faults"], strict=True):
            # A swing is drawn to and fro, a gap under the loin in centimetres.
            if fault.unit == drawn["unit"] == "deg" and fault.code != "swing":
                assert abs(fault.worst) == pytest.approx(abs(drawn["worst"]), abs=WORST_DEG)


@each(
    known={
        "standing-side-lean-back": JUMPS,
        "standing-side-right-clean": JUMPS,
    },
)
def test_no_cue_is_invented(name: str) -> None:
    for found, true in zip(analysis(name).session.reps, truth(name).reps, strict=True):
        assert {c.code for c in found.cues} <= set(true["cues"])


@each(
    known={
        "standing-front-lateral-lean": "a raised thigh seen from the front reads 7 degrees high",
    },
)
def test_times_and_holds_are_close(name: str) -> None:
    # The front view sees the last of the lowering late: the knee hides it.
    slack_s = EDGE_S.get(name, 0.25 if name in SIDE_CLIPS else 0.5)
    slug = truth(name).data["exercise"]
    for found, true in zip(analysis(name).session.reps, truth(name).reps, strict=True):
        assert found.start_s == pytest.approx(true["start_s"], abs=slack_s)
        assert found.end_s == pytest.approx(true["end_s"], abs=slack_s)
        assert found.hold_s == pytest.approx(true["hold_s"], abs=HOLD_S.get(name, USUAL_HOLD_S))
        # A trunk that bends takes the hip angle's other side with it.
        slack_deg = 9.0 if true["faults"] else PEAK_DEG.get(slug, USUAL_PEAK_DEG)
        assert found.peak_deg == pytest.approx(true["peak_deg"], abs=slack_deg)


@each(
    SIDE_CLIPS,
    known={
        "standing-side-lean-back": JUMPS,
        "standing-side-right-clean": JUMPS,
    },
)
def test_the_near_legs_judged_angle_is_within_a_few_degrees(name: str) -> None:
    near, measure = truth(name).data["near_side"], judged_measure(name)
    found = error(name, measure.column(Side(near)))
    found = found - np.nanmedian(found[truth(name).column("time_s") < truth(name).calm_end_s])
    assert np.isfinite(found).mean() > 0.95
    limit_deg = NEAR_DEG.get(truth(name).data["exercise"], USUAL_NEAR_DEG)
    assert np.nanmean(np.abs(found)) <= limit_deg


@each(
    UPRIGHT,
    known={
        "high-knee-runs-clean": LEAN,
        "standing-side-right-clean": LEAN,
    },
)
def test_lean_is_within_three_degrees(name: str) -> None:
    assert np.nanmean(np.abs(error(name, "torso_lean_deg"))) <= 3.0


@each(FRONT_CLIPS)
def test_lateral_lean_is_within_three_degrees(name: str) -> None:
    assert np.nanmean(np.abs(error(name, "lateral_lean_deg"))) <= 3.0
