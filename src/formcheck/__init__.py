"""formcheck: counts hip-flexor repetitions from a camera, and only those done without compensation.

Names are imported when they are first used, so that `import formcheck` costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from formcheck.version import __version__

if TYPE_CHECKING:
    from formcheck.analysis.analyze import analyze
    from formcheck.core.checker.checker import FormChecker
    from formcheck.core.checker.session import FrameReport, Rep, Session, Verdict
    from formcheck.core.pose.pose import Landmark, Pose, Side
    from formcheck.errors import (
        DisplayError,
        FormcheckError,
        ModelError,
        NoPersonFound,
        OutputError,
        PoseFileError,
        SourceError,
        UnknownExercise,
        UsageError,
    )
    from formcheck.exercises import get_exercise

_HOMES = {
    "analysis.analyze": ("analyze",),
    "core.checker.checker": ("FormChecker",),
    "errors": (
        "DisplayError",
        "FormcheckError",
        "ModelError",
        "NoPersonFound",
        "OutputError",
        "PoseFileError",
        "SourceError",
        "UnknownExercise",
        "UsageError",
    ),
    "exercises": ("get_exercise",),
    "core.pose.pose": ("Landmark", "Pose", "Side"),
    "core.checker.session": ("FrameReport", "Rep", "Session", "Verdict"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "DisplayError",
    "FormChecker",
    "FormcheckError",
    "FrameReport",
    "Landmark",
    "ModelError",
    "NoPersonFound",
    "OutputError",
    "Pose",
    "PoseFileError",
    "Rep",
    "Session",
    "Side",
    "SourceError",
    "UnknownExercise",
    "UsageError",
    "Verdict",
    "__version__",
    "analyze",
    "get_exercise",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'formcheck' has no attribute '{name}'")
    return getattr(importlib.import_module(f"formcheck.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return __all__
