"""The table of scenarios: cases of every exercise, acted by bodies to tune and to test on.

The split is made once and for all: a body, and with it a seed, is either tuned on or tested on.
Every case is acted in both splits, by a body and with chances of its own.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace
from typing import Any

from people.body import bodies
from people.camera import Camera
from people.scenario import Scenario
from people.shipped import SHIPPED

TUNING = ("ida", "bo", "carla", "finn", "gerda", "juan")
TEST = ("dmitri", "ebele", "hiro", "inga")
FIRST_SEED = {"tuning": 1000, "test": 5000}
FAST = ("mountain-climbers", "high-knee-runs")

#: Where the camera stands for each posture: upright, on the floor, in a plank, under a bar.
CAMERAS = {
    "standing-hip-flexion": Camera(distance_m=3.1, height_m=1.0, aim_m=(0.0, 0.0, 0.88)),
    "high-knee-runs": Camera(distance_m=3.1, height_m=1.0, aim_m=(0.0, 0.0, 0.88)),
    "front-support-hip-flexion": Camera(distance_m=2.5, height_m=0.65, aim_m=(-0.06, 0.0, 0.34)),
    "mountain-climbers": Camera(distance_m=2.5, height_m=0.65, aim_m=(-0.06, 0.0, 0.34)),
    "hanging-leg-raises": Camera(distance_m=3.8, height_m=1.25, aim_m=(0.08, 0.0, 1.22)),
} | dict.fromkeys(
    ("supine-marching", "straight-leg-raise", "alternating-leg-raises"),
    Camera(distance_m=2.8, height_m=0.45, aim_m=(-0.05, 0.0, 0.36)),
)  # fmt: skip


_YAW_DEG = {"left": 82.0, "right": -82.0, "square": 90.0, "front": 0.0, "behind": 180.0}


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the table before somebody acts it.

    Attributes
    ----------
    name, script
        What is shown; see `people.scenario`.
    view
        Words: ``left``, ``right`` (eight degrees short of square), ``front``, ``behind``,
        ``square``, ``yaw30`` (off the side view), ``roll5``, ``high`` (30 degrees above).
    extras
        Other fields of the scenario.
    """

    name: str
    script: str
    view: str = "left"
    extras: dict[str, Any] = field(default_factory=dict)


def camera_for(exercise: str, view: str, stature_m: float) -> Camera:
    """Camera of an exercise, from where the words of ``view`` say."""
    scale = stature_m / 1.72
    base = CAMERAS[exercise]
    aim = (base.aim_m[0], base.aim_m[1], base.aim_m[2] * scale)
    camera = replace(base, distance_m=base.distance_m * (0.3 + 0.7 * scale), aim_m=aim)
    for word in view.split():
        if word in _YAW_DEG:
            yaw = _YAW_DEG[word]
            camera = replace(camera, yaw_deg=yaw)
        elif word.startswith("yaw"):
            sign = -1.0 if camera.yaw_deg < 0 else 1.0
            camera = replace(camera, yaw_deg=sign * (90.0 - float(word[3:])))
        elif word.startswith("roll"):
            camera = replace(camera, roll_deg=float(word[4:]))
        elif word == "high":
            camera = replace(camera, height_m=camera.aim_m[2] + 0.58 * camera.distance_m)
        else:
            raise ValueError(f"{word!r} says nothing about a camera")
    return camera


def _faults(script: str, sizes: dict[str, tuple[float, ...]], clean: str = "L") -> list[Case]:
    """Cases of each fault at each size; ``FAULT`` in the script is where it goes."""
    return [
        Case(
            f"{code}-{size:g}",
            (f"{clean} " if number else "") + script.replace("FAULT", f"+{code}:{size:g}"),
        )
        for code, of_code in sizes.items()
        for number, size in enumerate(of_code)
    ]


_ON_HIP = {"tag": "left", "arms": "chest"}
_ON_SACRUM = {"tag": "sacrum", "arms": "chest"}
_HD, _FULL_HD = {"size_px": (1280, 720)}, {"size_px": (1920, 1080)}

_STANDING_TAGS = [
    Case("tag", "L L", "left", _ON_HIP),
    Case("tag-far-leg", "R R", "left", _ON_HIP),
    Case("tag-posterior-15", "L+anterior-tilt:-15 L", "square", _ON_HIP),
    Case("anterior-tilt-tag", "L L+anterior-tilt:13", "left", _ON_HIP),
    Case("anterior-tilt-8-tag", "L+anterior-tilt:8 L L+anterior-tilt:10", "square", _ON_HIP),
    Case("anterior-tilt-15-tag-hd", "L+anterior-tilt:15 L", "left", _ON_HIP | _HD),
    Case("anterior-tilt-8-tag-full-hd", "L L+anterior-tilt:8", "left", _ON_HIP | _FULL_HD),
    Case("anterior-tilt-11-tag-30", "L+anterior-tilt:11", "left", _ON_HIP | {"fps": 30}),
    Case("anterior-tilt-9-tag-60", "L+anterior-tilt:9", "square", _ON_HIP | {"fps": 60}),
    *(Case(f"yaw{yaw}-anterior-tilt-tag", "L+anterior-tilt:10 L", f"left yaw{yaw}", _ON_HIP)
      for yaw in (15, 30, 40)),
    Case("yaw30-tag-hd", "L R", "left yaw30", _ON_HIP | _HD),
    Case("lean-back-tag", "L+lean-back:18 L", "left", _ON_HIP),
    Case("pelvic-hike-tag", "L L+pelvic-hike:16", "front", {"tag": "belly", "arms": "chest"}),
    Case("tag-behind", "L R", "behind", _ON_SACRUM),
    Case("pelvic-hike-tag-behind", "L L+pelvic-hike:16", "behind", _ON_SACRUM),
    Case("pelvic-hike-10-tag-behind", "R+pelvic-hike:10 L", "behind", _ON_SACRUM),
    Case("pelvic-hike-18-tag-behind-hd", "L+pelvic-hike:18 R", "behind", _ON_SACRUM | _HD),
    Case("pelvic-drop-12-tag-behind", "L+pelvic-drop:12 R", "behind", _ON_SACRUM),
    Case("pelvic-drop-18-tag-behind", "R+pelvic-drop:18 L", "behind", _ON_SACRUM),
    Case("lateral-lean-tag-behind", "L+lateral-lean:18 R", "behind", _ON_SACRUM),
]  # fmt: skip

_LYING_TAGS = [
    Case("tag", "L L", "left", _ON_HIP),
    Case("anterior-tilt-tag", "L L+anterior-tilt:10", "left", _ON_HIP),
    Case("back-arch-tag-flank", "L+back-arch:4.4 L", "left", {"tag": "left", "arms": "flank"}),
    Case("back-arch-tag-hd", "L L+back-arch:3.6", "left", _ON_HIP | _HD),
    Case("yaw15-tag", "L", "left yaw15", _ON_HIP),
    Case("tag-loose-shirt", "L", "left", _ON_HIP | {"outfit": "wide"}),
]  # fmt: skip

_STANDING = [
    Case("clean", "L L"),
    Case("right-clean", "R R", "right"),
    Case("far-leg", "R R"),
    Case("alternating", "L R", "right"),
    Case("front-clean", "L R", "front"),
    *_faults("LFAULT", {"lean-back": (14.0, 18.0, 25.0), "lean-forward": (23.0, 30.0),
                        "anterior-tilt": (8.0, 13.0)}),
    *(replace(c, view="right") for c in _faults("LFAULT", {"support-knee-bent": (28.0, 38.0)})),
    *(replace(c, view="front") for c in _faults(
        "LFAULT", {"lateral-lean": (13.0, 17.0, 24.0), "pelvic-hike": (13.0, 18.0),
                   "pelvic-drop": (16.0, 22.0)}, clean="R")),
    *_STANDING_TAGS,
    Case("short-hold", "L/stay=0.1 L/stay=0.2"),
    Case("fast-lowering", "R/fall=0.6 R/fall=0.5", "right"),
    Case("partial", "L@60 L@63/stay=1"),
    Case("tired", "L L L", "left", {"fatigue": 0.12}),
    Case("square-dark", "L L", "square", {"outfit": "dark"}),
    Case("walk-in", "walk-in ~scratch-belly R", "right"),
    Case("turn-round", "turn-round L", "right"),
    Case("walk-out", "L L walk-out"),
    Case("scratch", "~scratch-head L ~hands-on-hips"),
    Case("idle", "~look ~shift ~scratch-head ~hands-on-hips"),
    Case("front-idle", "~look ~shift ~stretch ~low-steps", "front"),
    Case("other-movements", "~squat ~bend ~butt-kick ~squat"),
    Case("sitting", "~sit"),
    Case("front-sitting", "~sit", "front"),
    Case("lunges", "~lunge ~look ~lunge"),
    Case("front-squats", "~squat ~squat ~butt-kick", "front"),
    *(Case(f"yaw{yaw}-{name}", script, f"left yaw{yaw}") for yaw in (0, 15, 30, 45, 60)
      for name, script in (("clean", "L"), ("lean-back", "L+lean-back:20"),
                           ("lateral-lean", "L+lateral-lean:18"))),
    *(Case(f"roll{roll}-{view}-{name}", script, f"{view} roll{roll}") for roll in (5, 10)
      for view, name, script in (("left", "clean", "L"),
                                 ("left", "lean-back", "L+lean-back:18"),
                                 ("front", "clean", "R"))),
    *(Case(f"fps{fps}-lean-back", "L+lean-back:18", "left", {"fps": fps})
      for fps in (8, 10, 24, 30, 60)),
]  # fmt: skip

_MARCHING = [
    Case("clean", "L L"),
    Case("right-clean", "R R", "right"),
    Case("alternating", "L R L"),
    Case("far-leg", "R R"),
    Case("arms-flank", "L L", "left", {"arms": "flank"}),
    Case("arms-chest", "L L", "left", {"arms": "chest"}),
    Case("lie-down", "lie-down ~scratch-belly L"),
    Case("elevated", "L L", "left high"),
    *_faults("LFAULT", {"back-arch": (3.6, 4.6), "pelvis-lift": (4.5, 6.0),
                        "anterior-tilt": (10.0,)}),
    *_LYING_TAGS,
    Case("back-arch-flank", "L L+back-arch:4.4", "left", {"arms": "flank"}),
    Case("back-arch-chest", "L L+back-arch:4.4", "left", {"arms": "chest"}),
    Case("right-back-arch", "R R+back-arch:4.4", "right"),
    Case("fast-lowering", "R/fall=0.7 R/fall=0.6", "right"),
    Case("partial", "L@64 L@66"),
    Case("idle", "~fidget ~look ~scratch-belly ~slide"),
    Case("other-movements", "~bridge ~slide ~bridge"),
    Case("get-up", "L get-up"),
    *(Case(f"yaw{yaw}-clean", "L", f"left yaw{yaw}") for yaw in (15, 30, 45)),
    *(Case(f"roll{roll}-clean", "L", f"left roll{roll}") for roll in (5, 10)),
    *(Case(f"fps{fps}-back-arch", "L+back-arch:4.4", "left", {"fps": fps}) for fps in (8, 30)),
]  # fmt: skip

_STRAIGHT = [
    Case("clean", "L L"),
    Case("right-clean", "R R", "right", {"arms": "flank"}),
    Case("far-leg", "R R"),
    Case("arms-flank", "L L", "left", {"arms": "flank"}),
    Case("arms-chest", "L L", "left", {"arms": "chest"}),
    Case("lie-down", "lie-down L"),
    Case("elevated", "L L", "left high"),
    Case("too-high", "L L+too-high:1@53/rise=1.4/fall=2.6"),
    Case("too-high-65", "L L+too-high:1@65/rise=1.5/fall=2.8"),
    *_faults("LFAULT", {"bent-knee": (34.0, 42.0), "back-arch": (3.6, 4.6),
                        "pelvis-lift": (5.0, 6.0)}),
    Case("fast-lowering", "R/fall=0.6 R/fall=0.6", "right"),
    Case("partial", "L@6.4 L@6.2"),
    Case("idle", "~fidget ~look ~scratch-belly"),
    *(Case(f"yaw{yaw}-clean", "L", f"left yaw{yaw}") for yaw in (15, 30, 45)),
    *(Case(f"roll{roll}-clean", "L", f"left roll{roll}") for roll in (5, 10)),
]  # fmt: skip

_ALTERNATING = [
    Case("clean", "L R"),
    Case("right-clean", "R L", "right"),
    Case("arms-flank", "L R", "left", {"arms": "flank"}),
    Case("arms-chest", "L R", "left", {"arms": "chest"}),
    Case("lie-down", "lie-down L"),
    Case("elevated", "L R", "left high"),
    *_faults("LFAULT", {"back-arch": (3.6, 4.6), "pelvis-lift": (5.0,), "bent-knee": (38.0, 46.0)},
             clean="R"),
    Case("fast-lowering", "L/fall=0.9 R/fall=0.8"),
    Case("partial", "L@49 R@50"),
    Case("idle", "~fidget ~look ~scratch-belly"),
    *(Case(f"yaw{yaw}-clean", "L R", f"left yaw{yaw}") for yaw in (15, 30)),
    Case("roll10-clean", "L R", "left roll10"),
]  # fmt: skip

_PLANK = [
    Case("clean", "L L"),
    Case("right-clean", "R R", "right"),
    Case("far-leg", "R R"),
    Case("alternating", "L R", "right"),
    Case("band", "L L", "left", {"band": "left"}),
    Case("band-hips-raised", "R R+hips-raised:26", "left", {"band": "right"}),
    *_faults("LFAULT", {"back-arch": (15.0, 20.0, 26.0), "hips-raised": (20.0, 26.0)}),
    Case("support-knee-bent", "R R+support-knee-bent:32"),
    Case("fast-lowering", "L/fall=0.6 L/fall=0.6"),
    Case("partial", "R@60 R@62", "right"),
    Case("tired", "L L L", "left", {"fatigue": 0.1}),
    Case("kneel", "L ~kneel L"),
    Case("forearms", "L L", "left", {"arms": "forearms"}),
    Case("forearms-back-arch", "L L+back-arch:18", "right", {"arms": "forearms"}),
    Case("idle", "~rock ~look ~rock"),
    Case("other-movements", "~push-up ~kneel ~push-up ~donkey-kick"),
    *(Case(f"yaw{yaw}-clean", "L", f"left yaw{yaw}") for yaw in (0, 15, 30, 45)),
    *(Case(f"roll{roll}-clean", "L", f"left roll{roll}") for roll in (5, 10)),
]  # fmt: skip

_CLIMBERS = [
    Case("clean", "LRx10"),
    Case("right-slow", "RLx9/pace=1.5", "right"),
    Case("quick", "LRx12/pace=2.5"),
    Case("very-quick", "LRx14/pace=3", "right"),
    Case("shallow", "LRx12@73/pace=2.5"),
    Case("partial", "LRx6 LRx6@55/rest=0.8", "right"),
    Case("tired", "LRx12", "left", {"fatigue": 0.15}),
    *(Case(f"{code}-{size}", f"LRx5 LRx6+{code}:{size}/rest=1", "left")
      for code, size in (("back-arch", 18), ("back-arch", 24), ("hips-raised", 27),
                         ("hips-raised", 33))),
    Case("idle", "~rock ~look ~kneel ~rock", "right"),
    *(Case(f"yaw{yaw}-clean", "LRx8", f"left yaw{yaw}") for yaw in (15, 30, 45)),
    Case("roll10-clean", "LRx8", "left roll10"),
    *(Case(f"fps{fps}-clean", "LRx8", "left", {"fps": fps}) for fps in (10, 15, 24, 60)),
]  # fmt: skip

_PORTRAIT = {"size_px": (480, 640)}
_HANGING = [
    Case("clean", "B B"),
    Case("right-clean", "B B", "right"),
    Case("portrait", "B B", "left", _PORTRAIT),
    Case("straight", "B@95/straight=1 B@93/straight=1"),
    *_faults("BFAULT", {"swing": (19.0, 25.0), "back-arch": (21.0, 27.0)}, clean="B"),
    Case("swing-between", "B+swing:21 wait=1.6 B", "right"),
    Case("partial", "B@60 B@64", "right"),
    Case("fast-lowering", "B/fall=0.7 B/fall=0.6"),
    Case("tired", "B B B", "left", {"fatigue": 0.12}),
    Case("idle", "~hang-loose ~look ~hang-loose", "right"),
    Case("other-movements", "~knee-bend ~hang-loose ~knee-bend"),
    *(Case(f"yaw{yaw}-clean", "B B", f"left yaw{yaw}") for yaw in (15, 30)),
    Case("roll10-clean", "B B", "left roll10"),
]  # fmt: skip

_RUNNING = [
    Case("clean", "RLx10"),
    Case("right-slow", "RLx9/pace=1.5", "right"),
    Case("quick", "RLx12/pace=2.5@82"),
    Case("very-quick", "RLx14/pace=3@79", "right"),
    Case("front", "RLx10", "front"),
    Case("low", "RLx6 RLx6@54/rest=0.8"),
    Case("tired", "RLx12", "left", {"fatigue": 0.12}),
    *(Case(f"{code}-{size}", f"RLx5 RLx6+{code}:{size}/rest=0.9", view)
      for code, size, view in (("lean-back", 17, "left"), ("lean-back", 22, "right"),
                               ("lateral-lean", 16, "front"), ("lateral-lean", 21, "front"))),
    Case("idle", "~low-steps ~look ~low-steps ~shift"),
    Case("other-movements", "~squat ~butt-kick ~butt-kick ~bend"),
    Case("sitting", "~sit", "right"),
    Case("walk-in", "walk-in RLx10"),
    *(Case(f"yaw{yaw}-clean", "RLx8", f"left yaw{yaw}") for yaw in (15, 30, 45)),
    Case("roll10-clean", "RLx8", "left roll10"),
    *(Case(f"fps{fps}-clean", "RLx8", "left", {"fps": fps}) for fps in (10, 15, 24, 60)),
]  # fmt: skip

CASES: dict[str, list[Case]] = {
    "standing-hip-flexion": _STANDING,
    "supine-marching": _MARCHING,
    "straight-leg-raise": _STRAIGHT,
    "alternating-leg-raises": _ALTERNATING,
    "front-support-hip-flexion": _PLANK,
    "mountain-climbers": _CLIMBERS,
    "hanging-leg-raises": _HANGING,
    "high-knee-runs": _RUNNING,
}


def _row(split: str, people: tuple[str, ...], exercise: str, case: Case) -> Scenario:
    # By lot of its own, so that no row changes when another one is added.
    lot = zlib.crc32(f"{split} {exercise} {case.name}".encode())
    body = people[lot % len(people)]
    return Scenario(
        name=f"{exercise}-{case.name}-{body}", exercise=exercise, script=case.script, body=body,
        camera=camera_for(exercise, case.view, bodies()[body].stature_m), split=split,
        seed=FIRST_SEED[split] + lot // 64 % 4000,
        **({"fps": 30 if exercise in FAST else 15} | case.extras),
    )  # fmt: skip


SCENARIOS: dict[str, Scenario] = {scenario.name: scenario for scenario in SHIPPED} | {
    row.name: row
    for split, people in (("tuning", TUNING), ("test", TEST))
    for exercise, cases in CASES.items()
    for row in (_row(split, people, exercise, case) for case in cases)
}
