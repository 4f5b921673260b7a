"""Dressed people as they are drawn: on their joints, whole, and the same every time.

They need the MakeHuman body data, which drawing a clip fetches; without them these tests are left
out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from people.body import SIDES, bodies
from people.camera import Camera
from people.kinematics import Arm, Leg, Pose, Skeleton, forward
from people.makehuman import Array, base_mesh, is_fetched
from people.measure import proportions
from people.person import Person
from people.recipes import RECIPES
from people.render import Studio
from people.rooms import ROOMS
from people.shape import build
from people.skin import Rig, follow, skin_weights
from people.tag import PLACES, TAG_M
from people.wardrobe import OUTFITS, dressed
from people.webcam import Webcam

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not is_fetched(), reason="the body data of drawn people are not fetched"),
]

SIZE = (640, 480)
NAMES = list(RECIPES)
ARMS_AWAY: dict[str, Any] = {
    "left_arm": Arm(shoulder_abduction_deg=70),
    "right_arm": Arm(shoulder_abduction_deg=70),
}


def standing(name: str, pose: Pose | None = None) -> Skeleton:
    body = bodies()[name]
    height = body.thigh_m + body.shank_m + body.ankle_height_m
    return forward(body, replace(pose or Pose(), root_m=np.array([0.0, 0.0, height])))


def skinned(name: str, skeleton: Skeleton) -> Array:
    shape = build(RECIPES[name])
    rest = shape.vertices.astype(np.float32)
    return follow(rest, skin_weights(), Rig(shape).transforms(skeleton)).astype(np.float64)


@pytest.mark.parametrize("name", NAMES)
def test_the_kept_proportions_are_those_of_the_mesh(name: str) -> None:
    body = bodies()[name]
    for measure, value in proportions(build(RECIPES[name]), body.stature_m).items():
        assert getattr(body, measure) == pytest.approx(
            tuple(value) if isinstance(value, list) else value, abs=2e-4
        ), measure


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "pose",
    [
        Pose(),
        Pose(left_leg=Leg(hip_flexion_deg=100, knee_flexion_deg=100), pelvic_tilt_deg=20),
        Pose(left_arm=Arm(shoulder_flexion_deg=170), right_arm=Arm(elbow_flexion_deg=110)),
    ],
)
def test_the_joint_cubes_of_the_mesh_land_on_the_skeletons_joints(name: str, pose: Pose) -> None:
    skeleton = standing(name, pose)
    moved, groups = skinned(name, skeleton), base_mesh().groups
    cubes = {"knee": "knee", "ankle": "ankle", "elbow": "elbow", "hand": "wrist"}
    for side in SIDES:
        for cube, joint in cubes.items():
            middle = moved[groups[f"joint-{side[0]}-{cube}"]].mean(axis=0)
            off_m = np.linalg.norm(middle - skeleton.points[f"{side}_{joint}"])
            assert off_m < 0.006, (side, joint)


@pytest.mark.parametrize("name", NAMES)
def test_a_hip_bent_by_100_degrees_keeps_its_depth(name: str) -> None:
    """The seat behind the hip must not cave in by more than a quarter."""
    bent = Pose(left_leg=Leg(hip_flexion_deg=100, knee_flexion_deg=90))
    depths = []
    for pose in (Pose(), bent):
        skeleton = standing(name, pose)
        hip = skeleton.points["left_hip"]
        skin = skinned(name, skeleton)[base_mesh().groups["body"]]
        near = skin[(np.abs(skin[:, 1] - hip[1]) < 0.06) & (np.abs(skin[:, 2] - hip[2]) < 0.05)]
        depths.append(hip[0] - near[:, 0].min())
    assert depths[1] > 0.75 * depths[0]


@pytest.mark.parametrize("number", range(len(OUTFITS)), ids=OUTFITS)
def test_a_person_is_drawn_over_the_joints_and_the_same_every_time(number: int) -> None:
    name, room = NAMES[number], list(ROOMS.values())[number % len(ROOMS)]
    skeleton = standing(name)
    camera = Camera(yaw_deg=60.0, roll_deg=4.0)
    studio = Studio(Person(bodies()[name], dressed(name, OUTFITS[number])), camera, room, Webcam())
    assert (studio.shoot(skeleton, seed=3) == studio.shoot(skeleton, seed=3)).all()
    gone = replace_root(skeleton, np.array([0.0, 0.0, -50.0]))
    changed = np.abs(studio.expose(skeleton) - studio.expose(gone)).max(axis=2) > 0.02
    joints = ("left_knee", "left_ankle", "left_shoulder", "left_hip", "head")
    points = np.stack([skeleton.points[joint] for joint in joints])
    on_person = [changed[y, x] for x, y in camera.project(points, SIZE).astype(int)]
    assert sum(on_person) >= len(joints) - 1
    assert 0.03 < changed.mean() < 0.45


def replace_root(skeleton: Skeleton, by: Array) -> Skeleton:
    return replace(skeleton, points={name: at + by for name, at in skeleton.points.items()})


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("outfit", ["sport", "wide"])
def test_the_tag_is_found_where_it_truly_is(place: str, outfit: str) -> None:
    yaw_deg = {"left": 85.0, "right": -85.0, "belly": 8.0, "sacrum": 175.0}[place]
    skeleton = standing("inga", Pose(pelvic_tilt_deg=6.0, **ARMS_AWAY))
    camera = Camera(yaw_deg=yaw_deg, distance_m=2.2)
    person = Person(bodies()["inga"], dressed("inga", outfit), tag=place)
    picture = Studio(person, camera, ROOMS["study"], Webcam(noise=1.0), SIZE).shoot(skeleton, 1)
    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    corners, numbers, _ = cv2.aruco.ArucoDetector(family).detectMarkers(picture)
    assert numbers is not None
    assert np.ravel(numbers).tolist() == [0]
    middle, frame = person.tag_pose(skeleton)
    square = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]]) * TAG_M / 2
    true = camera.project(middle + square @ frame.T, SIZE)
    # Corners are found to about a pixel, which counts from the middle of the first one.
    assert np.abs(corners[0][0] + 0.5 - true).max() < 2.0


def test_a_loose_shirt_hides_the_hollow_of_the_back() -> None:
    """Seen from the side, the shirt hangs straight from the shoulder blades to the seat."""
    hollows = []
    for outfit in ("sport", "wide"):
        person = Person(bodies()["ebele"], dressed("ebele", outfit))
        skeleton = standing("ebele", Pose(**ARMS_AWAY))
        cloth = person.pose(skeleton).vertices
        lumbar, thorax = skeleton.points["lumbar"], skeleton.points["thorax"]

        def back(low: float, high: float, points: npt.NDArray[np.floating] = cloth) -> float:
            inside = (points[:, 2] > low) & (points[:, 2] < high) & (np.abs(points[:, 1]) < 0.05)
            return float(points[inside, 0].min())

        loin = max(back(z, z + 0.02) for z in np.arange(lumbar[2], thorax[2] + 0.05, 0.02))
        hollows.append(loin - back(lumbar[2] - 0.1, lumbar[2]))
    assert hollows[1] < hollows[0] - 0.015
