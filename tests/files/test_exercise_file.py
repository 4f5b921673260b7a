"""Exercises in TOML files: written, read back, and one sentence for each mistake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.errors import ExerciseFileError
from formcheck.exercises import built_in, get_exercise
from formcheck.files.exercise_file import exercise_text, line_of, read_exercise_file, slug_of
from formcheck.files.own_exercises import load_exercise
from tests.exercises.judged import judged, verdicts
from tests.stickman import Lift, Stance, clip

STANDING = get_exercise("standing-hip-flexion")


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write the file of an exercise, with a text of it replaced."""

    def write(old: str = "", new: str = "", name: str = "mine.toml") -> Path:
        text = exercise_text(STANDING, head="Mine.")
        assert old in text
        path = tmp_path / name
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("slug", built_in())
def test_a_written_exercise_reads_back(slug: str, tmp_path: Path) -> None:
    exercise = get_exercise(slug)
    path = tmp_path / "mine.toml"
    path.write_text(exercise_text(exercise, head="Mine."), encoding="utf-8")
    assert replace(load_exercise(path), slug=slug) == exercise


def test_a_lower_lift_with_a_wider_limit_is_judged_by_the_file(
    written: Callable[..., Path],
) -> None:
    path = written("top = 80.0", "top = 55.0")
    path.write_text(path.read_text().replace("hold_at = 75.0", "hold_at = 50.0"))
    lifts = [Lift(peak=60.0), Lift(peak=60.0, at_top=Stance(lean=-18.0)), Lift(peak=50.0)]
    session = judged(load_exercise(path), clip(lifts))
    assert verdicts(session) == ["clean", "compensated", "partial"]
    assert session.exercise == "mine"


@pytest.mark.parametrize(
    ("old", "new", "line_with", "words"),
    [
        ("top = 80.0", "top = 20.0", "top = 20.0", "it must be more than 'start' (25)"),
        ("top = 80.0", "top = 'high'", "top = 'high'", "allowed is a number"),
        ("top = 80.0", "", "[cycle]", "'cycle.top' is missing"),
        ("top = 80.0", "top = nan", "top = nan", "'cycle.top' is nan"),
        ("aim = 90.0", "aim = 200.0", "aim = 200.0", "no body reaches it"),
        ("start = 25.0", "begin = 25.0", "begin = 25.0", "'cycle.begin' is not known"),
        ('measure = "thigh_elevation"', 'measure = "os.system"', "os.system", "allowed is one of"),
        ('views = ["side", "front"]', 'views = ["above"]', '["above"]', "a list of side, front"),
        ('position = "upright"', 'position = "sideways"', '"sideways"', "upright, supine"),
        ("value = -10.0", "value = 0.0", "value = 0.0", "'faults[0].limit.value' is 0"),
        ('code = "lean-forward"', 'code = "Lean!"', '"Lean!"', "small letters, digits"),
        ('side = ["lean-back"]', 'side = ["swing"]', '["swing"]', "which is no fault of it"),
        ('side = ["lean-back"]', 'side = ["lateral-lean"]', '"lateral-lean"]', "does not show it"),
        ('harder = "high-knee-runs"', 'harder = "flying"', '"flying"', "names no exercise"),
        (
            "reps_low = 6",
            "reps_low = 60",
            "reps_low = 60",
            "at most 'reps_high'",
        ),
        ("reps_low = 6", "reps_low = 6.5", "reps_low = 6.5", "a whole number"),
        ('title = "Standing hip flexion"', 'title = ""', 'title = ""', "is empty"),
        ('title = "Standing hip flexion"', "title = 3", "title = 3", "allowed is a text"),
        ('unit = "s"', 'unit = "deg"', 'unit = "deg"', "is in 's'"),
        ("oblique_to_deg = 60.0", "oblique_to_deg = 80.0", "= 80.0", "0 to 60"),
        ('title = "Standing', 'changes = ["x"]\ntitle = "Standing', 'changes = ["x"]', "not for"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_key(
    written: Callable[..., Path], old: str, new: str, line_with: str, words: str
) -> None:
    if 'position = "upright"' in old:
        old, new = "# What it is for", f"{new}\n# What it is for"
    path = written(old, new)
    with pytest.raises(ExerciseFileError) as refused:
        load_exercise(path)
    said = str(refused.value)
    lines = path.read_text(encoding="utf-8").splitlines()
    (line,) = [n for n, text in enumerate(lines, 1) if f", line {n}: " in said and text]
    assert line_with in lines[line - 1], said
    assert words in said and said.count(". ") <= 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("mine.toml", b"title = ", "is not TOML"),
        ("mine.toml", b"\xff\xfe\x00", "UTF-8"),
        ("mine.toml", b"", "'title' is missing"),
        ("mine.toml", b"x = " + b"[" * 3000, "is not TOML"),
        ("mine.toml", b"#" * 300_000, "far too large"),
        ("Mine Own.toml", b"", "call it by small letters"),
        ("mine.txt", b"", "call it by small letters"),
        ("standing-hip-flexion.toml", b"", "the name of an exercise of formcheck"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ExerciseFileError) as refused:
        load_exercise(path)
    assert words in str(refused.value) and "\n" not in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    for path in (tmp_path / "none.toml", tmp_path / "folder.toml"):
        with pytest.raises(ExerciseFileError, match="can't be read"):
            read_exercise_file(path, ())


def test_the_name_is_the_file_s() -> None:
    assert slug_of(Path("a/b/knee-drive.toml")) == "knee-drive"


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("title", 2),
        ("cycle.top", 6),
        ("cycle.requirements[1].measure", 11),
        ("faults[1].limit.value", 17),
        ("faults[1].say", 15),
        ("dose", 1),
        ("", 1),
    ],
)
def test_lines_of_keys(key: str, line: int) -> None:
    text = (
        "# Mine.\ntitle = 'x'\n\n[cycle]\nmeasure = 'y'\ntop = 3\n[[cycle.requirements]]\n"
        "measure = 'a'\n\n[[cycle.requirements]]\nmeasure = 'b'\n[[faults]]\ncode = 'a'\n\n"
        "[[faults]]\ncode = 'b'\nlimit = { value = 1 }\n"
    )
    assert line_of(text, key) == line
