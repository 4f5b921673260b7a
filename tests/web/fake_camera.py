"""Chromium with a film as its camera, and the page that trains before it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
from selenium import webdriver
from selenium.webdriver.common.by import By

from tests.window.browser import chromium


def camera_film(video: Path, folder: Path) -> Path:
    """Writes a video as Chromium plays it for a camera: again and again, at its own rate."""
    path = folder / f"{video.stem}.y4m"
    with av.open(str(video)) as film, path.open("wb") as file:
        stream = film.streams.video[0]
        rate = stream.average_rate
        assert rate is not None
        head = f"YUV4MPEG2 W{stream.width} H{stream.height} F{rate.numerator}:{rate.denominator}"
        file.write(f"{head} Ip A1:1 C420\n".encode())
        for frame in film.decode(stream):
            file.write(b"FRAME\n" + frame.reformat(format="yuv420p").to_ndarray().tobytes())
    return path


def length_s(video: Path) -> float:
    """Returns how long a video is."""
    with av.open(str(video)) as film:
        stream = film.streams.video[0]
        assert stream.duration is not None and stream.time_base is not None
        return float(stream.duration * stream.time_base)


@contextmanager
def camera_browser(film: Path | None = None) -> Iterator[webdriver.Chrome]:
    """Gives a browser that allows its camera, which shows a film."""
    more = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    if film is not None:
        more.append(f"--use-file-for-fake-video-capture={film}")
    with chromium(*more) as driver:
        yield driver


def by_test_id(driver: webdriver.Chrome, name: str) -> Any:
    return driver.find_element(By.CSS_SELECTOR, f"[data-testid='{name}']")


def text(driver: webdriver.Chrome, name: str) -> str:
    return str(by_test_id(driver, name).get_attribute("textContent"))


def choose(driver: webdriver.Chrome, exercise: str, **values: int) -> None:
    """Fills the form that trains."""
    driver.execute_script(
        "const select = document.getElementById('exercise'); select.value = arguments[0];"
        "select.dispatchEvent(new Event('change'));",
        exercise,
    )
    for name, value in values.items():
        field = by_test_id(driver, name)
        field.clear()
        field.send_keys(str(value))


def until(true: Any, limit_s: float = 30.0) -> Any:
    end_s = time.monotonic() + limit_s
    while not (found := true()):
        assert time.monotonic() < end_s, "it never came about"
        time.sleep(0.05)
    return found


def ready(driver: webdriver.Chrome, link: str) -> None:
    """Opens the page that trains, and waits until it knows the exercises and has the model."""
    driver.get(link)
    until(
        lambda: driver.execute_script("return document.querySelectorAll('#exercise option').length")
    )


def train(driver: webdriver.Chrome, video: Path, exercise: str) -> None:
    """Trains before one pass of a film, and ends."""
    choose(driver, exercise, sets=1, reps=100)
    by_test_id(driver, "start").click()
    until(lambda: driver.execute_script("return formcheckTimings.length"))
    time.sleep(length_s(video) + 0.4)
    by_test_id(driver, "stop").click()
    until(lambda: text(driver, "stage") == "Summary")


def timings(driver: webdriver.Chrome) -> list[tuple[float, float]]:
    """Returns capture to drawn, and the judging in it, in milliseconds for each frame."""
    return [tuple(pair) for pair in driver.execute_script("return formcheckTimings")]
