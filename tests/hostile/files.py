"""Models, poses, plans, manifests, databases, imports, journals: broken, huge, hostile, strange."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from formcheck.analysis.manifest import COLUMNS
from formcheck.estimators import model
from formcheck.files.session_json import to_dict
from formcheck.history.exchange import to_json
from formcheck.history.folder import CLIENT, DATABASE, PLAN
from formcheck.history.store import History
from tests.cli.running import SLUG
from tests.fuzz.readers import PLAN as GOOD_PLAN
from tests.fuzz.readers import READERS, whole
from tests.history.made import MORNING, reps, session, stored
from tests.hostile.case import Case, Make
from tests.hostile.videos import clip, raw

POSES = next(reader for reader in READERS if reader.name == "poses")
JOURNAL = next(reader for reader in READERS if reader.name == "journal, recovered")


def folder(name: str) -> Make:
    return lambda place: (place / name).mkdir(parents=True)


def written(name: str, text: str) -> Make:
    def make(place: Path) -> None:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")

    return make


def _both(*makes: Make) -> Make:
    def make(place: Path) -> None:
        for each in makes:
            each(place)

    return make


# Models


def _altered_model(place: Path) -> None:
    data = bytearray(model.bundled_model().read_bytes())
    (place / "m.task").write_bytes(data[:50_000])


def _other_task(place: Path) -> None:
    with zipfile.ZipFile(place / "m.task", "w") as archive:
        archive.writestr("hand_detector.tflite", b"TFL3")


def _model(name: str, make: Make, *words: str) -> Case:
    line = ("analyze", "{}/a.mp4", "-e", SLUG, "--model", "{}/m.task")
    return Case(group="model", name=name, line=line, code=1, words=(*words, "m.task"),
                make=_both(clip(), make))  # fmt: skip


MODELS = (
    _model("missing", lambda place: None, "There is no model"),
    _model("a folder", folder("m.task"), "is a folder"),
    _model("empty", raw("m.task", b""), "is empty"),
    _model("a text", written("m.task", "no model"), "is not a .task bundle"),
    _model("cut short", _altered_model, "cut short"),
    _model("of another task", _other_task, "is not a pose landmarker"),
)

# Poses


def _poses(name: str, data: bytes, *words: str) -> Case:
    line = ("analyze", "{}/a.npz", "-e", SLUG)
    return Case(group="poses", name=name, line=line, code=1, words=words, make=raw("a.npz", data))


POSES_CASES = (
    _poses("empty", b"", "a.npz"),
    _poses("cut short", whole(POSES)[:900], "not a readable pose file"),
    _poses("another archive", whole(next(r for r in READERS if r.name == "model")), "pose file"),
    Case(group="poses", name="turned", code=2, words=("turn",), make=raw("a.npz", whole(POSES)),
         line=("analyze", "{}/a.npz", "-e", SLUG, "--rotate", "90")),
)  # fmt: skip

# Plans


def _plan(name: str, text: str, *words: str, code: int = 1) -> Case:
    return Case(group="plan", name=name, line=("routine", "show"), code=code, words=words,
                make=written(f"data/{PLAN}", text))  # fmt: skip


PLANS = (
    Case(group="plan", name="none", line=("routine", "show"), code=1, words=("routine init",)),
    _plan("empty", "", "'exercise' is missing"),
    _plan("no TOML", "[[exercise\n", "is not TOML"),
    _plan("an exercise nobody knows", GOOD_PLAN.replace("standing-hip", "standing-hop"),
          "did you mean 'standing-hip-flexion'"),
    _plan("negative repetitions", GOOD_PLAN.replace("reps = 8", "reps = -8"), "'exercise[0].reps'"),
    _plan("repetitions that are no number", GOOD_PLAN.replace("reps = 8", "reps = nan"), "reps"),
    _plan("a text for a number", GOOD_PLAN.replace("sets = 3", 'sets = "3"'), "sets"),
    _plan("the same day twice", GOOD_PLAN.replace('"thu"', '"mon"'), "each once"),
    _plan("a slip in a key", GOOD_PLAN.replace("between_s", "betwen_s"), "did you mean"),
    _plan("huge", "# " + "x" * 1_100_000, "too large"),
    _plan("no text", "level = 'a\x00b'", "is not TOML"),
    Case(group="plan", name="init over a plan", line=("routine", "init"), code=2,
         words=("--force",), make=written(f"data/{PLAN}", GOOD_PLAN)),
    Case(group="plan", name="overrule what is not in it", code=2, words=("mountain-climbers",),
         line=("routine", "overrule", "mountain-climbers", "up"),
         make=written(f"data/{PLAN}", GOOD_PLAN)),
    Case(group="plan", name="steps of nothing", line=("routine", "steps", "squats"), code=2,
         words=("There is no exercise 'squats'",)),
)  # fmt: skip

# Exercises of one's own, and clients


def _mine(name: str, text: str, *words: str) -> Case:
    """Return a case of an exercise's file."""
    return Case(group="exercise", name=name, line=("exercises", "check", "{}/mine.toml"), code=2,
                words=("mine.toml", *words), make=written("mine.toml", text))  # fmt: skip


def _client(name: str, text: str | None, code: int, *words: str) -> Case:
    """Return a case of a client's file; None for a folder without one."""
    make = (
        written("data/clients/Ana/note.txt", "")
        if text is None
        else written(f"data/clients/Ana/{CLIENT}", text)
    )
    return Case(group="client", name=name, line=("clients", "show", "Ana"), code=code,
                words=words, make=make)  # fmt: skip


PRACTICE = (
    _mine("empty", "", "'title' is missing"),
    _mine("no TOML", "[cycle\n", "is not TOML"),
    _mine("code for a measure", 'title = "x"\n[cycle]\nmeasure = "__import__(\'os\')"\n',
          "line 1: 'purpose' is missing"),
    _mine("nested without end", "x = " + "[" * 5000, "is not TOML"),
    Case(group="exercise", name="a path for a name", line=("exercises", "new", "../../x"), code=2,
         words=("use --out",)),
    Case(group="exercise", name="not there", line=("exercises", "check", "{}/no.toml"), code=2,
         words=("can't be read",)),
    _client("empty", "", 0),
    _client("half moved", None, 1, "has no client.toml", "bring the file back"),
    _client("no TOML", "[exercise\n", 1, "is not TOML"),
    _client("a limit that is no number", f"[exercise.{SLUG}]\nrange_deg = nan\n", 1, "range_deg"),
    Case(group="client", name="a path for a name", line=("clients", "add", "../../x"), code=2,
         words=("can't be a client's name",)),
    Case(group="client", name="an archive that is none", code=1, words=("choose",),
         line=("clients", "add", "Ana", "--from", "{}/a.zip"), make=written("a.zip", "no zip")),
)  # fmt: skip

# Manifests


def _manifest(name: str, text: str, code: int, *words: str) -> Case:
    return Case(group="manifest", name=name, code=code, words=words,
                line=("analyze", "{}/formcheck.csv", "--out", "{}/out"),
                make=_both(clip(), written("formcheck.csv", text)))  # fmt: skip


MANIFESTS = (
    _manifest("empty", "", 2, "no column 'video'"),
    _manifest("an unknown column", "video,weight\na.mp4,3\n", 2, "column 'weight'"),
    _manifest("no video in it", "video,exercise\n", 2, "names no video"),
    _manifest("too many cells", f"video,exercise\na.mp4,{SLUG},1,2\n", 2, "more cells"),
    _manifest("an unknown exercise", "video,exercise\na.mp4,squats\n", 2, "squats"),
    _manifest("no exercise", "video\na.mp4\n", 2, "exercise"),
    _manifest("a video that is missing", f"video,exercise\nb.mp4,{SLUG}\n", 1, "b.mp4"),
    _manifest("an odd side", f"video,exercise,side\na.mp4,{SLUG},up\n", 2, "side"),
    _manifest("a time before 0", f"video,exercise,from_s\na.mp4,{SLUG},-3\n", 2, "from_s"),
    _manifest("a time that is none", f"video,exercise,from_s\na.mp4,{SLUG},nan\n", 2, "from_s"),
    _manifest("every column there is", f"{','.join(COLUMNS)}\na.mp4,{SLUG}\n", 0),
    Case(group="manifest", name="not text", code=2, words=("can't be read",),
         line=("analyze", "{}/formcheck.csv", "--out", "{}/out"),
         make=raw("formcheck.csv", b"\xff\xfe\x00video")),
)  # fmt: skip

# Databases


def with_sessions(place: Path) -> None:
    """Make a history of two sessions."""
    with closing(History(place / "data")) as history:
        history.add_all([stored(), stored()])


def _broken_database(place: Path) -> None:
    with_sessions(place)
    path = place / "data" / DATABASE
    data = bytearray(path.read_bytes())
    data[2000:9000] = b"\x5a" * 7000
    path.write_bytes(data)


def sql(*statements: str) -> Make:
    """Return the changing of the history by statements of SQL."""

    def make(place: Path) -> None:
        (place / "data").mkdir(exist_ok=True)
        with closing(sqlite3.connect(place / "data" / DATABASE)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return make


DATABASES = (
    Case(group="database", name="a text", line=("history",), code=1, words=("move it away",),
         make=written(f"data/{DATABASE}", "Dear diary\n")),
    Case(group="database", name="damaged", line=("history",), code=1, words=("is damaged",),
         make=_broken_database),
    Case(group="database", name="another program's", line=("history",), code=1,
         words=("another program's",), make=sql("CREATE TABLE notes (a)")),
    Case(group="database", name="of a newer formcheck", line=("history",), code=1,
         words=("newer formcheck",), make=_both(with_sessions, sql("PRAGMA user_version = 99"))),
    Case(group="database", name="a folder", line=("history",), code=1, words=("not a file",),
         make=folder(f"data/{DATABASE}")),
    Case(group="database", name="the data folder is a file", code=1, words=("--data",),
         line=("history", "import", "{}/a.json"), make=_both(
             written("data", ""), lambda place: _export(place, [stored()]))),
    Case(group="database", name="a session that is not there", line=("history", "show", "99"),
         code=2, words=("There is no session 99",), make=with_sessions),
    Case(group="database", name="delete one that is not there", make=with_sessions, code=2,
         line=("history", "delete", "1", "99", "--yes"), words=("There is no session 99",)),
    Case(group="database", name="export under a file", make=_both(with_sessions, written("u", "")),
         line=("history", "export", "--out", "{}/u/a.json"), code=1, words=("can't be written",)),
    Case(group="database", name="note for a set that is not there", make=with_sessions, code=2,
         line=("history", "note", "1", "--pain", "3", "--set", "9"), words=("set 9",)),
    Case(group="database", name="a report of nothing", line=("report", "--out", "{}/r"), code=1,
         words=("formcheck run",)),
)  # fmt: skip

# Imports


def _export(place: Path, sessions: list[Any], *cut_off: int) -> None:
    """Write an export of some sessions."""
    with closing(History(place / "other")) as history:
        history.add_all(sessions)
        text = to_json(history, history.numbers(), MORNING)
    shutil.rmtree(place / "other")
    (place / "a.json").write_text(text[: cut_off[0]] if cut_off else text, encoding="utf-8")


def _saved(**changed: object) -> str:
    plain = to_dict(session(reps(2, 1)))
    for name, value in changed.items():
        plain["reps"][0][name] = value
    return json.dumps(plain)


def _import(name: str, make: Make, *words: str, code: int = 1, told: str = "") -> Case:
    return Case(group="import", name=name, code=code, words=words, told=told,
                line=("history", "import", "{}/a.json"),
                make=_both(with_sessions, make))  # fmt: skip


IMPORTS = (
    _import("missing", lambda place: None, "a.json"),
    _import("a folder", folder("a.json"), "a.json"),
    _import("empty", raw("a.json", b""), "is not JSON"),
    _import("cut short", lambda place: _export(place, [stored()], 300), "is not JSON"),
    _import("other JSON", written("a.json", '{"name": "x"}'), "'schema'"),
    _import("a number", written("a.json", "7"), "table"),
    _import("not UTF-8", raw("a.json", b'{"schema": "\xff"}'), "UTF-8"),
    _import("nested too deeply", written("a.json", "[" * 100_000), "nested too deeply"),
    _import("NaN", written("a.json", _saved(peak_deg=float("nan"))), "NaN"),
    _import("negative", written("a.json", _saved(hold_s=-1.0)), "'reps[0].hold_s'"),
    _import("a number nobody can hold", written("a.json", _saved(number=10**40)), "number"),
    _import("a wrong type", written("a.json", _saved(side=["left"])), "'reps[0].side'"),
    _import("an unknown verdict", written("a.json", _saved(verdict="perfect")), "verdict"),
    _import("an escape in a text", written("a.json", _saved(unchecked=[
        {"check": "lean-back", "reason": "\x1b[2Jgone"}])), "reason"),
    _import("an unknown exercise", written(
        "a.json", json.dumps(to_dict(session(reps(1))) | {"exercise": "../../etc"})), "etc"),
    _import("the same session twice", lambda place: _export(place, [stored(uid="twice-twice")] * 2),
            code=0, told="1"),
    Case(group="journal", name="missing", line=("recover", "{}/a.journal"), code=1,
         words=("a.journal",)),
    Case(group="journal", name="a text", line=("recover", "{}/a.journal"), code=1,
         words=("is not a journal",), make=written("a.journal", "Dear diary\n")),
    Case(group="journal", name="a folder", line=("recover", "{}/a.journal"), code=1,
         words=("a.journal",), make=folder("a.journal")),
    Case(group="journal", name="torn in its last line", line=("recover", "{}/a.journal"), code=0,
         told="cut short", make=raw("a.journal", whole(JOURNAL)[:900])),
)  # fmt: skip

CASES = (*MODELS, *POSES_CASES, *PLANS, *PRACTICE, *MANIFESTS, *DATABASES, *IMPORTS)
