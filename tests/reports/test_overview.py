"""The table over many recordings."""

from __future__ import annotations

import csv
from pathlib import Path

from formcheck.reports.overview import Entry, write_overview_csv


def test_a_name_is_no_formula_to_a_spreadsheet(tmp_path: Path) -> None:
    hostile = Entry(
        name="=cmd|x", path="@sum.mp4", exercise="auto", plain=None, error="It is empty."
    )
    write_overview_csv([hostile], tmp_path / "index.csv")
    with (tmp_path / "index.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["name"], row["video"], row["error"]) == ("'=cmd|x", "'@sum.mp4", "It is empty.")
    assert (row["clean"], row["view"]) == ("", "")
