"""The tables of docs/reference/snapshot.md, written from the declared fields: `python -m docs.fields`."""

from __future__ import annotations

from pathlib import Path

from model.domain import ParticipationStatus
from model.fields import RECORDS, Field, Holds, fields_of

PAGE = Path(__file__).parent / "reference" / "snapshot.md"
HEAD = "| 항목 key | 이름 name | 형 type | 뜻 meaning |\n|---|---|---|---|\n"
TYPES = {str: "문자열 text", int: "정수 integer", bool: "참·거짓 boolean"}
BY_CONTENT = {
    Holds.DAY: "날짜 date",
    Holds.CLOCK: "시각 time",
    Holds.CHOICE: "코드 code",
    Holds.SPAN: "달 또는 해 month or year",
    Holds.OWN_SHARE: "객체 object",
    Holds.SOURCES: "문자열 또는 목록 text or list",
}


def page(text: str) -> str:
    """The page with its tables as the fields are declared now."""
    for kind in ("startups", "programs"):
        start = text.index("| 항목 key |", text.index(f"`{kind}.jsonl`\n"))
        rows = "".join(_row(field) for field in fields_of(RECORDS[kind]))
        text = text[:start] + HEAD + rows + text[text.index("\n\n", start) + 1 :]
    return text


def _row(field: Field) -> str:
    codes = " ".join(f"`{code}`" for code in field.choices) if field.choices else ""
    if field.holds in (Holds.PARTICIPATIONS, Holds.CONFLICTS):
        codes = " ".join(f"`{code}`" for code in ParticipationStatus)
    meaning = ". ".join(filter(None, (field.about, field.note, codes)))
    return f"| `{field.name}` | {field.ko}<br>{field.en} | {_type(field)} | {meaning} |\n"


def _type(field: Field) -> str:
    name = BY_CONTENT.get(field.holds) or ("목록 list" if field.default == () else TYPES[field.python_type])
    if field.holds is Holds.FIELD_NUMBER:
        name = f"{name} {field.low}–{field.high}"
    return f"{name}, 필수 required" if field.is_required else name


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
