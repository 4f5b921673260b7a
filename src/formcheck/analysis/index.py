"""One page and one table over many recordings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from formcheck.analysis.job import Done, Failed
from formcheck.analysis.outputs import FORMATS
from formcheck.reports.overview import Entry, write_index_page, write_overview_csv
from formcheck.reports.page import PAGE

_LINKED = {"report": "report", "video": "video", "session": "json", "measures": "csv"}
"""The words of each link, and the format it opens."""


def entries(ended: Sequence[Done | Failed]) -> list[Entry]:
    """Returns the row of each recording in the overview."""
    return [_entry(one) for one in ended]


def _entry(one: Done | Failed) -> Entry:
    job = one.job
    plain = one.plain if isinstance(one, Done) else None
    return Entry(
        name=job.title,
        path=str(job.path),
        exercise=job.exercise if plain is None else plain["exercise"],
        plain=plain,
        error=str(one.error) if isinstance(one, Failed) else "",
        unchanged=isinstance(one, Done) and one.session is None,
        links={} if plain is None else _links(job.out, job.title),
    )


def _links(out: Path | None, title: str) -> dict[str, str]:
    if out is None:
        return {}
    files = {words: FORMATS[kind].beside(out, title).files()[0] for words, kind in _LINKED.items()}
    there = {words: path for words, path in files.items() if path.is_file()}
    return {words: path.relative_to(out).as_posix() for words, path in there.items()}


def write_index(ended: Sequence[Done | Failed], out: Path) -> None:
    """Writes `index.html` and `index.csv`; an `OutputError` says why they can't be written."""
    shown = entries(ended)
    write_overview_csv(shown, out / "index.csv")
    write_index_page(shown, out / PAGE)
