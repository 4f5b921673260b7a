"""Input and output of `formcheck run`: the source, its estimator, the history and the results."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from formcheck.cli.common import print_json, warn
from formcheck.cli.person import training_folder

if TYPE_CHECKING:
    from formcheck.core.checker.session import FrameReport
    from formcheck.core.coaching.run_log import RunHeader
    from formcheck.core.coaching.settings import RunSettings
    from formcheck.core.exercise.exercise import Exercise
    from formcheck.core.pose.pose import Pose
    from formcheck.estimators.estimator import Estimator
    from formcheck.files.run_journal import Journal
    from formcheck.history.live_writer import LiveWriter
    from formcheck.live.run import LiveResult
    from formcheck.live.stats import LiveStats
    from formcheck.live.video_recorder import FileRecorder
    from formcheck.sources.source import Source


class RunHistory:
    """Writes one run into the history.

    Parameters
    ----------
    loads : sequence of str
        Band or weight of each set.
    """

    def __init__(self, loads: Sequence[str]) -> None:
        from formcheck.history.live_writer import LiveWriter

        self._folder = training_folder()
        self.log: LiveWriter = LiveWriter(self._folder, warn, loads=loads)

    def beware(self) -> None:
        """Prints the warnings before the first session of a history."""
        from formcheck.core.coaching.pain import SAFETY
        from formcheck.history.folder import DATABASE

        if not (self._folder / DATABASE).exists():
            warn(SAFETY)

    def asked_pain(self) -> int | None:
        """Asks at the terminal how much it hurt, and notes the answer; None without an answer."""
        from formcheck.core.coaching.pain import PAIN_STOPS, pain_stop
        from formcheck.history.store import History

        number = self.log.number
        if number is None or not sys.stdin.isatty():
            return None
        said = typer.prompt("Pain, 0 (none) to 10? Enter passes", default="", show_default=False)
        if not said.strip().isdecimal() or not 0 <= int(said) <= 10:
            return None
        pain = int(said)
        with History(self._folder) as history:
            sets = history.session(number).sets
            history.note(number, set_number=sets[-1].number, pain=pain)
        if pain >= PAIN_STOPS:
            warn(pain_stop(pain))
        return pain


@dataclass(frozen=True, kw_only=True)
class RunInputs:
    """The options of a run that say where frames and poses come from."""

    source: str
    model: Path | None = None
    rotate_deg: int | None = None
    size_px: tuple[int, int] = (1280, 720)
    fps: float = 30.0

    @property
    def is_camera(self) -> bool:
        """Whether the source is a camera of this machine."""
        from formcheck.sources.opening import camera_index

        return camera_index(self.source) is not None

    @property
    def poses(self) -> Path | None:
        """The file of saved poses to play; None for a source of pictures."""
        from formcheck.sources.opening import pose_file

        return pose_file(self.source)

    @property
    def files(self) -> list[Path | None]:
        """The files that the run reads; None where the source is no file, or no model was named."""
        from formcheck.sources.opening import file_path

        return [file_path(self.source), self.model]

    def opened(self) -> Source:
        """Returns the source, opened to be read live."""
        from formcheck.sources.opening import open_source

        return open_source(
            self.source,
            rotate_deg=self.rotate_deg,
            live=True,
            width=self.size_px[0],
            height=self.size_px[1],
            fps=self.fps,
        )

    def estimator(self, exercise: Exercise) -> Estimator:
        """Returns the estimator for the source; saved poses need none but themselves."""
        if self.poses is not None:
            from formcheck.estimators.recorded import RecordedEstimator
            from formcheck.files.pose_file import PoseRecording

            return RecordedEstimator(PoseRecording.load(self.poses))
        from formcheck.estimators.estimator_for import estimator_for

        return estimator_for(exercise, self.model, live=True)

    def header(self, exercise: Exercise, settings: RunSettings, name: str) -> RunHeader:
        """Returns the header of the run's logs; `name` is the source's."""
        from formcheck.core.coaching.run_log import RunHeader
        from formcheck.estimators.model import model_label
        from formcheck.history.days import now

        return RunHeader(
            exercise=exercise.slug,
            rules=exercise,
            started_at=now(),
            source=name,
            settings=settings,
            model="" if self.poses is not None else model_label(self.model),
        )


@dataclass(kw_only=True)
class RunOutputs:
    """The options of a run that say what to print and write, and the frames judged so far.

    With `only_table` the table of frames is what is printed, and no summary.
    """

    json_path: str | None = None
    csv_path: Path | None = None
    poses_path: Path | None = None
    only_table: bool = False
    stats: bool = False
    video: Path | None = None
    raw_video: Path | None = None
    judged: list[tuple[Pose, FrameReport]] = field(default_factory=list)
    journal: Journal | None = None

    @property
    def needs_frames(self) -> bool:
        """Whether an output needs all frames at the end."""
        return self.csv_path is not None or self.poses_path is not None

    @property
    def paths(self) -> dict[str, Path | str | None]:
        """The path of each option that writes; None for an option not given."""
        return {
            "--json": self.json_path,
            "--csv": self.csv_path,
            "--save-poses": self.poses_path,
            "--record": self.video,
            "--record-raw": self.raw_video,
        }

    def add(self, pose: Pose, report: FrameReport) -> None:
        """Holds a frame's pose and report until the end."""
        self.judged.append((replace(pose, silhouette=None), report))

    def recorders(self, stack: ExitStack, *, pictures: bool) -> list[FileRecorder]:
        """Returns the recorders of the videos asked for.

        Parameters
        ----------
        stack : ExitStack
            Closes the recorders.
        pictures : bool
            Whether the source has pictures.
        """
        from formcheck.errors import UsageError
        from formcheck.live.video_recorder import FileRecorder

        if self.raw_video is not None and not pictures:
            raise UsageError("--record-raw has nothing to record: saved poses have no pictures.")
        wanted = [
            (path, raw) for path, raw in ((self.video, False), (self.raw_video, True)) if path
        ]
        for path, _ in wanted:
            if path.suffix.lower() != ".mp4":
                better = path.with_suffix(".mp4")
                raise UsageError(f"Videos are recorded as .mp4: call it '{better}'.")
        return [stack.enter_context(FileRecorder(path, raw=raw, warn=warn)) for path, raw in wanted]

    def logs(self) -> list[Journal]:
        """Returns the logs of each repetition: a journal beside the JSON, if that is asked for."""
        if self.json_path in (None, "-"):
            return []
        from formcheck.files.run_journal import Journal, fresh_path, journal_path

        assert self.json_path is not None
        path = journal_path(Path(self.json_path))
        free = fresh_path(path)
        if free != path:
            warn(
                f"A run was cut short here before: `formcheck recover '{path}'` gives its session."
            )
        self.journal = Journal(free)
        return [self.journal]

    def tell(self, result: LiveResult, exercise: Exercise) -> None:
        """Prints the summary, or only the JSON; the speed of the run goes to stderr."""
        session = result.session
        if result.stats.processed:
            warn(_speed(result.stats))
        if self.stats:
            for name, spread in result.stats.rows():
                warn(f"{name:18} {spread.p50_ms:6.1f} ms, 95 % within {spread.p95_ms:6.1f} ms")
        if self.json_path == "-":
            from formcheck.files.session_json import to_json

            for problem in session.problems:
                warn(problem)
            print_json(to_json(session))
            return
        if result.error is not None:
            warn(str(result.error))
        if not result.person_seen:
            warn("Nobody was seen.")
        if self.only_table:
            return
        from formcheck.reports.console import plain_console
        from formcheck.reports.terminal import summary

        plain_console().print(summary(session, exercise))

    def save(self, result: LiveResult, exercise: Exercise) -> None:
        """Writes the files asked for; after the summary, so that a full disk does not hide it."""
        if self.json_path not in (None, "-"):
            self._write(result, exercise, json=self.json_path)
        if self.journal is not None:
            self.journal.remove()
        self._write(result, exercise, csv=self.csv_path, poses=self.poses_path)

    def _write(self, result: LiveResult, exercise: Exercise, **paths: Path | str | None) -> None:
        """Writes the run in these formats, each where a path is given for it."""
        from formcheck.analysis.outputs import FORMATS, write_run

        outputs = [FORMATS[name](Path(path)) for name, path in paths.items() if path is not None]
        write_run(outputs, result.session, self.judged, exercise)


def _speed(stats: LiveStats) -> str:
    """Returns the speed of a run in a line: frames judged, and the delay to the camera."""
    latency = stats.display if stats.shown else stats.verdict
    rate = f", {stats.fps:.0f} a second" if stats.fps >= 0.5 else ""
    return (
        f"{stats.processed} of {stats.seen} frames judged{rate};"
        f" {latency.p50_ms:.0f} ms behind the camera (95 % within {latency.p95_ms:.0f} ms)."
    )
