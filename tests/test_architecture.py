"""The layers: imports go downward only, and the heart runs on arrays alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import formcheck

ROOT = Path(formcheck.__file__).parent
LAYERS: list[set[str]] = [
    {"version", "errors", "archive", "bundled", "closing"},
    {"frame", "pose", "geometry"},
    {"recording", "spool", "view"},
    {"measures", "silhouette", "filtering", "footing", "framing", "gating", "legs", "place"},
    {"lighting"},
    {"rules"},
    {"exercise", "standard"},
    {"exercises"},
    {"calibration", "calibrating", "recent_poses"},
    {"attempt", "counting", "faults", "observation", "requirements"},
    {"session"},
    {"arbiter", "cues", "evidence", "fatigue", "importance", "judging", "scorebook", "wording"},
    {"checker", "coaching_events", "coaching_state", "keeping", "recognition"},
    {"sources", "estimators", "overlay", "feedback", "reports", "history"},
    {
        "samples",
        "display",
        "versions",
        "live",
        "analysis",
        "annotation",
        "bystanders",
        "products",
        "reading",
        "segments",
        "stills",
        "safekeeping",
    },
    {"batch", "diagnosis", "leading", "progress"},
    {"cli"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
HEART_LEVEL = LEVEL["checker"]
OUTSIDE_HEART = {"cv2", "mediapipe", "sqlite3", "typer", "rich", "av", "sounddevice"}
SIBLINGS = LAYERS[LEVEL["sources"]]
MOST_LINES = 250
MOST_FUNCTION_LINES = 40
LONGER = {
    "cli/routine_command.py": "declares the options of eight commands",
    "batch/job.py": "what a recording is read, judged and saved with, in one order",
}
"""Modules that may be longer, and why."""
MODULES = sorted(
    p for p in ROOT.rglob("*.py") if p not in (ROOT / "__init__.py", ROOT / "__main__.py")
)


def room(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").parts[0]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_downward_only(path: Path) -> None:
    own = room(path)
    assert own in LEVEL, f"give '{own}' its place in LAYERS"
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "formcheck" or len(parts) < 2 or parts[1] not in LEVEL or parts[1] == own:
            continue
        if own in SIBLINGS:
            assert parts[1] not in SIBLINGS, f"{own} and {parts[1]} are neighbours"
        assert LEVEL[parts[1]] <= LEVEL[own], f"{own} must not know {parts[1]}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_heart_runs_on_arrays_alone(path: Path) -> None:
    if LEVEL[room(path)] <= HEART_LEVEL:
        assert not {name.split(".")[0] for name in imported(path)} & OUTSIDE_HEART


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import formcheck", ("numpy", "cv2", "mediapipe", "typer")),
        ("import formcheck.checker, formcheck.exercises", ("cv2", "mediapipe", "typer", "rich")),
        ("import formcheck.analysis, formcheck.live", ("cv2", "mediapipe", "av")),
        ("import formcheck.feedback.player", ("sounddevice", "cv2", "mediapipe")),
        ("import formcheck.cli.main", ("numpy", "cv2", "mediapipe", "av", "rich.progress")),
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(
    statement: str, forbidden: tuple[str, ...]
) -> None:
    code = f"{statement}\nimport sys\nprint([m for m in {forbidden!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_every_public_name_can_be_had() -> None:
    for name in formcheck.__all__:
        assert getattr(formcheck, name) is not None
    assert set(formcheck.__all__) <= set(dir(formcheck))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        formcheck.nonsense  # noqa: B018


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function does something in: not its signature, not its docstring."""
    documented = ast.get_docstring(function) is not None
    body = function.body[1:] if documented else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_rooms_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, name = len(text.splitlines()), path.relative_to(ROOT).as_posix()
    assert (lines > MOST_LINES) == (name in LONGER), f"{name} has {lines} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found = body_lines(node)
            assert found <= MOST_FUNCTION_LINES, f"{name}: {node.name} has {found} lines"


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "misc", "tools", "process"}
    assert not drawers & {path.stem for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_whoever_catches_everything_passes_it_on(path: Path) -> None:
    """What catches every error raises it again, or says beside it who does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for node in ast.walk(ast.parse("\n".join(lines))):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = (
            {each.id for each in ast.walk(node.type) if isinstance(each, ast.Name)}
            if (node.type)
            else {"everything"}
        )
        if caught & {"everything", "Exception", "BaseException"}:
            last = node.body[-1]
            again = isinstance(last, ast.Raise) and last.exc is None
            assert again or "raised" in lines[node.lineno - 1], f"line {node.lineno}"
