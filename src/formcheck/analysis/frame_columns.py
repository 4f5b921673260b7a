"""Every measure of every frame as columns, for pandas, polars and the like."""

from __future__ import annotations

import math
from array import array

import numpy as np

from formcheck.core.checker.session import FrameReport
from formcheck.core.measures import columns
from formcheck.core.pose.pose import FloatArray
from formcheck.files.frames_csv import CONTRACT


class FrameColumns:
    """Collects the measures of frames, 8 bytes each."""

    def __init__(self) -> None:
        self._times_s = array("d")
        self._values: dict[str, array[float]] = {name: array("d") for name in columns(CONTRACT)}

    def add(self, report: FrameReport) -> None:
        """Takes in the report of a frame."""
        for name in report.measures:
            if name not in self._values:
                self._values[name] = array("d", [math.nan] * len(self._times_s))
        self._times_s.append(report.time_s)
        for name, column in self._values.items():
            column.append(report.measures.get(name, math.nan))

    def arrays(self) -> dict[str, FloatArray]:
        """Returns the columns, `time_s` first, as in the CSV; NaN where not observed."""
        named = {"time_s": self._times_s, **self._values}
        return {name: np.frombuffer(values, dtype=np.float64) for name, values in named.items()}
