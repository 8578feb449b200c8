"""XLSX: every part is counted and looked through before the library that reads sheets may see the file."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from service.files.importers import limits
from service.files.importers.formats import archive, structure
from service.files.importers.formats.grids import LONGEST_NOTE, Cell, Grid, is_blank, letter
from service.files.importers.formats.structure import Place, Sheet, Workbook
from service.files.importers.refusal import Refusal


def sheets(raw: bytes) -> list[Grid]:
    """Every sheet of a workbook, rows as a person sees them; raises Refusal, the rows too."""
    opened = archive.opened(raw)
    looked = looked_through(raw, opened)
    book = _book(raw)
    parts = _parts(opened)
    grids = [
        _sheet(book, name, looked.sheets.get(parts.get(name, ("", False))[0], Sheet()), parts)
        for name in book.sheet_names
    ]
    for grid in grids if looked.beside else ():
        grid.notes.append(("beside_cells_left_out", None, "", str(looked.beside)))
    return grids


def looked_through(raw: bytes, opened: ZipFile) -> Workbook:
    """What every part of a workbook says beside its values, within the limits; raises Refusal."""
    names = {entry.filename for entry in opened.infolist()}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Refusal("file_unknown")
    looked = Workbook()
    for name, pieces in archive.parts(raw, opened):
        # Excel finds parts whatever their case, so a part must not escape the look by its case.
        if name.casefold().endswith((".xml", ".rels")):
            looked.take(name, pieces)
        else:
            for _ in pieces:
                pass  # counted on the way
    return looked


def _book(raw: bytes) -> Any:
    from python_calamine import CalamineWorkbook  # here, since only this kind of file needs it

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except MemoryError:
        raise
    except BaseException:  # whatever the library says of a file that it can't read, a panic among it
        raise Refusal("file_broken") from None


def _parts(opened: ZipFile) -> dict[str, tuple[str, bool]]:
    """Which part holds each sheet, by the workbook's own list, and whether the sheet is hidden."""
    links = _elements(opened, "xl/_rels/workbook.xml.rels")
    targets = {a.get("Id"): a.get("Target", "") for tag, a in links if tag == "Relationship"}
    sheet_parts = {}
    for tag, about in _elements(opened, "xl/workbook.xml"):
        if tag == "sheet":
            # The prefix of the namespace is the writing program's to choose.
            link = next((value for name, value in about.items() if name.endswith(":id")), None)
            part = "xl/" + targets.get(link, "").removeprefix("/xl/")
            sheet_parts[about.get("name", "")] = (part, about.get("state", "visible") != "visible")
    return sheet_parts


def _elements(opened: ZipFile, part: str) -> list[tuple[str, dict[str, str]]]:
    if part not in opened.namelist():
        return []
    elements: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: elements.append((tag.rpartition(":")[2], attributes))
    parser.Parse(opened.read(part), True)
    return elements


def _sheet(book: Any, name: str, about: Sheet, parts: dict[str, tuple[str, bool]]) -> Grid:
    grid = Grid(name, iter(()), parts.get(name, ("", False))[1])
    grid.rows = _rows(book, name, about, grid)  # read only when somebody asks for them
    return grid


def _rows(book: Any, name: str, about: Sheet, grid: Grid) -> Iterator[tuple[int, Sequence[Cell]]]:
    try:
        # Empty rows and columns stay, or places would no longer be those that a person sees.
        table: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except MemoryError:
        raise
    except BaseException:  # whatever the library says of a sheet that it can't read, a panic among it
        raise Refusal("file_broken") from None
    under = _under_merges(table, about.merges)
    if under:
        ranges = ", ".join(f"{_cell_name(first)}:{_cell_name(last)}" for first, last in about.merges)
        grid.notes.append(("merged_cells_filled", None, "", ranges[:LONGEST_NOTE]))
    hidden = [line for line in sorted(about.hidden_rows) if line <= len(table) and any(table[line - 1])]
    if hidden:
        grid.notes.append(("hidden_rows_read", hidden[0], "", str(len(hidden))))
    if about.struck_rows:
        grid.notes.append(("struck_rows_read", min(about.struck_rows), "", str(len(about.struck_rows))))
    columns = [at for first, last in about.hidden_columns for at in range(first, min(last, limits.MOST_COLUMNS) + 1)]
    if any(at <= len(row) and not is_blank(row[at - 1]) for at in columns for row in table):
        grid.notes.append(("hidden_columns_read", None, "", ", ".join(letter(at - 1) for at in columns)))
    last = max([len(table), *about.marks])
    for line in range(1, last + 1):
        cells = table[line - 1] if line <= len(table) else []
        marks = {**about.marks.get(line, {}), **under.get(line, {})}
        if not marks:
            if any(cell not in ("", None) for cell in cells):
                yield line, [_plain(cell) for cell in cells]
            continue
        # A formula without a value lies outside what the library reads, and would be lost without a word.
        wide = max(len(cells), *marks)
        whole = [_plain(cells[at]) if at < len(cells) else None for at in range(wide)]
        for column, mark in marks.items():
            whole[column - 1] = _marked(whole[column - 1], mark)
        if not all(is_blank(cell) for cell in whole):
            yield line, whole


def _under_merges(
    table: Sequence[Sequence[Any]], merges: Sequence[tuple[Place, Place]]
) -> dict[int, dict[int, dict[str, Any]]]:
    """What a person sees in the cells under a merged one: below it the same value, beside it nothing of their own."""
    marks: dict[int, dict[int, dict[str, Any]]] = {}
    left = limits.MOST_CELLS
    for (top, first), (bottom, last) in merges:
        value = table[top - 1][first - 1] if top <= len(table) and first <= len(table[top - 1]) else None
        if value in ("", None):
            continue
        for line in range(top, min(bottom, limits.MOST_ROWS + limits.ROWS_ABOVE) + 1):
            for column in range(first, min(last, limits.MOST_COLUMNS) + 1):
                left -= 1
                if left < 0:
                    raise Refusal("too_many_cells", limit=limits.MOST_CELLS)
                if (line, column) != (top, first):
                    # Downwards a merged cell means the same for each row; to the right it is one cell drawn wide.
                    mark = {"value": _plain(value)} if column == first else {"merged": str(_plain(value))}
                    marks.setdefault(line, {})[column] = mark
    return marks


def _cell_name(place: Place) -> str:
    return f"{letter(place[1] - 1)}{place[0]}"


def _marked(cell: Cell, mark: dict[str, Any]) -> Cell:
    if "value" in mark:
        return mark["value"]
    if "format" in mark:
        is_number = isinstance(cell, float | int) and not isinstance(cell, bool)
        return {"number": cell, "format": mark["format"]} if is_number else cell
    if "pattern" not in mark:
        return mark
    if isinstance(cell, float | int) and not isinstance(cell, bool) and float(cell).is_integer():
        return {"number": cell, "shown": structure.shown(cell, mark["pattern"])}
    return cell


def _plain(cell: Any) -> Cell:
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return cell
