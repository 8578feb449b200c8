"""One row of JSON to one startup, program or outcome, and back; every fault of the row is named at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

from model.domain import (
    Confidence,
    Conflict,
    Detail,
    Entity,
    Kind,
    Outcome,
    OutcomeKind,
    Participation,
    ParticipationStatus,
    Program,
    Role,
    Stage,
    Startup,
    Support,
)
from model.faults import BadData, Fault, shown

Record = TypeVar("Record", Startup, Program, Outcome)
Reader = Callable[[object], Any]

MAX_TEXT = 200_000
MAX_LIST = 1_000
MAX_INTEGER = 10**18


class _Refused(Exception):  # noqa: N818 - never leaves this room
    def __init__(self, code: str, allowed: str = "") -> None:
        self.code, self.allowed = code, allowed


def startup(row: Mapping[str, object]) -> Startup:
    """Read a startup from the keys of the snapshot contract; raises BadData with every fault of the row."""
    return _record(Startup, _STARTUP, row)


def program(row: Mapping[str, object]) -> Program:
    """Read a program from the keys of the snapshot contract; raises BadData with every fault of the row."""
    return _record(Program, _PROGRAM, row)


def outcome(row: Mapping[str, object]) -> Outcome:
    """Read an outcome from its four columns; raises BadData with every fault of the row."""
    return _record(Outcome, _OUTCOME, {key: value for key, value in row.items() if value != ""})


def plain(record: Startup | Program | Outcome) -> dict[str, Any]:
    """Write a record as JSON values, unknown ones left out, such that reading it back gives the same record.

    >>> plain(Startup("s-1", stage=Stage.SEED))
    {'id': 's-1', 'kind': 'startup', 'stage': 'seed'}
    """
    values = {f.name: _plain(getattr(record, f.name)) for f in fields(record)}
    return {name: value for name, value in values.items() if value is not None and value != []}


def day(text: str) -> date:
    """Read a calendar date written YYYY-MM-DD, and no other form of ISO 8601; raises ValueError.

    >>> day("2026-02-28")
    datetime.date(2026, 2, 28)
    >>> day("2026-W05-1")
    Traceback (most recent call last):
    ValueError: 2026-W05-1
    """
    if len(text) != 10 or text[4] != "-" or text[7] != "-":  # a week date is as long, and Python reads it
        raise ValueError(text)
    return date.fromisoformat(text)


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return value.isoformat("T", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, (Participation, Conflict)):
        # what stands at its default is left out, so that rows of before keep their digest
        stated = [f for f in fields(value) if f.default is MISSING or getattr(value, f.name) != f.default]
        return {f.name: _plain(getattr(value, f.name)) for f in stated if getattr(value, f.name) is not None}
    return value


def _record(kind: type[Record], readers: Mapping[str, Reader], row: Mapping[str, object]) -> Record:
    faults = [Fault("unknown_key", field=shown(key), value=shown(row[key])) for key in row if key not in readers]
    values: dict[str, Any] = {}
    for key, reader in readers.items():
        if row.get(key) is not None:
            try:
                values[key] = reader(row[key])
            except _Refused as refusal:
                faults.append(Fault(refusal.code, field=key, value=shown(row[key]), allowed=refusal.allowed))
    named = {fault.field for fault in faults}
    required = [f.name for f in fields(kind) if f.name in _REQUIRED and f.name not in values]
    faults += [Fault("missing", field=name) for name in required if name not in named]
    if faults:
        raise BadData(faults)
    return kind(**values)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Refused("not_text")
    if len(value) > MAX_TEXT:
        raise _Refused("too_long")
    if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise _Refused("bad_text")
    return value


def _key(value: object) -> str:
    text = _text(value).strip()
    if not text:
        raise _Refused("missing")
    if len(text) > 200:
        raise _Refused("too_long")
    if any(unicodedata.category(c) == "Cc" for c in text):
        raise _Refused("bad_text")
    return text


def _integer(low: int, high: int) -> Reader:
    def read(value: object) -> int:
        found = whole(value)
        if found is None:
            raise _Refused("not_integer")
        if not low <= found <= high:
            raise _Refused("out_of_range", f"{low}-{high}")
        return found

    return read


def whole(value: object) -> int | None:
    """The whole number that a JSON value is, however it is written (RFC 8259 knows one kind of number), else None.

    >>> whole(50), whole(50.0), whole(1.5), whole(True), whole("50")
    (50, 50, None, None, None)
    """
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Refused("not_boolean")
    return value


def _date(value: object) -> date:
    try:
        return day(_text(value))
    except ValueError:
        raise _Refused("not_date") from None


def _time(value: object) -> time:
    text = _text(value)
    try:
        if len(text) != 5 or text[2] != ":":
            raise ValueError
        return time.fromisoformat(text)
    except ValueError:
        raise _Refused("not_time") from None


def _choice(kind: type[StrEnum]) -> Reader:
    def read(value: object) -> StrEnum:
        try:
            return kind(_text(value))
        except ValueError:
            raise _Refused("not_allowed", ", ".join(kind)) from None

    return read


def _list(item: Reader) -> Reader:
    def read(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _Refused("not_list")
        if len(value) > MAX_LIST:
            raise _Refused("too_long")
        return tuple(item(entry) for entry in value)

    return read


def _texts(value: object) -> tuple[str, ...]:
    found: tuple[str, ...] = (_text(value),) if isinstance(value, str) else _list(_text)(value)
    return found


def _object(kind: Callable[..., Any], readers: Mapping[str, Reader], required: set[str]) -> Reader:
    def read(value: object) -> Any:
        if not isinstance(value, dict):
            raise _Refused("not_object")
        stated = {key: item for key, item in value.items() if item is not None}
        if not required <= set(stated) or not set(value) <= set(readers):
            raise _Refused("not_allowed", ", ".join(readers))
        return kind(**{key: readers[key](item) for key, item in stated.items()})

    return read


def _moment(value: object) -> datetime:
    text = _text(value)
    try:
        if len(text) != 16 or text[10] != "T":
            raise ValueError
        return datetime.combine(day(text[:10]), time.fromisoformat(text[11:]))
    except ValueError:
        raise _Refused("not_moment") from None


def _years(value: object) -> str:
    """The years in which a conflict counts: `same`, `any`, or `last:N`."""
    text = _text(value)
    if not re.fullmatch(r"same|any|last:[1-9]\d?", text):
        raise _Refused("not_allowed", "same, any, last:3")
    return text


def _conflict(value: object) -> Conflict:
    """A conflict names a family or a class, one of the two."""
    found: Conflict = _CONFLICT(value)
    if (found.family is None) == (found.program_class is None):
        raise _Refused("not_allowed", "family, program_class")
    return found


_YEAR = _integer(1900, 2999)
_COUNT = _integer(0, MAX_INTEGER)
_AGE = _integer(0, 200)
_REQUIRED = {"id", "startup_id", "program_id", "outcome"}

_CONFLICT = _object(
    lambda family=None, **facts: Conflict(family, **facts),
    {
        "family": _key,
        "program_class": _key,
        "from_stage": _choice(ParticipationStatus),
        "years": _years,
        "times": _integer(1, 100),
        "basis": _text,
        "confidence": _choice(Confidence),
    },
    {"from_stage"},
)

_STARTUP: dict[str, Reader] = {
    "id": _key,
    "name": _text,
    "name_en": _text,
    "summary": _text,
    "summary_en": _text,
    "technologies": _list(_text),
    "industry": _text,
    "new_industry_field": _integer(1, 27),
    "kind": _choice(Kind),
    "stage": _choice(Stage),
    "entity": _choice(Entity),
    "founded_on": _date,
    "region": _text,
    "employees": _COUNT,
    "revenue_krw": _COUNT,
    "funding_krw": _COUNT,
    "needs": _list(_choice(Support)),
    "languages": _list(_text),
    "history": _list(
        _object(
            Participation,
            {
                "program_family": _key,
                "year": _YEAR,
                "status": _choice(ParticipationStatus),
                "pledged_at": _moment,
            },
            {"program_family", "year", "status"},
        )
    ),
    "business_number": _text,
    "corporate_number": _text,
    "representatives": _integer(1, 1_000),
    "representatives_qualify": _boolean,
}

_PROGRAM: dict[str, Reader] = {
    "id": _key,
    "name": _text,
    "name_en": _text,
    "partner": _text,
    "operator": _text,
    "family": _text,
    "track": _text,
    "year": _YEAR,
    "url": _text,
    "source": _texts,
    "confidence": _choice(Confidence),
    "summary": _text,
    "summary_en": _text,
    "demand": _text,
    "role": _choice(Role),
    "applicants": _list(_choice(Kind)),
    "technologies": _list(_text),
    "industries": _list(_text),
    "support": _list(_choice(Support)),
    "stages": _list(_choice(Stage)),
    "entities": _list(_choice(Entity)),
    "regions": _list(_text),
    "languages": _list(_text),
    "notice_on": _date,
    "opens_on": _date,
    "closes_on": _date,
    "closes_at": _time,
    "always_open": _boolean,
    "min_age_years": _AGE,
    "max_age_years": _AGE,
    "max_age_years_new_industry": _AGE,
    "non_capital_only": _boolean,
    "excluded_industries": _list(_text),
    "exclusive_group": _text,
    "exclusive_group_confidence": _choice(Confidence),
    "not_together_with": _list(_conflict),
    "seats": _COUNT,
    "budget_exhausted": _boolean,
    "funding_max_krw": _COUNT,
    "manual_checks": _list(_text),
    "reasons_shown": _choice(Detail),
}

_OUTCOME: dict[str, Reader] = {
    "startup_id": _key,
    "program_id": _key,
    "outcome": _choice(OutcomeKind),
    "on": _date,
}
