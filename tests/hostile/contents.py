"""Poses, exports and databases of whole form whose content can't be, or is meant to do harm."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.files.session_json import to_dict
from tests.fuzz.readers import READERS, whole
from tests.history.made import reps, session
from tests.hostile.case import Case, Make
from tests.hostile.files import POSES, sql, with_sessions, written
from tests.hostile.usage import ANALYZE

EXPORT = next(reader for reader in READERS if reader.name == "export, imported")
Bend = Callable[[dict[str, Any]], None]


def _bent(bend: Bend) -> Make:
    """Return the making of poses of which something was changed."""

    def make(place: Path) -> None:
        with np.load(io.BytesIO(whole(POSES))) as data:
            arrays = {name: data[name] for name in data.files}
        bend(arrays)
        np.savez(place / "a.npz", **arrays)

    return make


def _put(name: str, value: object) -> Bend:
    return lambda arrays: arrays.__setitem__(name, value)


def _at(name: str, value: float) -> Bend:
    """Return the changing of one number of an array."""

    def bend(arrays: dict[str, Any]) -> None:
        arrays[name] = arrays[name].copy()
        arrays[name].flat[3] = value

    return bend


def _without_visibility(arrays: dict[str, Any]) -> None:
    del arrays["visibility"]


def _bomb(place: Path) -> None:
    """Two gigabytes of nothing in two megabytes."""
    with (
        zipfile.ZipFile(place / "a.npz", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("time_s.npy", "w", force_zip64=True) as member,
    ):
        for _ in range(32):
            member.write(bytes(1 << 26))


def _promise(place: Path) -> None:
    """An array that says it is larger than any memory."""
    head = io.BytesIO()
    about = {"descr": "<f8", "fortran_order": False, "shape": (10**15,)}
    np.lib.format.write_array_header_1_0(head, about)
    with zipfile.ZipFile(place / "a.npz", "w") as archive:
        archive.writestr("time_s.npy", head.getvalue())


class _Harm:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("harm",)


def _poses(name: str, make: Make, *words: str) -> Case:
    return Case(group="poses", name=name, line=ANALYZE, code=1, words=("a.npz", *words), make=make)


POSE_CASES = (
    _poses("a time that is none", _bent(_at("time_s", np.nan)), "time stamps"),
    _poses("times backward", _bent(_at("time_s", -5.0)), "time stamps"),
    _poses("the same time twice", _bent(lambda a: a.update(time_s=a["time_s"] * 0)), "time stamps"),
    _poses("a point at infinity", _bent(_at("image_px", np.inf)), "can't be"),
    _poses("a picture of negative size", _bent(_at("frame_size_px", -4)), "can't be"),
    _poses("arrays that do not fit", _bent(_put("visibility", np.zeros((2, 33)))), "do not fit"),
    _poses("an array too few", _bent(_without_visibility), "visibility"),
    _poses("texts for numbers", _bent(_put("time_s", np.array(["now"] * 5))), "pose file"),
    _poses("another schema", _bent(_put("schema", np.array("formcheck/poses@9"))), "schema"),
    _poses("a source that is none", _bent(_put("source", np.array("[1]"))), "pose file"),
    _poses("objects that run code", _bent(_put("source", np.array([_Harm()], dtype=object))),
           "pose file"),
    _poses("two gigabytes of nothing", _bomb, "more than any recording"),
    _poses("more than any memory", _promise, "pose file"),
)  # fmt: skip


def _edited(edit: Callable[[dict[str, Any]], object]) -> Make:
    """Return the making of an export that was changed by hand."""

    def make(place: Path) -> None:
        plain = json.loads(whole(EXPORT))
        edit(plain)
        (place / "a.json").write_text(json.dumps(plain), encoding="utf-8")

    return make


def _rep(plain: dict[str, Any]) -> dict[str, Any]:
    first: dict[str, Any] = plain["sessions"][0]["sets"][0]["reps"][0]
    return first


def _huge(place: Path) -> None:
    with (place / "a.json").open("wb") as file:
        file.truncate(300 * 1024 * 1024)


def _import(name: str, make: Make, *words: str, code: int = 1, told: str = "") -> Case:
    def both(place: Path) -> None:
        with_sessions(place)
        make(place)

    return Case(group="import", name=name, code=code, words=words, told=told, make=both,
                line=("history", "import", "{}/a.json"))  # fmt: skip


IMPORT_CASES = (
    _import("huge", _huge, "larger than any export"),
    _import("a set twice", _edited(
        lambda p: p["sessions"][0]["sets"].append(p["sessions"][0]["sets"][0])), "each once"),
    _import("a repetition before the first", _edited(lambda p: _rep(p).update(number=0)), "number"),
    _import("a time nobody can wait for", _edited(lambda p: _rep(p).update(end_s=1e300)), "end_s"),
    _import("pain beyond 10", _edited(
        lambda p: p["sessions"][0]["sets"][0].update(pain=11)), "pain"),
    _import("a day of no calendar", _edited(
        lambda p: p["sessions"][0].update(started_at="2026-02-31T10:00:00+01:00")), "started_at"),
    _import("a name that leads elsewhere", _edited(
        lambda p: p["sessions"][0].update(uid="../../x")), "uid"),
    _import("a path for an exercise", _edited(
        lambda p: p["sessions"][0].update(exercise="/etc/passwd")), "exercise"),
    _import("a decision of nobody", _edited(
        lambda p: p["decisions"][0].update(made_by="fate")), "made_by"),
    _import("sessions that are a number", _edited(lambda p: p.update(sessions=7)), "sessions"),
    _import("markup in a note is a note", _edited(
        lambda p: p["sessions"][0]["sets"][0].update(load="</script><img src=x onerror=alert(1)>")),
        code=0, told="2 sessions"),
    _import("a session of a file", written("a.json", json.dumps([to_dict(session(reps(1)))])),
            code=0, told="1 session"),
)  # fmt: skip


def _database(name: str, *line: str, make: Make, code: int = 1, words: tuple[str, ...] = (),
              told: str = "") -> Case:  # fmt: skip
    return Case(group="database", name=name, line=line, code=code, words=words, make=make,
                told=told)  # fmt: skip


def _empty(place: Path) -> None:
    (place / "data").mkdir()
    (place / "data" / "history.db").touch()


def _changed(statement: str) -> Make:
    def make(place: Path) -> None:
        with_sessions(place)
        sql(statement)(place)

    return make


DATABASE_CASES = (
    _database("empty", "history", make=_empty, code=0),
    _database("no JSON in a column", "history", words=("did not write", "history import"),
              make=_changed("UPDATE sessions SET source = 'nowhere'")),
    _database("an exercise nobody knows", "history", words=("history delete",),
              make=_changed("UPDATE sessions SET exercise = 'squats'")),
    _database("a day that is none", "report", "--out", "{}/r", words=("started_at",),
              make=_changed("UPDATE sessions SET started_at = 'yesterday'")),
)  # fmt: skip

CASES = (*POSE_CASES, *IMPORT_CASES, *DATABASE_CASES)
