"""What every test may need: a data folder of its own, and small disks."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from formcheck.history.folder import ENVIRONMENT
from tests.history.disks import Mount, mounted

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["tests.judged_sets"]

CLIP = re.compile(r"tests/truth/.*\[(?:[0-9.]+-)?([a-z -]+)\]")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling | None:
    """Let one process run all tests of a file, and all of a sample clip: they share what is slow.

    Poses of clips, judged sets and servers are made once a process. With `-n 0` there is but one,
    and where xdist is asked for another order, it has its way.
    """
    if config.getoption("dist") != "load":
        return None
    # Here, not at the top: tests run without xdist, too.
    from xdist.scheduler import LoadScopeScheduling

    class SharedWork(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            clip = CLIP.match(nodeid)
            return clip[1] if clip else nodeid.split("::", maxsplit=1)[0]

    return SharedWork(config, log)


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
