"""Each property holds for a few examples in the default run, and for many in the deep one."""

from __future__ import annotations

import pytest

from formcheck.core.measures.filtering import FrameRate
from tests.fuzz.catalogue import PROPERTIES
from tests.fuzz.properties import DEEP, QUICK
from tests.fuzz.readers import READERS, Reader, reads_or_says_why, whole


@pytest.mark.parametrize("name", PROPERTIES)
def test_it_holds(name: str) -> None:
    examples, _ = PROPERTIES[name].tried(QUICK)
    assert examples >= PROPERTIES[name].quick


@pytest.mark.deep
@pytest.mark.parametrize("name", PROPERTIES)
def test_it_holds_for_many(name: str) -> None:
    examples, _ = PROPERTIES[name].tried(DEEP)
    assert examples >= PROPERTIES[name].deep


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_whole_file_is_read(reader: Reader) -> None:
    """Otherwise fuzzing would only ever try what is refused at the first look."""
    reads_or_says_why(reader, whole(reader), refuses=False)


def test_frames_at_one_instant_are_no_frame_rate() -> None:
    rate = FrameRate()
    for time_s in (0.0, 0.0, 0.0, 3.0):
        rate.note(time_s)
    assert rate.fps == pytest.approx(1 / 3)
