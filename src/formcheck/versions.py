"""Which versions judge here: formcheck's own, those under it, and the model's checksum."""

from __future__ import annotations

import hashlib
from importlib import metadata

from formcheck.errors import ModelError
from formcheck.estimators.model import MODEL_NAME, MODEL_SHA256, bundled_model
from formcheck.version import __version__

OPENCV = ("opencv-python", "opencv-contrib-python", "opencv-python-headless")
"""The packages that all unpack OpenCV into one folder."""


def installed(name: str) -> str | None:
    """Return the version of an installed package, without importing it; None if it is not there."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def opencv_packages() -> dict[str, str]:
    """Return each installed package of OpenCV with its version."""
    return {name: version for name in OPENCV if (version := installed(name)) is not None}


def describe_versions() -> tuple[str, ...]:
    """Return one line for each thing that a verdict depends on: what a report of a defect needs.

    The checksum is that of the file as it lies there, and is compared with the one it should have.
    """
    opencv = ", ".join(f"{name} {version}" for name, version in opencv_packages().items())
    return (
        f"formcheck {__version__}",
        f"mediapipe {installed('mediapipe') or 'not installed'}",
        f"OpenCV: {opencv or 'not installed'}",
        f"model {MODEL_NAME}: {_model_checksum()}",
    )


def _model_checksum() -> str:
    try:
        digest = hashlib.sha256(bundled_model().read_bytes()).hexdigest()
    except (ModelError, OSError):
        return "can't be read, `formcheck doctor` says more"
    return f"sha256 {digest}" + ("" if digest == MODEL_SHA256 else ", not the one formcheck ships")
