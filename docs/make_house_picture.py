"""Draw the rooms of formcheck and their imports, and count what the house is made of.

    python docs/make_house_picture.py                       # writes the picture
    python docs/make_house_picture.py --table               # prints the counts of the working tree
    python docs/make_house_picture.py --table --rev 988e726 # and of an earlier revision, in git

Everything is read from the source: a room is a package, or a module at the root of formcheck; its
floor is the longest chain of imports below it. An import inside a function counts like any other;
an import for type checking alone does not.
"""

from __future__ import annotations

import argparse
import ast
import io
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pages" / "pictures" / "house.svg"
FIXED = ("__init__.py", "__main__.py")
CAPTIONS = {
    "errors": "one tree of errors",
    "version": "the number of the version",
    "core.pose": "pose, frame, geometry, view, which leg is which",
    "core.measures": "named measures, silhouette, filters",
    "core.exercise": "what an exercise is, shared rules",
    "core.checker": "neutral, counting, faults, evidence, verdict",
    "core.coaching": "what a run tells a person",
    "exercises": "one exercise, one file",
    "training": "plan, progression, progress, fatigue",
    "files": "the formats, one module each",
    "sources": "where frames come from",
    "estimators": "a picture becomes a Pose",
    "overlay": "drawing on frames",
    "sensors": "what tells the pelvis",
    "sound": "tones and voice",
    "history": "the SQLite store",
    "reports": "pages, tables, stills",
    "analysis": "recordings: one or many",
    "live": "the threads of a run, the window",
    "web": "the browser as camera and screen",
    "cli": "the commands",
}


@dataclass(frozen=True, kw_only=True)
class House:
    """The package as its source tells it.

    Attributes
    ----------
    package : Path
        The folder `formcheck`.
    rooms : dict of str to list of Path
        The modules of each room, without the faces (`__init__.py`).
    imports : dict of str to set of str
        The rooms that each room imports.
    """

    package: Path
    rooms: dict[str, list[Path]]
    imports: dict[str, set[str]]

    @property
    def modules(self) -> list[Path]:
        """Every Python file."""
        return sorted(self.package.rglob("*.py"))

    def floors(self) -> dict[str, int]:
        """Returns the floor of each room: 0 for a room that imports no other room."""

        @cache
        def floor(room: str) -> int:
            return max((floor(other) + 1 for other in self.imports[room]), default=0)

        return {room: floor(room) for room in self.rooms}

    def direct(self, room: str) -> set[str]:
        """Returns the rooms that a room imports and reaches through no other room."""
        below = self.imports[room]
        return below - {far for near in below for far in self._reached(near)}

    def _reached(self, room: str) -> set[str]:
        below = self.imports[room]
        return below | {far for near in below for far in self._reached(near)}


def house(package: Path) -> House:
    """Returns the house in a folder `formcheck`."""
    room_of: dict[str, str] = {}
    rooms: dict[str, list[Path]] = {}
    files = [path for path in sorted(package.rglob("*.py")) if path.parent != package]
    at_root = [path for path in package.glob("*.py") if path.name not in FIXED]
    for path in (*files, *at_root):
        parts = path.relative_to(package).with_suffix("").parts
        name = ".".join(parts[:-1]) or parts[0]
        face = parts[-1] == "__init__"
        room_of[".".join(parts[:-1] if face else parts)] = name
        rooms.setdefault(name, []).extend([] if face else [path])
    imports: dict[str, set[str]] = {room: set() for room in rooms}
    for path in (*files, *at_root):
        own = room_of[_dotted(path, package)]
        imports[own] |= {room_of[name] for name in _imported(path, set(room_of))} - {own}
    inner = {name for name in rooms if any(other.startswith(f"{name}.") for other in rooms)}
    return House(
        package=package,
        rooms={name: found for name, found in rooms.items() if found or name not in inner},
        imports={name: found - inner for name, found in imports.items() if name not in inner},
    )


def _dotted(path: Path, package: Path) -> str:
    parts = path.relative_to(package).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(path: Path, known: set[str]) -> set[str]:
    """Returns the modules of formcheck that a file imports at run time."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.removeprefix("formcheck.") for name in names} & known


# --- the table

TRACE = """
import sys
from pathlib import Path
try:
    from formcheck.files.pose_file import PoseRecording
except ImportError:
    from formcheck.recording import PoseRecording
from formcheck import FormChecker, get_exercise
import formcheck
root = str(Path(formcheck.__file__).parent)
recording = PoseRecording.load(Path(sys.argv[1]))
checker = FormChecker(get_exercise("standing-hip-flexion"))
passed = set()
def note(frame, event, _):
    if event == "call" and frame.f_code.co_filename.startswith(root):
        passed.add(frame.f_code.co_filename[len(root) + 1:])
sys.setprofile(note)
verdicts = sum(len(checker.update(pose).ended) for pose in recording.poses)
sys.setprofile(None)
assert verdicts, "no repetition ended"
print(*sorted(passed))
"""


def passed(package: Path) -> list[Path]:
    """Returns the modules that run from a pose to the verdict, traced over a golden session."""
    poses = ROOT / "tests" / "golden" / "standing-side-lean-back.npz"
    out = subprocess.run(
        [sys.executable, "-c", TRACE, str(poses)],
        env={"PYTHONPATH": str(package.parent), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [package / name for name in out.split()]


def table(found: House) -> dict[str, str]:
    """Returns what can be counted, by its name."""
    texts = [path.read_text(encoding="utf-8") for path in found.modules]
    names = [path.name for path in found.package.iterdir() if path.name != "__pycache__"]
    on_the_way = passed(found.package)
    rooms = {_room(path, found) for path in on_the_way}
    return {
        "modules": str(len(texts)),
        "lines of a module, median": f"{statistics.median(len(t.splitlines()) for t in texts):.0f}",
        "lines of code of a module, median": f"{statistics.median(map(code_lines, texts)):.0f}",
        "names at the root": str(len([name for name in names if name != "data"])),
        "rooms": str(len(found.rooms)),
        "floors of imports": str(max(found.floors().values()) + 1),
        "modules a pose passes to its verdict": str(len(on_the_way)),
        "rooms a pose passes to its verdict": str(len(rooms)),
    }


def _room(path: Path, found: House) -> str:
    return next((room for room, paths in found.rooms.items() if path in paths), path.parent.name)


def code_lines(text: str) -> int:
    """Returns the lines of a module that are neither docstring, comment, import nor empty."""
    skipped: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Expr) and (
            words or not isinstance(node, ast.Expr)
        ):
            skipped |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return sum(
        number not in skipped and bool(line.strip()) and not line.lstrip().startswith("#")
        for number, line in enumerate(text.splitlines(), start=1)
    )


@contextmanager
def revision(name: str) -> Iterator[Path]:
    """Gives the folder `formcheck` of a git revision, unpacked for the length of the block."""
    packed = subprocess.run(
        ["git", "archive", name, "src/formcheck"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder) / "src" / "formcheck"


def print_table(revisions: list[str]) -> None:
    """Prints the counts of some revisions and of the working tree, side by side, as Markdown."""
    columns: dict[str, dict[str, str]] = {}
    for name in revisions:
        with revision(name) as package:
            columns[name] = table(house(package))
    columns["now"] = table(house(ROOT / "src" / "formcheck"))
    print(f"| | {' | '.join(columns)} |")
    print(f"|---|{'---|' * len(columns)}")
    for count in columns["now"]:
        print(f"| {count} | {' | '.join(column[count] for column in columns.values())} |")


# --- the picture

WIDTH, PITCH, HIGH, TOP = 1000, 62, 42, 58
Span = tuple[int, int]
SPAN: dict[str, Span] = {
    "cli": (40, 920),
    "web": (180, 560),
    "live": (40, 300),
    "analysis": (330, 600),
    "reports": (740, 920),
    "overlay": (40, 190),
    "sources": (210, 375),
    "estimators": (395, 570),
    "sensors": (395, 570),
    "sound": (590, 720),
    "history": (740, 920),
    "files": (210, 920),
    "training": (210, 920),
    "exercises": (590, 920),
    "core.coaching": (60, 530),
    "core.checker": (60, 530),
    "core.exercise": (60, 530),
    "core.measures": (60, 530),
    "core.pose": (60, 530),
    "errors": (40, 470),
    "version": (490, 920),
}
"""Left and right edge of each room in the picture, in pixels."""
GROUND = ("errors", "version")
COLOURS = ("#b4513c", "#2d6a8e", "#6a7b2f", "#7a4f8b", "#a06a1e", "#3f7a6b")
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #22303a; }
.name { font-weight: 600; font-size: 14px; }
.soft { fill: #5d6a73; font-size: 12px; }
.room { fill: #ffffff; stroke: #8896a0; }
.pure { fill: #eef3ee; }
.core { fill: #dfeadf; stroke: #7d9a7d; }
path { fill: none; stroke-width: 1.6; }
"""


def rule() -> list[list[str]]:
    """Returns the floors of the rule that `tests/test_architecture.py` holds, from the lowest."""
    tree = ast.parse((ROOT / "tests" / "test_architecture.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "FLOORS":
            floors: list[set[str]] = ast.literal_eval(ast.unparse(node.value or node))
            return [sorted(names, key=lambda name: SPAN.get(name, (0, 0))) for names in floors]
    raise SystemExit("tests/test_architecture.py has no FLOORS.")


def picture(found: House) -> str:
    """Returns the SVG: rooms on the floors of the rule, lines for the imports of the source."""
    floors = rule()
    top_y = {
        name: TOP + PITCH * (len(floors) - 1 - floor)
        for floor, names in enumerate(floors)
        for name in names
    }
    height = TOP + PITCH * len(floors) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH - 40} {height}"'
        f' width="{WIDTH - 40}" height="{height}" role="img"'
        ' aria-label="The rooms of formcheck and their imports, which go downward only">',
        f"<style>{STYLE}</style>",
        f'<rect width="{WIDTH - 40}" height="{height}" fill="#fbfbf9"/>',
        '<text x="40" y="26" class="name">The rooms of formcheck</text>',
        '<text x="40" y="44" class="soft">A line runs down from a room to a room that it imports;'
        " an import that another line implies is left out.</text>",
        _ground("pure", 30, 930, top_y["training"] - 9, height - 8),
        _words(912, top_y["core.coaching"] + 14, "training and all below it:"),
        _words(912, top_y["core.coaching"] + 30, "numpy and the standard library alone"),
        _ground("core", 48, 542, top_y["core.coaching"] - 9, top_y["core.pose"] + HIGH + 9),
    ]
    drawn = [name for names in reversed(floors) for name in names]
    for number, name in enumerate(drawn):
        for other in sorted(found.direct(name) - set(GROUND)):
            if top_y[other] <= top_y[name]:
                raise SystemExit(f"{name} imports {other}, which lies no lower.")
            colour = COLOURS[number % len(COLOURS)]
            inward = other.startswith("core.") and not _covers(SPAN[name], SPAN[other])
            line = _into_side if inward else _down
            parts.append(line(SPAN[name], top_y[name], SPAN[other], top_y[other], colour))
    parts += [_box(name, top_y[name]) for name in drawn]
    return "\n".join([*parts, "</svg>", ""])


def _ground(kind: str, left: float, right: float, top: float, bottom: float) -> str:
    return (
        f'<rect class="{kind}" x="{left}" y="{top}" width="{right - left}"'
        f' height="{bottom - top}" rx="8"/>'
    )


def _words(right: float, y: float, words: str) -> str:
    return f'<text x="{right}" y="{y}" class="soft" text-anchor="end">{escape(words)}</text>'


def _box(name: str, top: float) -> str:
    (left, right), caption = SPAN[name], CAPTIONS[name]
    middle = (left + right) / 2
    if len(caption) * 6.3 > right - left:
        raise SystemExit(f"The caption of {name} is wider than its room.")
    return (
        f'<rect class="room" x="{left}" y="{top}" width="{right - left}" height="{HIGH}" rx="5"/>'
        f'<text class="name" x="{middle}" y="{top + 17}" text-anchor="middle">{escape(name)}</text>'
        f'<text class="soft" x="{middle}" y="{top + 34}" text-anchor="middle">'
        f"{escape(caption)}</text>"
    )


def _down(upper: Span, upper_y: float, lower: Span, lower_y: float, colour: str) -> str:
    """Returns a curve from a room's lower edge to the upper edge of a room below."""
    x0, y0 = _foot(upper, lower), upper_y + HIGH
    x1 = x0 if _covers(upper, lower) else sum(lower) / 2
    bend = (lower_y - y0) / 2
    return (
        f'<path d="M{x0} {y0} C{x0} {y0 + bend} {x1} {lower_y - bend} {x1} {lower_y}"'
        f' stroke="{colour}"/>'
    )


def _into_side(upper: Span, upper_y: float, lower: Span, lower_y: float, colour: str) -> str:
    """Returns a curve from a room's lower edge to the right edge of a room further down."""
    x0, y1 = _foot(upper, lower), lower_y + HIGH / 2
    return f'<path d="M{x0} {upper_y + HIGH} Q{x0} {y1} {lower[1]} {y1}" stroke="{colour}"/>'


def _foot(upper: Span, lower: Span) -> float:
    """Returns where a line leaves a room: as near to the other room's middle as possible."""
    return min(max(sum(lower) / 2, upper[0] + 14), upper[1] - 14)


def _covers(upper: Span, lower: Span) -> bool:
    """Returns whether a vertical line from the upper room meets the lower room."""
    return lower[0] <= _foot(upper, lower) <= lower[1]


def main() -> None:
    """Draws the picture, or prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--table", action="store_true", help="print the counts instead")
    parser.add_argument("--rev", action="append", default=[], help="a git revision to count too")
    given = parser.parse_args()
    if given.table:
        print_table(given.rev)
    else:
        PICTURE.write_text(picture(house(ROOT / "src" / "formcheck")), encoding="utf-8")


if __name__ == "__main__":
    main()
