"""What the plan says about a day: due or not, what speaks against training, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from formcheck.history.decisions import propose
from formcheck.history.store import History
from formcheck.training.plan import Plan, day_names
from formcheck.training.progression import Decision, Step, rest_remarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The plan on one day.

    Attributes
    ----------
    proposed : tuple of Decision
        What the rule says about every exercise of the plan.
    remarks : tuple of str
        What speaks against training on this day, in sentences.
    """

    proposed: tuple[Decision, ...]
    remarks: tuple[str, ...]

    @property
    def stopped(self) -> Decision | None:
        """The first decision that stops the plan, for pain; None where none does."""
        return next((each for each in self.proposed if each.step is Step.STOP), None)


def today_of(history: History, plan: Plan, path: Path, today: date) -> Today:
    """Returns what the plan in the file `path` says about a day."""
    days = {session.started_at.date() for session in history.sessions() if session.reps}
    remarks = rest_remarks(sorted({*days, today}))
    if not plan.is_due(today):
        off = f"{today:%A} is no day of the plan: that trains on {day_names(plan.days)}."
        remarks = (off, *remarks)
    return Today(proposed=tuple(propose(history, plan, path)), remarks=remarks)
