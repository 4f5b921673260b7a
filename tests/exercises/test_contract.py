"""What every exercise must be, so that a new one is one source file, one test file, one row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import formcheck.exercises
from formcheck.cli.main import app
from formcheck.core.exercise.exercise import Exercise
from formcheck.exercises import get_exercise, slugs
from tests.exercises.judged import judged, verdicts
from tests.stickman import Lift, Stance, clip

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OWN = (ROOT / "docs" / "pages" / "python" / "exercise.md").read_text(encoding="utf-8")
FAULTS = {
    "lean-back", "lean-forward", "lateral-lean", "leaning", "pelvic-hike", "pelvic-drop",
    "back-arch", "pelvis-lift", "hips-raised", "bent-knee", "too-high", "support-knee-bent",
    "swing", "anterior-tilt",
}  # fmt: skip
CUES = {"short-hold", "fast-lowering", "low-peak"}
each = pytest.mark.parametrize("slug", slugs())


def missing(slug: str, root: Path = ROOT, readme: str = README) -> list[str]:
    """Return what an exercise still needs."""
    module = slug.replace("-", "_")
    test = root / "tests" / "exercises" / f"test_{module}.py"
    needs = [] if test.exists() else [str(test.relative_to(root))]
    return needs + ([] if f"| `{slug}` |" in readme else [f"README row of {slug}"])


def test_the_catalogue_is_the_contracts() -> None:
    assert set(slugs()) == {
        "standing-hip-flexion", "supine-marching", "straight-leg-raise", "mountain-climbers",
        "alternating-leg-raises", "hanging-leg-raises", "high-knee-runs",
        "front-support-hip-flexion",
    }  # fmt: skip


@each
def test_it_has_its_test_file_and_its_row(slug: str) -> None:
    assert missing(slug) == []
    assert missing("no-such-thing") == [
        str(Path("tests/exercises/test_no_such_thing.py")),
        "README row of no-such-thing",
    ]


@each
def test_it_is_explained_in_full_sentences(slug: str) -> None:
    exercise = get_exercise(slug)
    assert exercise.slug == slug
    sentences = (exercise.purpose, *exercise.how_to, *exercise.camera, exercise.start_prompt)
    assert all(re.match(r"[A-Z].*\.$", sentence) for sentence in sentences)
    said = [fault.say for fault in exercise.faults] + [cue.say for cue in exercise.cues]
    assert all(words.endswith(".") for words in said)
    shown = CliRunner().invoke(app, ["exercises", slug])
    assert shown.exit_code == 0
    assert exercise.title in shown.stdout


@each
def test_its_rules_hold_together(slug: str) -> None:
    exercise = get_exercise(slug)
    cycle = exercise.cycle
    assert cycle.back < cycle.start < cycle.top <= cycle.aim
    assert cycle.partial_from < cycle.top
    assert cycle.hold_at <= cycle.top
    assert {fault.code for fault in exercise.faults} <= FAULTS
    assert {cue.code for cue in exercise.cues} <= CUES
    for fault in exercise.faults:
        assert fault.limit.source and fault.limit.value != 0
        assert fault.measure in exercise.measures
    for view in exercise.views:
        assert view in cycle.measure.views
        checked = exercise.must_check(view)
        assert checked, f"nothing is checked in a {view.value} view"
        seen = {f.code for f in exercise.faults if view in f.measure.views and not f.by_tag}
        assert set(checked) <= seen
    assert all(posture.low < posture.high and posture.say for posture in exercise.posture)


@each
def test_nobody_and_somebody_elsewhere_count_nothing(slug: str) -> None:
    walking = [
        Lift(side=side, peak=25.0, rise_s=0.3, hold_s=0.0, lower_s=0.3, rest_s=0.0)
        for side in ("left", "right") * 8
    ]
    assert judged(slug, clip(walking)).reps == ()
    assert judged(slug, clip([], calm_s=4.0)).reps == ()


def test_the_documented_exercise_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = [c for c in re.findall(r"```python\n(.*?)```", OWN, re.S) if "EXERCISE =" in c]
    (tmp_path / "standing_leg_curl.py").write_text(code, encoding="utf-8")
    places = [*formcheck.exercises.__path__, str(tmp_path)]
    monkeypatch.setattr(formcheck.exercises, "__path__", places)
    assert "standing-leg-curl" in slugs()
    exercise = get_exercise("standing-leg-curl")
    assert isinstance(exercise, Exercise)
    curl = Lift(peak=0.0, knee=95.0)
    leaning = Lift(peak=0.0, knee=95.0, at_top=Stance(lean=-18.0))
    session = judged(exercise, clip([curl, leaning, curl]))
    assert verdicts(session) == ["clean", "compensated", "clean"]
    assert "standing-leg-curl" in CliRunner().invoke(app, ["exercises"]).stdout
