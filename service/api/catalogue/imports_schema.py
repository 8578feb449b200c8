"""Imports on the wire: what may be asked for, and the report of what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from marshmallow import fields, post_load

from model.faults import Fault
from service.actions.catalogue.imports import Said
from service.api.wire.fields import NON_BLANK, Code, Many, Strict, Text, TrueOrFalse, Whole, attributes
from service.api.wire.options import MOST_ITEMS, Number, NumberCursor, place
from service.files.columns.names import KINDS, columns
from service.storage.catalogue.heading_maps import HeadingMap
from service.storage.catalogue.imports import COMMITTED, EXPIRED, PREVIEWED, Import

FIRST_FAULTS = 100
ROWS = ("all", "good")


class Switch(Code):
    """true or false behind the question mark."""

    def __init__(self, **options: Any) -> None:
        super().__init__(("true", "false"), **options)


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be taken."""

    said: Said
    commit: bool
    good_rows_only: bool
    institution: str = ""
    form: str = ""


class ImportOptions(Strict):
    """What the file holds, and whether it is committed at once."""

    kind = Code(
        KINDS, metadata={"description": "파일에 든 것. 없으면 제목으로 판단 · What it holds; else told by headings"}
    )
    sheet = Text(longest=200, metadata={"description": "엑셀 시트 이름 · Name of the sheet"})
    name = Text(longest=200, metadata={"description": "파일 이름 · Name of the file"})
    institution = Text(longest=100, metadata={"description": "대응표를 쓸 기관 · Whose heading map is used"})
    form = Text(longest=100, metadata={"description": "대응표를 쓸 서식 · Form of that map"})
    program = Text(
        longest=200,
        metadata={"description": "신청 목록의 프로그램(줄에 없을 때) · Program of applications whose lines name none"},
    )
    commit = Switch(metadata={"description": "미리보기 없이 바로 확정 · Commit at once, without a preview"})
    rows = Code(
        ROWS,
        metadata={
            "description": "all(기본): 오류가 있으면 모두 거절, good: 오류 없는 줄만 · good: only lines without faults"
        },
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Asked:
        """Turn the parameters into a wish."""
        said = Said(data.get("name", ""), data.get("kind"), data.get("sheet"), program=data.get("program", ""))
        form = (data.get("institution", ""), data.get("form", ""))
        return Asked(said, data.get("commit") == "true", data.get("rows") == "good", *form)


class CommitOptions(Strict):
    """Which rows are committed."""

    rows = Code(ROWS, metadata={"description": "good: 오류 없는 줄만 · Only lines without faults"})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> bool:
        """Tell whether only the good rows are asked for."""
        return bool(data.get("rows") == "good")


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of a report."""

    after: int
    limit: int


class ReportPage(Strict):
    """One page of a report."""

    cursor = NumberCursor(metadata={"description": "앞 쪽의 next 값 · `next` of the page before"})
    limit = Number(1, MOST_ITEMS)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Span:
        """Turn the parameters into a part."""
        return Span(int(data.get("cursor", 0)), data.get("limit", 50))


class RowFault(Strict):
    """One thing that is wrong, or was left out: where, what was found, and what to do."""

    file = Text(required=True)
    line = Whole(required=True, allow_none=True)
    field = Text(required=True, metadata={"description": "항목 코드 · Field"})
    label = Text(required=True, metadata={"description": "항목 이름 · What the field is called"})
    value = Text(required=True, metadata={"description": "파일에 있던 값 · What was found"})
    code = Text(required=True)
    message = Text(required=True)
    advice = Text(required=True, metadata={"description": "고치는 방법 · What to do"})


class ColumnSchema(Strict):
    """A column as it was read: heading, field (null: not read, `why` says why), unit in won, first values."""

    heading = Text(required=True)
    place = Text(required=True, metadata={"description": "열 이름 · Letter of the column"})
    field = Text(required=True, allow_none=True)
    label = Text(required=True, metadata={"description": "항목 이름 · What the field is called"})
    unit = Whole(required=True, allow_none=True)
    why = Text(required=True)
    message = Text(required=True)
    suggested = Text(required=True, allow_none=True, metadata={"description": "비슷한 항목 · Likeliest field"})
    samples = Many(Text(), required=True)


class SourceSchema(Strict):
    """One file of an import."""

    name = Text(required=True)
    format = Text(required=True)
    kind = Text(required=True)
    encoding = Text(required=True)
    sheet = Text(required=True)
    size = Whole(required=True)
    sha256 = Text(required=True)
    rows = Whole(required=True)
    columns = Many(fields.Nested(ColumnSchema), required=True)


class CountsSchema(Strict):
    """Rows read, faulty, and what the good ones change."""

    rows = Whole(required=True)
    faulty = Whole(required=True)
    added = Whole(required=True)
    changed = Whole(required=True)
    same = Whole(required=True)


class ImportSchema(Strict):
    """An import: previewed, committed or expired, with the first faults of its report."""

    id = Text(required=True)
    state = Code((PREVIEWED, COMMITTED, EXPIRED), required=True)
    created_at = Text(required=True)
    created_by = Text(required=True)
    expires_at = Text(required=True, metadata={"description": "이때까지 확정할 수 있음 · May be committed until then"})
    committed_at = Text(required=True, allow_none=True)
    committed_by = Text(required=True, allow_none=True)
    good_rows_only = TrueOrFalse(required=True)
    sources = Many(fields.Nested(SourceSchema), required=True)
    counts = fields.Nested(CountsSchema, required=True)
    faults = Many(fields.Nested(RowFault), required=True)
    notes = Many(fields.Nested(RowFault), required=True)


class ReportSchema(Strict):
    """Some faults by line, and the cursor of the next page (null: this was the last)."""

    items = Many(fields.Nested(RowFault), required=True)
    next = Text(required=True, allow_none=True)


def shown(preview: Import, language: str) -> dict[str, Any]:
    """An import as it is sent."""
    kind = preview.sources[0].kind if preview.sources else "startups"
    return {
        **attributes(preview, "id", "state"),
        "created_at": preview.created_at.isoformat(),
        "created_by": preview.created_by,
        "expires_at": preview.expires_at.isoformat(),
        "committed_at": preview.committed_at.isoformat() if preview.committed_at else None,
        "committed_by": preview.committed_by,
        "good_rows_only": preview.good_rows_only,
        "sources": [
            {**asdict(source), "columns": [column(header, source.kind, language) for header in source.columns]}
            for source in preview.sources
        ],
        "counts": asdict(preview.counts),
        "faults": said(preview.faults[:FIRST_FAULTS], kind, language),
        "notes": said(preview.notes[:FIRST_FAULTS], kind, language),
    }


def column(read: Mapping[str, Any], kind: str, language: str) -> dict[str, Any]:
    """A column with the name of its field, and why it is not read."""
    field = columns(kind).by_field.get(read["field"] or "")
    why = Fault(read["why"], value=read["heading"]).sentences(language)[0] if read["why"] else ""
    return {**read, "label": field.label(language) if field else "", "message": why}


def _fields_of(kind: str) -> dict[str, Any]:
    """What the document says of a heading map's fields for one kind of record."""
    field = {"enum": [None, "", *columns(kind).by_field]}
    return {"properties": {"kind": {"const": kind}, "columns": {"items": {"properties": {"field": field}}}}}


class FormOf(Strict):
    """Whose form it is."""

    institution = Text(longest=100, required=True, metadata={"description": "기관 · Institution", "pattern": NON_BLANK})
    form = Text(longest=100, required=True, metadata={"description": "서식 · Form", "pattern": NON_BLANK})


class MappedHeading(Strict):
    """One heading and its field; an empty one is not read."""

    heading = Text(longest=80, required=True)
    field = Text(longest=60, required=True, allow_none=True)


class HeadingsAsked(FormOf):
    """What the headings of an import's file name, kept for the institution's form."""

    columns = Many(fields.Nested(MappedHeading), required=True)


class HeadingMapAsked(HeadingsAsked):
    """The same for a kind of record, without a file; the fields are that kind's."""

    together: ClassVar[dict[str, Any]] = {"oneOf": [_fields_of(kind) for kind in KINDS]}
    kind = Code(KINDS, required=True)


class HeadingMapSchema(HeadingMapAsked):
    """A heading map as it is kept."""

    id = Text(required=True)
    updated_at = Text(required=True)
    updated_by = Text(required=True)


class HeadingMapsSchema(Strict):
    """Every heading map, by institution and form."""

    items = Many(fields.Nested(HeadingMapSchema), required=True)


def heading_map(mapping: HeadingMap) -> dict[str, Any]:
    """A heading map as it is sent."""
    named_columns = {"columns": [{"heading": h, "field": field or None} for h, field in mapping.columns.items()]}
    return {**asdict(mapping), **named_columns, "updated_at": mapping.updated_at.isoformat()}


def report(preview: Import, span: Span, language: str) -> dict[str, Any]:
    """One page of an import's faults."""
    kind = preview.sources[0].kind if preview.sources else "startups"
    end = span.after + span.limit
    items = said(preview.faults[span.after : end], kind, language)
    return {"items": items, "next": place(end) if end < len(preview.faults) else None}


def said(faults: Iterable[Fault], kind: str, language: str) -> list[dict[str, Any]]:
    """Faults with their sentences."""
    return [_said(fault, kind, language) for fault in faults]


def _said(fault: Fault, kind: str, language: str) -> dict[str, Any]:
    column = columns(kind).by_field.get(fault.field)
    message, advice = fault.sentences(language)
    return {
        **attributes(fault, "file", "line", "field"),
        "label": column.label(language) if column else fault.field,
        "value": fault.value,
        "code": fault.code,
        "message": message,
        "advice": advice,
    }
