"""What the parts of a workbook say beside its values: extent, formulas, formats, merged cells, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from service.files.importers import limits
from service.files.importers.refusal import Refusal

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_LITERAL = re.compile(r'\\(.)|"([^"]*)"')
_PADDED = re.compile(r"[0\-. ()/]*0{2}[0\-. ()/]*")
"""A format of nothing but zeros and marks, such as 00000 or 000-00-00000, shows a number as a code."""

_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_WON = frozenset({"", "₩", "￦", "\\", "원", "KRW"})
_CHANGED = re.compile(r"[%천만억조$€¥£]|[0#?]\s*,+\s*(?![,0#?\s])|usd|eur|jpy|cny|thousand|million", re.IGNORECASE)
"""What makes of a number another amount than is stored: a share, a unit, a thousand left out, another currency."""

Place = tuple[int, int]
"""Row and column, both from 1."""


@dataclass(slots=True)
class Sheet:
    """What one sheet's part says; places are rows and columns from 1."""

    marks: dict[int, dict[int, dict[str, Any]]] = field(default_factory=dict)
    """By row, then by column: a formula's error, a formula that was never calculated, a format that shows a code."""

    merges: list[tuple[Place, Place]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    struck_rows: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Workbook:
    """What the parts of a workbook hold; formats are the patterns of its cell styles that show codes, by style, and
    changed those that show another amount; `beside` counts comments and texts in drawings.
    """

    cells: int = 0
    shared: int = 0
    sheets: dict[str, Sheet] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)
    beside: int = 0

    def take(self, name: str, pieces: Iterator[bytes]) -> None:
        """Look through one XML part: no document type, no depth, no cell far away. Raises Refusal."""
        makes = next((makes for part, makes in _LOOKS if part in name.casefold()), None)
        looks = makes(self) if makes else _Look(self, name)
        parser = expat.ParserCreate()
        # Entities can blow a few bytes up to gigabytes, and no office program writes any.
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_doctype
        parser.StartElementHandler, parser.EndElementHandler = looks.begins, looks.ends
        keeps_texts = name.casefold().endswith("sharedstrings.xml")
        try:
            for piece in pieces:
                # The library that follows keeps the shared texts all at once.
                self.shared += len(piece) if keeps_texts else 0
                if self.shared > limits.MOST_SHARED_TEXT:
                    raise Refusal("too_much_text", limit=limits.MOST_TEXT)
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError):
            raise Refusal("file_broken") from None


def shown(number: float, pattern: str) -> str:
    """A whole number as a format of zeros and marks shows it.

    >>> shown(7, "00000"), shown(1234567890, "000-00-00000")
    ('00007', '123-45-67890')
    """
    digits = f"{abs(int(number)):0{pattern.count('0')}d}"
    before, digits = digits[: len(digits) - pattern.count("0")], digits[len(digits) - pattern.count("0") :]
    left = iter(digits)
    return ("-" if number < 0 else "") + before + "".join(next(left) if mark == "0" else mark for mark in pattern)


def changes_amount(code: str) -> bool:
    """Tell whether a number format shows another amount than is stored: another unit, another currency, a share.

    >>> [changes_amount(code) for code in ('#,##0"백만원"', "#,##0,,", "0%", "[$$-409]#,##0", "[$₩-412]#,##0")]
    [True, True, True, True, False]
    """
    shown = code.partition(";")[0]
    foreign = any(symbol.strip() not in _WON for symbol in _CURRENCY.findall(shown))
    return foreign or bool(_CHANGED.search(_CURRENCY.sub("", shown).replace('"', "")))


class _DepthCounter:
    """Counts the depth of one part."""

    def __init__(self, book: Workbook) -> None:
        self._book, self._depth = book, 0

    def begins(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; raises Refusal."""
        self._depth += 1
        if self._depth > limits.MOST_LEVELS:
            raise Refusal("file_broken")
        self.element(tag.rpartition(":")[2], attributes)

    def ends(self, _: str) -> None:
        """An element ends."""
        self._depth -= 1

    def element(self, tag: str, attributes: dict[str, str]) -> None:
        """What one element says."""


class _Styles(_DepthCounter):
    """Reads which cell styles show numbers as codes."""

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self._patterns: dict[str, str] = {}
        self._changed = {"9": "0%", "10": "0.00%"}
        self._struck_fonts: set[str] = set()
        self._font = self._style = -1
        self._of_fonts = False
        self._of_cells = False

    def element(self, tag: str, attributes: dict[str, str]) -> None:
        """A number format, a font, or a style that uses them."""
        if tag == "numFmt":
            code = attributes.get("formatCode", "")
            if changes_amount(code):
                self._changed[attributes.get("numFmtId", "")] = code
            bare = _LITERAL.sub(lambda match: match[1] or match[2] or "", code)
            # A format of zeros is how codes such as 00123 are kept as numbers; decimals are amounts.
            if _PADDED.fullmatch(bare) and "." not in bare:
                self._patterns[attributes.get("numFmtId", "")] = bare
        elif tag in ("fonts", "fills", "cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            self._of_cells, self._of_fonts = tag == "cellXfs", tag == "fonts"
        elif tag == "font" and self._of_fonts:
            self._font += 1
        elif tag == "strike" and self._of_fonts and attributes.get("val", "1") not in ("0", "false"):
            self._struck_fonts.add(str(self._font))
        elif tag == "xf" and self._of_cells:
            self._style += 1
            style, number = str(self._style), attributes.get("numFmtId", "")
            for known, of_book in ((self._patterns, self._book.formats), (self._changed, self._book.changed)):
                if number in known:
                    of_book[style] = known[number]
            if attributes.get("fontId") in self._struck_fonts:
                self._book.struck.add(style)


class _Beside(_DepthCounter):
    """Counts what a person reads beside the cells: comments, and texts in shapes."""

    def element(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - as its kin
        """A comment, or a shape with a text."""
        self._book.beside += tag in ("comment", "threadedComment", "txBody")


_LOOKS: tuple[tuple[str, type[_DepthCounter]], ...] = (
    ("styles.xml", _Styles),
    ("comments", _Beside),
    ("drawings/drawing", _Beside),
)
"""How parts are read by what their names hold; every other part is looked at as a sheet is."""


class _Look(_DepthCounter):
    """Reads where the cells of a sheet stand that hold anything, and what they are."""

    def __init__(self, book: Workbook, name: str) -> None:
        super().__init__(book)
        self._sheet = Sheet()
        self._name = name
        self._row = self._column = self._last_row = self._last_column = 0
        self._kind = self._style = ""
        self._has_formula = self._has_value = False

    def begins(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; the handlers of the commonest ones stand here, since a sheet has a million of them."""
        self._depth += 1
        if self._depth > limits.MOST_LEVELS:
            raise Refusal("file_broken")
        local = tag.rpartition(":")[2]
        if local == "c":
            self._cell(attributes)
        elif local in ("v", "is"):
            self._has_value = True
        elif local == "f":
            self._has_formula = True
        elif local == "row":
            self._row, self._column = _number(attributes.get("r"), self._row + 1), 0
            if attributes.get("hidden") in ("1", "true"):
                self._sheet.hidden_rows.add(self._row)
        elif local in ("mergeCell", "col", "sheetData"):
            self.element(local, attributes)

    def ends(self, tag: str) -> None:
        """An element ends; of a cell it is known now whether it holds anything."""
        self._depth -= 1
        # Called once for every element: the first test spares splitting nearly all of them.
        if tag[-1:] != "c" or tag.rpartition(":")[2] != "c" or not (self._has_value or self._has_formula):
            return
        self._last_row, self._last_column = max(self._last_row, self._row), max(self._last_column, self._column)
        self._book.cells += 1
        if self._kind == "e":
            self._mark({"failed": "#"})
        elif self._has_formula and not self._has_value:
            self._mark({"formula": "="})
        elif self._style in self._book.formats and self._kind in ("", "n"):
            self._mark({"pattern": self._book.formats[self._style]})
        elif self._style in self._book.changed and self._kind in ("", "n"):
            self._mark({"format": self._book.changed[self._style]})
        if self._style in self._book.struck:
            self._sheet.struck_rows.add(self._row)
        _refuse_extent(self._last_row, self._last_column, self._book.cells)

    def element(self, tag: str, attributes: dict[str, str]) -> None:
        """What is said of rows, columns and ranges."""
        if tag == "sheetData":
            self._book.sheets[self._name] = self._sheet
        elif tag == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            (left, top), (right, bottom) = _place(first), _place(last or first)
            self._sheet.merges.append(((top, left), (bottom, right)))
        elif attributes.get("hidden") in ("1", "true"):
            self._sheet.hidden_columns.append((_number(attributes.get("min"), 1), _number(attributes.get("max"), 1)))

    def _cell(self, attributes: dict[str, str]) -> None:
        """Note where a cell stands; one that does not say so stands beside the one before."""
        reference = attributes.get("r")
        self._column, self._row = _place(reference) if reference else (self._column + 1, self._row)
        self._kind, self._style = attributes.get("t", ""), attributes.get("s", "")
        self._has_formula = self._has_value = False

    def _mark(self, mark: dict[str, Any]) -> None:
        self._sheet.marks.setdefault(self._row, {})[self._column] = mark


def _refuse_doctype(*_: object) -> None:
    raise Refusal("xml_entities")


def _refuse_extent(rows: int, columns: int, cells: int) -> None:
    """The library that follows keeps the whole rectangle up to the last cell in memory."""
    if columns > limits.MOST_COLUMNS:
        raise Refusal("too_many_columns", limit=limits.MOST_COLUMNS)
    if rows > limits.MOST_ROWS + limits.ROWS_ABOVE:
        raise Refusal("too_many_rows", limit=limits.MOST_ROWS)
    # One cell far out makes a table of everything before it, which the library would build.
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
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise Refusal("file_broken")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(match[2])
