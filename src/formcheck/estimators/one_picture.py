"""From one picture to a pose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.errors import SourceError, UsageError
from formcheck.estimators import mediapipe_pose


def pose_in(picture: str | Path | Any, *, model: Path | None = None) -> Pose:
    """Returns the pose of the person in one picture.

    For many pictures of one film use an estimator: it follows the person, and is loaded once.

    Parameters
    ----------
    picture : path, or (height, width, 3) uint8
        A file, or blue, green, red, upright.
    model : Path, optional
        A pose landmarker other than the bundled one.

    Returns
    -------
    Pose
        At time 0; `is_seen` is False where nobody was found.

    Raises
    ------
    SourceError
        The file can't be read as a picture.
    UsageError
        The array is no picture.
    ModelError
        The model can't be had.

    Examples
    --------
    >>> import numpy as np
    >>> pose_in(np.zeros((48, 64, 3), np.uint8)).is_seen
    False
    """
    image = _read(Path(picture)) if isinstance(picture, (str, Path)) else np.asarray(picture)
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8 or not image.size:
        raise UsageError(
            f"A picture is uint8 of shape (height, width, 3), not {image.dtype} of {image.shape}:"
            " convert it first."
        )
    size_px = (image.shape[1], image.shape[0])
    frame = Frame(index=0, time_s=0.0, image=np.ascontiguousarray(image), size_px=size_px)
    with mediapipe_pose.MediaPipeEstimator(model) as estimator:
        return estimator.estimate(frame)


def _read(path: Path) -> Any:
    import cv2

    try:
        data = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    except OSError as error:
        why = error.strerror or error
        raise SourceError(f"'{path}' can't be read ({why}): check the path.") from error
    image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if image is None:
        raise SourceError(f"'{path}' is not a picture: choose a JPEG or PNG.")
    return image
