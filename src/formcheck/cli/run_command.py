"""`formcheck run`: a person taken through their sets, from a camera or a file played like one."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from formcheck.cli.common import (
    CsvOption,
    DataOption,
    HoldOption,
    JsonOption,
    LoadsOption,
    ModelOption,
    RotateOption,
    SavePosesOption,
    SideChoice,
    SideOption,
    StrictOption,
    chosen_exercise,
    complete_exercise,
    pose_file,
    print_json,
    rotation_deg,
    warn,
)

if TYPE_CHECKING:
    from formcheck.estimators.estimator import Estimator
    from formcheck.exercise import Exercise
    from formcheck.keeping import RunHeader, RunSettings
    from formcheck.live import LiveResult, LiveStats
    from formcheck.live.recorder import FileRecorder
    from formcheck.pose import Pose
    from formcheck.reports.journal import Journal
    from formcheck.safekeeping import Safekeeper
    from formcheck.session import FrameReport


def _list_cameras(wanted: bool) -> None:
    if wanted:
        from formcheck.sources.devices import list_cameras

        cameras = list_cameras()
        for camera in cameras:
            print(f"{camera.index}  {camera.name}")
        if not cameras:
            warn("No camera was found; `formcheck doctor` says what to do about it.")
            raise typer.Exit(1)
        raise typer.Exit


def run_command(
    exercise: Annotated[
        str,
        typer.Argument(
            help="Its name, as in `formcheck exercises`.", autocompletion=complete_exercise
        ),
    ],
    source: Annotated[
        str,
        typer.Option(
            "--source", metavar="FILE|URL|INDEX", help="Video, address, or number of a camera."
        ),
    ] = "0",
    sets: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option("--sets", min=1, max=20, help="Sets; by default what the exercise asks for."),
    ] = None,
    reps: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(
            "--reps",
            min=1,
            max=200,
            help="Clean ones that end a set, of each leg; default as above.",
        ),
    ] = None,
    rest: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option("--rest", metavar="SECONDS", min=0.0, max=900.0, help="Between sets."),
    ] = None,
    hold: HoldOption = None,
    side: SideOption = SideChoice.AUTO,
    strict: StrictOption = False,
    no_window: Annotated[
        bool, typer.Option("--no-window", help="Open no window; what happens is told on stderr.")
    ] = False,
    mute: Annotated[
        bool, typer.Option("--mute", help="Make no sound; m in the window turns it on.")
    ] = False,
    voice: Annotated[
        bool,
        typer.Option("--voice", help="Say counts and corrections: pip install 'formcheck[voice]'."),
    ] = False,
    mirror: Annotated[
        Optional[bool],  # noqa: UP045
        typer.Option(
            "--mirror/--no-mirror",
            help="Show the picture as a mirror would; by default cameras only. Changes no result.",
        ),
    ] = None,
    rotate: RotateOption = None,
    width: Annotated[int, typer.Option("--width", min=160, help="Asked of a camera.")] = 1280,
    height: Annotated[int, typer.Option("--height", min=120, help="Asked of a camera.")] = 720,
    fps: Annotated[float, typer.Option("--fps", min=1.0, help="Asked of a camera.")] = 30.0,
    camera_list: Annotated[
        bool,
        typer.Option(
            "--camera-list", callback=_list_cameras, is_eager=True, help="List the cameras."
        ),
    ] = False,
    record: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--record", metavar="FILE.mp4", help="Record what the window shows."),
    ] = None,
    record_raw: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--record-raw", metavar="FILE.mp4", help="Record the judged frames without the overlay."
        ),
    ] = None,
    stats: Annotated[
        bool, typer.Option("--stats", help="Print how long each step from camera to screen took.")
    ] = False,
    model: ModelOption = None,
    json_path: JsonOption = None,
    csv_path: CsvOption = None,
    save_poses: SavePosesOption = None,
    load: LoadsOption = None,
    history: Annotated[
        bool, typer.Option("--history/--no-history", help="Keep the session in the history.")
    ] = True,
    data: DataOption = None,
) -> object:
    """Train: placement, countdown, sets and rests, each repetition judged as it happens.

    Start by taking the start posture and holding it still. q, Esc, Ctrl-C or closing the window
    end it and print the session; h shows the other keys.

    Stop at sharp pain in the back or groin. With existing back or hip trouble, see a
    physiotherapist first. The session is kept on this machine: see formcheck history.
    """
    from formcheck.checker import FormChecker
    from formcheck.display import Window
    from formcheck.feedback.feedback import Feedback
    from formcheck.lighting import LightWatch
    from formcheck.live import plan_for, run_live
    from formcheck.sources.opening import open_source

    known = chosen_exercise(exercise, hold)
    chosen = side.as_side()
    settings = plan_for(known, sets=sets, reps=reps, rest_s=rest, side=chosen, strict=strict)
    outputs = _Outputs(
        json_path=json_path, csv_path=csv_path, poses_path=pose_file(save_poses), stats=stats
    )
    kept = _keeper(data, load or ()) if history else None
    checker = FormChecker(known, side=chosen, strict=strict)
    # The last words are heard while the summary is read.
    with Feedback(voice=voice, muted=mute, report=warn) as feedback:
        with ExitStack() as stack:
            stack.enter_context(_ends_like_ctrl_c())
            title = f"formcheck - {known.title} (h shows the keys)"
            screen = None if no_window else stack.enter_context(Window(title))
            opened = stack.enter_context(
                open_source(
                    source,
                    rotate_deg=rotation_deg(rotate),
                    live=True,
                    width=width,
                    height=height,
                    fps=fps,
                )
            )
            if history:
                _beware(data)
            result = run_live(
                opened,
                stack.enter_context(_estimator(source, known, model)),
                checker,
                settings=settings,
                screen=screen,
                light=LightWatch().look,
                listeners=[feedback],
                on_mute=feedback.toggle_mute,
                mirrored=_is_camera(source) if mirror is None else mirror,
                keepers=[*outputs.keepers(), *([] if kept is None else [kept])],
                header=_header(known, source, opened.info.path, settings, model),
                recorders=_recorders(stack, source, record=record, record_raw=record_raw),
                on_report=outputs.keep if outputs.keeps_frames else None,
            )
        outputs.tell(result, known)
        outputs.save(result)
    if kept is not None and no_window and result.pain is None and result.session.reps:
        result = replace(result, pain=_asked_pain(kept, data))
    if result.error is not None or (result.ended and not result.person_seen):
        raise typer.Exit(1)
    return result


def _asked_pain(kept: Safekeeper, data: Path | None) -> int | None:
    """Ask somebody at a terminal how much it hurt, and keep the answer; None if there was none."""
    from formcheck.history.folder import data_folder
    from formcheck.history.store import History
    from formcheck.wording import PAIN_STOPS, pain_stop

    if kept.number is None or not sys.stdin.isatty():
        return None
    said = typer.prompt("Pain, 0 (none) to 10? Enter passes", default="", show_default=False)
    if not said.strip().isdecimal() or not 0 <= int(said) <= 10:
        return None
    pain = int(said)
    with History(data_folder(data)) as history:
        sets = history.session(kept.number).sets
        history.note(kept.number, set_number=sets[-1].number, pain=pain)
    if pain >= PAIN_STOPS:
        warn(pain_stop(pain))
    return pain


@contextmanager
def _ends_like_ctrl_c() -> Iterator[None]:
    """Let a closed terminal and a polite kill end the run as Ctrl-C does, with its session."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    names = ("SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [(number, signal.signal(number, interrupt)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _is_camera(source: str) -> bool:
    return re.fullmatch(r"(/dev/video)?[0-9]+", source.strip()) is not None


def _estimator(source: str, exercise: Exercise, model: Path | None) -> Estimator:
    """Return the estimator for a source: saved poses are their own."""
    from formcheck.sources.opening import pose_file as saved_poses

    poses = saved_poses(source)
    if poses is not None:
        from formcheck.estimators.recorded import RecordedEstimator
        from formcheck.recording import PoseRecording

        return RecordedEstimator(PoseRecording.load(poses))
    from formcheck.estimators.choosing import estimator_for

    return estimator_for(exercise, model)


def _header(
    exercise: Exercise, source: str, name: str, settings: RunSettings, model: Path | None
) -> RunHeader:
    from formcheck.estimators.model import model_label
    from formcheck.history.clock import now
    from formcheck.keeping import RunHeader
    from formcheck.sources.opening import pose_file as saved_poses

    return RunHeader(
        exercise=exercise.slug,
        started_at=now(),
        source=name,
        settings=settings,
        model="" if saved_poses(source) is not None else model_label(model),
    )


def _keeper(data: Path | None, loads: Sequence[str]) -> Safekeeper:
    """Return who keeps the run in the history."""
    from formcheck.history.folder import data_folder
    from formcheck.safekeeping import Safekeeper

    return Safekeeper(data_folder(data), warn, loads=loads)


def _beware(data: Path | None) -> None:
    """Before the first session that is kept, say what to beware of."""
    from formcheck.history.folder import DATABASE, data_folder
    from formcheck.wording import SAFETY

    if not (data_folder(data) / DATABASE).exists():
        warn(SAFETY)


def _recorders(
    stack: ExitStack, source: str, *, record: Path | None, record_raw: Path | None
) -> list[FileRecorder]:
    from formcheck.errors import UsageError
    from formcheck.live.recorder import FileRecorder
    from formcheck.sources.opening import pose_file as saved_poses

    if record_raw is not None and saved_poses(source) is not None:
        raise UsageError("--record-raw has nothing to record: saved poses have no pictures.")
    wanted = [(path, raw) for path, raw in ((record, False), (record_raw, True)) if path]
    for path, _ in wanted:
        if path.suffix.lower() != ".mp4":
            raise UsageError(f"Videos are recorded as .mp4: call it '{path.with_suffix('.mp4')}'.")
    return [stack.enter_context(FileRecorder(path, raw=raw, warn=warn)) for path, raw in wanted]


@dataclass(kw_only=True)
class _Outputs:
    """What is to be printed and written, and what is kept for it on the way."""

    json_path: str | None
    csv_path: Path | None
    poses_path: Path | None
    stats: bool
    kept: list[tuple[Pose, FrameReport]] = field(default_factory=list)
    journal: Journal | None = None

    @property
    def keeps_frames(self) -> bool:
        """Whether every frame is needed at the end."""
        return self.csv_path is not None or self.poses_path is not None

    def keep(self, pose: Pose, report: FrameReport) -> None:
        """Keep a frame's pose and report."""
        self.kept.append((replace(pose, silhouette=None), report))

    def keepers(self) -> list[Journal]:
        """Return who keeps the run rep by rep: a journal beside the JSON that is asked for."""
        if self.json_path in (None, "-"):
            return []
        from formcheck.reports.journal import Journal, fresh_path, journal_path

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
        """Print the summary, or the JSON and nothing else; how the run kept up goes to stderr."""
        session = result.session
        if result.stats.processed:
            warn(_kept_up(result.stats))
        if self.stats:
            for name, spread in result.stats.rows():
                warn(f"{name:18} {spread.p50_ms:6.1f} ms, 95 % within {spread.p95_ms:6.1f} ms")
        if self.json_path == "-":
            from formcheck.reports.json_report import to_json

            for problem in session.problems:
                warn(problem)
            print_json(to_json(session))
            return
        if not result.person_seen:
            warn("Nobody was seen.")
        from rich.console import Console

        from formcheck.reports.text import summary

        Console().print(summary(session, exercise))

    def save(self, result: LiveResult) -> None:
        """Write the files asked for; after the summary, so that a full disk does not hide it."""
        from formcheck.recording import PoseRecording
        from formcheck.reports.csv_report import write_csv
        from formcheck.reports.json_report import write_json

        if self.json_path not in (None, "-"):
            assert self.json_path is not None
            write_json(result.session, Path(self.json_path))
        if self.journal is not None:
            self.journal.remove()
        if self.csv_path is not None:
            write_csv([report for _, report in self.kept], self.csv_path)
        if self.poses_path is not None:
            poses = tuple(pose for pose, _ in self.kept)
            PoseRecording(source=result.session.source, poses=poses).save(self.poses_path)


def _kept_up(stats: LiveStats) -> str:
    """Return how the run kept up with its source, in a line."""
    latency = stats.display if stats.shown else stats.verdict
    return (
        f"{stats.processed} of {stats.seen} frames judged, {stats.fps:.0f} a second;"
        f" {latency.p50_ms:.0f} ms behind the camera (95 % within {latency.p95_ms:.0f} ms)."
    )
