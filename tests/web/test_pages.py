"""The pages as files: no code inside them, nothing from outside, every name scripts rely on."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path

import pytest

from formcheck.web.app import PAGES, page_file

FOLDER = Path(str(resources.files("formcheck.web"))) / "pages"
FILES = sorted(FOLDER.iterdir())
TEST_IDS = {
    "exercise", "sets", "reps", "start", "stop", "stage", "count-left", "count-right", "count-both",
    "last-verdict", "summary", "upload", "upload-status", "report-link",
}  # fmt: skip


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("page", sorted(set(PAGES.values())))
def test_a_page_has_no_code_of_its_own(page: str) -> None:
    tags = Tags((FOLDER / page).read_text(encoding="utf-8")).found
    for tag, attributes in tags:
        assert tag != "style"
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        if tag == "script":
            assert str(attributes["src"]).startswith("/assets/") and attributes["type"] == "module"
        for name in ("src", "href"):
            address = attributes.get(name)
            assert address is None or address.startswith("/"), f"{address} is elsewhere"
    names = [tag for tag, _ in tags]
    assert "manifest" not in [attributes.get("rel") for _, attributes in tags]
    assert {"html", "title", "main", "nav"} <= set(names)
    assert dict(tags[0][1])["lang"] == "en"


@pytest.mark.parametrize("file", [f for f in FILES if f.suffix == ".js"], ids=lambda f: f.name)
def test_a_module_builds_nothing_from_text(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text)
    assert not re.search(r"https?://(?!www\.w3\.org)", text)
    for name in re.findall(r'from "\./([\w-]+\.js)"', text):
        assert (FOLDER / name).is_file()


def test_the_names_that_outside_scripts_rely_on_are_there() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in FILES)
    found = set(re.findall(r'data-testid"?[=:]\s*"([\w-]+)"', text))
    found |= {f"count-{side}" for side in ("left", "right", "both") if "count-${side}" in text}
    assert found >= TEST_IDS


@pytest.mark.parametrize("name", ["../app.py", "app.py", "..", "train.js/", "no.js", "", "a/b.js"])
def test_nothing_but_the_pages_files_is_given(name: str) -> None:
    assert page_file(name) is None
