"""How the exercises, their faults and everything else are done, as amounts of `Channels`.

``side.`` stands for the moving side, ``other.`` for the opposite one; ``~`` before a name makes the
amount count towards the moving side (positive on the left), ``^`` an amount that is there only on
the way. Amounts are degrees or metres.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Amounts = dict[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How an exercise is usually done.

    Attributes
    ----------
    support
        What carries the body: ``feet``, ``back``, ``hands``, ``bar``.
    peak_deg
        Usual height of the judged angle.
    from_rest
        Whether ``peak_deg`` counts from the person's own start posture, not absolutely.
    rise_s, stay_s, fall_s, rest_s
        Usual times of a slow repetition.
    steps_per_s, overlap
        Usual pace of fast steps; how much longer a step lasts than the time to the next.
    thigh, weight
        What else moves with a thigh at its top, and with the weight that shifts beforehand.
    effort
        What is different while fast steps go on.
    start
        Start posture.
    """

    support: str
    peak_deg: float
    from_rest: bool = False
    rise_s: float = 1.1
    stay_s: float = 1.1
    fall_s: float = 1.7
    rest_s: float = 0.5
    steps_per_s: float = 0.0
    overlap: float = 1.35
    thigh: Amounts = field(default_factory=dict)
    weight: Amounts = field(default_factory=dict)
    effort: Amounts = field(default_factory=dict)
    start: Amounts = field(default_factory=dict)


_ROLL = {"~roll": 1.4}
MANNERS: dict[str, Manner] = {
    "standing-hip-flexion": Manner(
        support="feet", peak_deg=91.0, stay_s=2.0, fall_s=1.9,
        # The pelvis turns backwards by about a tenth of a thigh raise (Murray 2002: 18 % at most).
        thigh={"tilt": -9.0, "hip_x": -0.012, "~obliquity": 2.0, "lean": -1.5,
               "left.aside": 3.0, "right.aside": 3.0},
        weight={"~hip_y": -0.068, "~lateral": 1.6},
        start={"knee_ahead": 1.0},
    ),
    "supine-marching": Manner(
        support="back", peak_deg=92.0, stay_s=0.7, fall_s=2.3,
        thigh={"rise": 0.005, "~roll": 0.9, "loin": -0.003, "side.knee": 2.0},
    ),
    "straight-leg-raise": Manner(
        support="back", peak_deg=17.0, from_rest=True, rise_s=0.9, stay_s=1.1, fall_s=2.9,
        thigh={"~roll": 0.5}, start={"side.straight": 1.0},
    ),
    "alternating-leg-raises": Manner(
        support="back", peak_deg=78.0, from_rest=True, rise_s=1.3, stay_s=0.6, fall_s=2.0,
        thigh={"rise": 0.004, "~roll": 0.9, "side.knee": 4.0},
        start={"left.straight": 1.0, "right.straight": 1.0},
    ),
    "front-support-hip-flexion": Manner(
        support="hands", peak_deg=100.0,
        thigh={"line": 3.0, "lumbar": 9.0, "rock": -2.0} | _ROLL,
    ),
    "mountain-climbers": Manner(
        support="hands", peak_deg=94.0, steps_per_s=2.0,
        thigh={"line": 3.5, "lumbar": 7.0, "rock": -1.2} | _ROLL,
    ),
    "hanging-leg-raises": Manner(
        support="bar", peak_deg=103.0, fall_s=1.8, stay_s=0.8,
        thigh={"lumbar": 13.0, "swing": -3.8, "nod": 6.0},
        start={"left.knee": 7.0, "right.knee": 6.0},
    ),
    "high-knee-runs": Manner(
        support="feet", peak_deg=86.0, steps_per_s=2.0, overlap=1.2,
        thigh={"tilt": -7.0, "~obliquity": 1.5, "~rotation": -3.0, "~hip_y": -0.018,
               "~lateral": 1.2, "dip": 0.036, "other.shoulder": 30.0, "side.shoulder": -22.0,
               "other.elbow": 12.0},
        effort={"lean": 1.5, "heel_up": 0.036, "toes_down": 13.0, "dip": -0.012,
                "left.elbow": 70.0, "right.elbow": 70.0, "left.aside": 3.0, "right.aside": 3.0},
        start={"knee_ahead": 1.06},
    ),
}  # fmt: skip

#: Fault codes to what they change by one unit: a degree, or a centimetre under a lying back.
FAULTS: dict[str, dict[str, Amounts]] = {
    "lean-back": {"feet": {"lean": -1.0, "tilt": -0.6, "hip_x": 0.0020}},
    "lean-forward": {"feet": {"lean": 1.0, "tilt": 0.55, "hip_x": -0.0020}},
    "lateral-lean": {"feet": {"~lateral": 1.0, "~obliquity": 0.15, "~hip_y": 0.0022}},
    "pelvic-hike": {"feet": {"~obliquity": 1.0}},
    "pelvic-drop": {"feet": {"~obliquity": -1.0}},
    "anterior-tilt": {
        "feet": {"tilt": 1.0}, "back": {"loin": 0.0022}, "hands": {"lumbar": -1.6},
        "bar": {"lumbar": -1.6},
    },
    "support-knee-bent": {
        "feet": {"other.stand_knee": 1.0}, "hands": {"left.stand_knee": 1.0,
                                                     "right.stand_knee": 1.0},
    },
    "back-arch": {
        "back": {"loin": 0.01}, "hands": {"line": -1.0, "lumbar": -0.8},
        "bar": {"left.thigh": -1.0, "right.thigh": -1.0, "lumbar": -0.5, "left.knee": 0.3,
                "right.knee": 0.3},
    },
    "pelvis-lift": {"back": {"rise": 0.01}},
    "hips-raised": {"hands": {"line": 1.0, "lumbar": 0.1}},
    "bent-knee": {"back": {"side.knee": 1.0}},
    "too-high": {"back": {}},
    "swing": {"bar": {"swing": 1.0}},
}  # fmt: skip
#: Faults that show while the leg comes down, or when it is down.
LATE = {("back-arch", "alternating-leg-raises"), ("back-arch", "hanging-leg-raises")}


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that is not the exercise: rise, stay and fall (s), what changes, what is shaken."""

    times_s: tuple[float, float, float]
    amounts: Amounts
    shaken: Amounts = field(default_factory=dict)
    hertz: float = 2.5


def _both(**amounts: float) -> Amounts:
    return {
        f"{side}.{name}": amount for side in ("left", "right") for name, amount in amounts.items()
    }


ASIDES: dict[str, Aside] = {
    "look": Aside((0.5, 0.7, 0.6), {"look": 42.0, "nod": 4.0}),
    "look-away": Aside((0.5, 1.2, 0.6), {"look": -48.0}),
    "scratch-head": Aside((0.9, 1.2, 0.9), {"right.head": 1.0, "nod": 8.0}, {"right.head": 0.05}),
    "scratch-belly": Aside((1.0, 1.1, 1.0), {"left.belly": 1.0}, {"left.belly": 0.05}),
    "hands-on-hips": Aside((0.6, 1.5, 0.6), _both(hip=1.0)),
    "shift": Aside((0.9, 0.8, 0.9), {"hip_y": 0.05, "obliquity": -2.0, "left.stand_knee": 4.0}),
    "stretch": Aside((0.9, 0.8, 0.9), _both(shoulder=168.0, elbow=8.0) | {"lean": -2.0}),
    "squat": Aside(
        (1.1, 0.4, 1.1),
        _both(stand_knee=88.0, shoulder=62.0) | {"hip_x": -0.17, "lean": 36.0, "tilt": 24.0},
    ),
    "sit": Aside(
        (1.5, 3.0, 1.4),
        _both(stand_knee=86.0, shoulder=28.0, elbow=40.0)
        | {"hip_x": -0.42, "lean": 8.0, "tilt": -6.0},
        {"look": 4.0}, 0.25,
    ),
    "bend": Aside((1.0, 0.4, 1.0), {"lean": 62.0, "tilt": 38.0, "hip_x": -0.10}
                  | _both(stand_knee=10.0)),
    "lunge": Aside(
        (0.9, 0.5, 0.9),
        {"left.foot_x": 0.66, "^left.foot_up": 0.10, "hip_x": 0.30, "left.stand_knee": 78.0,
         "right.stand_knee": 72.0, "right.foot_up": 0.075, "right.foot_pitch": 38.0,
         "right.foot_x": 0.02, "lean": 3.0},
    ),
    "butt-kick": Aside((0.45, 0.1, 0.45), {"left.free": 1.0, "left.knee": 108.0, "hip_y": -0.05}),
    "low-steps": Aside((0.4, 0.1, 0.4), {"left.thigh": 24.0, "hip_y": -0.05}),
    "fidget": Aside((0.6, 1.4, 0.6), {"look": 20.0}, {"left.elbow": 6.0, "right.elbow": 5.0,
                                                     "roll": 0.8, "nod": 2.0}, 0.8),
    "hand-to-belly": Aside((0.7, 1.2, 0.7), {"right.belly": 1.0, "nod": 10.0}),
    "slide": Aside((1.0, 0.5, 1.0), {"right.straight": 1.0}),
    "bridge": Aside((1.2, 0.8, 1.2), {"bridge": 0.16}),
    "push-up": Aside((0.9, 0.2, 0.9), {"elbows": 78.0}),
    "kneel": Aside((1.0, 1.2, 1.0), {"kneel": 1.0}),
    "donkey-kick": Aside((0.7, 0.3, 0.7), {"left.free": 1.0, "left.thigh": -16.0,
                                           "left.knee": 14.0}),
    "rock": Aside((0.8, 0.6, 0.8), {"rock": -5.0, "nod": -6.0}),
    "hang-loose": Aside((0.5, 1.2, 0.5), {"look": 25.0}, {"left.thigh": 5.0, "right.thigh": -4.0,
                                                       "swing": 2.0}, 0.7),
    "knee-bend": Aside((0.7, 0.8, 0.7), {"left.knee": 55.0, "right.knee": 48.0}),
}  # fmt: skip
