"""The foot that stays tells which leg is lifted, whatever the legs are called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.pose.footing import Footing
from formcheck.core.pose.pose import Pose, Side
from tests.legs_mistaken import blended, swapped
from tests.stickman import Lift, Stance, clip

OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def told(shown: list[Pose], edit: Callable[[Pose], Pose] = lambda pose: pose) -> list[Side | None]:
    footing = Footing()
    return [footing.update(edit(pose) if pose.time_s > 2.9 else pose) for pose in shown]


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize("yaw_deg", [0.0, 8.0, 90.0, 172.0, 180.0])
@pytest.mark.parametrize("edit", [lambda pose: pose, swapped], ids=["as named", "names traded"])
def test_the_foot_that_stays_is_the_other_leg_s(
    side: Side, yaw_deg: float, edit: Callable[[Pose], Pose]
) -> None:
    found = told(list(clip([Lift(side=side.value)], yaw_deg=yaw_deg, distance_m=3.0)), edit)
    assert set(found) - {None} == {OTHER[side]}
    assert found.count(OTHER[side]) > 60


def test_short_rests_between_lifts_are_enough() -> None:
    lifts = [Lift(side=side, rest_s=0.2) for side in ("left", "right", "left", "right")]
    found = told(list(clip(lifts, distance_m=3.0)))
    turns = [side for side, before in zip(found, [None, *found], strict=False) if side != before]
    assert [side for side in turns if side] == [Side.RIGHT, Side.LEFT] * 2


def test_nothing_is_told_while_both_feet_stand_or_before_they_were_seen() -> None:
    assert set(told(list(clip([])))) == {None}
    lifted = [pose for pose in clip([Lift()]) if 3.6 < pose.time_s < 5.0]
    assert set(told(lifted)) == {None}


def test_feet_that_stand_at_one_place_of_the_picture_tell_nothing() -> None:
    def flat(pose: Pose) -> Pose:
        # As a camera on the floor sees them: both feet at one height, one behind the other.
        points = pose.image_px.copy()
        points[28::2] += points[27] - points[28] if pose.time_s < 2.6 else 0.0
        return Pose(
            time_s=pose.time_s, image_px=points, visibility=pose.visibility,
            frame_size_px=pose.frame_size_px,
        )  # fmt: skip

    footing = Footing()
    shown = [flat(pose) for pose in clip([Lift()]) if pose.time_s < 2.6]
    assert {footing.update(pose) for pose in shown} == {None}


def test_legs_mixed_by_the_model_are_astray_and_a_bent_supporting_knee_is_not() -> None:
    bent = Lift(side="left", at_top=Stance(thigh_right=14.0, knee_right=28.0, hips_up=-0.02))
    for lift, edit, astray in (
        (Lift(), lambda pose: pose, False),
        (bent, lambda pose: pose, False),
        (Lift(), lambda pose: blended(pose, 0.3), True),
    ):
        footing, found = Footing(), []
        for pose in clip([lift], distance_m=3.0):
            footing.update(edit(pose) if 3.8 < pose.time_s < 5.0 else pose)
            if 3.9 < pose.time_s < 4.9:
                found.append(footing.astray)
        assert np.mean(found) == float(astray)


def panned(pose: Pose, px_s: float) -> Pose:
    """The pose as a camera sees it that turns evenly from the first frame on."""
    return replace(pose, image_px=pose.image_px + np.array([px_s * pose.time_s, 0.0]))


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize("px_s", [-60.0, -30.0, -21.0, 21.0, 30.0, 60.0])
@pytest.mark.parametrize("edit", [lambda pose: pose, swapped], ids=["as named", "names traded"])
def test_a_camera_that_pans_takes_the_places_along(
    side: Side, px_s: float, edit: Callable[[Pose], Pose]
) -> None:
    shown = [panned(pose, px_s) for pose in clip([Lift(side=side.value)], distance_m=3.0)]
    found = told(shown, edit)
    assert side not in found
    # At a faster pan the places run ahead of the feet within a lift: nothing is told then.
    assert OTHER[side] in found or abs(px_s) > 21.0


def test_places_are_forgotten_when_asked() -> None:
    footing = Footing()
    shown = list(clip([Lift()], distance_m=3.0))
    standing = [pose for pose in shown if pose.time_s < 2.9]
    for pose in standing:
        footing.update(pose)
    footing.forget()
    assert {footing.update(pose) for pose in shown[len(standing) :] if pose.time_s < 5.0} == {None}


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize("step_px", [-80.0, 80.0])
def test_where_feet_stood_before_a_step_tells_nothing(side: Side, step_px: float) -> None:
    # Who turned or stepped, and stands anew for a good second, with one foot elsewhere.
    def edit(pose: Pose) -> Pose:
        points = pose.image_px.copy()
        if pose.time_s < 2.0:
            points[[27, 29, 31]] += [step_px, 0.0]
        return replace(pose, image_px=points)

    shown = [edit(pose) for pose in clip([Lift(side=side.value)], distance_m=3.0)]
    found = told(shown)
    assert set(found) - {None} == {OTHER[side]}
