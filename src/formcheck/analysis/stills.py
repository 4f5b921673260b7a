"""Stills of the rejected repetitions, taken as the frames go by."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np

from formcheck.analysis.analyze import Analysis
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import Image
from formcheck.core.pose.visibility import gate
from formcheck.reports.advice import Moment, moments
from formcheck.reports.rows import STILL, STILLS, still_name
from formcheck.reports.still import still, write_jpeg


class Stills:
    """Takes a still of each rejected repetition at its worst moment.

    Parameters
    ----------
    analysis : Analysis
        The verdicts and poses.
    exercise : Exercise
        What was judged.
    folder : Path
        The report's folder.

    Attributes
    ----------
    sizes_px : dict of int to (int, int)
        Width and height of each still taken so far, by repetition.
    """

    def __init__(self, analysis: Analysis, exercise: Exercise, folder: Path) -> None:
        self.sizes_px: dict[int, tuple[int, int]] = {}
        self._analysis = analysis
        self._folder = folder
        self._due: dict[int, list[Moment]] = {}
        _forget(folder)
        if analysis.session.calibration is not None:
            times_s = np.array([pose.time_s for pose in analysis.recording.poses])
            for moment in moments(analysis.session, exercise):
                number = int(np.abs(times_s - moment.at_s).argmin())
                self._due.setdefault(number, []).append(moment)

    def take(self, number: int, image: Image) -> None:
        """Takes the stills that are due at a frame.

        Parameters
        ----------
        number : int
            The frame's number among the poses.
        image : (height, width, 3) uint8
            As the camera saw it.

        Raises
        ------
        OutputError
            A still can't be written.
        """
        calibration = self._analysis.session.calibration
        for moment in self._due.get(number, ()):
            assert calibration is not None
            # Landmarks that were not believed are not drawn.
            pose = gate(self._analysis.recording.poses[number])
            shown = still(image, pose, calibration.scene, moment.limit_lines)
            write_jpeg(shown, self._folder / still_name(moment.rep))
            self.sizes_px[moment.rep.number] = (shown.shape[1], shown.shape[0])


def _forget(folder: Path) -> None:
    """Deletes the stills of an earlier report in the folder: they show other repetitions."""
    for path in (folder / STILLS).glob(STILL.format("*")):
        with suppress(OSError):
            path.unlink()
