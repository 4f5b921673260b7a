"""One judged frame as plain values: what a page draws, shows and says.

Positions are pixels of the frame as the camera saw it; a page that mirrors the picture mirrors
them too. What was not seen is null.
"""

from __future__ import annotations

import math
from typing import Any

from formcheck.core.checker.session import Counts, FrameReport, Rep
from formcheck.core.checker.wording import OF_TRUNK, amount, rep_text
from formcheck.core.coaching.events import CoachState
from formcheck.core.exercise.exercise import Exercise, Leg
from formcheck.core.pose.geometry import Point
from formcheck.core.pose.pose import Points, Pose, Side
from formcheck.core.pose.visibility import gate
from formcheck.overlay.arc import counted_angle, lifted_side
from formcheck.overlay.body_lines import NEAR, strain_of, trunk_ends
from formcheck.overlay.message import MessageBoard

Plain = dict[str, Any]


class SceneMaker:
    """Turns judged frames into plain values, in order of time.

    Parameters
    ----------
    exercise : Exercise
        Gives the words.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._board = MessageBoard(exercise)
        self._set_number = 1

    def scene(self, pose: Pose, report: FrameReport, state: CoachState) -> Plain:
        """Returns everything of a frame that a page draws or shows."""
        if state.set_number != self._set_number:
            self._set_number = state.set_number
            self._board.forget()
        self._board.note(report)
        message = self._board.current(report, state)
        seen = gate(pose).points()
        return {
            **state_values(state),
            "message": None
            if message is None
            else {"kind": message.kind.value, "title": message.title, "detail": message.detail},
            "view": report.view.value,
            "person": report.person,
            "phases": {side.value: phase.value for side, phase in report.phases.items()},
            "hold_s": round(report.hold_s, 1),
            "hold_target_s": self._exercise.cycle.hold_target_s or self._exercise.dose.hold_s,
            "size": list(pose.frame_size_px),
            "points": [_point(point) for point in seen],
            **self._lines(seen, report),
        }

    def _lines(self, seen: Points, report: FrameReport) -> Plain:
        """Returns the counted limb with its zone, and the trunk with its strain."""
        strain, moving = strain_of(self._exercise, report), lifted_side(report)
        angle, trunk = counted_angle(seen, report, self._exercise), trunk_ends(seen)
        leg = None
        if strain.leg is not None and moving in (Side.LEFT, Side.RIGHT):
            leg = (moving if strain.leg is Leg.MOVING else moving.other).value
        return {
            "moving": None if moving is None else moving.value,
            "trunk": None if trunk is None else [_point(end) for end in trunk],
            "counting": report.stage.value == "counting",
            "strain": {"share": round(strain.share, 2), "near": NEAR, "leg": leg}
            | self._strain_words(strain.share, strain.finding),
            "angle": None
            if angle is None
            else {
                "hip": _point(angle.hip),
                "end": _point(angle.end),
                # Rounded down: 79.6 does not reach 80.
                "value": math.floor(angle.value),
                "exact": round(angle.value, 1),
                "top": angle.cycle.top,
                "aim": angle.cycle.aim,
                "turn": angle.turn,
            },
        }

    def _strain_words(self, share: float, finding: Any) -> Plain:
        if finding is None or share < NEAR:
            return {"name": "", "value": ""}
        name = next(f.name for f in self._exercise.faults if f.code == finding.code)
        value = amount(abs(finding.worst), finding.unit).removesuffix(OF_TRUNK)
        return {"name": name, "value": value}


def state_values(state: CoachState) -> Plain:
    """Returns the state of a run as plain values."""
    return {
        "stage": state.stage.value,
        "set": state.set_number,
        "sets": state.sets,
        "target": state.target,
        "counts": {side.value: counts_values(each) for side, each in state.counts.items()},
        "called": None if state.called is None else state.called.value,
        "placement": None if state.placement is None else state.placement.value,
        "countdown_s": round(state.countdown_s, 2),
        "countdown_from_s": state.countdown_from_s,
        "rest_left_s": round(state.rest_left_s, 1),
        "rest_s": state.rest_s,
        "leaving_s": state.leaving_s,
        "paused": state.paused,
        "notice": state.notice,
        "pain": state.pain,
        "results": [
            {"set": one.number, "counts": counts_values(one.counts)} for one in state.results
        ],
    }


def counts_values(counts: Counts) -> dict[str, int]:
    """Returns counts as plain values."""
    names = ("attempts", "clean", "compensated", "partial", "unverified")
    return {name: getattr(counts, name) for name in names}


def rep_values(exercise: Exercise, rep: Rep) -> Plain:
    """Returns a repetition for the page: its verdict, and why in words."""
    return {
        "number": rep.number,
        "side": rep.side.value,
        "set": rep.set_number,
        "verdict": rep.verdict.value,
        "why": rep_text(exercise, rep, when=False),
        "start_s": round(rep.start_s, 2),
        "end_s": round(rep.end_s, 2),
        "peak_deg": None if math.isnan(rep.peak_deg) else round(rep.peak_deg, 1),
    }


def _point(point: Point) -> list[float] | None:
    x, y = point
    return [round(x, 1), round(y, 1)] if math.isfinite(x) and math.isfinite(y) else None
