"""`formcheck compare`: two sessions or recordings of one exercise, before and after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.analyze_options import ExerciseOption
from formcheck.cli.common import chosen_exercise
from formcheck.cli.person import ClientOption, DataOption, adjustments, training_folder
from formcheck.errors import UsageError

if TYPE_CHECKING:
    from formcheck.core.exercise.exercise import Exercise

Argument = typer.Argument(
    help="The number of a session in `formcheck history`, a session's JSON file, or a recording.",
    show_default=False,
)


def compare_command(
    before: Annotated[str, Argument],
    after: Annotated[str, Argument],
    exercise: ExerciseOption = None,
    out: Annotated[Path, typer.Option("--out", help="Folder for the page.")] = Path(
        "formcheck-comparison"
    ),
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """Write a page on what changed between two sessions of an exercise, and what did not.

    Recordings are shown in step, repetition by repetition. Differences within the measurement's
    own error are called that.
    """
    from formcheck.analysis.before_after import open_subject
    from formcheck.reports.before_after import ENOUGH, SAME, changes
    from formcheck.reports.compare_page import WORDS, notes, write_comparison

    def shown() -> Exercise:
        if exercise is None:
            raise UsageError("Which exercise do the recordings show? Name it with --exercise.")
        return chosen_exercise(exercise, None, adjustments())

    folder = training_folder()
    one = open_subject(before, folder, shown, video=out / "before.mp4")

    def shown_too() -> Exercise:
        named = shown()
        _refuse_others(before, one.session.exercise, after, named.slug)
        return named

    other = open_subject(after, folder, shown_too, video=out / "after.mp4")
    _refuse_others(before, one.session.exercise, after, other.session.exercise)
    for note in notes(one, other):
        print(note)
    for change in changes(one, other):
        if change.verdict not in (SAME, ENOUGH):
            print(f"{change.name}: {WORDS[change.verdict]}")
    print(f"The page: {write_comparison(one, other, out)}")


def _refuse_others(before: str, one: str, after: str, other: str) -> None:
    """Refuses two exercises; before a recording is judged for nothing."""
    if one != other:
        raise UsageError(
            f"'{before}' shows {one}, '{after}' {other}: only sessions of one exercise can be"
            " compared."
        )
