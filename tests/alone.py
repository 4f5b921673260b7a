"""Nobody else in view, without looking: for tests in which poses take no estimator."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

# Before anything stands in for the estimator: a class is made from it.
from formcheck import bystanders
from formcheck.estimators import choosing
from formcheck.frame import Frame
from formcheck.pose import Pose


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
    return [patch.object(module, "PeopleFinder", Alone) for module in (bystanders, choosing)]
