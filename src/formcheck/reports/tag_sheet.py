"""The sheet with the pelvis tag, to print: the tag, a rule to check it by, and how to wear it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.errors import UsageError
from formcheck.files.writing import write_bytes
from formcheck.sensors.marker import FAMILY, FIELDS, NUMBER

if TYPE_CHECKING:
    from fpdf import FPDF

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Width and height of the papers, in millimetres."""
USUAL_CM, LEAST_CM, MOST_CM = 9.0, 4.0, 14.0
"""Side of the black square. 9 cm at 3 m are 17 pixels of a 640x480 picture, 30 of a 1280x720 one;
a smaller one suits children and near cameras."""
EDGE_MM, TOP_MM, WORN_MM, RULE_MM = 15.0, 38.0, 102.0, 100.0
GREY, INK = 150, 20
SEAM_MM = 0.02
"""By how much white fields overlap, so that no viewer draws a seam between them."""

TITLE = "Pelvis tag"
LEAD = (
    "Worn on the pelvis it shows formcheck what no camera sees by itself: tipping the pelvis,"
    " hiking and dropping the hip."
)
CHECK = "This line is 10 cm long. If it is not, print again at 100 % (actual size)."
STEPS = (
    "Cut along the marks: the white rim is a part of the tag. Glue it on stiff card, it must stay"
    " flat.",
    "Tape it to the skin or to a close waistband, over the bony rim of the pelvis: as drawn, facing"
    " the camera.",
    "From the side: on the hip that faces the camera, arms across the chest; lying, an arm may stay"
    " at the side if it leaves the tag free. From behind: low on the back, in the middle.",
    "Stand or lie still for two seconds at the start: that is the neutral it is measured from.",
    "What spoils it: a loose shirt over it, cloth that slides, a bent card, a hand or the lifted"
    " thigh in front of it, a second tag in view.",
)
WORN = ("from the side", "lying, from the side", "from behind")


def fields() -> list[list[bool]]:
    """Returns the printed tag's fields, row by row, black rim included; True is white."""
    import cv2

    family = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, FAMILY))
    printed = cv2.aruco.generateImageMarker(family, NUMBER, FIELDS + 2, borderBits=1)
    found: list[list[bool]] = (printed > 127).tolist()
    return found


def write_tag_sheet(path: Path, *, paper: str = "a4", size_cm: float = USUAL_CM) -> None:
    """Writes the sheet as PDF.

    Parameters
    ----------
    path : Path
        The file; an `OutputError` says why it can't be written.
    paper : str
        One of `PAPERS`.
    size_cm : float
        Side of the tag's black square, from `LEAST_CM` to `MOST_CM`.

    Raises
    ------
    UsageError
        There is no such paper, or the tag would be too small to read or too large for the paper.
    """
    if paper not in PAPERS:
        raise UsageError(f"There is no paper '{paper}': choose {' or '.join(PAPERS)}.")
    if not LEAST_CM <= size_cm <= MOST_CM:
        raise UsageError(
            f"A tag of {size_cm:g} cm is not to be: {LEAST_CM:g} to {MOST_CM:g} cm are."
        )
    from fpdf import FPDF

    width, height = PAPERS[paper]
    pdf = FPDF(unit="mm", format=(width, height))
    pdf.set_title(TITLE)
    pdf.set_auto_page_break(False)
    pdf.add_page()
    pdf.set_text_color(INK)
    _text(pdf, TITLE, EDGE_MM, 12.0, width, size=20, bold=True)
    _text(pdf, LEAD, EDGE_MM, 21.0, width, size=10)
    card_mm = 10.0 * size_cm * (FIELDS + 4) / (FIELDS + 2)
    below = _tag(pdf, (width - card_mm) / 2, 10.0 * size_cm)
    below = _rule(pdf, (width - RULE_MM) / 2, below + 6.0, width)
    if below + WORN_MM > height - 6.0:
        pdf.add_page()
        below = EDGE_MM
    _how_to_wear(pdf, below, width)
    write_bytes(path, bytes(pdf.output()))


def _text(
    pdf: FPDF, words: str, x: float, y: float, width: float, *, size: int, bold: bool = False
) -> float:
    """Writes a paragraph up to the right margin; returns where it ends."""
    pdf.set_font("helvetica", style="B" if bold else "", size=size)
    pdf.set_xy(x, y)
    pdf.multi_cell(w=width - EDGE_MM - x, h=0.46 * size, text=words, align="L")
    return float(pdf.get_y())


def _tag(pdf: FPDF, left: float, size_mm: float) -> float:
    """Draws the tag with its white rim and marks to cut along; returns where the card ends."""
    field = size_mm / (FIELDS + 2)
    card = size_mm + 2 * field
    pdf.set_draw_color(GREY)
    pdf.set_line_width(0.2)
    for x in (left, left + card):
        for y in (TOP_MM, TOP_MM + card):
            outward_x = -1.0 if x == left else 1.0
            outward_y = -1.0 if y == TOP_MM else 1.0
            pdf.line(x + 1.0 * outward_x, y, x + 6.0 * outward_x, y)
            pdf.line(x, y + 1.0 * outward_y, x, y + 6.0 * outward_y)
    pdf.set_fill_color(0)
    pdf.rect(left + field, TOP_MM + field, size_mm, size_mm, style="F")
    pdf.set_fill_color(255)
    for row, tones in enumerate(fields()):
        for column, white in enumerate(tones):
            if white:
                x, y = left + (column + 1) * field, TOP_MM + (row + 1) * field
                pdf.rect(x, y, field + SEAM_MM, field + SEAM_MM, style="F")
    return TOP_MM + card


def _rule(pdf: FPDF, left: float, top: float, width: float) -> float:
    """Draws the rule of 10 cm with a tick each centimetre; returns where its words end."""
    pdf.set_draw_color(INK)
    pdf.set_line_width(0.3)
    pdf.line(left, top, left + RULE_MM, top)
    for tick in range(11):
        x = left + 10.0 * tick
        pdf.line(x, top, x, top + (3.0 if tick % 5 == 0 else 1.8))
    return _text(pdf, CHECK, left, top + 4.0, width, size=9)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A person drawn of limbs: pairs of points, the head's middle, the tag's middle and turn."""

    limbs: Sequence[tuple[tuple[float, float], tuple[float, float]]]
    head: tuple[float, float]
    tag: tuple[float, float]


_SIDE = _Figure(
    limbs=(
        ((20, 13), (20, 29)), ((20, 29), (19, 42)), ((19, 42), (19, 55)), ((19, 55), (23, 55)),
        ((20, 29), (32, 29)), ((32, 29), (32, 42)), ((32, 42), (36, 42)),
        ((20, 15), (25, 19)), ((25, 19), (21, 20)),
    ),
    head=(21, 8), tag=(20, 27),
)  # fmt: skip
_LYING = _Figure(
    limbs=(
        ((10, 50), (28, 50)), ((28, 50), (38, 38)), ((38, 38), (43, 52)), ((43, 52), (46, 50)),
        ((28, 50), (28, 36)), ((28, 36), (39, 34)), ((11, 50), (17, 53)), ((17, 53), (24, 53)),
    ),
    head=(5, 49), tag=(26, 49),
)  # fmt: skip
_BEHIND = _Figure(
    limbs=(
        ((16, 14), (28, 14)), ((16, 14), (19, 29)), ((28, 14), (25, 29)), ((19, 29), (25, 29)),
        ((19, 29), (19, 42)), ((19, 42), (19, 55)), ((25, 29), (26, 42)), ((26, 42), (26, 55)),
        ((16, 14), (14, 21)), ((28, 14), (30, 21)),
    ),
    head=(22, 8), tag=(22, 26),
)  # fmt: skip


def _how_to_wear(pdf: FPDF, top: float, width: float) -> None:
    """Draws three people who wear the tag, and writes the steps below them."""
    share = (width - 2 * EDGE_MM) / 3
    for number, figure in enumerate((_SIDE, _LYING, _BEHIND)):
        left = EDGE_MM + number * share + (share - 44.0) / 2
        _person(pdf, figure, left, top)
        _text(pdf, WORN[number], left + 10.0, top + 59.0, width, size=9)
    y = top + 66.0
    for number, step in enumerate(STEPS, 1):
        _text(pdf, f"{number}.", EDGE_MM, y, width, size=9, bold=True)
        y = _text(pdf, step, EDGE_MM + 6.0, y, width, size=9) + 1.0


def _person(pdf: FPDF, figure: _Figure, left: float, top: float) -> None:
    """Draws one figure, grey, with a black tag on it."""
    thick = 3.0

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return left + point[0], top + point[1]

    pdf.set_draw_color(GREY)
    pdf.set_fill_color(GREY)
    pdf.set_line_width(thick)
    for start, end in figure.limbs:
        (ax, ay), (bx, by) = at(start), at(end)
        pdf.line(ax, ay, bx, by)
        for x, y in ((ax, ay), (bx, by)):
            pdf.ellipse(x - thick / 2, y - thick / 2, thick, thick, style="F")
    x, y = at(figure.head)
    pdf.ellipse(x - 3.6, y - 3.6, 7.2, 7.2, style="F")
    x, y = at(figure.tag)
    for half, tone in ((3.4, 255), (2.6, 0), (1.0, 255)):
        pdf.set_fill_color(tone)
        pdf.rect(x - half, y - half, 2 * half, 2 * half, style="F")
