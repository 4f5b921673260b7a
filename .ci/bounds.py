"""Install every dependency at its lower bound in a fresh environment, and use each of them there.

`python .ci/bounds.py` says which bound of pyproject.toml does not hold. Which Python it takes is
the one that runs it; `--newest` takes the newest of everything instead. Tools are used as well as
libraries: code that lints clean with today's linter says nothing about the one that is asked for.
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
EXTRAS = ("voice", "cluster", "docs", "dev")
# What each dependency is there for, at least once: reading and writing video, drawing, the model,
# pages and plots, the plan, the command line, the sounds, the voice, the history's place, the
# cluster, the server, the exports, the property tests, the drawn people.
TESTS = (
    "tests/analysis/test_cluster.py",
    "tests/web",
    "tests/cli/test_commands.py",
    "tests/cli/test_refusals.py",
    "tests/cli/test_routine.py",
    "tests/estimators/test_landmarks_only.py",
    "tests/estimators/test_mediapipe_loading.py",
    "tests/estimators/test_mediapipe_pose.py",
    "tests/sound",
    "tests/history/test_plan_file.py",
    "tests/history/test_store.py",
    "tests/people/test_raster.py",
    "tests/overlay",
    "tests/reports",
    "tests/files",
    "tests/sources/test_video.py",
    "tests/core/pose/test_geometry.py",
)
# A report in a browser; they are skipped where there is none.
BROWSER_TESTS = ("-m", "window", "tests/window/test_report.py")
REQUIREMENT = re.compile(r'^[^#"\n]*"([\w.-]+)(?:\[[^\]]*\])?>=([0-9.]+)[^";]*(;[^"]*)?"', re.M)


def lower_bounds(pyproject: str) -> list[str]:
    """Return one `name==version` for every requirement of pyproject.toml that has a lower bound."""
    return sorted({f"{m[1]}=={m[2]}{m[3] or ''}" for m in REQUIREMENT.finditer(pyproject)})


def trials(place: Path, *, newest: bool) -> list[list[str]]:
    """Return what is run in the environment: modules, without `python -m`, and scripts."""
    # All types are checked against the newest stubs alone: what numpy's were wrong about in an old
    # version is nobody's fault here. The old mypy still has to know every setting.
    typed = [] if newest else ["--follow-imports=silent", "src/formcheck/errors.py"]
    return [
        ["pytest", "-q", *TESTS],
        ["pytest", "-q", *BROWSER_TESTS],
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy", "--cache-dir", str(place / "mypy"), *typed],
        ["pre_commit", "validate-config"],
        ["docs/build.py"],
        ["build", "--no-isolation", "--outdir", str(place / "dist")],
    ]


def say_what_is_installed(python: Path, bounds: list[str]) -> None:
    """Print each requirement with the version that was taken, then everything else they brought."""
    freeze = subprocess.run(
        [python, "-m", "pip", "freeze"], check=True, capture_output=True, text=True
    ).stdout
    taken = dict(line.split("==") for line in freeze.lower().splitlines() if "==" in line)
    print(f"Python {sys.version.split()[0]}\n{'requirement':24}{'lower bound':16}installed")
    for bound in bounds:
        name, lower = bound.split(";")[0].split("==")
        found = taken.pop(name, None) or taken.pop(name.replace("-", "_"), "-")
        print(f"{name:24}{lower:16}{found}")
    print("with", ", ".join(f"{name} {version}" for name, version in sorted(taken.items())))


def main() -> int:
    """Build the environment, say what is in it, use it; return how many trials failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--newest", action="store_true", help="the newest of everything instead")
    newest = parser.parse_args().newest
    bounds = lower_bounds((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        subprocess.run([sys.executable, "-m", "venv", place / "venv"], check=True)
        scripts = place / "venv" / ("Scripts" if os.name == "nt" else "bin")
        python = scripts / "python"
        wanted = [f"{ROOT}[{','.join(EXTRAS)}]", "hatchling"]
        install = [python, "-m", "pip", "install", "--quiet", *wanted]
        if not newest:
            constraints = place / "lower-bounds.txt"
            constraints.write_text("\n".join(bounds) + "\n", encoding="utf-8")
            install += ["--constraint", constraints]
        subprocess.run(install, check=True)
        say_what_is_installed(python, bounds)
        # Not the checkout but what was installed.
        environ = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        environ["PATH"] = os.pathsep.join([str(scripts), environ.get("PATH", "")])
        failed = []
        for trial in trials(place, newest=newest):
            print("==", " ".join(trial[:3]), flush=True)
            called = () if trial[0].endswith(".py") else ("-m",)
            ran = subprocess.run([python, *called, *trial], cwd=ROOT, env=environ, check=False)
            failed += [trial[0]] if ran.returncode else []
    print("failed: " + ", ".join(failed) if failed else "every bound holds")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
