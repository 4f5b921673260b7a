"""Make the docs' picture of `formcheck serve` before a drawn clip: python docs/browser_picture.py.

Needs Chromium and its driver.
"""

from __future__ import annotations

import io
import tempfile
import time
from pathlib import Path

from PIL import Image
from selenium.webdriver import Chrome
from tests.web.fake_camera import by_test_id, camera_browser, camera_film, choose, ready, until
from tests.web.live_server import live_server
from tests.window.browser import resize

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "sample_videos" / "standing-side-lean-back.mp4"
LAPTOP, PHONE = (1280, 800), (390, 800)
GAP, GROUND = 24, (200, 200, 196)
WARM_S = 3.0
TARGET = HERE / "pages" / "pictures" / "browser.webp"
FAULT = "return document.querySelector('.banner').dataset.kind === 'fault'"


def shown(browser: Chrome) -> Image.Image:
    """Returns what the browser shows."""
    return Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")


def pictures(folder: Path) -> list[Image.Image]:
    """Returns the form on a phone, and the moment at which a lift leans back on a laptop."""
    film = camera_film(SAMPLE, folder)
    with live_server(folder / "data") as server, camera_browser(film) as browser:
        resize(browser, PHONE)
        ready(browser, f"{server.address}/#token={server.token}")
        time.sleep(WARM_S)
        choose(browser, "standing-hip-flexion", sets=3, reps=8)
        browser.execute_script("document.activeElement.blur(); scrollTo(0, 0)")
        form = shown(browser)
        resize(browser, LAPTOP)
        by_test_id(browser, "start").click()
        until(lambda: browser.execute_script(FAULT))
        time.sleep(0.3)
        return [form, shown(browser)]


def main() -> None:
    """Writes `browser.webp`."""
    with tempfile.TemporaryDirectory() as folder:
        form, stage = pictures(Path(folder))
    both = Image.new("RGB", (form.width + GAP + stage.width, stage.height), GROUND)
    both.paste(form, (0, 0))
    both.paste(stage, (form.width + GAP, 0))
    both.save(TARGET, quality=75, method=6)
    print(f"{TARGET.name}: {TARGET.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
