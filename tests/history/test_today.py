from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from formcheck.history.plan_file import plan_path, read_plan, write_file
from formcheck.history.store import History
from formcheck.history.today import today_of
from formcheck.training.plan import level_text


@pytest.mark.parametrize(
    ("day", "remark"),
    [
        (date(2026, 11, 30), None),  # a Monday
        (date(2026, 11, 29), "Sunday is no day of the plan"),
    ],
)
def test_a_day_that_is_none_of_the_plan_is_remarked(
    tmp_path: Path, day: date, remark: str | None
) -> None:
    path = plan_path(tmp_path)
    write_file(path, level_text("foundational"))
    plan = read_plan(path)
    with History(tmp_path, create=False) as history:
        today = today_of(history, plan, path, day)
    assert [each.before.name for each in today.proposed] == [e.name for e in plan.entries]
    assert today.stopped is None
    assert [each[: len(remark or "")] for each in today.remarks] == ([remark] if remark else [])
