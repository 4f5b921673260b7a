"""Draw every stage of a live run from a drawn clip, to be looked at: python docs/stages.py OUT.

One picture for each stage, wide and upright, and a sheet of all of them.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import FrameReport
from formcheck.core.coaching.coach import Coach
from formcheck.core.coaching.events import CoachStage, CoachState
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.coaching.start_posture import StartWatch
from formcheck.core.pose.frame import Image
from formcheck.core.pose.pose import FloatArray, Pose, Side
from formcheck.estimators.estimator_for import estimator_for
from formcheck.exercises import get_exercise
from formcheck.live.keys import HELP
from formcheck.overlay import Overlay
from formcheck.sources.video import VideoFile

SAMPLES = Path(__file__).resolve().parent.parent / "sample_videos"
WIDE, UPRIGHT = (1280, 720), (720, 1280)


@dataclass(frozen=True)
class Shown:
    """A frame with all that is known of it."""

    image: Image
    pose: Pose
    report: FrameReport
    state: CoachState


Wanted = Callable[[Shown], bool]
STAGES: dict[str, Wanted] = {
    "1-placement": lambda s: s.state.stage is CoachStage.PLACEMENT,
    "2-countdown": lambda s: s.state.stage is CoachStage.COUNTDOWN and s.state.countdown_s < 1.4,
    "3-rise": lambda s: "rise" in phases(s) and max(lifted(s)) > 40,
    "4-hold": lambda s: s.report.hold_s > 1.0 and s.report.strain < 0.5,
    "5-near": lambda s: 0.7 < s.report.strain < 0.95,
    "6-fault": lambda s: bool(s.report.active_faults) and s.report.strain > 1.2,
    "7-rejected": lambda s: (
        sum(c.compensated for c in s.state.counts.values()) > 0 and phases(s) == {"rest"}
    ),
    "8-rest": lambda s: s.state.stage is CoachStage.REST and s.state.rest_left_s < 58,
    "9-summary": lambda s: s.state.stage is CoachStage.SUMMARY,
}


def phases(shown: Shown) -> set[str]:
    """Returns the phases of the legs."""
    return {phase.value for phase in shown.report.phases.values()}


def lifted(shown: Shown) -> list[float]:
    """Returns the counted angles that were seen, and 0."""
    return [0.0, *(v for v in shown.report.counted_deg.values() if math.isfinite(v))]


def placed(image: Image, size_px: tuple[int, int]) -> tuple[Image, FloatArray]:
    """Returns a frame as a camera of another shape would have taken it, and its affine map."""
    height, width = image.shape[:2]
    scale = size_px[1] / height if size_px[0] > size_px[1] else size_px[0] / width * 1.5
    move = np.array(
        [
            [scale, 0.0, (size_px[0] - scale * width) / 2],
            [0.0, scale, (size_px[1] - scale * height) / 2],
        ]
    )
    warped = cv2.warpAffine(image, move, size_px, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(warped, dtype=np.uint8), move


def run(clip: Path, slug: str, size_px: tuple[int, int], settings: RunSettings) -> Iterator[Shown]:
    """Gives every frame of a coached run over a clip, then a second of nobody, then the end."""
    exercise = get_exercise(slug)
    checker = FormChecker(exercise, side=settings.side)
    watch = StartWatch(exercise)
    coach = Coach(exercise, settings, checker.sides, lambda event: None)

    def shown(image: Image, pose: Pose) -> Shown:
        report = checker.update(pose)
        assert checker.seen is not None
        return Shown(image, pose, report, coach.update(report, watch.update(checker.seen)))

    empty = None
    with VideoFile(clip) as video, estimator_for(exercise) as estimator:
        for frame in video:
            assert frame.image is not None
            pose = estimator.estimate(frame)
            image, move = placed(frame.image, size_px)
            points = pose.image_px @ move[:, :2].T + move[:, 2]
            pose = replace(pose, image_px=points, frame_size_px=size_px)
            if empty is None:
                empty = Pose.unseen(-1.0, size_px)
                yield shown(image, empty)
            yield shown(image, pose)
    for _ in range(30):
        pose = replace(pose, time_s=pose.time_s + 0.1)
        last = shown(image, pose)
        yield last
    coach.finish()
    yield replace(last, state=coach.state())


def pictures(
    clip: Path, slug: str, size_px: tuple[int, int], settings: RunSettings
) -> dict[str, Image]:
    """Returns a picture of each stage that the clip shows."""
    overlay, found = Overlay(get_exercise(slug)), {}
    for shown in run(clip, slug, size_px, settings):

        def draw(keys: tuple[tuple[str, str], ...] = (), shown: Shown = shown) -> Image:
            return overlay.draw(
                shown.image, shown.pose, shown.report, mirrored=False, state=shown.state, keys=keys
            )

        drawn = draw()
        for name, wanted in STAGES.items():
            if name not in found and wanted(shown):
                found[name] = drawn
        if "4-hold" in found and "0-keys" not in found:
            found["0-keys"] = draw(HELP)
            paused = replace(shown, state=replace(shown.state, paused="Paused. Press space."))
            found["0-paused"] = draw(shown=paused)
    return dict(sorted(found.items()))


def sheet(images: list[Image], across: int) -> Image:
    """Returns pictures side by side, half as large."""
    small = [
        cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) for image in images
    ]
    small += [np.zeros_like(small[0])] * (-len(small) % across)
    rows = [np.hstack(small[i : i + across]) for i in range(0, len(small), across)]
    return np.asarray(np.vstack(rows), dtype=np.uint8)


def main() -> None:
    """Writes the pictures."""
    out = Path(sys.argv[1])
    clip = Path(sys.argv[2]) if len(sys.argv) > 2 else SAMPLES / "standing-side-lean-back.mp4"
    slug = sys.argv[3] if len(sys.argv) > 3 else "standing-hip-flexion"
    out.mkdir(parents=True, exist_ok=True)
    settings = RunSettings(sets=2, reps=2, rest_s=60.0, side=Side.LEFT)
    for shape, size_px in (("wide", WIDE), ("upright", UPRIGHT)):
        found = pictures(clip, slug, size_px, settings)
        for name, image in found.items():
            cv2.imwrite(str(out / f"{shape}-{name}.png"), image)
        cv2.imwrite(
            str(out / f"{shape}.png"), sheet(list(found.values()), 3 if shape == "wide" else 6)
        )
        print(shape, ", ".join(found))


if __name__ == "__main__":
    main()
