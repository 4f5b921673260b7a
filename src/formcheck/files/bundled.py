"""Files that travel with formcheck, installed or in a checkout; the sample video among them."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from formcheck.errors import SourceError


def bundled_file(name: str, folder: str) -> Path | None:
    """Return the path of a file that travels with formcheck, or None if it is not there.

    Parameters
    ----------
    name : str
        File name; an installed package has it in its `data` folder.
    folder : str
        Where a checkout has it. An editable install has no `data` folder, and uses this.
    """
    installed = Path(str(resources.files("formcheck"))) / "data" / name
    checkout = Path(__file__).resolve().parents[3] / folder / name
    return next((path for path in (installed, checkout) if path.is_file()), None)


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
