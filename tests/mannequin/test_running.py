"""A runner on the spot: knees up at the cadence, feet down in their places."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from mannequin.body import SIDES
from mannequin.catalogue.running import ON_DEMAND, SHIPPED
from mannequin.clip import frames, truth
from mannequin.kinematics import forward
from mannequin.running import RULES, RunningSet
from mannequin.underside import limb_lowest_m

ALL = {scenario.name: scenario for scenario in SHIPPED + ON_DEMAND}
FULL = ("high-knee-runs-clean", "high-knee-runs-very-quick", "high-knee-runs-lean-back-carla")


@cache
def truth_of(name: str, seed: int | None = None) -> dict[str, Any]:
    scenario = ALL[name]
    return truth(replace(scenario, seed=scenario.seed if seed is None else seed))


def check(name: str, found: dict[str, Any]) -> None:
    reps, lifts = found["reps"], ALL[name].lifts
    assert [rep["side"] for rep in reps] == [lift.side for lift in lifts]
    limits = {rule.code: rule.limit for rule in RULES.faults}
    for rep, lift in zip(reps, lifts, strict=True):
        acted = {c.code for c in lift.compensations}
        assert {fault["code"] for fault in rep["faults"]} == acted
        assert all(fault["worst"] > limits[fault["code"]] + 4 for fault in rep["faults"])
        assert rep["peak_deg"] == pytest.approx(lift.peak_deg, abs=2.5)
        full = "compensated" if acted else "clean"
        assert rep["verdict"] == ("partial" if lift.peak_deg < RULES.top else full)


@pytest.mark.parametrize("name", ALL)
def test_a_perfect_observer_finds_what_is_declared(name: str) -> None:
    found = truth_of(name)
    check(name, found)
    assert found["calm_s"][1] - found["calm_s"][0] >= 2.0
    assert found["calm_s"][1] <= min((rep["start_s"] for rep in found["reps"]), default=99.0)
    assert found["duration_s"] - max((rep["end_s"] for rep in found["reps"]), default=0.0) >= 1.0


@pytest.mark.parametrize("name", FULL)
def test_another_seed_varies_the_movement_and_keeps_the_verdicts(name: str) -> None:
    check(name, truth_of(name, 7))
    mine, theirs = truth_of(name)["reps"], truth_of(name, 7)["reps"]
    assert [rep["top_s"] for rep in mine] != [rep["top_s"] for rep in theirs]


@pytest.mark.parametrize("name", FULL)
def test_clean_steps_keep_the_trunk_upright(name: str) -> None:
    found = truth_of(name)
    columns = {k: np.array(v) for k, v in found["frames"].items() if k != "joints_px"}
    time_s, calm = columns["time_s"], columns["time_s"] <= found["calm_s"][1]
    for rep in found["reps"]:
        if rep["faults"]:
            continue
        inside = (time_s >= rep["start_s"]) & (time_s <= rep["end_s"])
        for column in ("torso_lean_deg", "lateral_lean_deg"):
            moved = columns[column][inside] - np.median(columns[column][calm])
            assert np.abs(moved).max() < 5


@pytest.mark.parametrize("name", FULL)
def test_the_carrying_foot_is_in_its_place_and_nothing_sinks(name: str) -> None:
    scenario = ALL[name]
    movement = RunningSet(scenario)
    first = forward(scenario.body, movement.pose(0.0)).points
    carried = flights = 0
    for number, (time_s, _, skeleton) in enumerate(frames(scenario)):
        asked = movement.stance(time_s)
        legs = {"left": asked.left, "right": asked.right}
        down = [side for side, leg in legs.items() if leg.elevation_deg < 0.5]
        for side in down:
            moved = skeleton.points[f"{side}_ankle"] - first[f"{side}_ankle"]
            assert np.hypot(moved[0], moved[1]) < 0.005
            carried += 1
        flights += not down
        if number % 3 == 0:
            for side in SIDES:
                low = limb_lowest_m(scenario.body, skeleton, side, "foot")
                assert low > -0.01
                assert low < 0.012 or side not in down
    assert carried > 100
    assert 0 < flights < carried


def test_arms_swing_against_the_legs() -> None:
    scenario = ALL["high-knee-runs-clean"]
    movement = RunningSet(scenario)
    for rep in truth_of(scenario.name)["reps"][2:-2]:
        points = forward(scenario.body, movement.pose(rep["top_s"])).points
        raised, other = rep["side"], "right" if rep["side"] == "left" else "left"
        assert points[f"{other}_wrist"][0] > points[f"{raised}_wrist"][0] + 0.1


def test_hips_bob_at_every_step_by_some_centimetres() -> None:
    scenario = ALL["high-knee-runs-clean"]
    tops = [rep["top_s"] for rep in truth_of(scenario.name)["reps"]]
    movement = RunningSet(scenario)
    for before, after in pairwise(tops[3:-3]):
        over, between = (
            float(movement.pose(t).root_m[2]) for t in (before, (before + after) / 2)
        )  # fmt: skip
        assert 0.015 < between - over < 0.06


def test_who_strolls_on_the_spot_stays_below_every_level() -> None:
    found = truth_of("high-knee-runs-idle")
    assert found["reps"] == []
    highest = max(max(found["frames"][f"thigh_elevation_{side}_deg"]) for side in SIDES)
    assert 20 < highest < 30


def test_no_joint_jumps_between_frames() -> None:
    for name in FULL:
        points = [skeleton.points for _, _, skeleton in frames(ALL[name])]
        for joint in ("left_knee", "right_toe", "mid_hip", "right_wrist", "head"):
            track = np.array([point[joint] for point in points])
            # At three steps a second a knee makes some 6 m/s.
            assert np.linalg.norm(np.diff(track, axis=0), axis=1).max() * 30 < 7.0
