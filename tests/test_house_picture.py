"""The picture of the house shows the imports as they are."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def drawing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("house", ROOT / "docs" / "make_house_picture.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["house"] = module
    spec.loader.exec_module(module)
    return module


def test_the_picture_shows_the_imports_as_they_are(drawing: ModuleType) -> None:
    found = drawing.house(ROOT / "src" / "formcheck")
    saved = drawing.PICTURE.read_text(encoding="utf-8")
    assert drawing.picture(found) == saved, "run: python docs/make_house_picture.py"


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        path = folder.joinpath("formcheck", *name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "formcheck"


def test_a_room_lies_one_floor_above_the_highest_room_it_imports(
    drawing: ModuleType, tmp_path: Path
) -> None:
    package = write(
        tmp_path,
        errors="",
        core__pose__pose="from formcheck import errors\n",
        core__checker__checker="import formcheck.core.pose.pose\nimport formcheck.errors\n",
        files__json="if TYPE_CHECKING:\n    from formcheck.core.checker.checker import Rep\n",
        cli__main="def main():\n    from formcheck.core.checker import checker\n",
    )
    found = drawing.house(package)
    assert found.floors() == {
        "errors": 0, "core.pose": 1, "core.checker": 2, "files": 0, "cli": 3,
    }  # fmt: skip
    assert found.direct("core.checker") == {"core.pose"}


def test_lines_of_code_are_neither_words_nor_imports(drawing: ModuleType) -> None:
    words = '"""Words."""\n\nimport math\n\n# Why.\nX = 1\n\n\n'
    text = words + 'def f():\n    """Says."""\n    return X\n'
    assert drawing.code_lines(text) == 3
