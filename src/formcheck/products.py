"""What an analysis leaves behind besides its numbers: the report, the annotated video, movements.

Report and video need the frames once more; both are made in one go.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcheck.analysis import Analysis, Progress
from formcheck.annotation import annotate, reopened
from formcheck.errors import OutputError
from formcheck.exercise import Exercise
from formcheck.frame import Image
from formcheck.gating import gate
from formcheck.reports.findings import Moment, moments
from formcheck.reports.offence import still, write_jpeg
from formcheck.reports.session_page import VIDEO, still_name, write_session_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Products:
    """Where to write what was asked for; None is not wanted.

    Attributes
    ----------
    report : Path | None
        Folder of the report.
    video : Path | None
        The annotated video.
    trc, mot : Path | None
        Markers and joint angles, for OpenSim and the like.
    """

    report: Path | None = None
    video: Path | None = None
    trc: Path | None = None
    mot: Path | None = None

    def paths(self) -> list[Path]:
        """Return what is wanted."""
        return [p for p in (self.report, self.video, self.trc, self.mot) if p is not None]


def write_products(
    path: Path,
    analysis: Analysis,
    exercise: Exercise,
    wanted: Products,
    *,
    rotate_deg: int | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Write what is wanted of an analysed recording; return where it is.

    Parameters
    ----------
    path : Path
        What was analysed: a video or a file of poses.
    analysis : Analysis
        What was found in it.
    exercise : Exercise
        What was judged.
    wanted : Products
        What to write.
    rotate_deg : int | None
        As when it was read.
    progress : callable, optional
        Gets the seconds done and in all.

    Raises
    ------
    OutputError
        Something can't be written.
    SourceError
        The recording has gone meanwhile.
    """
    if wanted.report is not None or wanted.video is not None:
        _write_seen(path, analysis, exercise, wanted, rotate_deg, progress)
    return wanted.paths()


def _write_seen(
    path: Path,
    analysis: Analysis,
    exercise: Exercise,
    wanted: Products,
    rotate_deg: int | None,
    progress: Progress | None,
) -> None:
    folder = wanted.report
    video = wanted.video if folder is None else folder / VIDEO
    stills = _Stills(analysis, exercise, folder)
    with reopened(path, analysis.recording, rotate_deg) as source:
        annotate(source, analysis, exercise, video=video, keep=stills.keep, progress=progress)
    if folder is None or video is None:
        return
    write_session_page(
        folder,
        analysis.session,
        analysis.reports,
        exercise,
        stills=stills.sizes_px,
        video_size_px=analysis.recording.poses[0].frame_size_px,
    )
    if wanted.video is not None:
        _copy(video, wanted.video)


class _Stills:
    """Takes a still of each rejected repetition as its frame goes by.

    Attributes
    ----------
    sizes_px : dict of int to (int, int)
        Width and height of each still, by repetition.
    """

    def __init__(self, analysis: Analysis, exercise: Exercise, folder: Path | None) -> None:
        self.sizes_px: dict[int, tuple[int, int]] = {}
        self._analysis = analysis
        self._folder = folder
        self._due: dict[int, list[Moment]] = {}
        if folder is not None and analysis.session.calibration is not None:
            times_s = np.array([pose.time_s for pose in analysis.recording.poses])
            for moment in moments(analysis.session, exercise):
                number = int(np.abs(times_s - moment.at_s).argmin())
                self._due.setdefault(number, []).append(moment)

    def keep(self, number: int, image: Image) -> None:
        """Take the stills of this frame, if any are due."""
        calibration = self._analysis.session.calibration
        for moment in self._due.get(number, ()):
            assert self._folder is not None and calibration is not None
            # What was not believed is not drawn either.
            pose = gate(self._analysis.recording.poses[number])
            shown = still(image, pose, calibration.scene, moment.offence)
            write_jpeg(shown, self._folder / still_name(moment.rep))
            self.sizes_px[moment.rep.number] = (shown.shape[1], shown.shape[0])


def _copy(source: Path, place: Path) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
    except OSError as error:
        raise OutputError(
            f"'{place}' can't be written: {error.strerror or error}. Choose another place."
        ) from error
