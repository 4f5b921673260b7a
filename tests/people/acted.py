"""Short scenarios acted for the tests: every posture, some bodies, no picture."""

from __future__ import annotations

from functools import cache

from people.acting import Acting
from people.clip import frames
from people.kinematics import Pose, Skeleton
from people.scenario import Scenario
from people.table import camera_for

SCRIPTS = {
    "standing-hip-flexion": "walk-in L+lean-back:18 R+pelvic-hike:18 turn-round ~squat ~lunge",
    "supine-marching": "lie-down L R+back-arch:4.4 L+pelvis-lift:6 ~bridge get-up",
    "straight-leg-raise": "L L+bent-knee:40 ~slide",
    "alternating-leg-raises": "L R+back-arch:4.4",
    "front-support-hip-flexion": "L R+back-arch:20 L+hips-raised:25 ~push-up",
    "mountain-climbers": "LRx6 LRx4+hips-raised:27/rest=1",
    "hanging-leg-raises": "B B+swing:24",
    "high-knee-runs": "RLx8",
}
BODIES = ("gerda", "dmitri", "inga")


def scenario(exercise: str, script: str, body: str = "bo", fps: int = 10) -> Scenario:
    camera = camera_for(exercise, "left", 1.72)
    return Scenario(
        name="acted", exercise=exercise, script=script, camera=camera, body=body, fps=fps
    )


@cache
def acted(exercise: str, body: str) -> tuple[Acting, list[tuple[float, Pose, Skeleton]]]:
    """Return the usual script of an exercise, acted by a body."""
    acting = Acting(scenario(exercise, SCRIPTS[exercise], body))
    return acting, list(frames(acting))
