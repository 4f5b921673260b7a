"""How a report was measured: the facts, the limits in force, and what was not checked."""

from __future__ import annotations

import math
from typing import Any

from formcheck.core.checker.faults import bound_in_force
from formcheck.core.checker.neutral import Calibration
from formcheck.core.checker.session import Session
from formcheck.core.checker.wording import amount
from formcheck.core.exercise.exercise import Cue, Exercise, Fault, Phase
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View

PART_S = 0.5
"""How much may be missing at either end before the report calls the recording a part."""

WHEN = {
    frozenset({Phase.REST}): "back at rest",
    frozenset({Phase.LOWER}): "on the way down",
}
"""Words for the phases of a fault that does not apply to the whole repetition."""
_FACING = {1: ", facing right", -1: ", facing left"}


def not_checked(session: Session, exercise: Exercise) -> list[dict[str, Any]]:
    """Returns each check that could not be made, the reason, and the repetitions."""
    rules: list[Cue | Fault] = [*exercise.cues, *exercise.faults]
    names = {rule.code: rule.name for rule in rules} | {"repetition": "the whole repetition"}
    found: dict[tuple[str, str], list[int]] = {}
    for rep in session.reps:
        for unchecked in rep.unchecked:
            found.setdefault((unchecked.check, unchecked.reason), []).append(rep.number)
    return [
        {
            "check": names.get(check, check),
            "reason": reason,
            "whole": len(numbers) == len(session.reps),
            "numbers": numbers,
        }
        for (check, reason), numbers in found.items()
    ]


def facts(
    session: Session, exercise: Exercise, span_s: tuple[float, float]
) -> list[tuple[str, str]]:
    """Returns facts about the recording, as pairs of name and value.

    Parameters
    ----------
    session : Session
        What was found.
    exercise : Exercise
        What was judged.
    span_s : (float, float)
        When the analysed part begins and ends.
    """
    source = session.source
    rate = "" if source.fps is None else f" at {source.fps:.4g} frames a second"
    found = [
        ("Picture", f"{source.width} by {source.height} pixels{rate}"),
        ("Length", _length(session, span_s)),
        *_neutral_facts(session.calibration, session.view),
        ("Legs counted", _legs(session)),
        ("Counted by", _counted_by(exercise)),
    ]
    if session.hold_target_s > 0:
        found.append(("Timed holds", f"{session.hold_target_s:g} s; a fault stops the clock"))
    if source.people is not None:
        found.append(("Person", f"{source.person} of {source.people} in view, from the left"))
    found.append(("Person found by", f"MediaPipe Pose Landmarker, 33 points{_looked_at(session)}"))
    return found


def _looked_at(session: Session) -> str:
    judged, frames = session.frames_judged, session.source.frames
    if judged is None or frames is None or judged >= frames:
        return " in every frame"
    return f" in {judged} of {frames} frames; those between lie on straight lines"


def _length(session: Session, span_s: tuple[float, float]) -> str:
    frames = session.source.frames
    return length_text(session, span_s) + ("" if frames is None else f", {frames} frames")


def length_text(session: Session, span_s: tuple[float, float]) -> str:
    """Returns the length of the recording, or the analysed part of it."""
    start_s, end_s = span_s
    whole_s = session.source.duration_s or end_s
    if start_s < PART_S and end_s > whole_s - PART_S:
        return f"{end_s:.1f} s"
    return f"{start_s:.1f} to {end_s:.1f} s of {whole_s:.1f} s"


def _neutral_facts(calibration: Calibration | None, view: View) -> list[tuple[str, str]]:
    if calibration is None:
        return [("Start posture", "never seen, so nothing could be judged")]
    scene = calibration.scene
    towards = _FACING.get(scene.facing, "") if view is not View.FRONT else ""
    yaw = "" if math.isnan(scene.yaw_deg) else f" (turned {scene.yaw_deg:.0f}° from the pure side)"
    calm = "standing still" if calibration.calm else "phases of a movement without a pause"
    if scene.position.level and calibration.calm:
        calm = "keeping still"
    return [
        ("Camera", f"{view.value} view{towards}{yaw}"),
        ("Start posture", f"{calibration.start_s:.1f} to {calibration.end_s:.1f} s, {calm}"),
    ]


def _legs(session: Session) -> str:
    if session.sides == (Side.BOTH,):
        return "both together"
    return " and ".join(side.value for side in session.sides)


def _counted_by(exercise: Exercise) -> str:
    cycle = exercise.cycle
    above = " above rest" if cycle.from_neutral else ""
    words = cycle.measure.name.replace("_", " ")
    return (
        f"{words}; full range from {cycle.top:.0f}°{above} on"
        f" (the aim is {cycle.aim:.0f}°, less the camera's error)"
    )


def limits_in_force(session: Session, exercise: Exercise) -> list[dict[str, Any]]:
    """Returns the limit of every fault as this session applied it, with measure and source."""
    calibration = session.calibration
    faults = exercise.faults if calibration is None else exercise.faults_in(calibration.scene)
    return [_limit(fault, session) for fault in faults]


def _limit(fault: Fault, session: Session) -> dict[str, Any]:
    calibration, unit = session.calibration, fault.measure.unit
    nominal = abs(fault.limit.value)
    bound = nominal
    if calibration is not None:
        columns = {fault.measure.column(fault.side(side)) for side in session.sides or (Side.LEFT,)}
        bounds = [bound_in_force(fault, calibration.sd.get(c, math.nan)) for c in columns]
        bound = max([b for b in bounds if not math.isnan(b)], default=nominal)
    sign = "±" if fault.limit.either else "+" if fault.limit.value > 0 else "-"
    judged = calibration is not None and fault.shown_in(calibration.scene)
    return {
        "name": fault.name,
        "measure": fault.measure.name.replace("_", " "),
        "limit": f"{sign}{amount(bound, unit)}",
        "widened": bound > nominal + 1e-9,
        "when": WHEN.get(fault.phases, ""),
        "lasting": f"{fault.lasting_s:g} s",
        "source": fault.limit.source,
        "judged": judged,
    }
