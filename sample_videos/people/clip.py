"""From a scenario to a video and the truth beside it."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np

from people.acting import Acting
from people.body import bodies
from people.contacts import posed
from people.kinematics import Pose, Skeleton
from people.measures import JOINTS, measures
from people.person import Person
from people.render import Studio
from people.rooms import ROOMS
from people.rules import RULES
from people.scenario import Scenario
from people.tag import TAG_M
from people.verdict import repetitions
from people.wardrobe import OUTFITS, dressed
from people.webcam import Picture, Webcam

SCHEMA = "formcheck/truth@2"
SEAT_M = 0.45
#: Compression: (constant rate factor, preset) of clips that ship, and of all others.
CODING = {True: ("25", "slow"), False: ("24", "veryfast")}


def frames(acting: Acting) -> Iterator[tuple[float, Pose, Skeleton]]:
    """Time (seconds), pose and skeleton of every frame."""
    fps = acting.scenario.fps
    for number in range(round(acting.duration_s * fps)):
        time_s = number / fps
        pose = acting.pose(time_s)
        yield time_s, pose, posed(acting.body, pose)


def truth(scenario: Scenario) -> dict[str, Any]:
    """Everything that is known about the clip, ready for JSON."""
    camera, acting = scenario.camera, Acting(scenario)
    times, rows, pixels, skeletons = [], [], [], []
    for time_s, pose, skeleton in frames(acting):
        times.append(time_s)
        skeletons.append(skeleton)
        rows.append(measures(acting.body, pose, skeleton, acting.manner.support))
        points = np.stack([skeleton.points[name] for name in JOINTS])
        pixels.append(camera.project(points, scenario.size_px))
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    time = np.array(times)
    calm = (time >= acting.calm_s[0]) & (time <= acting.calm_s[1])
    tilt = columns["pelvic_tilt_sagittal_deg"]
    # What a tag tells: the turn since the start posture.
    columns["pelvic_tilt_deg"] = tilt - np.median(tilt[calm])
    reps = repetitions(RULES[scenario.exercise], time, columns, acting.calm_s, acting.others)
    joints = np.round(np.array(pixels), 1)
    return {
        "schema": SCHEMA,
        "name": scenario.name,
        "about": scenario.about or scenario.script,
        "exercise": scenario.exercise,
        "split": scenario.split,
        "script": scenario.script,
        "view": camera.view,
        "near_side": camera.near_side,
        "facing_sign_in_image": camera.facing_sign,
        "fps": scenario.fps,
        "size_px": list(scenario.size_px),
        "frame_count": len(times),
        "duration_s": round(len(times) / scenario.fps, 3),
        "calm_s": [round(t, 3) for t in acting.calm_s],
        "other_movements_s": [[round(a, 3), round(b, 3)] for a, b in acting.others if b > a],
        "seed": scenario.seed,
        "camera": asdict(camera),
        "body": asdict(acting.body),
        "habits": asdict(acting.habits),
        "outfit": outfit_of(scenario),
        "room": room_of(scenario),
        "arms": scenario.arms if acting.manner.support in ("back", "hands") else None,
        "tag": _tag(scenario, skeletons),
        "band": scenario.band or None,
        "reps": reps,
        "frames": {
            "time_s": [round(t, 4) for t in times],
            **{name: np.round(values, 2).tolist() for name, values in columns.items()},
            "joints_px": {name: joints[:, i].tolist() for i, name in enumerate(JOINTS)},
        },
    }


def webcam_of(scenario: Scenario) -> Webcam:
    """Draw the faults of the webcam by seed: blur, noise, exposure, tint, its own compression."""
    chance = np.random.default_rng([scenario.seed, 7])
    return Webcam(
        blur_px=float(chance.uniform(0.3, 0.9)),
        noise=float(chance.uniform(1.0, 4.0)) if scenario.grain is None else scenario.grain,
        exposure=float(chance.uniform(0.85, 1.2)),
        balance=(float(chance.uniform(0.96, 1.05)), float(chance.uniform(0.95, 1.04))),
        quality=int(chance.integers(72, 95)),
    )  # fmt: skip


@cache
def person_of(body: str, outfit: str, tag: str, band: str) -> Person:
    """Return a dressed person; the same one again while a table is drawn."""
    return Person(bodies()[body], dressed(body, outfit), tag, band)


def _person(scenario: Scenario) -> Person:
    return person_of(scenario.body, outfit_of(scenario), scenario.tag, scenario.band)


def _tag(scenario: Scenario, skeletons: list[Skeleton]) -> dict[str, Any] | None:
    """Where the tag rides and, frame by frame, where its middle is in the picture."""
    if not scenario.tag:
        return None
    middles = np.stack([_person(scenario).tag_pose(skeleton).middle for skeleton in skeletons])
    seen = scenario.camera.project(middles, scenario.size_px)
    return {
        "place": scenario.tag, "family": "36h11", "id": 0, "size_m": TAG_M,
        "middle_px": np.round(seen, 1).tolist(),
    }  # fmt: skip


def _lot(scenario: Scenario, which: int) -> int:
    """Draw a number by the scenario's seed and body."""
    seed = [scenario.seed, zlib.crc32(scenario.body.encode()), which]
    return int(np.random.default_rng(seed).integers(1 << 16))


def outfit_of(scenario: Scenario) -> str:
    """Name of the outfit: the scenario's own, or one by seed."""
    if scenario.outfit:
        return scenario.outfit
    lot = _lot(scenario, 1)
    name = OUTFITS[lot % len(OUTFITS)]
    if scenario.tag and dressed(scenario.body, name).is_loose:
        # A tag asks for close clothes: a loose shirt hangs over it.
        close = [one for one in OUTFITS if not dressed(scenario.body, one).is_loose]
        name = close[lot % len(close)]
    return name


def room_of(scenario: Scenario) -> str:
    """Name of the room: the scenario's own, or one by seed."""
    return scenario.room or sorted(ROOMS)[_lot(scenario, 2) % len(ROOMS)]


def pictures(scenario: Scenario) -> Iterator[Picture]:
    """Draw every frame of the clip (BGR)."""
    acting = Acting(scenario)
    bar = acting.channels(0.0)["bar"] if acting.manner.support == "bar" else None
    studio = Studio(
        _person(scenario), scenario.camera, ROOMS[room_of(scenario)],
        webcam_of(scenario), scenario.size_px, bar_m=bar,
        seat_m=SEAT_M if "~sit" in scenario.script.split() else None,
    )  # fmt: skip
    for number, (_, _, skeleton) in enumerate(frames(acting)):
        yield studio.shoot(skeleton, scenario.seed * 10_000 + number)


def _encode(path: Path, scenario: Scenario, ships: bool) -> None:
    width, height = scenario.size_px
    quality, preset = CODING[ships]
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=scenario.fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"crf": quality, "preset": preset, "threads": "1"}
        for picture in pictures(scenario):
            frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


@cache
def _code() -> str:
    """Digest of all that decides how a scenario is drawn, but the table of scenarios."""
    found = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*")):
        if path.suffix in (".py", ".json") and path.name != "table.py":
            found.update(path.read_bytes())
    return found.hexdigest()


def key(scenario: Scenario) -> str:
    """Digest of a scenario and of the code that draws it: the same key, the same clip."""
    return hashlib.sha256(f"{_code()}{scenario!r}".encode()).hexdigest()


def shoot(scenario: Scenario, folder: Path, *, ships: bool = False) -> Path:
    """Write ``NAME.mp4`` and ``NAME.truth.json`` into ``folder``; return the video's path.

    What lies there already, drawn by the same code, stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path, kept = folder / f"{scenario.name}.mp4", folder / f"{scenario.name}.key"
    if path.exists() and kept.exists() and kept.read_text() == key(scenario):
        return path
    kept.unlink(missing_ok=True)
    text = json.dumps(truth(scenario), separators=(",", ":"))
    (folder / f"{scenario.name}.truth.json").write_text(text + "\n", encoding="utf-8")
    _encode(path, scenario, ships)
    if not ships:
        kept.write_text(key(scenario))
    return path
