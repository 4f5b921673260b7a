"""Writes files that are complete, or not there at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from formcheck.errors import OutputError


class Draft:
    """A temporary file that becomes the real one when it is complete.

    Parameters
    ----------
    path : Path
        The real file. Of a link the file behind it is replaced, not the link. Missing folders are
        made.

    Attributes
    ----------
    path : Path
        The temporary file, in the same folder.

    Raises
    ------
    OSError
        The folder can't hold the file.
    """

    def __init__(self, path: Path) -> None:
        self._target = Path(os.path.realpath(path))
        self._target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            dir=self._target.parent, prefix=f".{self._target.name}.", suffix=".part"
        )
        os.close(handle)
        self.path = Path(name)

    def finish(self) -> None:
        """Replaces the real file, with the usual rights: mkstemp's are for the owner alone."""
        self.path.chmod(0o666 & ~_umask())
        self.path.replace(self._target)

    def discard(self) -> None:
        """Deletes the temporary file; the real one stays as it was."""
        self.path.unlink(missing_ok=True)


class TextDraft:
    """A text file that is written in pieces and appears when it is complete.

    A device or a pipe gets each piece at once.

    Parameters
    ----------
    path : Path
        The file. It is begun with the first piece, or at the end.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._draft: Draft | None = None
        self._file: TextIO | None = None

    def write(self, text: str) -> None:
        """Adds a piece; an `OutputError` says why it can't be written."""
        with _explained(self._path):
            self._opened().write(text)

    def finish(self) -> None:
        """Completes the file."""
        with _explained(self._path):
            try:
                self._opened().close()
                if self._draft is not None:
                    self._draft.finish()
            except OSError:
                self.discard()
                raise

    def discard(self) -> None:
        """Deletes the temporary file; the real one stays as it was."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
        if self._draft is not None:
            self._draft.discard()

    def _opened(self) -> TextIO:
        if self._file is None:
            path = self._path
            if not path.exists() or path.is_file() or path.is_dir():
                self._draft = Draft(path)
                path = self._draft.path
            # A file name in an old encoding holds halves of characters that UTF-8 has no form for.
            self._file = path.open("w", encoding="utf-8", errors="replace", newline="")
        return self._file


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turns an error of the system into an `OutputError`."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(
            f"'{path}' can't be written: {error.strerror or error}. Choose another place."
        ) from error


def write_text(path: Path, text: str) -> None:
    """Writes text to a file, replacing it only once all of it is on the disk.

    Raises
    ------
    OutputError
        The folder is missing or may not be written to, or the disk is full.
    """
    draft = TextDraft(path)
    try:
        draft.write(text)
    except OutputError:
        draft.discard()
        raise
    draft.finish()


def write_bytes(path: Path, data: bytes) -> None:
    """Writes bytes to a file, replacing it only once all of them are on the disk.

    Raises
    ------
    OutputError
        The folder is missing or may not be written to, or the disk is full.
    """
    with _explained(path):
        draft = Draft(path)
        try:
            draft.path.write_bytes(data)
            draft.finish()
        except OSError:
            draft.discard()
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def spreadsheet_text(text: str) -> str:
    """Returns a text from outside that a spreadsheet does not take for a formula.

    Examples
    --------
    >>> spreadsheet_text("=1+1"), spreadsheet_text("Anna")
    ("'=1+1", 'Anna')
    """
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
