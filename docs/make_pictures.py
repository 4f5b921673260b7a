"""Make the README's moving picture from a drawn sample clip: python docs/make_pictures.py."""

from __future__ import annotations

from pathlib import Path

import cv2
from PIL import Image

from formcheck.checker import FormChecker
from formcheck.estimators.mediapipe_pose import MediaPipeEstimator
from formcheck.exercises import get_exercise
from formcheck.overlay import Overlay
from formcheck.sources.video import VideoFile

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "sample_videos" / "standing-side-lean-back.mp4"
FROM_S, TO_S, EVERY, SIZE = 2.2, 10.8, 3, (480, 360)


def pictures() -> list[Image.Image]:
    """Return the live view of the sample, a rejected repetition in it."""
    exercise = get_exercise("standing-hip-flexion")
    checker, overlay, shown = FormChecker(exercise), Overlay(exercise), []
    with VideoFile(SAMPLE) as video, MediaPipeEstimator() as estimator:
        for frame in video:
            if frame.time_s > TO_S:
                break
            pose = estimator.estimate(frame)
            report = checker.update(pose)
            if frame.time_s < FROM_S or frame.index % EVERY or frame.image is None:
                continue
            drawn = overlay.draw(frame.image, pose, report, mirrored=False)
            small = cv2.resize(drawn, SIZE, interpolation=cv2.INTER_AREA)
            shown.append(Image.fromarray(cv2.cvtColor(small, cv2.COLOR_BGR2RGB)))
    return shown


def main() -> None:
    """Write `live.webp`."""
    first, *rest = pictures()
    target = HERE / "live.webp"
    first.save(
        target, save_all=True, append_images=rest, duration=EVERY * 1000 // 30, loop=0, quality=60
    )
    print(f"{target.name}: {len(rest) + 1} pictures, {target.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
