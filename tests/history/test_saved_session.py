"""Journals, whole and damaged: `recover` and `history import` read the same from each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from formcheck.errors import FormcheckError
from formcheck.files.run_journal import CUT_SHORT, Journal, recover
from formcheck.files.session_json import rep_dict
from formcheck.history.exchange import import_file
from formcheck.history.store import History
from formcheck.training.stored_session import StoredSession
from tests.history.made import header, rep, reps, session

REPS = (1, 2, 3)


@pytest.fixture
def lines(tmp_path: Path) -> list[bytes]:
    """The lines of a journal: header, load, three repetitions in two sets, a pain, the end."""
    path = tmp_path / "whole.journal"
    journal = Journal(path)
    journal.begin(header())
    journal.note("load", "light band")
    for number in REPS:
        journal.add_rep(1 if number < 3 else 2, rep(number))
    journal.note("pain", 1)
    journal.finish(session([rep(number) for number in REPS]))
    return path.read_bytes().splitlines(keepends=True)


def both_ways(tmp_path: Path, content: bytes) -> tuple[dict[str, Any], StoredSession]:
    path = tmp_path / "set.json.journal"
    path.write_bytes(content)
    with History(tmp_path / "data") as history:
        import_file(history, path)
        (stored,) = history.sessions()
    return recover(path), stored


def changed(line: bytes, *keys: str, to: object) -> bytes:
    """The line with the value under the keys changed."""
    plain = json.loads(line)
    target = plain
    for key in keys[:-1]:
        target = target[key]
    target[keys[-1]] = to
    return json.dumps(plain).encode() + b"\n"


Damage = Callable[[list[bytes]], list[bytes]]
FIRST_REP, SECOND_REP, END = 2, 3, 6


def at(index: int, damage: Callable[[bytes], bytes]) -> Damage:
    return lambda lines: [*lines[:index], damage(lines[index]), *lines[index + 1 :]]


def cut_short(damage: Damage = lambda lines: lines) -> Damage:
    return lambda lines: damage(lines)[:END]


LEFT_OUT = "Line {} of the journal is damaged and left out."
DAMAGED: dict[str, tuple[Damage, tuple[int, ...], tuple[str, ...]]] = {
    "whole": (lambda lines: lines, REPS, ("a note",)),
    "cut short": (cut_short(), REPS, (CUT_SHORT,)),
    "torn": (lambda lines: [*lines[:4], lines[4][:-40]], (1, 2), (CUT_SHORT,)),
    "whole but for the end of its last line": (
        lambda lines: [*lines[:4], lines[4].rstrip()], REPS, (CUT_SHORT,),
    ),
    "a torn line with others behind it": (
        cut_short(at(SECOND_REP, lambda line: line[:50] + b"\n")),
        (1, 3), (CUT_SHORT, LEFT_OUT.format(4)),
    ),
    "a line that is no text": (
        cut_short(at(SECOND_REP, lambda line: b"\xff\xfe\x00\n")),
        (1, 3), (CUT_SHORT, LEFT_OUT.format(4)),
    ),
    "a line of another kind": (
        cut_short(at(SECOND_REP, lambda line: changed(line, "kind", to="begin"))),
        (1, 3), (CUT_SHORT, LEFT_OUT.format(4)),
    ),
    "an angle that can't be": (
        cut_short(at(FIRST_REP, lambda line: changed(line, "rep", "peak_deg", to=9999))),
        (2, 3), (CUT_SHORT, LEFT_OUT.format(3)),
    ),
    "a verdict that is none": (
        cut_short(at(FIRST_REP, lambda line: changed(line, "rep", "verdict", to="great"))),
        (2, 3), (CUT_SHORT, LEFT_OUT.format(3)),
    ),
    "a set that can't be": (
        cut_short(at(FIRST_REP, lambda line: changed(line, "set", to=0))),
        (2, 3), (CUT_SHORT, LEFT_OUT.format(3)),
    ),
    "an empty line": (cut_short(at(FIRST_REP, lambda line: b"\n" + line)), REPS, (CUT_SHORT,)),
    "a damaged line in a finished run": (
        at(FIRST_REP, lambda line: b"{\n"), REPS, ("a note", LEFT_OUT.format(3)),
    ),
    "a damaged end": (
        at(END, lambda line: changed(line, "session", "source", to=None)),
        REPS, (CUT_SHORT, LEFT_OUT.format(7)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DAMAGED)
def test_a_journal_gives_the_same_both_ways(tmp_path: Path, lines: list[bytes], case: str) -> None:
    damage, numbers, problems = DAMAGED[case]
    recovered, stored = both_ways(tmp_path, b"".join(damage(lines)))
    assert sorted(each["number"] for each in recovered["reps"]) == list(numbers)
    assert tuple(recovered["problems"]) == problems
    found = sorted(stored.reps, key=lambda each: each.number)
    assert [each.number for each in found] == list(numbers)
    without_set = [each | {"set": None} for each in recovered["reps"]]
    assert [rep_dict(each) | {"set": None} for each in found] == without_set
    assert stored.problems == problems
    assert stored.view.value == recovered["view"]
    assert [side.value for side in stored.sides] == list(recovered["by_side"])


HEADLESS: dict[str, Damage] = {
    "empty": lambda lines: [],
    "no header": lambda lines: lines[1:],
    "torn in the header": lambda lines: [lines[0][:60]],
    "no start": at(0, lambda line: changed(line, "started_at", to="yesterday")),
    "no such exercise": at(0, lambda line: changed(line, "exercise", to="squat")),
    "no settings": at(0, lambda line: changed(line, "settings", to=None)),
    "another schema": at(0, lambda line: changed(line, "schema", to="other@1")),
}


@pytest.mark.parametrize("case", HEADLESS)
def test_a_journal_without_a_whole_header_is_refused_both_ways(
    tmp_path: Path, lines: list[bytes], case: str
) -> None:
    path = tmp_path / "set.json.journal"
    path.write_bytes(b"".join(HEADLESS[case](lines)))
    with pytest.raises(FormcheckError, match="is not a journal"):
        recover(path)
    with History(tmp_path / "data") as history:
        with pytest.raises(FormcheckError, match="can't be imported"):
            import_file(history, path)
        assert history.sessions() == []


def test_loads_and_pains_belong_to_their_sets(tmp_path: Path, lines: list[bytes]) -> None:
    _, stored = both_ways(tmp_path, b"".join(lines))
    found = [(each.number, each.load, each.pain) for each in stored.sets]
    assert found == [(1, "light band", None), (2, "light band", 1)]


def test_a_strange_source_name_keeps_no_run_from_being_recovered(
    tmp_path: Path, lines: list[bytes]
) -> None:
    strange = at(0, lambda line: changed(line, "source", to="a\nb"))
    recovered, stored = both_ways(tmp_path, b"".join(cut_short(strange)(lines)))
    assert recovered["source"]["path"] == stored.source.path == "a?b"
    assert stored.reps == (*reps(2), rep(3))
