"""FormChecker under any stream of poses: motions, noise, gaps, cuts, strangers, nobody."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import Counts, Rep, Verdict
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import LANDMARK_COUNT, Pose, Side
from formcheck.exercises import get_exercise, slugs
from formcheck.files.session_json import to_json
from tests.fuzz.properties import Property, histories_of
from tests.stickman import SIZE, Lift, Stance, clip, pose

SLACK_S = 1e-6
SEEDS = st.integers(0, 2**32 - 1)
STEPS_S = st.sampled_from([0.0, 1 / 120, 1 / 30, 1 / 15, 0.4, 3.0])
POSITIONS = {
    "standing": Stance(),
    "lying": Stance(pitch=-90.0, arm=180.0),
    "plank": Stance(pitch=80.0, arm=90.0),
    "hanging": Stance(arm=180.0, hips_up=0.3),
}


class CheckerHistory(RuleBasedStateMachine):
    """Whatever comes before the camera, and whatever the estimator makes of it."""

    @initialize(slug=st.sampled_from(slugs()), side=st.sampled_from([None, *Side]))
    def begin(self, slug: str, side: Side | None) -> None:
        self.checker = FormChecker(get_exercise(slug), side=side)
        self.time_s = 0.0
        self.last = Counts()

    @rule(
        where=st.sampled_from(sorted(POSITIONS)),
        peak=st.floats(0.0, 130.0),
        side=st.sampled_from(["left", "right", "both"]),
        lean=st.floats(-40.0, 40.0),
        yaw=st.sampled_from([0.0, 20.0, 45.0, 90.0, 180.0]),
        fps=st.sampled_from([8.0, 15.0, 25.0]),
        hidden=st.sets(st.integers(0, LANDMARK_COUNT - 1), max_size=8),
    )
    def a_lift(
        self, where: str, peak: float, side: str, lean: float, yaw: float, fps: float,
        hidden: set[int],
    ) -> None:  # fmt: skip
        lift = Lift(
            side=side, peak=peak, hold_s=0.6, lower_s=1.2, base=POSITIONS[where],
            at_top=Stance(lean=lean),
        )  # fmt: skip
        shown = clip([lift], fps=fps, calm_s=2.2, yaw_deg=yaw)
        self._watch((_without(each, hidden) for each in shown), 1.0 / fps)

    @rule(
        seed=SEEDS, size=st.sampled_from([1.0, 300.0, 1e4, 1e300]), frames=st.integers(1, 15),
        step_s=STEPS_S,
    )  # fmt: skip
    def noise(self, seed: int, size: float, frames: int, step_s: float) -> None:
        rng = np.random.default_rng(seed)
        self._watch((_noise(rng, size) for _ in range(frames)), step_s)

    @rule(frames=st.integers(1, 10), step_s=STEPS_S)
    def nobody(self, frames: int, step_s: float) -> None:
        self._watch((Pose.unseen(0.0, SIZE) for _ in range(frames)), step_s)

    @rule(
        frames=st.integers(1, 10), step_s=STEPS_S, size=st.sampled_from([(1, 1), (8000, 2), SIZE])
    )
    def all_in_one_point(self, frames: int, step_s: float, size: tuple[int, int]) -> None:
        point = replace(
            Pose.unseen(0.0, size),
            image_px=np.zeros((LANDMARK_COUNT, 2)),
            visibility=np.ones(LANDMARK_COUNT),
        )
        self._watch([point] * frames, step_s)

    @rule(frames=st.integers(1, 200))
    def time_stands_still(self, frames: int) -> None:
        self._watch([pose(Stance())] * frames, 0.0)

    @rule()
    def a_new_neutral(self) -> None:
        self.checker.recalibrate()

    @rule()
    def the_set_ends(self) -> None:
        self.checker.end()

    def _watch(self, poses: Iterable[Pose], step_s: float) -> None:
        for each in poses:
            self.time_s += step_s
            before = len(self.checker.reps)
            report = self.checker.update(replace(each, time_s=self.time_s))
            assert report.ended == self.checker.reps[before:]
            assert report.time_s == self.time_s
            assert report.hold_s >= 0.0 and report.strain >= 0.0

    @invariant()
    def counts_never_fall(self) -> None:
        now = Counts.of(self.checker.reps)
        for field in ("attempts", "clean", "compensated", "partial", "unverified"):
            assert getattr(now, field) >= getattr(self.last, field)
        assert now.attempts == now.clean + now.compensated + now.partial + now.unverified
        self.last = now

    @invariant()
    def repetitions_make_sense(self) -> None:
        reps = self.checker.reps
        assert [rep.number for rep in reps] == list(range(1, len(reps) + 1))
        for rep in reps:
            _check(rep, self.time_s)
        for side in Side:
            for one, other in pairwise(rep for rep in reps if rep.side is side):
                assert one.end_s <= other.start_s + SLACK_S, "repetitions of a leg overlap"

    def teardown(self) -> None:
        """Whatever it was, it can be told and saved, in JSON that any reader takes."""
        if not hasattr(self, "checker"):
            return
        session = self.checker.finish(SourceInfo(path="fuzz", width=SIZE[0], height=SIZE[1]))
        plain = json.loads(to_json(session), parse_constant=_no_constant)
        assert plain["counts"]["attempts"] == len(session.reps)


def _check(rep: Rep, now_s: float) -> None:
    assert rep.start_s <= rep.top_s + SLACK_S
    assert rep.start_s <= rep.end_s + SLACK_S <= now_s + 2 * SLACK_S
    assert math.isfinite(rep.peak_deg) and rep.hold_s >= 0.0
    if rep.verdict is Verdict.CLEAN:
        assert not rep.faults
    if rep.verdict is Verdict.UNVERIFIED:
        assert rep.unchecked, "unverified without a reason"
    if rep.verdict is Verdict.COMPENSATED:
        assert rep.faults, "compensated without a fault"


def _without(shown: Pose, hidden: set[int]) -> Pose:
    points, visibility = shown.image_px.copy(), shown.visibility.copy()
    for index in hidden:
        visibility[index] = 0.0
        if index % 2:
            points[index] = np.nan
    return replace(shown, image_px=points, visibility=visibility)


def _noise(rng: np.random.Generator, size: float) -> Pose:
    points = rng.normal(0.0, 1.0, (LANDMARK_COUNT, 2)) * size + 300.0
    points[rng.random(points.shape) < 0.05] = np.nan
    return replace(Pose.unseen(0.0, SIZE), image_px=points, visibility=rng.random(LANDMARK_COUNT))


def _no_constant(name: str) -> float:
    raise AssertionError(f"{name} is no number of JSON")


PROPERTIES = (
    Property(
        name="checker",
        holds=(
            "any poses, seen or not: never raises, counts never fall, no repetition overlaps"
            " another of its leg, each is in order of time, has its reason, and can be saved"
        ),
        run=histories_of(CheckerHistory, steps=10),
        quick=12,
        deep=600,
    ),
)
