"""Which leg made an attempt: the model may give a lifted leg the other leg's name.

`AttemptLeg` decides it for one attempt, from what its frames told of the legs and from what the
other leg seemed to do. `whose` compares a repetition with what the other leg did at the same time.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from formcheck.core.checker.attempt import Attempt
from formcheck.core.checker.faults import Finding
from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.pose.leg_swaps import LegClues
from formcheck.core.pose.pose import Side

OVERLAP_S = 0.1
"""How long attempts of both legs may overlap and still be two lifts."""

ECHO_SHARE = 0.25
"""Share of an attempt that must overlap with the other leg's for it to be that one's echo."""


class AttemptLeg:
    """Decides which leg made one attempt.

    Parameters
    ----------
    side : Side
        The leg that the attempt was seen of.

    Attributes
    ----------
    taken_over : Rep | None
        What the other leg's attempt showed, where both were one lift; None if there was none.
    """

    def __init__(self, side: Side) -> None:
        self.taken_over: Rep | None = None
        self._side = side
        self._frames = self._exchanged_frames = self._misnamed = 0

    def note(self, clues: LegClues) -> None:
        """Takes in what one frame of the attempt tells of the legs."""
        self._frames += 1
        self._exchanged_frames += clues.exchanged
        if clues.stays is not None:
            self._misnamed += 1 if clues.stays is self._side else -1

    @property
    def confused(self) -> bool:
        """Whether the model took one leg for the other on the way."""
        return self._exchanged_frames > 0 or self.taken_over is not None

    @property
    def side(self) -> Side:
        """The leg that made the attempt: as the foot that stayed tells, else as it was called."""
        # What was taken over from the other leg counts as one exchanged frame at the least.
        exchanged = max(self._exchanged_frames, int(self.taken_over is not None))
        wrong = 2 * exchanged > self._frames
        if self._misnamed:
            wrong = self._misnamed > 0
        return self._side.other if wrong else self._side

    def release(self) -> Rep | None:
        """Returns what was taken over, and forgets it; None if there is nothing."""
        rep, self.taken_over = self.taken_over, None
        return rep

    def with_faults_of_both(self, faults: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Returns the faults of the attempt, and those that it took over."""
        if self.taken_over is None:
            return faults
        known = {fault.code for fault in faults}
        return faults + tuple(f for f in self.taken_over.faults if f.code not in known)

    def whole(self, attempt: Attempt) -> Attempt:
        """Returns the attempt together with the part of it that was seen as the other leg's."""
        earlier = self.taken_over
        if earlier is None:
            return attempt
        higher = earlier.peak_deg > attempt.peak
        return replace(
            attempt,
            start_s=min(attempt.start_s, earlier.start_s),
            top_s=earlier.top_s if higher else attempt.top_s,
            peak=max(attempt.peak, earlier.peak_deg),
            hold_s=attempt.hold_s + earlier.hold_s,
            hold_most_s=attempt.hold_most_s + earlier.hold_s,
            reached=attempt.reached or earlier.verdict is not Verdict.PARTIAL,
        )


class Whose(Enum):
    """What a repetition is beside the other leg's attempts."""

    OWN = "own"
    """A lift of its own."""
    BOTH = "both"
    """One lift together with the attempt of the other leg that still goes on."""
    ECHO = "echo"
    """No lift: the other leg's attempt, seen a second time."""


def whose(
    rep: Rep, *, rising_since_s: float | None, reached: bool, counted_until_s: float
) -> Whose:
    """Returns what a repetition is beside the other leg's attempts.

    A person never lifts both legs off the floor: attempts of both legs that overlap mean that the
    model mistook one leg for the other. If both reached the top they are one lift. A partial rise
    beside another attempt is an echo, and so is what overlaps a repetition that was counted
    already, unless it shows a fault: the fault is worth saying once more.

    Parameters
    ----------
    rep : Rep
        The repetition, as its leg's judge gave it.
    rising_since_s : float | None
        When the other leg's attempt in progress began; None at rest.
    reached : bool
        Whether that attempt has reached the top.
    counted_until_s : float
        End of the last repetition that was counted, of either leg; -inf before the first.
    """
    partial = rep.verdict is Verdict.PARTIAL
    echo_s = ECHO_SHARE * (rep.end_s - rep.start_s)
    if rising_since_s is not None:
        shared_s = rep.end_s - max(rep.start_s, rising_since_s)
        if reached and not partial and shared_s > OVERLAP_S:
            return Whose.BOTH
        if partial and shared_s > echo_s:
            return Whose.ECHO
    shared_s = counted_until_s - rep.start_s
    echoes = shared_s > (OVERLAP_S if partial else echo_s)
    return Whose.ECHO if echoes and not rep.faults else Whose.OWN
