"""Out and in again: whole, checked value by value, and never twice."""

from __future__ import annotations

import copy
import csv
import io
import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formcheck.core.checker.session import Rep
from formcheck.core.exercise.adjustment import Adjustment, adjusted
from formcheck.exercises import get_exercise
from formcheck.files.run_journal import CUT_SHORT
from formcheck.files.session_json import to_json as session_json
from formcheck.files.session_json import write_json
from formcheck.history.exchange import ImportRefused, import_file, to_csv, to_json
from formcheck.history.store import History
from formcheck.training.stored_session import StoredSession, StoredSet
from tests.history.made import MORNING, SOURCE, any_session, rep, reps, session, stored


def exported(history: History) -> str:
    return to_json(history, history.numbers(), MORNING)


def unnumbered(sessions: list[StoredSession]) -> list[StoredSession]:
    return [replace(each, number=0) for each in sessions]


def write(folder: Path, content: Any) -> Path:
    path = folder / "in.json"
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return path


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(any_session(), max_size=3, unique_by=lambda each: each.uid))
def test_an_export_comes_back_whole_and_once(
    tmp_path_factory: pytest.TempPathFactory, sessions: list[StoredSession]
) -> None:
    folder = tmp_path_factory.mktemp("two")
    with History(folder / "a") as one, History(folder / "b") as other:
        one.add_all(sessions)
        path = write(folder, exported(one))
        brought = import_file(other, path)
        assert (len(brought.numbers), brought.known) == (len(sessions), 0)
        assert unnumbered(other.sessions()) == unnumbered(one.sessions())
        again = import_file(other, path)
        assert (again.numbers, again.known) == ((), len(sessions))


def _set(value: object, *place: str | int) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        target: Any = content
        for key in place[:-1]:
            target = target[key]
        target[place[-1]] = value

    return change


def _without(*place: str | int) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        target: Any = content
        for key in place[:-1]:
            target = target[key]
        del target[place[-1]]

    return change


SESSION = ("sessions", 1)
REP = (*SESSION, "sets", 0, "reps", 3)
WRONG: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "another schema": (_set("other@1", "schema"), "formcheck/history@2, formcheck/history@1"),
    "no schema": (_without("schema"), "'schema' is missing"),
    "no sessions": (_set({}, "sessions"), "'sessions' is a table; allowed is a list"),
    "no table": (_set(7, *SESSION), "'sessions\\[1\\]' is 7; allowed is a table"),
    "no exercise": (_without(*SESSION, "exercise"), "'sessions\\[1\\].exercise' is missing"),
    "unknown exercise": (_set("squat", *SESSION, "exercise"), "There is no exercise 'squat'"),
    "no identity": (_set("", *SESSION, "uid"), "uid' is ''; allowed is a text of 8 to 100"),
    "a day only": (_set("2026-03-01", *SESSION, "started_at"), "a date, time and zone"),
    "no zone": (_set("2026-03-01T10:00:00", *SESSION, "started_at"), "a date, time and zone"),
    "year 0": (_set("0000-03-01T10:00:00Z", *SESSION, "started_at"), "a date, time and zone"),
    "a verdict": (_set("great", *REP, "verdict"), "'great'; allowed is one of clean"),
    "a slip": (_set("cleen", *REP, "verdict"), "did you mean 'clean'"),
    "pain": (_set(11, *SESSION, "sets", 0, "pain"), "pain' is 11; allowed is a whole number"),
    "pain as text": (_set("4", *SESSION, "sets", 0, "pain"), "pain' is '4'"),
    "pain as truth": (_set(True, *SESSION, "sets", 0, "pain"), "pain' is True"),
    "no set": (_set(0, *SESSION, "sets", 0, "number"), "number' is 0"),
    "huge": (_set(10**400, *REP, "peak_deg"), "a number from -360 to 360"),
    "an angle": (_set([1], *REP, "peak_deg"), "peak_deg' is a list of 1"),
    "a unit": (_set("parsec", *REP, "faults", 0, "unit"), "one of deg, s, trunk"),
    "an escape": (_set("a\x1b[2Jb", *SESSION, "sets", 0, "load"), "in one line"),
    "endless": (_set("a" * 5000, *SESSION, "sets", 0, "load"), "at most 100 letters"),
    "a side": (_set(["up"], *SESSION, "sides"), "a list of left, right, both"),
    "a note": (_set({"a": []}, *SESSION, "notes"), "notes.a' is a list of 0"),
}


@pytest.fixture
def content(tmp_path: Path) -> dict[str, Any]:
    with History(tmp_path / "from") as history:
        history.add_all([stored(), stored()])
        plain: dict[str, Any] = json.loads(exported(history))
    return plain


@pytest.mark.parametrize("case", WRONG)
def test_one_wrong_value_and_nothing_is_taken(
    data: Path, tmp_path: Path, content: dict[str, Any], case: str
) -> None:
    change, words = WRONG[case]
    change(content)
    with History(data) as history:
        with pytest.raises(ImportRefused, match=words) as refused:
            import_file(history, write(tmp_path, content))
        assert "\n" not in str(refused.value)
        assert "\x1b" not in str(refused.value)
        assert history.sessions() == []


def test_two_sets_of_one_number(data: Path, tmp_path: Path, content: dict[str, Any]) -> None:
    sets = content["sessions"][0]["sets"]
    sets.append(copy.deepcopy(sets[0]))
    with History(data) as history, pytest.raises(ImportRefused, match="each once"):
        import_file(history, write(tmp_path, content))


NO_JSON: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is not JSON"),
    "binary": (b"\xff\xfe\x00\x01" * 9, "not text in UTF-8"),
    "a video": (b"\x00\x00\x00\x20ftypisom" + bytes(99), "is not JSON"),
    "cut short": (b'{"schema": "formcheck/history@1", "sessions": [', "is not JSON"),
    "NaN": (b'{"schema": NaN}', "NaN is no number"),
    "nested": (b"[" * 200_000, "nested too deeply"),
    "a number": (b"9", "allowed is a table"),
    "digits": (b"1" * 9000, "is not JSON"),
    "a torn journal": (b'{"schema": "formcheck/journal@1", "kind": "beg', "line 1 is not JSON"),
}


@pytest.mark.parametrize("case", NO_JSON)
def test_a_file_that_is_none(data: Path, tmp_path: Path, case: str) -> None:
    raw, words = NO_JSON[case]
    path = tmp_path / "in.json"
    path.write_bytes(raw)
    with History(data) as history, pytest.raises(ImportRefused, match=words):
        import_file(history, path)


def test_a_file_that_is_not_there(data: Path, tmp_path: Path) -> None:
    with History(data) as history, pytest.raises(ImportRefused, match="No such file"):
        import_file(history, tmp_path / "no.json")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_whatever_is_changed_it_is_taken_whole_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    with History(folder / "a") as history:
        history.add(stored())
        content = json.loads(exported(history))
    target: Any = content
    for _ in range(data.draw(st.integers(1, 5))):
        keys = list(target) if isinstance(target, dict) else list(range(len(target)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(target[key], (dict, list)) or not target[key]:
            break
        target = target[key]
    keys = list(target) if isinstance(target, dict) else list(range(len(target)))
    values = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5),
        st.just([]), st.just({}), st.just({"a": [None]}),
    )  # fmt: skip
    target[data.draw(st.sampled_from(keys))] = data.draw(values)
    with History(folder / "b") as history:
        try:
            import_file(history, write(folder, content))
        except ImportRefused:
            assert history.numbers() == []
        else:
            assert len(history.sessions()) == len(content["sessions"])


def test_a_saved_session_is_brought_in_once(data: Path, tmp_path: Path) -> None:
    path = write(tmp_path, session_json(session(reps(2, 1))))
    with History(data) as history:
        brought = import_file(history, path)
        assert import_file(history, path).known == 1
        (read,) = history.sessions()
    assert brought.numbers == (read.number,)
    assert (read.origin, read.counts.clean, read.counts.compensated) == ("analyze", 2, 1)
    changed = path.stat().st_mtime
    assert read.started_at.timestamp() == pytest.approx(changed, abs=1.0)


def journal(*lines: dict[str, Any], torn: str = "") -> str:
    begin = {
        "schema": "formcheck/journal@1", "kind": "begin", "exercise": "standing-hip-flexion",
        "started_at": MORNING.isoformat(), "source": "camera 0", "model": "full",
        "formcheck": "0.1.0", "settings": {
            "sets": 3, "reps": 8, "rest_s": 60.0, "hold_s": 0.0, "side": None, "strict": False,
        },
    }  # fmt: skip
    return "".join(json.dumps(line) + "\n" for line in (begin, *lines)) + torn


def rep_line(number: int, set_number: int) -> dict[str, Any]:
    plain = json.loads(session_json(session([rep(number)])))["reps"][0]
    return {"kind": "rep", "set": set_number, "rep": plain}


def test_a_run_that_was_cut_short_is_brought_in_as_far_as_it_goes(
    data: Path, tmp_path: Path
) -> None:
    text = journal(
        {"kind": "note", "name": "load", "value": "light band"},
        rep_line(1, 1),
        {"kind": "note", "name": "pain", "value": 1},
        rep_line(2, 2),
        torn='{"kind": "rep", "se',
    )
    with History(data) as history:
        import_file(history, write(tmp_path, text))
        assert import_file(history, write(tmp_path, text)).known == 1
        (read,) = history.sessions()
    assert read.started_at == MORNING
    assert read.problems == (CUT_SHORT,)
    assert [(s.number, s.load, s.pain) for s in read.sets] == [
        (1, "light band", 1),
        (2, "light band", None),
    ]
    assert read.reps == (rep(1), rep(2))


def test_a_run_that_was_finished_is_brought_in_with_its_last_repetition(
    data: Path, tmp_path: Path
) -> None:
    done = json.loads(session_json(session([rep(1), rep(2)])))
    text = journal(rep_line(1, 1), {"kind": "finish", "session": done})
    with History(data) as history:
        import_file(history, write(tmp_path, text))
        (read,) = history.sessions()
    assert (read.reps, read.problems, read.source.width) == ((rep(1), rep(2)), ("a note",), 1280)


def as_version_1(text: str) -> str:
    """A file as it was before the sagittal tilt had a name of its own."""
    assert "pelvic_obliquity_deg" in text
    text = re.sub(r'"pelvic_tilt_deg": [-.\w]+,\s*', "", text)
    return text.replace("@2", "@1").replace("pelvic_obliquity_deg", "pelvic_tilt_deg")


@pytest.mark.parametrize("kind", ["a session", "an export", "a journal"])
def test_a_file_of_version_1_keeps_its_obliquity(data: Path, tmp_path: Path, kind: str) -> None:
    given = [rep(1, pelvic_obliquity_deg=6.5), rep(2, pelvic_obliquity_deg=float("nan"))]
    with History(tmp_path / "old") as old:
        old.add(stored(sets=(StoredSet(number=1, reps=tuple(given)),)))
        export = exported(old)
    lines = [rep_line(1, 1), rep_line(2, 1)]
    for line, one in zip(lines, given, strict=True):
        line["rep"] = json.loads(session_json(session([one])))["reps"][0]
    text = {
        "a session": session_json(session(given)), "an export": export,
        "a journal": journal(*lines),
    }[kind]  # fmt: skip
    with History(data) as history:
        import_file(history, write(tmp_path, as_version_1(text)))
        (read,) = history.sessions()
    assert all(math.isnan(one.pelvic_tilt_deg) for one in read.reps)
    first, second = (one.pelvic_obliquity_deg for one in read.reps)
    assert first == 6.5
    assert math.isnan(second)


def test_a_row_for_each_repetition(data: Path) -> None:
    unseen: Rep = rep(9, lowering_s=float("nan"))
    with History(data) as history:
        history.add(stored(sets=[StoredSet(number=1, reps=(*reps(1, 1), unseen), load="=cmd()")]))
        rows = list(csv.DictReader(io.StringIO(to_csv(history, history.numbers()))))
    assert [row["verdict"] for row in rows] == ["clean", "compensated", "clean"]
    assert rows[1]["faults"] == "lean-back"
    assert rows[2]["lowering_s"] == ""
    assert rows[0]["started_at"] == MORNING.isoformat()
    assert {row["load"] for row in rows} == {"'=cmd()"}


@pytest.mark.parametrize("kind", ["export", "session"])
def test_stretch_person_and_rules_come_back(data: Path, tmp_path: Path, kind: str) -> None:
    own = adjusted(get_exercise("standing-hip-flexion"), Adjustment(range_deg=60.0))
    source = replace(SOURCE, from_s=12.5, to_s=75.0, people=3, person=2, speed=0.25)
    first = stored(origin="analyze", source=source, rules=own)
    path = tmp_path / "out.json"
    if kind == "session":
        write_json(first.as_session(), path)
    else:
        with History(data) as history:
            history.add(first)
            path.write_text(to_json(history, history.numbers(), MORNING), encoding="utf-8")
    with History(tmp_path / "other") as other:
        import_file(other, path)
        (back,) = other.sessions()
    assert (back.source, back.rules) == (source, own)
