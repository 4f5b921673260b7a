"""The `formcheck` command: its subcommands, and the one catch of its errors."""

from __future__ import annotations

import io
import sys
from functools import cache
from typing import Annotated, Any

import typer

from formcheck.cli.analyze_command import analyze_command
from formcheck.cli.clients_command import app as clients_app
from formcheck.cli.command import BEGIN, MORE, WEEKS, Commands
from formcheck.cli.common import warn
from formcheck.cli.compare_command import compare_command
from formcheck.cli.demo_command import demo_command
from formcheck.cli.doctor_command import doctor_command
from formcheck.cli.exercises_command import app as exercises_app
from formcheck.cli.history_command import app as history_app
from formcheck.cli.person import begin_command
from formcheck.cli.recover_command import recover_command
from formcheck.cli.report_command import report_command
from formcheck.cli.routine_command import app as routine_app
from formcheck.cli.run_command import run_command
from formcheck.cli.serve_command import serve_command
from formcheck.cli.stdout import outlived
from formcheck.cli.tag_command import tag_command
from formcheck.errors import FormcheckError

WHAT = "Counts hip-flexor repetitions from a camera, and only those done without compensation."
FIRST_STEPS = f"""{WHAT}

Begin with one of these:

  formcheck demo                                      see what it does, without a camera
  formcheck run standing-hip-flexion                  train, in front of a camera
  formcheck analyze set.mp4 -e standing-hip-flexion   judge a recording

formcheck exercises lists the exercises, formcheck --help all commands."""

app = Commands(name="formcheck", help=WHAT)
app.command("demo", rich_help_panel=BEGIN)(demo_command)
app.command("run", rich_help_panel=BEGIN)(run_command)
app.command("analyze", rich_help_panel=BEGIN)(analyze_command)
app.command("serve", rich_help_panel=BEGIN)(serve_command)
app.add_typer(exercises_app, name="exercises", rich_help_panel=BEGIN)
app.add_typer(routine_app, name="routine", rich_help_panel=WEEKS)
app.add_typer(history_app, name="history", rich_help_panel=WEEKS)
app.command("report", rich_help_panel=WEEKS)(report_command)
app.command("compare", rich_help_panel=WEEKS)(compare_command)
app.add_typer(clients_app, name="clients", rich_help_panel=MORE)
app.command("tag", rich_help_panel=MORE)(tag_command)
app.command("doctor", rich_help_panel=MORE)(doctor_command)
app.command("recover", rich_help_panel=MORE)(recover_command)


def _print_version(wanted: bool) -> None:
    if wanted:
        from formcheck.cli.doctor_command import describe_versions

        print("\n".join(describe_versions()))
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
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
    """Shows how to begin where no subcommand is given; makes the user's own exercises known."""
    begin_command()
    if context.invoked_subcommand is None:
        print(FIRST_STEPS)


@cache
def commands() -> Any:
    """Returns what typer makes of the subcommands, made once a process: it takes 25 ms."""
    return typer.main.get_command(app)


def run() -> None:
    """Runs the command line and ends the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A name with letters the terminal does not know is no reason to fail.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        with outlived():
            commands()(prog_name="formcheck")
    except FormcheckError as error:
        warn(str(error))
        sys.exit(error.exit_code)
