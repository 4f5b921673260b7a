"""What becomes of recordings that do not begin with somebody who keeps still.

    python tests/accuracy/late_found.py --cache DIR    the drawn clips that lie there

Everything before the first repetition, or half of that repetition as well, is taken for unseen, and
the verdicts of the repetitions that begin later are compared with the truth.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "sample_videos")]

from formcheck.analysis.analyze import judge  # noqa: E402
from formcheck.core.checker.session import Verdict  # noqa: E402
from formcheck.exercises import get_exercise  # noqa: E402
from formcheck.files.pose_file import PoseRecording  # noqa: E402
from tests.accuracy.drawn_clips import drawn_names, poses_of  # noqa: E402
from tests.cadences import seen_from  # noqa: E402

AFTER_S = {"as drawn": None, "nobody before it moves": 0.0, "nor in the 1.5 s after": 1.5}
SLACK_S = 0.2


def compared(recording: PoseRecording, truth: dict[str, Any], from_s: float) -> Counter[str]:
    """Return how many repetitions that begin later are found and decided, and whether all match."""
    session = judge(seen_from(recording, from_s), get_exercise(truth["exercise"])).session
    cut_s = max((r["end_s"] for r in truth["reps"] if r["start_s"] < from_s), default=0.0)
    wanted = [(r["side"], r["verdict"]) for r in truth["reps"] if r["start_s"] >= from_s]
    reps = [rep for rep in session.reps if rep.end_s > cut_s + SLACK_S]
    return Counter(
        clips=1,
        exact=[(rep.side.value, rep.verdict.value) for rep in reps] == wanted,
        true=len(wanted),
        found=len(reps),
        decided=sum(rep.verdict is not Verdict.UNVERIFIED for rep in reps),
    )


def main() -> None:
    """Print a line for each way to begin."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "drawn")
    cache: Path = parser.parse_args().cache
    totals = {name: Counter[str]() for name in AFTER_S}
    for name in sorted(drawn_names(cache)):
        truth = json.loads((cache / f"{name}.truth.json").read_text(encoding="utf-8"))
        if not truth["reps"]:
            continue
        recording = poses_of(cache / f"{name}.mp4", get_exercise(truth["exercise"]), cache)
        for way, after_s in AFTER_S.items():
            from_s = -1.0 if after_s is None else truth["calm_s"][1] + after_s
            totals[way] += compared(recording, truth, from_s)
    for way, total in totals.items():
        print(f"{way:24}", ", ".join(f"{total[key]} {key}" for key in
              ("clips", "exact", "true", "found", "decided")))  # fmt: skip


if __name__ == "__main__":
    main()
