"""Times as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.files.clock_time import seconds_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("75", 75.0), ("7.5", 7.5), ("7,5", 7.5), (" 5 s ", 5.0),
        ("5s", 5.0), ("0:05", 5.0), ("0:05.5", 5.5),
        ("1:15", 75.0), ("01:15", 75.0), ("90:00", 5400.0), ("1:02:03", 3723.0), ("0", 0.0),
    ],
)  # fmt: skip
def test_a_time(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["", "x", "-3", "nan", "inf", "1:", ":5", "1:75", "1:-5", "-1:05", "1:2:3:4", "1:99:00",
     "1.5:00"],
)  # fmt: skip
def test_no_time(text: str) -> None:
    with pytest.raises(ValueError):
        seconds_of(text)


@given(st.integers(0, 9), st.integers(0, 59), st.integers(0, 59))
def test_a_clock_counts_seconds(hours: int, minutes: int, seconds: int) -> None:
    total = 3600 * hours + 60 * minutes + seconds
    assert seconds_of(f"{hours}:{minutes:02}:{seconds:02}") == seconds_of(str(total)) == total
