"""The scenarios whose clips ship with formcheck; all of bodies to tune on."""

from __future__ import annotations

from people.camera import Camera
from people.manners import MANNERS
from people.scenario import Scenario

_CAMERAS = {
    "feet": Camera(distance_m=3.1, height_m=1.0, aim_m=(0.0, 0.0, 0.88)),
    "back": Camera(distance_m=2.75, height_m=0.45, aim_m=(-0.05, 0.0, 0.36)),
    "hands": Camera(distance_m=2.4, height_m=0.65, aim_m=(-0.05, 0.0, 0.34)),
    "bar": Camera(distance_m=3.7, height_m=1.25, aim_m=(0.08, 0.0, 1.24)),
}
#: Where the camera stands, in degrees about the person.
_L, _R, _FRONT = 82.0, -82.0, 0.0


def _brisk(script: str) -> str:
    """Keep four repetitions of a clip short."""
    return " ".join(f"{word}/rise=0.9/stay=1.5/fall=1.85/rest=0.15" for word in script.split())


# Name; script; body, outfit, room; camera; seed; what it shows.
# fmt: off
_ROWS: tuple[tuple[str, str, tuple[str, str, str], float, int, str], ...] = (
    ("standing-side-left-clean", "L L L", ("bo", "sport", "study"), _L, 11,
     "left side near the camera, left leg: three clean repetitions"),
    ("standing-side-right-clean", "R R R", ("finn", "vest", "study"), _R, 12,
     "right side near the camera, right leg: three clean repetitions"),
    ("standing-side-lean-back", _brisk("L L+lean-back:19 L L+lean-back:18"),
     ("bo", "vest", "study"), _L, 13,
     "left leg: the second and the fourth repetition with the trunk leaning back"),
    ("standing-front-lateral-lean", _brisk("L R+lateral-lean:17 L+lateral-lean:17 R"),
     ("bo", "light", "study"), _FRONT, 14,
     "from the front, legs alternating: second and third repetition leaning sideways"),
    ("supine-marching-clean", "L/rest=0.2 R/rest=0.2 L/rest=0.2 R/rest=0.2",
     ("bo", "sport", "living"), _L, 101,
     "left side near the camera, legs alternating: four clean repetitions"),
    ("supine-marching-back-arch", "L L+back-arch:4.6 L", ("bo", "light", "bedroom"), _L, 102,
     "left leg: the loin leaves the floor in the second repetition"),
    ("straight-leg-raise-clean", "L L L", ("gerda", "leggings", "office"), _L, 103,
     "left side near the camera, left leg: three clean repetitions"),
    ("straight-leg-raise-too-high", "L L+too-high:1@53/rise=1.4/fall=2.6 L",
     ("finn", "vest", "study"), _L, 104,
     "left leg: the second repetition goes up to 53 degrees"),
    ("alternating-leg-raises-clean", "L R L", ("bo", "sport", "study"), _L, 105,
     "left side near the camera, left, right, left: three clean repetitions"),
    ("alternating-leg-raises-back-arch", "L R+back-arch:4.4 L+back-arch:4.6",
     ("bo", "sport", "study"), _L, 106,
     "left, right, left: the loin rises while the second and the third leg come down"),
    ("front-support-hip-flexion-clean", "L L L", ("bo", "sport", "gym"), _L, 51,
     "high plank, left side near the camera, left knee: three clean repetitions"),
    ("front-support-hip-flexion-back-arch", "R R+back-arch:21 R", ("ida", "leggings", "office"),
     _R, 52, "high plank, right knee: the hips sag in the second repetition"),
    ("mountain-climbers-clean", "LRx16", ("finn", "vest", "study"), _L, 61,
     "left side near the camera, two steps a second: sixteen clean steps"),
    ("mountain-climbers-hips-raised", "LRx7 LRx8+hips-raised:29/rest=1",
     ("finn", "light", "gym"), _R, 62,
     "right side near the camera: seven clean steps, then eight with the hips raised"),
    ("hanging-leg-raises-clean", "B B B", ("bo", "striped", "gym"), _L, 81,
     "hanging, left side near the camera, knees bent: three clean repetitions"),
    ("hanging-leg-raises-swing", "B B+swing:25 B+swing:25", ("ida", "leggings", "gym"), _R, 82,
     "hanging, right side near the camera: second and third repetition with swinging"),
    ("high-knee-runs-clean", "RLx15", ("gerda", "sport", "office"), _L, 111,
     "left side near the camera, two steps a second: fifteen clean steps"),
    ("high-knee-runs-lean-back", "RLx6 RLx8+lean-back:20/rest=0.9",
     ("ida", "sport", "office"), _R, 112,
     "right side near the camera: six clean steps, then eight leaning back"),
)
# fmt: on


def _scenario(
    name: str, script: str, who: tuple[str, str, str], yaw_deg: float, seed: int, about: str
) -> Scenario:
    exercise = next((slug for slug in MANNERS if name.startswith(slug)), "standing-hip-flexion")
    manner = MANNERS[exercise]
    camera = _CAMERAS[manner.support]
    return Scenario(
        name=name, about=about, exercise=exercise, script=script, seed=seed,
        body=who[0], outfit=who[1], room=who[2],
        camera=Camera(yaw_deg=yaw_deg, distance_m=camera.distance_m, height_m=camera.height_m,
                      aim_m=camera.aim_m),
        grain=0.5, fps=30 if manner.steps_per_s else 20,
        size_px=(480, 640) if manner.support == "bar" else (640, 480),
    )  # fmt: skip


SHIPPED: tuple[Scenario, ...] = tuple(_scenario(*row) for row in _ROWS)
