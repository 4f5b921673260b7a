"""The same movement seen differently is the same: mirrored, shifted, scaled, later, oftener.

A set of lifts is drawn at random, well away from the limits of the exercise, and judged twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import MIRROR_PAIRS, Pose, Side
from formcheck.exercises import get_exercise
from tests.fuzz.properties import Property, examples_of
from tests.stickman import SIZE, Lift, Stance, clip, steps

STANDING, RUNNING = "standing-hip-flexion", "high-knee-runs"
RATES = (15.0, 20.0, 25.0, 29.97, 50.0, 60.0, 120.0)
REFERENCE_FPS = 30.0
PEAK_TOLERANCE_DEG = 4.0
TIME_TOLERANCE_S = 0.15
"""How far a repetition may differ between 15 and 120 frames a second: two frames at 15."""


@dataclass(frozen=True)
class Course:
    """One repetition drawn at random, of one of the kinds that nobody could doubt."""

    side: str
    kind: str
    rise_s: float
    lower_s: float

    def lift(self) -> Lift:
        """Return it as the stick figure does it."""
        peak = 62.0 if self.kind == "partial" else 94.0
        lean = {"leaning back": -22.0, "leaning forward": 28.0}.get(self.kind, 0.0)
        # What of rise and lowering counts as held is about a third.
        short_s = max(0.0, 1.2 - (self.rise_s + self.lower_s) / 3)
        hold_s = short_s if self.kind == "short" else 2.6
        return Lift(
            side=self.side, peak=peak, rise_s=self.rise_s, hold_s=hold_s, lower_s=self.lower_s,
            rest_s=1.2, at_top=Stance(lean=lean),
        )  # fmt: skip


COURSES = st.lists(
    st.builds(
        Course,
        st.sampled_from(["left", "right"]),
        st.sampled_from(["clean", "partial", "short", "leaning back", "leaning forward"]),
        st.floats(0.8, 1.6),
        # Well below, or well above, the second that is the limit of a fast lowering.
        st.one_of(st.floats(1.2, 1.8), st.floats(2.5, 3.2)),
    ),
    min_size=1,
    max_size=3,
)


def poses_of(courses: list[Course], fps: float = REFERENCE_FPS, yaw_deg: float = 8.0) -> list[Pose]:
    """Return the poses of the lifts, one after the other."""
    return list(clip([course.lift() for course in courses], fps=fps, yaw_deg=yaw_deg))


def reps_of(poses: Iterable[Pose], slug: str = STANDING) -> tuple[Rep, ...]:
    """Return what the checker makes of poses."""
    checker = FormChecker(get_exercise(slug))
    for pose in poses:
        checker.update(pose)
    return checker.finish(SourceInfo(path="fuzz", width=SIZE[0], height=SIZE[1])).reps


def told(reps: Iterable[Rep]) -> list[tuple[Side, Verdict, tuple[str, ...], tuple[str, ...]]]:
    """Return what a user is told of repetitions, without the numbers."""
    return [
        (r.side, r.verdict, tuple(f.code for f in r.faults), tuple(c.code for c in r.cues))
        for r in reps
    ]


def mirrored(pose: Pose) -> Pose:
    """Return the person's mirror image: left in the picture is right, and so are the limbs."""
    order = np.arange(len(pose.image_px))
    for left, right in MIRROR_PAIRS:
        order[left], order[right] = right, left
    points = pose.image_px[order].copy()
    points[:, 0] = pose.frame_size_px[0] - points[:, 0]
    return replace(pose, image_px=points, visibility=pose.visibility[order])


def shifted(pose: Pose, x_px: float, y_px: float) -> Pose:
    """Return the person elsewhere in a picture that is large enough for it."""
    width, height = pose.frame_size_px
    return replace(
        pose,
        image_px=pose.image_px + (x_px, y_px),
        frame_size_px=(width + round(x_px) + 1, height + round(y_px) + 1),
    )


def scaled(pose: Pose, factor: float) -> Pose:
    """Return the same picture with more or fewer pixels."""
    width, height = pose.frame_size_px
    return replace(
        pose,
        image_px=pose.image_px * factor,
        frame_size_px=(max(1, round(width * factor)), max(1, round(height * factor))),
    )


def _drawn(courses: list[Course]) -> tuple[list[Pose], tuple[Rep, ...]]:
    poses = poses_of(courses)
    reps = reps_of(poses)
    assert len(reps) == len(courses), "each drawn lift is an attempt"
    return poses, reps


def a_mirror_swaps_the_sides(courses: list[Course]) -> None:
    poses, reps = _drawn(courses)
    swapped = [replace(rep, side=rep.side.other) for rep in reps]
    assert told(reps_of(map(mirrored, poses))) == told(swapped)


def it_does_not_matter_where(courses: list[Course], x_px: float, y_px: float) -> None:
    poses, reps = _drawn(courses)
    assert told(reps_of(shifted(pose, x_px, y_px) for pose in poses)) == told(reps)


def it_does_not_matter_how_large(courses: list[Course], factor: float) -> None:
    poses, reps = _drawn(courses)
    assert told(reps_of(scaled(pose, factor) for pose in poses)) == told(reps)


def it_does_not_matter_when(courses: list[Course], start_s: float) -> None:
    poses, reps = _drawn(courses)
    later = reps_of(replace(pose, time_s=pose.time_s + start_s) for pose in poses)
    assert told(later) == told(reps)
    for one, other in zip(reps, later, strict=True):
        assert abs(other.start_s - start_s - one.start_s) < TIME_TOLERANCE_S


def it_does_not_matter_how_often(courses: list[Course], fps: float) -> None:
    _, reps = _drawn(courses)
    again = reps_of(poses_of(courses, fps))
    assert told(again) == told(reps)
    for one, other in zip(reps, again, strict=True):
        assert abs(other.peak_deg - one.peak_deg) < PEAK_TOLERANCE_DEG
        for name in ("start_s", "end_s"):
            assert abs(getattr(other, name) - getattr(one, name)) < TIME_TOLERANCE_S


def fast_steps_are_counted_at_any_rate(number: int, per_s: float, fps: float) -> None:
    reps = reps_of(steps(number, per_s, fps=fps), RUNNING)
    assert abs(len(reps) - number) <= 1
    for side in (Side.LEFT, Side.RIGHT):
        assert abs(sum(rep.side is side for rep in reps) - number / 2) <= 1


def _property(
    name: str, holds: str, check: Callable[..., None], **drawn: st.SearchStrategy
) -> Property:
    return Property(name=name, holds=holds, run=examples_of(check, **drawn), quick=2, deep=150)


PROPERTIES = (
    _property("mirror", "mirrored poses give the same repetitions, left and right exchanged",
              a_mirror_swaps_the_sides, courses=COURSES),
    _property("shift", "where in the picture somebody stands changes nothing",
              it_does_not_matter_where, courses=COURSES,
              x_px=st.floats(0.0, 3000.0), y_px=st.floats(0.0, 3000.0)),
    _property("scale", "a picture of 0.2 to 6 times as many pixels a side changes nothing",
              it_does_not_matter_how_large, courses=COURSES, factor=st.floats(0.2, 6.0)),
    _property("later", "times that begin anywhere from -10 to 1,000,000 s change nothing",
              it_does_not_matter_when, courses=COURSES,
              start_s=st.one_of(st.floats(-10.0, 10.0), st.floats(0.0, 1e6))),
    _property("frame rate, slow", "15 to 120 frames a second: the same verdicts, peaks within 4"
              " degrees, times within 0.15 s", it_does_not_matter_how_often, courses=COURSES,
              fps=st.sampled_from(RATES)),
    _property("frame rate, fast", "20 to 120 frames a second, up to 3 steps a second: within one"
              " step, also of each leg", fast_steps_are_counted_at_any_rate,
              number=st.integers(6, 12), per_s=st.floats(1.2, 3.0), fps=st.sampled_from(RATES[1:])),
)  # fmt: skip
