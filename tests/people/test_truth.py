"""Scripts and what a perfect observer makes of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.people.acted import scenario

from people.clip import SCHEMA, truth
from people.measures import JOINTS
from people.scenario import Rep, words

#: Exercise, script, and what is to be found: side, verdict, fault codes of each repetition.
SEEN = [
    ("standing-hip-flexion", "L", ["left clean"]),
    ("standing-hip-flexion", "R@60", ["right partial"]),
    ("standing-hip-flexion", "L+lean-back:18", ["left compensated lean-back"]),
    ("standing-hip-flexion", "L+lean-forward:23", ["left compensated lean-forward"]),
    ("standing-hip-flexion", "R+lateral-lean:17", ["right compensated lateral-lean"]),
    ("standing-hip-flexion", "R+pelvic-hike:16", ["right compensated pelvic-hike"]),
    ("standing-hip-flexion", "R+pelvic-drop:18", ["right compensated pelvic-drop"]),
    ("standing-hip-flexion", "L+anterior-tilt:10", ["left compensated anterior-tilt"]),
    ("standing-hip-flexion", "L+support-knee-bent:30", ["left compensated support-knee-bent"]),
    ("standing-hip-flexion", "~squat ~sit ~butt-kick", []),
    ("supine-marching", "L R", ["left clean", "right clean"]),
    ("supine-marching", "lie-down L+back-arch:4", ["left compensated back-arch"]),
    ("supine-marching", "L+pelvis-lift:6 ~bridge", ["left compensated pelvis-lift"]),
    ("supine-marching", "L+anterior-tilt:10", ["left compensated anterior-tilt"]),
    ("straight-leg-raise", "L", ["left clean"]),
    ("straight-leg-raise", "L+too-high:1@53", ["left compensated too-high"]),
    ("straight-leg-raise", "R+bent-knee:40", ["right compensated bent-knee"]),
    ("alternating-leg-raises", "L R+back-arch:4", ["left clean", "right compensated back-arch"]),
    ("front-support-hip-flexion", "L ~kneel", ["left clean"]),
    ("front-support-hip-flexion", "R+back-arch:20", ["right compensated back-arch"]),
    ("front-support-hip-flexion", "R+hips-raised:25", ["right compensated hips-raised"]),
    (
        "front-support-hip-flexion",
        "R+support-knee-bent:32",
        ["right compensated support-knee-bent"],
    ),
    ("mountain-climbers", "LRx3", ["left clean", "right clean", "left clean"]),
    ("mountain-climbers", "LRx2+hips-raised:30", ["left compensated hips-raised"] * 1
     + ["right compensated hips-raised"]),
    ("hanging-leg-raises", "B", ["both clean"]),
    ("hanging-leg-raises", "B+swing:24", ["both compensated swing"]),
    ("hanging-leg-raises", "B+back-arch:25", ["both compensated back-arch"]),
    ("high-knee-runs", "RLx2", ["right clean", "left clean"]),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "script", "wanted"), SEEN)
def test_a_script_is_seen_as_it_is_meant(exercise: str, script: str, wanted: list[str]) -> None:
    found = truth(scenario(exercise, script, fps=20))["reps"]
    said = [
        " ".join([rep["side"], rep["verdict"], *(fault["code"] for fault in rep["faults"])])
        for rep in found
    ]
    assert said == wanted


def test_a_repetition_gets_to_the_height_it_is_meant_to() -> None:
    rep = truth(scenario("supine-marching", "R@92+back-arch:3", fps=20))["reps"][0]
    assert rep["peak_deg"] == pytest.approx(92.0, abs=2.5)


def test_the_same_scenario_gives_the_same_truth_and_another_seed_another() -> None:
    one = scenario("hanging-leg-raises", "B")
    assert truth(one) == truth(one)
    assert truth(one)["frames"] != truth(replace(one, seed=2))["frames"]


def test_truth_has_a_value_for_every_frame_and_says_what_was_drawn() -> None:
    found = truth(scenario("supine-marching", "lie-down L"))
    frames = found["frames"]
    assert found["schema"] == SCHEMA
    assert found["split"] == "tuning"
    assert {len(values) for name, values in frames.items() if name != "joints_px"} == {
        found["frame_count"]
    }
    assert set(frames["joints_px"]) == set(JOINTS)
    assert all(np.isfinite(values).all() for n, values in frames.items() if n != "joints_px")
    assert found["camera"]["yaw_deg"] == 82.0
    assert found["calm_s"][0] > 3.0


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        ("L R", [Rep(side="left"), Rep(side="right")]),
        ("LRx3", [Rep(side="left"), Rep(side="right"), Rep(side="left")]),
        ("B@60/fall=0.5", [Rep(side="both", peak_deg=60.0, times_s=(("fall", 0.5),))]),
        (
            "walk-in L+lean-back:18+pelvic-hike:15",
            ["walk-in", Rep(side="left", faults=(("lean-back", 18.0), ("pelvic-hike", 15.0)))],
        ),
    ],
)
def test_words_of_a_script(script: str, wanted: list[Rep | str]) -> None:
    assert words(script) == wanted


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(KeyError, match="dance"):
        truth(scenario("hanging-leg-raises", "~dance"))
