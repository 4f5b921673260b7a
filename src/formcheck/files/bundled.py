"""Files that ship with formcheck, installed or in a checkout; among them the sample video."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from formcheck.errors import FormcheckError, SourceError


def bundled_file(name: str, folder: str, missing: FormcheckError) -> Path:
    """Returns the path of a file that ships with formcheck.

    Parameters
    ----------
    name : str
        File name; an installed package holds the file in its `data` folder.
    folder : str
        The file's folder in a checkout. An editable install has no `data` folder, and uses this.
    missing : FormcheckError
        Is raised if there is no such file.
    """
    installed = Path(str(resources.files("formcheck"))) / "data" / name
    checkout = Path(__file__).resolve().parents[3] / folder / name
    for path in (installed, checkout):
        if path.is_file():
            return path
    raise missing


DEMO_EXERCISE = "standing-hip-flexion"
DEMO_NAME = "standing-side-lean-back.mp4"


def demo_video() -> Path:
    """Returns the path of the sample video.

    Raises
    ------
    SourceError
        The video is missing.
    """
    missing = SourceError(f"The sample video {DEMO_NAME} is missing: reinstall formcheck.")
    return bundled_file(DEMO_NAME, "sample_videos", missing)
