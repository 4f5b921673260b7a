"""The two plans formcheck brings along, as commented files to be changed at will."""

from __future__ import annotations

from formcheck.exercises import get_exercise
from formcheck.history.ladder import HOLD_REPS
from formcheck.history.plan import DAYS, NO_LOAD, Entry

BAND = ("light band", "medium band", "strong band")
WEIGHT = ("0.5 kg at the ankle", "1 kg at the ankle", "2 kg at the ankle")

LOADS: dict[str, tuple[str, ...]] = {
    "supine-marching": (NO_LOAD, *BAND),
    "straight-leg-raise": (NO_LOAD, *WEIGHT),
    "alternating-leg-raises": (NO_LOAD, *WEIGHT),
    "standing-hip-flexion": (NO_LOAD, *BAND),
    "front-support-hip-flexion": BAND,
    "hanging-leg-raises": (NO_LOAD, *WEIGHT),
}
"""What makes an exercise heavier, lightest first; house defaults, meant to be changed."""

_HEAD = """\
# A training plan of formcheck. `formcheck routine` leads you through it; `formcheck routine show`
# prints it. Change whatever you like: what you write here wins over every proposal.
#
# Stop at sharp pain in the back or groin. With existing back or hip trouble, see a physiotherapist
# first.

# foundational, advanced, or any name of your own.
level = "{level}"

# The days you train: two or three a week, with a day of rest between them.
# Allowed: mon, tue, wed, thu, fri, sat, sun.
days = [{days}]

# Seconds between two exercises: time to move the camera and take your place (0 to 900).
between_s = 90

# The exercises, in the order of training. `formcheck exercises` lists all there are. In each:
#   sets    how many (1 to 20)
#   reps    clean repetitions in each set, of each leg where legs are counted apart (1 to 200)
#   hold_s  if present, every repetition is held at the top for so many seconds (1 to 300)
#   rest_s  seconds between sets (0 to 900)
#   loads   the bands or weights you have, lightest first
#   load    the one in use; or a list with one for each set: ["light band", "light band", "no load"]
"""

_DAYS = {"foundational": ("mon", "wed", "fri"), "advanced": ("mon", "thu", "sat")}


def level_entries(level: str) -> tuple[Entry, ...]:
    """Return the exercises of a built-in level, at their first steps."""
    if level == "foundational":
        slugs = ("supine-marching", "straight-leg-raise", "alternating-leg-raises")
        return (*(first_entry(slug) for slug in slugs), first_entry("standing-hip-flexion"))
    held = first_entry("standing-hip-flexion")
    return (
        first_entry("hanging-leg-raises"),
        first_entry("front-support-hip-flexion"),
        Entry(
            name=held.name,
            sets=held.sets,
            reps=HOLD_REPS,
            hold_s=8.0,
            rest_s=held.rest_s,
            loads=held.loads,
            load=("light band",),
        ),
        first_entry("mountain-climbers"),
        first_entry("high-knee-runs"),
    )


LEVELS = tuple(_DAYS)


def first_entry(name: str) -> Entry:
    """Return an exercise as one begins with it: the lower end of its dose, the lightest load."""
    dose = get_exercise(name).dose
    loads = LOADS.get(name, (NO_LOAD,))
    return Entry(name=name, sets=dose.sets, reps=dose.reps_low, rest_s=60.0, loads=loads)


def level_text(level: str) -> str:
    """Return a built-in level as a commented TOML file."""
    days = ", ".join(f'"{day}"' for day in DAYS if day in _DAYS[level])
    parts = [_HEAD.format(level=level, days=days)]
    parts += [_entry_text(entry) for entry in level_entries(level)]
    return "\n".join(parts)


def _entry_text(entry: Entry) -> str:
    exercise = get_exercise(entry.name)
    camera = exercise.camera[0]
    lines = [
        f"# {exercise.title}. Camera: {camera[0].lower()}{camera[1:]}",
        "[[exercise]]",
        f'name = "{entry.name}"',
        f"sets = {entry.sets}",
        f"reps = {entry.reps}",
    ]
    lines += [f"hold_s = {entry.hold_s:g}"] if entry.hold_s else []
    lines.append(f"rest_s = {entry.rest_s:g}")
    if entry.loads != (NO_LOAD,):
        loads = ", ".join(f'"{load}"' for load in entry.loads)
        lines += [f"loads = [{loads}]", f'load = "{entry.load[0]}"']
    return "\n".join(lines) + "\n"
