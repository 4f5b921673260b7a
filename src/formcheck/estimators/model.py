"""The pose model: its file, and checks of it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from functools import lru_cache
from pathlib import Path

from formcheck.errors import ModelError
from formcheck.estimators.landmarks_only import LANDMARKS_MEMBER, without_silhouette
from formcheck.files.bundled import bundled_file

MODEL_NAME = "pose_landmarker_full.task"
MODEL_SHA256 = "6d3842b89e96db72e8a3f05cf9020f45495419efeb2313407b70bfb41e34a5cc"
MEMBERS = frozenset({"pose_detector.tflite", LANDMARKS_MEMBER})
LANDMARKS_ONLY_NAME = "pose_landmarks_only.root"
LANDMARKS_ONLY_SHA256 = "61a81e34d34e3ab81ade5a0d27fe48f58120124310326079416f8e273459b68d"
"""Of the shipped model with that root in its landmark network."""

_REINSTALL = "reinstall formcheck (in a checkout: python models/build_bundle.py)"


def bundled_model() -> Path:
    """Returns the path of the model formcheck ships.

    Raises
    ------
    ModelError
        The model is missing.
    """
    missing = ModelError(f"The pose model {MODEL_NAME} is missing: {_REINSTALL}.")
    return bundled_file(MODEL_NAME, "models", missing)


def read_model(path: Path | None = None, *, silhouette: bool = True) -> bytes:
    """Returns the bytes of a model bundle, checked.

    The model formcheck ships must have its known checksum. Any other must be a bundle with a pose
    detector and a pose landmarks detector.

    Parameters
    ----------
    path : Path, optional
        Another `.task` file; None takes the model formcheck ships.
    silhouette : bool
        Whether silhouettes are wanted. Without them the shipped model gives the same landmarks in
        two thirds of the time; another model is taken as it is.

    Raises
    ------
    ModelError
        The file is missing, altered, or not a pose landmarker.
    """
    if path is None:
        return _shipped(bundled_model(), silhouette)
    data = _read(path)
    _check_members(path, data)
    return data


@lru_cache(maxsize=1)
def _shipped(path: Path, silhouette: bool) -> bytes:
    """Returns the shipped model; the last one is remembered, as every tracker asks for it."""
    data = _read(path)
    if hashlib.sha256(data).hexdigest() != MODEL_SHA256:
        raise ModelError(f"The pose model {MODEL_NAME} is damaged or altered: {_REINSTALL}.")
    return data if silhouette else _landmarks_only(data)


def _landmarks_only(shipped: bytes) -> bytes:
    """Returns the shipped model without its silhouette."""
    name = LANDMARKS_ONLY_NAME
    missing = ModelError(f"The part {name} of the pose model is missing: {_REINSTALL}.")
    data = without_silhouette(shipped, _read(bundled_file(name, "models", missing)))
    if hashlib.sha256(data).hexdigest() != LANDMARKS_ONLY_SHA256:
        raise ModelError(f"The part {name} of the pose model is damaged or altered: {_REINSTALL}.")
    return data


def model_label(path: Path | None = None) -> str:
    """Returns a model's name with the beginning of its checksum, as sessions name it."""
    name = MODEL_NAME if path is None else path.name
    digest = MODEL_SHA256 if path is None else hashlib.sha256(_read(path)).hexdigest()
    return f"{name} {digest[:8]}"


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise ModelError(f"The model '{path}' is a folder: name a pose landmarker .task file.")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ModelError(
            f"There is no model '{path}': check the path, or leave it out to use the built-in one."
        ) from None
    except OSError as error:
        raise ModelError(
            f"The model '{path}' can't be read ({error.strerror}): check its permissions."
        ) from error


def _check_members(path: Path, data: bytes) -> None:
    if not data:
        raise ModelError(f"The model '{path}' is empty: fetch it again.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            # MediaPipe reads the members where they lie, so they must not be compressed.
            stored = all(i.compress_type == zipfile.ZIP_STORED for i in archive.infolist())
            altered = archive.testzip() if stored else None
    except (zipfile.BadZipFile, RuntimeError, ValueError, EOFError):
        raise ModelError(
            f"The model '{path}' is not a .task bundle or was cut short: use a MediaPipe Pose "
            "Landmarker bundle, complete."
        ) from None
    if altered is not None:
        raise ModelError(f"The model '{path}' is damaged or altered: fetch it again.")
    if not names >= MEMBERS or not stored:
        raise ModelError(
            f"The model '{path}' is not a pose landmarker: use a MediaPipe Pose Landmarker bundle "
            "such as pose_landmarker_full.task."
        )
