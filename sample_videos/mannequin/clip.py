"""From a scenario to a video and the truth beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import av
import numpy as np

from mannequin.kinematics import Pose, Skeleton, forward
from mannequin.movement import movement_of, rules_of
from mannequin.render import Picture, Studio
from mannequin.scenario import Scenario
from mannequin.truth import JOINTS, angles
from mannequin.verdict import repetitions

SCHEMA = "formcheck/truth@1"


def frames(scenario: Scenario) -> Iterator[tuple[float, Pose, Skeleton]]:
    """Time (seconds), pose and skeleton of every frame."""
    movement = movement_of(scenario)
    for number in range(round(movement.duration_s * scenario.fps)):
        time_s = number / scenario.fps
        pose = movement.pose(time_s)
        yield time_s, pose, forward(scenario.body, pose)


def truth(scenario: Scenario) -> dict[str, Any]:
    """Everything that is known about the clip, ready for JSON."""
    camera, size = scenario.camera, scenario.size_px
    movement = movement_of(scenario)
    times, rows, pixels = [], [], []
    for time_s, pose, skeleton in frames(scenario):
        times.append(time_s)
        rows.append(angles(pose, skeleton) | movement.extra(time_s, skeleton))
        points = np.stack([skeleton.points[name] for name in JOINTS])
        pixels.append(camera.project(points, size))
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    reps = repetitions(rules_of(scenario), np.array(times), columns, movement.calm_s)
    joints = np.round(np.array(pixels), 1)
    return {
        "schema": SCHEMA,
        "name": scenario.name,
        "about": scenario.about,
        "exercise": scenario.exercise,
        "view": camera.view,
        "near_side": camera.near_side,
        "facing_sign_in_image": camera.facing_sign,
        "fps": scenario.fps,
        "size_px": list(size),
        "frame_count": len(times),
        "duration_s": round(len(times) / scenario.fps, 3),
        "calm_s": [round(t, 3) for t in movement.calm_s],
        "seed": scenario.seed,
        "camera": asdict(camera),
        "body": asdict(scenario.body),
        # Thighs are level on a stool as well.
        "reps": reps if scenario.seat_m is None else [],
        "frames": {
            "time_s": [round(t, 4) for t in times],
            **{name: np.round(values, 2).tolist() for name, values in columns.items()},
            "joints_px": {name: joints[:, i].tolist() for i, name in enumerate(JOINTS)},
        },
    }


def pictures(scenario: Scenario) -> Iterator[Picture]:
    """Draw every frame of the clip."""
    studio = Studio(
        scenario.camera,
        scenario.body,
        scenario.size_px,
        scenario.bar_m,
        scenario.seat_m,
        scenario.band,
    )
    for _, _, skeleton in frames(scenario):
        yield studio.shoot(skeleton)


def _encode(path: Path, scenario: Scenario) -> None:
    width, height = scenario.size_px
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=scenario.fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"crf": "21", "preset": "slow"}
        for picture in pictures(scenario):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def shoot(scenario: Scenario, folder: Path) -> Path:
    """Write ``NAME.mp4`` and ``NAME.truth.json`` into ``folder``; return the video's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{scenario.name}.mp4"
    text = json.dumps(truth(scenario), separators=(",", ":"))
    (folder / f"{scenario.name}.truth.json").write_text(text + "\n", encoding="utf-8")
    _encode(path, scenario)
    return path
