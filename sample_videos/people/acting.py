"""A scenario acted out: what the body does at any moment, as channels, and its pose."""

from __future__ import annotations

import math
import zlib
from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from people.body import Body, bodies, outward
from people.contacts import Contact, height_m
from people.gait import Walk, straight, turning
from people.kinematics import Bend, Pose
from people.manners import ASIDES, FAULTS, LATE, MANNERS, Amounts
from people.placing import get_down, place
from people.posture import Channels, bones, lying
from people.profiles import Pulse, Sway
from people.scenario import Rep, Scenario, words

#: Time in which the body goes into a fault before a run of fast steps, and out of it afterwards.
GATHERING_S = 0.4
#: A body of usual height swings from its hands with this period.
SWING_S = 2.1
BAR_ABOVE_M = 0.55
SWAYS: Amounts = {
    "lean": 0.35, "lateral": 0.25, "hip_x": 0.003, "hip_y": 0.003, "rotation": 0.5, "tilt": 0.4,
    "nod": 1.2, "look": 2.0, "left.shoulder": 1.3, "right.shoulder": 1.3, "left.stand_knee": 0.4,
    "right.stand_knee": 0.4, "line": 0.5, "roll": 0.3, "rock": 0.4, "swing": 0.5, "loin": 0.0005,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Habits:
    """What is a person's own: the neutral, and how much one side is behind the other."""

    hollow_m: float
    line_deg: float
    knees_deg: tuple[float, float]
    lean_deg: float
    tilt_deg: float
    weak: str
    weakness: float
    pace: float


def habits_of(body: Body) -> Habits:
    """Draw the habits of a body: the same in every clip of it."""
    generator = np.random.default_rng(zlib.crc32(body.name.encode()))
    at_ease = lying(body, defaultdict(float, {"loin": 0.03}))
    straight_back = replace(
        at_ease, lumbar=Bend(), thorax=Bend(),
        pelvic_tilt_deg=at_ease.pelvic_tilt_deg + at_ease.lumbar.flexion_deg,
    )  # fmt: skip
    skeleton = bones(body, straight_back)
    own = height_m(body, skeleton, Contact.LOIN) - height_m(body, skeleton, Contact.BUTTOCK)
    low, high = 0.010, 0.050
    return Habits(
        hollow_m=float(np.clip(0.9 * own - 0.016 + generator.uniform(-0.006, 0.006), low, high)),
        line_deg=float(generator.uniform(10.0, 28.0)),
        knees_deg=(float(generator.uniform(3.0, 9.0)), float(generator.uniform(3.0, 9.0))),
        lean_deg=float(generator.uniform(-1.5, 3.5)),
        tilt_deg=float(generator.uniform(-3.0, 5.0)),
        weak=str(generator.choice(["left", "right"])),
        weakness=float(generator.uniform(0.02, 0.06)),
        pace=float(generator.uniform(0.93, 1.08)),
    )


@dataclass(frozen=True, slots=True)
class Deed:
    """Amounts of channels that come and go with a pulse; ``hertz`` shakes them to and fro."""

    amounts: Amounts
    pulse: Pulse
    hertz: float = 0.0

    def add(self, s: Channels, time_s: float) -> None:
        """Add what the deed does at a time."""
        level = self.pulse.level(time_s)
        if level > 0.0:
            if self.hertz:
                level *= math.cos(2.0 * math.pi * self.hertz * (time_s - self.pulse.start_s))
            for name, amount in self.amounts.items():
                if name.startswith("^"):
                    s[name[1:]] += 4.0 * level * (1.0 - level) * amount
                else:
                    s[name] += level * amount


def _sided(amounts: Amounts, side: str, size: float = 1.0) -> Amounts:
    """Amounts for the moving side."""
    own = "left" if side == "both" else side
    other = "right" if own == "left" else "left"
    found: Amounts = {}
    for name, amount in amounts.items():
        sign = 0.0 if side == "both" else outward(own)
        plain = name.removeprefix("~").replace("side.", f"{own}.").replace("other.", f"{other}.")
        found[plain] = size * amount * (sign if name.startswith("~") else 1.0)
    return found


class Acting:
    """The movement of a scenario as a function of time.

    Attributes
    ----------
    body, habits
        Who moves, and what is that person's own.
    calm_s
        Start and end of the still start posture, which is the neutral.
    duration_s
        Of the whole clip.
    others
        Start and end of everything that is neither the exercise nor a still posture.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.body = bodies()[scenario.body]
        self.habits = habits_of(self.body)
        self.manner = MANNERS[scenario.exercise]
        seed = [scenario.seed, zlib.crc32(scenario.body.encode())]
        self._chance = np.random.default_rng(seed)
        self._sways = {name: Sway(self._chance, size) for name, size in SWAYS.items()}
        self._script = words(scenario.script)
        self._deeds: list[Deed] = []
        self._walks: list[Walk] = []
        self._down = Pulse(start_s=-2.0, rise_s=1.0, stay_s=math.inf)
        self.calm_s = (0.0, scenario.calm_s)
        self._start = self._start_channels()
        self.others: list[tuple[float, float]] = []
        self.duration_s = self._schedule() + scenario.finish_s

    def _start_channels(self) -> Amounts:
        """Start posture of this person in this exercise."""
        own, scenario = self.habits, self.scenario
        start: Amounts = {
            "lean": own.lean_deg, "tilt": own.tilt_deg, "line": own.line_deg,
            "line_rest": own.line_deg, "loin": own.hollow_m,
            "left.stand_knee": own.knees_deg[0], "right.stand_knee": own.knees_deg[1],
            "bar": self.body.stature_m + BAR_ABOVE_M,
        }  # fmt: skip
        sides = {w.side for w in self._script if isinstance(w, Rep)} or {"left"}
        for side in sorted(sides):
            start |= _sided(self.manner.start, side)
        if self.manner.support == "back":
            start |= {f"{side}.{scenario.arms}": 1.0 for side in ("left", "right")}
        if self.manner.support == "feet" and scenario.arms == "chest":
            start |= {"left.chest": 1.0, "right.chest": 1.0}
        if self.manner.support == "hands":
            place = "forearms" if scenario.arms == "forearms" else "hands"
            start |= {f"left.{place}": 1.0, f"right.{place}": 1.0}
            start["right.stand_knee"] = start["left.stand_knee"]
        return start

    def _schedule(self) -> float:
        """Place the script in time; return when its last movement is over."""
        begin = self._arrive()
        self.others.append((0.0, begin))
        self.calm_s = (begin + (0.3 if begin else 0.0), begin + self.scenario.calm_s)
        clock = self.calm_s[1]
        reps = [word for word in self._script if isinstance(word, Rep)]
        done = 0
        run: list[tuple[Rep, float]] = []
        for word in self._script:
            if isinstance(word, Rep):
                tired = self.scenario.fatigue * done / max(1, len(reps) - 1)
                done += 1
                if self.manner.steps_per_s:
                    run.append((word, tired))
                    continue
                clock = self._slow(word, clock, tired)
                continue
            clock, run = self._run(run, clock), []
            self.others.append((clock, self._other(word, clock)))
            clock = self.others[-1][1]
        return self._run(run, clock)

    def _arrive(self) -> float:
        """Walk in or lie down before the start posture; return when that is done."""
        first = self._script[0] if self._script else ""
        if first == "walk-in":
            self._walks.append(Walk(0.2, 2.6, straight(-1.7, 0.0)))
            return 3.0
        if first == "lie-down":
            self._down = Pulse(start_s=0.4, rise_s=3.6, stay_s=math.inf)
            ready = 4.2
            straight_legs = {k: v for k, v in self._start.items() if k.endswith(".straight") and v}
            if straight_legs:
                # The legs slide straight once their owner lies.
                self._deeds.append(Deed(
                    {name: -1.0 for name in straight_legs},
                    Pulse(start_s=-1.0, rise_s=0.5, stay_s=4.6, fall_s=1.2),
                ))  # fmt: skip
                ready += 1.3
            return ready
        return 0.0

    def _other(self, word: str, clock: float) -> float:
        """Place a word that is no repetition; return when it is over."""
        if word.startswith("wait="):
            return clock + float(word[5:])
        if word in ("walk-in", "lie-down"):
            return clock
        if word == "turn-round":
            self._walks.append(Walk(clock, 1.6, turning(0.0, 180.0)))
            self._walks.append(Walk(clock + 2.6, 1.6, turning(180.0, 360.0)))
            return clock + 4.6
        if word == "walk-out":
            self._walks.append(Walk(clock, 3.0, straight(0.0, 2.0)))
            return clock + 3.0
        if word == "get-up":
            self._down = replace(
                self._down, stay_s=clock - self._down.start_s - self._down.rise_s, fall_s=3.2
            )
            return self._down.end_s
        aside = ASIDES[word.removeprefix("~")]
        rise, stay, fall = (t * float(self._chance.uniform(0.9, 1.15)) for t in aside.times_s)
        pulse = Pulse(start_s=clock, rise_s=rise, stay_s=stay, fall_s=fall)
        self._deeds.append(Deed(dict(aside.amounts), pulse))
        if aside.shaken:
            self._deeds.append(Deed(dict(aside.shaken), pulse, aside.hertz))
        return pulse.end_s + 0.2

    def _peak(self, rep: Rep, tired: float) -> float:
        """Height that this repetition really gets to."""
        asked = self.manner.peak_deg if rep.peak_deg is None else rep.peak_deg
        usual = rep.peak_deg is None
        weak = self.habits.weakness if usual and rep.side == self.habits.weak else 0.0
        drift = float(self._chance.uniform(-0.015, 0.015))
        return asked * (1.0 - weak - tired + drift)

    def _amounts(self, rep: Rep, peak: float) -> Amounts:
        """Return what moves with a thigh: the thigh itself and all that goes with it."""
        found: Amounts = defaultdict(float)
        sides = ("left", "right") if rep.side == "both" else (rep.side,)
        flexion = self.manner.support in ("back", "hands") and not self.manner.from_rest
        for side in sides:
            if flexion:
                found[f"{side}.aim"], found[f"{side}.level"] = peak, 1.0
            else:
                found[f"{side}.thigh"] = peak
        if self.manner.support == "bar":
            for side, apart in (("left", 1.0), ("right", -1.0)):
                found[f"{side}.knee"] += (84.0 if not rep.time_s("straight", 0.0) else 2.0) + apart
        share = min(1.0, peak / 90.0)
        for name, amount in _sided(self.manner.thigh, rep.side, share).items():
            found[name] += amount
        return found

    def _slow(self, rep: Rep, clock: float, tired: float) -> float:
        """Place a controlled repetition; return when the body rests again."""
        manner, peak = self.manner, self._peak(rep, tired)
        slower = self.habits.pace * (1.0 + tired) * float(self._chance.uniform(0.95, 1.06))
        clock += rep.time_s("rest", manner.rest_s)
        drive = Pulse(
            start_s=clock, rise_s=slower * rep.time_s("rise", manner.rise_s),
            stay_s=rep.time_s("stay", manner.stay_s), fall_s=rep.time_s("fall", manner.fall_s),
            rise_easing=0.4, fall_easing=0.18,
        )  # fmt: skip
        self._deeds.append(Deed(self._amounts(rep, peak), drive))
        if manner.weight:
            ahead = min(0.45, rep.time_s("rest", manner.rest_s))
            weight = Pulse(
                start_s=clock - ahead, rise_s=ahead + 0.25 * drive.rise_s,
                stay_s=0.75 * drive.rise_s + drive.stay_s + 0.6 * drive.fall_s,
                fall_s=0.4 * drive.fall_s + 0.35,
            )  # fmt: skip
            self._deeds.append(Deed(_sided(manner.weight, rep.side), weight))
        for code, size in rep.faults:
            self._fault(code, size, rep.side, drive)
        return drive.end_s

    def _fault(self, code: str, size: float, side: str, drive: Pulse) -> None:
        """Place an acted fault about a movement."""
        amounts = _sided(FAULTS[code][self.manner.support], side, size)
        if code == "anterior-tilt" and "tilt" in amounts:
            # In place of the backward turn that goes with a lifted thigh, not on top of it.
            amounts["tilt"] -= self.manner.thigh.get("tilt", 0.0)
        pulse = Pulse(
            start_s=drive.start_s + 0.1 * drive.rise_s, rise_s=0.75 * drive.rise_s,
            stay_s=0.15 * drive.rise_s + drive.stay_s + 0.1 * drive.fall_s,
            fall_s=0.7 * drive.fall_s,
        )  # fmt: skip
        hertz = 0.0
        if code == "swing":
            begin, hertz = drive.start_s - 0.2, 1.0 / SWING_S
            last = self._deeds[-2] if len(self._deeds) > 1 else None
            if last and last.hertz == hertz and last.pulse.end_s > begin:
                # One pendulum: it goes on swinging, it is not set going twice.
                self._deeds.remove(last)
                begin = last.pulse.start_s
            pulse = Pulse(start_s=begin, rise_s=1.1, stay_s=drive.end_s - begin, fall_s=1.5)
        elif (code, self.scenario.exercise) in LATE:
            begin = drive.top_end_s if self.manner.support == "back" else drive.end_s - 0.15
            rise, stay, fall = (0.4, 0.25, 0.35)
            length = drive.fall_s if self.manner.support == "back" else 1.4
            pulse = Pulse(
                start_s=begin, rise_s=rise * length, stay_s=stay * length, fall_s=fall * length
            )
        self._deeds.append(Deed(amounts, pulse, hertz))

    def _run(self, steps: list[tuple[Rep, float]], clock: float) -> float:
        """Place a run of fast steps; return when it is over."""
        if not steps:
            return clock
        begin = clock
        placed: list[tuple[Rep, Pulse]] = []
        for rep, tired in steps:
            clock += rep.time_s("rest", 0.0 if placed else 0.2)
            pace = rep.time_s("pace", self.manner.steps_per_s) * (1.0 - tired)
            step_s = float(self._chance.uniform(0.95, 1.05)) / pace
            half_s = 0.5 * self.manner.overlap * step_s
            drive = Pulse(
                start_s=clock, rise_s=half_s, fall_s=half_s, rise_easing=0.45, fall_easing=0.45
            )
            self._deeds.append(Deed(self._amounts(rep, self._peak(rep, tired)), drive))
            placed.append((rep, drive))
            clock += step_s
        end_s = placed[-1][1].end_s
        for fault in {fault: None for rep, _ in placed for fault in rep.faults}:
            self._lasting_fault(fault, [drive for rep, drive in placed if fault in rep.faults])
        effort = Pulse(start_s=begin, rise_s=0.35, stay_s=end_s - begin - 0.3, fall_s=0.4)
        self._deeds.append(Deed(self.manner.effort, effort))
        return end_s

    def _lasting_fault(self, fault: tuple[str, float], drives: list[Pulse]) -> None:
        """Let a fault last from the first to the last of some fast steps."""
        (code, size), begin = fault, drives[0].start_s
        pulse = Pulse(
            start_s=begin - 0.75 * GATHERING_S, rise_s=GATHERING_S, fall_s=GATHERING_S,
            stay_s=drives[-1].end_s - begin - 0.25 * GATHERING_S,
        )  # fmt: skip
        amounts = _sided(FAULTS[code][self.manner.support], "left", size)
        self._deeds.append(Deed(amounts, pulse))

    def channels(self, time_s: float) -> Channels:
        """Return what the body does at a time."""
        s: Channels = defaultdict(float, self._start)
        for name, sway in self._sways.items():
            s[name] += sway.at(time_s)
        s["breath"] = 0.5 - 0.5 * math.cos(2.0 * math.pi * 0.26 * time_s)
        for deed in self._deeds:
            deed.add(s, time_s)
        walks = [w for w in self._walks if time_s >= w.start_s - 0.3] or self._walks[:1]
        if walks:
            walks[-1].add(s, time_s)
        if self.manner.support == "hands":
            s["right.stand_knee"] = s["left.stand_knee"]
        return s

    def pose(self, time_s: float) -> Pose:
        """Pose of the body at a time, held by what carries it."""
        s = self.channels(time_s)
        down = self._down.level(time_s)
        if self.manner.support == "back" and down < 1.0:
            return get_down(self.body, s, down)
        return place(self.body, s, self.manner.support)
