"""Repetitions placed in time: one after the other, or as fast alternating steps that overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from mannequin.motion import Pulse, glide_share
from mannequin.scenario import FaultCode, Lift, Scenario

RISE_EASING, FALL_EASING = 0.40, 0.16
#: How far below the peak the lowering begins, as the rules of judgement have it.
LEAVING_DEG = 5.0
#: A fast step lasts this many times the interval from step to step, so that the legs overlap.
OVERLAP = 1.35
STEP_EASING = 0.45
#: People vary: the tempo by 6 % either way, the peak beside the declared one.
TEMPO_SPREAD, PEAK_SPREAD_DEG = 0.06, 1.2
#: Time in which the body goes into an acted fault before a run of steps, and out of it afterwards.
GATHERING_S = 0.4


@dataclass(frozen=True, slots=True)
class Repeat:
    """A lift placed in time: pulses of the movement and of the acted faults.

    ``peak_deg`` is the declared peak with this repetition's own small deviation.
    """

    lift: Lift
    peak_deg: float
    drive: Pulse
    fault: Pulse

    def moves(self, side: str) -> bool:
        """Whether the leg of ``side`` takes part."""
        return self.lift.side in (side, "both")


@dataclass(frozen=True, kw_only=True, slots=True)
class Levels:
    """Degrees of the judged angle that the timing of a slow repetition refers to.

    ``rest_deg`` in the start posture, ``back_deg`` where it is over, ``high_deg`` above which the
    hold counts.
    """

    rest_deg: float
    back_deg: float
    high_deg: float


def acted(repeats: Iterable[Repeat], code: FaultCode, time_s: float, side: str = "") -> float:
    """Size of an acted fault at a time, of one side's repetitions or, without ``side``, of all."""
    sizes = [
        c.amount * repeat.fault.level(time_s)
        for repeat in repeats
        for c in repeat.lift.compensations
        if c.code == code and (not side or repeat.moves(side))
    ]
    return max(sizes, default=0.0)


def _vary(lift: Lift, generator: np.random.Generator) -> tuple[float, float]:
    """Return this repetition's peak (degrees) and its factor on every duration."""
    peak, tempo = generator.uniform(-1.0, 1.0, 2)
    return lift.peak_deg + PEAK_SPREAD_DEG * float(peak), 1.0 + TEMPO_SPREAD * float(tempo)


def _slow_pulse(lift: Lift, peak: float, tempo: float, start_s: float, levels: Levels) -> Pulse:
    def progress(deg: float) -> float:
        return (deg - levels.rest_deg) / (peak - levels.rest_deg)

    late, early = (
        glide_share(1 - progress(deg), FALL_EASING) for deg in (levels.back_deg, peak - LEAVING_DEG)
    )
    rise_s, fall_s = lift.rise_s * tempo, lift.lowering_s * tempo / (late - early)
    stay_s = lift.hold_s * tempo
    if peak > levels.high_deg:
        high = progress(levels.high_deg)
        stay_s -= rise_s * (1 - glide_share(high, RISE_EASING))
        stay_s -= fall_s * glide_share(1 - high, FALL_EASING)
    if stay_s < 0:
        raise ValueError(f"a hold of {lift.hold_s} s is too short for this rise and lowering")
    return Pulse(
        start_s=start_s, rise_s=rise_s, stay_s=stay_s, fall_s=fall_s,
        rise_easing=RISE_EASING, fall_easing=FALL_EASING,
    )  # fmt: skip


def slow_repeats(
    scenario: Scenario, start_s: float, levels: Levels, generator: np.random.Generator
) -> list[Repeat]:
    """Place lifts one after the other, each with the hold and the lowering that it declares.

    Raises
    ------
    ValueError
        If the rise and the lowering alone keep the leg high for longer than ``hold_s``.
    """
    found: list[Repeat] = []
    for lift in scenario.lifts:
        if found:
            start_s = found[-1].drive.end_s + lift.rest_s
        peak, tempo = _vary(lift, generator)
        drive = _slow_pulse(lift, peak, tempo, start_s, levels)
        fault = Pulse(
            start_s=start_s + 0.1 * drive.rise_s, rise_s=0.75 * drive.rise_s,
            stay_s=0.15 * drive.rise_s + drive.stay_s + 0.1 * drive.fall_s,
            fall_s=0.7 * drive.fall_s,
        )  # fmt: skip
        found.append(Repeat(lift, peak, drive, fault))
    return found


def fast_repeats(
    scenario: Scenario, start_s: float, generator: np.random.Generator, overlap: float = OVERLAP
) -> list[Repeat]:
    """Place lifts as steps at the scenario's cadence; ``rest_s`` is a pause beyond it.

    A lift's own rise and lowering times say what to expect; the cadence decides.
    """
    found: list[Repeat] = []
    for lift in scenario.lifts:
        peak, tempo = _vary(lift, generator)
        step_s = tempo / scenario.steps_per_s
        if found:
            start_s += step_s + lift.rest_s
        half_s = 0.5 * overlap * step_s
        drive = Pulse(
            start_s=start_s, rise_s=half_s, stay_s=0.0, fall_s=half_s,
            rise_easing=STEP_EASING, fall_easing=STEP_EASING,
        )  # fmt: skip
        fault = Pulse(
            start_s=start_s - 0.75 * GATHERING_S, rise_s=GATHERING_S,
            stay_s=2 * half_s - 0.25 * GATHERING_S, fall_s=GATHERING_S,
        )  # fmt: skip
        found.append(Repeat(lift, peak, drive, fault))
    return found
