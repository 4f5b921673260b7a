"""How many things this machine does well at the same time, and memory given back to it."""

from __future__ import annotations

import ctypes
import os

PROCESS_BYTES = 800 << 20
"""Memory for each of them: twice what one was seen to take, so that other programs keep theirs."""


def usual_jobs() -> int:
    """Returns the number of cores this process may use, or fewer where memory is short.

    A machine that does not say how much memory it has is taken to have enough.
    """
    return max(1, min(_cores(), _memory_bytes() // PROCESS_BYTES))


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def _memory_bytes() -> int:
    """Returns the memory that is free, or else all there is."""
    for pages in ("SC_AVPHYS_PAGES", "SC_PHYS_PAGES"):
        try:
            return os.sysconf(pages) * os.sysconf("SC_PAGE_SIZE")
        except (AttributeError, ValueError, OSError):  # Windows; macOS lacks the first
            continue
    return 1 << 60


_M_ARENA_MAX = -8
"""Its name in glibc's `mallopt`, in `malloc.h`."""


def keep_one_heap() -> None:
    """Lets all threads of this process allocate from one heap, where the C library has several.

    For a process that does nothing but analyse: each of glibc's heaps keeps pieces that no other
    thread gets. Two minutes took 359 instead of 395 MB, in the same time.
    """
    _ask_glibc("mallopt", _M_ARENA_MAX, 1)


def give_back_memory() -> None:
    """Gives memory that was freed back to the system, where the C library keeps it for later.

    glibc keeps what trackers of several threads leave in pieces: 60 MB after some of them, and more
    with every one. Elsewhere nothing needs to be done.
    """
    _ask_glibc("malloc_trim", 0)


def _ask_glibc(function: str, *arguments: int) -> None:
    """Calls a function of glibc; does nothing where the C library is another one."""
    try:
        found = getattr(ctypes.CDLL(None), function)
    except (AttributeError, OSError, TypeError):  # not glibc; not POSIX
        return
    found(*arguments)
