"""How long a hold reads in clips from messengers and hands, against how long it was drawn.

    python tests/accuracy/holds.py                  the standing samples, as shipped and degraded
    python tests/accuracy/holds.py --clips DIR      further drawn clips: NAME.mp4, NAME.truth.json
    ... --poses DIR                                 where poses are kept, .cache/holds by default

For each condition: the holds drawn long enough to satisfy the cue that were found again, the error
of their length, how many read too short, and how many of these are voided with `--strict`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from formcheck.analysis.analyze import judge, read_poses  # noqa: E402
from formcheck.analysis.read_request import ReadRequest  # noqa: E402
from formcheck.core.checker.session import Rep  # noqa: E402
from formcheck.exercises import get_exercise  # noqa: E402
from formcheck.files.pose_file import PoseRecording  # noqa: E402
from tests.accuracy.degraded import CONDITIONS, degrade  # noqa: E402

EXERCISE = get_exercise("standing-hip-flexion")
ASKED_S = next(cue.at_least for cue in EXERCISE.cues if cue.code == "short-hold")


@dataclass(frozen=True, kw_only=True)
class Hold:
    """A hold that was found again: how long it was drawn, and what was made of it."""

    drawn_s: float
    read_s: float
    voided: bool
    doubted: bool


def poses_of(clip: Path, condition: str, folder: Path) -> PoseRecording:
    """Returns the poses of a clip as a condition leaves it, estimated once."""
    name = condition.replace(", ", "-").replace(" ", "_")
    saved = folder / f"{clip.stem}.{name}.npz"
    if not saved.is_file():
        with tempfile.TemporaryDirectory() as place:
            film = Path(place) / "clip.mp4"
            degrade(clip, film, CONDITIONS[condition], seed=len(clip.stem))
            recording, _ = read_poses(ReadRequest(path=film), EXERCISE)
        recording.save(saved)
    return PoseRecording.load(saved)


def holds_of(recording: PoseRecording, drawn: list[dict[str, float]]) -> list[Hold]:
    """Returns the holds that were drawn and found again."""
    reps = judge(recording, EXERCISE, strict=True).session.reps
    found = []
    for one in drawn:
        same = [rep for rep in reps if _overlap_s(rep, one) > 0.5 * (one["end_s"] - one["start_s"])]
        if len(same) == 1:
            (rep,) = same
            found.append(
                Hold(
                    drawn_s=one["hold_s"],
                    read_s=rep.hold_s,
                    voided=any(fault.code == "short-hold" for fault in rep.faults),
                    doubted=any(each.check == "hold" for each in rep.unchecked),
                )
            )
    return found


def _overlap_s(rep: Rep, drawn: dict[str, float]) -> float:
    return min(rep.end_s, drawn["end_s"]) - max(rep.start_s, drawn["start_s"])


def _row(name: str, holds: list[Hold], drawn: int) -> str:
    long = [hold for hold in holds if hold.drawn_s >= ASKED_S]
    errors_s = np.array([hold.read_s - hold.drawn_s for hold in long])
    short = [hold for hold in long if hold.read_s < ASKED_S]
    brief = [hold for hold in holds if hold.drawn_s < ASKED_S - 0.5]
    spread = "-" if not long else f"{np.median(errors_s):+.2f} | {np.quantile(errors_s, 0.05):+.2f}"
    return (
        f"| {name} | {len(holds)}/{drawn} | {spread} | {len(short)} |"
        f" {sum(hold.voided for hold in long)} | {sum(hold.doubted for hold in long)} |"
        f" {sum(hold.voided for hold in brief)}/{len(brief)} |"
    )


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--clips", type=Path, action="append", default=[])
    parser.add_argument("--poses", type=Path, default=ROOT / ".cache" / "holds")
    asked = parser.parse_args()
    asked.poses.mkdir(parents=True, exist_ok=True)
    clips = {}
    for folder in (ROOT / "sample_videos", *asked.clips):
        for path in sorted(folder.glob("*.truth.json")):
            truth = json.loads(path.read_text(encoding="utf-8"))
            if truth["exercise"] == EXERCISE.slug and truth["reps"]:
                clip = path.with_name(path.name.replace(".truth.json", ".mp4"))
                clips[clip] = truth["reps"]
    print(
        "| clips | found | error, median | 5th % | read too short | voided | doubted | short ones |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for condition in CONDITIONS:
        holds = [
            hold
            for clip, reps in clips.items()
            for hold in holds_of(poses_of(clip, condition, asked.poses), reps)
        ]
        print(_row(condition, holds, sum(map(len, clips.values()))))


if __name__ == "__main__":
    main()
