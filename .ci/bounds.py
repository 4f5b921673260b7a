"""Install every dependency at its lower bound in a fresh environment, and run tests there.

`python .ci/bounds.py` says which bound of pyproject.toml does not hold. Which Python it takes is
the one that runs it; `--newest` takes the newest of everything instead.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXTRAS = ("voice", "dev")
# What each dependency is there for, at least once: reading and writing video, drawing, the model,
# pages and plots, the plan, the command line, the sounds, the voice.
TESTS = (
    "tests/cli/test_commands.py",
    "tests/cli/test_refusals.py",
    "tests/cli/test_routine.py",
    "tests/estimators/test_mediapipe_pose.py",
    "tests/feedback",
    "tests/history/test_plan.py",
    "tests/overlay",
    "tests/reports",
    "tests/sources/test_video.py",
    "tests/test_geometry.py",
)
REQUIREMENT = re.compile(
    r'^\s*"([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?>=([0-9.]+)([^";]*)(;[^"]*)?"', re.M
)


def lower_bounds(pyproject: str) -> list[str]:
    """Return one `name==version` for every requirement of pyproject.toml that has a lower bound."""
    found = REQUIREMENT.finditer(pyproject)
    return sorted({f"{m[1]}=={m[2]}{m[4] or ''}" for m in found if m[1] != "hatchling"})


def main() -> int:
    """Build the environment, print what is in it, run the tests; return their exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--newest", action="store_true", help="the newest of everything instead")
    newest = parser.parse_args().newest
    bounds = lower_bounds((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = Path(folder) / ("Scripts" if os.name == "nt" else "bin") / "python"
        install = [python, "-m", "pip", "install", "--quiet", f"{ROOT}[{','.join(EXTRAS)}]"]
        if not newest:
            constraints = Path(folder) / "lower-bounds.txt"
            constraints.write_text("\n".join(bounds) + "\n", encoding="utf-8")
            install += ["--constraint", constraints]
        subprocess.run(install, check=True)
        subprocess.run([python, "-m", "pip", "freeze"], check=True)
        # Not the checkout but what was installed.
        environ = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        tests = [python, "-m", "pytest", "-q", *TESTS]
        return subprocess.run(tests, cwd=ROOT, env=environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
