"""Recordings of any quality, put together from single repetitions of the drawn clips.

A text says what is done: `c` a clean repetition, `x` a compensated one, `.` a second of stillness.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from formcheck.core.pose.pose import MIRROR_PAIRS, Pose
from formcheck.files.pose_file import PoseRecording

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
#: Of each clip: where it is still, and from when to when a clean and a compensated one last.
PARTS: dict[str, dict[str, tuple[float, float]]] = {
    "hanging-leg-raises-swing": {".": (1.0, 2.0), "c": (2.3, 6.2), "x": (6.2, 10.2)},
    "standing-side-lean-back": {".": (1.0, 2.0), "c": (2.3, 6.4), "x": (6.4, 10.6)},
}
START = "..."


def composed(clip: str, done: str, *, other_leg: bool = False, name: str = "") -> PoseRecording:
    """Return a recording of what a text says, after three seconds in the start posture.

    With `other_leg` left and right change names in every pose; `name` is the source's.
    """
    whole = PoseRecording.load(GOLDEN / f"{clip}.npz")
    fps = whole.source.fps or 20.0
    parts = {
        name: [pose for pose in whole.poses if begin <= pose.time_s < end]
        for name, (begin, end) in PARTS[clip].items()
    }
    poses = [pose for name in START + done + "." for pose in parts[name]]
    poses = [replace(pose, time_s=index / fps) for index, pose in enumerate(poses)]
    if other_leg:
        poses = [_renamed(pose) for pose in poses]
    source = replace(
        whole.source,
        path=name or whole.source.path,
        frames=len(poses),
        duration_s=len(poses) / fps,
    )
    return PoseRecording(source=source, poses=tuple(poses))


def _renamed(pose: Pose) -> Pose:
    order = np.arange(len(pose.visibility))
    for left, right in MIRROR_PAIRS:
        order[[left, right]] = order[[right, left]]
    return replace(pose, image_px=pose.image_px[order], visibility=pose.visibility[order])
