"""Every reader of a file of whole form with strange values in places: of any type and size."""

from __future__ import annotations

import io
import json
import random
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from tests.fuzz.parsers import damaged
from tests.fuzz.properties import Property, examples_of
from tests.fuzz.readers import READERS, Reader, reads_or_says_why, whole

STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 2**63, 10**30, 1e308, -0.0, 0.5, "", "\x1b[2J", "../../etc/passwd",
    "é\u202e", "x" * 2000, "\ud800", [], {}, [[]], [None], {"": None}, float("nan"), float("inf"),
)  # fmt: skip
OF_TOML = (
    "-1", "0", "9" * 40, "nan", "-inf", "1e308", "true", '""', '"\\u001b[2J"', '"../../etc/passwd"',
    "[]", "[[]]", "{}", "{ a = 1 }", "1979-05-27", "07:32:00", '["mon", "mon"]', '["none", 3]',
    "[" * 500, "0x_", "'''", '"' + "x" * 2000 + '"', "",
)  # fmt: skip
CELLS = (
    "", "nan", "-1", "1e400", "inf", "0x10", "left", "yes", "90", "auto", "~no-such-user/a.mp4",
    "/*/*.mp4", "**/*", "[", "[!]*", "../../x", "a\0b*", "x" * 300, '"', "\x1b[2J", "=1+1",
)  # fmt: skip
_VALUES = "any value of any type in any place: it is read, or refused in one sentence"
_DTYPES = ("float16", "float64", "int8", "uint64", "complex128", "U5", "S3", "bool", "M8[s]")


def strange(plain: Any, random_: random.Random, share: float) -> Any:
    """Return plain values with some replaced by others of any type, or left out."""
    if random_.random() < share:
        return random_.choice(STRANGE)
    if isinstance(plain, dict):
        kept_items = [(k, v) for k, v in plain.items() if random_.random() > share / 4]
        return {k: strange(v, random_, share) for k, v in kept_items}
    if isinstance(plain, list):
        return [strange(v, random_, share) for v in plain]
    return plain


def _values_property(reader: Reader, *, lines: bool = False) -> Property:
    def check(seed: int, share: float) -> None:
        random_ = random.Random(seed)
        text = whole(reader).decode()
        plain = [json.loads(line) for line in text.splitlines()] if lines else [json.loads(text)]
        bent = "\n".join(json.dumps(strange(each, random_, share)) for each in plain)
        reads_or_says_why(reader, f"{bent}\n".encode())

    run = examples_of(check, seed=st.integers(0, 2**32 - 1), share=st.floats(0.005, 0.2))
    return Property(name=f"values: {reader.name}", holds=_VALUES, run=run, quick=12, deep=1500)


def _arrays_property(reader: Reader) -> Property:
    def check(seed: int, hits: int) -> None:
        random_ = random.Random(seed)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / reader.file
            reader.make(path)
            with np.load(path) as data:
                arrays = {name: data[name] for name in data.files}
            for _ in range(hits):
                _bend(arrays, random_)
            np.savez(path, **arrays)
            reads_or_says_why(reader, path.read_bytes())

    run = examples_of(check, seed=st.integers(0, 2**32 - 1), hits=st.integers(1, 3))
    return Property(name=f"values: {reader.name}", holds=_VALUES, run=run, quick=12, deep=1500)


def _bend(arrays: dict[str, Any], random_: random.Random) -> None:
    name = random_.choice(sorted(arrays))
    array = arrays[name]
    match random_.randrange(6):
        case 0:
            arrays.pop(name) if len(arrays) > 1 else None
        case 1:
            arrays[name] = np.zeros(
                random_.choice([(), (0,), (5,), (5, 33), (5, 33, 2), (2, 2, 2)])
            )
        case 2:
            arrays[name] = np.zeros(array.shape, dtype=random_.choice(_DTYPES))
        case 3 if array.dtype.kind == "f" and array.size:
            array = array.copy()
            array.flat[random_.randrange(array.size)] = random_.choice([np.nan, np.inf, -1e300, -1])
            arrays[name] = array
        case 4 if array.dtype.kind == "U":
            arrays[name] = np.array(json.dumps(random_.choice(STRANGE)))
        case _:
            arrays[name] = np.array([{"a": 1}], dtype=object)


def _members_property(reader: Reader) -> Property:
    """Arrays whose bytes, heads and all, were damaged before they were packed."""

    def check(seed: int, hits: int) -> None:
        random_ = random.Random(seed)
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole(reader))) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        hit = random_.choice(sorted(members))
        # The head says type and shape; it is a hundred bytes of thousands.
        head = members[hit][:128] if random_.random() < 0.7 else members[hit]
        members[hit] = damaged(head, seed, hits) + members[hit][len(head) :]
        with zipfile.ZipFile(packed, "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        reads_or_says_why(reader, packed.getvalue())

    run = examples_of(check, seed=st.integers(0, 2**32 - 1), hits=st.integers(1, 4))
    return Property(name=f"arrays: {reader.name}", holds=_VALUES, run=run, quick=12, deep=1500)


def _rows_property(reader: Reader) -> Property:
    """A database somebody else has written to."""

    def check(seed: int, hits: int) -> None:
        random_ = random.Random(seed)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / reader.file
            path.write_bytes(whole(reader))
            with closing(sqlite3.connect(path)) as connection:
                for _ in range(hits):
                    _overwrite(connection, random_)
                connection.commit()
            reads_or_says_why(reader, path.read_bytes())

    run = examples_of(check, seed=st.integers(0, 2**32 - 1), hits=st.integers(1, 3))
    return Property(name=f"values: {reader.name}", holds=_VALUES, run=run, quick=12, deep=1500)


def _overwrite(connection: sqlite3.Connection, random_: random.Random) -> None:
    """Put a strange value into some column of some table."""
    tables = ("sessions", "sets", "reps", "findings", "unchecked", "decisions")
    table = random_.choice(tables)
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    value = random_.choice(STRANGE)
    if random_.random() < 0.5:
        value = json.dumps(value)
    # What a column refuses (NULL, CHECK, UNIQUE, a number beyond 64 bits) can't be in it.
    with suppress(sqlite3.Error, OverflowError, UnicodeEncodeError):
        connection.execute(f"UPDATE {table} SET {random_.choice(columns)} = ?", (value,))


def _lines_property(reader: Reader, values: Sequence[str], values_in: str) -> Property:
    """A text of lines in which values are replaced, lines doubled and left out."""

    def check(seed: int, share: float) -> None:
        random_ = random.Random(seed)
        lines = []
        for written in whole(reader).decode().splitlines():
            line = written
            if random_.random() < share:
                line = re.sub(values_in, lambda _: random_.choice(values), written)
            lines += [line] * random_.choices((1, 0, 2), (1.0, share / 2, share / 2))[0]
        reads_or_says_why(reader, ("\n".join(lines) + "\n").encode())

    run = examples_of(check, seed=st.integers(0, 2**32 - 1), share=st.floats(0.05, 0.5))
    return Property(name=f"values: {reader.name}", holds=_VALUES, run=run, quick=12, deep=1500)


def _named(name: str) -> Reader:
    return next(reader for reader in READERS if reader.name == name)


PROPERTIES = (
    _arrays_property(_named("poses")),
    _arrays_property(_named("poses, judged")),
    _members_property(_named("poses")),
    _rows_property(_named("history")),
    _lines_property(_named("plan"), OF_TOML, r"(?<== ).*$"),
    _lines_property(_named("manifest"), CELLS, r"[^;]+"),
    _values_property(_named("results of an earlier run")),
    _values_property(_named("journal, recovered"), lines=True),
    _values_property(_named("journal, imported"), lines=True),
    _values_property(_named("session, imported")),
    _values_property(_named("export, imported")),
    _values_property(_named("record of what is done")),
)
