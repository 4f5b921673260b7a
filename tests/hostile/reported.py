"""What users of such tools have reported, tried here: what formcheck did, and what it does.

`before` is what version 0.1.0 did with the same input at revision 81d748e.
"""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import SLUG
from tests.hostile.case import Case, Make, lifting
from tests.hostile.videos import LINE, clip
from tests.sources.clips import (
    SIZE,
    write_clip,
    write_matrix,
    write_photo,
    write_thumbnail_first,
)
from tests.stickman import Lift, Stance

RUN = ("run", SLUG, "--no-window", "--mute", "--source")
LONG_MS = tuple(range(0, 9600, 66))
POSES = ("analyze", "{}/a.mp4", "-e")


def _slowed(time_s: float) -> Stance | None:
    """Lift the knee four times as slowly as people do, as slow motion shows it."""
    return lifting(time_s / 4.0)


def _low(time_s: float) -> Stance | None:
    """Lift the knee a little only."""
    lift = Lift(peak=15.0)
    return lift.stance((time_s - 2.6) % lift.duration_s) if time_s > 2.6 else Stance()


def _case(name: str, before: str, line: tuple[str, ...], code: int, *words: str,
          make: Make = lambda place: None, **more: object) -> Case:  # fmt: skip
    return Case(group="reported", name=name, before=before, line=line, code=code, words=words,
                make=make, **more)  # type: ignore[arg-type]  # fmt: skip


def _android(place: Path) -> None:
    write_clip(place / "a.mp4", range(0, 38400, 40), tags={"com.android.capture.fps": "100.0"})


def _mirrored(place: Path) -> None:
    write_matrix(write_clip(place / "a.mp4", LONG_MS), (-1, 0, 0, 1, SIZE[0], 0))


def _gap(place: Path) -> None:
    write_clip(place / "a.mp4", [t for t in range(0, 9600, 33) if not 3100 < t < 3900])


def _still(place: Path) -> None:
    """Write a screen recording: nothing while the knee is held, and while the figure stands."""
    still = (range(100, 1500), range(3900, 5600))
    write_clip(place / "a.mp4", [t for t in range(0, 9600, 33) if not any(t in s for s in still)])


def _quoted(place: Path) -> None:
    write_clip(place / "a.mp4", LONG_MS)


CASES = (
    _case("slow motion, 100 frames a second stored at 25", "a hold of 3.2 s was clean with 12.9 s",
          LINE, 0, make=_android, person=_slowed, told="plays 4 times slower than it was filmed"),
    _case("slow motion without a tag", "a hold of 3.2 s was clean with 12.9 s", LINE, 0,
          make=clip("a.mp4", *range(0, 76800, 133)), person=_slowed,
          told="if this is slow motion, give its factor"),
    _case("slow motion, the factor given", "there was no --speed", (*LINE, "--speed", "4"), 0,
          make=clip("a.mp4", *range(0, 76800, 133)), person=lifting, told="clean of"),
    _case("a speed that makes no sense", "there was no --speed", (*LINE, "--speed", "0"), 2,
          "A speed is", make=clip()),
    _case("a mirrored display matrix", "the picture was turned by 180 degrees", LINE, 0,
          make=_mirrored, told="asks players to show it as in a mirror"),
    _case("a selfie, mirrored", "legs were named wrong", (*LINE, "--mirrored"), 0,
          make=clip("a.mp4", *LONG_MS), told="clean of"),
    _case("a thumbnail in front of the film", "one frame was read; no repetition seen",
          ("analyze", "{}/a.wmv", "-e", SLUG), 0,
          make=lambda place: (write_thumbnail_first(place / "a.wmv", LONG_MS), None)[1],
          told="clean of"),
    _case("a photo", "no repetition seen, exit 0", ("analyze", "{}/a.jpg", "-e", SLUG), 1,
          "holds no video (a photo)", "choose a video file",
          make=lambda place: (write_photo(place / "a.jpg"), None)[1]),
    _case("a snapshot address", "it ended, and did not come back", (*RUN, "http://{server}/snapshot.jpg"),
          1, "is a single picture"),
    _case("a web page", "Invalid data found", (*RUN, "http://{server}/page"), 1, "is a web page"),
    _case("an address without a scheme", "There is no file", (*RUN, "{server}/page"), 1,
          "'http://127.0.0.1", "is a web page"),
    _case("file://, to analyze", "is an address, and only files are analysed",
          ("analyze", "file://{}/a.mp4", "-e", SLUG), 0, make=clip("a.mp4", *LONG_MS),
          told="clean of"),
    _case("a quoted ~", "There is no file '~/a.mp4'", ("analyze", "~/a.mp4", "-e", SLUG), 0,
          make=_quoted, told="clean of", environ={"HOME": "{}", "USERPROFILE": "{}"}),
    _case("frames missing for 0.8 s", "no repetition seen, without a reason", LINE, 0, make=_gap,
          told="Frames are missing (3.1-3.9 s)"),
    _case("a screen recording without still frames", "lost from sight", LINE, 0, make=_still,
          told="leaves out still pictures (0.1-1.5 s, 3.9-5.6 s)"),
    _case("a lift that is far too low", "no repetition seen", LINE, 0,
          make=clip("a.mp4", *LONG_MS), person=_low, told="an attempt is told from 45°"),
    _case("an exercise in capitals", "There is no exercise",
          (*POSES, "Standing_Hip_Flexion"), 0, make=clip("a.mp4", *LONG_MS), told="clean of"),
    _case("a time as a clock shows it", "Input should be a valid number",
          (*LINE, "--from", "0:01"), 0, make=clip("a.mp4", *LONG_MS), told="clean of"),
    _case("a table on stdout", "a file called - was written", (*LINE, "--csv", "-"), 0,
          make=clip("a.mp4", *LONG_MS), told="frame,time_s,"),
    _case("-h", "No such option: -h", ("analyze", "-h"), 0, told="formcheck[cluster]"),
    _case("an option of other programs", "(Possible options: --mot, --out, --rotate)",
          (*LINE, "--output", "x"), 2, "Did you mean --out?", make=clip()),
)  # fmt: skip
