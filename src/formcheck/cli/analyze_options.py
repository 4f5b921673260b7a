"""The options of `formcheck analyze` that no other command has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from formcheck.cli.command import JUDGED, MACHINE, RESULTS, WHO
from formcheck.cli.common import complete_exercise


def time_option(text: str) -> float:
    """Reads a time, in seconds or as a clock shows it."""
    from formcheck.files.clock_time import HOW, seconds_of

    try:
        return seconds_of(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no time: {HOW}.") from None


# Optional[...] and not `X | None`: typer evaluates these at run time on Python 3.10 too.
VideosArgument = Annotated[
    list[Path],
    typer.Argument(
        help="Videos, .npz files of saved poses, folders or patterns of them, a formcheck.csv.",
        metavar="VIDEO",
    ),
]
ExerciseOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--exercise",
        "-e",
        help="Its name, as in `formcheck exercises`; `auto` recognises it, or says that it"
        " can't; a formcheck.csv may name one for each video.",
        autocompletion=complete_exercise,
        rich_help_panel=JUDGED,
    ),
]
ReportOption = Annotated[
    bool,
    typer.Option(
        "--report",
        help="Make NAME.report, a page with video, plots and stills that opens in any browser.",
        rich_help_panel=RESULTS,
    ),
]
VideoOption = Annotated[
    bool,
    typer.Option(
        "--video",
        help="Make NAME.annotated.mp4: the video with what was found drawn on it.",
        rich_help_panel=RESULTS,
    ),
]
TrcOption = Annotated[
    bool,
    typer.Option(
        "--trc",
        help="Make NAME.trc: the landmarks as markers, for OpenSim.",
        rich_help_panel=RESULTS,
    ),
]
MotOption = Annotated[
    bool,
    typer.Option(
        "--mot",
        help="Make NAME.mot: every measure over time, for OpenSim.",
        rich_help_panel=RESULTS,
    ),
]
OutOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--out",
        help="Folder for NAME.session.json and NAME.frames.csv of each, and for index.html and"
        " index.csv over all. What lies there already is not done again.",
        rich_help_panel=RESULTS,
    ),
]
JobsOption = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        help="How much to do at the same time; by default as much as the machine has cores, or"
        " fewer where memory is short. The results are the same.",
        rich_help_panel=MACHINE,
    ),
]
FromOption = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(
        "--from",
        metavar="TIME",
        parser=time_option,
        help="Begin at this time of the player: 75 or 1:15.",
        rich_help_panel=JUDGED,
    ),
]
ToOption = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(
        "--to",
        metavar="TIME",
        parser=time_option,
        help="Stop at this time.",
        rich_help_panel=JUDGED,
    ),
]
SpeedOption = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(
        "--speed",
        metavar="FACTOR",
        help="Slow motion: how many times slower than filmed it plays, such as 8 for 240 pictures"
        " a second shown as 30; by default as the camera noted.",
        rich_help_panel=MACHINE,
    ),
]
PersonOption = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(
        "--person",
        metavar="N",
        min=1,
        help="Who is judged where several people are in view at the beginning, counted from the"
        " left, 1 the leftmost; by default the person nearest to the picture's centre.",
        rich_help_panel=WHO,
    ),
]
ClusterOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Share the videos out among a Dask cluster, for example tcp://10.0.0.5:8786;"
        " needs formcheck[cluster].",
        rich_help_panel=MACHINE,
    ),
]
EveryFrameOption = Annotated[
    bool,
    typer.Option(
        "--every-frame",
        help="Look at every frame, instead of 6 to 30 a second as the movement asks for.",
        rich_help_panel=MACHINE,
    ),
]
AgainOption = Annotated[
    bool,
    typer.Option(
        "--again",
        help="Analyse also what lies in --out unchanged.",
        rich_help_panel=RESULTS,
    ),
]
SaveOption = Annotated[
    bool,
    typer.Option(
        "--save",
        help="Keep the sessions in the history, as `run` does.",
        rich_help_panel=WHO,
    ),
]
RecordedOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--recorded",
        metavar="WHEN",
        help="For --save: 2026-03-01, '2026-03-01 18:30' or 2d; by default the file's date.",
        rich_help_panel=WHO,
    ),
]
