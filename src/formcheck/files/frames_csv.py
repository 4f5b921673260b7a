"""One row for each frame as CSV: time and every measure, its unit in its name.

The contract's columns come first, in every exercise; what else it measures follows.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable
from pathlib import Path

from formcheck.core.checker.session import FrameReport
from formcheck.core.measures.floor import (
    LUMBAR_GAP,
    PLANK_LINE,
)
from formcheck.core.measures.legs import (
    HIP_FLEXION,
    KNEE_FLEXION,
)
from formcheck.core.measures.measure import (
    Measure,
    columns,
)
from formcheck.core.measures.upright import (
    LATERAL_LEAN,
    PELVIC_OBLIQUITY,
    THIGH_ELEVATION,
    TORSO_LEAN,
)
from formcheck.files.writing import TextDraft


class CsvWriter:
    """Writes frames as they come, so that their number takes no memory.

    The file takes its place with `finish`. It is not begun before the first frame.

    Parameters
    ----------
    path : Path
        Where to write to; an `OutputError` says why that can't be.
    """

    def __init__(self, path: Path) -> None:
        self._draft = TextDraft(path)
        self._rows = Rows()

    def add(self, report: FrameReport) -> None:
        """Write the row of a frame."""
        self._draft.write(self._rows.text(report))

    def finish(self) -> None:
        """Puts the file in its place."""
        self._draft.finish()

    def discard(self) -> None:
        """Deletes what was written; a file of that name stays as it was."""
        self._draft.discard()


class Rows:
    """Turns frames into lines of CSV; an empty cell was not observed."""

    def __init__(self) -> None:
        self._header: list[str] = []
        self._number = 0

    def text(self, report: FrameReport) -> str:
        """Return the frame's line, after the line of titles if it is the first."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        if not self._header:
            self._header = list(dict.fromkeys([*columns(CONTRACT), *report.measures]))
            writer.writerow(["frame", "time_s", *self._header])
        cells = [_cell(report.measures.get(name, math.nan)) for name in self._header]
        writer.writerow([self._number, f"{report.time_s:.4f}", *cells])
        self._number += 1
        return text.getvalue()


def to_csv(reports: Iterable[FrameReport]) -> str:
    """Return the frames as CSV text; an empty cell was not observed."""
    rows = Rows()
    return "".join(rows.text(report) for report in reports)


def _cell(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.3f}"


CONTRACT: tuple[Measure, ...] = (
    HIP_FLEXION, THIGH_ELEVATION, KNEE_FLEXION, TORSO_LEAN, LATERAL_LEAN, PELVIC_OBLIQUITY,
    PLANK_LINE, LUMBAR_GAP,
)  # fmt: skip
"""Columns of every table of frames, measured or not."""
