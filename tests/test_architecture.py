"""The house: imports go downward only, and the heart runs on arrays alone."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import formcheck

ROOT = Path(formcheck.__file__).parent
FLOORS: list[set[str]] = [
    {"version", "errors"},
    {"core.pose"},
    {"core.measures"},
    {"core.exercise"},
    {"core.checker"},
    {"core.coaching"},
    {"exercises"},
    {"training"},
    {"files"},
    {"sensors"},
    {"sources", "estimators", "overlay", "sound", "history"},
    {"reports"},
    {"analysis", "live"},
    {"web"},
    {"cli"},
]
"""The rooms, from the lowest floor up. A room knows the floors under it, and no neighbour."""
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names}
PURE = {name for name, floor in FLOOR.items() if floor <= FLOOR["training"]}
"""Rooms that run on numpy and the standard library alone."""
AT_THE_ROOT = {
    "__init__.py", "__main__.py", "errors.py", "version.py", "py.typed", "analysis", "cli", "core",
    "estimators", "exercises", "files", "history", "live", "overlay", "reports", "sensors", "sound",
    "sources", "training", "web",
}  # fmt: skip
MOST_LINES = 350
MOST_CODE_LINES = 200
MOST_FUNCTION_LINES = 40
MODULES = sorted(
    p for p in ROOT.rglob("*.py") if p not in (ROOT / "__init__.py", ROOT / "__main__.py")
)


def room_of(parts: tuple[str, ...]) -> str:
    """Returns the room of a module, `core.pose` or `history`, from the parts of its name."""
    return ".".join(parts[:2]) if parts[0] == "core" and len(parts) > 1 else parts[0]


def room(path: Path) -> str:
    return room_of(path.relative_to(ROOT).with_suffix("").parts)


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module in ("formcheck", "formcheck.core"):
                names |= {f"{node.module}.{alias.name}" for alias in node.names}
            else:
                names.add(node.module)
    return names


def test_the_root_can_be_taken_in_at_a_glance() -> None:
    found = {p.name for p in ROOT.iterdir() if p.name not in ("__pycache__", "data")}
    assert found == AT_THE_ROOT
    assert len(found) <= 20 and sum(p.is_file() for p in ROOT.iterdir()) <= 6


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_downward_only(path: Path) -> None:
    own = room(path)
    if own == "core.__init__":
        assert imported(path) == set()
        return
    assert own in FLOOR, f"give '{own}' its place in FLOORS"
    for name in imported(path):
        parts = tuple(name.split("."))
        if parts[0] != "formcheck" or len(parts) < 2:
            continue
        other = room_of(parts[1:])
        if other in (own, "__version__"):
            continue
        assert FLOOR[other] < FLOOR[own] or FLOOR[own] == 0, f"{own} must not know {other}"
        # Two screens of one coaching: what they share lies below both.
        assert (own, other) != ("web", "live")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_heart_runs_on_numpy_alone(path: Path) -> None:
    if room(path) in PURE:
        outside = {name.split(".")[0] for name in imported(path)} - set(sys.stdlib_module_names)
        assert outside <= {"formcheck", "numpy"}


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import formcheck", ("numpy", "cv2", "mediapipe", "typer")),
        (
            "import formcheck.core.checker.checker, formcheck.exercises",
            ("cv2", "mediapipe", "typer", "rich"),
        ),
        ("import formcheck.analysis.analyze, formcheck.live", ("cv2", "mediapipe", "av")),
        ("import formcheck.sound.player", ("sounddevice", "cv2", "mediapipe")),
        ("import formcheck.cli.main", ("numpy", "cv2", "mediapipe", "av", "rich.progress")),
        ("import formcheck.cli.main", ("starlette", "uvicorn", "cryptography")),
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
    typed = {
        alias.name
        for node in ast.walk(ast.parse((ROOT / "__init__.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("formcheck.")
        for alias in node.names
    }
    assert typed == set(formcheck.__all__), "what is typed, found and exported is the same"
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        formcheck.nonsense  # noqa: B018


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function does something in: not its signature, not its docstring."""
    documented = ast.get_docstring(function) is not None
    body = function.body[1:] if documented else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def code_lines(text: str) -> int:
    """Returns how many lines of a module are code: no docstring, comment, import or empty line."""
    tree, skipped = ast.parse(text), set()
    for node in ast.walk(tree):
        is_words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Expr) and (
            is_words or not isinstance(node, ast.Expr)
        ):
            skipped |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(text.splitlines(), start=1)
    return sum(
        number not in skipped and bool(line.strip()) and not line.lstrip().startswith("#")
        for number, line in lines
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_rooms_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, name = len(text.splitlines()), path.relative_to(ROOT).as_posix()
    code = code_lines(text)
    assert lines <= MOST_LINES and code <= MOST_CODE_LINES, f"{name}: {lines} lines, {code} of code"
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


def test_only_a_plain_console_prints() -> None:
    """Rich takes brackets in a file's name or in advice for markup unless told not to."""
    made = [path.name for path in MODULES if "Console(" in path.read_text(encoding="utf-8")]
    assert made == ["console.py"]


def test_each_schema_has_its_name_in_one_place() -> None:
    """A name that stands twice can change once: then a program no longer reads what it wrote."""
    found = re.findall(
        r"formcheck/[a-z-]+@[0-9]+", "".join(path.read_text(encoding="utf-8") for path in MODULES)
    )
    assert len(found) >= 5 and len(found) == len(set(found))


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if room(p).startswith("core.") and p.stem not in ("__init__", "frame")],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_every_core_module_has_a_table_of_its_own(path: Path) -> None:
    """A failure names the module it lies in; `frame` holds data alone."""
    own = Path(__file__).parent / path.relative_to(ROOT).with_name(f"test_{path.name}")
    assert own.is_file(), f"write {own.name}"
    assert "\ndef test_" in own.read_text(encoding="utf-8")
