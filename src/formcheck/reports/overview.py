"""Many recordings at a glance: a table for the terminal, a page, and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rich.console import Group, RenderableType
from rich.text import Text

from formcheck.files.writing import spreadsheet_text, write_text
from formcheck.reports.narrow_table import Column, NarrowTable
from formcheck.reports.page import render
from formcheck.reports.terminal import MARKS

VERDICTS = tuple(verdict.value for verdict in MARKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A recording among many.

    Attributes
    ----------
    name : str
        Name of the recording.
    path : str
        Path of the recording.
    exercise : str
        Slug.
    plain : mapping | None
        Its session as in JSON; None if the recording was not analysed.
    error : str
        Reason why the recording was not analysed.
    unchanged : bool
        Whether the session comes from an earlier analysis.
    links : mapping of str to str
        Words and the file they link to, relative to the page's folder.
    """

    name: str
    path: str
    exercise: str
    plain: Mapping[str, Any] | None = None
    error: str = ""
    unchanged: bool = False
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many repetitions of which verdict; empty without a session."""
        return {} if self.plain is None else self.plain["counts"]

    @property
    def duration_s(self) -> float | None:
        """Length of the recording, where known."""
        return None if self.plain is None else self.plain["source"].get("duration_s")

    @property
    def _changes(self) -> str:
        """What was different for this person, in a sentence; empty where nothing was."""
        rules = {} if self.plain is None else self.plain.get("rules") or {}
        changes = rules.get("changes") or ()
        return f"Limits of this person: {'; '.join(map(str, changes))}." if changes else ""

    @property
    def notes(self) -> Sequence[str]:
        """What the reader should know of the recording."""
        problems = () if self.plain is None else self.plain["problems"]
        said = [
            self.error,
            *problems,
            self._changes,
            "Not analysed again: unchanged." if self.unchanged else "",
        ]
        return [one for one in said if one]


def overview(entries: Sequence[Entry]) -> RenderableType:
    """Returns a table with a row for each recording, with notes below, for a terminal."""
    verdicts = [mark.partition(" ") for mark, _ in MARKS.values()]
    table = NarrowTable(
        [
            Column(title="video", folds=True),
            Column(title="exercise"),
            Column(title="view"),
            *(Column(title=word, right=True, short=mark) for mark, _, word in verdicts),
        ],
        expendable=("view", "exercise"),
    )
    said = []
    for entry in entries:
        failed = entry.plain is None
        table.add_row(
            Text(entry.name, style="red" if failed else ""),
            Text("not analysed", style="red") if failed else entry.exercise,
            "" if entry.plain is None else str(entry.plain["view"]),
            *(_count(entry, verdict) for verdict in MARKS),
        )
        said += [Text(f"{entry.name}: {note}", style="dim") for note in entry.notes]
    return Group(table, *said)


def _count(entry: Entry, verdict: Any) -> Text:
    number = entry.counts.get(verdict.value)
    return Text("" if number is None else str(number), style=MARKS[verdict][1] if number else "dim")


def write_overview_csv(entries: Sequence[Entry], path: Path) -> None:
    """Writes one row for each recording; an `OutputError` says why it can't be written."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["name", "video", "exercise", "view", "duration_s", "attempts", *VERDICTS, "error"]
    )
    for entry in entries:
        counts = [entry.counts.get(name, "") for name in ("attempts", *VERDICTS)]
        view = "" if entry.plain is None else entry.plain["view"]
        length = "" if entry.duration_s is None else f"{entry.duration_s:.2f}"
        called = [spreadsheet_text(text) for text in (entry.name, entry.path)]
        writer.writerow([*called, entry.exercise, view, length, *counts, entry.error])
    write_text(path, text.getvalue())


FIRST = "report"
"""The name of a recording links to this file, if there is one."""


def index_page(entries: Sequence[Entry]) -> str:
    """Returns the page."""
    total = {
        name: sum(entry.counts.get(name, 0) for entry in entries)
        for name in ("attempts", *VERDICTS)
    }
    return render(
        "index.html",
        title=f"{len(entries)} recordings · formcheck",
        styles=("index.css",),
        entries=[_shown(entry) for entry in entries],
        failed=[entry for entry in entries if entry.plain is None],
        total=total,
        verdicts=VERDICTS,
    )


def write_index_page(entries: Sequence[Entry], path: Path) -> None:
    """Writes the page; an `OutputError` says why it can't be written."""
    write_text(path, index_page(entries))


def _shown(entry: Entry) -> dict[str, object]:
    links = {words: quote(file) for words, file in entry.links.items()}
    first = FIRST if FIRST in links else next(iter(links), None)
    return {
        "name": entry.name,
        "exercise": entry.exercise,
        "plain": entry.plain,
        "counts": entry.counts,
        "notes": entry.notes,
        "error": entry.error,
        "href": None if first is None else links.pop(first),
        "more": list(links.items()),
    }
