"""Sums over clips: counts, verdicts, faults, angles, what was left unverified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.core.pose.pose import FloatArray
from tests.accuracy.drawn_clips import Clip

STANDS_FOR = {"leaning": {"lean-back", "lean-forward", "lateral-lean"}}
"""What an oblique view calls by one name."""


@dataclass(frozen=True)
class Tally:
    """The figures of a group of clips."""

    clips: int
    exact_counts: int
    exact_verdicts: int
    faults_drawn: int
    faults_told: int
    faults_found: int
    faults_right: int
    reps: int
    true_reps: int
    right: int
    decided: int
    missed_faults: int
    unverified: int
    near_deg: float
    far_deg: float

    @property
    def precision(self) -> float:
        """Share of the faults found that were drawn; NaN if none was found."""
        return self.faults_right / self.faults_found if self.faults_found else np.nan

    @property
    def recall(self) -> float:
        """Share of the faults drawn that were found; NaN if none was drawn."""
        return self.faults_told / self.faults_drawn if self.faults_drawn else np.nan


def tally(clips: Sequence[Clip]) -> Tally:
    """Return the figures of some clips that show the exercise."""
    drawn, told, found, right = np.sum([fault_counts(clip) for clip in clips], axis=0)
    reps = [rep for clip in clips for rep in clip.found]
    return Tally(
        clips=len(clips),
        exact_counts=sum(len(clip.found) == len(clip.wanted) for clip in clips),
        exact_verdicts=sum(clip.found == clip.wanted for clip in clips),
        faults_drawn=int(drawn),
        faults_told=int(told),
        faults_found=int(found),
        faults_right=int(right),
        reps=len(reps),
        true_reps=sum(len(clip.wanted) for clip in clips),
        right=sum(clip.right for clip in clips),
        decided=sum(clip.decided for clip in clips),
        missed_faults=sum(clip.missed_faults for clip in clips),
        unverified=sum(verdict == "unverified" for _, verdict in reps),
        near_deg=_mean([clip.leg_errors(near=True) for clip in clips]),
        far_deg=_mean([clip.leg_errors(near=False) for clip in clips]),
    )


def fault_counts(clip: Clip) -> tuple[int, int, int, int]:
    """Return how many faults were drawn, told of these, found, and found where they were drawn.

    A found fault is right when a drawn repetition that overlaps its own has that fault; one that is
    told in two halves of its repetition is found twice and told once. What only a tag shows is not
    counted without one; it is listed as not judged.
    """
    drawn = [
        (rep, fault["code"])
        for rep in clip.truth["reps"]
        for fault in rep["faults"]
        if fault["code"] in clip.shown
    ]
    found = [(rep, fault.code) for rep in clip.analysis.session.reps for fault in rep.faults]
    pairs = [
        (number, index)
        for number, (rep, code) in enumerate(found)
        for index, (true, other) in enumerate(drawn)
        if other in STANDS_FOR.get(code, {code})
        and rep.start_s < true["end_s"]
        and true["start_s"] < rep.end_s
    ]
    told, right = {index for _, index in pairs}, {number for number, _ in pairs}
    return len(drawn), len(told), len(found), len(right)


def false_reps(clips: Sequence[Clip]) -> tuple[int, float]:
    """Return how many repetitions were seen where there was none, and in how many minutes."""
    minutes = sum(clip.truth["duration_s"] for clip in clips) / 60
    return sum(len(clip.found) for clip in clips), minutes


def _mean(errors: Sequence[FloatArray]) -> float:
    every = np.abs(np.concatenate(errors)) if errors else np.array([])
    return float(np.nanmean(every)) if np.isfinite(every).any() else np.nan
