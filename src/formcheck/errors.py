"""Everything formcheck can fail with, as one tree under `FormcheckError`.

Each message is one sentence a user can act on. `exit_code` is what the command line ends with.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


def in_one_line(message: str) -> str:
    """Return a message with what a name in it could do to a terminal shown instead."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in message)


class FormcheckError(Exception):
    """Base of every error formcheck raises on purpose.

    Whatever a file's name or content brings into the message, it stays in one line.

    Attributes
    ----------
    exit_code : int
        1 when the work failed, 2 when it was asked for wrongly.
    """

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(in_one_line(message))


class UsageError(FormcheckError):
    """What was asked for makes no sense, whatever the data."""

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
        """Come back whole from another process, though the message is not what made it."""
        return type(self), (self.slug, self._known)


class SourceError(FormcheckError):
    """Frames could not be had: no such file, not a video, no camera."""


class ModelError(FormcheckError):
    """The pose model is missing, altered, or not a pose landmarker."""


class NotRecognised(FormcheckError):
    """Which exercise a recording shows can't be told.

    Parameters
    ----------
    path : str
        The recording.
    candidates : sequence of (str, float)
        What comes nearest, and the share of it, the best first.
    """

    def __init__(self, path: str, candidates: Sequence[tuple[str, float]]) -> None:
        likely = ", ".join(f"{slug} ({100 * share:.0f} %)" for slug, share in candidates)
        why = f"most like {likely}" if likely else "it is like none of them"
        super().__init__(
            f"Which exercise '{path}' shows can't be told ({why}): name it with --exercise."
        )
        self._made_of = (path, list(candidates))

    def __reduce__(self) -> tuple[type[NotRecognised], tuple[str, list[tuple[str, float]]]]:
        """Come back whole from another process."""
        return type(self), self._made_of


class NoPersonFound(FormcheckError):
    """The recording was read, but nobody was seen in it."""


class PoseFileError(FormcheckError):
    """A file of saved poses is missing, damaged, or not one of ours."""


class JournalError(FormcheckError):
    """The journal of a live run is missing, or is not one."""


class ManifestError(UsageError):
    """A list of videos to analyse is missing, damaged, or says what nobody understands."""


class ClusterError(FormcheckError):
    """A cluster can't be had, or can't do the work."""


class OutputError(FormcheckError):
    """A result could not be written."""


class DisplayError(FormcheckError):
    """There is no screen to open a window on."""


class SoundError(FormcheckError):
    """Nothing can be heard: no sound library, no device, or no voice."""
