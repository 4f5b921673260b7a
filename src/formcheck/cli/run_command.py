"""`formcheck run`: live, from a camera or from a file played like one."""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from formcheck.cli.common import (
    CsvOption,
    HoldOption,
    JsonOption,
    ModelOption,
    RotateOption,
    SavePosesOption,
    SideChoice,
    SideOption,
    StrictOption,
    chosen_exercise,
    pose_file,
    print_json,
    rotation_deg,
    warn,
)

if TYPE_CHECKING:
    from formcheck.estimators.estimator import Estimator
    from formcheck.exercise import Exercise
    from formcheck.live import LiveResult
    from formcheck.pose import Pose
    from formcheck.session import FrameReport


def run_command(
    exercise: Annotated[str, typer.Argument(help="Its name, as in `formcheck exercises`.")],
    source: Annotated[
        str,
        typer.Option(
            "--source", metavar="FILE|URL|INDEX", help="Video, address, or number of a camera."
        ),
    ] = "0",
    side: SideOption = SideChoice.AUTO,
    strict: StrictOption = False,
    hold: HoldOption = None,
    no_window: Annotated[
        bool, typer.Option("--no-window", help="Open no window; repetitions are told on stderr.")
    ] = False,
    mute: Annotated[bool, typer.Option("--mute", help="Make no sound.")] = False,
    mirror: Annotated[
        Optional[bool],  # noqa: UP045
        typer.Option(
            "--mirror/--no-mirror",
            help="Show the picture as a mirror would; by default cameras only. Changes no result.",
        ),
    ] = None,
    rotate: RotateOption = None,
    model: ModelOption = None,
    json_path: JsonOption = None,
    csv_path: CsvOption = None,
    save_poses: SavePosesOption = None,
) -> None:
    """Count and judge live. q, Esc or Ctrl-C ends the set and prints it; f fills the screen."""
    from formcheck.checker import FormChecker
    from formcheck.display import Window
    from formcheck.live import run_live
    from formcheck.sources.opening import open_source

    known = chosen_exercise(exercise, hold)
    poses_path = pose_file(save_poses)
    kept: list[tuple[Pose, FrameReport]] = []

    def keep(pose: Pose, report: FrameReport) -> None:
        kept.append((pose, report))

    with ExitStack() as stack:
        title = f"formcheck - {known.title} (q quits, f fills the screen)"
        screen = None if no_window else stack.enter_context(Window(title))
        opened = stack.enter_context(
            open_source(source, rotate_deg=rotation_deg(rotate), live=True)
        )
        result = run_live(
            opened,
            stack.enter_context(_estimator(source, known, model)),
            FormChecker(known, side=side.as_side(), strict=strict),
            screen=screen,
            mirrored=_is_camera(source) if mirror is None else mirror,
            on_report=keep if csv_path or poses_path else None,
        )
    _tell(result, known, json_path)
    _save(result, kept, csv_path=csv_path, poses_path=poses_path, json_path=json_path)
    if result.error is not None or (result.ended and not result.person_seen):
        raise typer.Exit(1)


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


def _tell(result: LiveResult, exercise: Exercise, json_path: str | None) -> None:
    """Print the summary, or the JSON and nothing else; how the run kept up goes to stderr."""
    stats, session = result.stats, result.session
    if stats.processed:
        warn(
            f"{stats.processed} of {stats.seen} frames judged, {stats.fps:.0f} a second;"
            f" {stats.p50_ms:.0f} ms behind the camera (95 % within {stats.p95_ms:.0f} ms)."
        )
    if json_path == "-":
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


def _save(
    result: LiveResult,
    kept: list[tuple[Pose, FrameReport]],
    *,
    csv_path: Path | None,
    poses_path: Path | None,
    json_path: str | None,
) -> None:
    """Write the files asked for; after the summary, so that a full disk does not hide it."""
    from formcheck.recording import PoseRecording
    from formcheck.reports.csv_report import write_csv
    from formcheck.reports.json_report import write_json

    if json_path not in (None, "-"):
        write_json(result.session, Path(json_path))
    if csv_path is not None:
        write_csv([report for _, report in kept], csv_path)
    if poses_path is not None:
        poses = tuple(pose for pose, _ in kept)
        PoseRecording(source=result.session.source, poses=poses).save(poses_path)
