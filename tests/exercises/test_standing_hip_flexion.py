"""Standing hip flexion: every fault, cue and verdict, by table, on an exactly known figure."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import Session, Verdict
from formcheck.core.checker.tag_slip import SLIPPED
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pelvis import NO_TAG, PelvisReading
from formcheck.core.pose.pose import Landmark, Pose, Side
from formcheck.exercises import get_exercise
from tests.stickman import Lift, Stance, clip, hidden, rolled

LEFT_VIEW, FRONT, RIGHT_VIEW = 0.0, 90.0, 180.0
EXERCISE = get_exercise("standing-hip-flexion")
SOURCE = SourceInfo(path="drawn", width=1280, height=960)


def judge(lifts: list[Lift], yaw_deg: float = LEFT_VIEW, **options: object) -> Session:
    edit = options.pop("edit", None) or (lambda pose: pose)
    tag = options.pop("tag", "")
    exercise = options.pop("exercise", EXERCISE)
    checker = FormChecker(exercise, **options)  # type: ignore[arg-type]
    for pose in clip(lifts, yaw_deg=yaw_deg, edit=edit, tag=tag):  # type: ignore[arg-type]
        checker.update(pose)
    return checker.finish(SOURCE)


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW, FRONT, 270.0])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_good_lift_of_either_leg_is_clean_from_side_front_and_back(
    side: str, yaw_deg: float
) -> None:
    session = judge([Lift(side=side)] * 2, yaw_deg)
    assert [(r.side.value, r.verdict) for r in session.reps] == [(side, Verdict.CLEAN)] * 2
    assert all(not r.faults and not r.cues for r in session.reps)


@pytest.mark.parametrize(
    ("code", "at_top", "yaw_deg", "side"),
    [
        ("lean-back", Stance(lean=-18.0), LEFT_VIEW, "left"),
        ("lean-back", Stance(lean=-18.0), RIGHT_VIEW, "left"),
        ("lean-forward", Stance(lean=22.0), LEFT_VIEW, "left"),
        ("lateral-lean", Stance(lateral=17.0), FRONT, "left"),
        ("lateral-lean", Stance(lateral=-17.0), FRONT, "left"),
        ("support-knee-bent", Stance(knee_right=32.0, thigh_right=14.0), LEFT_VIEW, "left"),
        ("support-knee-bent", Stance(knee_left=32.0, thigh_left=14.0), LEFT_VIEW, "right"),
    ],
)
def test_each_fault_voids_exactly_the_repetition_that_has_it(
    code: str, at_top: Stance, yaw_deg: float, side: str
) -> None:
    session = judge([Lift(side=side), Lift(side=side, at_top=at_top), Lift(side=side)], yaw_deg)
    assert [r.verdict.value for r in session.reps] == ["clean", "compensated", "clean"]
    rep = session.reps[1]
    (fault,) = rep.faults
    rule = next(f for f in EXERCISE.faults if f.code == code)
    assert fault.code == code
    assert abs(fault.limit) == abs(rule.limit.value)
    assert abs(fault.worst) > abs(fault.limit)
    assert math.copysign(1, fault.worst) == math.copysign(1, fault.limit)
    assert rep.start_s < fault.at_s < rep.end_s


BEHIND = 270.0


@pytest.mark.parametrize(
    ("code", "hike_left", "side", "yaw_deg", "tag"),
    [
        ("pelvic-hike", 9.0, "left", FRONT, "belly"),
        ("pelvic-drop", -9.0, "left", BEHIND, "sacrum"),
        ("pelvic-hike", -9.0, "right", BEHIND, "sacrum"),
        ("pelvic-drop", 9.0, "right", FRONT, "belly"),
    ],
)
def test_only_a_tag_shows_the_pelvis_hike_and_drop(
    code: str, hike_left: float, side: str, yaw_deg: float, tag: str
) -> None:
    lifts = [Lift(side=side), Lift(side=side, at_top=Stance(hike_left=hike_left))]
    clean, rep = judge(lifts, yaw_deg, tag=tag).reps
    assert (clean.verdict, rep.verdict) == (Verdict.CLEAN, Verdict.COMPENSATED)
    assert [f.code for f in rep.faults] == [code]
    assert abs(rep.faults[0].worst) == pytest.approx(9.0, abs=0.5)
    (rep,) = judge(lifts[1:], yaw_deg).reps
    assert (rep.faults, {u.check: u.reason for u in rep.unchecked}[code]) == ((), NO_TAG)


@pytest.mark.parametrize(
    ("yaw_deg", "tag", "tilt", "worst", "side"),
    [
        (LEFT_VIEW, "left", 8.0, 8.0, "left"),
        (RIGHT_VIEW, "right", 8.0, 8.0, "left"),
        (30.0, "left", 8.0, 8.0, "right"),
        (150.0, "right", 8.0, 8.0, "right"),
        (-30.0, "left", 8.0, 8.0, "left"),
        (LEFT_VIEW, "left", 3.5, None, "right"),
        (LEFT_VIEW, "left", -15.0, None, "left"),
    ],
)
def test_a_pelvis_that_tips_forward_is_a_fault_and_backwards_is_none(
    yaw_deg: float, tag: str, tilt: float, worst: float | None, side: str
) -> None:
    session = judge([Lift(side=side, at_top=Stance(tilt=tilt))], yaw_deg, tag=tag)
    for rep in session.reps:
        assert [f.code for f in rep.faults] == ([] if worst is None else ["anterior-tilt"])
        assert worst is None or rep.faults[0].worst == pytest.approx(worst, abs=0.6)
        assert rep.pelvic_tilt_deg == pytest.approx(tilt, abs=0.6)
        assert "anterior-tilt" not in {u.check for u in rep.unchecked}


@pytest.mark.parametrize("code", ["lean-back", "lean-forward"])
def test_a_lean_that_takes_the_pelvis_along_is_named_alone(code: str) -> None:
    lean = {"lean-back": -18.0, "lean-forward": 22.0}[code]
    (rep,) = judge([Lift(at_top=Stance(lean=lean, tilt=9.0))], tag="left").reps
    assert [f.code for f in rep.faults] == [code]


@pytest.mark.parametrize(
    ("yaw_deg", "tag"), [(LEFT_VIEW, "sacrum"), (FRONT, "left"), (70.0, "left"), (20.0, "belly")]
)
def test_a_tag_that_faces_past_the_camera_judges_nothing(yaw_deg: float, tag: str) -> None:
    (rep,) = judge([Lift(at_top=Stance(tilt=12.0, hike_left=12.0))], yaw_deg, tag=tag).reps
    assert not {"anterior-tilt", "pelvic-hike"} & {f.code for f in rep.faults}


def slid(after_s: float, by_deg: float, until_s: float = math.inf) -> Callable[[Pose], Pose]:
    """Turns the tag from a moment on, as if it slid on the cloth."""

    def edit(pose: Pose) -> Pose:
        if pose.pelvis is None or not after_s <= pose.time_s < until_s:
            return pose
        turn_deg = pose.pelvis.turn_deg - by_deg
        return replace(pose, pelvis=replace(pose.pelvis, turn_deg=turn_deg))

    return edit


@pytest.mark.parametrize(("after_s", "by_deg"), [(4.0, 9.0), (4.0, -9.0), (8.0, 9.0)])
def test_a_tag_that_slips_is_told_and_not_measured(after_s: float, by_deg: float) -> None:
    session = judge([Lift(), Lift(), Lift()], tag="left", edit=slid(after_s, by_deg))
    assert all(rep.verdict is Verdict.CLEAN for rep in session.reps)
    told = [{u.check: u.reason for u in rep.unchecked}.get("anterior-tilt") for rep in session.reps]
    assert told == ([SLIPPED] * 3 if after_s < 7.0 else [None, SLIPPED, SLIPPED])
    assert any("slipped" in problem for problem in session.problems)


@pytest.mark.parametrize("doubt", ["", "the pelvis tag is bent"])
def test_a_tag_that_is_covered_or_doubted_is_told(doubt: str) -> None:
    def edit(pose: Pose) -> Pose:
        gone = PelvisReading(doubt=doubt) if doubt else None
        return replace(pose, pelvis=gone) if 4.0 < pose.time_s < 6.0 else pose

    (rep,) = judge([Lift()], tag="left", edit=edit).reps
    why = {u.check: u.reason for u in rep.unchecked}["anterior-tilt"]
    assert why.startswith("the pelvis tag not seen for 2.0 s")
    assert doubt in why


@pytest.mark.parametrize(
    ("at_top", "yaw_deg"),
    [
        (Stance(lean=-8.0), LEFT_VIEW),
        (Stance(lean=12.0), LEFT_VIEW),
        (Stance(lateral=8.0), FRONT),
        (Stance(knee_right=15.0, thigh_right=7.0), LEFT_VIEW),
    ],
)
def test_less_than_a_limit_is_clean(at_top: Stance, yaw_deg: float) -> None:
    session = judge([Lift(at_top=at_top)], yaw_deg)
    assert [r.verdict for r in session.reps] == [Verdict.CLEAN]


def test_faults_are_changes_from_the_persons_own_neutral() -> None:
    bent = Stance(lean=6.0)
    checker = FormChecker(EXERCISE)
    from tests.stickman import pose

    for index in range(80):
        checker.update(pose(bent, index / 30))
    for shown in clip([Lift(at_top=Stance(lean=-6.0))], start_s=80 / 30, calm_s=0.1):
        checker.update(shown)
    (rep,) = checker.finish(SOURCE).reps
    assert rep.faults[0].code == "lean-back"
    assert rep.faults[0].worst == pytest.approx(-12.0, abs=1.0)


@pytest.mark.parametrize(
    ("lift", "cue"),
    [
        (Lift(hold_s=0.1, rise_s=0.7, lower_s=1.5), "short-hold"),
        (Lift(lower_s=0.7), "fast-lowering"),
        (Lift(peak=82.5), "low-peak"),
    ],
)
def test_a_cue_coaches_and_voids_only_when_strict(lift: Lift, cue: str) -> None:
    (rep,) = judge([lift]).reps
    assert rep.verdict is Verdict.CLEAN
    assert cue in [c.code for c in rep.cues]
    (rep,) = judge([lift], strict=True).reps
    assert rep.verdict is Verdict.COMPENSATED
    assert cue in [f.code for f in rep.faults]


def test_a_hold_too_near_to_tell_is_unverified_when_strict() -> None:
    # The leg comes down so slowly that it stays near the top for longer than the hold lacks.
    (rep,) = judge([Lift(hold_s=0.5, lower_s=2.2)], strict=True).reps
    assert rep.verdict is Verdict.UNVERIFIED
    assert "hold" in [u.check for u in rep.unchecked]


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, FRONT])
def test_a_low_lift_is_partial(yaw_deg: float) -> None:
    (rep,) = judge([Lift(peak=62.0)], yaw_deg).reps
    assert rep.verdict is Verdict.PARTIAL
    assert rep.peak_deg == pytest.approx(62.0, abs=3.0)


def test_legs_are_counted_each_by_itself() -> None:
    session = judge([Lift(side=s) for s in ("left", "right", "left")], FRONT)
    assert {s.value: c.clean for s, c in session.by_side.items()} == {"left": 2, "right": 1}


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_only_the_leg_asked_for_is_counted(side: Side) -> None:
    session = judge([Lift(side=s) for s in ("left", "right", "left")], FRONT, side=side)
    assert {r.side for r in session.reps} == {side}


@pytest.mark.parametrize("yaw_deg", [25.0, 35.0, 45.0, 55.0, 125.0, 145.0])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_lift_seen_from_an_oblique_view_is_clean(yaw_deg: float, side: str) -> None:
    (rep,) = judge([Lift(side=side, peak=90.0)], yaw_deg).reps
    assert rep.verdict is Verdict.CLEAN
    assert rep.peak_deg == pytest.approx(90.0, abs=5.0)
    assert not {u.check for u in rep.unchecked} & {"leaning", "lean-back", "lateral-lean"}


@pytest.mark.parametrize(
    ("stance", "yaws_deg"),
    [
        (Stance(lean=-18.0), (25.0, 35.0, 45.0, 55.0)),
        (Stance(lean=26.0), (25.0, 35.0, 45.0)),
        (Stance(lateral=18.0), (40.0, 45.0, 55.0)),
        (Stance(lateral=-18.0), (40.0, 45.0, 55.0)),
    ],
)
def test_a_lean_of_either_kind_shows_in_an_oblique_view(
    stance: Stance, yaws_deg: tuple[float, ...]
) -> None:
    for yaw_deg in yaws_deg:
        (rep,) = judge([Lift(at_top=stance)], yaw_deg).reps
        assert rep.verdict is Verdict.COMPENSATED, yaw_deg
        assert [fault.code for fault in rep.faults] == ["leaning"]
        (fault,) = rep.faults
        assert 7.5 <= abs(fault.limit) <= 10.0 or fault.limit == pytest.approx(15.0, abs=5.0)


@pytest.mark.parametrize("roll_deg", [-12.0, -8.0, 8.0, 12.0])
@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
def test_a_camera_that_hangs_is_levelled(roll_deg: float, yaw_deg: float) -> None:
    def hung(pose: Pose) -> Pose:
        return rolled(pose, roll_deg)

    lifts = [Lift(peak=89.0), Lift(peak=72.0), Lift(at_top=Stance(lean=-18.0))]
    session = judge(lifts, yaw_deg, edit=hung)
    assert [rep.verdict for rep in session.reps] == [
        Verdict.CLEAN,
        Verdict.PARTIAL,
        Verdict.COMPENSATED,
    ]
    assert session.calibration is not None
    assert session.calibration.scene.roll_deg == pytest.approx(roll_deg, abs=1.5)


def test_what_the_view_cannot_show_is_listed() -> None:
    (side_rep,) = judge([Lift()], LEFT_VIEW).reps
    (front_rep,) = judge([Lift()], FRONT).reps
    assert {u.check for u in side_rep.unchecked} == {
        "lateral-lean",
        "pelvic-hike",
        "pelvic-drop",
        "anterior-tilt",
    }
    assert {u.check for u in front_rep.unchecked} == {
        "lean-back",
        "lean-forward",
        "support-knee-bent",
        "pelvic-hike",
        "pelvic-drop",
        "anterior-tilt",
        "fast-lowering",
        "low-peak",
    }


def during(start_s: float, end_s: float, *landmarks: Landmark):  # type: ignore[no-untyped-def]
    def edit(pose: Pose) -> Pose:
        return hidden(pose, *landmarks) if start_s <= pose.time_s < end_s else pose

    return edit


def test_a_trunk_hidden_during_the_hold_cannot_be_called_clean() -> None:
    edit = during(3.0, 6.0, Landmark.LEFT_SHOULDER)
    (rep,) = judge([Lift()], edit=edit).reps
    assert rep.verdict is Verdict.UNVERIFIED
    reason = next(u.reason for u in rep.unchecked if u.check == "lean-back")
    assert "shoulder and hip not seen" in reason


def test_a_hidden_far_leg_leaves_the_supporting_knee_unchecked_and_the_rep_clean() -> None:
    edit = during(0.0, 99.0, Landmark.RIGHT_KNEE)
    (rep,) = judge([Lift()], edit=edit).reps
    assert rep.verdict is Verdict.CLEAN
    assert "support-knee-bent" in {u.check for u in rep.unchecked}


def test_a_leg_lost_from_sight_is_unverified_with_the_reason() -> None:
    edit = during(4.0, 4.9, Landmark.LEFT_KNEE)
    (rep,) = judge([Lift()], edit=edit).reps
    assert rep.verdict is Verdict.UNVERIFIED
    assert "lost from sight" in rep.unchecked[0].reason


def test_a_fault_that_was_seen_outranks_what_was_not() -> None:
    edit = during(0.0, 99.0, Landmark.RIGHT_KNEE)
    (rep,) = judge([Lift(at_top=Stance(lean=-18.0))], edit=edit).reps
    assert rep.verdict is Verdict.COMPENSATED


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, FRONT, 45.0])
def test_a_squat_is_no_repetition(yaw_deg: float) -> None:
    squat = Lift(plants_foot=True, at_top=Stance(lean=25.0))
    assert judge([squat] * 3, yaw_deg).reps == ()


def test_a_seat_taken_with_a_foot_hidden_for_a_while_is_no_repetition() -> None:
    seat = Lift(plants_foot=True, hold_s=4.0, at_top=Stance(lean=25.0))
    assert judge([seat], edit=during(3.0, 5.0, Landmark.RIGHT_ANKLE)).reps == ()


def test_what_may_be_another_movement_is_never_called_compensated() -> None:
    # The feet are hardly ever seen: a lean then is no fault of a repetition nobody could vouch for.
    leaning = Lift(at_top=Stance(lean=-18.0))
    (rep,) = judge([leaning], edit=during(3.2, 99.0, Landmark.RIGHT_ANKLE)).reps
    assert rep.verdict is Verdict.UNVERIFIED
    assert [fault.code for fault in rep.faults] == ["lean-back"]
    assert rep.unchecked[0].check == "repetition"


def test_walking_into_place_counts_nothing() -> None:
    steps = [
        Lift(side=s, peak=38.0, rise_s=0.3, hold_s=0.0, lower_s=0.3, rest_s=0.0)
        for s in ("left", "right") * 6
    ]
    assert judge(steps).reps == ()


def test_feet_out_of_the_picture_are_said_and_never_clean() -> None:
    ankles = (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE)
    (rep,) = judge([Lift()], edit=during(0.0, 99.0, *ankles), yaw_deg=FRONT).reps
    assert rep.verdict is Verdict.UNVERIFIED
    assert "both ankles not seen" in rep.unchecked[0].reason


@pytest.mark.parametrize("fps", [15.0, 24.0, 30.0, 60.0])
def test_the_frame_rate_changes_no_verdict(fps: float) -> None:
    lifts = [Lift(), Lift(at_top=Stance(lean=-18.0)), Lift(peak=62.0)]
    checker = FormChecker(EXERCISE)
    for pose in clip(lifts, fps=fps):
        checker.update(pose)
    verdicts = [r.verdict.value for r in checker.finish(SOURCE).reps]
    assert verdicts == ["clean", "compensated", "partial"]


def test_ten_millimetres_of_jitter_raise_no_false_alarm() -> None:
    checker = FormChecker(EXERCISE)
    for pose in clip([Lift(hold_s=2.4)] * 12, fps=30.0, noise_m=0.010, distance_m=3.0, seed=7):
        checker.update(pose)
    session = checker.finish(SOURCE)
    assert session.counts.attempts == 12
    assert [f.code for r in session.reps for f in r.faults] == []
