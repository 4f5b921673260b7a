from __future__ import annotations

from collections.abc import Iterable

import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.core.coaching.coached_run import LEAST_FPS, NEVER_STARTED, NOBODY_SEEN, CoachedRun
from formcheck.core.coaching.events import CoachingEvent, CoachStage, Notice
from formcheck.core.coaching.pain import pain_stop
from formcheck.core.coaching.settings import settings_for
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Pose
from formcheck.exercises import get_exercise
from tests.stickman import Lift, Stance, clip, pose

EXERCISE = get_exercise("standing-hip-flexion")
SOURCE = SourceInfo(path="stick figure", width=1280, height=960)
FPS = 20.0


class Ear:
    def __init__(self, name: str, heard: list[tuple[str, CoachingEvent]]) -> None:
        self._name, self._heard = name, heard

    def hear(self, event: CoachingEvent) -> None:
        self._heard.append((self._name, event))


def run_of(poses: Iterable[Pose], *ears: Ear) -> CoachedRun:
    run = CoachedRun(FormChecker(EXERCISE), settings_for(EXERCISE, sets=1, reps=2), ears)
    for each in poses:
        run.update(each)
    return run


def test_poses_become_a_session_with_its_sets() -> None:
    run = run_of(clip([Lift(), Lift(at_top=Stance(lean=-20.0))], fps=FPS))
    run.end()
    session = run.session(SOURCE, ["The cable was loose."])
    assert [rep.verdict.value for rep in session.reps] == ["clean", "compensated"]
    assert [one.counts.attempts for one in session.sets] == [2]
    assert session.problems == ("The cable was loose.",)
    assert run.coach.state().stage is CoachStage.SUMMARY


def test_the_listeners_hear_each_event_in_their_order() -> None:
    heard: list[tuple[str, CoachingEvent]] = []
    run_of(clip([Lift()], fps=FPS), Ear("log", heard), Ear("sound", heard)).end()
    names = [name for name, _ in heard]
    assert names[::2] == ["log"] * (len(names) // 2) and names[1::2] == ["sound"] * (
        len(names) // 2
    )
    assert [event for _, event in heard[::2]] == [event for _, event in heard[1::2]]
    assert "RepClean" in {type(event).__name__ for _, event in heard}


@pytest.mark.parametrize(
    ("poses", "problem"),
    [
        ([Pose.unseen(i / FPS, (640, 480)) for i in range(40)], NOBODY_SEEN),
        ([pose(Stance(), i / FPS) for i in range(10)], NEVER_STARTED),
        ([], NOBODY_SEEN),
    ],
)
def test_the_session_says_why_nothing_was_counted(poses: list[Pose], problem: str) -> None:
    run = run_of(poses)
    run.end()
    assert run.session(SOURCE).problems == (problem,)
    assert run.judged == len(poses)


def test_pain_ends_the_run_and_is_in_the_session() -> None:
    run = run_of(clip([Lift()], fps=FPS))
    run.coach.note_pain(6)
    run.end()
    assert pain_stop(6) in run.session(SOURCE).problems


@pytest.mark.parametrize(("fps", "noticed"), [(LEAST_FPS - 3, True), (LEAST_FPS + 5, False)])
def test_too_few_frames_a_second_are_noticed_once(fps: float, noticed: bool) -> None:
    heard: list[tuple[str, CoachingEvent]] = []
    run = run_of([pose(Stance(), i / fps) for i in range(60)], Ear("", heard))
    said = [event.say for _, event in heard if isinstance(event, Notice)]
    assert len(said) == noticed
    assert (run.coach.state().notice is not None) == noticed
