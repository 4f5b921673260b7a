"""What a session says of its recording: who was judged, and whether the start posture was seen."""

from __future__ import annotations

from collections.abc import Sequence

from formcheck.core.checker.neutral import STAND_STILL, Calibration
from formcheck.core.checker.recorded_neutrals import complaint
from formcheck.core.checker.session import Session
from formcheck.core.checker.wording import small
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.measures.filtering import FAST
from formcheck.files.pose_file import PoseRecording

NOBODY = (
    "Nobody was found in '{}': the whole body must be in the picture, lit and not small; if the"
    " picture lies on its side, use --rotate."
)
PEOPLE = "{} people were in view at the beginning: person {}, counted from the left, was judged."
LOST_S = 1.0
LOST = (
    "Person {} was out of sight, or could not be told from the others, for {:.1f} s in all: what"
    " was done then is not counted."
)


def about_people(recording: PoseRecording) -> tuple[str, ...]:
    """Returns which of several people was judged, and whether they were lost for long."""
    source = recording.source
    if source.people is None or source.person is None:
        return ()
    poses = recording.poses
    unseen = sum(not pose.is_seen for pose in poses)
    lost_s = unseen * (poses[-1].time_s - poses[0].time_s) / max(1, len(poses) - 1)
    judged = PEOPLE.format(source.people, source.person)
    return (judged, LOST.format(source.person, lost_s)) if lost_s >= LOST_S else (judged,)


def about_neutrals(
    neutrals: Sequence[Calibration], recording: PoseRecording, exercise: Exercise
) -> list[str]:
    """Returns what is not as it should be about the start posture."""
    if not any(neutral.known for neutral in neutrals):
        then = "compared with it, and every repetition is unverified" if neutrals else "counted"
        advice = complaint(recording.poses, exercise)
        # Every prompt of a start posture says that already.
        advice = "" if advice == STAND_STILL else f" {advice}"
        return [
            f"The start posture was never seen, so nothing could be {then}.{advice} Let the"
            f" recording begin with two seconds of it: {small(exercise.start_prompt)}"
        ]
    return []


def about_stillness(
    neutrals: Sequence[Calibration], session: Session, exercise: Exercise
) -> tuple[str, ...]:
    """Returns that nobody ever kept still, where that may have cost a repetition its verdict.

    In a fast exercise nobody does; and where all is clean, a wider neutral has cost nothing.
    """
    known = any(neutral.known for neutral in neutrals)
    if not known or any(neutral.calm for neutral in neutrals) or exercise.smoothing is FAST:
        return ()
    if session.counts.attempts == session.counts.clean:
        return ()
    return (
        "The person never kept still in the start posture, so limits are wider: stand still for two"
        " seconds before the first repetition.",
    )
