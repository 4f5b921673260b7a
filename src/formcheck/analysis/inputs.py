"""From files, folders, patterns or a manifest to recordings, and from recordings to jobs.

A file in a folder is a video by its name or, failing that, by its first bytes. A row of a manifest
overrules the options of the command line. Mistakes in a manifest are found here, before the first
frame is read.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from formcheck.analysis.job import Job
from formcheck.analysis.ledger import SUFFIX as LEDGER_SUFFIX
from formcheck.analysis.ledger import Ledger, is_there
from formcheck.analysis.manifest import MANIFEST, is_manifest, read_manifest
from formcheck.analysis.manifest_cells import CELLS
from formcheck.analysis.outputs import FORMATS
from formcheck.analysis.recognition import AUTO
from formcheck.core.exercise.exercise import Exercise
from formcheck.errors import ManifestError, SourceError, UsageError
from formcheck.exercises import built_in, get_exercise, readable
from formcheck.files.pose_file import NOT_CHOSEN, NOT_TURNED, is_pose_file
from formcheck.sources.addresses import local_path, refuse_address

SUFFIXES = frozenset({
    ".3gp", ".asf", ".avi", ".flv", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg",
    ".mts", ".mxf", ".ogv", ".ts", ".vob", ".webm", ".wmv",
})  # fmt: skip
# Brands of the same box format that are pictures or sound.
_NOT_VIDEO = (b"heic", b"heix", b"mif1", b"avif", b"M4A ", b"M4B ")


def is_video(path: Path) -> bool:
    """Returns whether a file has a video's suffix, or else a video's first bytes.

    A suffix may be wrong; reading the file tells.
    """
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        return False
    if start[4:8] == b"ftyp":
        return start[8:12] not in _NOT_VIDEO
    riff = start[:4] == b"RIFF" and start[8:12] == b"AVI "
    return riff or start[:4] in (b"\x1aE\xdf\xa3", b"FLV\x01", b"\x00\x00\x01\xba")


PATTERN = "*?["


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One recording to analyse.

    Attributes
    ----------
    path : Path
        Its path; a missing file is reported when its turn comes.
    name : str
        The name of its results: its path under the folder that was named, without suffix.
    settings : mapping of str to str
        The manifest's cells for it, by column.
    """

    path: Path
    name: str
    settings: Mapping[str, str] = field(default_factory=dict)


def find_recordings(
    named: Sequence[Path], *, out: Path | None = None
) -> tuple[list[Recording], list[SourceError]]:
    """Returns the recordings that files, folders, patterns and manifests name, in order, each once.

    A folder stands for the videos in it and its subfolders, or, where it holds a `formcheck.csv`,
    for the recordings that this lists. Files that formcheck wrote and hidden files are left out.

    Parameters
    ----------
    named : sequence of Path
        As the user typed them.
    out : Path | None
        The folder for results; nothing in it is a recording.

    Returns
    -------
    list of Recording, list of SourceError
        The recordings; and the folders and patterns that hold no video, if others do.

    Raises
    ------
    SourceError
        There is no video in any of them.
    UsageError
        Two results would have one name.
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
    path = local_path(str(path))
    if not is_there(path):
        refuse_address(path)
    if path.is_dir():
        manifest = path / MANIFEST
        return _listed(manifest) if manifest.is_file() else _in_folder(path, out)
    if is_manifest(path) and path.is_file():
        return _listed(path)
    if any(letter in path.name or letter in str(path.parent) for letter in PATTERN):
        # A file may have such a name: "lunge [2].mp4".
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
        # Results among the videos, or above them, do not hide the videos.
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
    endings = (FORMATS["report"].ending, FORMATS["video"].ending)
    own = any(part.endswith(endings) for part in parts)
    return own or any(part.startswith(".") for part in parts)


def _written(paths: Iterable[Path]) -> set[Path]:
    """Returns the files that formcheck wrote, according to its ledgers."""
    ledgers = [Ledger(path) for path in paths if path.name.endswith(LEDGER_SUFFIX)]
    return {result.resolve() for ledger in ledgers for result in ledger.results()}


def _listed(manifest: Path) -> list[Recording]:
    return [
        Recording(path=row.path, name=row.name, settings=row.settings)
        for row in read_manifest(manifest)
    ]


def _told_apart(recordings: list[Recording]) -> list[Recording]:
    """Returns the recordings with names that differ, if only by suffix or person."""
    videos = {(r.path.absolute(), r.name) for r in recordings}
    names = [(path.parent, name) for path, name in videos]
    times = [r.path.absolute() for r in recordings]
    return [
        replace(
            r,
            name=r.name
            + (r.path.suffix if names.count((r.path.parent.absolute(), r.name)) > 1 else "")
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


NO_EXERCISE = (
    "Which exercise does '{path}' show? Name it with --exercise, as in `formcheck exercises`, or in"
    " the column 'exercise' of a formcheck.csv."
)


def jobs_for(recordings: Sequence[Recording], asked: Job) -> list[Job]:
    """Returns a job for each recording.

    Parameters
    ----------
    recordings : sequence of Recording
        With the manifest's cells for each.
    asked : Job
        The options for all of them; its `exercise` may be empty where a manifest names it.

    Raises
    ------
    UsageError
        An exercise is missing or unknown, or a cell of a manifest makes no sense.
    """
    jobs = []
    for recording in recordings:
        job = replace(asked, path=recording.path, name=recording.name, **_settings(recording))
        if not job.exercise:
            raise UsageError(NO_EXERCISE.format(path=recording.path))
        job = with_exercise(job)
        if (job.rotate_deg is not None or job.mirrored) and is_pose_file(job.path):
            raise UsageError(NOT_TURNED)
        if job.person is not None and is_pose_file(job.path):
            raise UsageError(NOT_CHOSEN)
        # Refuses a stretch that ends before it begins.
        _ = job.request
        jobs.append(job)
    return jobs


def with_exercise(job: Job) -> Job:
    """Returns the job with the slug of its exercise, and the exercises from elsewhere it needs.

    Raises
    ------
    UsageError
        There is no such exercise, or it can't be changed as it should be for this person.
    """
    if job.exercise.strip().lower() == AUTO:
        return replace(job, exercise=AUTO, own=_from_elsewhere())
    exercise = get_exercise(job.exercise)
    own = () if exercise.slug in built_in() else (exercise,)
    job = replace(job, exercise=exercise.slug, own=own)
    job.known_exercise()
    return job


def _from_elsewhere() -> tuple[Exercise, ...]:
    return tuple(exercise for exercise in readable()[0] if exercise.slug not in built_in())


def _settings(recording: Recording) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    for column, cell in recording.settings.items():
        name, read, words = CELLS[column]
        try:
            settings[name] = read(cell)
        except ValueError:
            raise ManifestError(
                f"'{cell}' makes no sense as '{column}' of '{recording.path}': {words}."
            ) from None
    return settings
