"""Draw how the time that an analysis takes grows with length, count, frame rate and size.

python tests/benchmarks/throughput.py --save docs/speed.json   # measures, some minutes
python docs/make_speed_picture.py                              # draws what is in there
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIGURES, PICTURE = HERE / "speed.json", HERE / "pages" / "pictures" / "speed.svg"
COLOURS = {"plain loop": "#9aa5b1", "every frame": "#5b8fb9", "as it comes": "#1d6f42"}
GROUPS = (
    ("length", "30 s, 30 fps, 640x480", "120 s, 30 fps, 640x480"),
    ("count", "10 of 12 s, 30 fps, 640x480"),
    ("frame rate", "30 s, 60 fps, 640x480"),
    ("size", "20 s, 30 fps, 1280x720", "20 s, 60 fps, 1920x1080"),
)
"""What grows, and the cases of `throughput.py` that show it."""
HEAD_PX = 20
LABEL_PX, BAR_PX, ROW_PX, GAP_PX, END_PX = 220, 14, 16, 14, 60
WIDTH_PX = 760


def picture(figures: dict[str, dict[str, float]]) -> str:
    """Return the bars as SVG: a group for each set of recordings, a bar for each way."""
    longest_s = max(max(ways.values()) for ways in figures.values())
    scale = (WIDTH_PX - LABEL_PX - END_PX) / longest_s
    drawn, top = [], 30
    for number, (way, colour) in enumerate(COLOURS.items()):
        left = LABEL_PX + 130 * number
        drawn.append(f'<rect x="{left}" y="8" width="12" height="12" fill="{colour}"/>')
        drawn.append(f'<text x="{left + 17}" y="18">{escape(way)}</text>')
    for what, *labels in GROUPS:
        drawn.append(f'<text x="0" y="{top + 12}" font-weight="bold">{escape(what)}</text>')
        top += HEAD_PX
        for label in labels:
            drawn += _bars(label, figures[label], top, scale)
            top += ROW_PX * len(COLOURS) + GAP_PX
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX + 60} {top}" role="img"'
        ' font-family="sans-serif" font-size="12" fill="#1f2933">\n'
        "<title>Seconds to analyse recordings, from the start of Python on</title>\n"
        '<rect width="100%" height="100%" fill="#ffffff"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _bars(label: str, ways: dict[str, float], top: int, scale: float) -> list[str]:
    """Return a case's name and its three bars."""
    drawn = [f'<text x="0" y="{top + ROW_PX + 12}">{escape(label)}</text>']
    for way, colour in COLOURS.items():
        width = scale * ways[way]
        times = ways["plain loop"] / ways[way]
        told = f"{ways[way]:.0f} s" + (f", {times:.1f} times" if times != 1 else "")
        drawn.append(
            f'<rect x="{LABEL_PX}" y="{top}" width="{width:.1f}" height="{BAR_PX}"'
            f' fill="{colour}"/>'
        )
        drawn.append(f'<text x="{LABEL_PX + width + 5:.1f}" y="{top + 11}">{told}</text>')
        top += ROW_PX
    return drawn


def main() -> None:
    """Draw the picture."""
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    PICTURE.write_text(picture(figures), encoding="utf-8")
    print(PICTURE)


if __name__ == "__main__":
    main()
