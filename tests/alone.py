"""Nobody else in view, without looking: for tests in which poses take no estimator."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

from formcheck.analysis import people_in_view

# Before anything stands in for the estimator: a class is made from it.
from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.estimators import estimator_for


class Alone:
    """A finder of people that finds nobody."""

    def __init__(self, model_path: Path | None = None) -> None:
        self.model_path = model_path

    def find(self, frame: Frame) -> tuple[Pose, ...]:
        """Return no pose."""
        return ()

    def close(self) -> None:
        """Do nothing."""

    def __enter__(self) -> Alone:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def finding() -> list[Any]:
    """Return the patches that let nobody be looked for."""
    return [
        patch.object(module, "PeopleFinder", Alone) for module in (people_in_view, estimator_for)
    ]
