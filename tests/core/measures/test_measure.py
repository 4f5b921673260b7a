"""What holds for every measure: columns, views, NaN, place and size, left and right."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import formcheck.core.measures
from formcheck.core.measures import (
    ANY_VIEW,
    FEET_HEIGHT,
    HIP_FLEXION,
    HIP_HEIGHT,
    HIP_LEVEL,
    PELVIC_OBLIQUITY,
    TORSO_LEAN,
    Measure,
    Scope,
    columns,
    measure_all,
)
from formcheck.core.pose.pose import Pose, Side
from formcheck.core.pose.view import Scene, View, scene_of
from formcheck.core.pose.visibility import SeenPose
from formcheck.exercises import get_exercise
from tests.core.measures.reading import FRONT, LEFT_VIEW, RIGHT_VIEW
from tests.stickman import Stance, pose

ALL = [m for m in vars(formcheck.core.measures).values() if isinstance(m, Measure)]
STANDING = get_exercise("standing-hip-flexion").measures


# Heights in the picture hang on where the camera stands: only their change means something.
IN_THE_PICTURE = (HIP_HEIGHT, HIP_LEVEL, FEET_HEIGHT)
FIXED = [m for m in STANDING if m not in IN_THE_PICTURE]


def row(shown: Pose, start: Pose) -> list[float]:
    return measure_all(SeenPose.trusted(shown), scene_of([start]), FIXED)


@pytest.mark.parametrize("measure", ALL, ids=lambda m: m.name)
def test_a_view_that_does_not_show_a_measure_gives_nan(measure: Measure) -> None:
    for view in set(View) - measure.views:
        scene = Scene(view=view, facing=1, trunk_px=200.0, thigh_px=(170.0, 170.0))
        assert math.isnan(measure.compute(pose(Stance()), Side.LEFT, scene))


@pytest.mark.parametrize("measure", ALL, ids=lambda m: m.name)
@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, FRONT])
def test_nothing_seen_gives_nan_and_never_zero(measure: Measure, yaw_deg: float) -> None:
    scene = scene_of([pose(Stance(), yaw_deg=yaw_deg)])
    assert math.isnan(measure.compute(Pose.unseen(0.0, (640, 480)), Side.LEFT, scene))


@pytest.mark.parametrize("measure", ALL, ids=lambda m: m.name)
def test_every_measure_says_what_a_body_can_do(measure: Measure) -> None:
    low, high = measure.plausible
    assert measure in IN_THE_PICTURE or (math.isfinite(low) and low < high < math.inf)


@pytest.mark.parametrize(
    ("column", "stance", "shown"),
    [
        ("thigh_elevation_left_deg", Stance(thigh_left=140.0, knee_left=140.0), True),
        ("thigh_elevation_left_deg", Stance(thigh_left=165.0, knee_left=140.0), False),
        ("hip_flexion_left_deg", Stance(thigh_left=150.0, knee_left=140.0, lean=15.0), True),
        ("hip_flexion_left_deg", Stance(thigh_left=150.0, knee_left=140.0, lean=27.0), False),
        ("hip_flexion_left_deg", Stance(thigh_left=-70.0), False),
        ("torso_lean_deg", Stance(lean=-75.0), False),
    ],
)
def test_what_no_body_can_do_is_not_measured(column: str, stance: Stance, shown: bool) -> None:
    found = dict(zip(columns(FIXED), row(pose(stance), pose(Stance())), strict=True))
    assert math.isnan(found[column]) != shown


def test_row_and_columns_fit_together() -> None:
    values = row(pose(Stance(thigh_left=50.0)), pose(Stance()))
    found = dict(zip(columns(FIXED), values, strict=True))
    assert found["thigh_elevation_left_deg"] == pytest.approx(50.0, abs=0.2)
    assert found["thigh_elevation_right_deg"] == pytest.approx(0.0, abs=0.2)
    assert math.isnan(found["lateral_lean_deg"])


@given(
    shift=st.tuples(st.floats(-100, 100), st.floats(-100, 100)),
    scale=st.floats(0.3, 3.0),
    thigh=st.floats(0, 110),
    lean=st.floats(-25, 25),
)
def test_measures_do_not_change_with_place_and_size_in_the_picture(
    shift: tuple[float, float], scale: float, thigh: float, lean: float
) -> None:
    stance = Stance(thigh_left=thigh, knee_left=thigh, lean=lean)

    def moved(p: Pose) -> Pose:
        return Pose(
            time_s=p.time_s,
            image_px=p.image_px * scale + np.array(shift),
            visibility=p.visibility,
            frame_size_px=p.frame_size_px,
        )

    plain = row(pose(stance), pose(Stance()))
    other = row(moved(pose(stance)), moved(pose(Stance())))
    np.testing.assert_allclose(plain, other, atol=1e-6)


@given(thigh=st.floats(0, 110), lean=st.floats(-25, 25))
def test_a_mirrored_picture_exchanges_left_and_right_and_nothing_else(
    thigh: float, lean: float
) -> None:
    left = row(pose(Stance(thigh_left=thigh, lean=lean)), pose(Stance()))
    right = row(
        pose(Stance(thigh_right=thigh, lean=lean), yaw_deg=RIGHT_VIEW),
        pose(Stance(), yaw_deg=RIGHT_VIEW),
    )
    names = columns(FIXED)
    mirrored = {
        n.replace("left", "L").replace("right", "left").replace("L", "right"): v
        for n, v in zip(names, right, strict=True)
    }
    np.testing.assert_allclose(left, [mirrored[n] for n in names], atol=0.2)


@pytest.mark.parametrize(
    ("measure", "side", "column", "sign"),
    [
        (HIP_FLEXION, Side.LEFT, "hip_flexion_left_deg", 1.0),
        (HIP_FLEXION, Side.RIGHT, "hip_flexion_right_deg", 1.0),
        (TORSO_LEAN, Side.RIGHT, "torso_lean_deg", 1.0),
        (PELVIC_OBLIQUITY, Side.LEFT, "pelvic_obliquity_deg", 1.0),
        (PELVIC_OBLIQUITY, Side.RIGHT, "pelvic_obliquity_deg", -1.0),
    ],
)
def test_the_column_of_a_side_and_its_sign(
    measure: Measure, side: Side, column: str, sign: float
) -> None:
    assert (measure.column(side), measure.sign(side)) == (column, sign)


def test_a_formula_takes_the_pose() -> None:
    def sure(seen: SeenPose, side: Side, scene: Scene) -> float:
        return float(seen.pose.visibility.min()) + seen.points[0][0] * scene.facing

    measure = Measure(
        name="sure", unit="deg", scope=Scope.BODY, views=ANY_VIEW, formula=sure, meaning="",
        needs="",
    )  # fmt: skip
    shown, scene = pose(Stance()), scene_of([pose(Stance())])
    expected = shown.visibility.min() + shown.image_px[0, 0] * scene.facing
    assert measure.compute(shown, Side.LEFT, scene) == pytest.approx(expected)
