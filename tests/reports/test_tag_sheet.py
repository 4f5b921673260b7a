"""The sheet to print: the tag on it is found and has its size, on every paper."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from typer.testing import CliRunner

from formcheck.cli.main import app
from formcheck.core.pose.frame import Image
from formcheck.errors import OutputError, UsageError
from formcheck.reports.tag_sheet import PAPERS, fields, write_tag_sheet
from formcheck.sensors.marker import STRICT, find

DPI = 100


def pages(path: Path) -> list[Image]:
    """The sheet as a printer draws it."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.render(scale=DPI / 72).to_numpy()[..., :3].copy() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("size_cm", [4.0, 9.0, 14.0])
def test_the_printed_tag_is_found_upright_and_has_its_size(
    tmp_path: Path, paper: str, size_cm: float
) -> None:
    path = tmp_path / "new folder" / "tag.pdf"
    write_tag_sheet(path, paper=paper, size_cm=size_cm)
    first, *more = pages(path)
    height, width = first.shape[:2]
    assert (width, height) == pytest.approx([25.4**-1 * DPI * mm for mm in PAPERS[paper]], abs=2)
    size_px = size_cm / 2.54 * DPI
    middle = np.array([width / 2, height / 2])
    (found,) = find(first, middle, max(width, height) / 2, size_px, STRICT)
    assert found.size_px == pytest.approx(size_px, rel=0.02)
    assert found.read().turn_deg == pytest.approx(0.0, abs=0.3)
    assert len(more) == (size_cm == 14.0), "usual sizes take one page"


@pytest.mark.parametrize("paper", PAPERS)
def test_the_rule_is_ten_centimetres_long_and_the_white_rim_is_kept(
    tmp_path: Path, paper: str
) -> None:
    path = tmp_path / "tag.pdf"
    write_tag_sheet(path, paper=paper)
    page = pages(path)[0]
    dark = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY) < 128
    assert max(int(row.sum()) for row in dark) == pytest.approx(10.0 / 2.54 * DPI, abs=3)
    side = round(9.0 / 2.54 * DPI)
    top, *_, bottom = np.flatnonzero(np.abs(dark.sum(axis=1) - side) <= 2)
    left, *_, right = np.flatnonzero(dark[top + 5])
    rim = 9.0 / 8 / 2.54 * DPI
    outer = np.rint([top - rim + 3, bottom + rim - 2, left - rim + 3, right + rim - 2]).astype(int)
    inner = np.rint([top - 2, bottom + 3, left - 2, right + 3]).astype(int)
    dark[inner[0] : inner[1], inner[2] : inner[3]] = False
    assert not dark[outer[0] : outer[1], outer[2] : outer[3]].any()


def test_the_fields_are_a_black_rim_round_the_code() -> None:
    tones = np.array(fields())
    assert tones.shape == (8, 8)
    assert not np.concatenate([tones[0], tones[-1], tones[:, 0], tones[:, -1]]).any()
    assert 10 < tones.sum() < 26


@pytest.mark.parametrize(
    ("options", "words"), [({"size_cm": 2.0}, "4 to 14 cm"), ({"paper": "a5"}, "a4 or letter")]
)
def test_what_can_not_be_is_told(
    tmp_path: Path, options: dict[str, float | str], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        write_tag_sheet(tmp_path / "tag.pdf", **options)  # type: ignore[arg-type]
    with pytest.raises(OutputError):
        write_tag_sheet(tmp_path)


def test_the_command_writes_it_and_says_how_to_print(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    told = CliRunner().invoke(app, ["tag", "--out", str(path), "--size-cm", "7"])
    assert told.exit_code == 0
    assert "100 %" in told.stdout and len(pages(path)) == 1
