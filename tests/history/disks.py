"""Small and read-only disks, where the machine lets a test mount them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Mount = Callable[..., Path]


def _mount(*args: object) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    try:
        done = subprocess.run(["mount", *map(str, args)], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Mount]:
    """Mount a disk in memory, of so many kilobytes; `disk(path, read_only=True)` mounts again."""
    mounted: list[Path] = []

    def mount(path: Path | None = None, *, kilobytes: int = 200, read_only: bool = False) -> Path:
        place = path or tmp_path / "disk"
        place.mkdir(exist_ok=True)
        if read_only:
            done = _mount("-o", "remount,ro", place)
        else:
            done = _mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", place)
        if not done:
            pytest.skip("this machine lets no test mount a disk")
        mounted.append(place)
        return place

    yield mount
    for place in dict.fromkeys(mounted):
        subprocess.run(["umount", "-l", str(place)], check=True)
