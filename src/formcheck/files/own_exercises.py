"""Exercises from elsewhere: files that are named, the user's folder, and other packages.

A package offers exercises through the entry point group `formcheck.exercises`: each entry point
names an `Exercise`, or the path of a TOML file. Packages run their code when they are asked;
nothing in a TOML file is run.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from formcheck.core.exercise.exercise import Exercise
from formcheck.errors import ExerciseFileError, FormcheckError
from formcheck.exercises import built_in, put_up, slugs
from formcheck.files.exercise_file import SUFFIX, exercise_text, read_exercise_file, slug_of
from formcheck.files.writing import write_text

GROUP = "formcheck.exercises"
HEAD = "An exercise of your own, made like '{like}'. Change what is different."


@dataclass(frozen=True)
class NamedFiles:
    """Exercises named by the path of their file: `./my-exercise.toml`."""

    def names(self) -> tuple[str, ...]:
        """Returns nothing: a path has to be named."""
        return ()

    def find(self, name: str) -> Exercise | None:
        """Returns the exercise in a file; None where the name is no path of a TOML file."""
        return load_exercise(Path(name)) if name.endswith(SUFFIX) else None


@dataclass(frozen=True)
class ExerciseFolder:
    """The exercises in a folder, each by the name of its file.

    Attributes
    ----------
    where : callable
        Returns the folder, when it is needed; it need not exist.
    """

    where: Callable[[], Path]

    def names(self) -> tuple[str, ...]:
        """Returns the names of the files, without opening one."""
        return tuple(path.name.removesuffix(SUFFIX) for path in self.files())

    def files(self) -> list[Path]:
        """Returns the files whose names can be those of exercises."""
        found = []
        try:
            paths = sorted(self.where().glob(f"*{SUFFIX}"))
        except OSError:
            return []
        for path in paths:
            try:
                slug_of(path)
            except ExerciseFileError:
                continue
            found.append(path)
        return found

    def find(self, name: str) -> Exercise | None:
        """Returns the exercise of this name; None if the folder has no such file."""
        path = next((p for p in self.files() if p.name == f"{name}{SUFFIX}"), None)
        return None if path is None else load_exercise(path)


@dataclass(frozen=True)
class OtherPackages:
    """The exercises of installed packages, by the names of their entry points."""

    group: str = field(default=GROUP)

    def names(self) -> tuple[str, ...]:
        """Returns the names of the entry points, without loading one."""
        return tuple(sorted(point.name for point in entry_points(group=self.group)))

    def find(self, name: str) -> Exercise | None:
        """Returns what an entry point offers; None if there is none of this name.

        Raises
        ------
        ExerciseFileError
            The package can't be imported, or offers something else.
        """
        point = next(iter(entry_points(group=self.group, name=name)), None)
        return None if point is None else _offered(point)


def _offered(point: EntryPoint) -> Exercise:
    try:
        offered = point.load()
    except (ImportError, AttributeError, SyntaxError) as error:
        raise ExerciseFileError(
            f"The exercise '{point.name}' of another package can't be loaded ({error}): update or"
            " remove the package."
        ) from error
    if isinstance(offered, (str, os.PathLike)):
        offered = load_exercise(Path(offered))
    if not isinstance(offered, Exercise) or offered.slug != point.name:
        raise ExerciseFileError(
            f"'{point.value}' of another package is no exercise of the name '{point.name}': tell"
            " its author."
        )
    return offered


def put_up_own(folder: Callable[[], Path]) -> None:
    """Makes the exercises from elsewhere known to `get_exercise` and `slugs`.

    Parameters
    ----------
    folder : callable
        Returns the user's folder of exercises.
    """
    put_up(NamedFiles())
    put_up(ExerciseFolder(folder))
    put_up(OtherPackages())


def load_exercise(path: Path) -> Exercise:
    """Returns the exercise in a file.

    Raises
    ------
    ExerciseFileError
        The file is no exercise, or has the name of one of formcheck's own.
    """
    slug = slug_of(path)
    if slug in built_in():
        raise ExerciseFileError(
            f"'{path}' has the name of an exercise of formcheck: give the file another name."
        )
    return read_exercise_file(path, {*slugs(), slug})


def misnamed(folder: Path) -> list[str]:
    """Returns a sentence for each file in a folder whose name can't be that of an exercise."""
    said = []
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []:
        try:
            slug_of(path)
        except FormcheckError as error:
            said.append(str(error))
    return said


def write_new(folder: Path, name: str, like: Exercise) -> Path:
    """Writes the file of a new exercise, made like another one; returns its path.

    Raises
    ------
    ExerciseFileError
        The name is not allowed, or there is such an exercise already.
    OutputError
        The file can't be written.
    """
    slug = name.removesuffix(SUFFIX)
    path = folder / f"{slug}{SUFFIX}"
    if path.parent != folder:
        raise ExerciseFileError(f"'{name}' is no name of an exercise, but a path: use --out.")
    if slug_of(path) in slugs() or path.exists():
        raise ExerciseFileError(f"There is an exercise '{slug}' already: choose another name.")
    title = slug.replace("-", " ").capitalize()
    text = exercise_text(replace(like, title=title), head=HEAD.format(like=like.slug))
    write_text(path, text)
    return path
