"""`formcheck run`: a person taken through their sets, from a camera or a file played like one."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
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
    rotation_deg,
    warn,
)
from formcheck.cli.interrupts import ends_like_ctrl_c
from formcheck.cli.places import keep_apart
from formcheck.cli.run_outputs import RunOutputs

if TYPE_CHECKING:
    from formcheck.estimators.estimator import Estimator
    from formcheck.exercise import Exercise
    from formcheck.keeping import RunHeader, RunSettings
    from formcheck.live.recorder import FileRecorder
    from formcheck.safekeeping import Safekeeper


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
        typer.Option("--voice", help="Say counts and faults: pip install 'formcheck\\[voice]'."),
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

    Take the start posture and hold it still to begin.
    q, Esc, Ctrl-C or a closed window end it and print the session; h shows the other keys.

    Stop at sharp pain in the back or groin.
    With existing back or hip trouble, see a physiotherapist first.

    The session is kept on this machine: see formcheck history.
    """
    from formcheck.checker import FormChecker
    from formcheck.display import Window
    from formcheck.feedback.feedback import Feedback
    from formcheck.lighting import LightWatch
    from formcheck.live import plan_for, run_live
    from formcheck.sources.opening import file_path, open_source

    known = chosen_exercise(exercise, hold)
    chosen = side.as_side()
    settings = plan_for(known, sets=sets, reps=reps, rest_s=rest, side=chosen, strict=strict)
    outputs = RunOutputs(
        json_path=json_path, csv_path=csv_path, poses_path=pose_file(save_poses), stats=stats
    )
    keep_apart(
        [None if _is_camera(source) else file_path(source), model],
        {
            "--json": json_path,
            "--csv": csv_path,
            "--save-poses": save_poses,
            "--record": record,
            "--record-raw": record_raw,
        },
    )
    kept = _keeper(data, load or ()) if history else None
    checker = FormChecker(known, side=chosen, strict=strict)
    # The last words are heard while the summary is read.
    with Feedback(voice=voice, muted=mute, report=warn) as feedback:
        with ExitStack() as stack:
            stack.enter_context(ends_like_ctrl_c())
            recorders = _recorders(stack, source, record=record, record_raw=record_raw)
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
                muted=feedback.muted,
                mirrored=_is_camera(source) if mirror is None else mirror,
                keepers=[*outputs.keepers(), *([] if kept is None else [kept])],
                header=_header(known, source, opened.info.path, settings, model),
                recorders=recorders,
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

    return estimator_for(exercise, model, live=True)


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
