"""How small a lift of the loin can be told from none, on drawn people lying on their backs.

    python tests/accuracy/lumbar.py

Every sequence is drawn and estimated once, into a cache (about half a minute each): somebody lies
still, then lifts a leg, then arches the back step by step or rolls the pelvis up. Limits are set on
the bodies to tune on and judged on those to test on.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import numpy as np
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT), str(ROOT / "sample_videos")]

from formcheck.core.measures.silhouette import lumbar_gap  # noqa: E402
from formcheck.core.pose.pose import FloatArray, Landmark  # noqa: E402
from tests.accuracy.lying_sequences import (  # noqa: E402
    LIFTS_CM,
    PELVIS_CM,
    PLANS,
    ArmPlace,
    Plan,
)
from tests.accuracy.sequences import (  # noqa: E402
    DEVELOPMENT,
    Film,
    load,
    shoot,
)  # fmt: skip

#: Frames over which a repetition's signal is averaged: half a second.
WINDOW = 7
#: The limit that the exercises are to use, in trunk lengths.
PROPOSED = 0.025


def gap_signal(film: Film) -> FloatArray:
    """Lumbar gap, in trunk lengths."""
    trunk_px = film.trunk_px("base")
    return np.array([lumbar_gap(pose, trunk_px=trunk_px).value for pose in film.poses])


def rise_signal(film: Film) -> FloatArray:
    """Height of mid-hip across the trunk as it lay at first, in trunk lengths."""
    along = np.median(film.trunks()[film.where("base")], axis=0)
    up = np.array([along[1], -along[0]]) * math.copysign(1.0, along[0])
    hips = film.middles(Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    return np.asarray(hips @ up / (along @ along))


def turn_signal(film: Film) -> FloatArray:
    """Slope of the trunk, hips higher than shoulders positive, in degrees."""
    trunks = film.trunks()
    return np.degrees(np.arctan2(trunks[:, 1], np.abs(trunks[:, 0])))


Signal: TypeAlias = Callable[[Film], FloatArray]
#: Name, how it is read, and the step in which its limit is sought.
SIGNALS: tuple[tuple[str, Signal, float], ...] = (
    ("lumbar gap, trunk lengths", gap_signal, 0.0025),
    ("hip rise, trunk lengths", rise_signal, 0.005),
    ("trunk turn, degrees", turn_signal, 0.25),
)


def changes(film: Film, signal: Signal) -> dict[str, float]:
    """Return each stretch's mean change from the baseline; of a rep its highest half second.

    NaN where more than a fifth of the baseline's frames, or of the stretch's, were not read.
    """
    values = signal(film)
    base = values[film.where("base")]
    found = {}
    for stretch in film.stretches(""):
        part = values[film.where(stretch)] - _middle(base, np.median)
        if stretch == "rep":
            windows = np.lib.stride_tricks.sliding_window_view(part, WINDOW)
            found["rep"] = max(_middle(window, np.mean) for window in windows)
        elif stretch not in ("warm", "base"):
            found[stretch] = _middle(part, np.mean)
    return found


def _middle(values: FloatArray, average: Callable[[FloatArray], float]) -> float:
    read = values[np.isfinite(values)]
    return float(average(read)) if read.size >= 0.8 * values.size else math.nan


def _half(plan: Plan) -> str:
    return "development" if plan.body in DEVELOPMENT else "test"


Found: TypeAlias = list[tuple[Plan, dict[str, float]]]


def pooled(
    found: Found, half: str, prefix: tuple[str, ...], arms: ArmPlace = "overhead"
) -> FloatArray:
    """Every change of the stretches named, over the sequences of one half, NaN left out."""
    values = [
        value
        for plan, stretches in found
        if _half(plan) == half and plan.arms == arms
        for stretch, value in stretches.items()
        if stretch.startswith(prefix)
    ]
    return np.array([v for v in values if math.isfinite(v)])


def limit_of(found: Found, step: float) -> float:
    """Smallest multiple of `step` that at most 5 % of the development half's clean ones reach."""
    clean = [pooled(found, "development", (stretch,)) for stretch in ("leg", "rep")]
    limit = step
    while any(np.mean(values >= limit) > 0.05 for values in clean if values.size):
        limit += step
    return limit


def share(values: FloatArray, limit: float) -> str:
    return f"{100 * np.mean(values >= limit):.0f} % of {values.size}" if values.size else "-"


def print_signal(console: Console, name: str, found: Found, limits: tuple[float, ...]) -> None:
    """Print how far a signal moves at each lift, and how often it passes the limits."""
    table = Table(box=None, pad_edge=False, header_style="dim", title=name, title_justify="left")
    heads = [f"{half} ≥ {limit:.4g}" for limit in limits for half in ("dev", "test")]
    for head in ("drawn", "5 %", "median", "95 %", *heads):
        table.add_column(head)
    rows: list[tuple[str, str, ArmPlace]] = [("nothing, legs still", "leg", "overhead")]
    rows += [("nothing, whole rep", "rep", "overhead")]
    rows += [(f"loin {cm:.1f} cm", f"lift{cm:.1f}", "overhead") for cm in LIFTS_CM]
    rows += [(f"pelvis {cm:.1f} cm", f"pelvis{cm:.1f}", "overhead") for cm in PELVIS_CM]
    rows += [("nothing, arms on chest", "leg", "chest")]
    rows += [(f"loin {cm:.1f} cm, chest", f"lift{cm:.1f}", "chest") for cm in LIFTS_CM[1::2]]
    for title, stretch, arms in rows:
        halves = [pooled(found, half, (stretch,), arms) for half in ("development", "test")]
        every = np.concatenate(halves)
        if every.size:
            spread = [f"{q:+.3f}" for q in np.percentile(every, (5, 50, 95))]
            told = [share(values, limit) for limit in limits for values in halves]
            table.add_row(title, *spread, *told)
    console.print(table)


def reasons(plan: Plan, film: Film) -> Counter[tuple[str, str]]:
    """Count the frames by where the arms are and why the gap was not read."""
    trunk_px = film.trunk_px("base")
    read = (lumbar_gap(pose, trunk_px=trunk_px).reason or "read" for pose in film.poses)
    return Counter((str(plan.arms), reason) for reason in read)


def main() -> None:
    """Draw what is missing, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "lumbar")
    parser.add_argument("--kept", action="store_true", help="only what is drawn already")
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    found: dict[str, Found] = {name: [] for name, _, _ in SIGNALS}
    why: Counter[tuple[str, str]] = Counter()
    for plan in PLANS:
        path = arguments.cache / f"{plan.name}.npz"
        if not path.exists() and not arguments.kept:
            shoot(path, plan.body, plan.camera(), plan.shots())
        if path.exists():
            film = load(path)
            why += reasons(plan, film)
            for name, signal, _ in SIGNALS if plan.arms != "flank" else ():
                found[name].append((plan, changes(film, signal)))
    console = Console(width=150)
    for name, signal, step in SIGNALS:
        limit = limit_of(found[name], step)
        limits = (limit, PROPOSED) if signal is gap_signal else (limit,)
        print_signal(console, name, found[name], limits)
    for (arms, reason), number in sorted(why.items()):
        console.print(f"arms {arms}: {reason}: {number} frames")


if __name__ == "__main__":
    main()
