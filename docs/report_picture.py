"""Make the README's picture of a report from a drawn sample clip: python docs/report_picture.py.

Needs Chromium and its driver.
"""

from __future__ import annotations

import io
import tempfile
import time
from pathlib import Path

from PIL import Image
from tests.window.browser import chromium, resize

from formcheck.analysis.job import Job, run_job

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "sample_videos" / "standing-side-lean-back.mp4"
SIZE = (1280, 1000)
TARGET = HERE / "pages" / "pictures" / "report.webp"


def picture(page: Path) -> Image.Image:
    """Returns the page as a browser shows it, its video at a rejected repetition's worst moment."""
    with chromium() as browser:
        resize(browser, SIZE)
        browser.get(page.as_uri())
        browser.execute_script("document.querySelector('.still').click()")
        time.sleep(3.0)
        return Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")


def main() -> None:
    """Writes `report.webp`."""
    with tempfile.TemporaryDirectory() as folder:
        job = Job(
            path=SAMPLE,
            exercise="standing-hip-flexion",
            out=Path(folder),
            also=frozenset({"report"}),
        )
        run_job(job)
        shown = picture(Path(folder) / f"{SAMPLE.stem}.report" / "index.html")
    shown.save(TARGET, quality=75, method=6)
    print(f"{TARGET.name}: {TARGET.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
