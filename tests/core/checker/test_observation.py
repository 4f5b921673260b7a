"""One frame as the judges get it: columns, half-seen legs, filters, clues and doubts."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.checker.observation import Observation, Observer, remaining
from formcheck.core.pose.leg_swaps import LegClues
from formcheck.core.pose.pose import Landmark, Pose, Side
from formcheck.core.pose.view import scene_of
from formcheck.core.pose.visibility import SeenPose
from formcheck.exercises import get_exercise
from tests.stickman import Stance, pose

SCENE = scene_of([pose(Stance())])
SLUGS = ("standing-hip-flexion", "mountain-climbers")
KNEE = "hip_flexion_left_deg"


def observe(
    slug: str,
    shown: Pose,
    clues: LegClues = LegClues(),  # noqa: B008
) -> Observation:
    return Observer(get_exercise(slug)).observe(SeenPose.of(shown).in_scene(SCENE), SCENE, clues)


def seen_by(shown: Pose, visibility: float) -> Pose:
    """Returns the pose with a left knee of which the model is so sure."""
    sure = shown.visibility.copy()
    sure[Landmark.LEFT_KNEE] = visibility
    return replace(shown, visibility=sure)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_measure_of_the_exercise_has_its_column(slug: str) -> None:
    exercise = get_exercise(slug)
    found = observe(slug, pose(Stance(thigh_left=50.0), 3.0))
    columns = [m.column(side) for m in exercise.measures for side in m.sides]
    assert list(found.measures) == columns == list(Observer(exercise).nothing)
    assert list(found.followed) == [m.column(s) for m in exercise.counted_by for s in m.sides]
    assert found.time_s == 3.0
    assert found.measures[KNEE] == pytest.approx(50.0, abs=0.2)
    assert all(math.isnan(value) for value in Observer(exercise).nothing.values())


@pytest.mark.parametrize(
    ("slug", "visibility", "judged", "followed"),
    [
        ("mountain-climbers", 0.9, True, True),
        ("mountain-climbers", 0.3, False, True),
        ("mountain-climbers", 0.1, False, False),
        ("standing-hip-flexion", 0.3, False, False),
    ],
)
def test_a_half_seen_leg_is_counted_where_the_exercise_says_so(
    slug: str, visibility: float, judged: bool, followed: bool
) -> None:
    found = observe(slug, seen_by(pose(Stance(thigh_left=50.0)), visibility))
    column = get_exercise(slug).cycle.measure.column(Side.LEFT)
    assert math.isfinite(found.measures[column]) == judged
    assert math.isfinite(found.followed[column]) == followed


def test_values_are_filtered_from_frame_to_frame() -> None:
    observer = Observer(get_exercise(SLUGS[0]))
    for index in range(30):
        shown = pose(Stance(thigh_left=50.0 if index < 29 else 55.0), index / 30)
        found = observer.observe(SeenPose.of(shown), SCENE, LegClues())
    assert 50.0 < found.measures[KNEE] < 55.0


@pytest.mark.parametrize("offset_deg", [-8.0, 6.0])
@pytest.mark.parametrize(
    ("lifted_deg", "left"),
    [(0.0, 1.0), (60.0, 0.5), (90.0, 0.0), (120.0, 0.0), (-60.0, 0.5), (math.nan, math.nan)],
)
def test_an_error_at_rest_goes_as_the_limb_turns_away(
    offset_deg: float, lifted_deg: float, left: float
) -> None:
    found = remaining(np.array([offset_deg, 0.0]), np.full(2, lifted_deg))
    assert found == pytest.approx([left * offset_deg, 0.0], abs=1e-9, nan_ok=True)


def test_readings_lose_the_error_that_the_neutral_has_lost() -> None:
    column = "thigh_elevation_left_deg"
    start = pose(Stance(thigh_left=-6.0))
    exercise = get_exercise("standing-hip-flexion")
    observer = Observer(exercise, {column: -6.0}, {column: 0.0})
    at_rest = observer.observe(SeenPose.of(start).in_scene(SCENE), SCENE, LegClues())
    assert at_rest.measures[column] == pytest.approx(0.0, abs=0.2)
    observer = Observer(exercise, {column: -6.0}, {column: 0.0})
    lifted = SeenPose.of(pose(Stance(thigh_left=84.0, knee_left=84.0))).in_scene(SCENE)
    found = observer.observe(lifted, SCENE, LegClues()).measures[column]
    assert found == pytest.approx(84.0, abs=0.5)


def test_clues_and_doubts_come_along() -> None:
    clues = LegClues(exchanged=True, stays=Side.RIGHT)
    doubtful = replace(pose(Stance()), lumbar_doubt="an arm lies in front of the lower back")
    found = observe("supine-marching", doubtful, clues)
    assert found.legs is clues
    assert found.doubts == {"lumbar_gap_trunk": "an arm lies in front of the lower back"}
    assert observe("supine-marching", pose(Stance())).doubts == {}


def test_what_no_body_can_do_is_named_and_not_measured() -> None:
    found = observe("standing-hip-flexion", pose(Stance(thigh_left=165.0, knee_left=90.0)))
    column = "thigh_elevation_left_deg"
    assert math.isnan(found.measures[column]) and math.isnan(found.followed[column])
    assert found.impossible[column] == pytest.approx(165.0, abs=0.5)
    assert observe("standing-hip-flexion", pose(Stance(thigh_left=90.0))).impossible == {}
