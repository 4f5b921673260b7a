"""One page over many recordings: what each came to, and the way to its own report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from formcheck.reports.output import write_text
from formcheck.reports.overview import VERDICTS, Entry
from formcheck.reports.page import render

FIRST = "report"
"""The link that a recording's name leads to, where there is one."""


def index_page(entries: Sequence[Entry]) -> str:
    """Return the page."""
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
    """Write the page; an `OutputError` says why it can't be written."""
    write_text(path, index_page(entries))


def _shown(entry: Entry) -> dict[str, object]:
    links = {words: quote(place) for words, place in entry.links.items()}
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
