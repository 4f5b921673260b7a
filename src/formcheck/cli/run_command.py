"""`formcheck run`: guides a person through their sets, from a camera or a file played like one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from formcheck.cli.command import LIVE, MACHINE, RESULTS, WHO
from formcheck.cli.common import (
    CsvOption,
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
    refuse_overwriting,
    rotation_deg,
    warn,
)
from formcheck.cli.live_run import RunRequest, carry_out, has_failed
from formcheck.cli.person import (
    ClientOption,
    DataOption,
    LimitOption,
    OffOption,
    RangeOption,
    adjustments,
)
from formcheck.cli.run_io import RunHistory, RunInputs, RunOutputs
from formcheck.cli.stdout import STDOUT, check_one_printed


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
    sets: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(
            "--sets",
            min=1,
            max=20,
            help="Sets; by default what the exercise asks for.",
            rich_help_panel=LIVE,
        ),
    ] = None,
    reps: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(
            "--reps",
            min=1,
            max=200,
            help="Clean ones that end a set, of each leg; default as above.",
            rich_help_panel=LIVE,
        ),
    ] = None,
    rest: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(
            "--rest",
            metavar="SECONDS",
            min=0.0,
            max=900.0,
            help="Between sets.",
            rich_help_panel=LIVE,
        ),
    ] = None,
    no_window: Annotated[
        bool,
        typer.Option(
            "--no-window",
            help="Open no window; what happens is told on stderr.",
            rich_help_panel=LIVE,
        ),
    ] = False,
    mute: Annotated[
        bool,
        typer.Option(
            "--mute", help="Make no sound; m in the window turns it on.", rich_help_panel=LIVE
        ),
    ] = False,
    voice: Annotated[
        bool,
        typer.Option(
            "--voice",
            help="Say counts and faults: pip install 'formcheck[voice]'.",
            rich_help_panel=LIVE,
        ),
    ] = False,
    mirror: Annotated[
        Optional[bool],  # noqa: UP045
        typer.Option(
            "--mirror/--no-mirror",
            help="Show the picture as a mirror would; by default cameras only. Changes no result.",
            rich_help_panel=LIVE,
        ),
    ] = None,
    side: SideOption = SideChoice.AUTO,
    hold: HoldOption = None,
    range_deg: RangeOption = None,
    limit: LimitOption = None,
    off: OffOption = None,
    strict: StrictOption = False,
    record: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--record",
            metavar="FILE.mp4",
            help="Record what the window shows.",
            rich_help_panel=RESULTS,
        ),
    ] = None,
    record_raw: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--record-raw",
            metavar="FILE.mp4",
            help="Record the judged frames without the overlay.",
            rich_help_panel=RESULTS,
        ),
    ] = None,
    json_path: JsonOption = None,
    csv_path: CsvOption = None,
    save_poses: SavePosesOption = None,
    load: LoadsOption = None,
    history: Annotated[
        bool,
        typer.Option(
            "--history/--no-history", help="Keep the session in the history.", rich_help_panel=WHO
        ),
    ] = True,
    data: DataOption = None,
    client: ClientOption = None,
    source: Annotated[
        str,
        typer.Option(
            "--source",
            metavar="FILE|URL|INDEX",
            help="Video, address, or number of a camera.",
            rich_help_panel=MACHINE,
        ),
    ] = "0",
    rotate: RotateOption = None,
    camera_list: Annotated[
        bool,
        typer.Option(
            "--camera-list",
            callback=_list_cameras,
            is_eager=True,
            help="List the cameras.",
            rich_help_panel=MACHINE,
        ),
    ] = False,
    width: Annotated[
        int, typer.Option("--width", min=160, help="Asked of a camera.", rich_help_panel=MACHINE)
    ] = 1280,
    height: Annotated[
        int, typer.Option("--height", min=120, help="Asked of a camera.", rich_help_panel=MACHINE)
    ] = 720,
    fps: Annotated[
        float, typer.Option("--fps", min=1.0, help="Asked of a camera.", rich_help_panel=MACHINE)
    ] = 30.0,
    model: ModelOption = None,
    stats: Annotated[
        bool,
        typer.Option(
            "--stats",
            help="Print how long each step from camera to screen took.",
            rich_help_panel=MACHINE,
        ),
    ] = False,
) -> None:
    """Train: placement, countdown, sets and rests, each repetition judged as it happens.

    Take the start posture and hold it still to begin.
    q, Esc, Ctrl-C or a closed window end it and print the session; h shows the other keys.

    Stop at sharp pain in the back or groin.
    With existing back or hip trouble, see a physiotherapist first.

    The session is kept on this machine: see formcheck history.
    """
    from formcheck.core.coaching.settings import settings_for

    different = adjustments(range_deg, limit, off)
    known, chosen = chosen_exercise(exercise, hold, different), side.as_side()
    inputs = RunInputs(
        source=source,
        model=model,
        rotate_deg=rotation_deg(rotate),
        size_px=(width, height),
        fps=fps,
    )
    outputs = RunOutputs(
        json_path=json_path,
        csv_path=csv_path,
        only_table=csv_path == Path(STDOUT),
        poses_path=pose_file(save_poses),
        stats=stats,
        video=record,
        raw_video=record_raw,
    )
    check_one_printed(json_path, csv_path)
    refuse_overwriting(inputs.files, outputs.paths)
    result = carry_out(
        RunRequest(
            exercise=known,
            settings=settings_for(
                known, sets=sets, reps=reps, rest_s=rest, side=chosen, strict=strict
            ),
            inputs=inputs,
            outputs=outputs,
            history=RunHistory(load or ()) if history else None,
            window=not no_window,
            mirrored=mirror,
            voice=voice,
            muted=mute,
        )
    )
    if has_failed(result):
        raise typer.Exit(1)
