"""As many jobs as cores, unless memory is short."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from formcheck.analysis.machine import PROCESS_BYTES, give_back_memory, keep_one_heap, usual_jobs

PAGE = 4096


def sysconf(free: int | None, whole: int | None) -> Callable[[str], int]:
    """Returns a stand-in that says how much memory there is; None where it does not know."""

    def value(name: str) -> int:
        found = {"SC_PAGE_SIZE": PAGE, "SC_AVPHYS_PAGES": free, "SC_PHYS_PAGES": whole}[name]
        if found is None:
            raise ValueError("unrecognized configuration name")
        return found

    return value


@pytest.mark.parametrize(
    ("cores", "free_jobs", "whole_jobs", "wanted"),
    [
        (8, 20.0, 40.0, 8),
        (8, 3.5, 40.0, 3),
        (8, 0.2, 40.0, 1),
        (4, None, 2.5, 2),
        (4, None, None, 4),
        (1, 20.0, 40.0, 1),
    ],
)
def test_jobs_by_cores_and_memory(
    cores: int,
    free_jobs: float | None,
    whole_jobs: float | None,
    wanted: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def pages(jobs: float | None) -> int | None:
        return None if jobs is None else round(jobs * PROCESS_BYTES / PAGE)

    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    monkeypatch.setattr(os, "sysconf", sysconf(pages(free_jobs), pages(whole_jobs)), raising=False)
    assert usual_jobs() == wanted


def test_where_the_system_says_nothing_the_cores_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.delattr(os, "sysconf", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    assert usual_jobs() == 6
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert usual_jobs() == 1


def test_memory_is_given_back_where_the_c_library_can(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Library:
        malloc_trim = staticmethod(asked.append)

    monkeypatch.setattr("ctypes.CDLL", lambda name: Library)
    give_back_memory()
    assert asked == [0]


def test_all_threads_share_a_heap_where_the_c_library_can(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    class Library:
        @staticmethod
        def mallopt(name: int, value: int) -> None:
            asked.append((name, value))

    monkeypatch.setattr("ctypes.CDLL", lambda name: Library)
    keep_one_heap()
    # M_ARENA_MAX of glibc's malloc.h.
    assert asked == [(-8, 1)]


@pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
def test_elsewhere_nothing_is_done(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str | None) -> None:
        raise error

    monkeypatch.setattr("ctypes.CDLL", refuse)
    give_back_memory()
    keep_one_heap()
    assert usual_jobs() > 0
