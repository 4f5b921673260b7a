"""The neutrals of a recording: which stretch, which vantages, and what where there is none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.recorded_neutrals import complaint, find_neutrals
from formcheck.core.checker.session import Session, Verdict
from formcheck.core.checker.verdict import CUT_OFF
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import MIRROR_PAIRS, Landmark, Pose
from formcheck.core.pose.view import View
from formcheck.exercises import get_exercise
from tests.stickman import Lift, Stance, clip, hidden, pose, steps

EXERCISE, RUN = get_exercise("standing-hip-flexion"), get_exercise("high-knee-runs")
SLR, MARCH = get_exercise("straight-leg-raise"), get_exercise("supine-marching")
BACK = Stance(pitch=-90.0, arm=180.0)
BENT = BACK.plus(Stance(thigh_right=45.0, knee_right=90.0))
CENTRE = np.array([640.0, 480.0])


def still(stance: Stance, seconds: float) -> list[Pose]:
    return [pose(stance, i / 30) for i in range(round(30 * seconds))]


def joined(*parts: Iterable[Pose]) -> list[Pose]:
    """The parts one after the other, as if cut together."""
    poses: list[Pose] = []
    for part in map(list, parts):
        start_s = poses[-1].time_s + 1 / 30 if poses else 0.0
        poses += [replace(p, time_s=start_s + p.time_s - part[0].time_s) for p in part]
    return poses


def zoomed(poses: Iterable[Pose], share: float) -> list[Pose]:
    return [replace(p, image_px=CENTRE + (p.image_px - CENTRE) * share) for p in poses]


def hollow(poses: Iterable[Pose], gap: float) -> list[Pose]:
    return [replace(p, lumbar_gap=gap) for p in poses]


def judged(poses: Sequence[Pose], exercise: Exercise) -> Session:
    found = find_neutrals(poses, exercise)
    first = found[0] if found else None
    checker = FormChecker(exercise, calibration=first, others=found[1:])
    for shown in poses:
        checker.update(shown)
    return checker.finish(SourceInfo(path="drawn", width=1280, height=960))


def verdicts(session: Session) -> list[str]:
    return [rep.verdict.value for rep in session.reps]


def test_the_calmest_stretch_is_found_wherever_it_is() -> None:
    restless = [pose(Stance(lean=2 * math.sin(2 * i)), i / 30) for i in range(150)]
    calm = [pose(Stance(lean=1.0), 5.0 + i / 30) for i in range(90)]
    lifts = list(clip([Lift()], start_s=8.0, calm_s=0.5))
    (found,) = find_neutrals([*restless, *calm, *lifts], EXERCISE)
    assert found.calm and 4.9 <= found.start_s <= 6.1
    assert found.neutral["torso_lean_deg"] == pytest.approx(1.0, abs=0.1)


def test_a_hidden_far_ankle_does_not_keep_from_calibrating() -> None:
    poses = [hidden(p, Landmark.RIGHT_ANKLE, Landmark.RIGHT_KNEE) for p in still(Stance(), 3.0)]
    (found,) = find_neutrals(poses, EXERCISE)
    own, other = (found.neutral[f"knee_flexion_{side}_deg"] for side in ("right", "left"))
    assert own == other


@pytest.mark.parametrize(
    ("rest_s", "hold_s"), [(2.3, 6.0), (2.1, 20.0)], ids=["a held top", "held for most of it"]
)
def test_the_held_top_is_not_the_neutral(rest_s: float, hold_s: float) -> None:
    # The body trembles a little at rest, and is as still as a stone at the top.
    rng = np.random.default_rng(4)
    lift = Lift(base=BENT, peak=14.0, knee=0.0, hold_s=hold_s, rest_s=rest_s)
    poses = [
        replace(p, image_px=p.image_px + (rng.normal(0, 1.0, p.image_px.shape) if low else 0.0))
        for p in clip([lift], calm_s=rest_s)
        for low in [p.time_s < rest_s or p.time_s > rest_s + hold_s + 3.0]
    ]
    session = judged(poses, SLR)
    assert session.calibration is not None
    assert session.calibration.neutral["leg_elevation_left_deg"] == pytest.approx(0.0, abs=1.0)
    assert [(r.side.value, round(r.peak_deg)) for r in session.reps] == [("left", 14)]


@pytest.mark.parametrize("sinks_deg", [0.0, 5.5])
@pytest.mark.parametrize("rest_s", [0.8, 1.4])
def test_rests_too_short_for_a_neutral_give_one_together(rest_s: float, sinks_deg: float) -> None:
    # While one leg is held up, the ankle of the other, bent one sinks a little.
    sunk = Stance(knee_right=2.0 * sinks_deg)
    lift = Lift(base=BENT, peak=14.0, knee=0.0, hold_s=4.0, rest_s=rest_s, at_top=sunk)
    # The film begins with the leg held up.
    end_s = 0.5 + 4 * lift.duration_s
    shown = [p for p in clip([lift] * 4, calm_s=0.5) if 1.6 < p.time_s < end_s]
    session = judged(joined(shown), SLR)
    assert session.calibration is not None and session.calibration.calm
    assert session.calibration.neutral["leg_elevation_left_deg"] == pytest.approx(0.0, abs=1.0)
    assert [(r.side.value, round(r.peak_deg)) for r in session.reps[-3:]] == [("left", 14)] * 3


def test_a_hollow_back_is_somebody_s_neutral_and_an_arch_is_a_change_from_it() -> None:
    lift = Lift(base=BENT, peak=14.0, knee=0.0)
    calm = hollow(clip([lift, lift]), 0.06)
    assert verdicts(judged(calm, SLR)) == ["clean", "clean"]
    arched = [replace(p, lumbar_gap=0.11 if p.time_s > 9.0 else 0.06) for p in calm]
    assert verdicts(judged(arched, SLR)) == ["clean", "compensated"]
    assert any("lumbar gap 6.0 %" in said for said in judged(calm, SLR).problems)


TURN = joined(clip([Lift(), Lift()]), clip([Lift(side="right")] * 3, yaw_deg=90.0))
ROUND = joined(clip([Lift()] * 2), clip([Lift(side="right")] * 2, yaw_deg=180.0), clip([Lift()]))
ZOOM = joined(clip([Lift()] * 2), zoomed(clip([Lift()] * 2), 1.3))


@pytest.mark.parametrize(
    ("poses", "views", "clean"),
    [
        (TURN, [View.SIDE, View.FRONT], 5),
        (ROUND, [View.SIDE, View.SIDE], 5),
        (ZOOM, [View.SIDE, View.SIDE], 4),
    ],
    ids=["side then front", "turned round and back", "zoomed in"],
)
def test_each_view_and_place_has_a_neutral_and_no_repetition_is_lost(
    poses: list[Pose], views: list[View], clean: int
) -> None:
    assert [found.scene.view for found in find_neutrals(poses, EXERCISE)] == views
    session = judged(poses, EXERCISE)
    assert verdicts(session) == ["clean"] * clean
    assert session.problems == ()


def test_a_view_without_a_start_posture_goes_on_from_the_run_s_own_phases() -> None:
    side = list(steps(10, 2.5))
    front = [p for p in steps(30, 2.5, yaw_deg=90.0) if 4.0 <= p.time_s < 12.0]
    session = judged(joined(side, front), RUN)
    assert session.counts.attempts >= 10 + 0.85 * 20
    assert session.counts.clean >= 10 + 0.85 * 20


def mirrored(poses: Iterable[Pose]) -> list[Pose]:
    """The same as a camera on the other side sees them."""
    order = list(range(len(Landmark)))
    for left, right in MIRROR_PAIRS:
        order[left], order[right] = right, left
    found = []
    for p in poses:
        points = p.image_px[order]
        points[:, 0] = 2 * CENTRE[0] - points[:, 0]
        found.append(replace(p, image_px=points, visibility=p.visibility[order]))
    return found


OBLIQUE = [p for p in steps(30, 2.5, yaw_deg=40.0) if 4.0 <= p.time_s < 12.0]


@pytest.mark.parametrize(
    ("parts", "most_unverified"),
    [
        ([OBLIQUE[:75], zoomed(OBLIQUE[75:150], 0.6), OBLIQUE[150:]], 4),
        ([OBLIQUE[:75], mirrored(OBLIQUE[75:150]), OBLIQUE[150:]], 4),
        ([zoomed(OBLIQUE[:60], 0.5), OBLIQUE[60:66], mirrored(OBLIQUE[66:])], 4),
    ],
    ids=["near and far", "both sides", "an effect in between"],
)
def test_a_film_that_is_cut_is_judged_in_all_of_its_parts(
    parts: list[list[Pose]], most_unverified: int
) -> None:
    session = judged(joined(*parts), RUN)
    assert session.counts.attempts >= 18
    assert session.counts.compensated == session.counts.partial == 0
    unsure = [rep.unchecked[0].reason for rep in session.reps if rep.verdict is Verdict.UNVERIFIED]
    assert len(unsure) <= most_unverified and set(unsure) <= {CUT_OFF}


def test_a_part_without_a_start_posture_is_unverified_from_its_first_frame_on() -> None:
    lean = Stance(lean=-25.0)
    leaning = steps(12, 2.5, base=lean, calm_s=0.0, yaw_deg=40.0)
    briefly = zoomed((p for p in leaning if p.time_s < 1.2), 0.5)
    session = judged(joined(OBLIQUE[:90], briefly), RUN)
    assert all(rep.verdict is not Verdict.CLEAN for rep in session.reps if rep.end_s > 3.0)


def test_a_run_from_the_first_frame_on_is_judged() -> None:
    poses = joined([p for p in steps(30, 2.5) if 4.0 <= p.time_s < 12.0])
    (found,) = find_neutrals(poses, RUN)
    assert found.known and not found.calm
    session = judged(poses, RUN)
    assert session.counts.clean >= 18
    # The film begins and ends in mid-step.
    unsure = [rep.unchecked[0].reason for rep in session.reps if rep.verdict is Verdict.UNVERIFIED]
    assert unsure in ([], [CUT_OFF], [CUT_OFF, CUT_OFF])


def test_marching_without_a_pause_is_judged() -> None:
    lifts = [Lift(side=side, hold_s=0.3, lower_s=1.2, rest_s=0.0) for side in ("left", "right")] * 4
    poses = [p for p in clip(lifts, calm_s=0.0) if p.time_s < sum(x.duration_s for x in lifts)]
    session = judged(poses, EXERCISE)
    assert session.counts.attempts == 8 and session.counts.unverified == 0


def test_a_lean_out_of_a_lunge_makes_no_fault_of_an_upright_trunk() -> None:
    lunge = Stance(thigh_left=55.0, knee_left=70.0, thigh_right=-25.0, knee_right=35.0, lean=20.0)
    drive = Stance(
        thigh_left=-55.0, knee_left=-70.0, thigh_right=115.0, knee_right=55.0, lean=-20.0
    )
    lift = Lift(base=lunge, at_top=drive, peak=0.0, knee=0.0)
    session = judged(list(clip([lift] * 3)), EXERCISE)
    assert verdicts(session) == ["clean"] * 3
    assert any("torso lean 20°" in said for said in session.problems)


def test_without_a_start_posture_attempts_are_found_and_unverified() -> None:
    # Legs stretched out at rest are not the start posture of a march.
    poses = list(clip([Lift(base=BACK, peak=95.0, side=side) for side in ("left", "right")] * 3))
    found = find_neutrals(poses, MARCH)
    assert found and not any(neutral.known for neutral in found)
    session = judged(poses, MARCH)
    assert session.calibration is None and session.view is View.SIDE
    assert len(session.reps) == 6
    assert {rep.verdict for rep in session.reps} == {Verdict.UNVERIFIED}
    assert all("start posture" in rep.unchecked[0].reason for rep in session.reps)


def test_leg_raises_without_a_bar_are_not_checked() -> None:
    poses = list(clip([Lift(side="both", peak=100.0, hold_s=0.3)] * 4))
    session = judged(poses, get_exercise("hanging-leg-raises"))
    assert [rep.verdict for rep in session.reps] == [Verdict.UNVERIFIED] * 4
    assert all("start posture" in rep.unchecked[0].reason for rep in session.reps)


@pytest.mark.parametrize(
    "poses",
    [
        still(Stance(thigh_left=90.0, knee_left=90.0), 4.0),
        still(Stance(lean=60.0), 4.0),
        [Pose.unseen(i / 30, (640, 480)) for i in range(90)],
        list(clip([Lift(base=Stance(pitch=80.0))] * 3)),
    ],
    ids=["a held leg", "bent over", "nobody", "on all fours"],
)
def test_what_is_another_posture_all_along_has_no_neutral(poses: list[Pose]) -> None:
    assert find_neutrals(poses, EXERCISE) == ()
    assert complaint(poses, EXERCISE)


def test_a_walk_through_the_picture_is_no_set() -> None:
    walked = [
        replace(p, image_px=p.image_px + np.array([260.0 * p.time_s - 500.0, 0.0]))
        for p in steps(12, 2.0, peak=60.0, calm_s=0.0)
        if p.time_s < 4.0
    ]
    assert find_neutrals(walked, EXERCISE) == ()


@pytest.mark.parametrize(
    ("poses", "said"),
    [
        (still(Stance(), 1.0), "Keep still."),
        (still(Stance(lean=50.0), 1.0), "Stand upright."),
        (still(Stance(thigh_left=90, knee_left=90), 1.0), "Put both feet on the floor."),
        (
            [
                replace(p, image_px=p.image_px + np.array([0.0, 400.0]))
                for p in still(Stance(), 1.0)
            ],
            "Tilt the camera: your knees and feet are out of the picture.",
        ),
        ([hidden(p, *Landmark) for p in still(Stance(), 1.0)], EXERCISE.step_in),
    ],
)
def test_what_kept_a_recording_from_a_neutral(poses: list[Pose], said: str) -> None:
    assert complaint(poses, EXERCISE) == said


@pytest.mark.parametrize(("share", "kept"), [(0.86, False), (1.14, False), (0.6, True)])
def test_what_has_no_neutral_beside_what_has_one_does_not_judge(share: float, kept: bool) -> None:
    climb, held = get_exercise("mountain-climbers"), Stance(pitch=75.0, arm=75.0)
    # One leg stays drawn up at first, a little nearer or farther: that is no start posture.
    drawn_up = held.plus(Stance(thigh_left=75.0, knee_left=90.0))
    first = [p for p in steps(12, 2.5, base=drawn_up) if p.time_s > 2.5]
    rest = [p for p in steps(16, 2.5, base=held) if p.time_s > 2.5]
    poses = joined(zoomed(first, share), rest)
    assert [found.known for found in find_neutrals(poses, climb)] == [False, True][not kept :]
    # What is far enough to be noticed is left again where the other neutral holds.
    told = verdicts(judged(poses, climb))
    assert len(told) >= 16 and set(told) == {"clean"}
