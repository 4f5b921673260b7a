"""Every frame as a row of CSV: its time and every measure, the unit in the column's name.

The contract's columns come first, whatever the exercise; its other measures follow.
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
from formcheck.core.measures.pelvis import (
    HIP_FLEXION_PELVIS,
    LUMBAR_EXTENSION,
    PELVIC_OBLIQUITY,
    PELVIC_TILT,
)
from formcheck.core.measures.upright import (
    LATERAL_LEAN,
    THIGH_ELEVATION,
    TORSO_LEAN,
)
from formcheck.files.writing import TextDraft


class CsvWriter:
    """Writes frames as they come, so that their number takes no memory.

    The file appears under its name with `finish`. It is begun with the first frame.

    Parameters
    ----------
    path : Path
        The file; an `OutputError` says why it can't be written.
    """

    def __init__(self, path: Path) -> None:
        self._draft = TextDraft(path)
        self._rows = Rows()

    def add(self, report: FrameReport) -> None:
        """Writes the row of a frame."""
        self._draft.write(self._rows.text(report))

    def finish(self) -> None:
        """Completes the file."""
        self._draft.finish()

    def discard(self) -> None:
        """Deletes what was written; a file of that name stays as it was."""
        self._draft.discard()


class Rows:
    """Turns frames into lines of CSV; an empty cell means not observed."""

    def __init__(self) -> None:
        self._header: list[str] = []
        self._number = 0

    def text(self, report: FrameReport) -> str:
        """Returns the frame's line; before the first one also the line of titles."""
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
    """Returns the frames as CSV text; an empty cell means not observed."""
    rows = Rows()
    return "".join(rows.text(report) for report in reports)


def _cell(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.3f}"


CONTRACT: tuple[Measure, ...] = (
    HIP_FLEXION, THIGH_ELEVATION, KNEE_FLEXION, TORSO_LEAN, LATERAL_LEAN, PELVIC_OBLIQUITY,
    PELVIC_TILT, HIP_FLEXION_PELVIS, LUMBAR_EXTENSION, PLANK_LINE, LUMBAR_GAP,
)  # fmt: skip
"""Columns of every frames.csv, whether the exercise measures them or not."""
