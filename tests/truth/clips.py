"""The drawn sample clips: their truth, and their poses estimated once for a whole test run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from formcheck.analysis.analyze import Analysis, judge, read_poses
from formcheck.analysis.read_request import ReadRequest
from formcheck.core.measures import Measure
from formcheck.core.pose.pose import FloatArray
from formcheck.exercises import get_exercise
from formcheck.files.pose_file import PoseRecording

SAMPLES = Path(__file__).parents[2] / "sample_videos"
CLIPS = sorted(path.name.removesuffix(".truth.json") for path in SAMPLES.glob("*.truth.json"))
QUICK = (
    "standing-side-lean-back", "supine-marching-back-arch", "mountain-climbers-hips-raised",
    "hanging-leg-raises-swing",
)  # fmt: skip
"""A clip of each position of the body; the others take their time among the slow tests."""


@dataclass(frozen=True)
class Truth:
    """What a clip was drawn from."""

    data: dict[str, Any]

    def column(self, name: str) -> FloatArray:
        return np.array(self.data["frames"][name], dtype=float)

    @property
    def calm_end_s(self) -> float:
        return float(self.data["calm_s"][1])

    @property
    def reps(self) -> list[dict[str, Any]]:
        return list(self.data["reps"])


def each(
    names: Iterable[str] = CLIPS, known: Mapping[str, str] = MappingProxyType({})
) -> pytest.MarkDecorator:
    """Return the parametrization over some clips, those that are not quick marked slow.

    ``known`` gives the clips that are known to fail and why; one that passes has to leave it.
    """
    params = []
    for name in names:
        marks = [] if name in QUICK else [pytest.mark.slow]
        marks += [pytest.mark.xfail(reason=known[name], strict=True)] if name in known else []
        params.append(pytest.param(name, marks=marks))
    return pytest.mark.parametrize("name", params)


def truth(name: str) -> Truth:
    return Truth(json.loads((SAMPLES / f"{name}.truth.json").read_text(encoding="utf-8")))


@cache
def recording(name: str) -> PoseRecording:
    """Return the poses MediaPipe finds in a clip: the slow part, done once."""
    return read_poses(
        ReadRequest(path=SAMPLES / f"{name}.mp4"), get_exercise(truth(name).data["exercise"])
    )[0]


@cache
def analysis(name: str) -> Analysis:
    exercise = get_exercise(truth(name).data["exercise"])
    return judge(recording(name), exercise)


def judged_measure(name: str) -> Measure:
    """Return the measure by which a clip's exercise is counted."""
    return get_exercise(truth(name).data["exercise"]).cycle.measure


def measured(name: str, column: str) -> FloatArray:
    return np.array([report.measures[column] for report in analysis(name).reports])


def error(name: str, column: str) -> FloatArray:
    """Return measured minus true, frame by frame; NaN where not observed."""
    return measured(name, column) - truth(name).column(column)
