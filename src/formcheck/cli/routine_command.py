"""`formcheck routine`: the training plan: written, shown, gone through, moved on."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from formcheck.cli.command import JUDGED, LIVE, MACHINE, RESULTS, Commands
from formcheck.cli.common import ModelOption, complete_exercise, refuse_overwriting, warn
from formcheck.cli.person import ClientOption, DataOption, training_folder
from formcheck.cli.routine_runs import (
    Options,
    announce,
    entries_from,
    say_after,
    say_before,
    sources_for,
    train,
    wait,
    with_client_limits,
)
from formcheck.errors import UsageError

if TYPE_CHECKING:
    from formcheck.training.plan import Entry

app = Commands()


class Level(str, Enum):
    """A plan that formcheck brings along."""

    FOUNDATIONAL = "foundational"
    ADVANCED = "advanced"


class Wanted(str, Enum):
    """What the user wants instead of the rule's proposal."""

    UP = "up"
    BACK = "back"
    STAY = "stay"
    RESUME = "resume"


@app.callback(invoke_without_command=True)
def routine_command(
    context: typer.Context,
    begin: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            "--from",
            metavar="EXERCISE",
            help="Begin with this exercise of the plan.",
            rich_help_panel=JUDGED,
        ),
    ] = None,
    anyway: Annotated[
        bool,
        typer.Option(
            "--anyway",
            help="Train even though the plan has stopped for pain.",
            rich_help_panel=JUDGED,
        ),
    ] = False,
    no_window: Annotated[
        bool, typer.Option("--no-window", help="Open no window.", rich_help_panel=LIVE)
    ] = False,
    mute: Annotated[
        bool, typer.Option("--mute", help="Make no sound.", rich_help_panel=LIVE)
    ] = False,
    voice: Annotated[
        bool,
        typer.Option(
            "--voice", help="Say what comes next, and coach, aloud.", rich_help_panel=LIVE
        ),
    ] = False,
    keep_plan: Annotated[
        bool,
        typer.Option(
            "--keep-plan", help="Change nothing in the plan afterwards.", rich_help_panel=RESULTS
        ),
    ] = False,
    data: DataOption = None,
    client: ClientOption = None,
    source: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            "--source",
            metavar="FILE|URL|INDEX",
            help="As for `run`; given several times, one for each exercise in order.",
            rich_help_panel=MACHINE,
        ),
    ] = None,
    model: ModelOption = None,
) -> None:
    """Go through the plan, hands-free: exercise after exercise, then what comes next time.

    Stop at sharp pain in the back or groin.
    With existing back or hip trouble, see a physiotherapist first.
    """
    if context.invoked_subcommand is not None:
        return
    from formcheck.history.plan_file import read_plan
    from formcheck.training.routine import Ended, train_in_order

    path = _path()
    plan = read_plan(path)
    entries = entries_from(with_client_limits(plan), begin)
    sources = sources_for(source, len(entries))
    say_before(plan, path, anyway=anyway)
    of = dict(zip((entry.name for entry in entries), sources, strict=True))
    options = Options(no_window=no_window, mute=mute, voice=voice, model=model)
    ended = train_in_order(
        entries,
        lambda entry: train(entry, of[entry.name], options),
        between_s=plan.between_s,
        say=lambda text: announce(text, voice=voice and not mute),
        wait=wait,
    )
    trained = [entry.name for entry, _ in ended]
    say_after(plan, path, trained=trained, keep_plan=keep_plan)
    if any(how is Ended.FAILED for _, how in ended):
        raise typer.Exit(1)


@app.command("init")
def init_command(
    level: Annotated[
        Level, typer.Option("--level", case_sensitive=False, help="Which plan to begin with.")
    ] = Level.FOUNDATIONAL,
    force: Annotated[bool, typer.Option("--force", help="Replace the plan that is there.")] = False,
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """Write a commented plan, to be used as it is or changed."""
    from formcheck.history.plan_file import plan_path, write_file
    from formcheck.training.plan import level_text

    path = plan_path(training_folder())
    if path.exists() and not force:
        raise UsageError(f"There is a plan '{path}' already: --force replaces it.")
    write_file(path, level_text(level.value))
    print(f"The {level.value} plan is in {path}. Read it, change it, then: formcheck routine")


@app.command("handout")
def handout_command(
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE.html", help="The page to print.")
    ] = Path("training-plan.html"),
    tag: Annotated[
        bool, typer.Option("--tag", help="Print the pelvis tag on it, as `formcheck tag` does.")
    ] = False,
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """Write the plan as a page to print: pictures, doses, what to avoid, where the camera goes."""
    from formcheck.history.plan_file import read_plan
    from formcheck.reports.handout import write_handout

    path = _path()
    plan = with_client_limits(read_plan(path))
    refuse_overwriting([path], {"--out": out})
    write_handout(plan, out, who=training_folder().name if client else "", tag=tag)
    print(f"The page to print: {out}")


@app.command("show")
def show_command(data: DataOption = None, client: ClientOption = None) -> None:
    """Show the plan: days, exercises, how much of each, where the camera goes."""
    from formcheck.history.days import now
    from formcheck.history.plan_file import read_plan
    from formcheck.reports.console import plain_console
    from formcheck.reports.history_text import plan_overview

    path = _path()
    plain_console().print(plan_overview(read_plan(path), path, now().date()))


@app.command("next")
def next_command(
    accept: Annotated[
        bool, typer.Option("--accept", help="Change the plan accordingly, as after a routine.")
    ] = False,
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """Say what comes next for each exercise, and why; changes nothing unless told to."""
    from formcheck.history.days import now
    from formcheck.history.decisions import accept as accept_steps
    from formcheck.history.decisions import propose
    from formcheck.history.plan_file import read_plan
    from formcheck.history.store import History
    from formcheck.reports.console import plain_console
    from formcheck.reports.history_text import decision_text

    path = _path()
    plan, console = read_plan(path), plain_console()
    with History(training_folder(), create=accept) as history:
        proposed = propose(history, plan, path)
        for decision in proposed:
            console.print(decision_text(decision))
        if accept:
            accept_steps(history, path, proposed, now())
    if any(decision.before != decision.after for decision in proposed):
        done = "The plan is changed." if accept else "--accept changes the plan so."
        console.print(
            f"\n{done} formcheck routine overrule EXERCISE decides otherwise.", style="dim"
        )


@app.command("steps")
def steps_command(
    exercise: Annotated[
        str,
        typer.Argument(
            help="Its name, as in `formcheck exercises`.", autocompletion=complete_exercise
        ),
    ],
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """List every step of an exercise, from the easiest to the hardest."""
    from formcheck.reports.console import plain_console
    from formcheck.reports.history_text import steps_text

    plain_console().print(steps_text(_entry(exercise)))


@app.command("rule")
def rule_command() -> None:
    """Print the rule that says what comes next, with its numbers."""
    from formcheck.training.progression import RULE

    for line in RULE:
        print(line)


@app.command("overrule")
def overrule_command(
    exercise: Annotated[
        str, typer.Argument(help="An exercise of the plan.", autocompletion=complete_exercise)
    ],
    wanted: Annotated[
        Wanted,
        typer.Argument(
            case_sensitive=False,
            help="stay takes the last change back; resume goes on after a stop.",
        ),
    ],
    why: Annotated[str, typer.Option("--why", help="Kept beside it in the history.")] = "",
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """Decide otherwise than the rule: up, back, stay or resume; the history keeps it."""
    from formcheck.history.days import now
    from formcheck.history.decisions import Overruling, overrule
    from formcheck.history.store import History
    from formcheck.reports.history_text import MARKS

    with History(training_folder()) as history:
        decided = overrule(history, _path(), exercise, Overruling(wanted.value), why, now())
    print(f"{MARKS[decided.step][0]} {decided.after.name}: {decided.after.text}")


@app.command("decisions")
def decisions_command(data: DataOption = None, client: ClientOption = None) -> None:
    """List what was decided about the plan so far, by the rule and by you, and why."""
    from formcheck.history.decisions import decisions
    from formcheck.history.store import History
    from formcheck.reports.console import plain_console
    from formcheck.reports.history_text import decided_table

    with History(training_folder(), create=False) as history:
        decided = decisions(history)
    if not decided:
        warn("Nothing was decided yet.")
        return
    plain_console().print(decided_table(decided))


@app.command("path")
def path_command(data: DataOption = None, client: ClientOption = None) -> None:
    """Print where the plan is."""
    print(_path())


def _path() -> Path:
    from formcheck.history.plan_file import plan_path

    return plan_path(training_folder())


def _entry(exercise: str) -> Entry:
    """Returns the plan's entry of an exercise, or how one begins with it."""
    from formcheck.exercises import get_exercise
    from formcheck.history.plan_file import read_plan
    from formcheck.training.plan import first_entry

    slug, path = get_exercise(exercise).slug, _path()
    planned = read_plan(path).entry(slug) if path.exists() else None
    return planned or first_entry(slug)
