"""Whether the sagittal tilt of the pelvis can be estimated from the outline: an experiment.

    python tests/accuracy/pelvis.py

The tilt turns about the line through the hips and moves no landmark, but it does turn buttocks
and belly. A ridge regression on the outline's change from the neutral posture is fitted on all
but one of the drawn people and judged on that one, each in turn. Standing and in a plank the tilt
is drawn independently of the leg, the trunk's line staying as it is; on the back it goes with the
loin. The error is worth something only if it is clearly below that of the mean tilt at the hip
angle.

The standing fit meets a stranger besides: outlines whose hollows a loose shirt has filled (fitted
without such shirts, then with them).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT), str(ROOT / "sample_videos")]

from formcheck.core.measures.silhouette import ALONG, Axes, back_outline, hull_gaps  # noqa: E402
from formcheck.core.pose.pose import FloatArray, Landmark  # noqa: E402
from tests.accuracy import lying_sequences  # noqa: E402
from tests.accuracy.sequences import Film, load  # noqa: E402
from tests.accuracy.tilt_sequences import KINDS, PLANS, Kind, draw_plan  # noqa: E402

RIDGES = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
#: Places along the trunk at which the outline's depth is a feature: at the back, and at the belly.
BACK = slice(2, 54, 4)
FRONT = slice(22, 54, 4)


def _belly(film: Film, kind: Kind, across: FloatArray) -> float:
    """Sign that turns `across`, a perpendicular of the trunk, towards the belly."""
    if kind in ("plank", "lying"):
        return float(np.sign(across[1])) * (1.0 if kind == "plank" else -1.0)
    heels = film.middles(Landmark.LEFT_HEEL, Landmark.RIGHT_HEEL)
    toes = film.middles(Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX)
    ahead = np.median((toes - heels)[film.where("base")], axis=0)
    return float(np.sign(across @ ahead))


def _turn_deg(start: FloatArray, end: FloatArray) -> FloatArray:
    """Angle from one vector of each row to the other, clockwise in the picture positive."""
    cross = start[..., 0] * end[..., 1] - start[..., 1] * end[..., 0]
    return np.asarray(np.degrees(np.arctan2(cross, np.sum(start * end, axis=-1))))


def _angles(film: Film, sign: float) -> FloatArray:
    """Turn of the trunk, then of the more and of the less flexed thigh against it; degrees.

    One row a frame, forward negative, whichever side is seen: `sign` says where the belly is.
    """
    points, trunks = np.array([pose.image_px for pose in film.poses]), film.trunks()
    base = np.median(trunks[film.where("base")], axis=0)
    thighs = [
        sign * _turn_deg(trunks, points[:, knee] - points[:, hip]) % 360.0
        for hip, knee in (
            (Landmark.LEFT_HIP, Landmark.LEFT_KNEE),
            (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE),
        )
    ]
    return np.column_stack([sign * _turn_deg(base, trunks), np.sort(np.array(thighs), axis=0).T])


def _draped(depth: FloatArray) -> FloatArray:
    """Return an outline as a shirt that hangs over every hollow shows it: its hull."""
    there, draped = np.isfinite(depth), depth.copy()
    if there.any():
        draped[there] += hull_gaps(ALONG[there], depth[there])
    return draped


def features(film: Film, kind: Kind, loose: bool = False) -> tuple[FloatArray, FloatArray]:
    """Return each frame's features: outline depths and angles; and the hip angles alone."""
    trunk_px, rows = film.trunk_px("base"), []
    hips = film.middles(Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    trunks = film.trunks() * (trunk_px / np.linalg.norm(film.trunks(), axis=1))[:, None]
    base = np.median(trunks[film.where("base")], axis=0)
    sign = _belly(film, kind, np.array([-base[1], base[0]]))
    for pose, hip, along in zip(film.poses, hips, trunks, strict=True):
        assert pose.silhouette is not None
        belly = sign * np.array([-along[1], along[0]])
        back = back_outline(pose.silhouette, Axes(hip, along, -belly))
        front = back_outline(pose.silhouette, Axes(hip, along, belly))
        if loose:
            back, front = _draped(back), _draped(front)
        rows.append(np.concatenate([back[BACK], front[FRONT]]))
    angles = _angles(film, sign)
    rise = (hips - np.median(hips[film.where("base")], axis=0)) / trunk_px
    outline = np.array(rows)
    bent = (180.0 - angles[:, 1:]) ** 2 / 90.0
    return np.hstack([100 * outline, 100 * rise[:, 1:], angles, bent]), angles[:, 1:]


@dataclass(frozen=True, slots=True)
class Sample:
    """All held postures of one kind: whose, features, hip angles and tilt, changes from neutral."""

    body: np.ndarray
    features: FloatArray
    hips_deg: FloatArray
    tilt_deg: FloatArray


def sample(
    films: Iterator[tuple[str, Film]], kind: Kind, prefix: tuple[str, ...], loose: bool = False
) -> Sample:
    """Average the frames of each held posture; an outline that isn't seen counts as unchanged."""
    rows: list[tuple[str, FloatArray, FloatArray, float]] = []
    for body, film in films:
        values, hips = features(film, kind, loose)
        base = film.where("base")
        for stretch in dict.fromkeys(film.stretch):
            if not str(stretch).startswith(prefix):
                continue
            at = film.where(stretch)
            change = np.mean(values[at], axis=0) - np.median(values[base], axis=0)
            turned = np.mean(hips[at], axis=0) - np.median(hips[base], axis=0)
            tilt = float(np.mean(film.truth["tilt_deg"][at]))
            rows.append((body, np.nan_to_num(change), turned, tilt))
    return Sample(
        body=np.array([row[0] for row in rows]),
        features=np.array([row[1] for row in rows]),
        hips_deg=np.array([row[2] for row in rows]),
        tilt_deg=np.array([row[3] for row in rows]),
    )


def ridge(x: FloatArray, y: FloatArray, new: FloatArray, strength: float) -> FloatArray:
    """Fit a ridge regression on standardised features and predict."""
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    z, centre = (x - mean) / spread, float(y.mean())
    weights = np.linalg.solve(z.T @ z + strength * np.eye(z.shape[1]), z.T @ (y - centre))
    return np.asarray((new - mean) / spread @ weights + centre)


def left_out(s: Sample, x: FloatArray, strengths: tuple[float, ...]) -> FloatArray:
    """Predict each person's tilts from the others'; the strength is chosen among the others too."""
    found = np.full(len(s.tilt_deg), np.nan)
    for body in np.unique(s.body):
        own = s.body == body
        best = strengths[0]
        if len(strengths) > 1:
            rest = Sample(s.body[~own], s.features[~own], s.hips_deg[~own], s.tilt_deg[~own])
            errors = [
                np.mean(np.abs(left_out(rest, x[~own], (k,)) - rest.tilt_deg)) for k in strengths
            ]
            best = strengths[int(np.argmin(errors))]
        found[own] = ridge(x[~own], s.tilt_deg[~own], x[own], best)
    return found


def _drawn(cache: Path, kind: Kind, kept: bool) -> Iterator[tuple[str, Film]]:
    for plan in PLANS:
        path = cache / f"{plan.name}.npz"
        if plan.kind == kind and not path.exists() and not kept:
            draw_plan(plan, path)
        if plan.kind == kind and path.exists():
            yield plan.body, load(path)


def _lying(cache: Path) -> Iterator[tuple[str, Film]]:
    """Yield the sequences of the lumbar measurement, the tilt solved again for each frame."""
    for plan in lying_sequences.PLANS:
        path = cache / f"{plan.name}.npz"
        if path.exists() and plan.kind in ("steps", "pelvis"):
            film = load(path)
            tilts = [shot.posture.pelvic_tilt_deg for shot in plan.shots()]
            film.truth["tilt_deg"] = np.array(tilts) - tilts[len(film.where("warm"))]
            yield plan.body, film


HEADS = ("posture", "tilts", "by the hip angle", "by the outline", "correlation", "by person")


def hip_angles(s: Sample) -> FloatArray:
    return np.hstack([s.hips_deg, s.hips_deg**2])


def elsewhere(known: Sample, new: Sample) -> FloatArray:
    """Fit on everybody of one sample and predict another; the strength from people left out."""
    errors = [np.abs(left_out(known, known.features, (k,)) - known.tilt_deg).mean() for k in RIDGES]
    return ridge(known.features, known.tilt_deg, new.features, RIDGES[int(np.argmin(errors))])


def row(s: Sample, trivial: FloatArray, found: FloatArray) -> tuple[str, ...]:
    """Return the table's cells: errors are means of absolute values, in degrees."""
    error = np.abs(found - s.tilt_deg)
    return (
        f"{len(error)}, {s.tilt_deg.min():+.0f} to {s.tilt_deg.max():+.0f}",
        f"{np.abs(trivial - s.tilt_deg).mean():.1f}",
        f"{error.mean():.1f}",
        f"{np.corrcoef(found, s.tilt_deg)[0, 1]:.2f}",
        " ".join(f"{b} {error[s.body == b].mean():.1f}" for b in np.unique(s.body)),
    )


def main() -> None:
    """Draw what is missing, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache")
    parser.add_argument("--kept", action="store_true", help="only what is drawn already")
    arguments = parser.parse_args()
    folder = arguments.cache / "pelvis"
    folder.mkdir(parents=True, exist_ok=True)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in HEADS:
        table.add_column(head)
    drawn = {k: sample(_drawn(folder, k, arguments.kept), k, ("held",)) for k in KINDS}
    lying = sample(_lying(arguments.cache / "lumbar"), "lying", ("leg", "lift", "pelvis"))
    for name, s in (drawn | {"lying": lying}).items():
        found = left_out(s, s.features, RIDGES)
        table.add_row(name, *row(s, left_out(s, hip_angles(s), (1.0,)), found))
    known = drawn["standing"]
    loose = sample(_drawn(folder, "standing", arguments.kept), "standing", ("held",), loose=True)
    blind = ridge(hip_angles(known), known.tilt_deg, hip_angles(loose), 1.0)
    table.add_row("loose shirt", *row(loose, blind, elsewhere(known, loose)))
    fitted = left_out(loose, loose.features, RIDGES)
    table.add_row("all in loose shirts", *row(loose, blind, fitted))
    console = Console(width=150)
    console.print("Mean absolute error of the pelvis's tilt, degrees; the person judged left out")
    console.print(table)


if __name__ == "__main__":
    main()
