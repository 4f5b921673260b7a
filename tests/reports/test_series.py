"""Curves, limits and crossings as the plots show them, and what is compared."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis.analyze import Analysis, judge
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.exercises import get_exercise
from formcheck.files.pose_file import PoseRecording
from formcheck.reports.comparison import ends_compared, legs_compared, traits
from formcheck.reports.figures import MAX_POINTS, by_repetition, over_time, thinned
from formcheck.reports.series import Chart, charts
from tests.judged_sets import judged
from tests.stickman import Lift, Stance, clip

EXERCISE = get_exercise("standing-hip-flexion")


def charts_of(analysis: Analysis) -> dict[str, Chart]:
    found = charts(analysis.session, analysis.reports, EXERCISE)
    return {chart.measure.name: chart for chart in found}


def times_of(analysis: Analysis) -> np.ndarray:
    return np.array([report.time_s for report in analysis.reports])


def test_what_counts_comes_first_and_what_the_view_hides_is_left_out(mixed: Analysis) -> None:
    names = list(charts_of(mixed))
    assert names[0] == "thigh_elevation"
    assert {"torso_lean", "support_knee_flexion", "hip_flexion"} <= set(names)
    assert not {"lateral_lean", "pelvic_obliquity"} & set(names)


def test_a_fault_is_shaded_when_it_was_there_and_its_limits_are_drawn(mixed: Analysis) -> None:
    lean = charts_of(mixed)["torso_lean"]
    assert lean.from_neutral
    assert {(line.fault, round(line.level)) for line in lean.lines} == {
        ("lean-back", -10), ("lean-forward", 15),
    }  # fmt: skip
    faulty = [rep for rep in mixed.session.reps if rep.faults]
    assert len(faulty) == len(lean.crossed["lean-back"]) == 2
    for rep, (start_s, end_s) in zip(faulty, lean.crossed["lean-back"], strict=True):
        assert rep.start_s <= start_s < rep.faults[0].at_s <= end_s <= rep.end_s
        within = (times_of(mixed) > start_s + 0.05) & (times_of(mixed) < end_s - 0.05)
        assert (lean.curves[0].values[within] <= -10).all()
    assert lean.crossed["lean-forward"] == []


def test_the_supporting_knee_is_shown_only_while_it_supports(mixed: Analysis) -> None:
    chart = charts_of(mixed)["support_knee_flexion"]
    assert chart.supporting
    left = next(curve for curve in chart.curves if curve.side is Side.LEFT)
    lifting = next(rep for rep in mixed.session.reps if rep.side is Side.LEFT)
    shown = np.isfinite(left.values)
    assert shown.any()
    within = (times_of(mixed) > lifting.start_s) & (times_of(mixed) < lifting.end_s)
    assert not shown[within].any()


def test_nothing_is_plotted_without_a_start_posture() -> None:
    lost = judged([Lift(base=Stance(lean=60.0))])
    assert lost.session.calibration is None
    assert charts(lost.session, lost.reports, EXERCISE) == []


def test_a_figure_carries_spans_limits_and_no_nan(mixed: Analysis) -> None:
    chart = charts_of(mixed)["torso_lean"]
    figure = over_time(chart, times_of(mixed), mixed.session.reps, tinted=False)
    shapes = figure["layout"]["shapes"]
    crossed = [s for s in shapes if s.get("fillcolor") == "--compensated/0.22"]
    assert len([s for s in shapes if s["type"] == "line"]) == 2
    assert len(crossed) == 2
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < -10 < 15 < high
    for trace in figure["data"]:
        assert not any(isinstance(v, float) and math.isnan(v) for v in trace["y"])


def test_figures_are_plotlys(mixed: Analysis) -> None:
    graph_objects = pytest.importorskip("plotly.graph_objects")
    figure = over_time(
        charts_of(mixed)["torso_lean"], times_of(mixed), mixed.session.reps, tinted=True
    )
    known = traits(mixed.session, mixed.reports, EXERCISE, list(charts_of(mixed).values()))

    def plain_colours(value: object) -> object:
        if isinstance(value, dict):
            return {k: plain_colours(v) for k, v in value.items()}
        if isinstance(value, list):
            return [plain_colours(v) for v in value]
        return "#123456" if isinstance(value, str) and value.startswith("--") else value

    for one in (figure, by_repetition(known[0], mixed.session.reps)):
        graph_objects.Figure(plain_colours(one))


def test_thinning_keeps_every_extreme() -> None:
    values = np.sin(np.linspace(0, 300, 40_000))
    values[[5_000, 23_001]] = (4.0, -4.0)
    values[30_000:30_500] = np.nan
    kept = thinned(values)
    assert len(kept) <= MAX_POINTS + 2
    assert {5_000, 23_001, 0, 39_999} <= set(kept.tolist())
    assert np.isnan(values[kept]).any()
    assert (thinned(values[:100]) == np.arange(100)).all()


def test_legs_are_compared_only_where_both_moved(mixed: Analysis, tiring: Analysis) -> None:
    known = traits(mixed.session, mixed.reports, EXERCISE, list(charts_of(mixed).values()))
    peak = next(c for c in legs_compared(mixed.session, known) if "peak" in c.trait.name)
    assert peak.counts == (3, 3)
    assert peak.first == pytest.approx(92, abs=1.5)
    assert peak.difference == pytest.approx(-10, abs=1.5)
    assert peak.trait.notable(peak.difference)
    assert legs_compared(tiring.session, known) == []


def test_a_tiring_leg_shows_in_its_last_repetitions(tiring: Analysis) -> None:
    known = traits(tiring.session, tiring.reports, EXERCISE, list(charts_of(tiring).values()))
    ends = {c.trait.name: c for c in ends_compared(tiring.session, known)}
    peak = ends["peak thigh elevation"]
    assert (peak.side, peak.counts) == (Side.LEFT, (2, 2))
    assert peak.difference == pytest.approx(-10, abs=1)
    assert ends["lowering"].difference < -0.4
    assert not ends["furthest torso lean"].trait.notable(ends["furthest torso lean"].difference)


def test_too_few_repetitions_are_not_compared(mixed: Analysis) -> None:
    known = traits(mixed.session, mixed.reports, EXERCISE, list(charts_of(mixed).values()))
    assert ends_compared(mixed.session, known) == []


def test_a_limit_of_the_counted_measure_stands_in_its_own_plot() -> None:
    hanging = get_exercise("hanging-leg-raises")
    base = Stance(arm=180.0)
    poses = tuple(clip([Lift(side="both", base=base, knee=40.0, peak=100.0)], fps=20.0))
    source = SourceInfo(path="a.mp4", width=1280, height=960)
    analysis = judge(PoseRecording(source=source, poses=poses), hanging)
    assert analysis.session.calibration is not None
    found = charts(analysis.session, analysis.reports, hanging)
    assert [c.measure.name for c in found].count("hip_flexion_both") == 1
    neutral = analysis.session.calibration.neutral["hip_flexion_both_deg"]
    levels = {line.fault: line.level for line in found[0].lines}
    assert levels == {"": 85.0, "back-arch": pytest.approx(neutral - 15.0, abs=0.1)}


def test_a_limit_that_noise_suspends_is_not_drawn(mixed: Analysis) -> None:
    calibration = mixed.session.calibration
    assert calibration is not None
    noisy = replace(calibration, sd={**calibration.sd, "torso_lean_deg": 9.0})
    session = replace(mixed.session, calibration=noisy)
    found = {c.measure.name: c for c in charts(session, mixed.reports, EXERCISE)}
    assert {line.fault for line in found["torso_lean"].lines} == set()
    assert not found["torso_lean"].judged


def test_leaning_to_either_side_is_compared_by_how_far() -> None:
    lifts = [
        Lift(side=side, at_top=Stance(lateral=lateral))
        for side, lateral in (("left", 9.0), ("right", -9.0))
    ]
    poses = tuple(clip(lifts, fps=20.0, yaw_deg=90.0))
    source = SourceInfo(path="a.mp4", width=1280, height=960)
    analysis = judge(PoseRecording(source=source, poses=poses), EXERCISE)
    known = traits(analysis.session, analysis.reports, EXERCISE, list(charts_of(analysis).values()))
    (lean,) = (c for c in legs_compared(analysis.session, known) if "lateral" in c.trait.name)
    assert [lean.first, lean.second] == pytest.approx([9, 9], abs=1)
