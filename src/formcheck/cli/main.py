"""The `formcheck` command: its subcommands, and the one catch of its errors."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from formcheck.cli.analyze_command import analyze_command
from formcheck.cli.common import warn
from formcheck.cli.demo_command import demo_command
from formcheck.cli.doctor_command import doctor_command
from formcheck.cli.exercises_command import exercises_command
from formcheck.cli.history_command import app as history_app
from formcheck.cli.recover_command import recover_command
from formcheck.cli.report_command import report_command
from formcheck.cli.routine_command import app as routine_app
from formcheck.cli.run_command import run_command
from formcheck.errors import FormcheckError

app = typer.Typer(
    name="formcheck",
    help="Counts hip-flexor repetitions from a camera, and only those done without compensation.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("run")(run_command)
app.command("analyze")(analyze_command)
app.add_typer(history_app, name="history")
app.add_typer(routine_app, name="routine")
app.command("report")(report_command)
app.command("exercises")(exercises_command)
app.command("demo")(demo_command)
app.command("recover")(recover_command)
app.command("doctor")(doctor_command)


def _print_version(wanted: bool) -> None:
    if wanted:
        from formcheck.cli.doctor_command import describe_versions

        print("\n".join(describe_versions()))
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Print the versions of formcheck and what is under it, and the model's checksum.",
        ),
    ] = False,
) -> None:
    """Holds the options before a subcommand."""


def run() -> None:
    """Runs the command line and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A name with letters the terminal does not know is no reason to fail.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except FormcheckError as error:
        warn(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of the output (head, less) has seen enough. Python would complain once more
        # when it closes stdout, so stdout goes nowhere from here on.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
