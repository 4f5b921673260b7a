"""Trains a plan exercise after exercise, without a hand on the keyboard.

The announcement of the next exercise, with the place of the camera, follows as soon as an exercise
ends: the rest between two exercises is the time to move the camera and to take position. The next
run then waits for the start posture by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from formcheck.exercises import get_exercise
from formcheck.training.plan import Entry


class Ended(Enum):
    """How one exercise of the plan ended."""

    DONE = "done"
    QUIT = "quit"
    PAIN = "pain"
    FAILED = "failed"


Train = Callable[[Entry], Ended]
"""Runs the sets of one exercise."""


def train_in_order(
    entries: Sequence[Entry],
    train: Train,
    *,
    between_s: float,
    say: Callable[[str], None],
    wait: Callable[[float], None],
) -> list[tuple[Entry, Ended]]:
    """Trains the exercises of a plan in order, until all are done or an exercise ends early.

    Parameters
    ----------
    entries : sequence of Entry
        The exercises, in order.
    train : callable
        Runs one exercise.
    between_s : float
        Rest between two exercises.
    say : callable
        Gets each announcement, one or more sentences.
    wait : callable
        Waits for a number of seconds.

    Returns
    -------
    list of (Entry, Ended)
        The exercises that began, and how they ended.
    """
    ended: list[tuple[Entry, Ended]] = []
    for number, entry in enumerate(entries, 1):
        say(announcement(entry, number, len(entries)))
        how = _after_rest(entry, train, wait, between_s if ended else 0.0)
        ended.append((entry, how))
        if how is not Ended.DONE:
            break
    say(_closing(ended, len(entries)))
    return ended


def _after_rest(entry: Entry, train: Train, wait: Callable[[float], None], rest_s: float) -> Ended:
    try:
        if rest_s > 0:
            wait(rest_s)
    except KeyboardInterrupt:
        return Ended.QUIT
    return train(entry)


def announcement(entry: Entry, number: int, of: int) -> str:
    """Returns the announcement of an exercise: its dose, its load, and the camera's place."""
    exercise = get_exercise(entry.name)
    return (
        f"{number} of {of}: {exercise.title}, {entry.text}. Camera: {_lowered(exercise.camera[0])}"
        f" Then: {_lowered(exercise.start_prompt)}"
    )


def _closing(ended: Sequence[tuple[Entry, Ended]], planned: int) -> str:
    how = ended[-1][1] if ended else Ended.DONE
    done = sum(each is Ended.DONE for _, each in ended)
    if how is Ended.DONE:
        return f"All {planned} exercises are done."
    why = {
        Ended.QUIT: "Stopped",
        Ended.PAIN: "Stopped, because it hurts",
        Ended.FAILED: "Stopped, because the run broke off",
    }[how]
    last = get_exercise(ended[-1][0].name)
    on = "" if how is Ended.PAIN else f" 'formcheck routine --from {last.slug}' goes on from there."
    return f"{why}, at {last.title}: {done} of {planned} exercises done.{on}"


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
