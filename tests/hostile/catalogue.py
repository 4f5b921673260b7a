"""Every case there is, by group and name."""

from __future__ import annotations

from tests.hostile import addresses, contents, files, reported, rights, usage, videos
from tests.hostile.case import Case

_ROOMS = (videos, files, contents, usage, addresses, rights, reported)
CASES: dict[str, Case] = {
    f"{case.group}: {case.name}": case for room in _ROOMS for case in room.CASES
}
