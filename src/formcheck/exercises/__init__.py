"""The catalogue: every module of this folder that defines `EXERCISE`, and what others offer.

Exercises from elsewhere (a user's files, other packages) come through shelves, which the
applications put up. A shelf never replaces an exercise of this folder.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol

from formcheck.core.exercise.exercise import Exercise
from formcheck.errors import FormcheckError, UnknownExercise


class Shelf(Protocol):
    """Exercises from elsewhere, looked up when they are named."""

    def names(self) -> tuple[str, ...]:
        """Returns the slugs it offers."""
        ...

    def find(self, name: str) -> Exercise | None:
        """Returns an exercise by slug, or by another name it knows; None if it has none."""
        ...


class Judged(Protocol):
    """A session: the slug of its exercise, and the rules it was judged by where it has them."""

    @property
    def exercise(self) -> str:
        """Slug."""
        ...

    @property
    def rules(self) -> Exercise | None:
        """The rules; None for a session of an older version."""
        ...


_shelves: list[Shelf] = []


def put_up(shelf: Shelf) -> None:
    """Adds a shelf, once: a shelf that equals one already there is not added."""
    if shelf not in _shelves:
        _shelves.append(shelf)


def built_in() -> tuple[str, ...]:
    """Returns the names of this package's exercises, sorted; imports none of them."""
    return tuple(sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(__path__)))


def normal_slug(name: str) -> str:
    """Returns a name in the spelling of a slug, whether or not an exercise has it.

    Examples
    --------
    >>> normal_slug("Standing_Hip flexion")
    'standing-hip-flexion'
    """
    return "-".join(name.lower().replace("_", " ").replace("-", " ").split())


def slugs() -> tuple[str, ...]:
    """Returns the names of all exercises, sorted: this package's and those on the shelves."""
    return tuple(sorted({*built_in(), *(name for shelf in _shelves for name in shelf.names())}))


def get_exercise(slug: str) -> Exercise:
    """Returns an exercise by name; capitals, spaces and underscores are taken for the slug's.

    Raises
    ------
    UnknownExercise
        There is none of that name; the message lists them and the nearest.

    Examples
    --------
    >>> get_exercise("standing-hip-flexion").title
    'Standing hip flexion'
    >>> get_exercise("mountain-climbers").one_leg_at_a_time
    False
    """
    normal = normal_slug(slug)
    if normal in built_in():
        module = importlib.import_module(f"{__name__}.{normal.replace('-', '_')}")
        exercise: Exercise = module.EXERCISE
        return exercise
    for shelf in _shelves:
        found = shelf.find(slug) or shelf.find(normal)
        if found is not None:
            return found
    raise UnknownExercise(slug, slugs())


def readable() -> tuple[tuple[Exercise, ...], tuple[str, ...]]:
    """Returns every exercise that can be read, by name, and what is wrong with the others."""
    found, wrong = [], []
    for slug in slugs():
        try:
            found.append(get_exercise(slug))
        except FormcheckError as error:
            wrong.append(str(error))
    return tuple(found), tuple(wrong)


def title_of(slug: str) -> str:
    """Returns the title of an exercise; its slug in words if there is no such exercise any more."""
    try:
        return get_exercise(slug).title
    except UnknownExercise:
        return slug.replace("-", " ").capitalize()


def rules_of(session: Judged) -> Exercise:
    """Returns the rules that a session was judged by.

    A session of an older version stores none: then the exercise as it is today.

    Raises
    ------
    UnknownExercise
        It stores none, and there is no exercise of its name.
    """
    return session.rules if session.rules is not None else get_exercise(session.exercise)
