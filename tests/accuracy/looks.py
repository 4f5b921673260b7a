"""What looking at some frames changes: the default against `--every-frame`, clip by clip.

    python tests/accuracy/looks.py                        the clips that ship
    python tests/accuracy/looks.py --cache DIR            drawn clips of a folder besides (one that
                                                          `sample_videos/draw.py` filled)
    python tests/accuracy/looks.py --real DIR CLIPS.json  real clips, counted by eye, besides
    python tests/accuracy/looks.py --only climbers        those whose names begin so

Every clip goes through MediaPipe both ways; poses are kept under .cache/looks, so that a second run
takes seconds. Two ways never give the same landmarks: the tracker's own smoothing depends on when
it looks. Equal is a clip whose repetitions have the same sides, verdicts and faults in the same
order.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "sample_videos")]

from formcheck.analysis.analyze import judge, read_poses  # noqa: E402
from formcheck.analysis.looks import SLOW, pace_of  # noqa: E402
from formcheck.analysis.read_request import ReadRequest  # noqa: E402
from formcheck.core.checker.session import Rep, Session  # noqa: E402
from formcheck.core.exercise.exercise import Exercise  # noqa: E402
from formcheck.errors import NoPersonFound  # noqa: E402
from formcheck.exercises import get_exercise, slugs  # noqa: E402
from formcheck.files.pose_file import PoseRecording  # noqa: E402

SAMPLES = ROOT / "sample_videos"


@dataclass(frozen=True)
class Both:
    """One clip, judged from every frame and as it comes."""

    kind: str
    name: str
    exercise: Exercise
    frames: int
    looked_at: int
    every: tuple[Rep, ...]
    usual: tuple[Rep, ...]

    @property
    def equal(self) -> bool:
        """Whether every repetition is worth the same."""
        return worth(self.every) == worth(self.usual)

    def changes(self, value: str) -> list[float]:
        """Return by how much a number of each repetition changes, where the clip is equal."""
        if not self.equal:
            return []
        pairs = zip(self.every, self.usual, strict=True)
        found = [getattr(usual, value) - getattr(every, value) for every, usual in pairs]
        return [change for change in found if math.isfinite(change)]


def worth(reps: tuple[Rep, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return side, verdict and faults of each repetition."""
    return [
        (rep.side.value, rep.verdict.value, tuple(sorted(fault.code for fault in rep.faults)))
        for rep in reps
    ]


def clips(cache: Path | None, real: list[Path] | None) -> Iterator[tuple[str, Path, Exercise]]:
    """Yield what the clips are, where they lie, and the exercise each is judged by."""
    for kind, folder in (("ships", SAMPLES), ("drawn", cache)):
        for truth in sorted(folder.glob("*.truth.json")) if folder else ():
            video = folder / truth.name.replace(".truth.json", ".mp4") if folder else truth
            slug = json.loads(truth.read_text(encoding="utf-8"))["exercise"]
            if video.is_file():
                yield kind, video, get_exercise(slug)
    if real:
        for entry in json.loads(real[1].read_text(encoding="utf-8"))["clips"]:
            video = real[0] / f"{entry['name']}.mp4"
            if entry["exercise"] in slugs() and video.is_file():
                yield "real", video, get_exercise(entry["exercise"])


def kept_poses(video: Path, exercise: Exercise, place: Path, *, every: bool) -> Path:
    """Return where the poses of a clip are kept."""
    return place / f"{video.stem}.{exercise.slug}.{'every' if every else 'usual'}.npz"


def session(video: Path, exercise: Exercise, place: Path, *, every: bool) -> Session | None:
    """Return what is made of a clip; None where nobody is found."""
    kept = kept_poses(video, exercise, place, every=every)
    if not kept.is_file() or kept.stat().st_mtime < video.stat().st_mtime:
        read_poses(ReadRequest(path=video, every_frame=every), exercise)[0].save(kept)
    try:
        return judge(PoseRecording.load(kept), exercise).session
    except NoPersonFound:
        return None


def both(kind: str, video: Path, exercise: Exercise, place: Path) -> Both:
    """Return a clip judged both ways."""
    every = session(video, exercise, place, every=True)
    usual = session(video, exercise, place, every=False)
    return Both(
        kind=kind,
        name=video.stem,
        exercise=exercise,
        frames=0 if every is None else every.frames_judged or 0,
        looked_at=0 if usual is None else usual.frames_judged or 0,
        every=() if every is None else every.reps,
        usual=() if usual is None else usual.reps,
    )


def _looked_at(group: Sequence[Both]) -> str:
    """Return the cells of how many clips and frames, how many looked at, how many clips equal."""
    frames, seen = sum(b.frames for b in group), sum(b.looked_at for b in group)
    equal = sum(b.equal for b in group)
    return f"{len(group)} | {frames} | {100 * seen / max(1, frames):.0f} % | {equal}/{len(group)}"


def _changed(group: Sequence[Both]) -> str:
    """Return the cells of how peaks and holds changed."""
    peaks = [change for b in group for change in b.changes("peak_deg")]
    holds = [change for b in group for change in b.changes("hold_s")]
    return f"{_spread(peaks, 1)} | {_spread(holds, 2)}"


def table(found: list[Both]) -> None:
    """Print a row for each kind of clip and pace of exercise, then the clips that differ."""
    print("| clips | exercises | clips | frames | looked at | equal | repetitions | peak, degrees"
          " | hold, s |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|")
    for kind in dict.fromkeys(one.kind for one in found):
        for fast in (False, True):
            group = [
                b for b in found if b.kind == kind and (pace_of(b.exercise) is not SLOW) is fast
            ]
            if not group:
                continue
            reps = sum(len(b.every) for b in group)
            print(
                f"| {kind} | {'fast' if fast else 'slow'} | {_looked_at(group)} | {reps}"
                f" | {_changed(group)} |"
            )
    print("\nPeak and hold: mean change and the largest, of the repetitions of equal clips.\n")
    for one in found:
        if not one.equal:
            print(f"{one.kind} {one.name} ({one.looked_at} of {one.frames} frames)")
            print(f"  every frame: {_told(one.every)}\n  as it comes: {_told(one.usual)}")


def _spread(changes: list[float], digits: int) -> str:
    if not changes:
        return "-"
    return f"{np.mean(changes):+.{digits}f}, {max(changes, key=abs):+.{digits}f}"


def _told(reps: tuple[Rep, ...]) -> str:
    return "; ".join(" ".join([s[0], v, *codes]) for s, v, codes in worth(reps)) or "nothing"


def main() -> None:
    """Judge every clip both ways, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cache", type=Path, help="a folder of drawn clips")
    parser.add_argument("--real", type=Path, nargs=2, metavar=("DIR", "CLIPS.json"))
    parser.add_argument("--only", nargs="*", default=[""], help="beginnings of names")
    parser.add_argument("--poses", type=Path, default=ROOT / ".cache" / "looks")
    asked = parser.parse_args()
    asked.poses.mkdir(parents=True, exist_ok=True)
    chosen = [
        clip
        for clip in clips(asked.cache, asked.real)
        if clip[1].stem.startswith(tuple(asked.only))
    ]
    table([both(*clip, asked.poses) for clip in chosen])


if __name__ == "__main__":
    main()
