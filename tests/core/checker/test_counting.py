"""The repetition machine: tables of drawn courses, and what must hold for any course at all."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.checker.attempt import Attempt
from formcheck.core.checker.counting import RepMachine, raised
from formcheck.core.exercise.exercise import Cycle, Phase
from formcheck.exercises import get_exercise
from tests.stickman import smooth

CYCLE: Cycle = get_exercise("standing-hip-flexion").cycle


def course(*points: tuple[float, float], fps: float = 30.0) -> list[tuple[float, float]]:
    """Return a course through `(time, value)` points, smooth between them, NaN where either is."""
    samples = []
    for (t0, v0), (t1, v1) in pairwise(points):
        for index in range(math.ceil(t0 * fps), math.ceil(t1 * fps)):
            time_s = index / fps
            samples.append((time_s, v0 + (v1 - v0) * smooth((time_s - t0) / (t1 - t0))))
    return samples


def count(samples: list[tuple[float, float]], cycle: Cycle = CYCLE) -> list[Attempt]:
    machine = RepMachine(cycle)
    ended = [machine.update(time_s, value) for time_s, value in samples]
    last = machine.finish()
    return [a for a in [*ended, last] if a is not None]


LIFT = ((0.0, 0.0), (1.0, 0.0), (2.0, 92.0), (4.2, 92.0), (5.8, 0.0), (6.6, 0.0))


def test_one_lift_is_one_full_repetition_with_its_times() -> None:
    (rep,) = count(course(*LIFT))
    assert rep.reached and not rep.lost
    assert rep.peak == pytest.approx(92.0)
    # Where the minimum-jerk course itself crosses 25 and 20 degrees.
    assert rep.start_s == pytest.approx(1.35, abs=0.05)
    assert rep.end_s == pytest.approx(5.27, abs=0.05)
    assert rep.hold_s == pytest.approx(3.01, abs=0.04)
    assert rep.missing == 0.0


@pytest.mark.parametrize(
    ("peak", "between_s", "attempts"),
    [(110.0, 0.07, 1), (110.0, 0.2, 2), (60.0, 0.07, 2)],
    ids=["a slip of the model", "two steps", "none of them reached the top"],
)
def test_a_driven_leg_does_not_stretch_and_come_back_at_once(
    peak: float, between_s: float, attempts: int
) -> None:
    cycle = get_exercise("mountain-climbers").cycle
    parts = ((0.3, 10.0), (0.2, peak), (between_s, 10.0), (0.2, peak), (0.5, 10.0))
    values = [value for span_s, value in parts for _ in range(round(30 * span_s))]
    found = count([(index / 30, value) for index, value in enumerate(values)], cycle)
    assert len(found) == attempts


@pytest.mark.parametrize(
    ("seen_from_s", "seen_until_s", "top_seen_s"),
    [
        # The minimum-jerk course itself is over 80 degrees for 2.912 s.
        (0.0, 9.0, 2.91),
        (9.0, 9.0, 0.0),
        (3.0, 4.0, 1.0),
        # A single frame does not show for how long.
        (3.0, 3.02, 0.0),
    ],
)
def test_only_what_was_seen_at_the_top_counts_as_seen_there(
    seen_from_s: float, seen_until_s: float, top_seen_s: float
) -> None:
    machine = RepMachine(CYCLE)
    ended = [
        machine.update(time_s, value, seen=seen_from_s <= time_s <= seen_until_s)
        for time_s, value in course(*LIFT)
    ]
    (rep,) = [attempt for attempt in ended if attempt is not None]
    assert rep.reached
    assert rep.top_seen_s == pytest.approx(top_seen_s, abs=0.04)


def test_the_lowering_of_a_peak_just_over_the_start_level_is_not_negative() -> None:
    cycle = get_exercise("high-knee-runs").cycle
    values = [0, cycle.start + 1, cycle.start + 1, cycle.start + 1, cycle.back - 0.5, 30]
    (rep,) = count([(0.1 * index, value) for index, value in enumerate(values)], cycle)
    assert not rep.reached
    assert 0.0 <= rep.lowering_s < 0.3


def test_a_leg_that_hovers_about_the_start_level_begins_with_its_rise() -> None:
    hover = [(0.0, 0.0), (0.5, 0.0), (1.0, 27.0), (1.5, 23.0), (2.0, 28.0), (2.5, 23.0)]
    (rep,) = count(course(*hover, (3.5, 92.0), (5.0, 92.0), (6.5, 0.0), (7.0, 0.0)))
    assert rep.reached
    assert 2.5 < rep.start_s < 2.8
    # What has risen in earnest keeps its beginning, dip or not.
    (partial,) = count(course((0, 0), (1, 60), (2, 23), (3, 60), (4, 0), (5, 0)))
    assert partial.start_s < 0.6


def test_a_leg_shaken_above_the_start_level_begins_with_its_rise_where_a_fall_ends_it() -> None:
    cycle = get_exercise("mountain-climbers").cycle
    level = cycle.start + 1.0
    shaken = [(0.0, 20.0), (0.3, 90.0), (0.6, level), (1.0, level), (1.1, 60.0), (1.2, level)]
    drives = course(*shaken, (1.6, level), (1.8, 95.0), (2.1, level), (2.4, level), fps=60.0)
    first, second = count(drives, cycle)
    assert first.start_s < 0.2
    assert second.start_s == pytest.approx(1.66, abs=0.05)
    assert second.reached


@pytest.mark.parametrize(
    ("points", "full", "partial"),
    [
        pytest.param([(0, 0), (5, 0)], 0, 0, id="standing still"),
        pytest.param([(0, 0), (1, 0), (2, 40), (3, 0), (4, 0)], 0, 0, id="a step"),
        pytest.param([(0, 0), (1, 0), (2, 60), (3, 0), (4, 0)], 0, 1, id="half-way"),
        pytest.param(
            [(0, 0), (1, 0), (2, 90), (3, 60), (4, 90), (5, 0), (6, 0)],
            1,
            0,
            id="pumping at the top",
        ),
        pytest.param(
            [(0, 0), (1, 90), (2, 90), (3, 10), (4, 10), (5, 90), (6, 0), (7, 0)], 2, 0, id="two"
        ),
        pytest.param(
            [(0, 0), (1, 90), (2, 90), (2.5, 30), (3, 90), (4, 0), (5, 0)],
            1,
            0,
            id="not quite down",
        ),
        pytest.param([(0, 85), (2, 85), (3, 0), (4, 0)], 0, 0, id="already lifted at first sight"),
        pytest.param(
            [(0, 0), (1, 90), (30, 90), (31, 0), (32, 0)], 1, 0, id="held for half a minute"
        ),
        pytest.param([(0, 0), (1, 90), (4, 90)], 0, 0, id="still lifted at the end"),
    ],
)
def test_courses(points: list[tuple[float, float]], full: int, partial: int) -> None:
    reps = count(course(*points))
    assert sum(r.reached for r in reps) == full
    assert sum(not r.reached for r in reps) == partial


@pytest.mark.parametrize("level", [CYCLE.start, CYCLE.top, CYCLE.back, CYCLE.hold_at])
def test_trembling_around_a_level_counts_nothing_more(level: float) -> None:
    samples = course((0, 0), (1, level), (1.01, level))
    samples += [(1.0 + i / 30, level + (4 if i % 2 else -4)) for i in range(1, 90)]
    samples += [(4.0 + t, v) for t, v in course((0.1, level), (1, 0), (2, 0))]
    assert len(count(samples)) <= 1


def blank(
    samples: list[tuple[float, float]], start: float, end: float
) -> list[tuple[float, float]]:
    return [(t, math.nan if start <= t < end else v) for t, v in samples]


def test_a_short_loss_of_sight_changes_nothing_but_is_noted() -> None:
    (rep,) = count(blank(course(*LIFT), 2.5, 2.8))
    assert rep.reached and not rep.lost
    assert 0.0 < rep.missing < 0.15


def test_a_long_loss_ends_the_repetition_as_lost_and_the_leg_must_come_down_first() -> None:
    (rep,) = count(blank(course(*LIFT), 2.5, 3.2))
    assert rep.lost and rep.reached
    assert rep.end_s == pytest.approx(2.47, abs=0.05)


def glimpsed(*unseen: tuple[float, float]) -> tuple[int, int]:
    """Return how many attempts a lift with stretches out of sight makes, and how many too short."""
    samples, machine = course(*LIFT), RepMachine(CYCLE)
    for start, end in unseen:
        samples = blank(samples, start, end)
    found, dropped = 0, 0
    for time_s, value in samples:
        found += machine.update(time_s, value) is not None
        dropped += machine.too_short is not None
    return found, dropped


@pytest.mark.parametrize(
    ("unseen", "expected"),
    [
        ([(1.3, 1.65), (2.5, 3.2)], (0, 1)),
        ([(1.3, 1.65)], (1, 0)),
        ([(1.3, 1.45), (2.5, 3.2)], (1, 0)),
    ],
    ids=["neither way seen", "the way down seen", "half of the way up seen"],
)
def test_a_leg_glimpsed_at_the_top_alone_is_no_repetition(
    unseen: list[tuple[float, float]], expected: tuple[int, int]
) -> None:
    assert glimpsed(*unseen) == expected


def test_a_source_that_skips_the_loss_is_treated_like_one_that_reports_it() -> None:
    skipping = [s for s in course(*LIFT) if not 2.5 <= s[0] < 3.2]
    assert [a.end_s for a in count(skipping)] == [
        a.end_s for a in count(blank(course(*LIFT), 2.5, 3.2))
    ]


def test_a_leg_first_unseen_and_then_rising_is_counted() -> None:
    assert len(count(blank(course(*LIFT), 0.0, 1.6))) == 1


@pytest.mark.parametrize("fps", [6.0, 8.0, 10.0, 15.0, 24.0, 30.0, 60.0, 120.0])
def test_the_frame_rate_changes_neither_count_nor_times(fps: float) -> None:
    (rep,) = count(course(*LIFT, fps=fps))
    assert rep.start_s == pytest.approx(1.35, abs=0.06)
    # Straight from frame to frame, where the course is curved.
    assert rep.hold_s == pytest.approx(3.01, abs=0.2 / fps + 0.01)
    assert rep.lowering_s == pytest.approx(0.746, abs=0.1 / fps)
    assert rep.fps == pytest.approx(fps)


@pytest.mark.parametrize("peak", [75.0, 86.0])
def test_a_peak_seen_in_one_frame_is_full_if_the_way_to_and_from_it_says_so(peak: float) -> None:
    (rep,) = count(
        [(0.0, 0.0), (0.3, 0.0), (0.6, 60.0), (0.9, peak), (1.2, 60.0), (1.5, 0), (1.8, 0)]
    )
    assert rep.reached == (peak > CYCLE.top)


def test_phases_in_order() -> None:
    machine = RepMachine(CYCLE)
    seen: list[Phase] = []
    for time_s, value in course(*LIFT):
        machine.update(time_s, value)
        if not seen or seen[-1] is not machine.phase:
            seen.append(machine.phase)
    assert seen == [Phase.REST, Phase.RISE, Phase.TOP, Phase.LOWER, Phase.REST]


VALUE = st.one_of(st.floats(-30.0, 150.0), st.just(math.nan))


@given(st.lists(st.tuples(st.floats(0.001, 0.6), VALUE), max_size=120))
def test_any_course_gives_attempts_in_order_that_never_overlap(
    steps: list[tuple[float, float]],
) -> None:
    time_s, samples = 0.0, []
    for dt, value in steps:
        time_s += dt
        samples.append((time_s, value))
    last_end = -1.0
    for rep in count(samples):
        assert last_end <= rep.start_s <= rep.top_s
        assert rep.start_s <= rep.end_s
        assert 0.0 <= rep.missing <= 1.0
        assert rep.peak >= CYCLE.partial_from
        assert 0.0 <= rep.hold_s <= rep.end_s - rep.start_s + 0.5
        last_end = rep.end_s


@given(
    st.integers(1, 6), st.floats(82.0, 120.0), st.floats(0.6, 2.0), st.sampled_from([15, 30, 60])
)
def test_clean_lifts_are_counted_exactly(number: int, peak: float, move_s: float, fps: int) -> None:
    points = [(0.0, 0.0)]
    for _ in range(number):
        start_s = points[-1][0]
        points += [
            (start_s + 0.6, 0.0),
            (start_s + 0.6 + move_s, peak),
            (start_s + 1.1 + move_s, peak),
            (start_s + 1.1 + 2 * move_s, 0.0),
        ]
    points.append((points[-1][0] + 0.6, 0.0))
    reps = count(course(*points, fps=fps))
    assert [r.reached for r in reps] == [True] * number


@pytest.mark.parametrize(
    ("points", "cut_off"),
    [
        pytest.param([(0, 45), (0.5, 92), (2, 0), (3, 0)], [True], id="begins low in a rise"),
        pytest.param([(0, 70), (0.5, 92), (2, 0), (3, 0)], [], id="begins high in a rise"),
        pytest.param([(0, 90), (1, 0), (2, 0)], [], id="begins with the fall"),
        pytest.param(
            [(0, 45), (0.4, 15), (0.5, 30), (1.2, 92), (2.5, 0), (3, 0)],
            [False],
            id="begins with the end of a fall",
        ),
        pytest.param([(0, 45), (0.5, 60), (2, 0), (3, 0)], [], id="begins in a partial one"),
        pytest.param([(0, 0), (1, 0), (2, 92), (3, 92), (4, 40)], [True], id="ends low in a fall"),
        pytest.param([(0, 0), (1, 0), (2, 92), (3, 92), (4, 70)], [], id="ends high in a fall"),
        pytest.param([(0, 0), (1, 0), (2, 70), (4, 40)], [], id="ends in a partial one"),
    ],
)
def test_what_begins_or_ends_with_the_frames_counts_if_most_of_it_was_seen(
    points: list[tuple[float, float]], cut_off: list[bool]
) -> None:
    found = count(course(*points))
    assert [attempt.cut_off for attempt in found] == cut_off
    assert all(attempt.reached for attempt in found)


CLIMBERS: Cycle = get_exercise("mountain-climbers").cycle


def steps(rest: float, peak: float, number: int = 3) -> list[tuple[float, float]]:
    """Returns a course of steps of half a second from a plank at rest."""
    points = [(0.0, 20.0), (0.5, 20.0), (1.0, rest)]
    for step in range(number):
        points += [(1.3 + step, peak), (1.6 + step, rest), (2.0 + step, rest)]
    return course(*points)


@pytest.mark.parametrize(("rises_by", "number"), [(0.0, 1), (40.0, 3)])
def test_legs_of_raised_hips_rest_higher_and_are_counted_from_there(
    rises_by: float, number: int
) -> None:
    # From 63 to 95 and back: by 32 degrees, which is no fall from a peak.
    machine = RepMachine(CLIMBERS)
    ended = [
        machine.update(time_s, value, rests_higher=rises_by if time_s >= 0.7 else 0.0)
        for time_s, value in steps(63.0, 95.0)
    ]
    found = [a for a in [*ended, machine.finish()] if a is not None]
    assert len(found) == number if rises_by else len(found) <= number
    assert all(one.reached for one in found)


def test_raised_levels_stay_in_order() -> None:
    for by in (0.0, 5.0, 20.0, 60.0):
        cycle = raised(CLIMBERS, by, by)
        assert cycle.back < cycle.start < cycle.top
        assert cycle.start == CLIMBERS.start + by
        # What legs rest higher by after they left their rest lifts no top.
        assert raised(CLIMBERS, by + 10.0, by).top == cycle.top
    assert raised(CLIMBERS, 0.0, 0.0) == CLIMBERS
