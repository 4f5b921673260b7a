"""One hostile input: what is made, what is typed, and how it must end; and the running of it."""

from __future__ import annotations

import hashlib
import io
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest.mock import patch

from formcheck.analysis import people_in_view
from formcheck.cli import main
from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.estimators import estimator_for, mediapipe_pose
from formcheck.estimators.model import read_model
from formcheck.history.folder import DATABASE, ENVIRONMENT
from formcheck.history.store import History
from formcheck.sources import opening
from formcheck.sources.reconnecting import Reconnecting
from tests.alone import Alone
from tests.cli.running import Ended
from tests.hostile.server import WAIT_S, address
from tests.stickman import Lift, Stance, pose

NOBODY = 65534
HIDDEN = ("DISPLAY", "WAYLAND_DISPLAY", "FORCE_COLOR")
# A sentence that refuses says what to do: by one of these words, or by what is allowed.
ADVICE = re.compile(
    r"\b(choose|correct|check|use|name|copy|record|fetch|move|play|give|write|writes|say|call|update|allow"
    r"|make|makes|plug|reinstall|cut|lists|know|Known|allowed|did you mean|Did you mean|leave|try"
    r"|Use|Choose|Say|Name|replaces|removes|one to|bring|its sets|only|must|analyse|takes|may have"
    r"|turn|more cells|each once|end must)\b"
)
Make = Callable[[Path], None]
Person = Callable[[float], Stance | None]
"""Who stands before the camera at a time: a stance, or nobody."""


def nobody(_: float) -> Stance | None:
    """Show an empty room."""
    return None


def lifting(time_s: float) -> Stance | None:
    """Stand still for 2.6 s, then lift the left knee again and again."""
    lift = Lift()
    return lift.stance((time_s - 2.6) % lift.duration_s) if time_s > 2.6 else Stance()


@dataclass(frozen=True, kw_only=True)
class Case:
    """One thing that can be wrong.

    Attributes
    ----------
    line : tuple of str
        What is typed after `formcheck`; `{}` stands for the folder of the case.
    code : int
        How it must end: 0 where formcheck makes the best of it.
    words : tuple of str
        What the sentence on stderr must say; where it ends well, the notes.
    make : callable
        Makes the files.
    person : callable
        Who is to be seen in videos.
    people : int
        How many of them stand side by side.
    environ : mapping
        Changes of the environment; an empty text removes a name.
    unprivileged : bool
        Whether it is tried as somebody who may not read and write everything, as root may.
    told : str
        What must be on stdout, where it ends well.
    before : str
        What an earlier version did with what others have reported of tools like this one.
    """

    group: str
    name: str
    line: tuple[str, ...]
    code: int
    words: tuple[str, ...] = ()
    make: Make = lambda place: None
    person: Person = lifting
    people: int = 1
    environ: Mapping[str, str] = field(default_factory=dict)
    unprivileged: bool = False
    told: str = ""
    before: str = ""


class Seen:
    """An estimator that sees whoever a case shows, in any picture at all."""

    def __init__(self, person: Person) -> None:
        self._person = person

    def estimate(self, frame: Frame) -> Pose:
        """Return the person at the frame's time, in a picture of its size."""
        assert frame.image is not None and frame.image.shape[:2] == frame.size_px[::-1]
        stance = self._person(frame.time_s)
        if stance is None:
            return Pose.unseen(frame.time_s, frame.size_px)
        return pose(stance, frame.time_s)

    def close(self) -> None:
        """Do nothing."""

    def __enter__(self) -> Seen:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def moved(shown: Pose, share: float) -> Pose:
    """Return the person farther right in the picture, by a share of its width."""
    return replace(shown, image_px=shown.image_px + (share * shown.frame_size_px[0], 0.0))


def run_case(case: Case) -> tuple[Ended, list[str]]:
    """Run a case in a folder of its own; return how it ended, and what it broke on the way."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "place"
        place.mkdir()
        (place / "written earlier.json").write_text('{"kept": true}', encoding="utf-8")
        environ = {ENVIRONMENT: str(place / "data"), "COLUMNS": "200"} | dict(case.environ)
        environ = {name: value.replace("{}", str(place)) for name, value in environ.items()}
        with _environment(environ):
            case.make(place)
            before = _content(place)
            args = [_filled(part, place) for part in case.line]
            with _rights(case, place):
                ended = _run(args, place, case)
            return ended, [*_lost(before, _content(place)), *_wrong(case, ended)]


def _filled(part: str, place: Path) -> str:
    return part.replace("{}", str(place)).replace("{server}", address())


@contextmanager
def _rights(case: Case, place: Path) -> Iterator[None]:
    """Be nobody for a while, where a case asks for it and this is root."""
    if not case.unprivileged or not hasattr(os, "geteuid") or os.geteuid():
        yield
        return
    for path in (place.parent, place, *(p for p in place.rglob("*") if not p.is_symlink())):
        # The folder itself is root's; what lies in it becomes that of whoever is asked.
        os.chown(path, NOBODY, NOBODY)
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def _wrong(case: Case, ended: Ended) -> list[str]:
    found = [] if ended.code == case.code else [f"exit code {ended.code}, not {case.code}"]
    if "Traceback" in ended.err + ended.out:
        found.append("a traceback")
    found += [f"stderr does not say {w!r}" for w in case.words if w not in ended.err]
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f\x9b]", ended.err + ended.out):
        found.append("control characters reach the terminal")
    if case.code == 0:
        out = " ".join(ended.out.split())
        return found if case.told in out else [*found, f"stdout says {out[:300]!r}"]
    usage = case.code == 2 and ended.err.startswith("Usage: ")
    lines = [line for line in ended.err.splitlines() if line.startswith("formcheck: ")]
    if not usage and not (lines and re.fullmatch(r"formcheck: .+[.?]", lines[-1])):
        found.append(f"not a sentence: {ended.err!r}")
    elif not usage and not ADVICE.search(lines[-1].partition(": ")[2]):
        found.append(f"it does not say what to do: {lines[-1]}")
    return found


def sentence(ended: Ended) -> str:
    """Return what the person is told: the last line on stderr, or of typer's box."""
    lines = [line.strip("│ ") for line in ended.err.splitlines() if re.search(r"\w", line)]
    return lines[-1] if lines else ""


def _content(place: Path) -> dict[str, str]:
    """Return a mark of each file's content; of the history, how many sessions it holds."""
    marks = {}
    for path in sorted(p for p in place.rglob("*") if p.is_file()):
        name = path.relative_to(place).as_posix()
        if path.name.startswith(DATABASE):
            continue
        marks[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    database = place / "data" / DATABASE
    # A damaged one is a file like any other: it must stay as it was.
    if database.is_file():
        with suppress(Exception), History(place / "data") as history:
            return marks | {"sessions": f"{len(history.numbers()):04}"}
        marks[DATABASE] = hashlib.sha256(database.read_bytes()).hexdigest()
    return marks


def _lost(before: dict[str, str], after: dict[str, str]) -> list[str]:
    gone = [name for name in before if name not in after]
    changed = [name for name in before if name in after and name != "sessions"]
    lost = [f"{name} is gone" for name in gone]
    lost += [f"{name} was changed" for name in changed if before[name] != after[name]]
    if after.get("sessions", "") < before.get("sessions", ""):
        lost.append("sessions were lost")
    drafts = [name for name in after if name.endswith(".part") and name not in before]
    return lost + [f"{name} was left behind" for name in drafts]


@contextmanager
def _environment(changes: Mapping[str, str]) -> Iterator[None]:
    kept = {
        name: value
        for name, value in (dict(os.environ) | dict(changes)).items()
        if value and (name in changes or name not in HIDDEN)
    }
    with patch.dict(os.environ, kept, clear=True):
        yield


def _run(args: list[str], place: Path, case: Case) -> Ended:
    """Run the command line in this process, and catch what native code writes too."""

    def estimator(model_path: Path | None = None, *, silhouette: bool = False) -> Seen:
        if model_path is not None:
            read_model(model_path)
        return Seen(case.person)

    here = Path.cwd()

    class Everybody(Alone):
        def find(self, frame: Frame) -> tuple[Pose, ...]:
            first = Seen(case.person).estimate(frame)
            beside = [moved(first, 0.3 * number) for number in range(case.people)]
            return tuple(beside) if first.is_seen else ()

    with (
        tempfile.TemporaryFile("w+b") as out,
        tempfile.TemporaryFile("w+b") as err,
        patch.object(mediapipe_pose, "MediaPipeEstimator", estimator),
        patch.object(people_in_view, "PeopleFinder", Everybody),
        patch.object(estimator_for, "PeopleFinder", Everybody),
        patch.object(sys, "argv", ["formcheck", *args]),
        patch.multiple(opening, OPEN_S=WAIT_S, READ_S=WAIT_S),
        patch.dict(Reconnecting.__init__.__kwdefaults__, give_up_s=WAIT_S),
    ):
        os.chdir(place)
        try:
            code = _redirected(out, err)
        finally:
            os.chdir(here)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    return Ended(code=code, out=texts[0], err=texts[1])


def _redirected(out: object, err: object) -> int:
    assert isinstance(out, io.BufferedRandom) and isinstance(err, io.BufferedRandom)
    saved = [os.dup(1), os.dup(2)]
    streams = (
        io.TextIOWrapper(io.FileIO(os.dup(out.fileno()), "w"), "utf-8", write_through=True),
        io.TextIOWrapper(io.FileIO(os.dup(err.fileno()), "w"), "utf-8", write_through=True),
    )
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    try:
        with patch.object(sys, "stdout", streams[0]), patch.object(sys, "stderr", streams[1]):
            main.run()
    except SystemExit as end:
        return int(end.code or 0)
    except Exception:  # noqa: BLE001
        # What nobody catches is what is looked for: as a user would see it.
        traceback.print_exc(file=streams[1])
        return 1
    finally:
        for stream in streams:
            stream.close()
        for number, descriptor in enumerate(saved, 1):
            os.dup2(descriptor, number)
            os.close(descriptor)
    return 0
