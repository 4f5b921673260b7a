"""The truth of every scenario, and the files that ship."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from mannequin.catalogue import SCENARIOS, SHIPPED
from mannequin.clip import SCHEMA, truth
from mannequin.movement import rules_of
from mannequin.scenario import Scenario
from mannequin.truth import COLUMNS, JOINTS

FOLDER = Path(__file__).resolve().parents[2] / "sample_videos"
LIMIT_KB = {"standing-side-lean-back": 1000}
QUICK = {
    "standing-side-lean-back", "supine-marching-back-arch", "front-support-hip-flexion-back-arch",
    "mountain-climbers-hips-raised", "hanging-leg-raises-swing", "high-knee-runs-lean-back",
}  # fmt: skip
"""One scenario of each script; the others take their time among the slow tests."""


def _param(name: str, value: object) -> Any:
    return pytest.param(value, id=name, marks=() if name in QUICK else pytest.mark.slow)


each = pytest.mark.parametrize("name", [_param(name, name) for name in sorted(SCENARIOS)])
shipped = pytest.mark.parametrize("scenario", [_param(s.name, s) for s in SHIPPED])


#: Frames a second at which scenarios without a file are computed: enough for their timing.
COARSE = 10


@cache
def truth_of(name: str) -> dict[str, Any]:
    scenario = SCENARIOS[name]
    coarse = scenario not in SHIPPED and not scenario.steps_per_s
    return truth(replace(scenario, fps=COARSE) if coarse else scenario)


@each
def test_truth_agrees_with_the_script(name: str) -> None:
    reps, lifts = truth_of(name)["reps"], SCENARIOS[name].lifts
    rules = rules_of(SCENARIOS[name])
    assert [rep["side"] for rep in reps] == [lift.side for lift in lifts]
    for rep, lift in zip(reps, lifts, strict=True):
        acted = {c.code for c in lift.compensations}
        assert {fault["code"] for fault in rep["faults"]} == acted
        assert rep["peak_deg"] == pytest.approx(lift.peak_deg, abs=2.0)
        if lift.peak_deg < rules.top:
            assert rep["verdict"] == "partial"
            continue
        assert rep["verdict"] == ("compensated" if acted else "clean")
        assert rep["hold_s"] == pytest.approx(lift.hold_s, abs=2 / COARSE)
        assert rep["lowering_s"] == pytest.approx(lift.lowering_s, abs=2 / COARSE)
        assert ("short-hold" in rep["cues"]) == (lift.hold_s < (rules.hold_s or 0.0))
        assert ("fast-lowering" in rep["cues"]) == (lift.lowering_s < (rules.lowering_s or 0.0))
        assert rep["start_s"] < rep["top_s"] < rep["end_s"]


@each
def test_faults_and_clean_repetitions_keep_clear_of_the_limits(name: str) -> None:
    # A borderline clip would test the tool's noise, not its judgement.
    limits = {rule.code: rule.limit for rule in rules_of(SCENARIOS[name]).faults}
    clear = {"deg": 4.0, "cm": 0.5}
    found = truth_of(name)
    calm = found["calm_s"]
    time_s = np.array(found["frames"]["time_s"])
    lean = np.array(found["frames"]["torso_lean_deg"])
    neutral = np.median(lean[(time_s >= calm[0]) & (time_s <= calm[1])])
    for rep in found["reps"]:
        for fault in rep["faults"]:
            assert fault["worst"] > limits[fault["code"]] + clear[fault["unit"]]
        if not rep["faults"]:
            inside = (time_s >= rep["start_s"]) & (time_s <= rep["end_s"])
            assert np.abs(lean[inside] - neutral).max() < 5


@each
def test_scenarios_start_calm_and_rest_between(name: str) -> None:
    found = truth_of(name)
    reps = found["reps"]
    assert found["calm_s"][1] - found["calm_s"][0] >= 2.0
    for before, after in pairwise([] if SCENARIOS[name].steps_per_s else reps):
        assert after["start_s"] - before["end_s"] >= 0.8
    if reps:
        assert found["duration_s"] - reps[-1]["end_s"] >= 1.0


def test_flexion_is_elevation_plus_lean_in_every_frame() -> None:
    columns = truth_of("standing-side-lean-back")["frames"]
    for side in ("left", "right"):
        flexion = np.array(columns[f"hip_flexion_{side}_deg"])
        elevation = np.array(columns[f"thigh_elevation_{side}_deg"])
        # The trunk line of one side differs from the middle's only by the trunk's twist.
        assert np.abs(flexion - elevation - np.array(columns["torso_lean_deg"])).max() < 3


@shipped
def test_shipped_truth_is_what_the_code_computes(scenario: Scenario) -> None:
    path = FOLDER / f"{scenario.name}.truth.json"
    assert path.stat().st_size < 400_000
    stored, now = json.loads(path.read_text(encoding="utf-8")), truth_of(scenario.name)
    assert stored["schema"] == SCHEMA
    # A body sways by floating point too: other machines may round the last digit otherwise.
    for column in COLUMNS:
        np.testing.assert_allclose(stored["frames"][column], now["frames"][column], atol=0.02)
    assert set(stored["frames"]["joints_px"]) == set(JOINTS)
    for mine, theirs in zip(stored["reps"], now["reps"], strict=True):
        assert (mine["side"], mine["verdict"]) == (theirs["side"], theirs["verdict"])


@shipped
def test_shipped_video_matches_its_truth(scenario: Scenario) -> None:
    path = FOLDER / f"{scenario.name}.mp4"
    assert path.stat().st_size < 1000 * LIMIT_KB.get(scenario.name, 2000)
    found = truth_of(scenario.name)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert [stream.width, stream.height] == found["size_px"]
        assert stream.average_rate == found["fps"]
        assert stream.frames == found["frame_count"] == len(found["frames"]["time_s"])
        length_s = float(stream.duration * stream.time_base)
    assert length_s == pytest.approx(found["duration_s"], abs=0.05)
    assert 10 <= length_s <= 20.5
