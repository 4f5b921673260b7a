"""Remembers finished work: a small file beside a recording's results.

A ledger is written after all the results and deleted before they are replaced: where it lies, the
results are complete. A recording is unchanged while its size and modification time are; where only
the time differs (a copy), its SHA-256 decides.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from formcheck.errors import OutputError, SourceError
from formcheck.files.writing import write_text
from formcheck.version import __version__

SCHEMA = "formcheck/done@1"
SUFFIX = ".done.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """The state of a file, by which a change shows.

    Attributes
    ----------
    size : int
        In bytes.
    mtime_ns : int
        Modification time.
    sha256 : str
        Checksum of the content.
    """

    size: int
    mtime_ns: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Fingerprint:
        """Returns a file's fingerprint; a `SourceError` says why it can't be read."""
        try:
            found = path.stat()
        except (OSError, ValueError) as error:
            raise SourceError(f"'{path}' can't be read ({error}): check the path.") from error
        return cls(size=found.st_size, mtime_ns=found.st_mtime_ns, sha256=sha256(path))

    def still_fits(self, path: Path) -> bool:
        """Returns whether the file is unchanged; reads it only in doubt."""
        try:
            found = path.stat()
        except (OSError, ValueError):
            return False
        if found.st_size != self.size:
            return False
        return found.st_mtime_ns == self.mtime_ns or sha256(path) == self.sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    recording: Fingerprint
    settings: dict[str, str]
    results: tuple[str, ...]
    formcheck: str = __version__


class Ledger:
    """The ledger of one recording's results.

    Parameters
    ----------
    path : Path
        The ledger's file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, session: Path) -> Ledger:
        """Returns the ledger that belongs to a session file."""
        return cls(session.with_name(session.name.removesuffix(".session.json") + SUFFIX))

    def holds(self, recording: Path, settings: Mapping[str, str]) -> bool:
        """Returns whether the results of this recording with these settings are there."""
        known = self._read()
        return (
            known is not None
            and known.formcheck == __version__
            and known.settings == settings
            and all(is_there(self.path.parent / name) for name in known.results)
            and known.recording.still_fits(recording)
        )

    def note(
        self, recording: Fingerprint, settings: Mapping[str, str], results: Sequence[Path]
    ) -> None:
        """Notes that these results are the finished work on a recording."""
        entry = _Entry(
            recording=recording,
            settings=dict(settings),
            results=tuple(path.relative_to(self.path.parent).as_posix() for path in results),
        )
        write_text(self.path, json.dumps({"schema": SCHEMA, **asdict(entry)}, indent=2) + "\n")

    def forget(self) -> None:
        """Deletes the ledger."""
        try:
            self.path.unlink(missing_ok=True)
        except NotADirectoryError:
            return
        except OSError as error:
            raise OutputError(
                f"'{self.path}' can't be replaced: {error.strerror or error}. Choose another place."
            ) from error

    def results(self) -> tuple[Path, ...]:
        """Returns the results it lists; none where the ledger can't be read."""
        known = self._read()
        return () if known is None else tuple(self.path.parent / name for name in known.results)

    def _read(self) -> _Entry | None:
        try:
            known = json.loads(self.path.read_text(encoding="utf-8"))
            if known.pop("schema") != SCHEMA:
                return None
            known["recording"] = Fingerprint(**known["recording"])
            # Results lie beside the ledger or under it, wherever it was copied to.
            inside = [name for name in known["results"] if ".." not in Path(name).parts]
            if any(Path(name).is_absolute() for name in inside):
                return None
            return _Entry(**{**known, "results": tuple(inside)})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            # Missing, cut short, or another program's: then nothing counts as done.
            return None


def is_there(path: Path) -> bool:
    """Returns whether a path exists; a path that is too long does not."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def sha256(path: Path) -> str:
    """Returns the checksum of a file's content; a `SourceError` says why it can't be read."""
    try:
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while chunk := file.read(1 << 20):
                digest.update(chunk)
            return digest.hexdigest()
    except OSError as error:
        raise SourceError(f"'{path}' can't be read ({error}): check the path.") from error
