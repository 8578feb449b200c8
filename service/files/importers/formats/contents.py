"""What a file is, told by its bytes, and its rows in one form whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from service.files.columns.headings import Heading
from service.files.importers import limits
from service.files.importers.formats import answers, headers, hwpx, json_lines, markup, separated, spreadsheet
from service.files.importers.formats.encodings import Decoded, decoded
from service.files.importers.formats.grids import Grid, Note, letter
from service.files.importers.formats.headers import Below, Header, Mapped
from service.files.importers.refusal import Refusal

Values: TypeAlias = dict[str, Any]

NOT_TEXT = {
    b"%PDF": "file_unknown",
    b"\x89PNG": "file_unknown",
    b"\xff\xd8\xff": "file_unknown",
    b"GIF8": "file_unknown",
    b"\x1f\x8b": "file_unknown",
    b"BZh": "file_unknown",
    b"\xfd7zXZ": "file_unknown",
    b"7z\xbc\xaf": "file_unknown",
    b"Rar!": "file_unknown",
    b"\x7fELF": "file_unknown",
    b"MZ\x90": "file_unknown",
    b"SQLite format 3": "file_unknown",
    b"HWP Document File": "file_hwp",
    b"SCDSA": "file_protected",
    b"\x9b DRMONE": "file_protected",
    b"<DOCUMENT SAFER": "file_protected",
    b"<## NASCA DRM FILE": "file_protected",
}
"""How files begin that are no tables; the code says what is asked for instead. The last four are locked by a product
for document security: Softcamp, Fasoo, MarkAny, NASCA."""

OLE = b"\xd0\xcf\x11\xe0"
_OLE_STREAMS = (
    ("EncryptedPackage", "file_encrypted"),
    ("HwpSummaryInformation", "file_hwp"),
    ("BodyText", "file_hwp"),
    ("WordDocument", "file_unknown"),
)
"""What lies in an old container, by the name of a stream; without one of them it is an old spreadsheet."""

_HTML = ("<html", "<!doctype html", "<table", "<head", "<meta", "<style", "<body", "<div")


@dataclass(slots=True)
class Contents:
    """An opened file: what it is, its columns, and its rows, each with its line; `notes` is whole after the rows."""

    format: str
    rows: Iterable[tuple[int, Values]]
    kind: str
    encoding: str = ""
    sheet: str = ""
    columns: tuple[Header, ...] = ()
    notes: list[Note] = field(default_factory=list)
    late_unit: str = ""


@dataclass(frozen=True, slots=True)
class FileHints:
    """What the sender says of a file: its name, what it holds, which sheet is meant, and fields by folded heading."""

    name: str = ""
    kind: str | None = None
    sheet: str | None = None
    mapped: Mapped = field(default_factory=dict)


def of(raw: bytes, hints: FileHints) -> Contents:
    """Open a file; raises Refusal."""
    if not raw.strip():
        raise Refusal("file_empty")
    for beginning, code in NOT_TEXT.items():
        if raw.startswith(beginning):
            raise Refusal(code)
    if raw.startswith(OLE):
        streams = (code for name, code in _OLE_STREAMS if name.encode("utf-16-le") in raw)
        raise Refusal(next(streams, "file_old_office"))
    kind = hints.kind or headers.by_file_name(hints.name)
    if raw.startswith(b"PK"):
        return (
            _document(raw, kind, hints) if hwpx.is_one(raw) else _of_grids("xlsx", spreadsheet.sheets(raw), kind, hints)
        )
    text = decoded(raw)
    whole = text.text.lstrip()
    if whole.startswith(("{", "[")):
        return _json(text, kind, hints)
    if whole[:200].casefold().startswith(_HTML) or ("<table" in whole[:5_000].casefold() and whole.startswith("<")):
        return _of_grids("html", markup.tables(whole), kind, hints, text.encoding)
    if whole.startswith("<"):
        return _answer(text, kind, answers.of_xml(whole), hints)
    return _of_table("csv", separated.table(text.text, kind, hints.mapped), encoding=text.encoding)


def _of_table(format_: str, below: Below, *, encoding: str = "", sheet: str = "") -> Contents:
    contents = Contents(format_, (), below.headed.kind, encoding, sheet, below.headed.columns)

    def rows() -> Iterator[tuple[int, Values]]:
        yield from below
        contents.notes += below.notes
        contents.late_unit = below.late_unit

    contents.rows = rows()
    return contents


def _of_grids(format_: str, grids: list[Grid], kind: str | None, hints: FileHints, encoding: str = "") -> Contents:
    """The sheet that is asked for, else the first visible one with headings of ours; the others are noted."""
    named = [grid for grid in grids if hints.sheet == grid.name]
    if hints.sheet is not None and not named:
        raise Refusal("sheet_not_found", sheets=", ".join(grid.name for grid in grids)[:500])
    refusals: list[Refusal] = []
    for grid in named or [grid for grid in grids if not grid.is_hidden]:
        # A sheet's rows can be read once: those that the search for headings took are put back before them.
        rows = list(grid.rows)
        grid.rows = iter(rows)
        try:
            below = headers.table(grid, kind, hints.mapped)
        except Refusal as refusal:
            refusals.append(refusal)
            grid.rows = iter(rows)
            continue
        contents = _of_table(format_, below, encoding=encoding, sheet=grid.name)
        contents.notes += _left_out(grids, grid)
        return contents
    raise next((r for r in refusals if r.code != "no_headings"), refusals[0] if refusals else _nothing_seen(grids))


def _left_out(grids: Iterable[Grid], read: Grid) -> Iterator[Note]:
    """Every other sheet that holds anything, with the number of its rows and its first one."""
    for grid in grids:
        rows = list(grid.rows) if grid is not read else []
        if rows:
            code = "hidden_sheet_left_out" if grid.is_hidden else "sheet_left_out"
            yield code, None, grid.name, str(len(rows))


def _nothing_seen(grids: list[Grid]) -> Refusal:
    hidden = ", ".join(grid.name for grid in grids if grid.is_hidden)
    return Refusal("only_hidden_sheets", sheets=hidden[:500]) if hidden else Refusal("file_empty")


def _document(raw: bytes, kind: str | None, hints: FileHints) -> Contents:
    """A document of 한글: a table with headings of ours as a list, else its labels and body as one record."""
    document = hwpx.read(raw)
    try:
        contents: Contents | None = _of_grids("hwpx", document.grids(), kind, hints)
    except Refusal as refusal:
        if refusal.code not in ("no_headings", "import_kind_unknown", "file_empty"):
            raise
        contents = None
    headed = [header for header in contents.columns if header.text] if contents else []
    # In a form every second cell is a label; in a list most cells of one row are.
    if contents and 2 * sum(header.heading is not None for header in headed) > len(headed):
        contents.notes += [("body_left_out", None, "", text[:300]) for text in document.paragraphs]
        return contents
    holds = kind or "startups"
    values, labels, notes = hwpx.record(document, holds, hints.mapped)
    columns = tuple(Header(heading.column.ko, heading) for heading in labels.values())
    if not columns:
        raise Refusal("no_headings", columns="", found="")
    return Contents("hwpx", iter([(1, values)]), holds, columns=columns, notes=notes)


def _json(text: Decoded, kind: str | None, hints: FileHints) -> Contents:
    answer = answers.of_json(text.text)
    if answer is not None:
        return _answer(text, kind, answer, hints)
    named = kind or json_lines.kind(text.text)
    if named is None:
        raise Refusal("import_kind_unknown")
    return Contents("jsonl", json_lines.rows(text.text), named, text.encoding)


def _answer(text: Decoded, kind: str | None, answer: answers.ListedItems, hints: FileHints) -> Contents:
    """An answer's items are numbered from one, since their lines say nothing; certificates are a table of firms."""
    holds = "programs" if answer.form != "json" else kind or json_lines.kind(text.text)
    if holds is None:
        raise Refusal("import_kind_unknown")
    if len(answer.items) > limits.MOST_ROWS:
        raise Refusal("too_many_rows", limit=limits.MOST_ROWS)
    notes: list[Note] = (
        [("answer_is_a_part", None, "", f"{len(answer.items)}/{answer.total}")]
        if answer.total > len(answer.items)
        else []
    )
    notes += [("key_beside", None, "", key) for key in answer.beside]
    if answer.form == "certificates":
        keys = tuple(dict.fromkeys(key for item in answer.items for key in item))
        lines = enumerate([keys, *([item.get(key) for key in keys] for item in answer.items)])
        return _of_grids(answer.form, [Grid("", lines, notes=notes)], "startups", hints, text.encoding)
    return Contents(answer.form, enumerate(answer.items, 1), holds, text.encoding, notes=notes)


def column_plain(header: Header, place: int) -> dict[str, Any]:
    """A column as the process that reads the file tells it."""
    heading = header.heading
    about = {"text": header.text, "place": letter(place), "why": header.why_left_out}
    if heading is None:
        return about
    return about | {"field": heading.column.name, "unit": heading.unit, "remark": heading.remark}


def heading_of(about: Mapping[str, Any], own: Mapping[str, Any]) -> Heading | None:
    """What `column_plain` told; `own` are the columns by field."""
    column = own.get(about.get("field", ""))
    return Heading(column, about["unit"], about["remark"]) if column else None
