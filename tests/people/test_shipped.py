"""The clips that ship, and the truth beside them, are what the code draws."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from people.clip import SCHEMA, truth
from people.measures import JOINTS
from people.scenario import Scenario
from people.shipped import SHIPPED

FOLDER = Path(__file__).resolve().parents[2] / "sample_videos"
LIMIT_KB = {"standing-side-lean-back": 600}
"""The clip in the wheel is kept smaller than the others."""
QUICK = {
    "standing-side-lean-back", "supine-marching-back-arch", "front-support-hip-flexion-back-arch",
    "mountain-climbers-hips-raised", "hanging-leg-raises-swing", "high-knee-runs-lean-back",
}  # fmt: skip


def _param(scenario: Scenario) -> Any:
    marks = () if scenario.name in QUICK else pytest.mark.slow
    return pytest.param(scenario, id=scenario.name, marks=marks)


shipped = pytest.mark.parametrize("scenario", [_param(scenario) for scenario in SHIPPED])


def _stored(scenario: Scenario) -> dict[str, Any]:
    path = FOLDER / f"{scenario.name}.truth.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@shipped
def test_shipped_truth_is_what_the_code_computes(scenario: Scenario) -> None:
    stored, now = _stored(scenario), truth(scenario)
    assert stored["schema"] == SCHEMA
    assert set(stored["frames"]) == set(now["frames"])
    assert set(stored["frames"]["joints_px"]) == set(JOINTS)
    # A body sways by floating point too: other machines may round the last digit otherwise.
    for column in set(now["frames"]) - {"joints_px"}:
        np.testing.assert_allclose(stored["frames"][column], now["frames"][column], atol=0.02)
    for mine, theirs in zip(stored["reps"], now["reps"], strict=True):
        assert (mine["side"], mine["verdict"]) == (theirs["side"], theirs["verdict"])


@pytest.mark.parametrize("scenario", SHIPPED, ids=[scenario.name for scenario in SHIPPED])
def test_shipped_video_matches_its_truth(scenario: Scenario) -> None:
    path, found = FOLDER / f"{scenario.name}.mp4", _stored(scenario)
    assert path.stat().st_size < 1000 * LIMIT_KB.get(scenario.name, 1000)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert [stream.width, stream.height] == found["size_px"] == list(scenario.size_px)
        assert stream.average_rate == found["fps"]
        assert stream.frames == found["frame_count"] == len(found["frames"]["time_s"])
        length_s = float(stream.duration * stream.time_base)
    assert length_s == pytest.approx(found["duration_s"], abs=0.05)
    assert 10 <= length_s <= 21


@pytest.mark.parametrize("scenario", SHIPPED, ids=[scenario.name for scenario in SHIPPED])
def test_a_clean_clip_is_clean_and_another_keeps_clear_of_the_limits(scenario: Scenario) -> None:
    # A borderline clip would test the tool's noise, not its judgement.
    clear = {"deg": 1.3, "cm": 1.2}
    reps = _stored(scenario)["reps"]
    assert any(rep["faults"] for rep in reps) != scenario.name.endswith("-clean")
    assert all(rep["verdict"] != "partial" and not rep["cues"] for rep in reps)
    limits = {
        "lean-back": 10.0, "lateral-lean": 10.0, "back-arch": 2.5, "too-high": 40.0,
        "hips-raised": 20.0, "swing": 15.0,
    }  # fmt: skip
    for rep in reps:
        for fault in rep["faults"]:
            least = 10.0 if scenario.name.startswith("front-support") else limits[fault["code"]]
            assert fault["worst"] > least * clear[fault["unit"]]
