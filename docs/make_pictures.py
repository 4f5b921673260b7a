"""Make the README's pictures of a live run from a drawn clip: python docs/make_pictures.py."""

from __future__ import annotations

from pathlib import Path

import cv2
from PIL import Image
from stages import SAMPLES, WIDE, pictures, run

from formcheck.core.coaching.settings import RunSettings
from formcheck.core.pose.frame import Image as Picture
from formcheck.core.pose.pose import Side
from formcheck.exercises import get_exercise
from formcheck.overlay import Overlay

PICTURES = Path(__file__).resolve().parent / "pages" / "pictures"
SAMPLE = SAMPLES / "standing-side-lean-back.mp4"
SLUG = "standing-hip-flexion"
FROM_S, TO_S, EVERY, SIZE = 2.2, 10.8, 3, (640, 360)
SHOWN = (
    "1-placement", "2-countdown", "3-rise", "4-hold", "5-near", "6-fault", "8-rest", "9-summary",
)  # fmt: skip
SETTINGS = RunSettings(sets=2, reps=2, rest_s=60.0, side=Side.LEFT)


def small(picture: Picture, size: tuple[int, int]) -> Image.Image:
    """Returns a picture for a page."""
    scaled = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return Image.fromarray(cv2.cvtColor(scaled, cv2.COLOR_BGR2RGB))


def moving() -> list[Image.Image]:
    """Returns the live view of the sample, a rejected repetition in it."""
    overlay, shown = Overlay(get_exercise(SLUG)), []
    for index, each in enumerate(run(SAMPLE, SLUG, WIDE, SETTINGS)):
        drawn = overlay.draw(each.image, each.pose, each.report, mirrored=False, state=each.state)
        if FROM_S <= each.report.time_s <= TO_S and index % EVERY == 0:
            shown.append(small(drawn, SIZE))
    return shown


def sheet() -> Image.Image:
    """Returns the stages of a run, two rows of four."""
    found = pictures(SAMPLE, SLUG, WIDE, SETTINGS)
    width, height = 480, 270
    page = Image.new("RGB", (4 * width + 18, 2 * height + 6), "white")
    for place, name in enumerate(SHOWN):
        row, column = divmod(place, 4)
        page.paste(small(found[name], (width, height)), (column * (width + 6), row * (height + 6)))
    return page


def main() -> None:
    """Writes `live.webp` and `stages.webp`."""
    sheet().save(PICTURES / "stages.webp", quality=80)
    first, *rest = moving()
    first.save(
        PICTURES / "live.webp", save_all=True, append_images=rest, duration=EVERY * 1000 // 30,
        loop=0, quality=55,
    )  # fmt: skip
    for name in ("stages.webp", "live.webp"):
        print(f"{name}: {(PICTURES / name).stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
