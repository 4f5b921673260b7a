"""Tables on terminals of any width."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.text import Text

from formcheck.reports.narrow_table import Column, NarrowTable


def _shown(width: int) -> list[str]:
    table = NarrowTable(
        [
            Column(title="name", folds=True),
            Column(title="verdict", short="v"),
            Column(title="count", right=True),
            Column(title="[bold]", right=True),
        ],
        expendable=("[bold]", "verdict"),
    )
    table.add_row("a name of some length", Text("clean", style="green"), "12", "[red]7[/red]")
    out = io.StringIO()
    Console(file=out, width=width).print(table)
    return [line.rstrip() for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("width", "head"),
    [
        (80, ["name", "verdict", "count", "[bold]"]),
        (39, ["name", "v", "count", "[bold]"]),
        (30, ["name", "v", "count"]),
        (20, ["name", "count"]),
    ],
)
def test_what_fits_is_shown(width: int, head: list[str]) -> None:
    lines = _shown(width)
    assert lines[0].split() == head
    assert max(map(len, lines)) <= width
    assert "12" in lines[1]


def test_brackets_are_text() -> None:
    assert _shown(80)[1].endswith("[red]7[/red]")


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        NarrowTable([Column(title="one")]).add_row("a", "b")
