"""Reads off the outline of a person on the back how hollow the lower back is.

The trunk has axes of its own here: *along* runs from mid-hip (0) to mid-shoulder (1), *down* away
from the belly, both in trunk lengths. The outline is a row of depths: how far down the body
reaches at each place along. A thread pulled taut under it, from the buttock to the lower ribs, is
its hull, and the *lumbar gap* is the deepest hollow between the two.

One value means little, because bodies and clothes are hollow by themselves. Compare the mean over
about half a second with the same person's median while the back was pressed down. A loose shirt
that hangs into the hollow hides it, and the outline can't show that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from formcheck.core.pose.pose import FloatArray, Landmark, Pose

#: Where the outline is read, in trunk lengths.
ALONG: FloatArray = np.linspace(-0.26, 0.80, 54)
DOWN: FloatArray = np.linspace(0.0, 0.60, 61)
#: The part of it in which the hollow is looked for, as indices.
LOIN = slice(*np.searchsorted(ALONG, (0.05, 0.60)).tolist())
#: The part that must be seen: both ends carry the thread, and a short one would hide the hollow.
NEEDED = slice(*np.searchsorted(ALONG, (-0.08, 0.72)).tolist())
#: A pixel at least half covered belongs to the person.
INSIDE = 0.5
#: A trunk further from the horizontal than this does not lie.
LYING_DEG = 35.0
#: Shoulders further apart than this, in trunk lengths, are seen from above or from an end.
SIDE_SPREAD = 0.5
#: Between these places along the trunk an arm has to stay this far above the outline, in trunk
#: lengths: a forearm is half as thick, and near an elbow the model's mask frays.
ARM_ALONG, ARM_ROOM = (0.0, 0.60), 0.10
#: A wrist or elbow the model is not even this sure of tells nothing about where the arm is.
ARM_SEEN = 0.3

_ARMS = (
    (Landmark.LEFT_ELBOW, Landmark.LEFT_WRIST, Landmark.LEFT_INDEX),
    (Landmark.RIGHT_ELBOW, Landmark.RIGHT_WRIST, Landmark.RIGHT_INDEX),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The lumbar gap of one picture.

    Attributes
    ----------
    value : float
        Deepest hollow of the back's outline under its hull, in trunk lengths; larger is more
        arched, never negative; NaN where it can't be seen.
    reason : str
        Why it can't be seen, as a clause; empty where it can.
    """

    value: float
    reason: str = ""


class Axes(NamedTuple):
    """The trunk in the picture: mid-hip (x, y), one trunk length along, and one down; pixels."""

    hips: FloatArray
    along: FloatArray
    down: FloatArray


def _unseen(reason: str) -> Gap:
    return Gap(value=math.nan, reason=reason)


def _middle(pose: Pose, left: Landmark, right: Landmark) -> FloatArray:
    middle: FloatArray = (pose.image_px[left] + pose.image_px[right]) / 2
    return middle


def trunk_axes(pose: Pose, trunk_px: float) -> Axes | str:
    """Returns the axes of a trunk that lies on its back, seen from the side.

    Parameters
    ----------
    pose : Pose
        With shoulders and hips.
    trunk_px : float
        The person's trunk length in pixels, from the calibration: steadier than this pose's own.

    Returns
    -------
    Axes or str
        The axes, or a clause that says why there are none.
    """
    shoulders = pose.image_px[[Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]]
    hips = _middle(pose, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    x, y = (shoulders.mean(axis=0) - hips).tolist()
    length = math.hypot(x, y)
    if not (trunk_px > 0.0 and length > 0.0):
        return "shoulders or hips are not seen"
    if math.degrees(math.atan2(abs(y), abs(x))) > LYING_DEG:
        return "the trunk does not lie"
    if math.dist(*shoulders.tolist()) > SIDE_SPREAD * trunk_px:
        return "the trunk is not seen from the side"
    along = np.array([x, y]) * (trunk_px / length)
    # On the back the belly is up in the picture; x is never 0 here.
    down = np.array([-along[1], along[0]]) * math.copysign(1.0, x)
    return Axes(hips, along, down)


def _sampled(mask: npt.NDArray[np.floating], axes: Axes) -> FloatArray:
    """Returns the mask at every place along (rows) and down (columns), NaN outside the picture."""
    height, width = mask.shape
    places = ALONG[:, None, None] * axes.along + DOWN[None, :, None] * axes.down
    # A landmark's pixel (0, 0) is the picture's corner; a sample's is the middle of the first.
    x, y = np.moveaxis(axes.hips + places - 0.5, -1, 0)
    left, top = np.floor(x), np.floor(y)
    u, v = x - left, y - top
    outside = (x < 0) | (y < 0) | (x > width - 1) | (y > height - 1)
    i = np.clip(left, 0, width - 2).astype(np.intp)
    j = np.clip(top, 0, height - 2).astype(np.intp)
    upper = mask[j, i] * (1 - u) + mask[j, i + 1] * u
    lower = mask[j + 1, i] * (1 - u) + mask[j + 1, i + 1] * u
    return np.where(outside, np.nan, upper * (1 - v) + lower * v)


def back_outline(mask: npt.NDArray[np.floating], axes: Axes) -> FloatArray:
    """Returns the depth of the back's outline under the trunk's line, in trunk lengths.

    Parameters
    ----------
    mask : (height, width) float
        Share of each pixel that belongs to the person.
    axes : Axes
        The trunk's.

    Returns
    -------
    (n,) float64
        One depth for each of `ALONG`; NaN where the line itself is outside the person, or the
        person reaches down further than `DOWN` or out of the picture.
    """
    covered = _sampled(mask, axes)
    out = covered < INSIDE
    first = np.argmax(out, axis=1)
    there = (first > 0) & out.any(axis=1)
    rows, last = np.arange(len(ALONG)), np.maximum(first - 1, 0)
    before, after = covered[rows, last], covered[rows, first]
    share = (before - INSIDE) / np.maximum(before - after, 1e-9)
    return np.where(there, DOWN[last] + share * (DOWN[1] - DOWN[0]), np.nan)


def hull_gaps(along: FloatArray, depth: FloatArray) -> FloatArray:
    """Returns how far each place of an outline is above a thread pulled taut under it.

    Both arrays are (n,), without NaN, `along` rising; the result, in their unit, is never negative.
    """
    chain: list[tuple[float, float]] = []
    for x, y in zip(along.tolist(), depth.tolist(), strict=True):
        while len(chain) > 1:
            (x0, y0), (x1, y1) = chain[-2:]
            if (x1 - x0) * (y - y0) < (y1 - y0) * (x - x0):
                break
            chain.pop()
        chain.append((x, y))
    corners = np.array(chain)
    gaps: FloatArray = np.maximum(0.0, np.interp(along, corners[:, 0], corners[:, 1]) - depth)
    return gaps


def _arm_in_front(pose: Pose, axes: Axes, depth: FloatArray) -> bool:
    """Returns whether an arm is so close to the lower back's outline that it may be the arm's."""
    size = float(axes.along @ axes.along)
    for arm in _ARMS:
        joints = list(arm)
        if not pose.visibility[joints[:2]].min() >= ARM_SEEN:
            continue
        joint = pose.image_px[joints] - axes.hips
        ends = np.stack([joint @ axes.along, joint @ axes.down], axis=1) / size
        for start, end in pairwise(ends):
            along, down = (start + np.linspace(0.0, 1.0, 8)[:, None] * (end - start)).T
            beside = (along >= ARM_ALONG[0]) & (along <= ARM_ALONG[1])
            if (beside & (down > np.interp(along, ALONG, depth) - ARM_ROOM)).any():
                return True
    return False


def lumbar_gap(pose: Pose, *, trunk_px: float) -> Gap:
    """Returns how hollow the lower back of a person on the back is, or why it can't be seen.

    Parameters
    ----------
    pose : Pose
        With its `silhouette`; the camera near the floor, at the person's side.
    trunk_px : float
        Mid-hip to mid-shoulder in pixels, from the calibration.
    """
    if pose.silhouette is None:
        return _unseen("the picture gives no outline of the person")
    axes = trunk_axes(pose, trunk_px)
    if isinstance(axes, str):
        return _unseen(axes)
    depth = back_outline(pose.silhouette, axes)
    if _arm_in_front(pose, axes, depth):
        return _unseen("an arm lies in front of the lower back")
    there = np.isfinite(depth)
    if not there[NEEDED].all():
        return _unseen("the back's outline is broken")
    gaps = np.full(len(ALONG), np.nan)
    gaps[there] = hull_gaps(ALONG[there], depth[there])
    return Gap(value=float(gaps[LOIN].max()))
