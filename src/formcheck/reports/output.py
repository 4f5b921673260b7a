"""Writing a result so that it is there whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from formcheck.errors import OutputError


def write_text(path: Path, text: str) -> None:
    """Write text to a file, replacing it only once all of it is on the disk.

    Raises
    ------
    OutputError
        The folder is missing or may not be written to, or the disk is full.
    """
    # Through a link the file behind it is meant, not the link.
    path = Path(os.path.realpath(path))
    if path.exists() and not (path.is_file() or path.is_dir()):
        _write_into(path, text)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            # mkstemp makes files for the owner's eyes only; a report gets the usual rights.
            Path(draft).chmod(0o666 & ~_umask())
            Path(draft).replace(path)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(
            f"'{path}' can't be written: {error.strerror or error}. Choose another place."
        ) from error


def _write_into(path: Path, text: str) -> None:
    """Write to a device or a pipe, which must not be replaced by a file."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"'{path}' can't be written: {error.strerror or error}.") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
