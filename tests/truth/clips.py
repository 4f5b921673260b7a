"""The drawn sample clips: their truth, and their poses estimated once for a whole test run."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.analysis import Analysis, judge, record
from formcheck.exercises import get_exercise
from formcheck.pose import FloatArray
from formcheck.recording import PoseRecording

SAMPLES = Path(__file__).parents[2] / "sample_videos"


@dataclass(frozen=True)
class Truth:
    """What a clip was drawn from."""

    data: dict[str, Any]

    def column(self, name: str) -> FloatArray:
        return np.array(self.data["frames"][name], dtype=float)

    @property
    def reps(self) -> list[dict[str, Any]]:
        return list(self.data["reps"])


def truth(name: str) -> Truth:
    return Truth(json.loads((SAMPLES / f"{name}.truth.json").read_text(encoding="utf-8")))


@cache
def recording(name: str) -> PoseRecording:
    """Return the poses MediaPipe finds in a clip: the slow part, done once."""
    return record(SAMPLES / f"{name}.mp4", get_exercise(truth(name).data["exercise"]))[0]


@cache
def analysis(name: str) -> Analysis:
    exercise = get_exercise(truth(name).data["exercise"])
    return judge(recording(name), exercise)


def measured(name: str, column: str) -> FloatArray:
    return np.array([report.measures[column] for report in analysis(name).reports])


def error(name: str, column: str) -> FloatArray:
    """Return measured minus true, frame by frame; NaN where not observed."""
    return measured(name, column) - truth(name).column(column)
