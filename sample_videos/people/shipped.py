"""The scenarios whose clips ship with formcheck; all of bodies to tune on."""

from __future__ import annotations

from people.camera import Camera
from people.scenario import Scenario

_UP = {"distance_m": 3.1, "height_m": 1.0, "aim_m": (0.0, 0.0, 0.88)}
_FLOOR = {"distance_m": 2.75, "height_m": 0.45, "aim_m": (-0.05, 0.0, 0.36)}
_PLANK = {"distance_m": 2.4, "height_m": 0.65, "aim_m": (-0.05, 0.0, 0.34)}
_BAR = {"distance_m": 3.7, "height_m": 1.25, "aim_m": (0.08, 0.0, 1.24)}


def _ships(name: str, script: str, body: str, room: str, view: dict[str, object], yaw_deg: float,
           seed: int, about: str, fps: int = 20, **extras: object) -> Scenario:  # fmt: skip
    exercise = next(slug for start, slug in _EXERCISES.items() if name.startswith(start))
    camera = Camera(yaw_deg=yaw_deg, **view)  # type: ignore[arg-type]
    return Scenario(
        name=name, exercise=exercise, script=script, body=body, room=room, seed=seed, about=about,
        camera=camera, fps=fps, **extras,  # type: ignore[arg-type]
    )  # fmt: skip


_EXERCISES = {"standing": "standing-hip-flexion"} | {
    slug: slug
    for slug in (
        "supine-marching", "straight-leg-raise", "alternating-leg-raises", "high-knee-runs",
        "front-support-hip-flexion", "mountain-climbers", "hanging-leg-raises",
    )
}  # fmt: skip
_PORTRAIT = (480, 640)

SHIPPED: tuple[Scenario, ...] = (
    _ships(
        "standing-side-left-clean",
        "L L L",
        "ida",
        "study",
        _UP,
        82.0,
        11,
        "left side near the camera, left leg: three clean repetitions",
    ),
    _ships(
        "standing-side-right-clean",
        "R R R",
        "finn",
        "living",
        _UP,
        -82.0,
        12,
        "right side near the camera, right leg: three clean repetitions",
    ),
    _ships(
        "standing-side-lean-back",
        "L L+lean-back:19 L L+lean-back:18",
        "bo",
        "study",
        _UP,
        82.0,
        13,
        "left leg: the second and the fourth repetition with the trunk leaning back",
    ),
    _ships(
        "standing-front-lateral-lean",
        "L R+lateral-lean:17 L+lateral-lean:17 R",
        "juan",
        "bedroom",
        _UP,
        0.0,
        14,
        "from the front, legs alternating: second and third repetition leaning sideways",
    ),
    _ships(
        "supine-marching-clean",
        "L R L R",
        "ida",
        "living",
        _FLOOR,
        82.0,
        101,
        "left side near the camera, legs alternating: four clean repetitions",
    ),
    _ships(
        "supine-marching-back-arch",
        "L L+back-arch:4.6 L",
        "bo",
        "bedroom",
        _FLOOR,
        82.0,
        102,
        "left leg: the loin leaves the floor in the second repetition",
    ),
    _ships(
        "straight-leg-raise-clean",
        "L L L",
        "gerda",
        "office",
        _FLOOR,
        82.0,
        103,
        "left side near the camera, left leg: three clean repetitions",
    ),
    _ships(
        "straight-leg-raise-too-high",
        "L L+too-high:1@53/rise=1.4/fall=2.6 L",
        "finn",
        "study",
        _FLOOR,
        82.0,
        104,
        "left leg: the second repetition goes up to 53 degrees",
    ),
    _ships(
        "alternating-leg-raises-clean",
        "L R L",
        "ida",
        "bedroom",
        _FLOOR,
        82.0,
        105,
        "left side near the camera, left, right, left: three clean repetitions",
    ),
    _ships(
        "alternating-leg-raises-back-arch",
        "L R+back-arch:4.4 L+back-arch:4.6",
        "juan",
        "living",
        _FLOOR,
        82.0,
        106,
        "left, right, left: the loin rises while the second and the third leg come down",
    ),
    _ships(
        "front-support-hip-flexion-clean",
        "L L L",
        "bo",
        "gym",
        _PLANK,
        82.0,
        51,
        "high plank, left side near the camera, left knee: three clean repetitions",
    ),
    _ships(
        "front-support-hip-flexion-back-arch",
        "R R+back-arch:21 R",
        "ida",
        "office",
        _PLANK,
        -82.0,
        52,
        "high plank, right knee: the hips sag in the second repetition",
    ),
    _ships(
        "mountain-climbers-clean",
        "LRx16",
        "ida",
        "gym",
        _PLANK,
        82.0,
        61,
        "left side near the camera, two steps a second: sixteen clean steps",
        30,
    ),
    _ships(
        "mountain-climbers-hips-raised",
        "LRx7 LRx8+hips-raised:29/rest=1",
        "finn",
        "gym",
        _PLANK,
        -82.0,
        62,
        "right side near the camera: seven clean steps, then eight with the hips raised",
        30,
    ),
    _ships(
        "hanging-leg-raises-clean",
        "B B B",
        "bo",
        "gym",
        _BAR,
        82.0,
        81,
        "hanging, left side near the camera, knees bent: three clean repetitions",
        size_px=_PORTRAIT,
    ),
    _ships(
        "hanging-leg-raises-swing",
        "B B+swing:25 B+swing:25",
        "ida",
        "gym",
        _BAR,
        -82.0,
        82,
        "hanging, right side near the camera: second and third repetition with swinging",
        size_px=_PORTRAIT,
    ),
    _ships(
        "high-knee-runs-clean",
        "RLx15",
        "finn",
        "living",
        _UP,
        82.0,
        111,
        "left side near the camera, two steps a second: fifteen clean steps",
        30,
    ),
    _ships(
        "high-knee-runs-lean-back",
        "RLx6 RLx8+lean-back:20/rest=0.9",
        "ida",
        "office",
        _UP,
        -82.0,
        112,
        "right side near the camera: six clean steps, then eight leaning back",
        30,
    ),
)
