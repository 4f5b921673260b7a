"""FormChecker as a whole: stages, places, what a stream can do to it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.recorded_neutrals import find_neutrals
from formcheck.core.checker.session import Rep, Session, Stage
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Pose, Side
from formcheck.core.pose.view import View
from formcheck.exercises import get_exercise
from tests.stickman import Lift, Stance, clip, pose, steps

EXERCISE = get_exercise("standing-hip-flexion")
SOURCE = SourceInfo(path="drawn", width=1280, height=960)
SET = [Lift(), Lift(at_top=Stance(lean=-18.0)), Lift(peak=62.0), Lift(hold_s=0.6)]


def run(poses: Iterator[Pose] | list[Pose], checker: FormChecker | None = None) -> Session:
    checker = checker or FormChecker(EXERCISE)
    for shown in poses:
        checker.update(shown)
    return checker.finish(SOURCE)


def essence(reps: tuple[Rep, ...]) -> list[tuple[object, ...]]:
    return [(r.side, r.verdict, [f.code for f in r.faults], [c.code for c in r.cues]) for r in reps]


def test_it_waits_for_the_start_posture_counts_down_and_then_counts() -> None:
    checker = FormChecker(EXERCISE)
    reports = [checker.update(p) for p in clip([Lift()])]
    assert reports[0].stage is Stage.CALIBRATING
    assert any(r.countdown_s is not None for r in reports[:60])
    assert reports[-1].stage is Stage.COUNTING
    assert reports[-1].counts[Side.LEFT].clean == 1
    assert [rep.number for r in reports for rep in r.ended] == [1]


@pytest.mark.parametrize(
    ("lifts", "calm_s"),
    [
        ([Lift(hold_s=0.4, rest_s=0.2)] * 3, 0.2),
        ([Lift(), Lift(at_top=Stance(lean=-18.0), rest_s=2.5), Lift()], 0.4),
        ([Lift(rest_s=3.0)], 0.3),
    ],
    ids=["never still", "still after two", "still after one"],
)
def test_what_is_done_before_the_neutral_is_known_counts_as_in_a_recording(
    lifts: list[Lift], calm_s: float
) -> None:
    poses = list(clip(lifts, calm_s=calm_s))
    neutrals = find_neutrals(poses, EXERCISE)
    recorded = run(poses, FormChecker(EXERCISE, calibration=neutrals[0], others=neutrals[1:]))
    assert essence(run(poses).reps) == essence(recorded.reps)
    assert len(recorded.reps) == len(lifts)


def test_repetitions_made_up_for_are_told_once_and_in_order() -> None:
    checker = FormChecker(EXERCISE)
    reports = [checker.update(p) for p in clip([Lift(hold_s=0.2, rest_s=0.2)] * 4, calm_s=0.2)]
    told = [rep.number for r in reports for rep in r.ended]
    assert [*told, *(rep.number for rep in checker.end())] == [1, 2, 3, 4]
    first = next(r for r in reports if r.ended)
    assert first.stage is Stage.COUNTING
    assert first.time_s - first.ended[0].end_s > 1.0


def test_standing_about_makes_no_neutral_of_its_own() -> None:
    sways = [Lift(peak=8.0, rise_s=0.3, hold_s=0.1, lower_s=0.3, rest_s=0.1)] * 20
    checker = FormChecker(EXERCISE)
    for shown in clip(sways, calm_s=0.0):
        checker.update(shown)
    assert checker.calibration is None


def test_a_neutral_from_the_whole_recording_gives_the_same_repetitions_as_the_live_one() -> None:
    poses = list(clip(SET))
    live = run(poses)
    (neutral,) = find_neutrals(poses, EXERCISE)
    recorded = run(poses, FormChecker(EXERCISE, calibration=neutral))
    assert essence(live.reps) == essence(recorded.reps)
    assert [r.start_s for r in live.reps] == pytest.approx([r.start_s for r in recorded.reps])


def test_time_may_begin_anywhere() -> None:
    early, late = run(clip(SET)), run(clip(SET, start_s=86_400.0))
    assert essence(early.reps) == essence(late.reps)
    assert late.reps[0].start_s - early.reps[0].start_s == pytest.approx(86_400.0)


def test_irregular_frame_times_give_the_same_verdicts() -> None:
    rng = np.random.default_rng(5)
    dense = list(clip(SET, fps=120.0))
    kept = [p for p in dense if rng.random() < 0.25]
    assert essence(run(kept).reps) == essence(run(dense).reps)


def test_two_checkers_share_nothing() -> None:
    run(clip(SET))
    assert FormChecker(EXERCISE).finish(SOURCE).reps == ()


def nearer(shown: Pose, share: float) -> Pose:
    centre = np.array(shown.frame_size_px) / 2
    return replace(shown, image_px=centre + (shown.image_px - centre) * share)


def test_who_steps_nearer_is_calibrated_anew_and_keeps_what_was_counted() -> None:
    first = list(clip([Lift()]))
    last_s = first[-1].time_s
    second = [nearer(p, 1.3) for p in clip([Lift()], start_s=last_s + 1 / 30, calm_s=5.0)]
    checker = FormChecker(EXERCISE)
    reports = [checker.update(p) for p in [*first, *second]]
    assert any(r.stage is Stage.CALIBRATING for r in reports[len(first) :])
    assert [r.number for r in checker.finish(SOURCE).reps] == [1, 2]


def test_who_leaves_and_comes_back_to_the_same_place_needs_no_new_neutral() -> None:
    first = list(clip([Lift()]))
    last_s = first[-1].time_s
    away = [Pose.unseen(last_s + i / 30, (1280, 960)) for i in range(1, 90)]
    again = list(clip([Lift()], start_s=last_s + 3.1, calm_s=0.3))
    assert run([*first, *away, *again]).counts.clean == 2


def test_a_person_who_turns_during_the_repetition_is_not_called_clean() -> None:
    poses = []
    for index, shown in enumerate(clip([Lift(hold_s=4.0)])):
        turned = index > 100
        stance = Lift(hold_s=4.0).stance(shown.time_s - 2.6)
        poses.append(pose(stance, shown.time_s, yaw_deg=45.0) if turned else shown)
    reps = run(poses).reps
    assert [r.verdict.value for r in reps] in (["unverified"], [])


def turned(poses: Iterator[Pose], start_s: float) -> list[Pose]:
    return [replace(p, time_s=start_s + p.time_s) for p in poses]


def test_who_turns_back_to_an_earlier_view_needs_no_new_neutral() -> None:
    first = list(clip([Lift()]))
    front = turned(clip([Lift()], yaw_deg=90.0), first[-1].time_s + 1 / 30)
    again = turned(clip([Lift(), Lift()], calm_s=1.0), front[-1].time_s + 1 / 30)
    session = run([*first, *front, *again])
    assert [r.verdict.value for r in session.reps] == ["clean"] * 4
    assert session.calibration is not None and session.calibration.scene.view is View.SIDE


def test_what_was_done_where_no_start_posture_was_shown_is_named_with_its_times() -> None:
    first = list(clip([Lift()]))
    away = turned(clip([Lift()], yaw_deg=90.0, calm_s=0.0), first[-1].time_s + 1 / 30)
    session = run([*first, *[p for p in away if p.time_s < away[0].time_s + 6.0]])
    assert [r.number for r in session.reps] == [1]
    (said,) = session.problems
    begin_s, end_s = (float(word) for word in said.split() if "." in word and word[0].isdigit())
    assert begin_s == pytest.approx(first[-1].time_s, abs=1.5)
    assert end_s == pytest.approx(away[0].time_s + 6.0, abs=0.5)


def test_who_marches_on_after_a_turn_is_counted_again_without_a_pause() -> None:
    exercise = get_exercise("high-knee-runs")
    side = list(steps(10, 2.0))
    front = [p for p in steps(50, 2.0, yaw_deg=90.0) if 4.0 <= p.time_s < 26.0]
    front = turned(iter(front), side[-1].time_s - 4.0 + 1 / 30)
    session = run([*side, *front], FormChecker(exercise))
    late = [rep for rep in session.reps if rep.start_s > front[0].time_s + 9.0]
    assert len(late) >= 22 and {rep.verdict.value for rep in late} == {"clean"}


def test_without_a_neutral_movements_are_measured_and_found_but_never_judged() -> None:
    poses = list(clip(SET))
    (known,) = find_neutrals(poses, EXERCISE)
    unknown = dict.fromkeys(known.neutral, math.nan)
    checker = FormChecker(EXERCISE, calibration=replace(known, neutral=unknown, sd=unknown))
    reports = [checker.update(p) for p in poses]
    session = checker.finish(SOURCE)
    assert [r.verdict.value for r in session.reps] == ["unverified"] * len(SET)
    assert session.calibration is None and session.view is View.SIDE
    assert np.isfinite([r.measures["torso_lean_deg"] for r in reports[3:]]).all()
    assert not any(r.active_faults for r in reports)


def test_recalibrate_keeps_the_repetitions() -> None:
    checker = FormChecker(EXERCISE)
    for shown in clip([Lift()]):
        checker.update(shown)
    checker.recalibrate()
    assert checker.calibration is None
    assert checker.update(pose(Stance(), 99.0)).stage is Stage.CALIBRATING
    assert checker.finish(SOURCE).counts.clean == 1


HANGING = Lift(side="both", base=Stance(arm=180.0), peak=108.0, hold_s=0.4, rest_s=0.2)


def lingering() -> tuple[FormChecker, float]:
    """Returns a checker whose repetition is over and may still be voided by what follows it."""
    exercise = get_exercise("hanging-leg-raises")
    # Long enough for what the checker makes of a person who has moved.
    checker = FormChecker(replace(exercise, cycle=replace(exercise.cycle, linger_s=3.0)))
    for shown in clip([HANGING]):
        if shown.time_s >= 2.6 + HANGING.duration_s:
            break
        assert checker.update(shown).ended == ()
    return checker, shown.time_s


def test_recalibrating_keeps_a_repetition_that_lingers_and_tells_it() -> None:
    checker, now_s = lingering()
    checker.recalibrate()
    told = checker.update(pose(Stance(arm=180.0), now_s)).ended
    assert [rep.verdict.value for rep in told] == ["clean"]
    assert checker.end() == ()
    assert checker.finish(SOURCE).counts.clean == 1


def test_a_repetition_that_lingers_is_kept_where_the_person_leaves_the_place() -> None:
    checker, now_s = lingering()
    told: list[tuple[Stage, str]] = []
    for index in range(60):
        # A step towards the camera, at once.
        near = pose(Stance(arm=180.0), now_s + index / 30)
        near = replace(near, image_px=(near.image_px - [640, 480]) * 1.3 + [640, 480])
        report = checker.update(near)
        told += [(report.stage, rep.verdict.value) for rep in report.ended]
    assert told == [(Stage.CALIBRATING, "clean")]


def test_nobody_is_said() -> None:
    checker = FormChecker(EXERCISE)
    for shown in clip([]):
        checker.update(shown)
    report = checker.update(Pose.unseen(9.0, (1280, 960)))
    assert report.prompt == "Nobody is in the picture."
    assert not report.person
    assert all(math.isnan(v) for v in report.measures.values())
