"""What cutting a recording in segments does to its repetitions, clip by clip.

    python tests/accuracy/segmented.py                         the samples
    python tests/accuracy/segmented.py DIR... [--clips JSON]   drawn or filmed clips as well
    ... --seconds 5                                            how long segments are
    ... --poses DIR                                            where uncut poses lie or are kept

Every clip is read once by a single tracker and once in segments, far shorter than those in use, so
that a cut falls into nearly every repetition. Both are judged, and compared repetition by
repetition. Drawn clips have their truth beside them (NAME.truth.json), filmed ones their exercise
in a JSON with a list of `clips`; the two are told apart.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from formcheck.analysis import reading, segments  # noqa: E402
from formcheck.analysis.analyze import judge  # noqa: E402
from formcheck.analysis.read_request import ReadRequest  # noqa: E402
from formcheck.core.checker.session import Rep  # noqa: E402
from formcheck.core.exercise.exercise import Exercise  # noqa: E402
from formcheck.errors import NoPersonFound  # noqa: E402
from formcheck.exercises import get_exercise, slugs  # noqa: E402
from formcheck.files.pose_file import PoseRecording  # noqa: E402


@dataclass
class Changes:
    """What changed over many clips.

    Attributes
    ----------
    clips, counts, verdicts : int
        Clips, and those with the same number and the same verdicts.
    cuts, reps, same : int
        Cuts made, repetitions of the uncut readings, and those with side, verdict and fault codes
        as before.
    peaks_deg, starts_s : list of float
        By how much peaks and beginnings differ where the number is the same.
    """

    clips: int = 0
    counts: int = 0
    verdicts: int = 0
    cuts: int = 0
    reps: int = 0
    same: int = 0
    peaks_deg: list[float] = field(default_factory=list)
    starts_s: list[float] = field(default_factory=list)

    def add(self, uncut: list[Rep], cut: list[Rep], cuts: int) -> bool:
        """Take in one clip, and return whether its repetitions are the same."""
        before, after = ([_told(rep) for rep in reps] for reps in (uncut, cut))
        self.clips += 1
        self.cuts += cuts
        self.reps += len(before)
        self.verdicts += before == after
        if len(before) != len(after):
            return False
        self.counts += 1
        self.same += sum(one == other for one, other in zip(before, after, strict=True))
        for one, other in zip(uncut, cut, strict=True):
            self.peaks_deg.append(abs(one.peak_deg - other.peak_deg))
            self.starts_s.append(abs(one.start_s - other.start_s))
        return before == after

    def __str__(self) -> str:
        """Return it in a few lines."""
        return (
            f"{self.clips} clips, {self.cuts} cuts: the same number in {self.counts},"
            f" the same verdicts and faults in {self.verdicts};"
            f" {self.same} of {self.reps} repetitions the same.\n"
            f"Peaks differ by {_spread(self.peaks_deg)} degrees, beginnings by"
            f" {_spread(self.starts_s)} s (median, 95th percentile, most)."
        )


def _told(rep: Rep) -> tuple[str, str, tuple[str, ...]]:
    return rep.side.value, rep.verdict.value, tuple(sorted(fault.code for fault in rep.faults))


def _spread(values: list[float]) -> str:
    if not values:
        return "nothing"
    return ", ".join(f"{np.percentile(values, share):.2f}" for share in (50, 95, 100))


def clips_of(folder: Path, listed: dict[str, str]) -> Iterator[tuple[Path, Exercise, bool]]:
    """Give each clip whose exercise is known, with it, and whether it was filmed."""
    for video in sorted(folder.glob("*.mp4")):
        truth = video.with_suffix(".truth.json")
        if truth.is_file():
            plain = json.loads(truth.read_text(encoding="utf-8"))
            yield video, get_exercise(plain["exercise"]), False
        elif listed.get(video.stem) in slugs():
            yield video, get_exercise(listed[video.stem]), True


def reps_of(recording: PoseRecording, exercise: Exercise) -> list[Rep]:
    """Return the repetitions; none where nobody was found."""
    try:
        return list(judge(recording, exercise).session.reps)
    except NoPersonFound:
        return []


def main() -> None:
    """Print a line for each clip, then what changed in drawn and in filmed ones."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "sample_videos"])
    parser.add_argument("--clips", type=Path)
    parser.add_argument("--poses", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    asked = parser.parse_args()
    listed = {}
    if asked.clips is not None:
        plain = json.loads(asked.clips.read_text(encoding="utf-8"))
        listed = {clip["name"]: clip["exercise"] for clip in plain["clips"]}
    segments.LONG_S, segments.SEGMENT_S = 2 * asked.seconds, asked.seconds
    changes = {False: Changes(), True: Changes()}
    with tempfile.TemporaryDirectory(prefix="formcheck-segmented-") as place:
        kept = asked.poses or Path(place)
        for folder in asked.folders:
            for video, exercise, filmed in clips_of(folder, listed):
                cut, _ = reading.read_video(ReadRequest(path=video), exercise)
                pieces = len(segments.segments_of(ReadRequest(path=video)))
                uncut = reps_of(uncut_poses(video, exercise, kept), exercise)
                again = reps_of(cut, exercise)
                same = changes[filmed].add(uncut, again, pieces - 1)
                mark = "" if same else f"  <-- {_verdicts(uncut)} / {_verdicts(again)}"
                print(f"{video.stem:44}{pieces:3} segments{len(uncut):4} reps{mark}", flush=True)
    for filmed, found in changes.items():
        if found.clips:
            print(f"\n{'Filmed' if filmed else 'Drawn'}, segments of {asked.seconds:g} s: {found}")


def uncut_poses(video: Path, exercise: Exercise, kept: Path) -> PoseRecording:
    """Return what a single tracker finds."""
    place = kept / f"{video.stem}.{exercise.slug}.npz"
    if not place.is_file():
        reading.read_whole(ReadRequest(path=video), exercise)[0].save(place)
    return PoseRecording.load(place)


def _verdicts(reps: list[Rep]) -> str:
    return " ".join(f"{rep.side.value[0]}:{rep.verdict.value[:5]}" for rep in reps) or "none"


if __name__ == "__main__":
    main()
