"""The runs of `formcheck routine`, and what comes before, between and after them."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.cli.common import warn
from formcheck.cli.person import adjustments, training_folder
from formcheck.errors import UsageError

if TYPE_CHECKING:
    from formcheck.training.plan import Entry, Plan
    from formcheck.training.routine import Ended


@dataclass(frozen=True, kw_only=True)
class Options:
    """Options for every run of the routine."""

    no_window: bool
    mute: bool
    voice: bool
    model: Path | None


def entries_from(plan: Plan, begin: str | None) -> tuple[Entry, ...]:
    """Returns the plan's exercises, from `begin` on if given."""
    from formcheck.exercises import get_exercise

    if begin is None:
        return plan.entries
    slug = get_exercise(begin).slug
    names = [entry.name for entry in plan.entries]
    if slug not in names:
        raise UsageError(f"The plan has no exercise '{slug}': it has {', '.join(names)}.")
    return plan.entries[names.index(slug) :]


def sources_for(given: list[str] | None, count: int) -> list[str]:
    """Returns a source for each exercise: the one given for all, or as many as exercises."""
    given = given or ["0"]
    if len(given) not in (1, count):
        raise UsageError(f"--source takes one source, or one for each of the {count} exercises.")
    return given * count if len(given) == 1 else given


def say_before(plan: Plan, path: Path, *, anyway: bool) -> None:
    """Says what speaks against training today; raises an error after pain in the last session."""
    from formcheck.errors import FormcheckError
    from formcheck.history.days import now
    from formcheck.history.store import History
    from formcheck.history.today import today_of

    with History(training_folder(), create=False) as history:
        today = today_of(history, plan, path, now().date())
    if today.stopped is not None and not anyway:
        raise FormcheckError(
            f"The plan has stopped: {today.stopped.reasons[0]} 'formcheck routine overrule"
            f" {today.stopped.before.name} resume' goes on, if you know better."
        )
    for remark in today.remarks:
        warn(remark)


def train(entry: Entry, source: str, options: Options) -> Ended:
    """Guides the person through one exercise of the plan; returns how the exercise ended."""
    from formcheck.cli.live_run import RunRequest, carry_out, has_failed
    from formcheck.cli.run_io import RunHistory, RunInputs, RunOutputs
    from formcheck.core.coaching.pain import PAIN_STOPS
    from formcheck.core.coaching.settings import settings_for
    from formcheck.training.routine import Ended

    exercise = entry.exercise
    inputs = RunInputs(source=source, model=options.model)
    result = carry_out(
        RunRequest(
            exercise=exercise,
            settings=settings_for(exercise, sets=entry.sets, reps=entry.reps, rest_s=entry.rest_s),
            inputs=inputs,
            outputs=RunOutputs(),
            history=RunHistory(entry.load),
            window=not options.no_window,
            voice=options.voice,
            muted=options.mute,
        )
    )
    if has_failed(result):
        return Ended.FAILED
    if result.pain is not None and result.pain >= PAIN_STOPS:
        return Ended.PAIN
    finished = result.ended or len(result.session.sets) >= entry.sets
    return Ended.DONE if finished else Ended.QUIT


def with_client_limits(plan: Plan) -> Plan:
    """Returns a plan with the client's limits where it has none of its own.

    Raises
    ------
    UsageError
        A limit is beyond what the camera can tell, or not of its exercise.
    """
    from formcheck.core.exercise.adjustment import Adjustment

    usual = adjustments()
    entries = tuple(
        replace(entry, adjustment=entry.adjustment.over(usual.get(entry.name, Adjustment())))
        for entry in plan.entries
    )
    for entry in entries:
        _ = entry.exercise
    return replace(plan, entries=entries)


def announce(text: str, *, voice: bool) -> None:
    """Prints what comes next, and says it if asked to."""
    warn(text)
    if not voice:
        return
    from formcheck.core.coaching.events import Notice
    from formcheck.sound.feedback import Feedback

    with Feedback(voice=True, report=warn) as feedback:
        feedback.hear(Notice(time_s=0.0, say=text))


def wait(seconds: float) -> None:
    """Waits, and says how long."""
    warn(f"{seconds:.0f} s until the next exercise.")
    time.sleep(seconds)


def say_after(plan: Plan, path: Path, *, trained: list[str], keep_plan: bool) -> None:
    """Says what comes next for the trained exercises, and why, and changes the plan accordingly."""
    from formcheck.history.days import now
    from formcheck.history.decisions import accept, propose
    from formcheck.history.store import History
    from formcheck.reports.console import plain_console
    from formcheck.reports.history_text import decision_text

    console = plain_console()
    with History(training_folder(), create=False) as history:
        proposed = [each for each in propose(history, plan, path) if each.before.name in trained]
        if not keep_plan:
            accept(history, path, proposed, now())
    for decision in proposed:
        console.print(decision_text(decision))
    if any(each.before != each.after for each in proposed):
        done = "The plan is unchanged" if keep_plan else "The plan is changed"
        console.print(
            f"\n{done}. formcheck routine overrule EXERCISE decides otherwise.", style="dim"
        )
