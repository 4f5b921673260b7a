"""Every bad input ends as its row of the table says."""

from __future__ import annotations

import sys

import pytest

from tests.hostile.case import run_case
from tests.hostile.catalogue import CASES

ENOUGH = 60


@pytest.mark.parametrize("name", CASES)
def test_it_ends_as_it_must(name: str) -> None:
    case = CASES[name]
    only_linux = any(part.startswith(("/proc/", "/dev/")) for part in case.line)
    if only_linux and not sys.platform.startswith("linux"):
        pytest.skip("these places are of Linux")
    ended, broken = run_case(case)
    assert not broken, ended


def test_there_are_enough_of_every_group() -> None:
    assert len(CASES) >= ENOUGH
    groups = {case.group for case in CASES.values()}
    assert groups >= {"video", "model", "poses", "plan", "manifest", "database", "import",
                      "journal", "options", "names", "places", "address"}  # fmt: skip
