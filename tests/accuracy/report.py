"""How right formcheck is: drawn scenarios against their truth, real clips against counts by eye.

    python tests/accuracy/report.py                        the drawn scenarios, both splits apart
    python tests/accuracy/report.py --split test           those of bodies to test on only
    python tests/accuracy/report.py --cache DIR --drawn-only   those that lie drawn in a folder
    python tests/accuracy/report.py --details              every scenario by itself, besides
    python tests/accuracy/report.py --reseed 100           drawn anew, with other chances
    python tests/accuracy/report.py --people DIR           drawn people of another make, besides
    python tests/accuracy/report.py --real DIR CLIPS.json  real clips, counted by eye, besides

Scenarios are drawn once into a cache (`python sample_videos/draw.py --all --jobs 2 --out CACHE`
does it on two cores); poses are kept there too. Bodies on which limits may be tuned and bodies on
which they are only tested, drawn and real results are never mixed in one table.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

ROOT_FOLDER = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT_FOLDER), str(ROOT_FOLDER / "sample_videos")]

from people.table import SCENARIOS  # noqa: E402
from tests.accuracy.drawn_clips import ROOT, Clip, clip, drawn_names  # noqa: E402
from tests.accuracy.other_people import people_of  # noqa: E402
from tests.accuracy.real_clips import real_clips  # noqa: E402
from tests.accuracy.tally import Tally, false_reps, fault_counts, tally  # noqa: E402


def drawn(clips: Sequence[Clip], console: Console) -> None:
    """Print a row for each exercise and view, and for idle clips."""
    table = _table(
        "exercise", "view", "setup", "clips", "counts", "verdicts", "faults", "precision",
        "recall", "near leg", "far leg", "right", "decided", "clean though faulty",
    )  # fmt: skip
    groups: dict[tuple[str, str, str], list[Clip]] = {}
    for one in clips:
        setup = "as asked for" if one.preferred else "another"
        if not one.idle:
            groups.setdefault((one.exercise.slug, one.truth["view"], setup), []).append(one)
    for (slug, view, setup), group in sorted(groups.items(), key=lambda g: (g[0][2], g[0])):
        table.add_row(slug, view, setup, *_figures(tally(group)))
    table.add_section()
    preferred = [one for one in clips if one.preferred and not one.idle]
    for view in ("side", "front"):
        seen = [one for one in preferred if one.truth["view"] == view]
        if seen:
            table.add_row("all", view, "as asked for", *_figures(tally(seen)))
    table.add_row("all", "", "as asked for", *_figures(tally(preferred)))
    console.print(f"Drawn clips, {clips[0].split} bodies. Counts and verdicts: all in the clip are")
    console.print(
        "exact; right: repetitions with their side and verdict; angles: mean absolute errors"
    )
    console.print("in degrees of the judged angle, lifted.")
    console.print(table)
    idle = [one for one in clips if one.idle]
    number, minutes = false_reps(idle)
    console.print(
        f"Idle drawn clips: {number} repetitions in {minutes:.1f} minutes of {len(idle)} clips."
    )


def _figures(t: Tally) -> list[str]:
    return [
        str(t.clips), f"{t.exact_counts}/{t.clips}", f"{t.exact_verdicts}/{t.clips}",
        str(t.faults_drawn), _share(t.precision), _share(t.recall), _angle(t.near_deg),
        _angle(t.far_deg), f"{t.right}/{t.true_reps}", f"{t.decided}/{t.true_reps}",
        str(t.missed_faults),
    ]  # fmt: skip


def breakdown(clips: Sequence[Clip], console: Console) -> None:
    """Print how figures hold up by body, and by where the camera stands and how fast it is."""
    ways: dict[str, Callable[[Clip], str]] = {
        "body": lambda one: one.body,
        "yaw off the side": lambda one: f"{_nearest(one.yaw_deg, YAWS_DEG):2d}",
        "roll": lambda one: f"{_nearest(one.roll_deg, ROLLS_DEG):2d}",
        "frames a second": lambda one: f"{one.truth['fps']:2.0f}",
    }
    table = _table(
        "by", "", "clips", "counts", "verdicts", "faults", "precision", "recall", "near leg",
        "far leg", "right", "decided", "clean though faulty",
    )  # fmt: skip
    for way, key in ways.items():
        groups: dict[str, list[Clip]] = {}
        for one in clips:
            if not one.idle:
                groups.setdefault(key(one), []).append(one)
        for name, group in sorted(groups.items()):
            table.add_row(way, name, *_figures(tally(group)))
        table.add_section()
    console.print(table)


YAWS_DEG, ROLLS_DEG = (0, 8, 15, 30, 45, 60, 90), (0, 5, 10)


def _nearest(value: float, among: Sequence[int]) -> int:
    return min(among, key=lambda each: abs(each - value))


def details(clips: Sequence[Clip], console: Console) -> None:
    """Print a row for each clip."""
    table = _table("scenario", "seen as", "verdicts", "right", "near", "far", "faults d/t/f/r")
    for one in clips:
        said = " ".join(f"{side[0]}:{verdict[:5]}" for side, verdict in one.found) or "none"
        table.add_row(
            one.name,
            one.analysis.session.view.value,
            said,
            "yes" if one.found == one.wanted else "no",
            _angle(_mae(one.leg_errors(near=True))),
            _angle(_mae(one.leg_errors(near=False))),
            "/".join(str(number) for number in fault_counts(one)),
        )
    console.print(table)


def heights(clips: Sequence[Clip], console: Console) -> None:
    """Print how far off the thigh's height is from the front: near the top, and on the way."""
    parts: dict[str, list[np.ndarray]] = {"at 70 degrees and more": [], "from 15 to 60": []}
    for one in clips:
        if one.truth["view"] != "front" or not one.preferred or one.idle:
            continue
        for side in ("left", "right"):
            column = f"thigh_elevation_{side}_deg"
            error = one.error(column)
            true = np.array(one.truth["frames"][column])[: len(error)]
            parts["at 70 degrees and more"].append(error[true >= 70])
            parts["from 15 to 60"].append(error[(true >= 15) & (true < 60)])
    for name, errors in parts.items():
        if errors:
            every = np.concatenate(errors)
            bias = float(np.nanmean(every))
            console.print(f"Front, thigh {name}: MAE {_mae(every):.1f}, bias {bias:+.1f} degrees.")


def pelvis(clips: Sequence[Clip], console: Console) -> None:
    """Print the pelvis's lift as read and as drawn, medians near the top of each repetition."""
    table = _table("scenario", "pelvis read/drawn, degrees, at the top of each repetition")
    for one in clips:
        if one.exercise.slug == "standing-hip-flexion" and one.truth["view"] == "front":
            table.add_row(one.name, " ".join(_pelvis_pairs(one)))
    console.print(table)


def _pelvis_pairs(one: Clip) -> list[str]:
    frames = one.truth["frames"]
    time_s, read = np.array(frames["time_s"]), one.measured("pelvic_obliquity_deg")
    read = read - np.nanmedian(read[time_s < one.truth["calm_s"][1]])
    pairs = []
    for rep in one.truth["reps"]:
        up = np.array(frames[f"thigh_elevation_{rep['side']}_deg"]) > 75
        during = up & (time_s >= rep["start_s"]) & (time_s <= rep["end_s"])
        sign = 1 if rep["side"] == "left" else -1
        true = sign * np.median(np.array(frames["pelvic_obliquity_deg"])[during])
        pairs.append(f"{sign * np.nanmedian(read[during]):+.0f}/{true:+.0f}")
    return pairs


def real(folder: Path, listing: Path, cache: Path, console: Console) -> None:
    """Print the table of the real clips whose exercise is known."""
    table = _table("clip", "exercise", "by eye", "found", "clean", "comp.", "unver.", "")
    clips = real_clips(folder, listing, cache)
    for one in clips:
        by_eye = f"{one.by_eye}" + (f" ± {one.slack}" if one.slack else "")
        counts = one.counts
        row = (by_eye, one.full, counts.clean, counts.compensated, counts.unverified)
        mark = f"off by {one.off}" if one.off else ""
        table.add_row(one.name, one.exercise.slug, *(str(cell) for cell in row), mark)
    console.print("Real clips: repetitions counted by eye, and what formcheck makes of them")
    console.print(table)
    exact, within = sum(not one.off for one in clips), sum(one.off <= 1 for one in clips)
    console.print(f"Exact {exact} of {len(clips)}, within one {within} of {len(clips)}.")
    sets = [one for one in clips if one.shows_it]
    decided, asked = sum(one.decided for one in sets), sum(one.by_eye for one in sets)
    console.print(f"Decided: {decided} of {asked} repetitions have a verdict.")


def _mae(errors: np.ndarray) -> float:
    return float(np.nanmean(np.abs(errors))) if np.isfinite(errors).any() else math.nan


def _share(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.2f}"


def _angle(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.1f}"


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in titles:
        table.add_column(title, overflow="fold")
    return table


def main() -> None:
    """Draw what is missing, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "drawn")
    parser.add_argument("--only", nargs="*", default=[""], help="beginnings of scenario names")
    parser.add_argument("--split", choices=["tuning", "test"], help="one split only")
    parser.add_argument("--reseed", type=int, default=0)
    parser.add_argument("--drawn-only", action="store_true", help="draw nothing that is missing")
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--people", type=Path, metavar="DIR", help="drawn people of another make")
    parser.add_argument("--real", type=Path, nargs=2, metavar=("DIR", "CLIPS.json"))
    arguments = parser.parse_args()
    console = Console(width=150)
    beginnings, kept = tuple(arguments.only), arguments.drawn_only
    names = sorted(drawn_names(arguments.cache, arguments.reseed)) if kept else list(SCENARIOS)
    every = [
        clip(name, arguments.cache, arguments.reseed, as_drawn=kept)
        for name in names
        if name.startswith(beginnings)
        and (kept or arguments.split in (None, SCENARIOS[name].split))
    ]
    every = [one for one in every if arguments.split in (None, one.split)]
    for split in ("tuning", "test"):
        clips = [one for one in every if one.split == split]
        if clips:
            drawn(clips, console)
            breakdown(clips, console)
            heights(clips, console)
            pelvis(clips, console)
        if clips and arguments.details:
            details(clips, console)
    if arguments.people:
        others = people_of(arguments.people, arguments.cache / "people")
        drawn(others, console)
        breakdown(others, console)
        if arguments.details:
            details(others, console)
    if arguments.real:
        folder, listing = arguments.real
        real(folder, listing, arguments.cache / "real", console)


if __name__ == "__main__":
    main()
