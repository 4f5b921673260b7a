"""Real clips as other cameras had shown them: how counts and verdicts hold.

    python tests/accuracy/altered.py DIR CLIPS.json                    all alterations
    python tests/accuracy/altered.py DIR CLIPS.json --only mirrored    some of them

A film on which rules were learnt says little about the next one. The same film mirrored, smaller or
turned shows the same repetitions, but the model sees another picture: it takes other legs for each
other, and hides other ankles. What only fits the film as it is shows here. Altered films and poses
are kept under .cache/altered, so that a second run takes seconds.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "sample_videos")]

from tests.accuracy.degraded import Condition, degrade  # noqa: E402
from tests.accuracy.real_clips import RealClip, listed, real_clips  # noqa: E402

AS_FILMED = "as filmed"
ALTERED = {
    "mirrored": Condition(mirrored=True),
    "smaller and paler": Condition(scale=0.8, contrast=0.9, light=20.0, crf=18),
    "mirrored, turned and darker": Condition(mirrored=True, roll_deg=2.0, contrast=0.9, crf=18),
    "turned the other way": Condition(roll_deg=-2.0, contrast=1.1, light=-12.0, crf=20),
}


def in_a_path(name: str) -> str:
    """Returns the name of an alteration as a folder has it."""
    return name.replace(",", "").replace(" ", "-")


def folder_of(name: str, films: Path, listing: Path, cache: Path) -> Path:
    """Returns the folder with the clips of a list as one alteration leaves them."""
    folder = cache / in_a_path(name)
    folder.mkdir(parents=True, exist_ok=True)
    for entry in listed(listing):
        film, altered = (where / f"{entry['name']}.mp4" for where in (films, folder))
        if film.exists() and not altered.exists():
            unfinished = altered.with_suffix(".part.mp4")
            degrade(film, unfinished, ALTERED[name])
            unfinished.replace(altered)
    return folder


def row(clips: Sequence[RealClip]) -> list[str]:
    """Returns sets within tolerance, repetitions decided, other movements silent, and the rest."""
    sets = [one for one in clips if one.shows_it]
    others = [one for one in clips if not one.shows_it]
    wrong = [f"{one.name} {one.full}/{one.by_eye}" for one in clips if one.off]
    return [
        f"{sum(not one.off for one in sets)}/{len(sets)}",
        f"{sum(one.decided for one in sets)}/{sum(one.by_eye for one in sets)}",
        f"{sum(not one.off for one in others)}/{len(others)}",
        ", ".join(wrong),
    ]


def main() -> None:
    """Alter what is missing, and print a row for each alteration."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("films", type=Path, metavar="DIR")
    parser.add_argument("listing", type=Path, metavar="CLIPS.json")
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "altered")
    parser.add_argument("--only", nargs="*", choices=[AS_FILMED, *ALTERED], metavar="ALTERATION")
    arguments = parser.parse_args()
    titles = (
        "clips",
        "sets within tolerance",
        "decided",
        "others silent",
        "found/by eye, if wrong",
    )
    table = Table(*titles, box=None, pad_edge=False, header_style="dim")
    for name in arguments.only or [AS_FILMED, *ALTERED]:
        folder = arguments.films
        if name != AS_FILMED:
            folder = folder_of(name, arguments.films, arguments.listing, arguments.cache)
        cache = arguments.cache / "poses" / in_a_path(name)
        table.add_row(name, *row(real_clips(folder, arguments.listing, cache)))
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
