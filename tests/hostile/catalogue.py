"""Every case there is, by group and name."""

from __future__ import annotations

from tests.hostile import files, usage, videos
from tests.hostile.case import Case

CASES: dict[str, Case] = {
    f"{case.group}: {case.name}": case for case in (*videos.CASES, *files.CASES, *usage.CASES)
}
