"""From what a user named - files, folders, patterns, a manifest - to recordings."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from formcheck.batch.ledger import SUFFIX as RECORD_SUFFIX
from formcheck.batch.ledger import Ledger, is_there
from formcheck.batch.manifest import MANIFEST, is_manifest, read_manifest
from formcheck.batch.sniffing import is_video
from formcheck.errors import SourceError, UsageError
from formcheck.products import ENDINGS
from formcheck.recording import is_pose_file
from formcheck.sources.paths import refuse_address

PATTERN = "*?["


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One recording to analyse.

    Attributes
    ----------
    path : Path
        Where it is; perhaps it is not there, which is told when its turn comes.
    name : str
        What its results are called: its place under the folder that was named, without suffix.
    settings : mapping of str to str
        What a manifest says of it, by column.
    """

    path: Path
    name: str
    settings: Mapping[str, str] = field(default_factory=dict)


def find_recordings(
    named: Sequence[Path], *, out: Path | None = None
) -> tuple[list[Recording], list[SourceError]]:
    """Return the recordings that files, folders, patterns and manifests name, in order, each once.

    A folder stands for the videos in it and its subfolders, or, where it holds a `formcheck.csv`,
    for what that names. What formcheck itself wrote is passed over, and so is what is hidden.

    Parameters
    ----------
    named : sequence of Path
        As the user typed them.
    out : Path | None
        Where results go; nothing in there is taken for a recording.

    Returns
    -------
    list of Recording, list of SourceError
        What was found; and the folders and patterns that hold no video, if others do.

    Raises
    ------
    SourceError
        There is no video in any of them.
    UsageError
        Two results would be called the same.
    ManifestError
        A manifest can't be read.
    """
    found: list[Recording] = []
    complaints: list[SourceError] = []
    for path in named:
        try:
            found += _named(path, out)
        except SourceError as error:
            complaints.append(error)
        except OSError as error:
            why = f"'{path}' can't be read ({error.strerror or error}): check the path."
            complaints.append(SourceError(why))
    if complaints and not found:
        raise complaints[0]
    once: dict[tuple[Path, str], Recording] = {}
    for recording in found:
        # A video of two people is two recordings where a manifest names both.
        once.setdefault((recording.path.absolute(), _person(recording)), recording)
    recordings = _told_apart(list(once.values()))
    if out is not None:
        _check_names(recordings)
    return recordings, complaints


def _named(path: Path, out: Path | None) -> list[Recording]:
    refuse_address(path)
    if path.is_dir():
        manifest = path / MANIFEST
        return _listed(manifest) if manifest.is_file() else _in_folder(path, out)
    if is_manifest(path) and path.is_file():
        return _listed(path)
    if any(letter in path.name or letter in str(path.parent) for letter in PATTERN):
        # A file may be called so: "lunge [2].mp4".
        return [_single(path)] if is_there(path) else _matching(path, out)
    return [_single(path)]


def _single(path: Path) -> Recording:
    return Recording(path=path, name=path.stem)


def _matching(pattern: Path, out: Path | None) -> list[Recording]:
    # Path.glob takes no absolute pattern.
    paths = sorted(Path(match) for match in glob.glob(str(pattern), recursive=True))  # noqa: PTH207
    results = None if out is None else out.resolve()
    found = [one for path in paths if path.resolve() != results for one in _named(path, out)]
    if not found:
        raise SourceError(f"No video matches '{pattern}': check the pattern.")
    return found


def _in_folder(folder: Path, out: Path | None) -> list[Recording]:
    paths = sorted(
        path for path in folder.rglob("*") if path.is_file() and not _hidden(path, folder)
    )
    written = _written(paths)
    if out is not None and folder.resolve() in out.resolve().parents:
        # Who has the results put among the videos, or above them, still means the videos.
        paths = [path for path in paths if not path.resolve().is_relative_to(out.resolve())]
    videos = [path for path in paths if path.resolve() not in written and is_video(path)]
    # Poses beside their video would be the same recording twice.
    stems = {path.with_suffix("") for path in videos}
    poses = [path for path in paths if path.resolve() not in written and is_pose_file(path)]
    videos += [path for path in poses if path.with_suffix("") not in stems]
    if not videos:
        raise SourceError(f"There is no video in the folder '{folder}': name another one.")
    return [
        Recording(path=path, name=path.relative_to(folder).with_suffix("").as_posix())
        for path in sorted(videos)
    ]


def _hidden(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    # Reports and annotated videos may lie outside of any folder of results.
    own = any(part.endswith((ENDINGS["report"], ENDINGS["video"])) for part in parts)
    return own or any(part.startswith(".") for part in parts)


def _written(paths: Iterable[Path]) -> set[Path]:
    """Return what formcheck itself wrote, as its records tell."""
    records = [Ledger(path) for path in paths if path.name.endswith(RECORD_SUFFIX)]
    return {result.resolve() for record in records for result in record.results()}


def _listed(manifest: Path) -> list[Recording]:
    return [
        Recording(path=row.path, name=row.name, settings=row.settings)
        for row in read_manifest(manifest)
    ]


def _told_apart(recordings: list[Recording]) -> list[Recording]:
    """Return those of one folder that differ by suffix alone, or by person, called by it."""
    videos = {(r.path.absolute(), r.name) for r in recordings}
    places = [(path.parent, name) for path, name in videos]
    times = [r.path.absolute() for r in recordings]
    return [
        replace(
            r,
            name=r.name
            + (r.path.suffix if places.count((r.path.parent.absolute(), r.name)) > 1 else "")
            + (f".person-{n}" if (n := _person(r)) and times.count(r.path.absolute()) > 1 else ""),
        )
        for r in recordings
    ]


def _person(recording: Recording) -> str:
    return recording.settings.get("person", "").lstrip("0")


def _check_names(recordings: Sequence[Recording]) -> None:
    seen: set[str] = set()
    for recording in recordings:
        if recording.name in seen:
            raise UsageError(
                f"Two videos are called '{recording.name}': analyse them into two folders."
            )
        seen.add(recording.name)
