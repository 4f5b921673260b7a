"""stdout: results that are printed instead of written, and a reader that leaves early."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from formcheck.errors import OutputError, UsageError

STDOUT = "-"
"""What stands for stdout where a file is asked for."""


def check_one_printed(json_path: str | None, csv_path: Path | None) -> None:
    """Refuses two results on stdout at a time."""
    if json_path == STDOUT and csv_path == Path(STDOUT):
        raise UsageError("--json - and --csv - would be mixed up: give one of them a file.")


@contextmanager
def printed_afterwards(path: Path | None) -> Iterator[Path | None]:
    """Gives the path to write a table to; where that is stdout, prints the table at the end.

    Writers of files complete a draft first, which stdout has no place for.
    """
    if path != Path(STDOUT):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="formcheck-") as folder:
        draft = Path(folder) / "table"
        yield draft
        if draft.is_file():
            with draft.open(encoding="utf-8") as lines:
                sys.stdout.writelines(lines)


class _Stdout(io.FileIO):
    """stdout; what it no longer takes goes nowhere.

    Attributes
    ----------
    failure : OSError | None
        Why stdout took no more; None also where its reader has only left.
    """

    failure: OSError | None = None

    def write(self, data: object) -> int:
        """Writes bytes; returns how many."""
        try:
            return super().write(data)  # type: ignore[arg-type]
        except OSError as error:
            if not isinstance(error, BrokenPipeError):
                self.failure = error
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            return len(memoryview(data))  # type: ignore[arg-type]


@contextmanager
def outlived() -> Iterator[None]:
    """Lets a command go on when what reads its output (`head`, a pager) has seen enough.

    An error there would keep the files from being written that come after the summary.

    Raises
    ------
    OutputError
        At the end, if stdout could not be written.
    """
    stdout = sys.stdout
    if not isinstance(stdout, io.TextIOWrapper) or stdout.isatty():
        yield
        return
    stdout.flush()
    raw = _Stdout(stdout.fileno(), "w", closefd=False)
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=stdout.encoding, errors="backslashreplace"
    )
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stdout = stdout
        if raw.failure is not None:
            why = raw.failure.strerror or raw.failure
            raise OutputError(f"The output can't be written ({why}): choose another place.")
