"""What an analysis leaves behind besides its numbers: the report, the annotated video, movements.

Report and video need the frames once more; both are made in one go.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from formcheck.analysis.analyze import Analysis
from formcheck.analysis.read_request import OnProgress
from formcheck.core.exercise.exercise import Exercise
from formcheck.errors import OutputError
from formcheck.reports.page import PAGE, VIDEO

ENDINGS = {"report": ".report", "video": ".annotated.mp4", "trc": ".trc", "mot": ".mot"}
"""What each product's name ends with; by these names it is asked for."""


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

    @classmethod
    def named(cls, kinds: Collection[str], folder: Path, name: str) -> Products:
        """Return products of these kinds in a folder, called by the recording's name."""
        return cls(**{kind: folder / f"{name}{ENDINGS[kind]}" for kind in kinds})

    @property
    def needs_frames(self) -> bool:
        """Whether the recording must be looked at a second time."""
        return self.report is not None or self.video is not None

    def files(self) -> list[Path]:
        """Return the files that will be there; of the report its page and its video."""
        report = [] if self.report is None else [self.report / PAGE, self.report / VIDEO]
        return report + [p for p in (self.video, self.trc, self.mot) if p is not None]


def write_products(
    path: Path,
    analysis: Analysis,
    exercise: Exercise,
    wanted: Products,
    *,
    rotate_deg: int | None = None,
    progress: OnProgress | None = None,
) -> None:
    """Write what is wanted of an analysed recording.

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
    if wanted.trc is not None or wanted.mot is not None:
        from formcheck.files.opensim import write_mot, write_trc

        if wanted.trc is not None:
            write_trc(analysis.recording, wanted.trc)
        if wanted.mot is not None:
            write_mot(analysis.reports, wanted.mot)
    if wanted.needs_frames:
        _write_seen(path, analysis, exercise, wanted, rotate_deg, progress)


def _write_seen(
    path: Path,
    analysis: Analysis,
    exercise: Exercise,
    wanted: Products,
    rotate_deg: int | None,
    progress: OnProgress | None,
) -> None:
    # Here, not at the top: whoever only wants numbers needs no drawing.
    from formcheck.analysis.annotated_video import annotate, reopened
    from formcheck.analysis.stills import Stills
    from formcheck.reports.session_page import write_session_page

    folder = wanted.report
    video = wanted.video if folder is None else folder / VIDEO
    stills = None if folder is None else Stills(analysis, exercise, folder)
    with reopened(path, analysis.recording, rotate_deg) as source:
        keep = None if stills is None else stills.take
        annotate(source, analysis, exercise, video=video, keep=keep, progress=progress)
    if folder is None or stills is None:
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
        _copy(folder / VIDEO, wanted.video)


def _copy(source: Path, place: Path) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
    except OSError as error:
        raise OutputError(
            f"'{place}' can't be written: {error.strerror or error}. Choose another place."
        ) from error
