"""The one folder that holds everything about past training."""

from __future__ import annotations

import os
from pathlib import Path

ENVIRONMENT = "FORMCHECK_DATA"
"""Environment variable that names another folder."""

DATABASE = "history.db"
PLAN = "routine.toml"
CLIENTS = "clients"
"""Folder of the clients of a practice, a folder each."""
CLIENT = "client.toml"
EXERCISES = "exercises"
"""Folder of the user's own exercises, a TOML file each."""
RECORDINGS = "recordings"
"""Folder of the recordings that came through `formcheck serve`, one folder each."""

SERVE = "serve"
"""Folder of the certificates that `formcheck serve --lan` makes."""

RESCUED = "rescued-*.json*"
"""Journals of runs that could not be written to the database, one file a run."""


def data_folder(chosen: Path | None = None) -> Path:
    """Returns the folder of the history: the chosen one, else the environment's, else the system's.

    Creates nothing.
    """
    if chosen is not None:
        return _expanded(str(chosen))
    named = os.environ.get(ENVIRONMENT, "")
    if named:
        return _expanded(named)
    from platformdirs import user_data_path

    return user_data_path("formcheck", appauthor=False)


def _expanded(text: str) -> Path:
    # Path.expanduser raises for an unknown user.
    return Path(os.path.expanduser(text))  # noqa: PTH111


def stored_files(folder: Path) -> list[Path]:
    """Returns the files of formcheck that exist in the folder, in order of name."""
    names = (f"{DATABASE}*", PLAN, RESCUED)
    # Only what has the name of one: a folder of somebody's own films is not formcheck's.
    ours = (f"{RECORDINGS}/{'[0-9a-f]' * 16}/**/*", f"{SERVE}/*.pem")
    found = {path for name in (*names, *ours) for path in folder.glob(name)}
    return sorted(path for path in found if path.is_file())
