"""Files that travel with formcheck: where they are, installed or in a checkout."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


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
    checkout = Path(__file__).resolve().parents[2] / folder / name
    return next((path for path in (installed, checkout) if path.is_file()), None)
