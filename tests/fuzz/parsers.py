"""Every reader of a file under damaged bytes and strange values: it reads, or says one sentence.

Bytes are flipped, cut, doubled and put in; JSON keeps its form and gets other values in places.
"""

from __future__ import annotations

import json
import random
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from formcheck.batch.ledger import Fingerprint, Ledger
from formcheck.batch.manifest import read_manifest
from formcheck.errors import FormcheckError
from formcheck.estimators.model import MEMBERS, read_model
from formcheck.frame import SourceInfo
from formcheck.history.exchange import import_file, to_json
from formcheck.history.folder import DATABASE
from formcheck.history.plan_file import read_plan
from formcheck.history.store import History
from formcheck.keeping import RunHeader
from formcheck.pose import Pose
from formcheck.recording import PoseRecording
from formcheck.reports.journal import Journal, recover
from formcheck.reports.json_report import plain_text, write_json
from tests.fuzz.properties import Property, examples_of
from tests.history.made import MORNING, SETTINGS, SLUG, kept, rep, reps, session
from tests.stickman import SIZE, Stance, pose

PLAN = """level = "own"
days = ["mon", "thu"]
between_s = 60

[[exercise]]
name = "standing-hip-flexion"
sets = 3
reps = 8
hold_s = 2
loads = ["none", "band"]
load = "band"
"""
MANIFEST = "video;exercise;side;from_s\nanna/*.mp4;auto;;\nben.mp4;supine-marching;left;12\n"
STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 2**63, 10**30, 1e308, -0.0, 0.5, "", "\x1b[2J", "../../etc/passwd",
    "é\u202e", "x" * 2000, "\ud800", [], {}, [[]], [None], {"": None}, float("nan"), float("inf"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A reader of files, and how a whole file of its kind is made."""

    name: str
    file: str
    make: Callable[[Path], None]
    read: Callable[[Path], object]


def _recording(path: Path) -> None:
    seen = [pose(Stance(thigh_left=10.0 * index), 0.1 * index) for index in range(4)]
    source = SourceInfo(path="clip.mp4", width=SIZE[0], height=SIZE[1], fps=10.0)
    PoseRecording(source=source, poses=(*seen, Pose.unseen(0.5, SIZE))).save(path)


def _journal(path: Path) -> None:
    journal = Journal(path)
    journal.begin(RunHeader(exercise=SLUG, started_at=MORNING, source="0", settings=SETTINGS))
    journal.keep_rep(1, rep(1))
    journal.note("load", "band")
    journal.finish(session(reps(2, 1)))


def _export(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(History(Path(folder))) as history:
        history.add_all([kept(), kept()])
        path.write_text(to_json(history, history.numbers(), MORNING), encoding="utf-8")


def _database(path: Path) -> None:
    with closing(History(path.parent)) as history:
        history.add_all([kept(), kept()])
        # All of it in one file, none in a log beside it.
        history.connection.execute("PRAGMA journal_mode = DELETE")


def _bundle(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for member in sorted(MEMBERS):
            archive.writestr(member, b"TFL3" * 20)


def _ledger(path: Path) -> None:
    recording = path.with_name("clip.mp4")
    recording.write_bytes(b"frames")
    Ledger(path).note(Fingerprint.of(recording), {"side": "left"}, [path.with_name("a.csv")])


def _import(path: Path) -> object:
    with closing(History(path.parent / "data")) as history:
        return import_file(history, path)


def _sessions(path: Path) -> object:
    with closing(History(path.parent)) as history:
        return history.sessions()


def _ledger_results(path: Path) -> object:
    ledger = Ledger(path)
    ledger.holds(path.with_name("clip.mp4"), {"side": "left"})
    return ledger.results()


READERS = (
    Reader(name="poses", file="poses.npz", make=_recording, read=PoseRecording.load),
    Reader(name="journal, recovered", file="a.journal", make=_journal,
           read=lambda path: plain_text(recover(path))),
    Reader(name="journal, imported", file="a.journal", make=_journal, read=_import),
    Reader(name="session, imported", file="a.session.json",
           make=lambda path: write_json(session(reps(2, 1)), path), read=_import),
    Reader(name="export, imported", file="export.json", make=_export, read=_import),
    Reader(name="plan", file="routine.toml",
           make=lambda path: void(path.write_text(PLAN, encoding="utf-8")), read=read_plan),
    Reader(name="manifest", file="formcheck.csv",
           make=lambda path: void(path.write_text(MANIFEST, encoding="utf-8")), read=read_manifest),
    Reader(name="model", file="other.task", make=_bundle, read=read_model),
    Reader(name="history", file=DATABASE, make=_database, read=_sessions),
    Reader(name="record of what is done", file="a.done.json", make=_ledger, read=_ledger_results),
)  # fmt: skip


def void(_: object) -> None:
    """Throw a result away."""


@lru_cache
def whole(reader: Reader) -> bytes:
    """Return the bytes of a whole file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / reader.file
        reader.make(path)
        return path.read_bytes()


def damaged(data: bytes, seed: int, hits: int) -> bytes:
    """Return the bytes with some flipped, cut out, doubled, put in or cut off."""
    random_ = random.Random(seed)
    damage = bytearray(data)
    for _ in range(hits):
        at = random_.randrange(len(damage) + 1)
        length = random_.choice((1, 1, 2, 8, 200))
        match random_.randrange(5):
            case 0 if at < len(damage):
                damage[at] ^= 1 << random_.randrange(8)
            case 1:
                del damage[at : at + length]
            case 2:
                damage[at:at] = random_.randbytes(length)
            case 3:
                damage[at:at] = damage[at : at + length]
            case _:
                damage = damage[:at] if random_.random() < 0.2 else damage
    return bytes(damage)


def reads_or_says_why(reader: Reader, data: bytes, *, refuses: bool = True) -> None:
    """Check that the reader reads the bytes or raises one sentence, and leaves the file alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / reader.file
        path.write_bytes(data)
        try:
            reader.read(path)
        except FormcheckError as error:
            assert refuses, error
            text = str(error)
            assert text and "\n" not in text, text
            assert "\x1b" not in text, "a message must not steer a terminal"
        assert path.read_bytes() == data or reader.file == DATABASE, "a reader changed its file"


def _bytes_property(reader: Reader) -> Property:
    def check(seed: int, hits: int) -> None:
        data = random.Random(seed).randbytes(hits * 50) if hits > 7 else whole(reader)
        reads_or_says_why(reader, damaged(data, seed, hits))

    run = examples_of(check, seed=st.integers(0, 2**32 - 1), hits=st.integers(1, 8))
    return Property(name=f"bytes: {reader.name}", holds=_SENTENCE, run=run, quick=12, deep=1500)


_SENTENCE = "damaged anywhere: it is read, or refused in one sentence"


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


_VALUES = "any value of any type in any place: it is read, or refused in one sentence"
_DTYPES = ("float16", "float64", "int8", "uint64", "complex128", "U5", "S3", "bool", "M8[s]")


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


def _named(name: str) -> Reader:
    return next(reader for reader in READERS if reader.name == name)


PROPERTIES = (
    *(_bytes_property(reader) for reader in READERS),
    _arrays_property(_named("poses")),
    _values_property(_named("journal, recovered"), lines=True),
    _values_property(_named("journal, imported"), lines=True),
    _values_property(_named("session, imported")),
    _values_property(_named("export, imported")),
    _values_property(_named("record of what is done")),
)
