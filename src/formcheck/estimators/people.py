"""Several people in view: where each is, which are the same later, and which one to follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.core.pose.geometry import length
from formcheck.core.pose.pose import FloatArray, Landmark, Pose
from formcheck.core.pose.trunk import middle_trunk

AWAY = 1.2
"""Trunk lengths (about 0.6 m) from their place at which the hips are another person's: no exercise
carries them so far."""
GROWN = 1.6
"""A trunk this many times longer or shorter than the user's is another person's."""
HIPS = [Landmark.LEFT_HIP, Landmark.RIGHT_HIP]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a person is in the picture.

    Attributes
    ----------
    hips_px : (2,) float64
        The hips' midpoint.
    trunk_px : float
        Length of the trunk.
    low_px, high_px : (2,) float64
        Corners of the box around all landmarks.
    """

    hips_px: FloatArray
    trunk_px: float
    low_px: FloatArray
    high_px: FloatArray

    @classmethod
    def of(cls, pose: Pose) -> Spot | None:
        """Returns where a pose is; None if hips or trunk were not found."""
        hips_px = pose.image_px[HIPS].mean(axis=0)
        trunk_px = length(middle_trunk(pose.points()))
        if not np.isfinite(hips_px).all() or not trunk_px > 0:
            return None
        low, high = np.nanmin(pose.image_px, axis=0), np.nanmax(pose.image_px, axis=0)
        return cls(hips_px=hips_px, trunk_px=trunk_px, low_px=low, high_px=high)

    def is_near(self, other: Spot) -> bool:
        """Returns whether another spot may be the same person's."""
        return self.apart(other) <= AWAY and 1 / GROWN <= other.trunk_px / self.trunk_px <= GROWN

    def apart(self, other: Spot) -> float:
        """Returns the distance to another spot's hips, in trunk lengths of this one."""
        return float(np.hypot(*(other.hips_px - self.hips_px))) / self.trunk_px

    def reaching(self, other: Spot) -> Spot:
        """Returns this spot with a box that holds the other one's as well."""
        return replace(
            self,
            low_px=np.minimum(self.low_px, other.low_px),
            high_px=np.maximum(self.high_px, other.high_px),
        )


TWICE = 0.5
"""Poses whose hips are nearer than this, in trunk lengths, are one person found twice."""
SMALL = 0.4
"""Share of the largest person's trunk: smaller people are in the background, and left out."""
SURE = 0.5
"""Least median visibility of a pose that counts as a person."""
OFTEN = 1 / 3
"""Least share of the looks in which a person must be found, so that no bad look decides."""
STAYING = 0.8
"""Trunk lengths from the middle of a person's spots: farther away they are passing by."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crowd:
    """The people in view where a recording begins, and which one to follow.

    Attributes
    ----------
    people : tuple of Spot
        Where they are, from the left of the picture to the right.
    number : int
        The person to follow, counted from 1.
    given : bool
        Whether this number was asked for; else it is the person nearest to the picture's centre.
    """

    people: tuple[Spot, ...]
    number: int
    given: bool = False

    @property
    def chosen(self) -> Spot:
        """The spot of the person to follow."""
        return self.people[self.number - 1]

    @property
    def others(self) -> tuple[Spot, ...]:
        """The spots of the others."""
        return self.people[: self.number - 1] + self.people[self.number :]


def distinct(poses: Sequence[Pose]) -> tuple[Spot, ...]:
    """Returns the spots of the people in a picture, from left to right, each once.

    Parameters
    ----------
    poses : sequence of Pose
        The poses found in it.
    """
    kept: list[Spot] = []
    for pose in sorted(poses, key=_visibility, reverse=True):
        spot = Spot.of(pose)
        if spot is None or not _visibility(pose) >= SURE:
            continue
        if all(min(one.apart(spot), spot.apart(one)) > TWICE for one in kept):
            kept.append(spot)
    return _in_order(kept)


def settled_people(looks: Sequence[Sequence[Pose]]) -> tuple[Spot, ...]:
    """Returns the spots of the people who stay, from left to right.

    Parameters
    ----------
    looks : sequence of sequence of Pose
        The poses found in pictures shortly after one another.
    """
    paths: list[list[Spot]] = []
    for poses in looks:
        _continue(paths, list(distinct(poses)))
    places = [place for path in paths if (place := _place(path, len(looks))) is not None]
    return _in_order(places)


def nearest_to_centre(people: Sequence[Spot], size_px: tuple[int, int]) -> int:
    """Returns the index of the person nearest to the centre of a picture of this size."""
    centre = np.array(size_px) / 2
    away = [float(np.hypot(*((one.low_px + one.high_px) / 2 - centre))) for one in people]
    return int(np.argmin(away))


def found_again(
    place: Spot, others: Sequence[Spot], found: Sequence[Spot], people: int
) -> Spot | None:
    """Returns the spot of the person who had a place, if that is beyond doubt.

    They are in their place again; or all people are in view, and all others in their places.

    Parameters
    ----------
    place, others : Spot, sequence of Spot
        Their spot, and the spots of the others, before.
    found : sequence of Spot
        The spots in the picture now.
    people : int
        Number of people in all.
    """
    here = [one for one in found if is_theirs(place, others, one)]
    if here:
        return min(here, key=place.apart)
    strangers = [one for one in found if not any(other.is_near(one) for other in others)]
    return strangers[0] if len(strangers) == 1 and len(found) == people else None


def is_theirs(place: Spot, others: Sequence[Spot], spot: Spot) -> bool:
    """Returns whether a spot fits the person with a place better than any of the others."""
    away = np.hypot(*(spot.hips_px - place.hips_px))
    return place.is_near(spot) and all(
        away <= np.hypot(*(spot.hips_px - other.hips_px)) for other in others
    )


def _visibility(pose: Pose) -> float:
    return float(np.median(pose.visibility))


def _in_order(people: Sequence[Spot]) -> tuple[Spot, ...]:
    largest = max((one.trunk_px for one in people), default=0.0)
    near = [one for one in people if one.trunk_px >= SMALL * largest]
    return tuple(sorted(near, key=lambda one: float(one.hips_px[0])))


def _continue(paths: list[list[Spot]], found: list[Spot]) -> None:
    """Adds each spot to the path that ends nearest to it, or begins a path with it."""
    pairs = [(path[-1].apart(one), p, f) for p, path in enumerate(paths) for f, one in
             enumerate(found) if path[-1].is_near(one)]  # fmt: skip
    taken_paths: set[int] = set()
    taken: set[int] = set()
    for _, p, f in sorted(pairs):
        if p not in taken_paths and f not in taken:
            taken_paths.add(p)
            taken.add(f)
            paths[p].append(found[f])
    paths += [[one] for f, one in enumerate(found) if f not in taken]


def _place(path: Sequence[Spot], looks: int) -> Spot | None:
    """Returns the spot of a person found along a path; None if they pass by."""
    hips = np.array([one.hips_px for one in path])
    trunk_px = float(np.median([one.trunk_px for one in path]))
    middle = np.median(hips, axis=0)
    there = [one for one, far in zip(path, np.hypot(*(hips - middle).T), strict=True)
             if far <= STAYING * trunk_px]  # fmt: skip
    if len(there) < max(1.0, OFTEN * looks):
        return None
    place = there[0]
    for one in there[1:]:
        place = place.reaching(one)
    return replace(place, hips_px=middle, trunk_px=trunk_px)
