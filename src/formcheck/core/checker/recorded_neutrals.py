"""Finds the neutrals of a recording: one for each vantage that it holds.

The whole recording is searched. In each vantage the neutral is the stillest stretch in the start
posture from which the movement rises; where nobody keeps still, it is read off the phases of the
cycle; where neither is possible, the vantage gets a scene without a neutral, so that movements are
found though not judged.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formcheck.core.checker.cycle_neutral import (
    counted_rows,
    from_cycle,
    risen,
    shows_attempts,
)
from formcheck.core.checker.displacement import FAR_SHARE, same_place
from formcheck.core.checker.film_cuts import cut_numbers
from formcheck.core.checker.neutral import (
    MAX_SWAY,
    SEEN_FRAMES,
    SEEN_S,
    STAND_STILL,
    Calibration,
    assess,
    enough,
    observed_s,
    posture_complaint,
)
from formcheck.core.checker.outline_doubt import with_outline_doubt
from formcheck.core.checker.resting import at_rest, held_top, short_rests
from formcheck.core.checker.sideways import picture_advice, view_complaint
from formcheck.core.checker.vantages import (
    SHORTEST_S,
    Gated,
    Vantage,
    Window,
    parts,
    vantages,
    windows,
)
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.measures import LATERAL_LEAN, LEANING, TORSO_LEAN, TRUNK_PITCH, columns
from formcheck.core.pose.pose import FloatArray, Pose, Side
from formcheck.core.pose.view import Scene, View, scene_of
from formcheck.core.pose.visibility import cut_off

SHOWN_S = 0.5
"""What a film shows for less between two cuts is an effect."""
SELDOM_S = 20.0
"""Seconds in which a movement without a start posture is to rise at least once."""
GRAVITY = (TORSO_LEAN, LATERAL_LEAN, LEANING, TRUNK_PITCH)
SMALL_TRUNK_PX = 35.0
"""A shorter trunk belongs to a person of about 100 pixels: drawn people who were a third as big as
usual, with trunks of 35 to 45 pixels, were found in 42 % of the frames only (acquisition.py)."""
TOO_SMALL = "You are too small in the picture: come nearer, or film with more pixels."
MOST_STRETCHES = 100
"""So many of the stillest stretches of a vantage are looked at."""


def find_neutrals(poses: Sequence[Pose], exercise: Exercise) -> tuple[Calibration, ...]:
    """Returns a calibration for each vantage that a recording holds, in order of their first pose.

    Parameters
    ----------
    poses : sequence of Pose
        The whole recording, not gated.
    exercise : Exercise
        Gives the start posture and the counted measure.

    Returns
    -------
    tuple of Calibration
        Where a vantage shows no neutral, one whose `known` is False. Empty where no vantage shows
        the counted measure for three seconds.
    """
    cuts = cut_numbers(poses, exercise.position)
    whole = Gated(poses)
    every = vantages(list(windows(whole, exercise.position, cuts)), SEEN_S if cuts else SHORTEST_S)
    found: list[tuple[list[int], Calibration]] = []
    for vantage in every:
        numbers = vantage.numbers
        seen = whole.seen(numbers)
        calibration = _still(vantage, seen, exercise)
        if calibration is None and vantage.on_the_spot and len(seen):
            calibration = _from_short_rests(vantage, seen, exercise)
            calibration = calibration or _swaying(_moving(seen, exercise), vantage)
        if calibration is not None:
            found.append((numbers, with_outline_doubt(calibration, seen, exercise)))
    found = _without_needless(found)
    if found and cuts:
        found = _after_cuts(found, whole, cuts, exercise)
    return tuple(calibration for _, calibration in sorted(found, key=lambda pair: pair[0][0]))


def _without_needless(
    found: Sequence[tuple[list[int], Calibration]],
) -> list[tuple[list[int], Calibration]]:
    """Returns vantages without those that have no neutral and lie near to one that has.

    Nobody tells them apart while the body moves, and without a neutral nothing is judged.
    """
    known = [calibration.scene for _, calibration in found if calibration.known]
    return [
        (numbers, calibration)
        for numbers, calibration in found
        if calibration.known
        or not any(same_place(scene, calibration.scene, FAR_SHARE) for scene in known)
    ]


def _after_cuts(
    found: Sequence[tuple[list[int], Calibration]],
    poses: Gated,
    cuts: Sequence[int],
    exercise: Exercise,
) -> list[tuple[list[int], Calibration]]:
    """Returns the neutrals, with the times of the cuts after which each one holds.

    A part of the film in which none holds gets a scene without a neutral, or an unknown scene in
    which nothing is counted. What shows for less than half a second, or nobody, changes nothing.
    """
    every = list(found)
    for first, last in parts(len(poses), cuts):
        if poses[last - 1].time_s - poses[first].time_s < SHOWN_S:
            continue
        shares = [np.diff(np.searchsorted(n, [first, last])).item() for n, _ in found]
        own = int(np.argmax(shares))
        if not shares[own]:
            part = poses.seen(range(first, last))
            if not part:
                continue
            own = len(every)
            unknown = without_neutral(part, Scene(), exercise)
            every.append(([first], _scene_alone(part, exercise) or unknown))
        if first > 0:
            numbers, calibration = every[own]
            begins_s = (*calibration.after_cuts_s, poses[first].time_s)
            every[own] = numbers, replace(calibration, after_cuts_s=begins_s)
    return every


def _swaying(calibration: Calibration | None, vantage: Vantage) -> Calibration | None:
    """Returns the neutral of a body in motion, its scene with how far it turns to and fro."""
    if calibration is None:
        return None
    sway_deg = vantage.yaw_sway_deg(calibration.scene)
    return replace(calibration, scene=replace(calibration.scene, yaw_sway_deg=sway_deg))


def _moving(poses: Sequence[Pose], exercise: Exercise) -> Calibration | None:
    """Returns the neutral of a vantage in which nobody keeps still, or its scene alone.

    None where it shows neither.
    """
    found = from_cycle(poses, exercise)
    if found is not None:
        return found if risen(poses, found, exercise) else None
    return _scene_alone(poses, exercise)


def _scene_alone(poses: Sequence[Pose], exercise: Exercise) -> Calibration | None:
    """Returns the scene without a neutral of poses that show something like the exercise.

    None where they do not: a movement that is told from others by what is in the picture, by a
    trunk that lies to gravity as it should.
    """
    scene = scene_of(poses, exercise.position)
    if not exercise.cycle.measure.seen_in(scene) or not scene.trunk_px > 0:
        return None
    if not _lies_as_it_should(poses, scene, exercise) or not shows_attempts(poses, scene, exercise):
        return None
    found = without_neutral(poses, scene, exercise)
    fewest = max(1.0, observed_s([pose.time_s for pose in poses]) / SELDOM_S)
    return found if risen(poses, found, exercise) >= fewest else None


def without_neutral(poses: Sequence[Pose], scene: Scene, exercise: Exercise) -> Calibration:
    """Returns a calibration of the scene alone, every neutral NaN."""
    unknown = dict.fromkeys(columns(exercise.measures), math.nan)
    return Calibration(
        start_s=poses[0].time_s,
        end_s=poses[-1].time_s,
        scene=scene,
        neutral=unknown,
        sd=unknown,
        calm=False,
    )


def _lies_as_it_should(poses: Sequence[Pose], scene: Scene, exercise: Exercise) -> bool:
    """Returns whether the trunk lies to gravity as the start posture has it, all in all."""
    some = poses[:: max(1, len(poses) // 200)]
    for posture in exercise.posture:
        if posture.measure in GRAVITY and posture.measure.seen_in(scene):
            values = np.array([posture.measure.compute(p, Side.BOTH, scene) for p in some])
            seen = values[np.isfinite(values)]
            if seen.size and not posture.met([float(np.median(seen))]):
                return False
    return True


def _still(vantage: Vantage, seen: Gated, exercise: Exercise) -> Calibration | None:
    """Returns the neutral from the stillest stretch at rest; None where there is none."""
    still = [window for window in vantage.windows if window.sway <= MAX_SWAY]
    if not still or not len(seen):
        return None
    stretches = _apart(sorted(still, key=lambda window: window.sway))
    numbers = sorted({*seen.numbers, *(n for w in stretches for n in range(w.first, w.last))})
    # A facing that only the held top shows (a foot hidden at rest) is still the person's.
    rows = counted_rows(seen.only(numbers), vantage.scene, exercise)
    counted = rows[np.searchsorted(numbers, seen.numbers)]
    levels = [_levels(rows[slice(*np.searchsorted(numbers, [w.first, w.last]))]) for w in stretches]
    times_s = seen.times_s
    low = [n for n, each in enumerate(levels) if not held_top(each, counted, times_s, exercise)]
    found = at_rest(np.array([levels[n] for n in low]), counted, exercise) if low else []
    for number in found:
        window = stretches[low[number]]
        stretch = seen.only(range(window.first, window.last))
        verdict = assess(stretch, exercise)
        if isinstance(verdict, Calibration) and enough(stretch, verdict.scene, exercise):
            return verdict
    return None


def _from_short_rests(vantage: Vantage, seen: Gated, exercise: Exercise) -> Calibration | None:
    """Returns the neutral from rests too short for one each, taken together; None if too few."""
    numbers = short_rests(counted_rows(seen, vantage.scene, exercise), seen.times_s, exercise)
    stretch = [seen[number] for number in numbers]
    if len(stretch) < SEEN_FRAMES:
        return None
    verdict = assess(stretch, exercise)
    if not isinstance(verdict, Calibration) or not enough(stretch, verdict.scene, exercise):
        return None
    return verdict if risen(seen, verdict, exercise) else None


def _levels(rows: FloatArray) -> list[float]:
    """Returns each side's median; a side seen in less than half of the poses has the other's.

    From the side the near leg hides the far one while both are down.
    """
    seen = np.isfinite(rows).mean(axis=0) >= 0.5
    levels = [float(np.nanmedian(v)) if s else math.nan for v, s in zip(rows.T, seen, strict=True)]
    others = reversed(levels)
    return [b if math.isnan(a) else a for a, b in zip(levels, others, strict=True)]


def _apart(windows: Sequence[Window]) -> list[Window]:
    """Returns the first of some windows, none of which shares its beginning with a better one."""
    kept: list[Window] = []
    for window in windows:
        if all(abs(window.step[0] - other.step[0]) >= len(range(*other.step)) for other in kept):
            kept.append(window)
        if len(kept) == MOST_STRETCHES:
            break
    return kept


def complaint(poses: Sequence[Pose], exercise: Exercise) -> str:
    """Returns what most often kept a recording from showing the start posture."""
    numbers = [number for number, pose in enumerate(poses) if pose.is_seen]
    if not numbers:
        return exercise.step_in
    framing = [cut_off(poses[n], exercise.position) for n in numbers[::5]]
    gated = Gated(poses, numbers)
    scene = scene_of(gated, exercise.position)
    if scene.view is View.UNKNOWN:
        return _most(framing) or exercise.step_in
    turn = picture_advice(gated, scene, exercise)
    if turn is not None:
        return turn
    if 0.0 < scene.trunk_px < SMALL_TRUNK_PX:
        return TOO_SMALL
    said = [
        cut or view_complaint(scene, exercise) or posture_complaint((p,), scene, exercise)
        for cut, p in zip(framing, gated[::5], strict=True)
    ]
    return _most([complaint or STAND_STILL for complaint in said]) or STAND_STILL


def _most(said: Sequence[str | None]) -> str | None:
    """Return what was said most often."""
    return max(sorted(set(said), key=str), key=said.count) if said else None
