"""Drawn people of another make, whose truth comes in another form.

A folder of `NAME.mp4` with `NAME.json`: `exercise`, `view`, `fps`, `body`, `camera` (`yaw` off the
view it is meant for, `face`, `roll`), `reps` (`side`, `start`, `top`, `end`, `faults`, where `low`
means too low) and `frames`, rows of `columns` in degrees.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from formcheck.analysis.analyze import judge
from formcheck.exercises import get_exercise
from tests.accuracy.drawn_clips import Clip, poses_of

CALM_S = 2.0
"""Everybody in them keeps still for so long first."""
_COLUMNS = {
    "hip_flexion_left_deg": "hip_l",
    "hip_flexion_right_deg": "hip_r",
    "torso_lean_deg": "lean",
    "lateral_lean_deg": "lateral",
    "pelvic_obliquity_deg": "pelvis_obliq",
    "knee_flexion_left_deg": "knee_l",
    "knee_flexion_right_deg": "knee_r",
    "plank_line_deg": "plank",
}


def people_of(folder: Path, cache: Path) -> list[Clip]:
    """Returns the clips of a folder with what formcheck makes of them."""
    cache.mkdir(parents=True, exist_ok=True)
    clips = []
    for path in sorted(folder.glob("*.json")):
        video = path.with_suffix(".mp4")
        if not video.exists():
            continue
        truth = _truth(json.loads(path.read_text(encoding="utf-8")))
        exercise = get_exercise(truth["exercise"])
        analysis = judge(poses_of(video, exercise, cache), exercise)
        clips.append(Clip(path.stem, exercise, truth, analysis))
    return clips


def _truth(told: dict[str, Any]) -> dict[str, Any]:
    """Returns the truth in this project's own form."""
    rows = list(zip(*told["frames"], strict=True))
    column = dict(zip(told["columns"], rows, strict=True))
    frames: dict[str, list[float]] = {name: list(column[of]) for name, of in _COLUMNS.items()}
    frames["time_s"] = list(column["t"])
    for side, of in (("left", "hip_l"), ("right", "hip_r")):
        pairs = zip(column[of], column["lean"], strict=True)
        frames[f"thigh_elevation_{side}_deg"] = [hip - lean for hip, lean in pairs]
        frames[f"leg_elevation_{side}_deg"] = list(column[of])
    both = zip(column["hip_l"], column["hip_r"], strict=True)
    frames["hip_flexion_both_deg"] = [(left + right) / 2 for left, right in both]
    camera, front = told["camera"], told["view"] == "front"
    facing = {"r": "right", "l": "left"}.get(camera["face"])
    return {
        "exercise": told["exercise"],
        "view": told["view"],
        "near_side": None if front else facing,
        "fps": told["fps"],
        "split": "other make",
        "duration_s": frames["time_s"][-1],
        "calm_s": [0.0, CALM_S],
        "arms": {"beyond": "overhead", "chest": "chest"}.get(told["arms"], "flank"),
        "body": {"name": told["body"]},
        "camera": {
            "yaw_deg": float(camera["yaw"]) if front else 90.0 - abs(float(camera["yaw"])),
            "roll_deg": camera["roll"],
            "height_m": camera["height_m"],
            "aim_m": [0.0, 0.0, camera["height_m"]],
            "distance_m": camera["distance_m"],
        },
        "reps": [_rep(rep) for rep in told["reps"]],
        "frames": frames,
    }


def _rep(rep: dict[str, Any]) -> dict[str, Any]:
    faults = [code for code in rep["faults"] if code != "low"]
    partial = "low" in rep["faults"]
    return {
        "side": rep["side"],
        "start_s": rep["start"],
        "top_s": rep["top"],
        "end_s": rep["end"],
        "verdict": "partial" if partial else "compensated" if faults else "clean",
        "faults": [{"code": code} for code in faults],
    }
