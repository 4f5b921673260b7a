"""The drawn scenarios with their truth, each drawn and looked at by the pose model once."""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT / "sample_videos") not in sys.path:
    sys.path.append(str(ROOT / "sample_videos"))

from formcheck.analysis.analyze import Analysis, judge, read_poses  # noqa: E402
from formcheck.analysis.read_request import ReadRequest  # noqa: E402
from formcheck.core.checker.session import Verdict  # noqa: E402
from formcheck.core.exercise.exercise import Exercise  # noqa: E402
from formcheck.core.pose.pose import FloatArray, Side  # noqa: E402
from formcheck.core.pose.view import Position  # noqa: E402
from formcheck.exercises import get_exercise  # noqa: E402
from formcheck.files.pose_file import PoseRecording  # noqa: E402
from people.clip import shoot  # noqa: E402
from people.scenario import Scenario  # noqa: E402
from people.table import SCENARIOS  # noqa: E402

MARGIN_S = 0.3
LEVEL_DEG = 3.0
"""A camera rolled by more than this stands askew."""
STEEP_DEG = 15.0
"""A camera that looks down more than this is no side view of somebody who lies."""


@dataclass(frozen=True)
class Clip:
    """One scenario: what was drawn, and what formcheck makes of it."""

    name: str
    exercise: Exercise
    truth: dict[str, Any]
    analysis: Analysis

    @property
    def preferred(self) -> bool:
        """Whether the camera and the arms are as the exercise asks for."""
        camera = self.truth["camera"]
        down_deg = math.degrees(
            math.atan2(camera["height_m"] - camera["aim_m"][2], camera["distance_m"])
        )
        lying = self.exercise.position is Position.SUPINE
        hidden = lying and self.truth.get("arms") != "overhead"
        level = abs(camera["roll_deg"]) < LEVEL_DEG
        right = self.truth["view"] in {view.value for view in self.exercise.views}
        return right and level and down_deg < STEEP_DEG and not hidden

    @property
    def split(self) -> str:
        """Whether limits may be learnt on it (``tuning``) or only be tried on it (``test``)."""
        return str(self.truth["split"])

    @property
    def idle(self) -> bool:
        """Whether nothing in it may be counted."""
        return not self.truth["reps"]

    @property
    def wanted(self) -> list[tuple[str, str]]:
        """Side and verdict of every repetition, as a perfect observer of these frames gives them.

        Where the camera is too slow to show the shortest fault of the exercise, nobody can call a
        repetition clean: what was drawn clean is `unverified` then.
        """
        slow = float(self.truth["fps"]) < max(fault.needs_fps for fault in self.exercise.faults)
        instead = {"clean": "unverified"} if slow else {}
        verdicts = [(rep["side"], rep["verdict"]) for rep in self.truth["reps"]]
        return [(side, instead.get(verdict, verdict)) for side, verdict in verdicts]

    @property
    def found(self) -> list[tuple[str, str]]:
        """The same as formcheck gives them."""
        return [(rep.side.value, rep.verdict.value) for rep in self.analysis.session.reps]

    @property
    def decided(self) -> int:
        """How many of the true repetitions have a verdict other than unverified."""
        reps = [r for r in self.analysis.session.reps if r.verdict is not Verdict.UNVERIFIED]
        return sum(
            any(r.start_s < true["end_s"] and true["start_s"] < r.end_s for r in reps)
            for true in self.truth["reps"]
        )

    @property
    def right(self) -> int:
        """How many of the true repetitions have their side and their verdict."""
        reps = self.analysis.session.reps
        return sum(
            any(
                (r.side.value, r.verdict.value) == wanted and r.start_s < true["top_s"] < r.end_s
                for r in reps
            )
            for true, wanted in zip(self.truth["reps"], self.wanted, strict=True)
        )

    @property
    def missed_faults(self) -> int:
        """How many repetitions with a drawn fault that can be shown were called clean."""
        clean = [r for r in self.analysis.session.reps if r.verdict is Verdict.CLEAN]
        return sum(
            any(r.start_s < true["top_s"] < r.end_s for r in clean)
            for true in self.truth["reps"]
            if self.shown & {fault["code"] for fault in true["faults"]}
        )

    @property
    def shown(self) -> set[str]:
        """The codes of the faults that can be shown: those of the pelvis by a tag alone."""
        tagged = self.truth.get("tag") is not None
        return {fault.code for fault in self.exercise.faults if tagged or not fault.by_tag}

    @property
    def body(self) -> str:
        """Who was drawn."""
        return str(self.truth["body"]["name"])

    @property
    def yaw_deg(self) -> float:
        """How far the camera stands off the side view, 0 to 90 degrees."""
        return abs(90.0 - abs(float(self.truth["camera"]["yaw_deg"])))

    @property
    def roll_deg(self) -> float:
        """How far the camera hangs, either way."""
        return abs(float(self.truth["camera"]["roll_deg"]))

    def measured(self, column: str) -> FloatArray:
        """Return a column frame by frame, NaN where not observed or not measured."""
        reports = self.analysis.reports
        return np.array([report.measures.get(column, math.nan) for report in reports])

    def error(self, column: str) -> FloatArray:
        """Return measured minus true, in degrees, NaN where not observed."""
        found, true = self.measured(column), np.array(self.truth["frames"][column], dtype=float)
        count = min(len(found), len(true))
        error = found[:count] - true[:count]
        if self.exercise.cycle.from_neutral:
            time_s = np.array(self.truth["frames"]["time_s"])[:count]
            begin_s, end_s = self.truth["calm_s"]
            calm = (time_s >= begin_s) & (time_s <= end_s)
            error = error - np.nanmedian(error[calm])
        return np.asarray(error, dtype=np.float64)

    def leg_errors(self, *, near: bool) -> FloatArray:
        """Return the judged angle's errors while the near, or the far, leg makes a repetition."""
        time_s = np.array(self.truth["frames"]["time_s"])
        errors = []
        for side in self.exercise.moving:
            if self._is_near(side) is not near:
                continue
            error = self.error(self.exercise.cycle.measure.column(side))
            during = np.zeros(len(error), dtype=bool)
            for rep in self.truth["reps"]:
                if rep["side"] == side.value:
                    begin_s, end_s = rep["start_s"] - MARGIN_S, rep["end_s"] + MARGIN_S
                    during |= ((time_s >= begin_s) & (time_s <= end_s))[: len(error)]
            errors.append(error[during])
        return np.concatenate(errors) if errors else np.array([])

    def _is_near(self, side: Side) -> bool:
        near = self.truth["near_side"]
        return near is None or side is Side.BOTH or side.value == near


def poses_of(video: Path, exercise: Exercise, cache: Path) -> PoseRecording:
    """Return the poses of a video as an exercise looks for them, estimated once."""
    kept = cache / f"{video.stem}.{exercise.slug}.npz"
    if not kept.exists() or kept.stat().st_mtime < video.stat().st_mtime:
        read_poses(ReadRequest(path=video), exercise)[0].save(kept)
    return PoseRecording.load(kept)


def scenario_at(name: str, reseed: int) -> Scenario:
    """Return a scenario, with other chances if asked for."""
    scenario = SCENARIOS[name]
    return replace(scenario, seed=scenario.seed + reseed)


def _folder(cache: Path, reseed: int) -> Path:
    return cache / f"seed{reseed}" if reseed else cache


def drawn_names(cache: Path, reseed: int = 0) -> list[str]:
    """Return the names of the clips that lie drawn in a cache, by whatever state of the code."""
    truths = _folder(cache, reseed).glob("*.truth.json")
    names = [path.name.removesuffix(".truth.json") for path in truths]
    return [name for name in names if (_folder(cache, reseed) / f"{name}.mp4").exists()]


def clip(name: str, cache: Path, reseed: int = 0, *, as_drawn: bool = False) -> Clip:
    """Return a scenario drawn and judged.

    `reseed` draws it with other sways and habits; `as_drawn` takes what lies in the cache, though
    the code that draws may have changed since.
    """
    folder = _folder(cache, reseed)
    video = folder / f"{name}.mp4"
    if not as_drawn:
        shoot(scenario_at(name, reseed), folder)
    truth = json.loads(video.with_suffix(".truth.json").read_text(encoding="utf-8"))
    exercise = get_exercise(truth["exercise"])
    analysis = judge(poses_of(video, exercise, folder), exercise)
    return Clip(name, exercise, truth, analysis)
