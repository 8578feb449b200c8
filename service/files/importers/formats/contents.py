"""What a file is, told by its bytes, and its rows in one form whatever the format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from service.files.importers import limits
from service.files.importers.formats import answers, headers, json_lines, separated, spreadsheet
from service.files.importers.formats.encodings import Decoded, decoded
from service.files.importers.formats.headers import Headed
from service.files.importers.refusal import Refusal

Values: TypeAlias = dict[str, Any]

NOT_TEXT = {
    b"\xd0\xcf\x11\xe0": "file_old_office",
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
}
"""How files begin that are no tables; the code says what is asked for instead."""

TOO_MANY_CELLS = "…"
"""The key under which a row keeps what stands beyond its last heading."""


@dataclass(frozen=True, slots=True)
class Contents:
    """An opened file: what it is, and its rows, each with its line; `fields` are the columns that a table states."""

    format: str
    rows: Iterator[tuple[int, Values]]
    kind: str
    encoding: str = ""
    sheet: str = ""
    fields: tuple[str, ...] = ()
    units: dict[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def of(raw: bytes, *, kind: str | None, sheet: str | None, name: str) -> Contents:
    """Open a file; `kind` and `sheet` are what the sender says, `name` is what it is called. Raises Refusal."""
    if not raw.strip():
        raise Refusal("file_empty")
    for beginning, code in NOT_TEXT.items():
        if raw.startswith(beginning):
            raise Refusal(code)
    named = kind or headers.by_file_name(name)
    if raw.startswith(b"PK"):
        headed, chosen, cells = spreadsheet.rows(raw, named, sheet)
        return table("xlsx", headed, cells, sheet=chosen)
    text = decoded(raw)
    begins = text.text.lstrip()[:1]
    if begins in ("{", "["):
        return _json(text, named)
    if begins == "<":
        return _answer(text, named, answers.of_xml(text.text))
    headed, rows = separated.rows(text.text, named)
    return table("csv", headed, rows, encoding=text.encoding)


def table(format_: str, headed: Headed, rows: Iterator[tuple[int, Sequence[Any]]], **about: Any) -> Contents:
    """A table whose headings were found, as rows by field."""
    if len(headed.headings) > limits.MOST_COLUMNS:
        raise Refusal("too_many_columns", limit=limits.MOST_COLUMNS)
    known = [heading for heading in headed.headings if heading]
    return Contents(
        format_,
        ((line, _by_field(headed, cells)) for line, cells in rows),
        headed.kind,
        fields=tuple(heading.column.name for heading in known),
        units={heading.column.name: heading.unit for heading in known if heading.unit != 1},
        unknown=headed.unknown,
        **about,
    )


def _json(text: Decoded, kind: str | None) -> Contents:
    answer = answers.of_json(text.text)
    if answer is not None:
        return _answer(text, kind, answer)
    named = kind or json_lines.kind(text.text)
    if named is None:
        raise Refusal("import_kind_unknown")
    return Contents("jsonl", json_lines.rows(text.text), named, text.encoding)


def _answer(text: Decoded, kind: str | None, answer: tuple[str, list[Values]]) -> Contents:
    """An answer's items are numbered from one, since their lines say nothing."""
    form, items = answer
    holds = "programs" if form != "json" else kind or json_lines.kind(text.text)
    if holds is None:
        raise Refusal("import_kind_unknown")
    return Contents(form, iter(list(enumerate(items, 1))), holds, text.encoding)


def _by_field(headed: Headed, cells: Sequence[Any]) -> Values:
    if len(cells) > limits.MOST_COLUMNS:
        raise Refusal("too_many_columns", limit=limits.MOST_COLUMNS)
    found = {h.column.name: cell for h, cell in zip(headed.headings, cells, strict=False) if h}
    beyond = [cell for cell in cells[len(headed.headings) :] if cell not in ("", None)]
    return {**found, TOO_MANY_CELLS: str(beyond[0])} if beyond else found
