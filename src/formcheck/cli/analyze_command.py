"""`formcheck analyze`: recorded videos."""

from __future__ import annotations

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
from formcheck.errors import UsageError

if TYPE_CHECKING:
    from formcheck.exercise import Exercise
    from formcheck.session import Session


def analyze_command(
    videos: Annotated[
        list[Path], typer.Argument(help="Videos, or .npz files of saved poses.", metavar="VIDEO")
    ],
    exercise: Annotated[
        str, typer.Option("--exercise", "-e", help="Its name, as in `formcheck exercises`.")
    ],
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", help="Folder for NAME.session.json and NAME.frames.csv of each."),
    ] = None,
    json_path: JsonOption = None,
    csv_path: CsvOption = None,
    save_poses: SavePosesOption = None,
    side: SideOption = SideChoice.AUTO,
    strict: StrictOption = False,
    hold: HoldOption = None,
    rotate: RotateOption = None,
    model: ModelOption = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Videos at the same time.")] = 1,
) -> None:
    """Count and judge the repetitions in recorded videos."""
    from formcheck.batch import Job, analyze_all
    from formcheck.recording import NOT_TURNED, is_pose_file

    known = chosen_exercise(exercise, hold)
    if len(videos) > 1 and (csv_path is not None or save_poses is not None):
        raise UsageError("--csv and --save-poses take one video: use --out DIR for several.")
    if rotate is not None and any(is_pose_file(path) for path in videos):
        raise UsageError(NOT_TURNED)
    stems = [path.stem for path in videos]
    if out is not None and len(set(stems)) < len(stems):
        twice = next(stem for stem in stems if stems.count(stem) > 1)
        raise UsageError(f"Two videos are called '{twice}': analyse them into two folders.")
    wanted = [
        Job(
            path=path,
            exercise=known.slug,
            side=side.as_side(),
            strict=strict,
            hold_s=hold,
            rotate_deg=rotation_deg(rotate),
            model=model,
            out=out,
            csv_path=csv_path,
            poses_path=pose_file(save_poses),
        )
        for path in videos
    ]
    results = analyze_all(wanted, processes=jobs, on_error=lambda job, error: warn(str(error)))
    _report([r.session for r in results], len(videos), json_path, known)
    if len(results) < len(videos):
        raise typer.Exit(1)


def _report(sessions: list[Session], asked: int, json_path: str | None, exercise: Exercise) -> None:
    """Print the summaries, or write the JSON: one object for one video, a list for several."""
    from rich.console import Console

    from formcheck.reports.json_report import to_json, to_json_list
    from formcheck.reports.output import write_text
    from formcheck.reports.text import summary

    text = ""
    if json_path is not None and sessions:
        text = to_json_list(sessions) if asked > 1 else to_json(sessions[0])
    if json_path == "-":
        for session in sessions:
            for problem in session.problems:
                warn(problem)
        if text:
            print_json(text)
        return
    console = Console()
    for session in sessions:
        console.print(summary(session, exercise))
        console.print()
    # After the summary, so that a full disk does not hide it.
    if json_path is not None and text:
        write_text(Path(json_path), text)
