"""Reads tables from outside, key by key: each value is checked, each complaint names its key.

Plans that people write and exports from elsewhere are read by the same rules.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from formcheck.errors import FormcheckError

T = TypeVar("T")
MOST_ITEMS = 100_000
MOST_LETTERS = 1000


class FieldError(FormcheckError):
    """A value in a file is not allowed; the message names the key.

    Attributes
    ----------
    key : str
        The key with its table's path, such as `faults[1].limit.value`; empty for the whole file.
    """

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key

    def __reduce__(self) -> tuple[type[FieldError], tuple[str, str]]:
        """Returns what makes the error anew in another process."""
        return type(self), (str(self), self.key)


class Fields:
    """A table of keys and values from a file.

    Parameters
    ----------
    value : object
        The table; anything else raises a `FieldError`.
    where : str
        The table's path in the file, for complaints: `exercises[2]`; empty for the whole file.
    """

    def __init__(self, value: object, where: str = "") -> None:
        if not isinstance(value, dict):
            what = f"'{where}'" if where else "The file's content"
            raise FieldError(
                f"{what} is {_shown(value)}; allowed is a table of keys and values.", where
            )
        self.value: dict[str, Any] = value
        self._where = where

    def __contains__(self, key: str) -> bool:
        return self.value.get(key) is not None

    def names(self) -> list[str]:
        """Returns the keys, in the order of the file."""
        return [str(key) for key in self.value]

    def is_text(self, key: str) -> bool:
        """Returns whether the key's value is a text."""
        return isinstance(self.value.get(key), str)

    def where(self, key: str) -> str:
        """Returns the key with the table's path, as complaints name it."""
        return f"{self._where}.{key}" if self._where else key

    def refuse(self, key: str, allowed: str) -> FieldError:
        """Returns the complaint that the key's value is not allowed."""
        where = self.where(key)
        if key not in self.value:
            return FieldError(f"'{where}' is missing; allowed is {allowed}.", where)
        return FieldError(f"'{where}' is {_shown(self.value[key])}; allowed is {allowed}.", where)

    def only(self, known: Iterable[str]) -> None:
        """Raises a `FieldError` for the first key that is not known."""
        names = list(known)
        for key in self.value:
            if key in names:
                continue
            near = difflib.get_close_matches(str(key), names, n=1, cutoff=0.6)
            hint = f"did you mean '{near[0]}'? Known are" if near else "known are"
            where = self.where(str(key))
            raise FieldError(f"'{where}' is not known: {hint} {', '.join(names)}.", where)

    def whole(self, key: str, low: int, high: int) -> int:
        """Returns a whole number from low to high."""
        value = self.value.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.refuse(key, f"a whole number from {low} to {high}")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        """Returns a number from low to high."""
        value = self.value.get(key)
        real = isinstance(value, (int, float)) and not isinstance(value, bool)
        if value is None or not real or not low <= value <= high:
            raise self.refuse(key, f"a number from {low:g} to {high:g}")
        return float(value)

    def number_or_nan(self, key: str, low: float, high: float) -> float:
        """Returns a number; NaN where the value is null or the key is missing."""
        return self.number(key, low, high) if key in self else math.nan

    def flag(self, key: str) -> bool:
        """Returns a truth value."""
        value = self.value.get(key)
        if not isinstance(value, bool):
            raise self.refuse(key, "true or false")
        return value

    def text(self, key: str, *, least: int = 0, most: int = MOST_LETTERS) -> str:
        """Returns a text without control characters, which could play tricks on a terminal."""
        value = self.value.get(key)
        if not _is_text(value, most) or len(str(value)) < least:
            length = f"{least} to {most}" if least else f"at most {most}"
            raise self.refuse(key, f"a text of {length} letters, in one line")
        return str(value)

    def line(self, key: str) -> str:
        """Returns any text as one printable line, such as the name of a strange file."""
        value = self.value.get(key)
        if not isinstance(value, str):
            raise self.refuse(key, "a text")
        return printable(value)

    def lines(self, key: str) -> tuple[str, ...]:
        """Returns a list of any texts, each as one printable line."""
        value = self.value.get(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.refuse(key, "a list of texts")
        return tuple(printable(item) for item in value)

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        """Returns one of the allowed texts."""
        value, names = self.value.get(key), list(allowed)
        if value not in names:
            near = difflib.get_close_matches(str(value), names, n=1, cutoff=0.6)
            hint = f"; did you mean '{near[0]}'" if near else ""
            raise self.refuse(key, f"one of {', '.join(names)}{hint}")
        return str(value)

    def moment(self, key: str) -> datetime:
        """Returns a date and time with its time zone, from ISO 8601 text."""
        value = self.value.get(key)
        allowed = "a date, time and zone like 2026-03-01T18:30:00+01:00"
        if not _is_text(value, 40):
            raise self.refuse(key, allowed)
        try:
            moment = datetime.fromisoformat(str(value))
            moment.astimezone().timestamp()
        except (ValueError, OverflowError, OSError):
            raise self.refuse(key, allowed) from None
        if moment.tzinfo is None:
            raise self.refuse(key, allowed)
        return moment

    def texts(self, key: str, *, most: int = MOST_LETTERS) -> tuple[str, ...]:
        """Returns a list of texts."""
        value = self.value.get(key)
        if not isinstance(value, list) or not all(_is_text(item, most) for item in value):
            raise self.refuse(key, f"a list of texts of at most {most} letters, each in one line")
        return tuple(value)

    def table(self, key: str) -> Fields:
        """Returns the table under a key."""
        return Fields(self.value.get(key), self.where(key))

    def each(self, key: str, read: Callable[[Fields], T]) -> tuple[T, ...]:
        """Returns the results of `read` for every table in a list."""
        value = self.value.get(key)
        if not isinstance(value, list) or len(value) > MOST_ITEMS:
            raise self.refuse(key, f"a list of at most {MOST_ITEMS} tables")
        return tuple(read(Fields(v, f"{self.where(key)}[{i}]")) for i, v in enumerate(value))


def printable(text: str) -> str:
    """Returns a text in one line, with a question mark for what no file or terminal can show."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)[:MOST_LETTERS]


def _is_text(value: object, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most and (not value or value.isprintable())


def _shown(value: object) -> str:
    """Returns a value as a complaint shows it: short, and without control characters."""
    if value is None:
        return "missing"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"a list of {len(value)}"
    text = ascii(value) if not str(value).isprintable() else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
