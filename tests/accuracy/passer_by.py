"""What somebody who walks through the picture does to the pose, and to the count.

    python tests/accuracy/passer_by.py                                  one set of standing lifts
    python tests/accuracy/passer_by.py mountain-climbers-clean=mountain-climbers ...

A person cut out of another clip is pasted into the first twelve seconds of a set and slides
through at walking pace: in front and as large as the user, in front and nearer, behind. Three ways
of following: the model for one person as it is, with `SamePerson` around it, and the model for two
people of whom the one nearest to the last is taken. A pose is wrong where its hips lie more than
0.4 trunk lengths from where they are found without anybody walking by. The time is the processor's,
so it does not depend on what else the machine does.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT), str(ROOT / "sample_videos")]

from formcheck.core.checker.checker import FormChecker  # noqa: E402
from formcheck.core.pose.frame import Frame, Image, SourceInfo  # noqa: E402
from formcheck.core.pose.pose import Pose  # noqa: E402
from formcheck.estimators.estimator import Estimator  # noqa: E402
from formcheck.estimators.follow_person import SamePerson  # noqa: E402
from formcheck.estimators.mediapipe_pose import MediaPipeEstimator  # noqa: E402
from formcheck.estimators.people import Spot  # noqa: E402
from formcheck.exercises import get_exercise  # noqa: E402
from formcheck.sources.video import VideoFile  # noqa: E402

CLIPS = {"standing-side-left-clean": "standing-hip-flexion"}
WALKER = "high-knee-runs-clean"
WALKER_FROM_FRAME, WALKER_FRAMES, WALKER_FPS = 40, 40, 20
UNTIL_S, ENTERS_S = 12.0, 5.0
PX_PER_S = 230.0
WRONG = 0.4
FLOOR = 0.92
Matte = np.ndarray[Any, np.dtype[np.floating[Any]]]


@dataclass(frozen=True, kw_only=True)
class Walk:
    """How somebody walks through: size over the user's, before or behind, which way."""

    size: float
    behind: bool = False
    rightward: bool = True


WALKS = (Walk(size=1.0), Walk(size=1.6, rightward=False), Walk(size=0.7, behind=True))


class TwoPeople(MediaPipeEstimator):
    """The model for two people; whoever is nearest to the last pose is taken."""

    most = 2
    last: Spot | None = None

    def _pose(self, frame: Frame, result: Any, number: int = 0) -> Pose:
        every = range(number, len(result.pose_landmarks))
        found = [super(TwoPeople, self)._pose(frame, result, each) for each in every]
        spots = [(spot, pose) for pose in found if (spot := Spot.of(pose)) is not None]
        near = [(s, p) for s, p in spots if self.last is None or self.last.is_near(s)]
        if not near:
            return Pose.unseen(frame.time_s, frame.size_px)
        self.last, pose = min(near, key=lambda pair: _apart(pair[0], self.last))
        return pose


WAYS: dict[str, Callable[[], Estimator]] = {
    "one person": MediaPipeEstimator,
    "same person": lambda: SamePerson(MediaPipeEstimator()),
    "two people": TwoPeople,
}


def _apart(spot: Spot, last: Spot | None) -> float:
    return 0.0 if last is None else float(np.hypot(*(spot.hips_px - last.hips_px)))


def watched(clip: str) -> tuple[list[Frame], list[Pose]]:
    """Every other frame of a clip's beginning, and the poses found with nobody walking by."""
    path = ROOT / "sample_videos" / f"{clip}.mp4"
    with VideoFile(path) as video, MediaPipeEstimator(silhouette=True) as estimator:
        frames = [f for f in video if f.time_s < UNTIL_S and f.index % 2 == 0]
        return frames, [estimator.estimate(frame) for frame in frames]


def matte(pose: Pose) -> Matte:
    """How much of each pixel is the person's, with a hard edge."""
    assert pose.silhouette is not None
    share: Matte = np.clip((cv2.resize(pose.silhouette, pose.frame_size_px) - 0.3) / 0.4, 0, 1)
    return share


def walker() -> list[tuple[Image, Matte]]:
    """Pictures of somebody who steps, cut out."""
    cut = []
    path = ROOT / "sample_videos" / f"{WALKER}.mp4"
    with VideoFile(path) as video, MediaPipeEstimator(silhouette=True) as estimator:
        for frame in video:
            person = matte(estimator.estimate(frame))
            if frame.index < WALKER_FROM_FRAME or frame.image is None:
                continue
            rows, columns = np.where(person > 0)
            box = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
            cut.append((frame.image[box], person[box]))
            if len(cut) == WALKER_FRAMES:
                return cut
    return cut


def with_walker(frame: Frame, pose: Pose, cut: Sequence[tuple[Image, Matte]], walk: Walk) -> Frame:
    """Return the frame with somebody in it who entered at `ENTERS_S`."""
    since_s = frame.time_s - ENTERS_S
    if since_s < 0 or frame.image is None:
        return frame
    picture, person = (
        cv2.resize(part, None, fx=walk.size, fy=walk.size)
        for part in cut[int(since_s * WALKER_FPS) % len(cut)]
    )
    if not walk.rightward:
        picture, person = picture[:, ::-1], person[:, ::-1]
    (high, wide), (width, height) = person.shape, frame.size_px
    left = round(PX_PER_S * since_s - wide if walk.rightward else width - PX_PER_S * since_s)
    top = round(height * (FLOOR + 0.1 * (walk.size > 1.2) - 0.1 * walk.behind)) - high
    x0, x1, y0, y1 = max(0, left), min(width, left + wide), max(0, top), min(height, top + high)
    if x0 >= x1 or y0 >= y1:
        return frame
    here = np.s_[y0:y1, x0:x1]
    there = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
    share = person[there]
    if walk.behind and pose.silhouette is not None:
        share = share * (1 - matte(pose)[here])
    image = frame.image.astype(np.float32)
    image[here] += share[..., None] * (picture[there] - image[here])
    return replace(frame, image=image.astype(np.uint8))


def wrong(pose: Pose, alone: Pose) -> bool:
    """Whether a pose is not where the user is."""
    spot, true = Spot.of(pose), Spot.of(alone)
    return spot is not None and true is not None and _apart(spot, true) > WRONG * true.trunk_px


def verdicts(poses: Sequence[Pose], slug: str) -> str:
    """The verdicts of a set in one word."""
    checker = FormChecker(get_exercise(slug))
    for pose in poses:
        checker.update(pose)
    session = checker.finish(SourceInfo(path="drawn", width=640, height=480))
    return ", ".join(rep.verdict.value for rep in session.reps) or "none"


def main() -> None:
    """Print a line for each walk and each way of following."""
    clips = dict(text.split("=") for text in sys.argv[1:]) or CLIPS
    cut = walker()
    for clip, slug in clips.items():
        frames, alone = watched(clip)
        print(f"{clip}, nobody walking by: {verdicts(alone, slug)}")
        for walk in WALKS:
            place = "behind" if walk.behind else "before"
            crossed = [with_walker(f, p, cut, walk) for f, p in zip(frames, alone, strict=True)]
            for name, make in WAYS.items():
                begin_s = time.process_time()
                with make() as estimator:
                    poses = [estimator.estimate(frame) for frame in crossed]
                each_ms = 1000 * (time.process_time() - begin_s) / len(poses)
                strayed = sum(map(wrong, poses, alone))
                unseen = sum(not pose.is_seen for pose in poses)
                print(
                    f"  {walk.size} {place}, {name:11}: {strayed:3} wrong, {unseen:2} unseen of"
                    f" {len(poses)}; {each_ms:.0f} ms a frame; {verdicts(poses, slug)}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
