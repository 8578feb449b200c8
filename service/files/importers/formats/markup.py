"""HTML tables, such as an office's portal saves under the name of a spreadsheet: their rows, merged cells filled."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from service.files.importers import limits
from service.files.importers.formats.grids import Cell, Grid
from service.files.importers.refusal import Refusal

_CELLS = ("td", "th")
_BREAKS = ("br", "p", "div", "li")


def tables(text: str) -> list[Grid]:
    """Every table of a page, named by its number; raises Refusal when there is none."""
    reader = _TableReader()
    reader.feed(text)
    reader.close()
    if not reader.tables:
        raise Refusal("html_without_table")
    return [
        Grid(f"table {number}", _numbered(rows), notes=[("html_table", None, "", "")])
        for number, rows in enumerate(reader.tables, 1)
    ]


def _numbered(rows: list[list[Cell]]) -> Iterator[tuple[int, list[Cell]]]:
    return ((line, cells) for line, cells in enumerate(rows, 1) if any(cell not in ("", None) for cell in cells))


class _TableReader(HTMLParser):
    """Collects the tables; a table inside another's cell counts as that cell's text."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[Cell]]] = []
        self._depth = self._hidden = self._filled = 0
        self._texts: list[str] | None = None
        self._spans = (1, 1)
        self._waiting: dict[tuple[int, int], Cell] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, row or cell begins."""
        about = dict(attrs)
        # Texts of scripts are data to the parser, too, and would stand in the cell.
        self._hidden += tag in ("script", "style")
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._waiting = {}
        elif self._depth == 1 and tag == "tr":
            self._end_row()
            self.tables[-1].append([])
            if len(self.tables[-1]) > limits.MOST_ROWS + limits.ROWS_ABOVE:
                raise Refusal("too_many_rows", limit=limits.MOST_ROWS)
        elif self._depth == 1 and tag in _CELLS and self.tables[-1]:
            self._end_cell()
            self._spans = (_span(about.get("rowspan")), _span(about.get("colspan")))
            self._texts = []
        elif tag in _BREAKS and self._texts is not None:
            self._texts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A table or cell ends."""
        self._hidden -= tag in ("script", "style") and self._hidden > 0
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._end_row()
            self._depth -= 1
        elif self._depth == 1 and tag in _CELLS:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Text, where it is shown inside a cell."""
        if self._texts is not None and not self._hidden:
            self._texts.append(data)

    def _end_cell(self) -> None:
        """Put the cell into its row, behind those that reach down from rows above."""
        if self._texts is None:
            return
        lines = (" ".join(line.split()) for line in "".join(self._texts).split("\n"))
        value, self._texts = "\n".join(line for line in lines if line), None
        rows, columns = self._spans
        line, cells = len(self.tables[-1]), self.tables[-1][-1]
        self._reach_down(line, cells)
        first = len(cells)
        cells += [value] + [{"merged": value} if value else None] * (columns - 1)
        for below in range(1, rows):
            for at in range(columns):
                self._waiting[line + below, first + at] = value if at == 0 else {"merged": value}
        self._filled += rows * columns
        if self._filled > limits.MOST_CELLS or len(cells) > limits.MOST_COLUMNS:
            raise Refusal("too_many_cells", limit=limits.MOST_CELLS)

    def _end_row(self) -> None:
        self._end_cell()
        if self.tables[-1]:
            self._reach_down(len(self.tables[-1]), self.tables[-1][-1])

    def _reach_down(self, line: int, cells: list[Cell]) -> None:
        # A rowspan from above fills this place; the row's own cells move to the right.
        while (line, len(cells)) in self._waiting:
            cells.append(self._waiting.pop((line, len(cells))))


def _span(text: str | None) -> int:
    # Browsers cut spans as well; one of 65,534 in a short page would make millions of cells.
    return min(max(int(text), 1), 200) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1
