"""A table for a terminal that gives up its least important columns where there is no room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

FOLDED = 10
"""The least width of a column whose text may go over several lines."""
BETWEEN = 2
"""Spaces between two columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    title : str
        Its heading.
    right : bool
        Whether it is set to the right, as numbers are.
    folds : bool
        Whether a long text goes over several lines.
    short : str
        The heading where there is little room; empty for the same.
    """

    title: str
    right: bool = False
    folds: bool = False
    short: str = ""


class NarrowTable:
    """A table without lines, for rich to print.

    Where not all columns fit, the headings are shortened; then columns are left out.

    Parameters
    ----------
    columns : sequence of Column
        From left to right.
    expendable : sequence of str
        Titles of the columns that may be left out, the least important first.
    """

    def __init__(self, columns: Sequence[Column], *, expendable: Sequence[str] = ()) -> None:
        self._columns = columns
        self._expendable = expendable
        self._rows: list[tuple[str | Text, ...]] = []

    def add_row(self, *cells: str | Text) -> None:
        """Adds a row, with a cell for each column."""
        if len(cells) != len(self._columns):
            raise ValueError(f"{len(cells)} cells for {len(self._columns)} columns")
        self._rows.append(cells)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Gives the table with the columns that fit."""
        fitting: Mapping[int, str] = {}
        for fitting in self._choices():
            if self._width(fitting) <= options.max_width:
                break
        yield self._table(fitting)

    def _choices(self) -> Iterator[Mapping[int, str]]:
        """Gives the number and heading of each column shown, the widest choice first."""
        shown = {number: column.title for number, column in enumerate(self._columns)}
        yield shown
        shown = {number: self._columns[number].short or title for number, title in shown.items()}
        yield shown
        for title in self._expendable:
            shown = {n: head for n, head in shown.items() if self._columns[n].title != title}
            yield shown

    def _width(self, shown: Mapping[int, str]) -> int:
        widths = []
        for number, heading in shown.items():
            cells = [heading, *(str(row[number]) for row in self._rows)]
            widest = max(cell_len(cell) for cell in cells)
            widths.append(min(widest, FOLDED) if self._columns[number].folds else widest)
        return sum(widths) + BETWEEN * (len(widths) - 1)

    def _table(self, shown: Mapping[int, str]) -> Table:
        table = Table(box=None, pad_edge=False, header_style="dim")
        for number, heading in shown.items():
            column = self._columns[number]
            table.add_column(
                Text(heading),
                justify="right" if column.right else "left",
                no_wrap=not column.folds,
                overflow="fold",
            )
        for row in self._rows:
            table.add_row(
                *(Text(c) if isinstance(c, str) else c for c in map(row.__getitem__, shown))
            )
        return table
