"""`formcheck history`: past sessions: listed, shown, taken out, moved, forgotten."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from formcheck.cli.command import Commands
from formcheck.cli.common import complete_exercise, print_json, refuse_overwriting, warn
from formcheck.cli.person import ClientOption, DataOption, training_folder
from formcheck.errors import UsageError

if TYPE_CHECKING:
    from formcheck.core.exercise.exercise import Exercise
    from formcheck.history.store import History
    from formcheck.training.stored_session import StoredSession

app = Commands(help="Past sessions: list, show, delete, export, import, forget.")

ExerciseFilter = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--exercise", "-e", help="Only this exercise.", autocompletion=complete_exercise),
]
SinceFilter = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--since", metavar="DAY", help="From this day on: 2026-03-01, today, 10d, 4w."),
]
UntilFilter = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--until", metavar="DAY", help="Up to and with this day."),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


class Form(str, Enum):
    """What an export is written as."""

    JSON = "json"
    CSV = "csv"


@app.callback(invoke_without_command=True)
def history_command(
    context: typer.Context,
    exercise: ExerciseFilter = None,
    since: SinceFilter = None,
    until: UntilFilter = None,
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """List past sessions, newest last."""
    if context.invoked_subcommand is not None:
        return
    from formcheck.reports.console import plain_console
    from formcheck.reports.history_text import overview

    with _open() as history:
        numbers = _numbers(history, exercise, since, until)
        sessions = history.read(numbers)
    if not sessions:
        warn("There are no such sessions." if exercise or since or until else "No session yet.")
        return
    console = plain_console()
    console.print(overview(sessions))
    console.print("\nformcheck history show NUMBER tells all about one.", style="dim")


@app.command("show")
def show_command(
    number: Annotated[int, typer.Argument(help="As listed by `formcheck history`.")],
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """Show one session in full: every set and repetition, what was wrong, what was not checked."""
    from formcheck.reports.console import plain_console
    from formcheck.reports.history_text import heading
    from formcheck.reports.terminal import summary

    with _open() as history:
        kept = history.session(number)
    console = plain_console()
    console.print(heading(kept))
    exercise = judged_by(kept)
    console.print(summary(kept.as_session(), exercise))


@app.command("note")
def note_command(
    number: Annotated[int, typer.Argument(help="As listed by `formcheck history`.")],
    pain: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option("--pain", min=0, max=10, help="How much it hurt: 0 (not at all) to 10."),
    ] = None,
    load: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--load", help="Band or weight, in your words."),
    ] = None,
    set_number: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option("--set", help="Of which set; by default the last."),
    ] = None,
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """Note of a set, after the fact, how much it hurt or what it was done with."""
    from formcheck.core.coaching.pain import PAIN_STOPS, pain_stop

    if pain is None and load is None:
        raise UsageError("Say what to note: --pain 0 to 10, --load TEXT, or both.")
    with _open() as history:
        sets = history.session(number).sets
        last = sets[-1].number if sets else 1
        history.note(number, set_number=set_number or last, pain=pain, load=load)
    print(f"Noted of session {number}.")
    if pain is not None and pain >= PAIN_STOPS:
        warn(pain_stop(pain))


@app.command("delete")
def delete_command(
    numbers: Annotated[list[int], typer.Argument(help="As listed by `formcheck history`.")],
    yes: YesOption = False,
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """Take sessions out of the history for good."""
    with _open() as history:
        for number in numbers:
            history.session(number)
        listed = ", ".join(str(number) for number in sorted(set(numbers)))
        _confirm(f"Delete session {listed} for good?", yes)
        print(f"{history.delete(numbers)} deleted.")


@app.command("export")
def export_command(
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", "-o", help="File to write; otherwise it is printed."),
    ] = None,
    form: Annotated[
        Optional[Form],  # noqa: UP045
        typer.Option(
            "--format", case_sensitive=False, help="By default by the file's name, else json."
        ),
    ] = None,
    exercise: ExerciseFilter = None,
    since: SinceFilter = None,
    until: UntilFilter = None,
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """Write sessions as JSON (everything, can be imported) or CSV (a row for each repetition)."""
    from formcheck.files.writing import write_text
    from formcheck.history.days import now
    from formcheck.history.exchange import to_csv, to_json
    from formcheck.history.folder import stored_files

    refuse_overwriting(stored_files(training_folder()), {"--out": out})
    by_name = Form.CSV if out is not None and out.suffix.lower() == ".csv" else Form.JSON
    as_csv = (form or by_name) is Form.CSV
    with _open() as history:
        numbers = _numbers(history, exercise, since, until)
        text = to_csv(history, numbers) if as_csv else to_json(history, numbers, now())
    if out is not None:
        write_text(out, text)
        print(f"{len(numbers)} sessions written to {out}.")
    elif as_csv:
        print(text, end="")
    else:
        print_json(text)


@app.command("import")
def import_command(
    files: Annotated[
        list[Path],
        typer.Argument(help="Exports, session JSON files, or journals of rescued runs."),
    ],
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """Bring sessions in; those that are there already are passed over."""
    from formcheck.history.exchange import import_file

    with _open(create=True) as history:
        for path in files:
            brought = import_file(history, path)
            known = f", {brought.known} already there" if brought.known else ""
            plan = f"; {brought.decisions} decisions about the plan" if brought.decisions else ""
            print(f"{path}: {len(brought.numbers)} sessions imported{known}{plan}.")


@app.command("path")
def path_command(data: DataOption = None, client: ClientOption = None) -> None:
    """Print where the history is."""
    from formcheck.history.folder import DATABASE

    print(training_folder() / DATABASE)


@app.command("forget")
def forget_command(
    yes: YesOption = False, data: DataOption = None, client: ClientOption = None
) -> None:
    """Remove everything formcheck has kept: sessions, rescued runs, the training plan."""
    from formcheck.history.folder import stored_files
    from formcheck.history.store import forget

    folder = training_folder()
    there = stored_files(folder)
    if not there:
        warn(f"There is nothing to forget in '{folder}'.")
        return
    listed = ", ".join(path.name for path in there)
    _confirm(f"Remove {listed} from '{folder}' for good?", yes)
    print(f"{len(forget(folder))} files removed: nothing is left.")


def judged_by(stored: StoredSession) -> Exercise:
    """Returns the rules of a stored session; of an older one the exercise as it is today."""
    from formcheck.core.exercise.exercise import timed_hold
    from formcheck.exercises import rules_of

    exercise, hold_s = rules_of(stored), stored.settings.hold_s
    return timed_hold(exercise, hold_s) if stored.rules is None and hold_s else exercise


def _open(*, create: bool = False) -> History:
    from formcheck.history.store import History

    return History(training_folder(), create=create)


def _numbers(
    history: History, exercise: str | None, since: str | None, until: str | None
) -> list[int]:
    from formcheck.exercises import get_exercise
    from formcheck.history.days import day, now

    today = now().date()
    return history.numbers(
        exercise=None if exercise is None else get_exercise(exercise).slug,
        since=None if since is None else day(since, today),
        until=None if until is None else day(until, today),
    )


def _confirm(question: str, yes: bool) -> None:
    """Asks, unless told not to; where nobody can answer, says what to do."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError(f"{question} There is nobody to ask here: say --yes.")
    typer.confirm(question, abort=True)
