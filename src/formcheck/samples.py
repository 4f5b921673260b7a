"""The drawn sample video that travels with the package."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

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
    installed = Path(str(resources.files("formcheck"))) / "data" / DEMO_NAME
    # An editable install has no data folder: the samples lie in the checkout.
    checkout = Path(__file__).resolve().parents[2] / "sample_videos" / DEMO_NAME
    for path in (installed, checkout):
        if path.is_file():
            return path
    raise SourceError(f"The sample video {DEMO_NAME} is missing: reinstall formcheck.")
