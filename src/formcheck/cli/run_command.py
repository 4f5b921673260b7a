"""`formcheck run`: a person taken through their sets, from a camera or a file played like one."""

from __future__ import annotations

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
    ends_like_ctrl_c,
    pose_file,
    refuse_overwriting,
    rotation_deg,
    warn,
)
from formcheck.cli.run_io import RunHistory, RunInputs, RunOutputs

if TYPE_CHECKING:
    from formcheck.core.checker.checker import FormChecker
    from formcheck.core.coaching.settings import RunSettings
    from formcheck.live.run import LiveResult
    from formcheck.sound.feedback import Feedback


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
    from formcheck.core.checker.checker import FormChecker
    from formcheck.core.coaching.settings import settings_for
    from formcheck.sound.feedback import Feedback

    known, chosen = chosen_exercise(exercise, hold), side.as_side()
    settings = settings_for(known, sets=sets, reps=reps, rest_s=rest, side=chosen, strict=strict)
    size_px, turned_deg = (width, height), rotation_deg(rotate)
    inputs = RunInputs(source=source, model=model, rotate_deg=turned_deg, size_px=size_px, fps=fps)
    outputs = RunOutputs(
        json_path=json_path,
        csv_path=csv_path,
        poses_path=pose_file(save_poses),
        stats=stats,
        video=record,
        raw_video=record_raw,
    )
    refuse_overwriting(inputs.files, outputs.places)
    kept = RunHistory(data, load or ()) if history else None
    checker = FormChecker(known, side=chosen, strict=strict)
    mirrored = inputs.is_camera if mirror is None else mirror
    # The last words are heard while the summary is read.
    with Feedback(voice=voice, muted=mute, report=warn) as feedback:
        result = _live(
            checker,
            settings,
            inputs,
            outputs,
            kept,
            feedback,
            window=not no_window,
            mirrored=mirrored,
        )
        outputs.tell(result, known)
        outputs.save(result)
    if kept is not None and no_window and result.pain is None and result.session.reps:
        result = replace(result, pain=kept.asked_pain())
    if result.error is not None or (result.ended and not result.person_seen):
        raise typer.Exit(1)
    return result


def _live(
    checker: FormChecker,
    settings: RunSettings,
    inputs: RunInputs,
    outputs: RunOutputs,
    kept: RunHistory | None,
    feedback: Feedback,
    *,
    window: bool,
    mirrored: bool,
) -> LiveResult:
    """Run with everything open that is needed, and close it again."""
    from formcheck.live.lighting import LightWatch
    from formcheck.live.run import run_live
    from formcheck.live.window import Window

    exercise = checker.exercise
    with ExitStack() as stack:
        stack.enter_context(ends_like_ctrl_c())
        recorders = outputs.recorders(stack, pictures=inputs.poses is None)
        title = f"formcheck - {exercise.title} (h shows the keys)"
        screen = stack.enter_context(Window(title)) if window else None
        source = stack.enter_context(inputs.opened())
        if kept is not None:
            kept.beware()
        return run_live(
            source,
            stack.enter_context(inputs.estimator(exercise)),
            checker,
            settings=settings,
            screen=screen,
            light=LightWatch().look,
            listeners=[feedback],
            on_mute=feedback.toggle_mute,
            muted=feedback.muted,
            mirrored=mirrored,
            logs=[*outputs.logs(), *([] if kept is None else [kept.log])],
            header=inputs.header(exercise, settings, source.info.path),
            recorders=recorders,
            on_report=outputs.keep if outputs.keeps_frames else None,
        )
