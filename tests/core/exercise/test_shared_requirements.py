"""What several exercises require: which movement each requirement lets through, and which not."""

from __future__ import annotations

import pytest

from formcheck.core.exercise.rules import Requirement
from formcheck.core.exercise.shared_requirements import (
    FOOT_UP_AND_DOWN,
    KNEE_DRIVE,
    SHANK_HANGS,
    TRUNK_BACK,
)


@pytest.mark.parametrize(
    ("requirement", "movement", "value", "met"),
    [
        (KNEE_DRIVE, "one knee driven", 60.0, True),
        (KNEE_DRIVE, "a pike", 0.0, False),
        (FOOT_UP_AND_DOWN, "a lift", 0.4, True),
        (FOOT_UP_AND_DOWN, "a run, both feet in the air", -0.05, True),
        (FOOT_UP_AND_DOWN, "up a step of 30 cm", -0.3, False),
        (SHANK_HANGS, "a lifted knee", 0.7, True),
        (SHANK_HANGS, "a heel at the buttock", -0.3, False),
        (TRUNK_BACK, "a sagging plank", -10.0, True),
        (TRUNK_BACK, "getting up", 65.0, False),
        (TRUNK_BACK, "sitting up", -60.0, False),
    ],
)
def test_what_is_let_through(
    requirement: Requirement, movement: str, value: float, met: bool
) -> None:
    assert requirement.met(value) == met, movement
