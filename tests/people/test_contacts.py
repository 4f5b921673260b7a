"""Nothing sinks into the floor, what carries the body stays put, and nothing jumps."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from tests.people.acted import BODIES, SCRIPTS, acted, scenario

from people.acting import Acting
from people.body import SIDES, bodies
from people.clip import frames
from people.contacts import Contact, grip, height_m, lowest_m
from people.posture import RIBS_SINK_M, SEAT_SINK_M

SLACK_M = 0.012
"""Flesh that gives way; the seat gives way by `SEAT_SINK_M` besides."""
FASTEST_M_PER_S = {"mountain-climbers": 9.0, "high-knee-runs": 9.0}
each = pytest.mark.parametrize("exercise", SCRIPTS)
everybody = pytest.mark.parametrize("body", BODIES)


@each
@everybody
def test_nothing_sinks_into_the_floor(exercise: str, body: str) -> None:
    acting, shown = acted(exercise, body)
    for time_s, _, skeleton in shown:
        for part, height in lowest_m(acting.body, skeleton).items():
            gives_way = SEAT_SINK_M if part == "buttock" else 0.0
            assert height > -SLACK_M - gives_way, f"{part} at {time_s} s"


@each
@everybody
def test_nothing_jumps_from_frame_to_frame(exercise: str, body: str) -> None:
    acting, shown = acted(exercise, body)
    limit = FASTEST_M_PER_S.get(exercise, 5.0) / acting.scenario.fps
    for (time_s, _, one), (_, _, other) in pairwise(shown):
        for name, point in one.points.items():
            assert np.linalg.norm(other.points[name] - point) < limit, f"{name} at {time_s} s"


@everybody
def test_hands_and_standing_toes_of_a_plank_stay_where_they_are(body: str) -> None:
    acting, shown = acted("front-support-hip-flexion", body)
    during = [sk for t, _, sk in shown if t < acting.others[-1][0]]
    for side in SIDES:
        wrists = np.array([sk.points[f"{side}_wrist"] for sk in during])
        assert np.ptp(wrists, axis=0).max() < 0.004
    toes = np.array([sk.points["right_toe"] for t, _, sk in shown if t < acting.calm_s[1]])
    assert np.ptp(toes, axis=0).max() < 0.004


@everybody
def test_elbows_of_a_plank_on_the_forearms_stay_on_the_floor(body: str) -> None:
    plank = scenario("front-support-hip-flexion", "L L+hips-raised:22", body)
    acting = Acting(replace(plank, arms="forearms"))
    shown = [skeleton for _, _, skeleton in frames(acting)]
    for side in SIDES:
        elbows = np.array([sk.points[f"{side}_elbow"] for sk in shown])
        assert np.ptp(elbows, axis=0).max() < 0.02
        assert elbows[:, 2] == pytest.approx(acting.body.elbow_behind_m, abs=0.015)


@everybody
def test_the_supporting_foot_does_not_slide_while_the_other_is_lifted(body: str) -> None:
    acting, shown = acted("standing-hip-flexion", body)
    begin = acting.calm_s[0]
    lifted = [sk for t, p, sk in shown if begin < t < begin + 6.0]
    heels = np.array([sk.points["right_heel"] for sk in lifted])
    assert np.ptp(heels, axis=0).max() < 0.004


@everybody
def test_a_walking_foot_is_still_while_the_other_one_steps(body: str) -> None:
    _, shown = acted("standing-hip-flexion", body)
    walk = [sk for t, _, sk in shown if 0.3 < t < 2.6]
    for one, other in pairwise(walk):
        moved = [
            float(np.linalg.norm((other.points[f"{s}_ankle"] - one.points[f"{s}_ankle"])[:2]))
            for s in SIDES
        ]
        assert min(moved) < 0.006


@everybody
def test_hands_hold_the_bar(body: str) -> None:
    acting, shown = acted("hanging-leg-raises", body)
    bar = acting.channels(0.0)["bar"]
    for _, _, skeleton in shown:
        for side in SIDES:
            held = grip(acting.body, skeleton, side)
            assert [held[0], held[2]] == pytest.approx([0.0, bar], abs=0.02)


@pytest.mark.parametrize("body", bodies())
def test_seat_and_ribs_lie_on_the_floor_and_the_hollow_is_the_persons_own(body: str) -> None:
    acting, _ = acted("straight-leg-raise", body)
    _, shown = acted("straight-leg-raise", body)
    skeleton = shown[5][2]
    assert height_m(acting.body, skeleton, Contact.BUTTOCK) == pytest.approx(-SEAT_SINK_M, abs=0.01)
    assert height_m(acting.body, skeleton, Contact.RIBS) == pytest.approx(-RIBS_SINK_M, abs=0.004)
    hollow = height_m(acting.body, skeleton, Contact.LOIN)
    assert hollow == pytest.approx(acting.habits.hollow_m, abs=0.003)
    assert 0.01 <= acting.habits.hollow_m <= 0.05
