"""Findings, repetitions and counts in words, the same for screen, table and voice."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from formcheck.core.checker.faults import Finding
from formcheck.core.checker.session import Counts, Dropped, DropReason, Rep, Verdict
from formcheck.core.exercise.exercise import Exercise

OF_TRUNK = " of trunk length"
UNITS = {"deg": "°", "s": " s", "trunk": f" %{OF_TRUNK}"}


def amount(value: float, unit: str, *, signed: bool = False, more: int = 0) -> str:
    """Returns a value with its unit, as people write it, with so many more digits than usual."""
    if unit == "trunk":
        value *= 100.0
    digits = more + (0 if unit == "deg" else 1)
    return f"{value:{'+' if signed else ''}.{digits}f}{UNITS[unit]}"


def beside(value: float, limit: float, unit: str) -> str:
    """Returns a value with as many digits as tell it from its limit: 0.98 s beside 1.0 s."""
    said = (amount(value, unit, more=more) for more in range(3))
    same = (amount(limit, unit, more=more) for more in range(3))
    pairs = list(zip(said, same, strict=True))
    return next((own for own, other in pairs if own != other), pairs[0][0])


def capital(text: str) -> str:
    """Returns a text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Returns a text with a small letter at its beginning, to go on a sentence with."""
    return text[:1].lower() + text[1:]


def changes_text(exercise: Exercise) -> str:
    """Returns what was different for one person, in one sentence; empty where nothing was."""
    return f"Limits of this person: {'; '.join(exercise.changes)}." if exercise.changes else ""


def finding_text(exercise: Exercise, finding: Finding, *, when: bool = True) -> str:
    """Returns a fault or cue in words: its name, its size, the limit, and the time if asked for.

    For example `leaning back 18° (limit 10°) at 7.3 s`, `short hold 0.6 s (at least 1.8 s)`.
    """
    for cue in exercise.cues:
        if cue.code == finding.code:
            least = amount(finding.limit, finding.unit)
            worst = beside(finding.worst, finding.limit, finding.unit)
            return f"{cue.name} {worst} (at least {least})"
    # A session of an older version may have a fault that the exercise no longer has.
    own_words = finding.code.replace("-", " ")
    name = next((f.name for f in exercise.faults if f.code == finding.code), own_words)
    worst, limit = (
        beside(abs(finding.worst), abs(finding.limit), finding.unit),
        amount(abs(finding.limit), finding.unit),
    )
    limit = limit.removesuffix(OF_TRUNK)
    return f"{name} {worst} (limit {limit})" + (f" at {finding.at_s:.1f} s" if when else "")


def rep_text(exercise: Exercise, rep: Rep, *, when: bool = True) -> str:
    """Returns why a repetition got its verdict, in one line; empty for a clean one without cues.

    Parameters
    ----------
    exercise : Exercise
        Gives the words.
    rep : Rep
        The repetition.
    when : bool
        Whether to say at which time each fault was.
    """
    said = [finding_text(exercise, finding, when=when) for finding in rep.faults]
    if rep.verdict is Verdict.PARTIAL:
        said.insert(0, short_of(exercise, rep))
    if rep.verdict is Verdict.UNVERIFIED:
        said.insert(0, doubt_text(exercise, rep))
    said += [finding_text(exercise, finding) for finding in rep.cues]
    return "; ".join(said)


def short_of(exercise: Exercise, rep: Rep) -> str:
    """Returns what a partial repetition lacks: height, or time at the top of a timed hold."""
    cycle = exercise.cycle
    if cycle.hold_target_s > 0 and rep.peak_deg >= cycle.top:
        return f"held {rep.hold_s:.1f} s of {cycle.hold_target_s:.1f} s"
    if rep.peak_deg >= cycle.top:
        return f"was above {cycle.top:.0f}° for too short a moment: stay at the top"
    # Rounding must not make it 80 of 80.
    return f"reached {min(round(rep.peak_deg), math.ceil(cycle.top) - 1)}° of {cycle.top:.0f}°"


def doubt_text(exercise: Exercise, rep: Rep) -> str:
    """Returns why a repetition could not be verified."""
    codes = {fault.code: fault.name for fault in exercise.faults}
    coaching = {cue.code for cue in exercise.cues}
    first = next((u for u in rep.unchecked if u.check not in {*codes, *coaching}), None)
    if first is not None:
        return first.reason
    mandatory = {code for need in exercise.mandatory.values() for code in need}
    missed = [u for u in rep.unchecked if u.check in mandatory]
    return "; ".join(f"{codes[u.check]} not checked: {u.reason}" for u in missed)


WHAT_TO_CHANGE = (
    ("frames a second", "let in more light"),
    ("frame a second", "let in more light"),
    ("start posture", "begin with two seconds in the start posture"),
    ("suddenly elsewhere", "film without cuts and without other people"),
    ("turned, or the camera moved", "let the camera stand still, and keep the direction you face"),
    ("other leg", "keep the other leg apart, or turn a few degrees to the camera"),
    ("the leg was", "let nothing come between the camera and the lifted leg"),
    ("view", "put the camera where `formcheck exercises` says"),
    ("arm", "keep the arms away from the trunk"),
    ("not seen", "let the whole body be in the picture, arms away from the trunk"),
)
"""Words of a reason, and the one thing to change; the first that fits."""


def set_in_doubt(exercise: Exercise, reps: Sequence[Rep]) -> str:
    """Returns why a whole set is unverified and what to change, in one sentence.

    Empty where a repetition got another verdict, or there is only one.
    """
    if len(reps) < 2 or any(rep.verdict is not Verdict.UNVERIFIED for rep in reps):
        return ""
    reasons = [doubt_text(exercise, rep) for rep in reps]
    kinds = [re.sub(r"[0-9.]+", "", reason) for reason in reasons]
    usual = max(kinds, key=kinds.count)
    reason, times = reasons[kinds.index(usual)], kinds.count(usual)
    change = next((what for words, what in WHAT_TO_CHANGE if words in reason), "")
    which = f"All {len(reps)}" if times == len(reps) else f"{times} of {len(reps)}"
    such = "" if len(set(reasons)) == 1 else ", or much like it"
    return f"{which} unverified: {reason}{such}" + (f"; {change}." if change else ".")


def counts_text(counts: Counts) -> str:
    """Returns the counts in words, without the verdicts that did not occur."""
    if counts.attempts == 0:
        return "no repetition seen"
    said = [f"{counts.clean} clean of {counts.attempts}"]
    for name in ("compensated", "partial", "unverified"):
        number = getattr(counts, name)
        said += [f"{number} {name}"] if number else []
    return ", ".join(said)


def dropped_text(dropped: Sequence[Dropped]) -> str:
    """Returns how many attempts were no repetitions, and why; empty where there is nothing to say.

    Both legs of one movement count once, and echoes are not worth a word: their leg's lift counts.
    """
    said = []
    for reason, one, more in (
        (DropReason.OTHER_MOVEMENT, "looked like another movement", "looked like another movement"),
        (DropReason.ELSEWHERE, "was made in another place", "were made in another place"),
        (DropReason.TOO_SHORT, "was too short", "were too short"),
    ):
        number = _apart([each for each in dropped if each.reason is reason])
        if number:
            said.append(f"{number} attempt{'s' * (number > 1)} {one if number == 1 else more}")
    return ", ".join(said)


def _apart(dropped: Sequence[Dropped]) -> int:
    """Returns how many stretches of time some attempts fill that do not overlap."""
    number, until_s = 0, -math.inf
    for one in sorted(dropped, key=lambda one: one.start_s):
        number += one.start_s >= until_s
        until_s = max(until_s, one.end_s)
    return number
