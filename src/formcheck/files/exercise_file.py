"""One exercise as a TOML file: read with every check, and written with comments to start from."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from formcheck.core.exercise.exercise import Exercise
from formcheck.errors import ExerciseFileError
from formcheck.files.checked_fields import FieldError, Fields
from formcheck.files.exercise_rules import CODE, check_rules
from formcheck.files.plain_exercise import plain_exercise, read_exercise

SUFFIX = ".toml"
MOST_BYTES = 200_000
MOST_NAME = 60


def slug_of(path: Path) -> str:
    """Returns the name of the exercise in a file: the file's name without its ending.

    Raises
    ------
    ExerciseFileError
        The file's name can't be the name of an exercise.
    """
    slug = path.name.removesuffix(SUFFIX)
    if not CODE.fullmatch(slug) or len(slug) > MOST_NAME or path.suffix != SUFFIX:
        raise ExerciseFileError(
            f"'{path.name}' can't be the file of an exercise: call it by small letters, digits and"
            f" hyphens, at most {MOST_NAME}, with .toml, such as 'my-exercise.toml'."
        )
    return slug


def read_exercise_file(path: Path, known: Collection[str]) -> Exercise:
    """Returns the exercise that a file describes.

    Parameters
    ----------
    path : Path
        The file.
    known : collection of str
        The slugs that `harder` may name.

    Raises
    ------
    ExerciseFileError
        The file can't be read, or a value in it is not what is allowed: the message names the line
        and the key.
    """
    slug = slug_of(path)
    text = _text(path)
    try:
        exercise = read_exercise(Fields(_parsed(path, text)), slug)
        check_rules(exercise, known)
    except FieldError as error:
        line = line_of(text, error.key)
        raise ExerciseFileError(f"'{path}', line {line}: {error}") from error
    return exercise


def line_of(text: str, key: str) -> int:
    """Returns the line of a TOML text where a key, or else the nearest table around it, stands.

    Parameters
    ----------
    text : str
        Valid TOML.
    key : str
        A key with its path, such as `faults[1].limit.value`.
    """
    parts = [re.sub(r"\[\d+\]$", "", part) for part in key.split(".")]
    counts = [int(m[1]) if (m := re.search(r"\[(\d+)\]$", p)) else None for p in key.split(".")]
    wanted = [(name, count) for name, count in zip(parts, counts, strict=True) if name]
    best, depth = 1, 0
    for number, found in _places(text):
        shared = 0
        for mine, theirs in zip(wanted, found, strict=False):
            if mine != theirs:
                break
            shared += 1
        if shared > depth and shared == len(found):
            best, depth = number, shared
    return best


def _places(text: str) -> list[tuple[int, list[tuple[str, int | None]]]]:
    """Returns each line that begins a table or a key, with the path it stands for."""
    places: list[tuple[int, list[tuple[str, int | None]]]] = []
    table: list[tuple[str, int | None]] = []
    times: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*(\[{1,2})\s*([\w.\s-]+?)\s*\]", line)
        assigned = re.match(r"\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*=", line)
        if header:
            names = [name.strip() for name in header[2].split(".")]
            dotted = ".".join(names)
            if header[1] == "[[":
                times[dotted] = times.get(dotted, -1) + 1
            table = [
                (name, times.get(".".join(names[: place + 1]))) for place, name in enumerate(names)
            ]
            places.append((number, table))
        elif assigned:
            names = [name.strip() for name in assigned[1].split(".")]
            own: list[tuple[str, int | None]] = [(name, None) for name in names]
            places.append((number, table + own))
    return places


def _text(path: Path) -> str:
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise ExerciseFileError(f"'{path}' is far too large for an exercise: check the path.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        why = error.strerror or str(error)
        raise ExerciseFileError(
            f"The exercise '{path}' can't be read ({why}): check its path and permissions."
        ) from error
    except UnicodeDecodeError as error:
        raise ExerciseFileError(
            f"The exercise '{path}' is not text in UTF-8: save it as that."
        ) from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        plain: dict[str, Any] = tomlkit.parse(text).unwrap()
    except (TOMLKitError, ValueError, RecursionError) as error:
        why = str(error).rstrip(".") or "it is nested too deeply"
        raise ExerciseFileError(
            f"The exercise '{path}' is not TOML ({why}): correct it."
        ) from error
    return plain


def exercise_text(exercise: Exercise, *, head: str) -> str:
    """Returns an exercise as a commented TOML text that `read_exercise_file` reads back.

    Parameters
    ----------
    exercise : Exercise
        What to write; its slug is not in the text.
    head : str
        The first comment, without its `#`.
    """
    import tomlkit

    document = tomlkit.document()
    _say(document, "\n".join([head, "", *_GUIDE]))
    plain = plain_exercise(exercise)
    tables = {key: value for key, value in plain.items() if _is_table(value)}
    for key, value in plain.items():
        if key not in tables:
            _say(document, f"\n{_COMMENTS.get(key, key)}")
            document.add(key, _item(value))
    for key, value in tables.items():
        _say(document, f"\n{_COMMENTS.get(key, key)}")
        document.add(key, _table(value))
    return document.as_string()


def _say(document: Any, text: str) -> None:
    """Adds a comment for each line of a text: before 0.15.1, tomlkit marks but the first of one."""
    import tomlkit

    for line in text.splitlines():
        document.add(tomlkit.comment(line) if line else tomlkit.nl())


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )


def _table(value: Any) -> Any:
    import tomlkit

    if isinstance(value, list):
        array = tomlkit.aot()
        for each in value:
            array.append(_table(each))
        return array
    table = tomlkit.table()
    for key, own in value.items():
        if isinstance(own, dict):
            inline = tomlkit.inline_table()
            inline.update(own)
            table.add(key, inline)
        elif _is_table(own):
            table.add(key, _table(own))
        else:
            table.add(key, _item(own))
    return table


def _item(value: Any) -> Any:
    """Returns a value as TOML writes it; sentences stand one below the other."""
    import tomlkit

    if isinstance(value, str) and value in ("inf", "-inf"):
        return tomlkit.item(float(value))
    item = tomlkit.item(value)
    if isinstance(value, list) and any(isinstance(v, str) and len(v) > 20 for v in value):
        item.multiline(True)
    return item


_GUIDE = (
    "Levels and limits are in degrees, lengths in trunk lengths, times in seconds.",
    "'formcheck exercises check FILE' tells what is wrong in it, with a video what it would count.",
    "Leave out what you don't need: every key that is not here has its usual value.",
)
_COMMENTS = {
    "title": "What it is called.",
    "purpose": "What it is for, in one sentence.",
    "how_to": "How to do it, a sentence for each step.",
    "camera": "Where the camera goes, and what it shows from there.",
    "start_prompt": "What to do while the neutral is measured.",
    "cycle": "The movement: a repetition begins when the measure rises above 'start', is full\n"
    "above 'top', and is over below 'back'. 'aim' is what you ask for; 'top' accepts less, for\n"
    "the camera's error. A peak between 'partial_from' and 'top' is partial.",
    "faults": "What voids a repetition: a change from the neutral beyond the limit, for so long.\n"
    "Negative limits are falls. Say where each limit comes from.",
    "cues": "What is coached; the repetition still counts.",
    "mandatory": "What must have been checked before a repetition from a view may be clean.",
    "posture": "The start posture: between 'low' and 'high', else it is another posture.",
    "dose": "How much of it.",
    "harder": "The next harder exercise.",
    "position": "How the body lies: upright, supine, prone or hanging.",
    "views": "From where it can be judged: side, front or both.",
    "oblique_to_deg": "Up to which turn off the side it can be judged as well, degrees (0 to 60).",
    "moving": "left and right: each leg has its own count; both: the legs move together.",
    "smoothing": "The pace of the movement: slow, brisk or fast.",
    "one_leg_at_a_time": "Whether the other leg must stay down.",
    "follows_legs": "Whether raised legs are followed by where they were.",
    "counts_half_seen": "Whether a half-hidden leg is counted; it is unverified then.",
    "needs_fps": "Frames a second that the fastest repetitions need.",
    "at_rest": "Where a measure truly lies in the start posture.",
}
