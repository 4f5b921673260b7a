from __future__ import annotations

import dataclasses

import pytest

from formcheck.core.checker.session import Counts
from formcheck.core.coaching import events
from formcheck.core.coaching.events import CoachingEvent, HoldTick, SetDone, SetEnd

KINDS = [
    kind
    for kind in vars(events).values()
    if isinstance(kind, type) and issubclass(kind, CoachingEvent)
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_event_is_a_frozen_value_with_its_time(kind: type[CoachingEvent]) -> None:
    assert next(field.name for field in dataclasses.fields(kind)) == "time_s"
    event = kind(**{field.name: 1 for field in dataclasses.fields(kind)})
    with pytest.raises(dataclasses.FrozenInstanceError):
        event.time_s = 2.0  # type: ignore[misc]
    assert event == dataclasses.replace(event)
    assert not hasattr(event, "__dict__")


@pytest.mark.parametrize(
    ("second", "target_s", "reached"),
    [
        (1, 2.0, False), (2, 2.0, True), (3, 2.0, False),
        (1, 1.8, False), (2, 1.8, True), (3, 1.8, False),
        (1, 0.0, False), (1, 0.5, True),
    ],
)  # fmt: skip
def test_one_second_alone_completes_a_hold(second: int, target_s: float, reached: bool) -> None:
    assert HoldTick(time_s=0.0, second=second, target_s=target_s).reached is reached


@pytest.mark.parametrize(("number", "last"), [(1, False), (2, False), (3, True), (4, True)])
def test_the_last_set_is_the_one_with_none_after_it(number: int, last: bool) -> None:
    done = SetDone(time_s=0.0, set_number=number, sets=3, counts=Counts(), end=SetEnd.REACHED)
    assert done.last is last
