"""What a command line gave, and what every refusal has in common."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

SCRIPT = Path(sys.executable).with_name("formcheck")
SLUG = "standing-hip-flexion"


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A finished command."""

    code: int
    out: str
    err: str

    def refuses(self, code: int, *words: str) -> None:
        """Check for an exit code and one sentence with these words, and nothing else."""
        assert self.code == code, self
        assert self.out == ""
        assert re.fullmatch(r"formcheck: [^\n]+[.?]\n", self.err), self.err
        for word in words:
            assert word in self.err
        assert "Traceback" not in self.err


Run: TypeAlias = Callable[..., Ended]


def run_script(*args: object, **environ: str) -> Ended:
    """Run the installed command in a process of its own, without a screen."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [str(SCRIPT), *map(str, args)],
        env=kept | environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )
    return Ended(code=done.returncode, out=done.stdout, err=done.stderr)
