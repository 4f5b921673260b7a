"""The drawn sample video that travels with the package."""

from __future__ import annotations

from pathlib import Path

from formcheck.bundled import bundled_file
from formcheck.errors import SourceError

DEMO_EXERCISE = "standing-hip-flexion"
DEMO_NAME = "standing-side-lean-back.mp4"


def demo_video() -> Path:
    """Return the path of the sample video.

    Raises
    ------
    SourceError
        It is not there.
    """
    path = bundled_file(DEMO_NAME, "sample_videos")
    if path is not None:
        return path
    raise SourceError(f"The sample video {DEMO_NAME} is missing: reinstall formcheck.")
