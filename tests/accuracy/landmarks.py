"""How far MediaPipe's raw landmarks lie from the truth, before any filter, by body and exercise.

    python tests/accuracy/landmarks.py FOLDER...    clips with NAME.truth.json beside them

Distances are shares of the trunk's true length in the picture; angles are degrees of hip flexion of
the near leg while it is lifted, as measured and as change from the person's own neutral. Bodies to
tune on and bodies to test on are printed apart.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

ROOT_FOLDER = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT_FOLDER), str(ROOT_FOLDER / "sample_videos")]

from formcheck.core.pose.pose import FloatArray, Landmark  # noqa: E402
from formcheck.exercises import get_exercise  # noqa: E402
from tests.accuracy.drawn_clips import poses_of  # noqa: E402

JOINTS = ("shoulder", "hip", "knee", "ankle")
LIFTED_DEG = 30.0
"""From this thigh movement on a leg counts as lifted."""


@dataclass(frozen=True)
class Seen:
    """What the pose model made of a clip.

    `off` is distance over trunk length of each joint of the near side (all frames, NaN where no
    person was found); `deg` the errors of the near leg's hip flexion while lifted, `change_deg` the
    same of its change from the start posture.
    """

    truth: dict[str, Any]
    off: dict[str, FloatArray]
    deg: FloatArray
    change_deg: FloatArray


def _flexion(points: dict[str, FloatArray], facing: float) -> FloatArray:
    """Hip flexion in the picture, degrees, by the definition of formcheck."""
    up = (points["shoulder"] - points["hip"]) * [1.0, -1.0]
    thigh = (points["knee"] - points["hip"]) * [1.0, -1.0]
    cross = -up[:, 0] * thigh[:, 1] + up[:, 1] * thigh[:, 0]
    found: FloatArray = np.degrees(facing * np.arctan2(cross, -(up * thigh).sum(axis=1)))
    return found


def look(video: Path, cache: Path) -> Seen:
    """Estimate a clip's poses, once, and lay them beside its truth."""
    truth = json.loads(video.with_suffix(".truth.json").read_text(encoding="utf-8"))
    poses = poses_of(video, get_exercise(truth["exercise"]), cache).poses
    side = truth["near_side"] or "left"
    true, found = {}, {}
    for joint in JOINTS:
        true[joint] = np.array(truth["frames"]["joints_px"][f"{side}_{joint}"])[: len(poses)]
        mark = Landmark[f"{side}_{joint}".upper()]
        found[joint] = np.array([pose.image_px[mark] for pose in poses])[: len(true[joint])]
    trunk = np.linalg.norm(true["shoulder"] - true["hip"], axis=1)
    off = {j: np.linalg.norm(found[j] - true[j], axis=1) / trunk for j in JOINTS}
    deg = change = np.array([])
    if truth["near_side"] and truth["view"] == "side":
        time = np.array(truth["frames"]["time_s"])[: len(poses)]
        facing = float(truth["facing_sign_in_image"])
        error = _flexion(found, facing) - np.array(
            truth["frames"][f"hip_flexion_{side}_deg"][: len(poses)]
        )
        error = (error + 180.0) % 360.0 - 180.0
        calm = (time >= truth["calm_s"][0]) & (time <= truth["calm_s"][1])
        thigh = np.array(truth["frames"][f"thigh_elevation_{side}_deg"])[: len(poses)]
        moved = np.abs(thigh - np.median(thigh[calm]))
        least = LIFTED_DEG if truth["exercise"] != "straight-leg-raise" else 8.0
        deg = error[moved > least]
        still = error[calm & np.isfinite(error)]
        change = deg - (np.median(still) if still.size else np.nan)
    return Seen(truth, off, deg, change)


def print_table(seen: Iterable[Seen], by: str, console: Console) -> None:
    """Print a row for each body, or exercise, of each split."""
    groups: dict[tuple[str, str], list[Seen]] = {}
    for one in seen:
        name = one.truth["body"]["name"] if by == "body" else one.truth["exercise"]
        groups.setdefault((one.truth["split"], name), []).append(one)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("split", by, "clips", "found", *JOINTS, "hip flexion", "bias", "as change"):
        table.add_column(title)
    for (split, name), group in sorted(groups.items(), reverse=True):
        offs = {joint: np.concatenate([one.off[joint] for one in group]) for joint in JOINTS}
        deg = np.concatenate([one.deg for one in group])
        change = np.concatenate([one.change_deg for one in group])
        table.add_row(
            split, name, str(len(group)), f"{np.isfinite(offs['hip']).mean():.0%}",
            *(f"{np.nanmean(values):.3f}" for values in offs.values()),
            _mae(deg), f"{np.nanmean(deg):+.1f}" if deg.size else "-", _mae(change),
        )  # fmt: skip
    console.print(table)


def _mae(errors: FloatArray) -> str:
    return f"{np.nanmean(np.abs(errors)):.1f}" if np.isfinite(errors).any() else "-"


def main() -> None:
    """Print the tables of the clips in some folders."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, help="folder of poses; else beside the clips")
    arguments = parser.parse_args()
    console = Console(width=140)
    seen = [
        look(path.with_name(path.name.replace(".truth.json", ".mp4")), arguments.cache or folder)
        for folder in arguments.folders
        for path in sorted(folder.glob("*.truth.json"))
        if path.with_name(path.name.replace(".truth.json", ".mp4")).exists()
    ]
    for by in ("exercise", "body"):
        print_table(seen, by, console)


if __name__ == "__main__":
    main()
