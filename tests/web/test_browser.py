"""The pages in a real browser: keyboard alone, every name, and the counts of `analyze`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from formcheck.analysis.analyze import analyze
from formcheck.history.store import History
from tests.web.fake_camera import (
    by_test_id,
    camera_browser,
    camera_film,
    choose,
    ready,
    text,
    train,
    until,
)
from tests.web.live_server import LiveServer, live_server
from tests.window.browser import DESKTOP, NEEDS_CHROMIUM, PHONE, emulate, resize

pytestmark = NEEDS_CHROMIUM
SAMPLES = Path(__file__).parents[2] / "sample_videos"
CLIPS = (
    ("standing-side-lean-back", "standing-hip-flexion"),
    ("supine-marching-back-arch", "supine-marching"),
    ("standing-front-lateral-lean", "standing-hip-flexion"),
    ("front-support-hip-flexion-clean", "front-support-hip-flexion"),
)


def link(server: LiveServer) -> str:
    return f"{server.address}/#token={server.token}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with live_server(tmp_path_factory.mktemp("served")) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    with camera_browser() as driver:
        yield driver


def complaints(driver: webdriver.Chrome) -> list[Any]:
    """Returns what the browser complained about since the last call."""
    said = driver.get_log("browser")  # type: ignore[no-untyped-call]
    return [entry for entry in said if entry["level"] in ("SEVERE", "WARNING")]


def violations(driver: webdriver.Chrome) -> list[str]:
    axe = pytest.importorskip("axe_core_python.selenium").Axe()
    found = axe.run(driver)["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


PAGES = ("/", "/plan", "/history", "/watch")


def test_every_page_fits_and_names_everything(
    server: LiveServer, browser: webdriver.Chrome
) -> None:
    ready(browser, link(server))
    assert "token" not in browser.current_url
    for page in PAGES:
        browser.get(server.address + page)
        until(lambda: browser.execute_script("return document.readyState") == "complete")
        time.sleep(0.2)
        for size, scheme in ((PHONE, "light"), (DESKTOP, "dark")):
            resize(browser, size)
            emulate(browser, scheme=scheme)
            wide = browser.execute_script("return document.documentElement.scrollWidth")
            assert wide <= size[0], f"{page} is {wide} px wide"
            assert violations(browser) == [], page
    assert complaints(browser) == []


def test_a_browser_without_the_link_is_told_what_to_do(server: LiveServer) -> None:
    with camera_browser() as stranger:
        stranger.get(server.address)
        until(lambda: stranger.find_element(By.ID, "said").is_displayed())
        assert "link" in stranger.find_element(By.ID, "said").text


def test_a_run_by_keyboard_alone(server: LiveServer, browser: webdriver.Chrome) -> None:
    ready(browser, link(server))
    resize(browser, DESKTOP)
    choose(browser, "standing-hip-flexion", sets=1, reps=5)
    by_test_id(browser, "reps").send_keys(Keys.ENTER)
    until(lambda: text(browser, "stage").startswith("Placement"))
    body = browser.find_element(By.TAG_NAME, "body")
    browser.execute_script("document.activeElement.blur()")
    body.send_keys(" ")
    until(lambda: "Paused" in browser.find_element(By.CLASS_NAME, "banner").text)
    body.send_keys(" ")
    until(lambda: "Paused" not in browser.find_element(By.CLASS_NAME, "banner").text)
    assert violations(browser) == []
    body.send_keys("q")
    until(lambda: text(browser, "stage") == "Summary")
    assert "no repetition" in text(browser, "summary").lower()
    assert violations(browser) == []
    browser.find_element(By.CSS_SELECTOR, ".card .primary").send_keys(Keys.ENTER)
    until(lambda: by_test_id(browser, "start").is_displayed())
    assert complaints(browser) == []


REFUSED = """
window.WebSocket = class extends EventTarget {
  constructor() { super(); setTimeout(() => this.onclose?.(), 0); }
  close() {}
};
"""


def test_where_the_socket_is_refused_frames_go_by_requests(server: LiveServer) -> None:
    with camera_browser() as phone:
        phone.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": REFUSED})
        ready(phone, link(server))
        choose(phone, "standing-hip-flexion", sets=1, reps=5)
        by_test_id(phone, "start").click()
        until(lambda: phone.execute_script("return formcheckTimings.length") > 5)
        by_test_id(phone, "stop").click()
        until(lambda: text(phone, "stage") == "Summary")


@pytest.mark.slow
@pytest.mark.parametrize(("clip", "exercise"), CLIPS, ids=[clip for clip, _ in CLIPS])
def test_a_film_as_the_camera_counts_as_analyze_does(
    tmp_path: Path, clip: str, exercise: str
) -> None:
    video = SAMPLES / f"{clip}.mp4"
    known = [(rep.side, rep.verdict) for rep in analyze(video, exercise).reps]
    with (
        live_server(tmp_path / "data") as own,
        camera_browser(camera_film(video, tmp_path)) as page,
    ):
        ready(page, link(own))
        time.sleep(3.0)  # the model is loaded ahead
        train(page, video, exercise)
        clean = {side: int(text(page, f"count-{side}") or 0) for side in ("left", "right", "both")}
        assert complaints(page) == []
    with History(tmp_path / "data") as history:
        (session,) = history.sessions()
    assert [(rep.side, rep.verdict) for rep in session.reps] == known
    for side in {side for side, _ in known}:
        counted = [verdict.value for s, verdict in known if s is side].count("clean")
        assert clean[side.value] == counted


@pytest.mark.slow
def test_recordings_and_their_sessions_fit_and_name_everything(tmp_path: Path) -> None:
    note = tmp_path / "no film.txt"
    note.write_text("This is no film.")
    film = SAMPLES / "standing-side-lean-back.mp4"
    with live_server(tmp_path / "data") as own, camera_browser() as page:
        ready(page, link(own))
        by_test_id(page, "upload").send_keys(f"{note}\n{film}")
        until(lambda: page.find_elements(By.CSS_SELECTOR, "[data-testid='report-link']"), 120)
        until(lambda: page.find_elements(By.CSS_SELECTOR, "[data-stage='failed']"), 30)
        assert "2 clean of 4" in text(page, "upload-status")
        for size in (PHONE, DESKTOP):
            resize(page, size)
            assert page.execute_script("return document.documentElement.scrollWidth") <= size[0]
            assert violations(page) == []
        page.find_element(By.CSS_SELECTOR, "[data-act^='keep']").click()
        until(lambda: "In the history" in page.find_element(By.CLASS_NAME, "recordings").text)
        report = str(by_test_id(page, "report-link").get_attribute("href"))
        page.get(report)
        until(lambda: "Standing hip flexion" in page.title)
        page.get(f"{own.address}/history#1")
        until(lambda: page.find_element(By.ID, "session").is_displayed())
        for size in (PHONE, DESKTOP):
            resize(page, size)
            assert page.execute_script("return document.documentElement.scrollWidth") <= size[0]
            assert violations(page) == []
        page.find_element(By.XPATH, "//button[.='Delete']").click()
        page.find_element(By.XPATH, "//button[.='Delete for good']").click()
        until(lambda: page.find_element(By.ID, "none").is_displayed())
        assert complaints(page) == []


@pytest.mark.slow
def test_a_second_screen_shows_the_run(tmp_path: Path) -> None:
    video = SAMPLES / "standing-side-lean-back.mp4"
    with (
        live_server(tmp_path / "data") as own,
        camera_browser(camera_film(video, tmp_path)) as phone,
        camera_browser() as screen,
    ):
        ready(screen, link(own))
        screen.get(f"{own.address}/watch")
        ready(phone, link(own))
        choose(phone, "standing-hip-flexion", sets=1, reps=1)
        phone.execute_script("document.getElementById('side').value = 'left'")
        by_test_id(phone, "start").click()
        until(lambda: text(screen, "stage").startswith("Set"), 60)
        until(lambda: text(screen, "stage") == "Summary", 60)
        assert text(screen, "count-left") == "1"
        assert "1 clean of 1" in text(screen, "summary")
        assert complaints(screen) == []
        drawn = screen.execute_script(
            "const c = document.querySelector('canvas'); return [c.width, c.height]"
        )
        assert drawn == [640, 480]
