"""What several commands share: options, consoles, error messages, signals, output paths.

An output never replaces its own source or another output. Signals that end a run are handled here.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from formcheck.cli.command import JUDGED, MACHINE, RESULTS, WHO
from formcheck.errors import UsageError, in_one_line

if TYPE_CHECKING:
    from formcheck.core.exercise.adjustment import Adjustment
    from formcheck.core.exercise.exercise import Exercise
    from formcheck.core.pose.pose import Side


IMPATIENT = 3


@contextmanager
def ends_like_ctrl_c() -> Iterator[None]:
    """Makes the signals that end a run raise KeyboardInterrupt.

    The second signal is ignored, so that the session can be saved; the third interrupts that too.
    """
    asked = 0

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked += 1
        if asked == 1 or asked >= IMPATIENT:
            raise KeyboardInterrupt

    names = ("SIGINT", "SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [(number, signal.signal(number, interrupt)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def refuse_overwriting(
    read: Iterable[Path | None], written: Mapping[str, Path | str | None]
) -> None:
    """Refuses results that would replace a file that is read, or each other.

    Parameters
    ----------
    read : iterable of Path
        The files the command reads; None for none.
    written : mapping of str to Path
        The result of each option; None for none, `-` for stdout.

    Raises
    ------
    UsageError
        Says which option would replace which file.
    """
    named: dict[Path, str] = {}
    for path in read:
        real = _real_path(path)
        if real is not None:
            named[real] = "what it is made of"
    for option, target in written.items():
        real = _real_path(target)
        if real is None:
            continue
        if real in named:
            raise UsageError(
                f"{option} would replace '{target}', {named[real]}: name another file."
            )
        named[real] = f"the result of {option}"


def _real_path(path: Path | str | None) -> Path | None:
    """Returns the real path of a file; None for stdout, a device or a pipe."""
    if path is None or str(path) == "-":
        return None
    try:
        real = Path(path).resolve()
        # A device or a pipe is not replaced.
        return None if real.exists() and not real.is_file() else real
    except (OSError, ValueError, RuntimeError):
        # No file can have this path; opening it says so.
        return None


class SideChoice(str, Enum):
    """Which leg to count."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    AUTO = "auto"

    def as_side(self) -> Side | None:
        """Returns the side; None where the exercise decides."""
        from formcheck.core.pose.pose import Side

        return None if self is SideChoice.AUTO else Side(self.value)


class Rotation(str, Enum):
    """A clockwise turn."""

    NONE = "0"
    RIGHT = "90"
    UPSIDE_DOWN = "180"
    LEFT = "270"


# Optional[...] and not `X | None`: typer evaluates these at run time.
SideOption = Annotated[
    SideChoice,
    typer.Option(
        "--side",
        case_sensitive=False,
        help="Leg to count; auto counts whichever moves, each by itself.",
        rich_help_panel=JUDGED,
    ),
]
StrictOption = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="A cue (short hold, fast lowering, low peak) voids the rep too.",
        rich_help_panel=JUDGED,
    ),
]
HoldOption = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(
        "--hold",
        metavar="SECONDS",
        min=1.0,
        max=300.0,
        help="Timed holds, not repetitions: stay at the top this long; faults stop the clock.",
        rich_help_panel=JUDGED,
    ),
]
ModelOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--model",
        help="Another MediaPipe pose landmarker .task file.",
        rich_help_panel=MACHINE,
    ),
]
RotateOption = Annotated[
    Optional[Rotation],  # noqa: UP045
    typer.Option(
        "--rotate",
        help="Turn the picture clockwise, instead of the file's own rotation.",
        rich_help_panel=MACHINE,
    ),
]
MirroredOption = Annotated[
    bool,
    typer.Option(
        "--mirrored",
        help="The recording is mirrored, as selfies may be: tell left from right accordingly.",
        rich_help_panel=MACHINE,
    ),
]
JsonOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--json",
        metavar="FILE",
        help="Write the session as JSON; - prints it, and only it.",
        rich_help_panel=RESULTS,
    ),
]
CsvOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--csv",
        metavar="FILE",
        help="Write every measure of every frame; - prints it, and only it.",
        rich_help_panel=RESULTS,
    ),
]
SavePosesOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--save-poses",
        metavar="FILE.npz",
        help="Save the poses, to analyse again without the video.",
        rich_help_panel=RESULTS,
    ),
]

LoadOption = Annotated[
    str,
    typer.Option(
        "--load",
        metavar="TEXT",
        help="Band or weight, in your words; kept in the history.",
        rich_help_panel=WHO,
    ),
]
LoadsOption = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--load",
        metavar="TEXT",
        help="Band or weight, in your words; given several times, of one set after the other.",
        rich_help_panel=WHO,
    ),
]


def complete_exercise(incomplete: str) -> list[str]:
    """Returns the exercises whose names begin with a text, for the shell."""
    from formcheck.cli.person import put_up_own_exercises
    from formcheck.exercises import normal_slug, slugs

    put_up_own_exercises()
    return [slug for slug in slugs() if slug.startswith(normal_slug(incomplete))]


def chosen_exercise(
    slug: str, hold_s: float | None, different: Mapping[str, Adjustment]
) -> Exercise:
    """Returns an exercise by name as it is for this person, as a timed hold if asked for."""
    from formcheck.core.exercise.adjustment import for_person
    from formcheck.core.exercise.exercise import timed_hold
    from formcheck.exercises import get_exercise

    exercise = for_person(get_exercise(slug), different)
    return exercise if hold_s is None else timed_hold(exercise, hold_s)


def rotation_deg(rotate: Rotation | None) -> int | None:
    """Returns the turn in degrees."""
    return None if rotate is None else int(rotate.value)


def pose_file(path: Path | None) -> Path | None:
    """Returns the path for poses; refuses a name that could not be read back."""
    if path is not None and path.suffix != ".npz":
        better = path.with_suffix(".npz").name if path.name else "poses.npz"
        raise UsageError(f"--save-poses writes .npz files: call it '{better}'.")
    return path


def print_json(text: str) -> None:
    """Prints JSON that is valid in any encoding of the terminal or pipe."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    if encoding != "utf8":
        text = json.dumps(json.loads(text), indent=2) + "\n"
    print(text, end="")


def warn(message: str) -> None:
    """Prints one line to stderr; control characters in it are shown, not sent."""
    print(f"formcheck: {in_one_line(message)}", file=sys.stderr)
