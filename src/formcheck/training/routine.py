"""Through a training plan, exercise after exercise, without a hand on the keyboard.

What comes next, and where the camera goes for it, is said as soon as an exercise is over: the rest
between two exercises is the time to move the camera and to take one's place. The next run then
waits for the start posture by itself.
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
"""Takes the person through the sets of one exercise."""


def lead(
    entries: Sequence[Entry],
    train: Train,
    *,
    between_s: float,
    say: Callable[[str], None],
    wait: Callable[[float], None],
) -> list[tuple[Entry, Ended]]:
    """Lead through the exercises of a plan until all are done, or one ends otherwise than done.

    Parameters
    ----------
    entries : sequence of Entry
        What to train, in order.
    train : callable
        Runs one exercise.
    between_s : float
        Rest between two exercises.
    say : callable
        Gets each announcement, a sentence or a few.
    wait : callable
        Waits so many seconds.

    Returns
    -------
    list of (Entry, Ended)
        What was begun, and how it ended.
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
    """Return what comes next: the exercise, how much of it, with what, and the camera's place."""
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
