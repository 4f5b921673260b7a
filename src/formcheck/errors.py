"""The errors of formcheck, as one tree under `FormcheckError`.

Each message is one sentence that says what to do. `exit_code` is what the command line ends with.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


def in_one_line(message: str) -> str:
    """Returns a message in one line: control characters in it are shown, not sent."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in message)


class FormcheckError(Exception):
    """Base of every error formcheck raises on purpose.

    The message stays in one line, whatever a file's name or content brings into it.

    Attributes
    ----------
    exit_code : int
        1 when the work failed, 2 when the request was wrong.
    """

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(in_one_line(message))


class UsageError(FormcheckError):
    """The request makes no sense, whatever the data."""

    exit_code = 2


class UnknownExercise(UsageError):
    """No exercise has this name."""

    def __init__(self, slug: str, known: Iterable[str]) -> None:
        known = sorted(known)
        self._known = known
        near = difflib.get_close_matches(slug, known, n=1, cutoff=0.4)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        super().__init__(f"There is no exercise '{slug}'.{hint} Known: {', '.join(known)}.")
        self.slug = slug

    def __reduce__(self) -> tuple[type[UnknownExercise], tuple[str, list[str]]]:
        """Returns what makes the error anew in another process: the slug, not the message."""
        return type(self), (self.slug, self._known)


class ExerciseFileError(UsageError):
    """A file that describes an exercise is missing, damaged, or a value in it is not allowed."""


class SourceError(FormcheckError):
    """A source gives no frames: no such file, not a video, no camera."""


class ModelError(FormcheckError):
    """The pose model is missing, altered, or not a pose landmarker."""


class NotRecognised(FormcheckError):
    """formcheck can't tell which exercise a recording shows.

    Parameters
    ----------
    path : str
        The recording.
    candidates : sequence of (str, float)
        The slugs that fit best and the share of each, the best first.
    sure : float
        The share from which on an exercise is recognised if enough repetitions look like it.
    """

    def __init__(
        self, path: str, candidates: Sequence[tuple[str, float]], sure: float = 0.7
    ) -> None:
        likely = ", ".join(f"{slug} ({100 * share:.0f} %)" for slug, share in candidates)
        why = f"most like {likely}" if likely else "it is like none of them"
        if candidates and candidates[0][1] >= sure:
            why = f"{candidates[0][0]} is nearest, but too few repetitions look like it"
        super().__init__(
            f"Which exercise '{path}' shows can't be told ({why}): name it with --exercise."
        )
        self._made_of = (path, list(candidates), sure)

    def __reduce__(self) -> tuple[type[NotRecognised], tuple[str, list[tuple[str, float]], float]]:
        """Returns what makes the error anew in another process."""
        return type(self), self._made_of


class NoPersonFound(FormcheckError):
    """The recording could be read, but nobody is seen in it."""


class PoseFileError(FormcheckError):
    """A file of saved poses is missing, damaged, or not formcheck's."""


class JournalError(FormcheckError):
    """The journal of a live run is missing, or the file is no journal."""


class ManifestError(UsageError):
    """A list of videos to analyse is missing, damaged, or can't be understood."""


class ClusterError(FormcheckError):
    """A cluster can't be reached, or can't do the work."""


class OutputError(FormcheckError):
    """A result could not be written."""


class DisplayError(FormcheckError):
    """There is no screen to open a window on."""


class SoundError(FormcheckError):
    """There is no sound: no sound library, no device, or no voice."""
