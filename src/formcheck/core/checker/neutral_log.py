"""Which neutrals a session knows, which of them judged what, and when there was none."""

from __future__ import annotations

from collections.abc import Iterable

from formcheck.core.checker.neutral import Calibration

WORTH_NAMING_S = 2.0
NOT_COUNTED = (
    "From {:.1f} to {:.1f} s the person was seen from another view or distance, and never in the"
    " start posture there: what was done then is unverified."
)


class NeutralLog:
    """Logs the neutrals of a session.

    Parameters
    ----------
    known : iterable of Calibration
        The neutrals that are known beforehand.
    """

    def __init__(self, known: Iterable[Calibration]) -> None:
        self._known: list[Calibration] = []
        self._cuts: list[tuple[float, Calibration]] = []
        self.add(*known)
        self._judged: list[Calibration] = []
        self._spans: list[list[float]] = []
        self._away = False

    @property
    def known(self) -> tuple[Calibration, ...]:
        """The neutrals that may come into force again."""
        return tuple(self._known)

    def cut_to(self, time_s: float) -> Calibration | None:
        """Returns the neutral that holds from a time on, where the film was cut since the last one.

        None where it was not.
        """
        found = None
        while self._cuts and self._cuts[0][0] <= time_s:
            found = self._cuts.pop(0)[1]
        return found

    def add(self, *calibrations: Calibration) -> None:
        """Takes in neutrals that come into force, or may."""
        new = [each for each in calibrations if each not in self._known]
        self._known += new
        self._cuts += [(time_s, one) for one in new for time_s in one.after_cuts_s]
        self._cuts.sort(key=lambda cut: cut[0])

    def forget(self) -> None:
        """Lets none of the neutrals so far come into force again."""
        self._known.clear()
        self._cuts.clear()

    def credit(self, calibration: Calibration | None, repetitions: int) -> None:
        """Takes in that there are so many repetitions now, the new ones judged by a neutral."""
        if calibration is not None:
            self._judged += [calibration] * (repetitions - len(self._judged))

    def note(self, time_s: float, *, away: bool) -> None:
        """Takes in of one frame whether the person was where no neutral holds."""
        if away and self._away:
            self._spans[-1][1] = time_s
        elif away:
            self._spans.append([time_s, time_s])
        self._away = away

    @property
    def spans(self) -> list[tuple[float, float]]:
        """From when to when no neutral held, where it was for two seconds or more."""
        return [(a, b) for a, b in self._spans if b - a >= WORTH_NAMING_S]

    def mostly_used(self, in_force: Calibration | None) -> Calibration | None:
        """Returns the neutral that judged most repetitions.

        Of equals one that is known, and the one in force.
        """
        found = [*self._known, *self._judged]
        every = found if in_force is None else [in_force, *found]
        return max(every, key=lambda one: (self._judged.count(one), one.known), default=None)

    def told(self, in_force: Calibration | None) -> list[str]:
        """Returns what was unusual about the start postures, and when none was shown."""
        used = self._judged if in_force is None else [*self._judged, in_force]
        notes = dict.fromkeys(note for calibration in used for note in calibration.notes)
        return [*notes, *(NOT_COUNTED.format(*span) for span in self.spans)]
