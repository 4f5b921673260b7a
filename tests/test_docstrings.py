"""Examples in docstrings are run, and what a docstring names is there."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
from pathlib import Path

import pytest

import formcheck

ROOT = Path(formcheck.__file__).parent
MODULES = sorted(path for path in ROOT.rglob("*.py") if path.name != "__main__.py")
WITH_EXAMPLES = [path for path in MODULES if ">>> " in path.read_text(encoding="utf-8")]
SECTION = re.compile(r"^(Parameters|Attributes)\n-+\n(.*?)(?=^\w+\n-+\n|\Z)", re.M | re.S)
ENTRY = re.compile(r"^(\*{0,2}\w+(?:, \*{0,2}\w+)*) :", re.M)


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=_module)
def test_examples_give_what_they_say(path: Path) -> None:
    ended = doctest.testmod(importlib.import_module(_module(path)))
    assert ended.attempted > 0 and ended.failed == 0


def test_the_public_classes_people_begin_with_have_examples() -> None:
    assert "formcheck.core.checker.checker" in map(_module, WITH_EXAMPLES)


def _documented(node: ast.AST, section: str) -> set[str]:
    if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return set()
    found = [
        body for name, body in SECTION.findall(ast.get_docstring(node) or "") if name == section
    ]
    names = ", ".join(ENTRY.findall(found[0])) if found else ""
    return {name.strip("* ") for name in names.split(",") if name.strip()}


def _arguments(node: ast.FunctionDef) -> set[str]:
    given = node.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    every += [extra for extra in (given.vararg, given.kwarg) if extra is not None]
    return {argument.arg for argument in every}


@pytest.mark.parametrize("path", MODULES, ids=_module)
def test_every_parameter_that_is_explained_is_there(path: Path) -> None:
    """A name that was changed in the code is changed in its explanation too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert _documented(node, "Parameters") <= _arguments(node), node.name
        elif isinstance(node, ast.ClassDef):
            made = [f for f in node.body if isinstance(f, ast.FunctionDef) and f.name == "__init__"]
            if made:
                assert _documented(node, "Parameters") <= _arguments(made[0]), node.name
