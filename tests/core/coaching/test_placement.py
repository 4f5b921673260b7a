from __future__ import annotations

import pytest

from formcheck.core.checker.neutral import SHOW_FACING, STAND_STILL
from formcheck.core.checker.session import Stage
from formcheck.core.checker.sideways import turn_to_camera
from formcheck.core.coaching.events import Placement
from formcheck.core.coaching.placement import (
    AGAIN_S,
    SETTLED_S,
    PlacementWatch,
    Prompter,
    hides_other_leg,
    placement_of,
)
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.view import View
from formcheck.exercises import get_exercise, slugs
from tests.overlay.scenes import EXERCISE, report

DARK = "Turn the light on."


@pytest.mark.parametrize(
    ("person", "prompt", "placement"),
    [
        (True, None, None),
        (False, None, None),
        (False, "Step into the picture.", Placement.NOBODY),
        (True, SHOW_FACING, Placement.VIEW),
        (True, STAND_STILL, Placement.POSTURE),
        (True, EXERCISE.start_prompt, Placement.POSTURE),
        (True, "Step back: your feet are not in view.", Placement.FRAMING),
    ],
)
def test_a_prompt_is_about_one_placement(
    person: bool, prompt: str | None, placement: Placement | None
) -> None:
    assert placement_of(EXERCISE, report(person=person, prompt=prompt)) is placement


@pytest.mark.parametrize("exercise", [get_exercise(slug) for slug in slugs()], ids=slugs())
def test_every_turn_and_posture_of_an_exercise_is_known(exercise: Exercise) -> None:
    assert placement_of(exercise, report(prompt=turn_to_camera(exercise))) is Placement.VIEW
    for posture in exercise.posture:
        assert placement_of(exercise, report(prompt=posture.say)) is Placement.POSTURE


@pytest.mark.parametrize(
    ("stage", "prompt", "awaited", "dark", "expected"),
    [
        (Stage.COUNTING, None, False, None, (None, None)),
        (Stage.COUNTING, None, True, None, (Placement.POSTURE, EXERCISE.start_prompt)),
        (Stage.CALIBRATING, None, True, None, (None, None)),
        (Stage.COUNTING, SHOW_FACING, False, None, (Placement.VIEW, SHOW_FACING)),
        (Stage.COUNTING, SHOW_FACING, False, DARK, (Placement.LIGHT, DARK)),
        (Stage.COUNTING, None, True, DARK, (Placement.LIGHT, DARK)),
        # Where the person can be judged, the light does not matter.
        (Stage.COUNTING, None, False, DARK, (None, None)),
    ],
)
def test_what_prevents_judging(
    stage: Stage,
    prompt: str | None,
    awaited: bool,
    dark: str | None,
    expected: tuple[Placement | None, str | None],
) -> None:
    watch = PlacementWatch(EXERCISE)
    watch.update(report(stage=stage, prompt=prompt), awaited=awaited, quiet=False, dark=dark)
    assert (watch.placement, watch.prompt) == expected
    watch.forget()
    assert (watch.placement, watch.prompt) == (None, None)


@pytest.mark.parametrize("quiet", [True, False])
def test_a_countdown_silences_prompts_and_still_shows_them(quiet: bool) -> None:
    watch, said = PlacementWatch(EXERCISE), 0
    for index in range(20):
        frame = report(time_s=index / 10, prompt=STAND_STILL)
        said += len(watch.update(frame, awaited=True, quiet=quiet, dark=None))
    assert said == (0 if quiet else 1)
    assert watch.prompt == STAND_STILL


@pytest.mark.parametrize(
    ("prompts", "said"),
    [
        # Each (sentence, seconds), ten frames a second.
        ([("Turn.", SETTLED_S - 0.2)], []),
        ([("Turn.", SETTLED_S + 0.2)], ["Turn."]),
        ([("Turn.", 0.5), (None, 0.2), ("Turn.", 0.5)], []),
        ([("Turn.", 0.5), ("Back.", 0.5), ("Turn.", 0.5)], []),
        ([("Turn.", 1.0), ("Back.", 1.0)], ["Turn.", "Back."]),
        ([("Turn.", AGAIN_S)], ["Turn."]),
        ([("Turn.", AGAIN_S + 1.0)], ["Turn.", "Turn."]),
        ([("Turn.", 1.0), (None, 0.3), ("Turn.", 1.0)], ["Turn."]),
        ([("Turn.", 1.0), (None, 1.0), ("Turn.", 1.0)], ["Turn.", "Turn."]),
    ],
)
def test_only_persistent_sentences_are_said_and_repeated_seldom(
    prompts: list[tuple[str | None, float]], said: list[str]
) -> None:
    prompter, heard, frame = Prompter(), [], 0
    for sentence, seconds in prompts:
        for _ in range(round(10 * seconds)):
            placement = None if sentence is None else Placement.VIEW
            heard += [event.say for event in prompter.update(frame / 10, placement, sentence)]
            frame += 1
    assert heard == said


@pytest.mark.parametrize(
    ("slug", "view", "hidden"),
    [
        ("standing-hip-flexion", View.SIDE, True),
        ("standing-hip-flexion", View.FRONT, False),
        ("standing-hip-flexion", View.UNKNOWN, False),
        ("supine-marching", View.SIDE, False),
    ],
)
def test_standing_from_the_side_the_near_leg_hides_the_other(
    slug: str, view: View, hidden: bool
) -> None:
    assert hides_other_leg(get_exercise(slug), view) is hidden
