from __future__ import annotations

from formcheck.core.checker.faults import Finding
from formcheck.core.checker.importance import FIRST_TOLD, most_important
from formcheck.exercises import get_exercise, slugs


def finding(code: str, at_s: float = 1.0) -> Finding:
    return Finding(code=code, worst=20.0, limit=10.0, unit="deg", at_s=at_s)


def test_the_back_comes_first_then_the_legs_then_coaching() -> None:
    said = [finding(c) for c in ("short-hold", "bent-knee", "hips-raised", "lean-back")]
    order = []
    while (first := most_important(said)) is not None:
        order.append(first.code)
        said.remove(first)
    assert order == ["lean-back", "hips-raised", "bent-knee", "short-hold"]


def test_of_the_same_kind_the_earlier_one_is_told() -> None:
    later, earlier = finding("lean-back", 3.0), finding("lean-back", 2.0)
    assert most_important([later, earlier]) is earlier


def test_an_unheard_of_fault_goes_before_all_coaching() -> None:
    new, cue, known = finding("wobble"), finding("fast-lowering"), finding("too-high")
    assert most_important([cue, new]) is new
    assert most_important([new, known]) is known


def test_every_code_of_the_catalogue_has_its_place() -> None:
    known = [get_exercise(slug) for slug in slugs()]
    codes = {fault.code for e in known for fault in e.faults}
    codes |= {cue.code for e in known for cue in e.cues}
    assert codes <= set(FIRST_TOLD)
