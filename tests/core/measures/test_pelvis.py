"""The pelvis measures on the stick figure, whose tag turns by exactly known angles."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from formcheck.core.measures import (
    HIP_FLEXION_PELVIS,
    LUMBAR_EXTENSION,
    PELVIC_OBLIQUITY,
    PELVIC_TILT,
    Measure,
)
from formcheck.core.measures.pelvis import with_tag
from formcheck.core.pose.pose import Pose, Side
from formcheck.core.pose.view import Position, Scene, scene_of
from tests.stickman import Stance, pose

STANDING = Stance()
LYING = Stance(pitch=-90.0, arm=150.0)


def value(
    measure: Measure, stance: Stance, yaw_deg: float, tag: str, side: Side = Side.LEFT
) -> float:
    lying = stance.pitch != 0.0
    start = LYING if lying else STANDING
    still = [pose(start, n / 30, yaw_deg=yaw_deg, tag=tag) for n in range(10)]
    scene = scene_of(still, Position.SUPINE if lying else Position.UPRIGHT)
    return measure.compute(
        pose(stance, 1.0, yaw_deg=yaw_deg, tag=tag), side, with_tag(scene, still)
    )


@pytest.mark.parametrize("tilt", [-15.0, -4.0, 0.0, 6.0, 15.0])
@pytest.mark.parametrize(
    ("yaw_deg", "tag"), [(0.0, "left"), (180.0, "right"), (35.0, "left"), (145.0, "right")]
)
@pytest.mark.parametrize("base", [STANDING, LYING])
def test_tilt_is_the_turn_since_the_start_at_any_yaw(
    tilt: float, yaw_deg: float, tag: str, base: Stance
) -> None:
    if base is LYING and yaw_deg not in (0.0, 180.0):
        yaw_deg = {35.0: 15.0, 145.0: 165.0}[yaw_deg]
    found = value(PELVIC_TILT, base.plus(Stance(tilt=tilt)), yaw_deg, tag)
    assert found == pytest.approx(tilt, abs=0.3)


@pytest.mark.parametrize("hike_left", [-18.0, -5.0, 7.0, 18.0])
@pytest.mark.parametrize(("yaw_deg", "tag"), [(90.0, "belly"), (270.0, "sacrum"), (75.0, "belly")])
def test_obliquity_has_the_sign_of_the_side_from_the_front_and_from_behind(
    hike_left: float, yaw_deg: float, tag: str
) -> None:
    stance = Stance(hike_left=hike_left)
    for side, sign in ((Side.LEFT, 1.0), (Side.RIGHT, -1.0)):
        found = value(PELVIC_OBLIQUITY, stance, yaw_deg, tag, side)
        assert found == pytest.approx(sign * hike_left, abs=0.5)


@pytest.mark.parametrize(
    ("stance", "extension"),
    [
        (Stance(tilt=10.0), 10.0),
        (Stance(lean=-12.0), 12.0),
        (Stance(lean=20.0, tilt=20.0), 0.0),
        (Stance(lean=15.0), -15.0),
    ],
)
@pytest.mark.parametrize("yaw_deg", [0.0, 30.0])
def test_arching_is_pelvis_against_trunk(stance: Stance, extension: float, yaw_deg: float) -> None:
    assert value(LUMBAR_EXTENSION, stance, yaw_deg, "left") == pytest.approx(extension, abs=1.2)


@pytest.mark.parametrize(
    ("stance", "flexion"),
    [
        (Stance(thigh_left=90.0, knee_left=90.0), 90.0),
        (Stance(thigh_left=90.0, knee_left=90.0, tilt=-10.0), 80.0),
        (Stance(thigh_left=90.0, knee_left=90.0, lean=-15.0), 90.0),
        (Stance(thigh_left=90.0, knee_left=90.0, lean=-15.0, tilt=5.0), 95.0),
    ],
)
def test_the_hip_angle_is_thigh_against_pelvis_whatever_the_trunk_does(
    stance: Stance, flexion: float
) -> None:
    assert value(HIP_FLEXION_PELVIS, stance, 0.0, "left") == pytest.approx(flexion, abs=2.5)


@pytest.mark.parametrize(
    ("measure", "yaw_deg", "tag"),
    [
        (PELVIC_TILT, 0.0, ""),
        (PELVIC_TILT, 0.0, "sacrum"),
        (PELVIC_TILT, 90.0, "belly"),
        (PELVIC_TILT, 55.0, "left"),
        (LUMBAR_EXTENSION, 0.0, ""),
        (PELVIC_OBLIQUITY, 0.0, "left"),
        (PELVIC_OBLIQUITY, 64.0, "left"),
    ],
)
def test_what_the_view_does_not_show_is_nan(measure: Measure, yaw_deg: float, tag: str) -> None:
    assert math.isnan(value(measure, Stance(tilt=5.0, hike_left=5.0), yaw_deg, tag))


def without(one: Pose) -> Pose:
    return replace(one, pelvis=None)


@pytest.mark.parametrize(("seen", "known"), [(10, True), (5, True), (4, False), (0, False)])
def test_a_tag_must_be_in_half_of_the_start_posture(seen: int, known: bool) -> None:
    still = [pose(STANDING, n / 30, tag="left") for n in range(10)]
    still = [one if n < seen else without(one) for n, one in enumerate(still)]
    assert (with_tag(scene_of(still), still).tag is not None) is known


def test_a_frame_without_the_tag_is_nan_and_without_any_tag_the_hip_line_speaks() -> None:
    still = [pose(STANDING, n / 30, yaw_deg=90.0, tag="belly") for n in range(10)]
    scene = with_tag(scene_of(still), still)
    hidden = without(pose(Stance(hike_left=9.0), 1.0, yaw_deg=90.0, tag="belly"))
    assert math.isnan(PELVIC_OBLIQUITY.compute(hidden, Side.LEFT, scene))
    bare: Scene = scene_of([without(one) for one in still])
    assert PELVIC_OBLIQUITY.compute(hidden, Side.LEFT, bare) == pytest.approx(9.0, abs=0.5)
