from __future__ import annotations

from collections.abc import Iterable

import pytest

from formcheck.core.checker.neutral import STILL_S
from formcheck.core.checker.session import Stage
from formcheck.core.coaching.start_posture import (
    ATTEMPT_S,
    LEFT_AFTER_S,
    LONGEST_STEP_S,
    SHOWN_FROM_S,
    Countdown,
    Engagement,
    StartGate,
    StartPosture,
    StartWatch,
)
from formcheck.core.exercise.exercise import Exercise, timed_hold
from formcheck.core.pose.pose import Pose
from formcheck.core.pose.visibility import SeenPose
from tests.overlay.scenes import AT_REST, EXERCISE, report
from tests.stickman import SIZE, Lift, Stance, clip, pose

FPS = 20
HERE = StartPosture(taken=True, still_s=1.0)
AWAY = StartPosture()


@pytest.mark.parametrize(
    ("remaining", "ticks", "over"),
    [
        ([1.9, 1.5, 1.0, 0.5, 0.0], [2, 1], True),
        ([1.9, 0.9, -0.1], [2, 1], True),
        ([1.9, None, 1.9], [2, 2], False),
        ([None], [], False),
    ],
)
def test_a_countdown_tells_each_second_once(
    remaining: list[float | None], ticks: list[int], over: bool
) -> None:
    countdown, told = Countdown(), []
    for index, left_s in enumerate(remaining):
        countdown.set(left_s)
        told += [tick.remaining_s for tick in countdown.ticks(float(index))]
    assert (told, countdown.over) == (ticks, over)


def still(seconds: float, stance: Stance) -> list[Pose]:
    return [pose(stance, index / FPS) for index in range(round(seconds * FPS))]


@pytest.mark.parametrize(
    ("poses", "taken", "still_s"),
    [
        (still(2.0, Stance()), True, 1.9),
        # A step aside changes nothing: the posture is not compared with a neutral.
        (still(2.0, Stance(hips_up=0.1)), True, 1.9),
        (still(2.0, Stance(lean=45.0)), False, 0.0),
        (still(2.0, Stance(thigh_left=80.0, knee_left=80.0)), False, 0.0),
        ([Pose.unseen(index / FPS, SIZE) for index in range(40)], False, 0.0),
        (list(clip([Lift()], fps=FPS))[: 3 * FPS + 20], False, 0.0),
    ],
    ids=["standing", "higher", "leaning", "a leg up", "nobody", "lifting"],
)
def test_the_start_posture_is_seen(poses: Iterable[Pose], taken: bool, still_s: float) -> None:
    watch = StartWatch(EXERCISE)
    for each in poses:
        posture = watch.update(SeenPose.of(each))
    assert posture.taken is taken
    assert posture.still_s == pytest.approx(still_s, abs=0.15)


def test_stillness_begins_again_after_a_movement() -> None:
    watch, posture, at_s = StartWatch(EXERCISE), StartPosture(), 0.0
    for stance, seconds in ((Stance(), 2.0), (Stance(lean=30.0), 1.0), (Stance(), 1.5)):
        for _ in range(round(seconds * FPS)):
            posture = watch.update(SeenPose.of(pose(stance, at_s)))
            at_s += 1 / FPS
    assert posture.taken and posture.still_s == pytest.approx(1.25, abs=0.25)


def leaving(
    seconds: float, *, exercise: Exercise = EXERCISE, step_s: float = 0.1, **seen: object
) -> tuple[float, float | None]:
    """How long somebody has been away, and how long until the set ends, by the last frame."""
    engagement = Engagement(exercise)
    person = bool(seen.get("person", True))
    phases = AT_REST if seen.get("rest", True) else report().phases
    posture = HERE if seen.get("here", False) else AWAY
    away_s = 0.0
    for index in range(round(seconds / step_s) + 1):
        frame = report(time_s=index * step_s, person=person, phases=phases)
        away_s = engagement.update(frame, posture)
    return away_s, engagement.leaving_s


HOLD = timed_hold(EXERCISE, 20.0)


@pytest.mark.parametrize(
    ("seconds", "seen", "away_s"),
    [
        (4.0, {"here": True}, 0.0),
        (4.0, {"here": False}, 4.0),
        (4.0, {"here": True, "person": False}, 4.0),
        # An attempt, and a leg that stays up for too long to be one.
        (ATTEMPT_S - 1.0, {"rest": False}, 0.0),
        (ATTEMPT_S + 3.0, {"rest": False}, 3.0),
        (ATTEMPT_S + 3.0, {"rest": False, "exercise": HOLD}, 0.0),
        (ATTEMPT_S + 43.0, {"rest": False, "exercise": HOLD}, 3.0),
        (4.0, {"rest": False, "person": False}, 4.0),
    ],
)
def test_time_in_neither_posture_nor_attempt_is_added_up(
    seconds: float, seen: dict[str, object], away_s: float
) -> None:
    found, leaving_s = leaving(seconds, **seen)  # type: ignore[arg-type]
    assert found == pytest.approx(away_s, abs=0.21)
    assert (leaving_s is None) is (found < SHOWN_FROM_S)
    if leaving_s is not None:
        assert leaving_s == pytest.approx(LEFT_AFTER_S - found)


def test_a_gap_between_frames_counts_little() -> None:
    away_s, _ = leaving(60.0, step_s=60.0)
    assert away_s == LONGEST_STEP_S


@pytest.mark.parametrize(
    ("frames", "begins"),
    [
        # Each (seconds, checker's countdown or None where it counts, stillness), in order.
        ([(0.0, 1.9, 0.1), (1.0, 0.9, 1.1), (2.0, None, 2.1)], [False, False, True]),
        ([(0.0, 1.9, 0.1), (1.0, -1.0, 0.0), (2.0, None, 0.0)], [False, False, False]),
        ([(1.0, None, 1.0), (1.9, None, 1.9), (2.1, None, 2.1)], [False, False, True]),
        ([(1.0, None, 1.0), (2.1, None, 0.0), (3.0, None, 0.9)], [False, False, False]),
        # Stillness from before the gate closed does not count.
        ([(0.5, None, 9.0), (1.5, None, 10.0), (2.0, None, 10.5)], [False, False, True]),
    ],
    ids=["neutral", "neutral broken off", "in place", "moved", "still before"],
)
def test_holding_still_to_the_end_of_a_countdown_begins_the_set(
    frames: list[tuple[float, float | None, float]], begins: list[bool]
) -> None:
    gate = StartGate()
    gate.close(0.0)
    found = []
    for time_s, countdown_s, still_s in frames:
        frame = report(
            time_s=time_s,
            stage=Stage.COUNTING if countdown_s is None else Stage.CALIBRATING,
            countdown_s=None if countdown_s is None or countdown_s < 0 else countdown_s,
        )
        found.append(gate.update(frame, StartPosture(taken=True, still_s=still_s)))
    assert found == begins


def test_a_prompt_stops_the_countdown_in_place() -> None:
    gate = StartGate()
    gate.update(report(time_s=1.0), StartPosture(taken=True, still_s=1.0))
    assert gate.counting_down and gate.remaining_s == pytest.approx(STILL_S - 1.0)
    gate.update(report(time_s=1.1, prompt="Come closer."), StartPosture(taken=True, still_s=1.1))
    assert not gate.counting_down and gate.remaining_s == 0.0


@pytest.mark.parametrize(("stage", "ticks"), [(Stage.CALIBRATING, [2]), (Stage.COUNTING, [])])
def test_a_new_neutral_in_mid_set_shows_its_countdown(stage: Stage, ticks: list[int]) -> None:
    gate = StartGate()
    gate.follow(report(stage=stage, countdown_s=1.5))
    assert [tick.remaining_s for tick in gate.ticks(1.0)] == ticks
