"""`formcheck recover`: the session of a run that was cut short."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.common import print_json, refuse_overwriting


def recover_command(
    journal: Annotated[
        Path,
        typer.Argument(metavar="JOURNAL", help="The .journal beside where the JSON was to be."),
    ],
    json_path: Annotated[
        str, typer.Option("--json", help="Write the session to a file; - prints it.")
    ] = "-",
) -> None:
    """Give the session of a live run that was killed, as far as it got."""
    from formcheck.files.run_journal import recover
    from formcheck.files.session_json import plain_text
    from formcheck.files.writing import write_text

    refuse_overwriting([journal], {"--json": json_path})
    text = plain_text(recover(journal))
    if json_path == "-":
        print_json(text)
    else:
        write_text(Path(json_path), text)
