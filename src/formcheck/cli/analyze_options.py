"""The options of `formcheck analyze` that no other command has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from formcheck.cli.common import complete_exercise

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
    ),
]
ReportOption = Annotated[
    bool,
    typer.Option(
        "--report",
        help="Make NAME.report, a page with video, plots and stills that opens in any browser.",
    ),
]
VideoOption = Annotated[
    bool,
    typer.Option(
        "--video",
        help="Make NAME.annotated.mp4: the video with what was found drawn on it.",
    ),
]
TrcOption = Annotated[
    bool, typer.Option("--trc", help="Make NAME.trc: the landmarks as markers, for OpenSim.")
]
MotOption = Annotated[
    bool, typer.Option("--mot", help="Make NAME.mot: every measure over time, for OpenSim.")
]
OutOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--out",
        help="Folder for NAME.session.json and NAME.frames.csv of each, and for index.html and"
        " index.csv over all. What lies there already is not done again.",
    ),
]
JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help="Processes; they share long videos.")
]
FromOption = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option("--from", metavar="SECONDS", min=0.0, help="Begin at this time."),
]
ToOption = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option("--to", metavar="SECONDS", min=0.0, help="Stop at this time."),
]
PersonOption = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(
        "--person",
        metavar="N",
        min=1,
        help="Who is judged where several people are in view at the beginning, counted from the"
        " left, 1 the leftmost; by default the person nearest to the picture's centre.",
    ),
]
ClusterOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Share the videos out among a Dask cluster, for example tcp://10.0.0.5:8786;"
        " needs formcheck[cluster].",
    ),
]
AgainOption = Annotated[
    bool, typer.Option("--again", help="Analyse also what lies in --out unchanged.")
]
SaveOption = Annotated[
    bool, typer.Option("--save", help="Keep the sessions in the history, as `run` does.")
]
RecordedOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--recorded",
        metavar="WHEN",
        help="For --save: 2026-03-01, '2026-03-01 18:30' or 2d; by default the file's date.",
    ),
]
