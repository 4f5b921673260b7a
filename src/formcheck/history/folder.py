"""The one folder that everything about past training lives in."""

from __future__ import annotations

import os
from pathlib import Path

ENVIRONMENT = "FORMCHECK_DATA"
"""Names the environment variable that puts the folder somewhere else."""

DATABASE = "history.db"
PLAN = "routine.toml"
RESCUED = "rescued-*.json*"
"""Runs that could not be written to the database, each in a file of its own."""


def data_folder(chosen: Path | None = None) -> Path:
    """Return where the history lives: the folder chosen, else the environment's, else the system's.

    Nothing is created.
    """
    if chosen is not None:
        return _expanded(str(chosen))
    named = os.environ.get(ENVIRONMENT, "")
    if named:
        return _expanded(named)
    from platformdirs import user_data_path

    return user_data_path("formcheck", appauthor=False)


def _expanded(text: str) -> Path:
    # Path.expanduser raises for a user nobody knows.
    return Path(os.path.expanduser(text))  # noqa: PTH111


def stored_files(folder: Path) -> list[Path]:
    """Return every file formcheck keeps in the folder and that exists now, in order of name."""
    names = (f"{DATABASE}*", PLAN, RESCUED)
    return sorted({path for name in names for path in folder.glob(name) if path.is_file()})
