"""Pictures of a printed tag by a webcam: turned, foreshortened, blurred, noisy, compressed."""

from __future__ import annotations

import cv2
import numpy as np

from formcheck.core.pose.frame import Frame, Image
from formcheck.core.pose.pose import FloatArray, Landmark, Pose
from tests.stickman import Stance, pose

SIZE = (640, 480)
FINE = 8


def card() -> Image:
    """A tag with its white rim, finely."""
    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    inner = cv2.aruco.generateImageMarker(family, 0, 256, borderBits=1)
    return np.pad(inner, 32, constant_values=255).astype(np.uint8)


def square(
    middle: tuple[float, float], size_px: float, turn_deg: float, away_deg: float = 0.0
) -> FloatArray:
    """Corners (4, 2) of a tag of this size, turned in its plane, then turned away to the side."""
    turn = np.radians(turn_deg)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    flat = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * size_px / 2 @ rotation.T
    return np.asarray(flat * (np.cos(np.radians(away_deg)), 1.0) + middle)


def put(picture: Image, corners: FloatArray) -> None:
    """Draws a tag into a grey picture where its corners are, from `FINE` samples a pixel's side."""
    height, width = picture.shape[:2]
    low = np.maximum(np.floor(corners.min(axis=0)).astype(int) - 8, 0)
    high = np.minimum(np.ceil(corners.max(axis=0)).astype(int) + 8, (width, height))
    size = high - low
    printed, edge = card(), np.array([(32, 32), (288, 32), (288, 288), (32, 288)]) - 0.5
    # Pixel middles lie at whole numbers.
    fine = (corners - low + 0.5) * FINE - 0.5
    way = cv2.getPerspectiveTransform(edge.astype(np.float32), fine.astype(np.float32))
    shown = cv2.warpPerspective(printed, way, tuple((size * FINE).tolist()), flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.full_like(printed, 255), way, tuple((size * FINE).tolist()))
    small = cv2.resize(shown, tuple(size.tolist()), interpolation=cv2.INTER_AREA)
    share = cv2.resize(cover, tuple(size.tolist()), interpolation=cv2.INTER_AREA) / 255.0
    part = picture[low[1] : high[1], low[0] : high[0]]
    toned = 25.0 + 0.8 * small
    part[:] = (share * toned + (1.0 - share) * part[..., 0])[..., None].astype(np.uint8)


def webcam(picture: Image, seed: int, *, blur_px: float = 0.7, noise: float = 3.0) -> Image:
    """What a webcam makes of it: blurred, noisy, a JPEG."""
    chance = np.random.default_rng(seed)
    soft = cv2.GaussianBlur(picture, (0, 0), blur_px).astype(np.float32)
    rough = np.clip(soft + chance.normal(0.0, noise, picture.shape[:2])[..., None], 0, 255)
    _, packed = cv2.imencode(".jpg", rough.astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 85])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)


def person(trunk_px: float = 110.0, at: tuple[float, float] = (320.0, 240.0)) -> Pose:
    """A pose whose hips and trunk are where a sensor looks."""
    body = pose(Stance())
    points = body.image_px
    hips = points[[Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(axis=0)
    chest = points[[Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]].mean(axis=0)
    scale = trunk_px / float(np.hypot(*(chest - hips)))
    return Pose(
        time_s=0.0, image_px=(points - hips) * scale + at, visibility=body.visibility,
        frame_size_px=SIZE,
    )  # fmt: skip


def frame(*tags: FloatArray, index: int = 0, fps: float = 30.0, **faults: float) -> Frame:
    """A frame of a grey wall with tags on it."""
    picture = np.full((SIZE[1], SIZE[0], 3), 120, dtype=np.uint8)
    for corners in tags:
        put(picture, corners)
    image = webcam(picture, index, **faults)
    return Frame(index=index, time_s=index / fps, image=image, size_px=SIZE)
