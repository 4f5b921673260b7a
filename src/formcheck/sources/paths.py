"""Checks of a path before it is opened."""

from __future__ import annotations

import difflib
from pathlib import Path

from formcheck.errors import SourceError
from formcheck.sources.addresses import refuse_address


def check_file(path: Path) -> None:
    """Raises `SourceError` unless the path is a file with content."""
    try:
        if path.is_dir():
            raise SourceError(f"'{path}' is a folder: name a video file in it.")
        size = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        refuse_address(path)
        raise SourceError(f"There is no file '{path}': {_hint(path)}") from None
    except (OSError, ValueError) as error:
        raise SourceError(f"'{path}' can't be read ({error}): check the path.") from error
    if not size and path.is_file():
        raise SourceError(f"'{path}' is empty: copy or record it again.")


def _hint(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    except OSError:
        return f"check the path, there is no folder '{path.parent}' either."
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.6)
    return f"did you mean '{path.parent / near[0]}'?" if near else "check the path."
