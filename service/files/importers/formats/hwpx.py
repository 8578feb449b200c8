"""HWPX: the body text and the tables of a document of 한글, within the limits of every archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from service.files.columns import headings
from service.files.columns.column import folded
from service.files.columns.names import columns
from service.files.importers import limits
from service.files.importers.formats import archive
from service.files.importers.formats.grids import Cell, Grid, Note, is_blank, said, text_of
from service.files.importers.refusal import Refusal

MIMETYPE = b"application/hwp+zip"


@dataclass(slots=True)
class Document:
    """What a document says: the paragraphs outside its tables, and the tables."""

    paragraphs: list[str] = field(default_factory=list)
    tables: list[list[list[Cell]]] = field(default_factory=list)

    def grids(self) -> list[Grid]:
        """The tables as sheets, named by their number."""
        return [Grid(f"table {n}", _numbered(rows)) for n, rows in enumerate(self.tables, 1)]


def is_one(raw: bytes) -> bool:
    """Tell whether an archive is such a document: its type stands unpacked at its beginning."""
    # OCF puts an uncompressed `mimetype` first, so that the type stands at the beginning of the archive.
    return raw[30:100].find(MIMETYPE) >= 0


def read(raw: bytes) -> Document:
    """Read every section; raises Refusal."""
    document = Document()
    sections: dict[str, bytes] = {}
    for name, pieces in archive.parts(raw, archive.opened(raw)):
        content = b"".join(pieces)
        if name == "META-INF/manifest.xml" and b"encryption" in content:
            raise Refusal("file_encrypted")
        if name.startswith("Contents/section") and name.endswith(".xml"):
            sections[name] = content
    if not sections:
        raise Refusal("file_broken")
    # section2 before section10, and in the order of the text rather than of the archive.
    for name in sorted(sections, key=lambda name: (len(name), name)):
        reader = _SectionReader(document)
        parser = expat.ParserCreate()
        # Otherwise expat calls for each piece between two line breaks or references.
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reader.refuses
        parser.StartElementHandler, parser.EndElementHandler = reader.begins, reader.ends
        parser.CharacterDataHandler = reader.says
        try:
            parser.Parse(sections[name], True)
        except expat.ExpatError:
            raise Refusal("file_broken") from None
    return document


def record(
    document: Document, kind: str, mapped: Mapping[str, str]
) -> tuple[dict[str, Cell], dict[str, headings.Heading], list[Note]]:
    """One record from a filled-in form: what stands beside or below a label of ours, and the body as the summary."""
    own = columns(kind)
    values: dict[str, Cell] = {}
    labels: dict[str, headings.Heading] = {}
    notes: list[Note] = []
    for number, rows in enumerate(document.tables, 1):
        for line, cells in _numbered(rows):
            untaken = []
            at = 0
            # A label takes the next cell of its own as its value; what lies under a merged label is skipped.
            while at < len(cells):
                text = text_of(cells[at])
                heading = headings.read(text, own) if text and len(text) <= 80 and not is_blank(cells[at]) else None
                chosen = own.by_field.get(mapped.get(folded(text), ""))
                heading = headings.Heading(chosen) if chosen else heading
                value = next(
                    (n for n in range(at + 1, len(cells)) if not (isinstance(cells[n], dict) and "merged" in cells[n])),
                    None,
                )
                if heading and heading.is_clear and heading.column.name not in values and value is not None:
                    values[heading.column.name], labels[heading.column.name] = cells[value], heading
                    at = value + 1
                    continue
                untaken.append(cells[at])
                at += 1
            if any(not is_blank(cell) for cell in untaken):
                notes.append(("form_row_left_out", line, f"table {number}", said(untaken)))
    body = "\n".join(document.paragraphs)
    if body and "summary" not in values:
        values["summary"], labels["summary"] = body, headings.Heading(own.by_field["summary"])
    elif body:
        notes.append(("body_left_out", None, "", said([body])))
    return values, labels, notes


def _numbered(rows: list[list[Cell]]) -> Iterator[tuple[int, list[Cell]]]:
    return ((line, cells) for line, cells in enumerate(rows, 1) if not all(is_blank(cell) for cell in cells))


class _SectionReader:
    """Collects paragraphs and tables of one section; a table inside a cell counts as that cell's text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._depth = self._tables = self._filled = 0
        self._in_text = False
        self._texts: list[str] = []
        self._cell: list[str] = []
        self._about: dict[str, int] = {}
        self._table: dict[tuple[int, int], Cell] = {}

    def begins(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; raises Refusal."""
        self._depth += 1
        if self._depth > 2 * limits.MOST_LEVELS:  # a cell's paragraph lies deep in its table's
            raise Refusal("file_broken")
        local = tag.rpartition(":")[2]
        if local == "tbl":
            self._tables += 1
            self._table = {} if self._tables == 1 else self._table
        elif local == "tc" and self._tables == 1:
            self._cell, self._about = [], {}
        elif local in ("cellAddr", "cellSpan") and self._tables == 1:
            # HWPX states addresses of cells itself, so that merged ones need no counting.
            self._about |= {
                name: int(value) for name, value in attributes.items() if value.isdigit() and len(value) < 5
            }
        elif local == "t":
            self._in_text = True
        elif local in ("lineBreak", "tab") and self._in_text:
            self._texts.append("\n" if local == "lineBreak" else " ")

    def says(self, text: str) -> None:
        """Text inside a run."""
        if self._in_text:
            self._texts.append(text)

    def ends(self, tag: str) -> None:
        """An element ends."""
        self._depth -= 1
        local = tag.rpartition(":")[2]
        if local == "t":
            self._in_text = False
        elif local == "p":
            text, self._texts = "".join(self._texts).strip(), []
            if text and self._tables:
                self._cell.append(text)
            elif text:
                self._document.paragraphs.append(text)
        elif local == "tc" and self._tables == 1:
            self._put()
        elif local == "tbl":
            self._tables -= 1
            if self._tables == 0:
                self._end_table()

    def refuses(self, *_: object) -> None:
        """A document type or an entity is declared."""
        raise Refusal("xml_entities")

    def _put(self) -> None:
        row, column = self._about.get("rowAddr", 0), self._about.get("colAddr", 0)
        value = "\n".join(self._cell) or None
        for down in range(max(1, self._about.get("rowSpan", 1))):
            for right in range(max(1, self._about.get("colSpan", 1))):
                self._filled += 1
                if (
                    self._filled > limits.MOST_CELLS
                    or row + down > limits.MOST_ROWS
                    or column + right >= limits.MOST_COLUMNS
                ):
                    raise Refusal("too_many_cells", limit=limits.MOST_CELLS)
                self._table[row + down, column + right] = (
                    value if right == 0 else ({"merged": value} if value else None)
                )

    def _end_table(self) -> None:
        if self._table:
            height, width = (max(place[axis] for place in self._table) + 1 for axis in (0, 1))
            cells = [[self._table.get((row, column)) for column in range(width)] for row in range(height)]
            self._document.tables.append(cells)
