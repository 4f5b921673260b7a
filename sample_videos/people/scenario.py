"""What a clip shows: who, doing what, seen from where; and the short script that says it.

A script is a line of words. ``L``, ``R`` and ``B`` are a repetition of the left, the right, of both
legs; ``LRx14`` is fourteen fast steps that alternate, the left first. To these may be added
``@60`` (peak, degrees), ``+lean-back:18`` (a fault and its size, as often as wanted) and
``/stay=0.3`` (``rise``, ``stay``, ``fall``, ``rest`` in seconds, ``pace`` in steps a second).
``~look`` is one of `people.manners.ASIDES`; ``walk-in``, ``lie-down``, ``turn-round``, ``walk-out``
and ``get-up`` take the person about; ``wait=2`` waits. The still start posture comes before the
first repetition or other movement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from people.camera import Camera

_REP = re.compile(r"^(?P<side>[LRB]|LR|RL)(?:x(?P<times>\d+))?(?P<rest>[@+/].*)?$")
_SIDES = {"L": "left", "R": "right", "B": "both"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rep:
    """A repetition, or a fast step, that the script asks for; NaN-free, None where usual."""

    side: str
    peak_deg: float | None = None
    faults: tuple[tuple[str, float], ...] = ()
    times_s: tuple[tuple[str, float], ...] = ()

    def time_s(self, name: str, usual: float) -> float:
        """One of the repetition's own times, or the usual one."""
        return dict(self.times_s).get(name, usual)


def _reps(word: str) -> list[Rep]:
    match = _REP.match(word)
    if match is None:
        raise ValueError(
            f"{word!r} is no repetition; see people.scenario for the words of a script"
        )
    peak, faults, times = None, [], []
    for sign, text in re.findall(r"([@+/])([^@+/]+)", match["rest"] or ""):
        if sign == "@":
            peak = float(text)
        elif sign == "+":
            code, size = text.split(":")
            faults.append((code, float(size)))
        else:
            name, seconds = text.split("=")
            times.append((name, float(seconds)))
    number = int(match["times"] or len(match["side"]))
    letters = (match["side"] * number)[:number]
    # A rest is one before them all.
    later = tuple(pair for pair in times if pair[0] != "rest")
    return [
        Rep(side=_SIDES[letter], peak_deg=peak, faults=tuple(faults),
            times_s=later if n else tuple(times))
        for n, letter in enumerate(letters)
    ]  # fmt: skip


def words(script: str) -> list[Rep | str]:
    """Return what a script asks for, in its order."""
    found: list[Rep | str] = []
    for word in script.split():
        if word[0] in "LRB" and _REP.match(word):
            found += _reps(word)
        else:
            found.append(word)
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """A clip, declared.

    Attributes
    ----------
    name, about
        File name without its ending; one line for people.
    split
        ``tuning`` or ``test``: limits may be learnt on the first alone.
    body, outfit, room
        Names of who it is, of the clothes and of the place.
    seed
        Fixes sway, habits and every small variation.
    arms
        Where the arms of a person on the back lie: ``flank``, ``overhead``, ``chest``; in a plank,
        ``forearms`` where it is not the hands that carry; standing, ``chest`` where they do not
        hang.
    tag
        Where a printed tag rides on the pelvis, or nothing.
    band
        Foot round which an elastic band is slung, or nothing.
    grain
        Standard deviation of the picture's noise, of 255; drawn by lot where it is None. A small
        file needs little.
    fatigue
        Share of the peak and of the pace that is lost until the last repetition.
    """

    name: str
    exercise: str
    script: str
    camera: Camera
    body: str
    split: str = "tuning"
    about: str = ""
    outfit: str = ""
    room: str = ""
    seed: int = 1
    fps: int = 15
    size_px: tuple[int, int] = (640, 480)
    calm_s: float = 2.0
    finish_s: float = 0.8
    arms: str = "overhead"
    tag: str = ""
    band: str = ""
    grain: float | None = None
    fatigue: float = 0.0
