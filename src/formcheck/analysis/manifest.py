"""`formcheck.csv`: the exercise of each of many videos, and the options that differ among them.

```
video,exercise,side,from_s,to_s
anna/monday.mp4,supine-marching,,,
anna/friday.mp4,standing-hip-flexion,left,12,75
ben/*.mp4,auto,,,
```

Only `video` is needed; its paths, and those of exercise files, start from the manifest's folder.
An empty cell leaves the command line's option in force. A video may have a row for each `person`
in it.
"""

from __future__ import annotations

import csv
import glob
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from formcheck.analysis.ledger import is_there
from formcheck.errors import ManifestError
from formcheck.files.exercise_file import SUFFIX

MANIFEST = "formcheck.csv"
COLUMNS = (
    "video", "exercise", "side", "strict", "hold_s", "rotate", "mirrored", "speed", "from_s",
    "to_s", "person",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One video of a manifest: its path, the name of its results, its cells."""

    path: Path
    name: str
    settings: Mapping[str, str]


def is_manifest(path: Path) -> bool:
    """Returns whether a path is named like a manifest."""
    return path.suffix.lower() == ".csv"


def read_manifest(path: Path) -> list[Row]:
    """Returns the rows of a manifest.

    Raises
    ------
    ManifestError
        It can't be read, lacks the column `video`, or has an unknown column.
    """
    try:
        # Excel puts a byte order mark in front, and a semicolon between where commas are decimals.
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ManifestError(
            f"The manifest '{path}' can't be read ({error}): check that you may read it, and save"
            " it as text in UTF-8."
        ) from error
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    titles = [(title or "").strip().lower() for title in reader.fieldnames or ()]
    unknown = [title for title in titles if title not in COLUMNS]
    if "video" not in titles or unknown:
        wrong = f"has a column '{unknown[0]}'" if unknown else "has no column 'video'"
        raise ManifestError(f"The manifest '{path}' {wrong}: it may have {', '.join(COLUMNS)}.")
    reader.fieldnames = titles
    rows: list[Row] = []
    for number, cells in enumerate(reader, start=2):
        if None in cells:
            raise ManifestError(f"Line {number} of '{path}' has more cells than the first line.")
        filled = {title: (cell or "").strip() for title, cell in cells.items()}
        settings = {title: cell for title, cell in filled.items() if cell and title != "video"}
        if settings.get("exercise", "").endswith(SUFFIX):
            settings["exercise"] = str(path.parent / settings["exercise"])
        if filled["video"]:
            rows += _rows(path.parent, filled["video"], settings)
        elif settings:
            raise ManifestError(f"Line {number} of '{path}' names no video.")
    if not rows:
        raise ManifestError(f"The manifest '{path}' names no video: give it a line for each.")
    return rows


def _rows(folder: Path, video: str, settings: Mapping[str, str]) -> list[Row]:
    # Of pathlib's, expanduser raises for a user nobody knows, and glob for an absolute pattern.
    video = os.path.expanduser(video)  # noqa: PTH111
    path = folder / video
    literal = is_there(path) or not any(letter in video for letter in "*?[")
    found = [] if literal else glob.glob(video, root_dir=folder, recursive=True)  # noqa: PTH207
    # A pattern that matches nothing stays as it is, and fails as a file that is not there.
    paths = sorted(folder / name for name in found) or [path]
    return [Row(path=p, name=_name(p, folder), settings=settings) for p in paths]


def _name(path: Path, folder: Path) -> str:
    inside = path.is_relative_to(folder) and ".." not in path.parts
    return path.relative_to(folder).with_suffix("").as_posix() if inside else path.stem
