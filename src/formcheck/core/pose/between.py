"""The pose of a frame that was not looked at, from the two looks around it."""

from __future__ import annotations

import math
from dataclasses import replace

from formcheck.core.pose.cuts import is_cut, place_of
from formcheck.core.pose.pelvis import reading_between
from formcheck.core.pose.pose import FloatArray, Pose


def pose_between(before: Pose, after: Pose, time_s: float) -> Pose:
    """Returns the pose at a moment between two poses, every point on the straight line.

    What one of the two does not show is not shown: a person unseen in either is unseen, and a NaN
    stays NaN. Between two poses that no body takes one so soon after the other the film was cut:
    nobody is seen. Two looks a fifteenth of a second apart see a thigh that speeds up by 500
    degrees a second every second within 0.3 degrees of this line.

    Parameters
    ----------
    before, after : Pose
        Of the same source; `after` is later.
    time_s : float
        The moment, in seconds.

    Examples
    --------
    >>> unseen = Pose.unseen(0.0, (640, 480))
    >>> pose_between(unseen, replace(unseen, time_s=0.1), 0.05).interpolated
    True
    """
    apart = before.frame_size_px != after.frame_size_px or is_cut(place_of(before), place_of(after))
    if apart or not (before.is_seen and after.is_seen):
        return replace(Pose.unseen(time_s, after.frame_size_px), interpolated=True)
    share = (time_s - before.time_s) / (after.time_s - before.time_s)

    def mixed(one: FloatArray, other: FloatArray) -> FloatArray:
        return one + share * (other - one)

    gap = before.lumbar_gap + share * (after.lumbar_gap - before.lumbar_gap)
    worlds = (before.world_m, after.world_m)
    return Pose(
        time_s=time_s,
        image_px=mixed(before.image_px, after.image_px),
        visibility=mixed(before.visibility, after.visibility),
        frame_size_px=after.frame_size_px,
        world_m=None if worlds[0] is None or worlds[1] is None else mixed(worlds[0], worlds[1]),
        lumbar_gap=gap,
        lumbar_doubt=(before.lumbar_doubt or after.lumbar_doubt) if math.isnan(gap) else "",
        interpolated=True,
        pelvis=reading_between(before.pelvis, after.pelvis, share),
    )
