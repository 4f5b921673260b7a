"""The README stays short, what it links to is there, and the site's pages name what there is."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import tomlkit

import formcheck
from formcheck.exercises import get_exercise, slugs

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "pages"
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([^)#:]+)(#[^)]*)?\)")


def navigation() -> list[str]:
    """Returns the pages that the site's navigation names."""
    project = tomlkit.parse((ROOT / "zensical.toml").read_text(encoding="utf-8")).unwrap()
    return re.findall(r"'([\w/-]+\.md)'", str(project["project"]["nav"]))


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 130


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_what_is_linked_to_is_there(name: str) -> None:
    links = [m[1] for m in LINK.finditer((ROOT / name).read_text(encoding="utf-8"))]
    assert links
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_every_page_is_in_the_navigation() -> None:
    made = {
        "measure/angles.md",
        "exercises/index.md",
        *(f"exercises/{slug}.md" for slug in slugs()),
    }
    written = {p.relative_to(PAGES).as_posix() for p in PAGES.rglob("*.md")}
    assert set(navigation()) == written | made


def test_the_reference_has_every_public_name() -> None:
    text = (PAGES / "python" / "reference.md").read_text(encoding="utf-8")
    constants = {name for name in formcheck.__all__ if name.isupper() or name.startswith("__")}
    missing = [
        name
        for name in sorted(set(formcheck.__all__) - constants)
        if not re.search(rf"\b{name}\b", text)
    ]
    assert missing == []


def test_the_pages_made_from_the_code_tell_every_limit() -> None:
    spec = importlib.util.spec_from_file_location("pages", ROOT / "docs" / "exercise_pages.py")
    assert spec is not None and spec.loader is not None
    exercise_pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(exercise_pages)
    for slug in slugs():
        exercise = get_exercise(slug)
        page = exercise_pages.page(exercise)
        assert page.startswith(f"# {exercise.title}\n") and page.count("<svg") == 2
        for fault in exercise.faults:
            assert f"`{fault.code}`" in page and fault.limit.source in page
        assert all(step in page for step in (*exercise.how_to, *exercise.camera))
    assert "`torso_lean`" in exercise_pages.angles()
