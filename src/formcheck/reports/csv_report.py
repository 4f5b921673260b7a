"""One row for each frame as CSV: time and every measure, its unit in its name.

The contract's columns come first, in every exercise; what else it measures follows.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable
from pathlib import Path

from formcheck.measures import CONTRACT, columns
from formcheck.reports.output import write_text
from formcheck.session import FrameReport


def to_csv(reports: Iterable[FrameReport]) -> str:
    """Return the frames as CSV text; an empty cell was not observed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    header: list[str] | None = None
    for index, report in enumerate(reports):
        if header is None:
            header = list(dict.fromkeys([*columns(CONTRACT), *report.measures]))
            writer.writerow(["frame", "time_s", *header])
        cells = [_cell(report.measures.get(name, math.nan)) for name in header]
        writer.writerow([index, f"{report.time_s:.4f}", *cells])
    return text.getvalue()


def write_csv(reports: Iterable[FrameReport], path: Path) -> None:
    """Write the frames; an `OutputError` says why they can't be."""
    write_text(path, to_csv(reports))


def _cell(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.3f}"
