"""What every test may need: a data folder of its own, and small disks."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from formcheck.history.folder import ENVIRONMENT
from tests.history.disks import Mount, mounted

pytest_plugins = ["tests.judged_sets"]

# On a busy machine a deadline fails what is right.
settings.register_profile("formcheck", deadline=None)
settings.load_profile("formcheck")


@pytest.fixture(autouse=True)
def data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test a data folder of its own, which is not there yet; processes inherit it."""
    folder = tmp_path_factory.mktemp("home") / "data"
    monkeypatch.setenv(ENVIRONMENT, str(folder))
    monkeypatch.delenv("FORMCHECK_CLIENT", raising=False)
    return folder


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Mount]:
    """Mount a disk in memory, of so many kilobytes; `disk(path, read_only=True)` mounts again."""
    places: list[Path] = []

    def mount(path: Path | None = None, *, kilobytes: int = 200, read_only: bool = False) -> Path:
        place = path or tmp_path / "disk"
        place.mkdir(exist_ok=True)
        if read_only:
            done = mounted("-o", "remount,ro", place)
        else:
            done = mounted("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", place)
        if not done:
            pytest.skip("this machine lets no test mount a disk")
        places.append(place)
        return place

    yield mount
    for place in dict.fromkeys(places):
        subprocess.run(["umount", "-l", str(place)], check=True)
