from __future__ import annotations

import pytest

from formcheck.core.coaching.pain import PAIN_STOPS, SAFETY, pain_stop


@pytest.mark.parametrize("pain", range(PAIN_STOPS, 11))
def test_a_stop_names_the_pain_the_limit_and_whom_to_see(pain: int) -> None:
    said = pain_stop(pain)
    assert said.startswith(f"Pain {pain} of 10 was noted; from {PAIN_STOPS} on training stops.")
    assert said.endswith("see a physiotherapist before going on.")


def test_the_safety_sentence_names_where_it_hurts_and_whom_to_see() -> None:
    for word in ("sharp pain", "back or groin", "physiotherapist"):
        assert word in SAFETY
