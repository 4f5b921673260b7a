"""The report in a real browser: it loads, it follows, it prints, and it fits a phone."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from formcheck.analysis.analyze import Analysis, judge
from formcheck.analysis.annotated_video import reopened
from formcheck.analysis.outputs import ReportOutput, Results
from formcheck.analysis.read_request import ReadRequest
from formcheck.core.pose.frame import SourceInfo
from formcheck.exercises import get_exercise
from formcheck.files.pose_file import PoseRecording
from tests.stickman import SIZE, Lift, Stance, clip
from tests.window.browser import DESKTOP, NEEDS_CHROMIUM, PHONE, chromium, emulate, resize

pytestmark = [pytest.mark.window, NEEDS_CHROMIUM]

EXERCISE = get_exercise("standing-hip-flexion")
PICTURE = (320, 240)
FPS = 15.0


def analysis_of(lifts: list[Lift], start_s: float = 0.0) -> Analysis:
    shrink = np.array(PICTURE) / SIZE
    poses = tuple(
        replace(shown, image_px=shown.image_px * shrink, frame_size_px=PICTURE)
        for shown in clip(lifts, fps=FPS, start_s=start_s)
    )
    width, height = PICTURE
    length_s = len(poses) / FPS
    source = SourceInfo(
        path="a set.mp4",
        width=width,
        height=height,
        fps=FPS,
        frames=len(poses),
        duration_s=length_s,
    )
    return judge(PoseRecording(source=source, poses=poses), EXERCISE)


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analysis_of(
        [
            Lift(),
            Lift(side="right", at_top=Stance(lean=-18.0)),
            Lift(peak=62.0),
            Lift(side="right", hold_s=0.6),
        ]
    )


def write_report(analysis: Analysis, folder: Path) -> None:
    pictures = partial(reopened, ReadRequest(path=folder.parent / "set.npz"), analysis.recording)
    results = Results(analysis=analysis, exercise=EXERCISE, pictures=pictures)
    ReportOutput(folder).finish(results)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, analysis: Analysis) -> Path:
    # A name that an address must quote.
    folder = tmp_path_factory.mktemp("reports") / "a set #1.report"
    write_report(analysis, folder)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    with chromium() as driver:
        yield driver


@pytest.fixture
def page(browser: webdriver.Chrome, folder: Path) -> webdriver.Chrome:
    resize(browser, DESKTOP)
    emulate(browser)
    browser.get((folder / "index.html").as_uri())
    until(lambda: browser.execute_script("return document.getElementById('video').readyState >= 2"))
    return browser


def until(true: Callable[[], object], limit_s: float = 15.0) -> None:
    end_s = time.monotonic() + limit_s
    while not true():
        assert time.monotonic() < end_s, "it never came about"
        time.sleep(0.05)


def video_s(page: webdriver.Chrome) -> float:
    return float(page.execute_script("return document.getElementById('video').currentTime"))


def console(driver: webdriver.Chrome) -> list[object]:
    """Return what pages have said since the last call."""
    said: list[object] = driver.get_log("browser")  # type: ignore[no-untyped-call]
    return said


def press(page: webdriver.Chrome, button: str) -> None:
    page.execute_script(f"document.getElementById('{button}').click()")


def settled(page: webdriver.Chrome, time_s: float, within: float = 0.02) -> bool:
    seeking = page.execute_script("return document.getElementById('video').seeking")
    return not seeking and abs(video_s(page) - time_s) < within


def cursors(page: webdriver.Chrome) -> list[float]:
    """Return where in each plot over time the cursor stands, in seconds, as it is drawn."""
    return [
        float(found)
        for found in page.execute_script(
            "return [...document.querySelectorAll('.plot.timed')].map((p) =>"
            " formcheck.plots.valueAt(p, p.querySelector('.cursor').offsetLeft + 1))"
        )
    ]


def test_it_loads_whole_and_without_a_word_on_the_console(
    page: webdriver.Chrome, analysis: Analysis
) -> None:
    assert console(page) == []
    loaded = page.execute_script(
        "return [...document.images].map((i) => i.complete && i.naturalWidth > 0)"
    )
    assert loaded == [True, True]
    plots = page.execute_script("return document.querySelectorAll('.plot .main-svg').length")
    assert plots >= 6
    length_s = page.execute_script("return document.getElementById('video').duration")
    assert length_s == pytest.approx(analysis.recording.source.duration_s, abs=0.01)


def test_choosing_a_repetition_takes_the_video_there(
    page: webdriver.Chrome, analysis: Analysis
) -> None:
    for rep in (analysis.session.reps[2], analysis.session.reps[0]):
        page.find_element(By.CSS_SELECTOR, f".go[data-rep='{rep.number}']").click()
        until(partial(settled, page, rep.start_s))
        current = page.find_elements(By.CSS_SELECTOR, ".rep-row[aria-current]")
        assert [row.get_attribute("data-rep") for row in current] == [str(rep.number)]
    strip = page.find_element(By.CSS_SELECTOR, ".strip button[data-rep='2']")
    strip.click()
    until(lambda: settled(page, analysis.session.reps[1].start_s))


def test_choosing_a_still_takes_the_video_to_its_moment(
    page: webdriver.Chrome, analysis: Analysis
) -> None:
    worst_s = analysis.session.reps[1].faults[0].at_s
    still = page.find_element(By.CSS_SELECTOR, ".still")
    page.execute_script("arguments[0].click()", still)
    until(lambda: settled(page, worst_s, 0.03))


def test_the_plots_cursors_follow_the_video(page: webdriver.Chrome) -> None:
    for place_s in (3.3, 11.0):
        page.execute_script(f"document.getElementById('video').currentTime = {place_s}")
        until(partial(settled, page, place_s))
        until(partial(_cursors_at, page, place_s))
        assert page.find_element(By.ID, "clock").text == f"{place_s:.2f} s"


def _cursors_at(page: webdriver.Chrome, time_s: float) -> bool:
    return max(abs(cursor - time_s) for cursor in cursors(page)) < 0.15


def test_playing_moves_the_cursors(page: webdriver.Chrome) -> None:
    before = cursors(page)
    page.find_element(By.ID, "play").click()
    until(lambda: video_s(page) > 0.8)
    assert page.find_element(By.ID, "play").get_attribute("aria-label") == "Pause"
    page.find_element(By.ID, "play").click()
    until(lambda: min(np.subtract(cursors(page), before)) > 0.5)


def test_drawing_across_a_plot_moves_the_video(page: webdriver.Chrome) -> None:
    plot = page.find_elements(By.CSS_SELECTOR, ".plot.timed")[1]
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", plot)
    width = plot.size["width"]

    def time_at(offset: float) -> float:
        return float(
            page.execute_script(
                "return formcheck.plots.valueAt(arguments[0], arguments[1])",
                plot, width / 2 + offset,
            )
        )  # fmt: skip

    actions = webdriver.ActionChains(page)
    actions.move_to_element(plot).click_and_hold().perform()
    until(lambda: settled(page, time_at(0), 0.1))
    actions = webdriver.ActionChains(page)
    actions.move_by_offset(90, 0).release().perform()
    until(lambda: settled(page, time_at(90), 0.1))
    assert time_at(90) - time_at(0) > 0.5


def test_zooming_to_a_repetition_and_back(page: webdriver.Chrome, analysis: Analysis) -> None:
    rep = analysis.session.reps[1]
    page.find_element(By.CSS_SELECTOR, f".go[data-rep='{rep.number}']").click()
    until(lambda: settled(page, rep.start_s))
    shown = "return document.querySelector('.plot.timed').layout.xaxis.range"
    page.execute_script("document.querySelector('[data-zoom=rep]').click()")
    low, high = page.execute_script(shown)
    assert low < rep.start_s < rep.end_s < high
    assert high - low < 2 * (rep.end_s - rep.start_s)
    page.execute_script("document.querySelector('[data-zoom=all]').click()")
    low, high = page.execute_script(shown)
    assert (low, high) == (0.0, pytest.approx(analysis.recording.source.duration_s, abs=0.01))


def test_the_keyboard_alone_is_enough(page: webdriver.Chrome, analysis: Analysis) -> None:
    page.find_element(By.CSS_SELECTOR, "body").send_keys(Keys.TAB)
    assert page.switch_to.active_element.text == "Skip to the content"
    reached = []
    for _ in range(40):
        page.switch_to.active_element.send_keys(Keys.TAB)
        element = page.switch_to.active_element
        reached.append(element.get_attribute("id") or element.get_attribute("class"))
        if element.get_attribute("class") == "go" and element.get_attribute("data-rep") == "2":
            outline = element.value_of_css_property("outline-style")
            assert outline != "none", "what has the focus must show it"
            element.send_keys(Keys.ENTER)
            break
    until(lambda: settled(page, analysis.session.reps[1].start_s))
    assert {"play", "time", "previous", "next"} <= set(reached)
    slider = page.find_element(By.ID, "time")
    slider.send_keys(Keys.HOME)
    until(lambda: settled(page, 0.0))
    assert slider.get_attribute("aria-valuetext") == "0.00 seconds"


def test_stepping_goes_picture_by_picture(page: webdriver.Chrome) -> None:
    press(page, "forth")
    until(lambda: settled(page, 1 / FPS))
    press(page, "forth")
    until(lambda: settled(page, 2 / FPS))
    press(page, "back")
    until(lambda: settled(page, 1 / FPS))


@pytest.mark.parametrize("width", [320, PHONE[0], 768, DESKTOP[0]])
def test_nothing_sticks_out_sideways(page: webdriver.Chrome, width: int) -> None:
    resize(page, (width, 844))
    until(lambda: page.execute_script("return innerWidth") == width)
    time.sleep(0.3)
    assert page.execute_script("return document.documentElement.scrollWidth") == width
    out = page.execute_script(
        "return [...document.querySelectorAll('main *')].filter((e) => !e.closest('.scroll, svg')"
        " && !e.closest('.hidden') && e.getBoundingClientRect().right > innerWidth + 1"
        " && getComputedStyle(e).position !== 'absolute').map((e) => e.outerHTML.slice(0, 80))"
    )
    assert out == []


def test_dark_and_light_reach_the_plots(page: webdriver.Chrome) -> None:
    colour = "return document.querySelector('.plot .xtick text').style.fill"
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = page.execute_script(colour), page.execute_script(ground)
    emulate(page, scheme="dark")
    until(lambda: page.execute_script(colour) != light[0])
    assert page.execute_script(ground) != light[1]
    emulate(page, scheme="light")
    until(lambda: page.execute_script(colour) == light[0])


def test_it_prints(page: webdriver.Chrome) -> None:
    emulate(page, scheme="dark")
    printed = page.execute_cdp_cmd(
        "Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True}
    )
    data = base64.b64decode(printed["data"])
    assert data.startswith(b"%PDF")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", data)) <= 8
    emulate(page, medium="print")
    until(
        lambda: (
            max(
                page.execute_script(
                    "return [...document.querySelectorAll('.plot.timed .main-svg')]"
                    ".map((e) => e.getBoundingClientRect().width)"
                )
            )
            <= 700
        )
    )
    assert not page.find_element(By.ID, "video").is_displayed()
    page.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert page.find_element(By.CSS_SELECTOR, ".limits").is_displayed()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_that_keeps_anyone_out(page: webdriver.Chrome, scheme: str) -> None:
    axe = pytest.importorskip("axe_core_python.selenium").Axe()
    emulate(page, scheme=scheme)
    violations = axe.run(page)["violations"]
    assert [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in violations] == []


def test_a_report_without_repetitions_loads_as_well(
    browser: webdriver.Chrome, tmp_path: Path
) -> None:
    empty = analysis_of([Lift(base=Stance(lean=60.0))])
    write_report(empty, tmp_path / "report")
    console(browser)  # What earlier pages said is theirs.
    browser.get((tmp_path / "report" / "index.html").as_uri())
    until(lambda: browser.execute_script("return document.getElementById('video').readyState >= 2"))
    assert console(browser) == []
    assert "No repetition seen" in browser.find_element(By.ID, "main").text


def test_a_part_of_a_recording_keeps_the_recordings_clock(
    browser: webdriver.Chrome, tmp_path: Path
) -> None:
    part = analysis_of([Lift()], start_s=40.0)
    write_report(part, tmp_path / "report")
    browser.get((tmp_path / "report" / "index.html").as_uri())
    until(lambda: browser.execute_script("return document.getElementById('video').readyState >= 2"))
    rep = part.session.reps[0]
    assert rep.start_s > 42.0
    browser.execute_script("document.querySelector('.go').click()")
    until(lambda: settled(browser, rep.start_s - 40.0))
    clock_s = float(browser.find_element(By.ID, "clock").text.removesuffix(" s"))
    assert clock_s == pytest.approx(rep.start_s, abs=0.011)
    assert max(abs(cursor - rep.start_s) for cursor in cursors(browser)) < 0.15
