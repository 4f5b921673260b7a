"""Sessions of kept poses, to the last number: a change of results must be meant.

`python tests/golden/regenerate.py` writes them anew.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from formcheck.core.pose.pelvis import NO_TAG
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
    truth = SAMPLES / f"{name}.truth.json"
    if truth.exists():
        drawn = json.loads(truth.read_text(encoding="utf-8"))
        assert len(golden["reps"]) == len(drawn["reps"])


@pytest.mark.parametrize(
    ("name", "faults"),
    [
        ("standing-hip-flexion-anterior-tilt-tag-juan", [[], ["anterior-tilt"]]),
        ("standing-hip-flexion-pelvic-hike-tag-behind-ida", [[], ["pelvic-hike"]]),
        # With its arm at the side; the outline of the back is hidden, the tag is not.
        ("supine-marching-back-arch-tag-flank-bo", [["back-arch"], []]),
    ],
)
def test_a_worn_tag_judges_the_pelvis_and_without_it_nothing_does(
    name: str, faults: list[list[str]]
) -> None:
    worn = session(name)
    assert [[fault.code for fault in rep.faults] for rep in worn.reps] == faults
    clean = [rep.verdict.value for rep in worn.reps if not rep.faults]
    assert clean == ["clean"]
    bare = session(name, tagged=False)
    assert not any(fault.code in str(faults) for rep in bare.reps for fault in rep.faults)
    told = {u.check: u.reason for u in bare.reps[0].unchecked}
    code = "pelvic-hike" if "hike" in name else "anterior-tilt"
    assert told[code] == NO_TAG
