"""The catalogue: every module of this folder that defines `EXERCISE` is in it."""

from __future__ import annotations

import importlib
import pkgutil

from formcheck.core.exercise.exercise import Exercise
from formcheck.errors import UnknownExercise


def slugs() -> tuple[str, ...]:
    """Returns the names of all exercises, sorted; imports none of them."""
    return tuple(sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(__path__)))


def normal_slug(name: str) -> str:
    """Returns a name in the spelling of a slug, whether or not an exercise has it.

    Examples
    --------
    >>> normal_slug("Standing_Hip flexion")
    'standing-hip-flexion'
    """
    return "-".join(name.lower().replace("_", " ").replace("-", " ").split())


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
    if normal not in slugs():
        raise UnknownExercise(slug, slugs())
    module = importlib.import_module(f"{__name__}.{normal.replace('-', '_')}")
    exercise: Exercise = module.EXERCISE
    return exercise
