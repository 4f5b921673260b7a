from __future__ import annotations

from formcheck.core.exercise.pelvis_rules import anterior_tilt, arched_back, pelvic_hike_and_drop
from formcheck.core.exercise.shared_rules import LOWERING
from formcheck.core.measures import LUMBAR_EXTENSION, PELVIC_OBLIQUITY, PELVIC_TILT


def test_only_a_tag_shows_them_and_each_limit_has_its_sign() -> None:
    hike, drop = pelvic_hike_and_drop()
    rules = (anterior_tilt(), hike, drop, arched_back())
    assert all(rule.by_tag and rule.limit.source for rule in rules)
    assert [rule.code for rule in rules] == [
        "anterior-tilt", "pelvic-hike", "pelvic-drop", "back-arch",
    ]  # fmt: skip
    assert [rule.measure for rule in rules] == [
        PELVIC_TILT, PELVIC_OBLIQUITY, PELVIC_OBLIQUITY, LUMBAR_EXTENSION,
    ]  # fmt: skip
    assert hike.limit.value > 0 > drop.limit.value
    # Backwards the pelvis turns with every lift.
    assert anterior_tilt().limit.value > 0 and not anterior_tilt().limit.either


def test_the_arched_back_is_one_more_sign_and_holds_for_its_phases() -> None:
    assert arched_back().alternative and not anterior_tilt().alternative
    assert arched_back(LOWERING).phases == LOWERING
    assert "back-arch" in anterior_tilt().unless
