"""Small and read-only disks, where the machine lets a test mount them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Mount = Callable[..., Path]


def mounted(*args: object) -> bool:
    """Return whether `mount` did what it was asked for."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        done = subprocess.run(["mount", *map(str, args)], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0
