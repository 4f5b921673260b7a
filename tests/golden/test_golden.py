"""Sessions of kept poses, to the last number: a change of results must be meant.

`python tests/golden/regenerate.py` writes them anew.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from formcheck.files.session_json import to_dict
from tests.golden.regenerate import CLIPS, HERE, SAMPLES, session


def assert_alike(found: Any, golden: Any, where: str = "") -> None:
    """Compare two JSON values, numbers to a thousandth: the last digits differ between machines."""
    if isinstance(golden, dict):
        assert found.keys() == golden.keys(), where
        for key in golden:
            assert_alike(found[key], golden[key], f"{where}.{key}")
    elif isinstance(golden, list):
        assert len(found) == len(golden), where
        for index, (one, other) in enumerate(zip(found, golden, strict=True)):
            assert_alike(one, other, f"{where}[{index}]")
    elif isinstance(golden, float):
        assert found == pytest.approx(golden, abs=1e-3), where
    else:
        assert found == golden, where


@pytest.mark.parametrize("name", CLIPS)
def test_the_session_is_as_it_was(name: str) -> None:
    golden = json.loads((HERE / f"{name}.session.json").read_text(encoding="utf-8"))
    assert_alike(to_dict(session(name)), golden)
    drawn = json.loads((SAMPLES / f"{name}.truth.json").read_text(encoding="utf-8"))
    assert len(golden["reps"]) == len(drawn["reps"])
