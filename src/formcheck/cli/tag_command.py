"""`formcheck tag`: the sheet with the pelvis tag, to print."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.command import RESULTS


class Paper(str, Enum):
    """The papers that printers hold."""

    A4 = "a4"
    LETTER = "letter"


def tag_command(
    out: Annotated[
        Path, typer.Option("--out", help="The PDF to write.", rich_help_panel=RESULTS)
    ] = Path("pelvis-tag.pdf"),
    paper: Annotated[
        Paper, typer.Option("--paper", help="The paper in the printer.", rich_help_panel=RESULTS)
    ] = Paper.A4,
    size_cm: Annotated[
        float,
        typer.Option(
            "--size-cm",
            help="Side of the tag's black square, 4 to 14 cm; 9 suits 2.5 to 3.5 m.",
            rich_help_panel=RESULTS,
        ),
    ] = 9.0,
) -> None:
    """Write the sheet with the pelvis tag, to print.

    The tag shows what the pelvis does: tipping forward from the side, hiking and dropping the hip
    from behind. `run` and `analyze` find it by themselves.
    """
    from formcheck.reports.tag_sheet import write_tag_sheet

    write_tag_sheet(out, paper=paper.value, size_cm=size_cm)
    print(f"{out}: print it at 100 % (actual size); the sheet says how to wear it.")
