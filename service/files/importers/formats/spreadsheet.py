"""XLSX: every part is counted and looked through before the library that reads sheets may see the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from service.files.importers import limits
from service.files.importers.formats import archive, headers
from service.files.importers.formats.headers import Headed
from service.files.importers.refusal import Refusal

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
FAILED = {"failed": "#"}
"""What stands for a cell whose formula has failed."""


@dataclass(slots=True)
class Seen:
    """What the parts of a workbook hold: cells, and where formulas have failed."""

    cells: int = 0
    shared: int = 0
    failed: dict[str, set[tuple[int, int]]] = field(default_factory=dict)

    def take(self, name: str, size: int) -> None:
        """Count the shared texts, which the library keeps all at once; raises Refusal."""
        self.shared += size if name.casefold().endswith("sharedstrings.xml") else 0
        if self.shared > limits.MOST_SHARED_TEXT:
            raise Refusal("too_much_text", limit=limits.MOST_TEXT)


def rows(raw: bytes, kind: str | None, sheet: str | None) -> tuple[Headed, str, Iterator[tuple[int, list[Any]]]]:
    """The headings, the name of the sheet that holds them, and every row below; raises Refusal."""
    seen = checked(raw)
    book = _book(raw)
    headed, name, table = _chosen(book, kind, sheet)
    failed = seen.failed.get(_part_of(raw, name), set())
    return headed, name, _below(table, headed.place, failed)


def grids(raw: bytes) -> Iterator[tuple[str, int, list[Any]]]:
    """Every sheet's rows as they stand, each with its line; raises Refusal."""
    seen = checked(raw)
    book = _book(raw)
    for name in book.sheet_names:
        for line, cells in _below(_read(book, name), -1, seen.failed.get(_part_of(raw, name), set())):
            yield name, line, cells


def checked(raw: bytes) -> Seen:
    """Look through every part within the limits; raises Refusal."""
    opened = archive.opened(raw)
    names = {entry.filename for entry in opened.infolist()}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Refusal("file_unknown")
    seen = Seen()
    for name, pieces in archive.parts(raw, opened):
        if name.casefold().endswith((".xml", ".rels")):
            _Look(name, seen).through(pieces)
        else:
            for _ in pieces:
                pass  # counted on the way
    return seen


class _Look:
    """Parses one XML part for its size alone: no document type, no depth, no cell far away."""

    def __init__(self, name: str, seen: Seen) -> None:
        self._name, self._seen = name, seen
        self._depth = self._row = self._column = self._last_row = self._last_column = 0

    def through(self, pieces: Iterator[bytes]) -> None:
        """Take the whole part; raises Refusal."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_doctype
        parser.StartElementHandler, parser.EndElementHandler = self._begins, self._ends
        try:
            for piece in pieces:
                self._seen.take(self._name, len(piece))
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError):
            raise Refusal("file_broken") from None

    def _begins(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > limits.MOST_LEVELS:
            raise Refusal("file_broken")
        local = tag.rpartition(":")[2]
        if local == "row":
            self._row, self._column = _number(attributes.get("r"), self._row + 1), 0
        elif local == "c":
            self._cell(attributes)

    def _ends(self, _: str) -> None:
        self._depth -= 1

    def _cell(self, attributes: dict[str, str]) -> None:
        """Note where a cell stands; one that does not say so stands beside the one before."""
        reference = attributes.get("r")
        self._column, self._row = _place(reference) if reference else (self._column + 1, self._row)
        self._last_row, self._last_column = max(self._last_row, self._row), max(self._last_column, self._column)
        self._seen.cells += 1
        _refuse_extent(self._last_row, self._last_column, self._seen.cells)
        if attributes.get("t") == "e":
            self._seen.failed.setdefault(self._name, set()).add((self._row, self._column - 1))


def _refuse_doctype(*_: object) -> None:
    raise Refusal("xml_entities")


def _refuse_extent(rows: int, columns: int, cells: int) -> None:
    """The library that follows keeps the whole rectangle up to the last cell in memory."""
    if columns > limits.MOST_COLUMNS:
        raise Refusal("too_many_columns", limit=limits.MOST_COLUMNS)
    if rows > limits.MOST_ROWS + headers.SEARCHED_ROWS:
        raise Refusal("too_many_rows", limit=limits.MOST_ROWS)
    if max(cells, rows * columns) > limits.MOST_CELLS:
        raise Refusal("too_many_cells", limit=limits.MOST_CELLS)


def _number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Refusal("file_broken")
    return int(text)


def _place(reference: str) -> tuple[int, int]:
    """Column and row of a cell, both from 1."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise Refusal("file_broken")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(found[2])


def _book(raw: bytes) -> Any:
    from python_calamine import CalamineWorkbook  # here, since only this kind of file needs it

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except MemoryError:
        raise
    except BaseException:  # whatever the library says of a file that it can't read, a panic among it
        raise Refusal("file_broken") from None


def _chosen(book: Any, kind: str | None, sheet: str | None) -> tuple[Headed, str, list[list[Any]]]:
    """The sheet that is asked for, else the first with headings of ours."""
    names = [name for name in book.sheet_names if sheet in (None, name)]
    if not names:
        raise Refusal("sheet_not_found", sheets=", ".join(book.sheet_names)[:500])
    refusal = Refusal("no_headings", columns="id")
    for name in names:
        table = _read(book, name)
        try:
            return headers.found(table, kind), name, table
        except Refusal as refused:
            refusal = refused if refused.code != "no_headings" or refusal.code == "no_headings" else refusal
    raise refusal


def _read(book: Any, name: str) -> list[list[Any]]:
    try:
        found: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except MemoryError:
        raise
    except BaseException:  # whatever the library says of a sheet that it can't read, a panic among it
        raise Refusal("file_broken") from None
    return found


def _part_of(raw: bytes, sheet: str) -> str:
    """Which part holds a sheet, by the workbook's own list."""
    opened = archive.opened(raw)
    sheets = {a.get("name"): _of(a, "id") for tag, a in _elements(opened, "xl/workbook.xml") if tag == "sheet"}
    links = _elements(opened, "xl/_rels/workbook.xml.rels")
    targets = {a.get("Id"): a.get("Target", "") for tag, a in links if tag == "Relationship"}
    return "xl/" + targets.get(sheets.get(sheet) or "", "").removeprefix("/xl/")


def _elements(opened: ZipFile, part: str) -> list[tuple[str, dict[str, str]]]:
    if part not in opened.namelist():
        return []
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: found.append((tag.rpartition(":")[2], attributes))
    parser.Parse(opened.read(part), True)
    return found


def _of(attributes: dict[str, str], local: str) -> str | None:
    return next((value for name, value in attributes.items() if name.rpartition(":")[2] == local and ":" in name), None)


def _below(table: Sequence[Sequence[Any]], place: int, failed: set[tuple[int, int]]) -> Iterator[tuple[int, list[Any]]]:
    for line, cells in enumerate(table[place + 1 :], place + 2):
        if any(cell not in ("", None) for cell in cells) or any(row == line for row, _ in failed):
            yield line, [_plain(cell, (line, column) in failed) for column, cell in enumerate(cells)]


def _plain(cell: Any, has_failed: bool) -> Any:
    if has_failed:
        return FAILED
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return cell
