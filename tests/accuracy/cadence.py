"""What a slow or busy camera makes of repetitions: frames thinned out, and put out of step.

    python tests/accuracy/cadence.py                  the poses of the faulty samples
    python tests/accuracy/cadence.py POSES.npz...     saved poses (analyze --save-poses) as well;
                                                      NAME.truth.json in sample_videos, or beside
                                                      them, says what was drawn
    ... --runs N                                      courses for each rate, each with new chances

Prints a table of fault by frame rate for each kind of course: how many repetitions with the fault
had it named / were unverified / partial or missed / CLEAN. The last must be 0 everywhere. Exits
with 1 if it is not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from formcheck.analysis.analyze import judge  # noqa: E402
from formcheck.exercises import get_exercise  # noqa: E402
from formcheck.files.pose_file import PoseRecording  # noqa: E402
from tests.cadences import JITTERS, TrueRep, outcomes  # noqa: E402

RATES = (30, 20, 15, 14, 12, 10, 8, 7.5, 7, 6, 5, 4)
Tally = dict[tuple[str, float], Counter[str]]


def truth_file(poses: Path) -> Path | None:
    """Returns where it says what was drawn, beside the poses or the samples; None if nowhere."""
    name = f"{poses.stem}.truth.json"
    places = (poses.with_name(name), ROOT / "sample_videos" / name)
    return next((place for place in places if place.is_file()), None)


def truth_of(poses: Path) -> tuple[str, list[TrueRep]]:
    """Returns the exercise that was drawn, and its repetitions."""
    place = truth_file(poses)
    if place is None:
        sys.exit(f"'{poses}' needs {poses.stem}.truth.json beside it, which says what was drawn.")
    plain = json.loads(place.read_text(encoding="utf-8"))
    reps = [
        TrueRep(
            start_s=rep["start_s"],
            end_s=rep["end_s"],
            codes=tuple(fault["code"] for fault in rep["faults"]),
        )
        for rep in plain["reps"]
    ]
    return plain["exercise"], reps


def sweep(poses: Path, kind: str, runs: int, tally: Tally) -> None:
    """Adds what became of the faulty repetitions of one clip, and of its clean ones."""
    slug, true = truth_of(poses)
    exercise = get_exercise(slug)
    recording = PoseRecording.load(poses)
    own_fps = 1.0 / float(np.median(np.diff([pose.time_s for pose in recording.poses])))
    for rate in RATES:
        if rate > 1.1 * own_fps:
            continue
        for run in range(runs):
            rng = np.random.default_rng([run, round(10 * rate)])
            course = tuple(JITTERS[kind](recording.poses, rate, rng))
            slowed = PoseRecording(source=recording.source, poses=course)
            found = outcomes(true, judge(slowed, exercise).session)
            for rep, outcome in zip(true, found, strict=True):
                row = f"{slug} {rep.codes[0]}" if rep.codes else f"{slug} (clean)"
                tally[row, rate][outcome] += 1


def cell(counts: Counter[str], *, clean: bool) -> str:
    """Returns one cell of the table."""
    if not counts:
        return "-"
    if clean:
        other = counts.total() - counts["clean"] - counts["unverified"]
        return f"{counts['clean']}/{counts['unverified']}/{other}"
    lost = counts.total() - counts["named"] - counts["unverified"] - counts["clean"]
    return f"{counts['named']}/{counts['unverified']}/{lost}/{counts['clean']}"


def main() -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("poses", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--kinds", nargs="*", default=list(JITTERS), choices=list(JITTERS))
    chosen = parser.parse_args()
    golden = sorted((ROOT / "tests" / "golden").glob("*.npz"))
    files = [*(poses for poses in golden if truth_file(poses)), *chosen.poses]
    false_clean = 0
    for kind in chosen.kinds:
        tally: Tally = defaultdict(Counter)
        for poses in files:
            sweep(poses, kind, chosen.runs, tally)
        rows = sorted({row for row, _ in tally})
        print(f"\n{kind}: named/unverified/partial or missed/CLEAN; of clean ones clean/unv./other")
        print(f"{'':44}" + "".join(f"{rate:>13g}" for rate in RATES))
        for row in rows:
            clean = row.endswith("(clean)")
            cells = [cell(tally.get((row, rate), Counter()), clean=clean) for rate in RATES]
            print(f"{row:44}" + "".join(f"{text:>13}" for text in cells))
            if not clean:
                false_clean += sum(
                    tally[row, rate]["clean"] for rate in RATES if (row, rate) in tally
                )
    print(f"\nFaulty repetitions called clean: {false_clean}")
    return 1 if false_clean else 0


if __name__ == "__main__":
    sys.exit(main())
