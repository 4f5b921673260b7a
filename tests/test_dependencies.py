"""Every dependency says why it is there and from which version on, and both bounds are tried."""

from __future__ import annotations

import importlib.util
import re
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import tomlkit

ROOT = Path(__file__).parents[1]
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
NAME = re.compile(r"[\w.-]+")


def requirements() -> set[str]:
    """Return every requirement of the project, its extras and its build."""
    document = tomlkit.parse(PYPROJECT).unwrap()
    project = document["project"]
    extras = [each for extra in project["optional-dependencies"].values() for each in extra]
    return {*document["build-system"]["requires"], *project["dependencies"], *extras}


def name_of(requirement: str) -> str:
    found = NAME.match(requirement)
    assert found is not None
    return found[0]


def bounds_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bounds", ROOT / ".ci" / "bounds.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def test_every_lower_bound_is_tried() -> None:
    tried = {name_of(bound) for bound in bounds_script().lower_bounds(PYPROJECT)}
    assert tried == {name_of(each) for each in requirements()}


def test_every_trial_of_the_bounds_exists() -> None:
    script = bounds_script()
    for path in (*script.TESTS, script.BROWSER_TESTS[-1]):
        assert (ROOT / path).exists(), path


def test_every_dependency_says_why() -> None:
    begin, end = PYPROJECT.index("dependencies = ["), PYPROJECT.index("[tool.hatch.version]")
    lines = ["", *PYPROJECT[begin:end].splitlines()]
    named = [(above, line) for above, line in pairwise(lines) if line.startswith('    "')]
    assert len(named) >= len(requirements()) - 1
    for above, line in named:
        assert "#" in line or above.strip().startswith("#"), line
