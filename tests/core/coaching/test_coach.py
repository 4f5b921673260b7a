from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from formcheck.core.checker.checker import FormChecker
from formcheck.core.coaching.coach import GRACE_S, Coach
from formcheck.core.coaching.events import (
    CoachStage,
    CoachState,
    CountdownTick,
    FaultShown,
    Finished,
    HoldTick,
    Placement,
    PlacementPrompt,
    RepClean,
    RepRejected,
    RestTick,
    SetBegan,
    SetDone,
    SetEnd,
    Switch,
)
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.coaching.start_posture import LEFT_AFTER_S, StartWatch
from formcheck.core.pose.pose import Pose, Side
from formcheck.core.pose.visibility import SeenPose
from tests.live.rig import EXERCISE, Ear
from tests.stickman import SIZE, Lift, Stance, clip, pose

FPS = 15.0
STANDING = Stance()
SITTING = Stance(thigh_left=85.0, thigh_right=85.0, knee_left=85.0, knee_right=85.0)


class Run:
    """A coached run over poses, each state and event of it kept."""

    def __init__(self, *, side: Side | None = Side.LEFT, **asked: float) -> None:
        settings = RunSettings(**{"sets": 2, "reps": 2, "rest_s": 10.0} | asked)  # type: ignore[arg-type]
        self.checker = FormChecker(EXERCISE, side=side)
        self.ear = Ear()
        self.coach = Coach(EXERCISE, settings, self.checker.sides, self.ear.hear)
        self.states: list[CoachState] = []
        self.now_s = -1 / FPS
        self._watch = StartWatch(EXERCISE)

    def see(self, poses: Iterable[Pose], *, dark: str | None = None) -> Run:
        """Go on with poses, whose time is moved to follow what was seen before."""
        start_s = self.now_s + 1 / FPS
        for shown in poses:
            moved = replace(shown, time_s=start_s + shown.time_s)
            report = self.checker.update(moved)
            self.states.append(
                self.coach.update(report, self._watch.update(SeenPose.of(moved)), dark=dark)
            )
            self.now_s = moved.time_s
        return self

    def of(self, kind: type) -> list:  # type: ignore[type-arg]
        return [event for event in self.ear.heard if isinstance(event, kind)]

    @property
    def stages(self) -> list[CoachStage]:
        """The stages in order, each once for a stretch of it."""
        every = [state.stage for state in self.states]
        return [
            one for one, before in zip(every, [None, *every[:-1]], strict=True) if one != before
        ]


def lifts(*some: Lift) -> Iterator[Pose]:
    return clip(list(some), fps=FPS)


def held(seconds: float, stance: Stance = STANDING, *, yaw_deg: float = 0.0) -> Iterator[Pose]:
    return (pose(stance, index / FPS, yaw_deg=yaw_deg) for index in range(round(seconds * FPS)))


def empty(seconds: float) -> Iterator[Pose]:
    return (Pose.unseen(index / FPS, SIZE) for index in range(round(seconds * FPS)))


def test_two_sets_from_the_first_sentence_to_the_summary() -> None:
    run = Run()
    run.see(empty(1.5)).see(lifts(Lift(), Lift())).see(held(9.0)).see(lifts(Lift(), Lift()))
    assert run.stages == [
        CoachStage.PLACEMENT, CoachStage.COUNTDOWN, CoachStage.SET, CoachStage.REST,
        CoachStage.PLACEMENT, CoachStage.COUNTDOWN, CoachStage.SET, CoachStage.SUMMARY,
    ]  # fmt: skip
    assert [tick.remaining_s for tick in run.of(CountdownTick)] == [2, 1, 2, 1]
    assert [began.set_number for began in run.of(SetBegan)] == [1, 2]
    done = run.of(SetDone)
    assert [(d.set_number, d.counts.clean, d.end, d.last) for d in done] == [
        (1, 2, SetEnd.REACHED, False), (2, 2, SetEnd.REACHED, True),
    ]  # fmt: skip
    assert [tick.remaining_s for tick in run.of(RestTick)] == list(range(10, -1, -1))
    assert [(event.sets_done, event.counts.clean) for event in run.of(Finished)] == [(2, 4)]
    assert run.coach.finished
    assert [(rep.number, rep.set_number) for rep in run.coach.reps] == [
        (1, 1),
        (2, 1),
        (3, 2),
        (4, 2),
    ]
    assert [(one.number, one.counts.clean, one.target) for one in run.coach.results] == [
        (1, 2, 2), (2, 2, 2),
    ]  # fmt: skip


def test_counts_begin_anew_with_each_set() -> None:
    run = Run().see(lifts(Lift(), Lift())).see(held(9.0)).see(lifts(Lift()))
    assert run.states[-1].set_number == 2
    assert run.states[-1].counts[Side.LEFT].clean == 1
    assert [event.count for event in run.of(RepClean)] == [1, 2, 1]


def test_a_rejected_repetition_is_told_with_its_correction_and_not_counted() -> None:
    run = Run().see(lifts(Lift(at_top=Stance(lean=-20.0)), Lift(peak=62.0)))
    leaning, low = run.of(RepRejected)
    assert leaning.finding.code == "lean-back" and leaning.say == "Don't lean back."
    assert low.finding is None and low.say.startswith("Reached 6") and low.say.endswith("80°.")
    assert run.states[-1].counts[Side.LEFT].clean == 0
    shown = run.of(FaultShown)
    assert [event.finding.code for event in shown] == ["lean-back"]
    assert shown[0].time_s < leaning.time_s


def test_seconds_of_the_hold_are_ticked() -> None:
    run = Run().see(lifts(Lift(hold_s=2.6)))
    assert [(tick.second, tick.reached) for tick in run.of(HoldTick)][:2] == [(1, False), (2, True)]


def test_leaving_the_start_posture_ends_a_set_that_has_repetitions() -> None:
    run = Run(reps=8).see(lifts(Lift())).see(empty(LEFT_AFTER_S + 0.5))
    assert [(done.end, done.counts.clean) for done in run.of(SetDone)] == [(SetEnd.LEFT, 1)]
    assert run.stages[-1] is CoachStage.REST
    warned = [state.leaving_s for state in run.states if state.leaving_s is not None]
    assert warned and warned == sorted(warned, reverse=True) and warned[0] < LEFT_AFTER_S


def test_leaving_for_a_moment_ends_nothing() -> None:
    run = Run(reps=8).see(lifts(Lift())).see(empty(LEFT_AFTER_S - 1.0)).see(lifts(Lift()))
    assert not run.of(SetDone)
    assert run.states[-1].counts[Side.LEFT].clean == 2
    assert run.states[-1].leaving_s is None


def test_a_camera_that_was_gone_is_no_leaving() -> None:
    run = Run(reps=8).see(lifts(Lift()))
    run.now_s += 60.0
    run.see(lifts(Lift()))
    assert not run.of(SetDone) and run.states[-1].counts[Side.LEFT].clean == 2


def test_who_walks_off_before_the_first_repetition_has_made_no_set() -> None:
    run = Run().see(held(4.0)).see(empty(LEFT_AFTER_S + 0.5))
    assert run.stages[-1] is CoachStage.PLACEMENT and not run.of(SetDone)
    run.see(held(3.0)).see(lifts(Lift()))
    assert [began.set_number for began in run.of(SetBegan)] == [1, 1]
    assert run.coach.results[0].counts.clean == 1


def test_sitting_down_ends_the_set_though_both_thighs_are_up() -> None:
    run = Run(reps=8, side=None).see(lifts(Lift())).see(held(24.0, SITTING))
    assert [done.end for done in run.of(SetDone)] == [SetEnd.LEFT]
    assert run.coach.results[0].counts.attempts == 1


def test_a_moment_too_many_still_belongs_to_the_set() -> None:
    run = Run(reps=1, rest_s=60.0).see(lifts(Lift(), Lift()))
    assert run.stages[-1] is CoachStage.REST
    assert [rep.set_number for rep in run.coach.reps] == [1, 1]
    assert run.coach.results[0].counts.clean == 2


def test_who_begins_again_during_the_rest_has_rested_enough() -> None:
    run = Run(reps=2, rest_s=60.0).see(lifts(Lift(), Lift())).see(held(GRACE_S + 1.0))
    run.see(lifts(Lift()))
    assert run.stages[-1] is CoachStage.SET
    assert [rep.set_number for rep in run.coach.reps] == [1, 1, 2]


def test_half_a_lift_during_the_rest_is_nothing() -> None:
    run = Run(reps=1, rest_s=60.0).see(lifts(Lift())).see(held(GRACE_S + 1.0))
    run.see(lifts(Lift(peak=60.0)))
    assert run.stages[-1] is CoachStage.REST and len(run.coach.reps) == 1


def test_who_does_one_leg_first_is_called_to_the_other() -> None:
    run = Run(side=None, reps=2)
    run.see(lifts(Lift(), Lift()))
    assert [event.to for event in run.of(Switch)] == [Side.RIGHT]
    assert run.states[-1].called is Side.RIGHT and not run.of(SetDone)
    run.see(lifts(Lift(side="right"), Lift(side="right")))
    assert [done.end for done in run.of(SetDone)] == [SetEnd.REACHED]


def test_who_alternates_is_not_called() -> None:
    run = Run(side=None, reps=2)
    run.see(lifts(Lift(), Lift(side="right"), Lift(), Lift(side="right")))
    assert not run.of(Switch) and len(run.of(SetDone)) == 1


def test_s_gives_up_a_leg_and_then_the_set() -> None:
    run = Run(side=None, reps=5).see(lifts(Lift()))
    run.coach.switch_side()
    assert [event.to for event in run.of(Switch)] == [Side.RIGHT]
    run.see(lifts(Lift(side="right")))
    run.coach.switch_side()
    assert [done.end for done in run.of(SetDone)] == [SetEnd.STOPPED]


def test_r_ends_the_set_and_the_rest() -> None:
    run = Run(reps=5).see(lifts(Lift()))
    run.coach.next_set()
    assert [done.end for done in run.of(SetDone)] == [SetEnd.STOPPED]
    assert run.coach.state().stage is CoachStage.PLACEMENT
    assert run.coach.state().set_number == 2


def test_stopping_anywhere_gives_what_was_done() -> None:
    run = Run(reps=5).see(lifts(Lift()))
    run.coach.finish()
    assert run.coach.finished
    assert [done.end for done in run.of(SetDone)] == [SetEnd.STOPPED]
    assert run.coach.results[0].counts.clean == 1
    assert len(run.of(Finished)) == 1


def test_every_hindrance_has_its_sign() -> None:
    run = Run().see(empty(1.2)).see(held(1.5, yaw_deg=45.0)).see(held(1.5, Stance(lean=50.0)))
    seen = [event.placement for event in run.of(PlacementPrompt)]
    assert seen[0] is Placement.NOBODY and Placement.POSTURE in seen


def test_too_little_light_comes_before_what_it_hides() -> None:
    run = Run().see(empty(1.2), dark="Turn on a light.")
    assert [(event.placement, event.say) for event in run.of(PlacementPrompt)] == [
        (Placement.LIGHT, "Turn on a light.")
    ]


def test_a_sentence_is_said_again_after_a_while_and_not_before() -> None:
    run = Run().see(empty(10.0))
    assert len(run.of(PlacementPrompt)) == 2


def test_without_a_rest_the_next_set_waits_for_the_start_posture() -> None:
    run = Run(reps=1, rest_s=0.0).see(lifts(Lift()))
    assert CoachStage.REST not in run.stages or run.states[-1].set_number == 2
    run.see(held(3.0)).see(lifts(Lift()))
    assert run.coach.finished and len(run.of(SetDone)) == 2


def test_who_turns_round_for_the_other_leg_gets_a_new_neutral_and_goes_on() -> None:
    run = Run(side=None, reps=2).see(lifts(Lift(), Lift()))
    # Now with the right side to the camera, facing the other way.
    run.see(held(4.0, yaw_deg=180.0))
    assert run.stages[-1] is CoachStage.SET
    right = clip([Lift(side="right"), Lift(side="right")], fps=FPS, calm_s=0.5, yaw_deg=180.0)
    run.see(right)
    assert [(rep.side, rep.verdict.value) for rep in run.coach.reps] == [
        (Side.LEFT, "clean"), (Side.LEFT, "clean"), (Side.RIGHT, "clean"), (Side.RIGHT, "clean"),
    ]  # fmt: skip
    assert [done.end for done in run.of(SetDone)] == [SetEnd.REACHED]
