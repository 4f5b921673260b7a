"""Real clips, counted by eye: what formcheck makes of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formcheck.analysis.analyze import judge
from formcheck.core.checker.session import Counts
from formcheck.core.exercise.exercise import Exercise
from formcheck.exercises import get_exercise, slugs
from tests.accuracy.drawn_clips import poses_of


@dataclass(frozen=True)
class RealClip:
    """One real clip whose exercise is known.

    Attributes
    ----------
    exercise : Exercise
        What it is judged as.
    shows_it : bool
        Whether it shows that exercise, and not another movement that is to be left alone.
    by_eye, slack : int
        Whole repetitions counted by eye, and by how many a count may differ.
    """

    name: str
    exercise: Exercise
    shows_it: bool
    by_eye: int
    slack: int
    counts: Counts

    @property
    def full(self) -> int:
        """Repetitions that were found, without partial ones."""
        return self.counts.attempts - self.counts.partial

    @property
    def off(self) -> int:
        """By how much the count is further off than it may be."""
        return max(0, abs(self.full - self.by_eye) - self.slack)

    @property
    def decided(self) -> int:
        """How many of the repetitions seen by eye have a verdict other than unverified."""
        return min(self.counts.attempts - self.counts.unverified, self.by_eye)


def listed(listing: Path) -> Iterator[dict[str, Any]]:
    """Yields the entries of a list of clips whose exercise is known."""
    for entry in json.loads(listing.read_text(encoding="utf-8"))["clips"]:
        if entry["exercise"] in slugs():
            yield entry


def real_clips(folder: Path, listing: Path, cache: Path) -> list[RealClip]:
    """Returns the clips of a list that lie in a folder, poses kept in a cache."""
    cache.mkdir(parents=True, exist_ok=True)
    found = []
    for entry in listed(listing):
        video = folder / f"{entry['name']}.mp4"
        if video.exists():
            exercise = get_exercise(entry["exercise"])
            clip = RealClip(
                name=entry["name"],
                exercise=exercise,
                shows_it=not entry.get("negative"),
                by_eye=entry["full_reps"],
                slack=entry.get("tolerance", 0),
                counts=judge(poses_of(video, exercise, cache), exercise).session.counts,
            )
            found.append(clip)
    return found
