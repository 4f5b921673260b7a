"""Everything formcheck can fail with, as one tree under `FormcheckError`.

Each message is one sentence a user can act on. `exit_code` is what the command line ends with.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class FormcheckError(Exception):
    """Base of every error formcheck raises on purpose.

    Attributes
    ----------
    exit_code : int
        1 when the work failed, 2 when it was asked for wrongly.
    """

    exit_code = 1


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


class NoPersonFound(FormcheckError):
    """The recording was read, but nobody was seen in it."""


class PoseFileError(FormcheckError):
    """A file of saved poses is missing, damaged, or not one of ours."""


class JournalError(FormcheckError):
    """The journal of a live run is missing, or is not one."""


class ManifestError(UsageError):
    """A list of videos to analyse is missing, damaged, or says what nobody understands."""


class OutputError(FormcheckError):
    """A result could not be written."""


class DisplayError(FormcheckError):
    """There is no screen to open a window on."""


class SoundError(FormcheckError):
    """Nothing can be heard: no sound library, no device, or no voice."""
