"""What must survive a fault does."""

from __future__ import annotations

import pytest

from tests.hostile.fault import Fault, NotHere
from tests.hostile.injected import FAULTS


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(each, id=each.name, marks=[pytest.mark.slow] if each.slow else [])
        for each in FAULTS
    ],
)
def test_it_is_survived(fault: Fault) -> None:
    try:
        assert (fault.brief or fault.inject)()
    except NotHere as reason:
        pytest.skip(str(reason))
