"""The progress page in a real browser: it loads, it fits, it follows light and dark."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("selenium")

from selenium import webdriver

from formcheck.reports.progress_page import write_progress
from formcheck.training.progress import progress
from tests.reports.test_progress_page import DECIDED, SESSIONS, TODAY
from tests.window.browser import DESKTOP, NEEDS_CHROMIUM, PHONE, chromium, emulate, resize

pytestmark = [pytest.mark.window, NEEDS_CHROMIUM]
COLOUR = "return getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = progress(SESSIONS, since=None, today=TODAY)
    return write_progress(found, DECIDED, tmp_path_factory.mktemp("progress"))


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    with chromium() as driver:
        yield driver


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_loads_without_a_word_and_fits(
    browser: webdriver.Chrome, page: Path, size: tuple[int, int], scheme: str
) -> None:
    resize(browser, size)
    emulate(browser, scheme=scheme)
    browser.get(page.as_uri())
    asked = browser.execute_script("return document.querySelectorAll('.plot').length")
    until_s = time.monotonic() + 20.0
    drawn = 0
    while drawn < asked and time.monotonic() < until_s:
        drawn = browser.execute_script(
            "return [...document.querySelectorAll('.plot')]"
            ".filter((plot) => plot.querySelector('.main-svg')).length"
        )
    assert drawn == asked > 3
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert browser.execute_script("return document.documentElement.scrollWidth") == size[0]
    dark = browser.execute_script(COLOUR) == "rgb(18, 23, 29)"
    assert dark is (scheme == "dark")


def test_the_bars_are_as_high_as_the_counts(browser: webdriver.Chrome, page: Path) -> None:
    resize(browser, DESKTOP)
    emulate(browser)
    browser.get(page.as_uri())
    time.sleep(1.0)
    heights = browser.execute_script(
        "return [...document.querySelectorAll('#weeks .trace.bars')[0].querySelectorAll('path')]"
        ".map((path) => path.getBBox().height)"
    )
    assert heights[1] / heights[0] == pytest.approx(62 / 18, rel=0.05)
