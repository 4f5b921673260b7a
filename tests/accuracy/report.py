"""How right formcheck is: drawn scenarios against their truth, real clips against counts by eye.

    python tests/accuracy/report.py                        the drawn scenarios
    python tests/accuracy/report.py --real DIR CLIPS.json  real clips, counted by eye, besides

Scenarios are drawn once, at 15 frames a second, into a cache (about a minute each on two cores);
poses are kept there too. Drawn and real results are never mixed in one table.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT), str(ROOT / "sample_videos")]

from formcheck.analysis import Analysis, judge, record  # noqa: E402
from formcheck.exercises import get_exercise, slugs  # noqa: E402
from formcheck.recording import PoseRecording  # noqa: E402
from mannequin.catalogue import SCENARIOS  # noqa: E402
from mannequin.clip import shoot  # noqa: E402

FPS = 15


def poses_of(video: Path, cache: Path) -> PoseRecording:
    """Return the poses of a video, estimated once."""
    kept = cache / f"{video.stem}.npz"
    if not kept.exists() or kept.stat().st_mtime < video.stat().st_mtime:
        record(video)[0].save(kept)
    return PoseRecording.load(kept)


def mean_error(analysis: Analysis, frames: dict[str, list[float]], column: str) -> str:
    """Return the mean absolute error of a column, or a dash where it was never observed."""
    found = np.array([report.measures[column] for report in analysis.reports])
    error = np.abs(found - np.array(frames[column]))
    return f"{np.nanmean(error):.1f}" if np.isfinite(error).any() else "-"


def obliquity_read(analysis: Analysis, truth: dict[str, Any]) -> str:
    """Return the pelvis's lift as read and as drawn, medians near the top of each repetition."""
    frames, pairs = truth["frames"], []
    time_s = np.array(frames["time_s"])
    read = np.array([report.measures["pelvic_obliquity_deg"] for report in analysis.reports])
    read -= np.nanmedian(read[time_s < truth["calm_s"][1]])
    for rep in truth["reps"]:
        up = np.array(frames[f"thigh_elevation_{rep['side']}_deg"]) > 75
        during = up & (time_s >= rep["start_s"]) & (time_s <= rep["end_s"])
        sign = 1 if rep["side"] == "left" else -1
        true = sign * np.median(np.array(frames["pelvic_obliquity_deg"])[during])
        pairs.append(f"{sign * np.nanmedian(read[during]):+.0f}/{true:+.0f}")
    return " ".join(pairs)


def drawn(cache: Path, console: Console) -> None:
    """Print the tables of the drawn scenarios."""
    table = _table("scenario", "view", "verdicts", "right", "hip", "thigh", "lean", "side lean")
    pelvis = _table("scenario", "pelvis read/drawn, degrees, at the top of each repetition")
    totals = {"true": 0, "found": 0, "both": 0}
    for name, scenario in SCENARIOS.items():
        video = cache / f"{name}.mp4"
        if not video.exists():
            shoot(replace(scenario, fps=FPS), cache)
        truth = json.loads((cache / f"{name}.truth.json").read_text(encoding="utf-8"))
        analysis = judge(poses_of(video, cache), get_exercise(truth["exercise"]))
        reps, frames = analysis.session.reps, truth["frames"]
        _tally(totals, [r.faults for r in reps], truth)
        wanted = [(r["side"], r["verdict"]) for r in truth["reps"]]
        found = [(r.side.value, r.verdict.value) for r in reps]
        near = truth["near_side"] or "left"
        table.add_row(
            name.removeprefix("standing-"),
            analysis.session.view.value,
            " ".join(f"{side[0]}:{verdict}" for side, verdict in found) or "none",
            "yes" if found == wanted else "no",
            mean_error(analysis, frames, f"hip_flexion_{near}_deg"),
            mean_error(analysis, frames, f"thigh_elevation_{near}_deg"),
            mean_error(analysis, frames, "torso_lean_deg"),
            mean_error(analysis, frames, "lateral_lean_deg"),
        )
        if truth["view"] == "front":
            pelvis.add_row(name.removeprefix("standing-"), obliquity_read(analysis, truth))
    console.print("Drawn clips: verdicts, and mean absolute errors in degrees (near leg)")
    console.print(table)
    console.print(
        f"Faults that can be judged: {totals['true']} drawn, {totals['found']} found,"
        f" {totals['both']} of these right."
    )
    console.print(pelvis)


def _tally(totals: dict[str, int], found: list[Any], truth: dict[str, Any]) -> None:
    blind = {f.code for f in get_exercise(truth["exercise"]).faults if f.blind}
    true = [f["code"] for r in truth["reps"] for f in r["faults"] if f["code"] not in blind]
    seen = [fault.code for faults in found for fault in faults]
    totals["true"] += len(true)
    totals["found"] += len(seen)
    totals["both"] += sum(min(true.count(code), seen.count(code)) for code in set(true))


def real(folder: Path, listing: Path, cache: Path, console: Console) -> None:
    """Print the table of the real clips whose exercise is known."""
    table = _table("clip", "by eye", "attempts - partial", "clean", "compensated", "unverified")
    for clip in json.loads(listing.read_text(encoding="utf-8"))["clips"]:
        video = folder / f"{clip['name']}.mp4"
        if clip["exercise"] not in slugs() or not video.exists():
            continue
        counts = judge(poses_of(video, cache), get_exercise(clip["exercise"])).session.counts
        full = counts.attempts - counts.partial
        row = (clip["full_reps"], full, counts.clean, counts.compensated, counts.unverified)
        table.add_row(clip["name"], *(str(number) for number in row))
    console.print("Real clips: repetitions counted by eye, and what formcheck makes of them")
    console.print(table)


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in titles:
        table.add_column(title, overflow="fold")
    return table


def main() -> None:
    """Draw what is missing, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "drawn")
    parser.add_argument("--real", type=Path, nargs=2, metavar=("DIR", "CLIPS.json"))
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    console = Console(width=150)
    drawn(arguments.cache, console)
    if arguments.real:
        (arguments.cache / "real").mkdir(exist_ok=True)
        folder, listing = arguments.real
        real(folder, listing, arguments.cache / "real", console)


if __name__ == "__main__":
    main()
