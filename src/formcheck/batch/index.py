"""One page and one table over many recordings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from formcheck.batch.job import Done, Failed
from formcheck.reports.overview import Entry, write_overview_csv

_ENDINGS = {"report": "report/index.html", "session": "session.json", "measures": "frames.csv"}


def entries(ended: Sequence[Done | Failed]) -> list[Entry]:
    """Return what a table or a page over all shows of each recording."""
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
    places = {words: f"{title}.{ending}" for words, ending in _ENDINGS.items()}
    return {words: place for words, place in places.items() if (out / place).is_file()}


def write_index(ended: Sequence[Done | Failed], out: Path) -> None:
    """Write `index.csv` over all; an `OutputError` says why it can't be written."""
    write_overview_csv(entries(ended), out / "index.csv")
