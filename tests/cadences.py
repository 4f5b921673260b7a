"""Poses as a slow or busy camera would have given them, and what becomes of repetitions then.

Or a camera that shows the person late: see `seen_from`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.core.checker.session import Rep, Session, Verdict
from formcheck.core.pose.pose import Pose
from formcheck.files.pose_file import PoseRecording

Jitter = Callable[[Sequence[Pose], float, np.random.Generator], Iterator[Pose]]


def seen_from(recording: PoseRecording, from_s: float) -> PoseRecording:
    """Returns a recording in which nobody is seen before some time."""
    poses = tuple(
        Pose.unseen(pose.time_s, pose.frame_size_px) if pose.time_s < from_s else pose
        for pose in recording.poses
    )
    return replace(recording, poses=poses)


def even(poses: Sequence[Pose], fps: float, rng: np.random.Generator) -> Iterator[Pose]:
    """Yields the first pose of every interval, the first interval beginning at random."""
    begin_s = poses[0].time_s - rng.uniform(0.0, 1.0 / fps)
    last = None
    for pose in poses:
        tick = int((pose.time_s - begin_s) * fps + 1e-6)
        if tick != last:
            last = tick
            yield pose


def drops(poses: Sequence[Pose], fps: float, rng: np.random.Generator) -> Iterator[Pose]:
    """Yields an even course without a fifth of its poses, picked at random."""
    return (pose for pose in even(poses, fps, rng) if rng.random() > 0.2)


def stamps(poses: Sequence[Pose], fps: float, rng: np.random.Generator) -> Iterator[Pose]:
    """Yields an even course whose time stamps are off by up to a third of the interval."""
    for pose in even(poses, fps, rng):
        yield replace(pose, time_s=pose.time_s + rng.uniform(0.0, 0.33) / fps)


def stalls(poses: Sequence[Pose], fps: float, rng: np.random.Generator) -> Iterator[Pose]:
    """Yields an even course that stops for 0.1 to 0.6 s about every 1.5 s: a busy machine."""
    stops_s = poses[0].time_s + rng.exponential(1.5)
    for pose in even(poses, fps, rng):
        if pose.time_s < stops_s:
            yield pose
        else:
            goes_on_s = stops_s + rng.uniform(0.1, 0.6)
            if pose.time_s >= goes_on_s:
                stops_s = pose.time_s + rng.exponential(1.5)
                yield pose


JITTERS: dict[str, Jitter] = {"even": even, "drops": drops, "stamps": stamps, "stalls": stalls}


@dataclass(frozen=True, kw_only=True)
class TrueRep:
    """A repetition that was drawn, or that every frame together shows.

    Attributes
    ----------
    start_s, end_s : float
        When it began and ended.
    codes : tuple of str
        Its faults; none where it is clean.
    """

    start_s: float
    end_s: float
    codes: tuple[str, ...] = ()


def outcomes(true: Sequence[TrueRep], session: Session) -> list[str]:
    """Returns what a session made of each true repetition.

    `named` where one of its faults was told, else the verdict, `clean` before any other where
    several were seen in its place; `missed` where none was.
    """
    matched: dict[int, list[Rep]] = {}
    for rep in session.reps:
        shared = [min(rep.end_s, t.end_s) - max(rep.start_s, t.start_s) for t in true]
        if shared and max(shared) > 0.0:
            matched.setdefault(int(np.argmax(shared)), []).append(rep)
    return [_outcome(one, matched.get(number, [])) for number, one in enumerate(true)]


def _outcome(true: TrueRep, found: list[Rep]) -> str:
    if not found:
        return "missed"
    if any(rep.verdict is Verdict.CLEAN for rep in found):
        return "clean"
    if any(fault.code in true.codes for rep in found for fault in rep.faults):
        return "named"
    return found[0].verdict.value
