"""`formcheck report`: what weeks of training came to, as a page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Optional

import typer

from formcheck.cli.common import warn
from formcheck.cli.person import ClientOption, DataOption, practice_folder, training_folder


def report_command(
    since: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            "--since", metavar="DAY", help="First day: 2026-03-01, 10d or 4w; by default all."
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder for the page.")] = Path(
        "formcheck-progress"
    ),
    all_clients: Annotated[
        bool,
        typer.Option("--all-clients", help="In a practice: one page on everybody, at a glance."),
    ] = False,
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """Write a page on your progress: clean repetitions, range, symmetry, holds, faults, streaks.

    It opens in any browser, without a network. Nothing leaves this machine.
    """
    from formcheck.core.checker.wording import counts_text
    from formcheck.history.days import day, now
    from formcheck.history.decisions import decisions
    from formcheck.history.store import History
    from formcheck.reports.progress_page import write_progress
    from formcheck.training.progress import progress

    today = now().date()
    first = None if since is None else day(since, today)
    if all_clients:
        _report_practice(first, today, out)
        return
    with History(training_folder(), create=False) as history:
        sessions = history.sessions(since=first)
        decided = [
            each
            for each in decisions(history)
            if each.matters and (first is None or each.made_at.date() >= first)
        ]
    if not sessions:
        warn("There is no session to report on: 'formcheck run' or 'formcheck routine' makes one.")
        raise typer.Exit(1)
    found = progress(sessions, since=first, today=today)
    path = write_progress(found, decided, out)
    weeks = "week" if found.streak == 1 else "weeks"
    print(f"{found.since:%Y-%m-%d} to {found.until:%Y-%m-%d}: {counts_text(found.counts)}.")
    print(f"{found.streak} {weeks} in a row met the goal of two or three days.")
    print(f"The page: {path}")


def _report_practice(since: date | None, today: date, out: Path) -> None:
    """Writes the page on all clients, and prints the same as a table."""
    from formcheck.history.practice import practice_overview
    from formcheck.reports.console import plain_console
    from formcheck.reports.practice_page import write_practice
    from formcheck.reports.practice_text import overview

    states = practice_overview(practice_folder(), since=since, today=today)
    if not states:
        warn("No client yet: 'formcheck clients add NAME' adds one.")
        raise typer.Exit(1)
    plain_console().print(overview(states))
    print(f"The page: {write_practice(states, out, since=since, today=today)}")
