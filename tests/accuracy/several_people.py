"""Whether each of several people is judged as if they were alone, and what crossing does to that.

    python tests/accuracy/several_people.py

Sample videos side by side in one picture, the slow ones of 30 frames a second at 15. Each person in
turn is chosen, as `analyze --person` does, and their poses and verdicts are compared with those of
the same pictures without the others. Then somebody slides through the whole picture at walking
pace, in front of everybody. A pose is wrong where its hips lie more than 0.4 trunk lengths from
where they are found alone; a verdict is false where a repetition is called something else than
alone, and neither `unverified` nor missing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "sample_videos")]

from formcheck.analysis.analyze import judge  # noqa: E402
from formcheck.core.checker.session import Rep, Verdict  # noqa: E402
from formcheck.core.pose.frame import Frame, SourceInfo  # noqa: E402
from formcheck.core.pose.pose import Pose  # noqa: E402
from formcheck.errors import NoPersonFound  # noqa: E402
from formcheck.estimators.estimator_for import estimator_for  # noqa: E402
from formcheck.estimators.mediapipe_pose import PeopleFinder  # noqa: E402
from formcheck.estimators.people import Crowd, settled_people  # noqa: E402
from formcheck.exercises import get_exercise  # noqa: E402
from formcheck.files.pose_file import PoseRecording  # noqa: E402
from tests.accuracy.passer_by import Walk, walker, with_walker, wrong  # noqa: E402
from tests.crowds import HALF_PX, sample_frames, side_by_side  # noqa: E402

CROWDS = (
    ("standing-hip-flexion", HALF_PX, 1,
     ("standing-side-left-clean", "standing-side-lean-back", "standing-side-right-clean")),
    ("front-support-hip-flexion", 320, 1,
     ("front-support-hip-flexion-clean", "front-support-hip-flexion-back-arch")),
    ("mountain-climbers", 320, 1, ("mountain-climbers-clean", "mountain-climbers-hips-raised")),
)  # fmt: skip
WALKS = {
    "nobody": None,
    "somebody as large": Walk(size=1.0),
    "somebody nearer": Walk(size=1.6, rightward=False),
}


@dataclass(frozen=True, kw_only=True)
class Set:
    """What was found of one person."""

    poses: Sequence[Pose]
    reps: Sequence[Rep]


def crowded(names: Sequence[str], half_px: int, every: int, walk: Walk | None) -> list[Frame]:
    """Return the pictures of sample videos side by side, with somebody who walks through."""
    cut = walker() if walk is not None else []
    frames = []
    clips = [sample_frames(name, every=every) for name in names]
    for index, each in enumerate(zip(*clips, strict=False)):
        image = side_by_side(each, half_px)
        size_px = (image.shape[1], image.shape[0])
        frame = Frame(index=index, time_s=each[0].time_s, image=image, size_px=size_px)
        if walk is not None:
            frame = with_walker(frame, Pose.unseen(frame.time_s, size_px), cut, walk)
        frames.append(frame)
    return frames


def found(frames: Sequence[Frame], slug: str, crowd: Crowd | None) -> Set:
    """Return what is found of whoever is meant."""
    exercise = get_exercise(slug)
    with estimator_for(exercise, crowd=crowd) as estimator:
        poses = [replace(estimator.estimate(frame), silhouette=None) for frame in frames]
    width, height = frames[0].size_px
    recording = PoseRecording(source=SourceInfo(path="", width=width, height=height), poses=poses)
    try:
        return Set(poses=poses, reps=judge(recording, exercise).session.reps)
    except NoPersonFound:
        return Set(poses=poses, reps=())


def people_in(frames: Sequence[Frame]) -> Crowd:
    """Return who is there in the first seconds, the leftmost chosen."""
    beginning = [frame for frame in frames if frame.time_s < 3.0]
    with PeopleFinder() as finder:
        looks = [finder.find(frame) for frame in beginning[:: max(1, len(beginning) // 12)]]
    return Crowd(people=settled_people(looks), number=1, given=True)


def false(reps: Sequence[Rep], alone: Sequence[Rep]) -> int:
    """How many repetitions are called something they are not called alone."""
    count = 0
    for rep in reps:
        same = [one for one in alone if one.side is rep.side and abs(one.top_s - rep.top_s) < 0.7]
        right = {one.verdict for one in same} | {Verdict.UNVERIFIED}
        count += rep.verdict not in right
    return count


def main() -> None:
    """Print a row for each crowd, each person, and each way of crossing."""
    table = Table(box=None, pad_edge=False)
    for title in ("exercise", "crossing", "person", "alone", "among others", "false", "wrong",
                  "unseen", "frames", "apart"):  # fmt: skip
        table.add_column(title)
    for slug, half_px, every, names in CROWDS:
        lonely = [found(crowded([name], half_px, every, None), slug, None) for name in names]
        for way, walk in WALKS.items():
            frames = crowded(names, half_px, every, walk)
            crowd = people_in(frames)
            if len(crowd.people) != len(names):
                table.add_row(slug, way, f"{len(crowd.people)} of {len(names)} found")
                continue
            for number, alone in enumerate(lonely, 1):
                right_px = 2.0 * half_px * (number - 1)
                poses = [_moved(pose, right_px) for pose in alone.poses][: len(frames)]
                here = found(frames, slug, replace(crowd, number=number))
                table.add_row(slug, way, f"{number} of {len(names)}", *_row(here, alone, poses))
    Console(width=170).print(table)


def _moved(pose: Pose, right_px: float) -> Pose:
    return replace(pose, image_px=pose.image_px + [right_px, 0.0])


def _row(here: Set, alone: Set, poses: Sequence[Pose]) -> list[str]:
    pairs = list(zip(here.poses, poses, strict=True))
    apart = [np.median(np.hypot(*(a.image_px - b.image_px).T)) for a, b in pairs if a.is_seen]
    return [
        _verdicts(alone.reps),
        _verdicts(here.reps),
        str(false(here.reps, alone.reps)),
        str(sum(wrong(a, b) for a, b in pairs)),
        str(sum(not a.is_seen for a, _ in pairs)),
        str(len(pairs)),
        f"{np.median(apart):.1f} px",
    ]


def _verdicts(reps: Sequence[Rep]) -> str:
    kinds = [rep.verdict.value for rep in reps]
    return ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)) or "none"


if __name__ == "__main__":
    main()
