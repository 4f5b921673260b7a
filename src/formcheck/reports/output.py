"""Writing a result so that it is there whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from formcheck.errors import OutputError


class Draft:
    """A file being written, which takes another's place once it is complete.

    Parameters
    ----------
    path : Path
        Where it will be. Through a link the file behind it is meant, not the link. Missing folders
        are made.

    Attributes
    ----------
    path : Path
        Where it is written to until then, beside its place.

    Raises
    ------
    OSError
        There can't be a file in that folder.
    """

    def __init__(self, path: Path) -> None:
        self._place = Path(os.path.realpath(path))
        self._place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            dir=self._place.parent, prefix=f".{self._place.name}.", suffix=".part"
        )
        os.close(handle)
        self.path = Path(name)

    def finish(self) -> None:
        """Put the file in its place, with the usual rights: mkstemp's are for the owner alone."""
        self.path.chmod(0o666 & ~_umask())
        self.path.replace(self._place)

    def discard(self) -> None:
        """Delete it; what is in its place stays as it was."""
        self.path.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write text to a file, replacing it only once all of it is on the disk.

    Raises
    ------
    OutputError
        The folder is missing or may not be written to, or the disk is full.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        _write_into(path, text)
        return
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write bytes to a file, replacing it only once all of them are on the disk.

    Raises
    ------
    OutputError
        The folder is missing or may not be written to, or the disk is full.
    """
    try:
        draft = Draft(path)
        try:
            draft.path.write_bytes(data)
            draft.finish()
        except OSError:
            draft.discard()
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
