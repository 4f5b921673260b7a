"""Short drawn sequences of people, with what the pose model makes of them, kept in a cache."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import FloatArray, Landmark, Pose
from formcheck.estimators.mediapipe_pose import MediaPipeEstimator
from people.body import bodies
from people.camera import Camera
from people.clip import person_of
from people.kinematics import Pose as Posture
from people.kinematics import forward
from people.render import Studio
from people.rooms import ROOMS
from people.table import TEST, TUNING
from people.wardrobe import OUTFITS
from people.webcam import Webcam

SIZE = (640, 480)
FPS = 15
_GREY = (0.114, 0.587, 0.299)
#: Limits are set on the first and judged on the second.
DEVELOPMENT = TUNING
BODIES = (*TUNING, *TEST)


@dataclass(frozen=True, slots=True)
class Shot:
    """One frame to draw: the stretch of the sequence it belongs to, the posture, what is true."""

    stretch: str
    posture: Posture
    truth: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Film:
    """A sequence as the checker meets it, and what is true of it."""

    stretch: np.ndarray
    poses: list[Pose]
    grey: npt.NDArray[np.uint8]
    truth: dict[str, FloatArray]

    def where(self, stretch: str) -> np.ndarray:
        return np.flatnonzero(self.stretch == stretch)

    def stretches(self, prefix: str) -> list[str]:
        return [str(s) for s in dict.fromkeys(self.stretch) if s.startswith(prefix)]

    def middles(self, left: Landmark, right: Landmark) -> FloatArray:
        points = np.array([pose.image_px for pose in self.poses])
        return np.asarray((points[:, left] + points[:, right]) / 2)

    def trunks(self) -> FloatArray:
        """Vectors from mid-hip to mid-shoulder, pixels, y down."""
        hips = self.middles(Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
        return self.middles(Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER) - hips

    def trunk_px(self, stretch: str) -> float:
        lengths = np.linalg.norm(self.trunks(), axis=1)
        return float(np.median(lengths[self.where(stretch)]))


def seeded(name: str) -> np.random.Generator:
    """Return the source of everything that varies in a sequence, the same for the same name."""
    return np.random.default_rng(list(hashlib.sha256(name.encode()).digest()[:8]))


def shoot(
    path: Path, body: str, camera: Camera, shots: Iterable[Shot], size: tuple[int, int] = SIZE
) -> None:
    """Draw a sequence and estimate its poses as a video's; keep poses, pictures and truth."""
    draw = seeded(path.stem)
    person = person_of(body, str(draw.choice(OUTFITS)), "", "")
    room = ROOMS[str(draw.choice(sorted(ROOMS)))]
    studio = Studio(person, camera, room, Webcam(), size)
    kept: dict[str, list[Any]] = {}
    with MediaPipeEstimator(silhouette=True) as estimator:
        for number, shot in enumerate(shots):
            image = studio.shoot(forward(bodies()[body], shot.posture), number)
            frame = Frame(index=number, time_s=number / FPS, image=image, size_px=size)
            pose = estimator.estimate(frame)
            mask = np.zeros(size[::-1]) if pose.silhouette is None else pose.silhouette
            row = {
                "stretch": shot.stretch,
                "image_px": pose.image_px,
                "visibility": pose.visibility,
                "mask": np.round(255 * mask).astype(np.uint8),
                "grey": np.round(image @ _GREY).astype(np.uint8),
            }
            for name, value in (row | {f"true_{k}": v for k, v in shot.truth.items()}).items():
                kept.setdefault(name, []).append(value)
    arrays: dict[str, Any] = {name: np.array(values) for name, values in kept.items()}
    unfinished = path.with_suffix(".part.npz")
    np.savez_compressed(unfinished, **arrays)
    unfinished.replace(path)


def load(path: Path) -> Film:
    """Read a sequence back."""
    with np.load(path) as kept:
        columns = {name: kept[name] for name in kept.files}
    masks = columns["mask"].astype(np.float32) / 255.0
    return Film(
        stretch=columns["stretch"],
        poses=[
            Pose(
                time_s=i / FPS,
                image_px=px,
                visibility=v,
                frame_size_px=mask.shape[::-1],
                silhouette=mask,
            )
            for i, (px, v, mask) in enumerate(
                zip(columns["image_px"], columns["visibility"], masks, strict=True)
            )
        ],
        grey=columns["grey"],
        truth={k.removeprefix("true_"): v for k, v in columns.items() if k.startswith("true_")},
    )
