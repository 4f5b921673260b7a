"""Recordings in segments, each with a tracker of its own.

MediaPipe looks for the person near the last position, so a pose depends on the frames before. That
fades: a tracker that begins later is as good after half a second. But two trackers that began at
different frames never agree exactly, however long both run: they stay half a pixel apart in the
median, and now and then many pixels (measured on drawn and on filmed clips). By chance that may
change a repetition.

So the recording decides where a tracker begins, and not the machine: from twenty seconds on a
recording is cut into an even number of segments of ten to forty seconds, always at the same frames,
and each tracker begins a second early to warm up. One thread or process works through the segments
in turn, several share them out, and the poses are the same to the last bit.
"""

from __future__ import annotations

import math
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from formcheck.analysis.read_request import OnProgress, ReadRequest
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import SourceInfo
from formcheck.files.disk_poses import DiskPoses
from formcheck.sources.frame_buffer import FrameBuffer
from formcheck.sources.packets import PacketIndex

LONG_S = 20.0
"""Recordings shorter than this stay whole: two segments of 10 s each cost a tenth more work."""
SEGMENT_S = 30.0
"""Length of a segment: each costs a tracker and the frames it warms up on."""
WARM_S, WARM_FRAMES = 1.0, 30
"""A tracker sees at least this much of the recording before its segment."""
ANEW_S = 3.0
"""With several people in view it sees this much more, to find the right person again."""
CHANGED = (
    "At {:.1f} s person {} had left their place and could not be told from the others: from there"
    " on the person then nearest to the picture's centre was judged."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a recording with a tracker of its own.

    Attributes
    ----------
    warm_s : float
        When the tracker begins.
    from_s, to_s : float
        Beginning and end of the stretch whose poses count, the end excluded.
    frames : int | None
        The number of those poses; None where the packets do not tell.
    searches : bool
        Whether the beginning can be found without decoding all before it.
    """

    warm_s: float = 0.0
    from_s: float = 0.0
    to_s: float = math.inf
    frames: int | None = None
    searches: bool = False

    def fits(self, frames: int) -> bool:
        """Returns whether this number of frames is what the packets promised."""
        return self.frames is None or frames == self.frames


def segments_of(request: ReadRequest) -> tuple[Segment, ...]:
    """Returns the segments of a recording, in order; a single one where it must stay whole.

    Segments depend on the recording and the requested stretch alone.
    """
    index = request.index()
    if index is None:
        return (whole(request),)
    asked = (index.times_s >= request.begin_s) & (index.times_s < request.end_s)
    inside = np.flatnonzero(asked)
    length_s = float(np.ptp(index.times_s[inside])) if len(inside) else 0.0
    if length_s < LONG_S:
        return (replace(whole(request), searches=True),)
    return _cut(index, int(inside[0]), int(inside[-1]) + 1, request)


def whole(request: ReadRequest) -> Segment:
    """Returns the requested stretch as one segment."""
    return Segment(warm_s=request.begin_s, from_s=request.begin_s, to_s=request.end_s)


def _cut(index: PacketIndex, first: int, last: int, request: ReadRequest) -> tuple[Segment, ...]:
    times_s = index.times_s
    length_s = float(times_s[last - 1] - times_s[first])
    # An even number, for the even numbers of cores there are.
    count = 2 * max(1, round(length_s / SEGMENT_S / 2))
    edges = times_s[first] + length_s * np.arange(1, count) / count
    cuts = [first, *(int(cut) for cut in np.searchsorted(times_s, edges)), last]
    segments = []
    for start, end in pairwise(cuts):
        warm = min(int(np.searchsorted(times_s, times_s[start] - WARM_S)), start - WARM_FRAMES)
        segments.append(
            Segment(
                warm_s=_before(times_s, max(warm, first)),
                from_s=_before(times_s, start),
                to_s=_before(times_s, end) if end < len(times_s) else math.inf,
                frames=end - start,
                searches=True,
            )
        )
    return tuple(segments)


def _before(times_s: np.ndarray, number: int) -> float:
    """Returns a moment between a frame and its predecessor, so that no rounding moves a frame."""
    return float(times_s[number - 1] + times_s[number]) / 2 if number > 0 else 0.0


def estimate_segment(
    request: ReadRequest,
    exercise: Exercise | None,
    segment: Segment,
    poses: DiskPoses,
    *,
    frames: FrameBuffer | None = None,
    on_progress: OnProgress | None = None,
) -> tuple[SourceInfo, tuple[str, ...]]:
    """Appends the poses of one segment to others; returns the source and what went wrong.

    Parameters
    ----------
    request : ReadRequest
        The recording, and how to read it.
    exercise : Exercise | None
        Decides what is estimated besides the landmarks; None for everything.
    segment : Segment
        The part to estimate.
    poses : DiskPoses
        Takes the poses.
    frames : FrameBuffer | None
        Takes the frames of the poses.
    on_progress : callable, optional
        Gets the seconds since the beginning of the stretch, and its length where known.
    """
    # Here, not at the top: judging saved poses needs none of them.
    from formcheck.analysis.looks import Looks, poses_of
    from formcheck.analysis.people_in_view import crowd_of
    from formcheck.estimators.estimator_for import estimator_for
    from formcheck.sources.read_ahead import read_ahead
    from formcheck.sources.video import Excerpt

    begin_s = request.begin_s
    crowd = crowd_of(request)
    changes_s: list[float] = []
    with (
        Excerpt(
            request.opened(),
            from_s=segment.warm_s if crowd is None else max(begin_s, segment.warm_s - ANEW_S),
            to_s=segment.to_s,
            searches=segment.searches,
        ) as source,
        estimator_for(
            exercise, request.model, crowd=crowd, on_change=changes_s.append
        ) as estimator,
        # Closed before the source, whatever still holds on to the generator.
        closing(read_ahead(source.decoded())) as decoded,
    ):
        end_s = source.info.duration_s if request.to_s is None else request.end_s
        looks = Looks(exercise, every_frame=request.every_frame)
        for frame, pose in poses_of(decoded, estimator, looks):
            if frame.time_s < segment.from_s:
                continue
            poses.append(replace(pose, silhouette=None))
            if frames is not None:
                frames.append(frame.frame())
            if on_progress is not None:
                on_progress(frame.time_s - begin_s, None if end_s is None else end_s - begin_s)
        info, problems = source.info, tuple(source.problems)
    if crowd is None:
        return info, problems
    told = tuple(CHANGED.format(at_s, crowd.number) for at_s in changes_s)
    return replace(info, people=len(crowd.people), person=crowd.number), problems + told
