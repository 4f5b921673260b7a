"""The formats in which an analysis is written: one class each, all of them in `FORMATS`.

An output sees a recording in three steps: the poses before they are judged, each frame's report
while they are, and the results at the end. A format takes part in the steps it needs. A new format
is a subclass of `Output` and a line in `FORMATS`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from formcheck.analysis.analyze import Analysis
from formcheck.analysis.read_request import OnProgress
from formcheck.core.checker.session import FrameReport, Session
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import Image
from formcheck.core.pose.pose import Pose
from formcheck.errors import OutputError
from formcheck.files.frames_csv import CsvWriter
from formcheck.files.opensim import write_mot, write_trc
from formcheck.files.pose_file import PoseRecording
from formcheck.files.session_json import write_json
from formcheck.reports.page import PAGE, VIDEO
from formcheck.sources.source import Source


@dataclass(kw_only=True)
class Results:
    """What outputs are written from once a recording is judged.

    Attributes
    ----------
    analysis : Analysis
        Session, poses, and the reports of all frames where an output needs them.
    exercise : Exercise
        What was judged.
    pictures : callable, optional
        Opens the frames that were judged; None where no output needs them.
    on_progress : callable, optional
        Gets the seconds drawn and the seconds in all.
    """

    analysis: Analysis
    exercise: Exercise
    pictures: Callable[[], Source] | None = None
    on_progress: OnProgress | None = None
    _drawn: Path | None = field(default=None, init=False)

    def draw(self, video: Path, on_picture: Callable[[int, Image], None] | None = None) -> None:
        """Writes the annotated video; a further one of the same results is a copy of the first.

        Parameters
        ----------
        video : Path
            Where it goes.
        on_picture : callable, optional
            Gets the number of each frame among the poses and its picture before it is drawn on.

        Raises
        ------
        OutputError
            The video can't be written.
        SourceError
            The recording has gone since it was read.
        """
        if self._drawn is not None:
            _copy(self._drawn, video)
            return
        # Here, not at the top: numbers alone need no drawing.
        from formcheck.analysis.annotated_video import annotate

        assert self.pictures is not None
        with self.pictures() as source:
            annotate(
                source,
                self.analysis,
                self.exercise,
                video=video,
                on_picture=on_picture,
                on_progress=self.on_progress,
            )
        self._drawn = video


class Output:
    """One file or folder to be written, in one format.

    Parameters
    ----------
    path : Path
        Where it goes; missing folders are made.

    Attributes
    ----------
    ending : str
        What follows the recording's name in the output's.
    needs_reports, needs_pictures : bool
        Whether all reports must be in memory at the end, and the frames be seen once more.
    """

    ending: ClassVar[str]
    needs_reports: ClassVar[bool] = False
    needs_pictures: ClassVar[bool] = False

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, folder: Path, name: str) -> Output:
        """Returns the output of a recording of this name, in a folder."""
        return cls(folder / f"{name}{cls.ending}")

    def files(self) -> list[Path]:
        """Returns the files that are there once the output is complete."""
        return [self.path]

    def begin(self, recording: PoseRecording) -> None:
        """Takes the poses, before they are judged."""

    def add(self, report: FrameReport) -> None:
        """Takes the report of the next frame."""

    def finish(self, results: Results) -> None:
        """Takes the results; completes the output or raises an `OutputError`."""

    def discard(self) -> None:
        """Drops what is half written; nothing happens after `finish`."""


class PosesOutput(Output):
    """The poses, to be judged again without the video."""

    ending = ".npz"

    def begin(self, recording: PoseRecording) -> None:
        """Writes the poses: they took the longest, and are safe before anything else can fail."""
        recording.save(self.path)


class CsvOutput(Output):
    """Every measure of every frame, written frame by frame: their number takes no memory."""

    ending = ".frames.csv"

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._writer = CsvWriter(path)

    def add(self, report: FrameReport) -> None:
        """Writes the row of a frame."""
        self._writer.add(report)

    def finish(self, results: Results) -> None:
        """Completes the file."""
        self._writer.finish()

    def discard(self) -> None:
        """Deletes the half of the file that was written."""
        self._writer.discard()


class JsonOutput(Output):
    """The session."""

    ending = ".session.json"

    def finish(self, results: Results) -> None:
        """Writes the session."""
        write_json(results.analysis.session, self.path)


class ReportOutput(Output):
    """The page to send to a client: a folder with video, plots and stills."""

    ending = ".report"
    needs_reports = needs_pictures = True

    def files(self) -> list[Path]:
        """Returns the page and its video."""
        return [self.path / PAGE, self.path / VIDEO]

    def finish(self, results: Results) -> None:
        """Draws video and stills, then writes the page."""
        from formcheck.analysis.stills import Stills
        from formcheck.reports.session_page import write_session_page

        analysis = results.analysis
        stills = Stills(analysis, results.exercise, self.path)
        results.draw(self.path / VIDEO, stills.take)
        write_session_page(
            self.path,
            analysis.session,
            analysis.reports,
            results.exercise,
            stills=stills.sizes_px,
            video_size_px=analysis.recording.poses[0].frame_size_px,
        )


class VideoOutput(Output):
    """The recording with what was found drawn on it."""

    ending = ".annotated.mp4"
    needs_reports = needs_pictures = True

    def finish(self, results: Results) -> None:
        """Writes the video, or copies the report's."""
        results.draw(self.path)


class TrcOutput(Output):
    """The landmarks as markers, for OpenSim and the like."""

    ending = ".trc"

    def finish(self, results: Results) -> None:
        """Writes the markers."""
        write_trc(results.analysis.recording, self.path)


class MotOutput(Output):
    """Every measure over time, for OpenSim and the like."""

    ending = ".mot"
    needs_reports = True

    def finish(self, results: Results) -> None:
        """Writes the measures."""
        write_mot(results.analysis.reports, self.path)


FORMATS: dict[str, type[Output]] = {
    "poses": PosesOutput,
    "csv": CsvOutput,
    "json": JsonOutput,
    "report": ReportOutput,
    "video": VideoOutput,
    "trc": TrcOutput,
    "mot": MotOutput,
}
"""Every format, by the name it is asked for by."""


def outputs_beside(names: Collection[str], folder: Path, recording: str) -> list[Output]:
    """Returns the outputs in these formats of a recording, in a folder, in the registry's order."""
    return [FORMATS[name].beside(folder, recording) for name in FORMATS if name in names]


def write_outputs(
    outputs: Sequence[Output],
    recording: PoseRecording,
    judged: Callable[[Callable[[FrameReport], None]], Results],
) -> Results:
    """Writes outputs while a recording is judged; all are complete, or an error ends the work.

    Parameters
    ----------
    outputs : sequence of Output
        What to write. Those that need pictures come last: they take the longest.
    recording : PoseRecording
        What is judged.
    judged : callable
        Judges it, hands on the report of each frame, and returns the results.

    Raises
    ------
    FormcheckError
        An output can't be written, or the recording can't be judged.
    """
    with ExitStack() as half_written:
        for output in outputs:
            half_written.callback(output.discard)
            output.begin(recording)

        def add(report: FrameReport) -> None:
            for output in outputs:
                output.add(report)

        results = judged(add)
        for output in sorted(outputs, key=lambda output: output.needs_pictures):
            output.finish(results)
        half_written.pop_all()
    return results


def write_run(
    outputs: Sequence[Output],
    session: Session,
    frames: Sequence[tuple[Pose, FrameReport]],
    exercise: Exercise,
) -> None:
    """Writes what a live run left: its session, and the pose and report of each judged frame."""
    poses = tuple(pose for pose, _ in frames)
    recording = PoseRecording(source=session.source, poses=poses)

    def judged(add: Callable[[FrameReport], None]) -> Results:
        reports = tuple(report for _, report in frames)
        for report in reports:
            add(report)
        analysis = Analysis(session=session, reports=reports, recording=recording)
        return Results(analysis=analysis, exercise=exercise)

    write_outputs(outputs, recording, judged)


def _copy(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    except OSError as error:
        raise OutputError(
            f"'{target}' can't be written: {error.strerror or error}. Choose another place."
        ) from error
