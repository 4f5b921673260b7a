"""The foot that stays tells which leg is lifted, whatever the legs are called."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from formcheck.core.pose.leg_swaps import Footing
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
