"""The page over many recordings, in a browser: on a phone, on a desk, and without sight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from formcheck.reports.overview import Entry, write_index_page
from tests.window.browser import DESKTOP, NEEDS_CHROMIUM, PHONE, chromium, emulate, resize

pytestmark = [pytest.mark.window, NEEDS_CHROMIUM]

COUNTS = {"attempts": 4, "clean": 2, "compensated": 1, "partial": 0, "unverified": 1}
GOOD = Entry(
    name="week 1/a rather long name of a recording from the second of November",
    path="week 1/a.mp4",
    exercise="alternating-leg-raises",
    plain={
        "view": "side",
        "counts": COUNTS,
        "problems": ["The person never stood still."],
        "exercise": "alternating-leg-raises",
        "reps": [],
    },
    links={"session": "a.session.json", "measures": "a.frames.csv"},
)
BAD = Entry(
    name="empty",
    path="/videos/of/the/whole/clinic/empty.mp4",
    exercise="auto",
    plain=None,
    error="'/videos/of/the/whole/clinic/and/a/long/name/empty.mp4' is empty: copy it again.",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    with chromium() as driver:
        yield driver


@pytest.fixture
def page(browser: webdriver.Chrome, tmp_path: Path) -> webdriver.Chrome:
    write_index_page([GOOD, BAD], tmp_path / "index.html")
    emulate(browser)
    browser.get((tmp_path / "index.html").as_uri())
    return browser


@pytest.mark.parametrize("size", [PHONE, (800, 600), (900, 600), DESKTOP])
def test_nothing_lies_beyond_the_edge(page: webdriver.Chrome, size: tuple[int, int]) -> None:
    resize(page, size)
    # What only a screen reader meets has no place.
    beyond = page.execute_script(
        "return [...document.querySelectorAll('main *')].filter(each => !each.closest('thead')"
        " && each.getBoundingClientRect().right > innerWidth).map(each => each.outerHTML)"
    )
    assert beyond == []
    assert page.execute_script("return document.documentElement.scrollWidth") == size[0]


def test_on_a_phone_each_number_says_what_it_is(page: webdriver.Chrome) -> None:
    resize(page, PHONE)
    said = page.execute_script(
        "return [...document.querySelectorAll('.cards td.figure')]"
        ".map(each => each.textContent + getComputedStyle(each, '::after').content)"
    )
    assert said == ['2"\N{NO-BREAK SPACE}clean"', '1"\N{NO-BREAK SPACE}compensated"'] + [
        f'{n}"\N{NO-BREAK SPACE}{name}"' for n, name in ((0, "partial"), (1, "unverified"))
    ]
    assert BAD.error in page.find_element(By.TAG_NAME, "main").text


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_axe_finds_nothing_that_keeps_anyone_out(
    page: webdriver.Chrome, size: tuple[int, int]
) -> None:
    axe = pytest.importorskip("axe_core_python.selenium").Axe()
    resize(page, size)
    violations = axe.run(page)["violations"]
    assert [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in violations] == []
