"""One row of JSON to one startup, program or outcome, and back; every fault of the row is named at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

from model.domain import Application, Business, Conflict, FactSource, Outcome, OwnShare, Participation, Program, Startup
from model.faults import BadData, Fault, shown
from model.fields import FIELDS, Field, Holds
from model.fields.declared import MOST_INTEGER as MAX_INTEGER

Record = TypeVar("Record", Startup, Program, Outcome, Application)
Reader = Callable[[object], Any]

__all__ = [
    "MAX_INTEGER",
    "MAX_LIST",
    "MAX_TEXT",
    "application",
    "day",
    "outcome",
    "plain",
    "program",
    "startup",
    "whole",
    "written",
]

MAX_TEXT = 200_000
MAX_LIST = 1_000


class _Refused(Exception):  # noqa: N818 - never leaves this room
    def __init__(self, code: str, allowed: str = "") -> None:
        self.code, self.allowed = code, allowed


def startup(row: Mapping[str, object]) -> Startup:
    """Read a startup from the keys of the snapshot contract; raises BadData with every fault of the row."""
    return _record(Startup, row)


def program(row: Mapping[str, object]) -> Program:
    """Read a program from the keys of the snapshot contract; raises BadData with every fault of the row."""
    return _record(Program, row)


def outcome(row: Mapping[str, object]) -> Outcome:
    """Read an outcome from its four columns; raises BadData with every fault of the row."""
    return _record(Outcome, {key: value for key, value in row.items() if value != ""})


def application(row: Mapping[str, object]) -> Application:
    """Read an application from the keys of its fields; raises BadData with every fault of the row."""
    return _record(Application, row)


def plain(record: Startup | Program | Outcome | Application) -> dict[str, Any]:
    """Write a record as JSON values, unknown ones left out, such that reading it back gives the same record.

    >>> plain(Startup("s-1", employees=3))
    {'id': 's-1', 'kind': 'startup', 'employees': 3}
    """
    values = ((name, getattr(record, name)) for name in _NAMES[type(record)])
    return {name: written(value) for name, value in values if value is not None and value != ()}


def day(text: str) -> date:
    """Read a calendar date written YYYY-MM-DD, and no other form of ISO 8601; raises ValueError.

    >>> day("2026-02-28")
    datetime.date(2026, 2, 28)
    >>> day("2026-W05-1")
    Traceback (most recent call last):
    ValueError: 2026-W05-1
    """
    # fromisoformat has accepted every ISO form since Python 3.11, `2026-W05-1` among them.
    if len(text) != 10 or text[4] != "-" or text[7] != "-":  # a week date is as long, and Python reads it
        raise ValueError(text)
    return date.fromisoformat(text)


def written(value: object) -> Any:
    """Write one value of a record as JSON values."""
    if type(value) in (str, int):  # most of them
        return value
    if isinstance(value, tuple):
        return [written(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat("T", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if defaults := _DEFAULTS.get(type(value)):
        # what stands at its default is left out, so that rows of before keep their digest
        stated = ((name, getattr(value, name), default) for name, default in defaults)
        return {name: written(own) for name, own, default in stated if own is not None and own != default}
    return value


def _record(kind: type[Record], row: Mapping[str, object]) -> Record:
    readers = _READERS[kind]
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for key, value in row.items():
        if key not in readers:
            faults.append(Fault("unknown_key", field=shown(key), value=shown(value)))
        elif value is not None:
            try:
                values[key] = readers[key](value)
            except _Refused as refusal:
                faults.append(Fault(refusal.code, field=key, value=shown(value), allowed=refusal.allowed))
    faults += [Fault("missing", field=key) for key in _REQUIRED[kind] if row.get(key) is None]
    if faults:
        raise BadData(faults)
    return kind(**values)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Refused("not_text")
    if len(value) > MAX_TEXT:
        raise _Refused("too_long")
    try:
        value.encode()  # a lone surrogate has no UTF-8
    except UnicodeEncodeError:
        raise _Refused("bad_text") from None
    if "\0" in value:
        raise _Refused("bad_text")
    return value


def _key(value: object) -> str:
    text = _text(value).strip()
    if not text:
        raise _Refused("missing")
    if len(text) > 200:
        raise _Refused("too_long")
    if not text.isprintable() and any(unicodedata.category(c) == "Cc" for c in text):
        raise _Refused("bad_text")
    return text


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
    return (_text(value),) if isinstance(value, str) else _list(_text)(value)


def _object(kind: type[Any]) -> Reader:
    readers = {name: _reader(field) for name, field in FIELDS[kind].items()}
    required = {name for name, field in FIELDS[kind].items() if field.is_required}
    unknown = {name: field.default for name, field in FIELDS[kind].items() if not field.is_required}

    def read(value: object) -> Any:
        if not isinstance(value, dict):
            raise _Refused("not_object")
        # null and absent mean the same: unknown.
        stated = {key: entry for key, entry in value.items() if entry is not None}
        if not required <= set(stated) or not set(value) <= set(readers):
            raise _Refused("not_allowed", ", ".join(readers))
        return kind(**{**unknown, **{key: readers[key](entry) for key, entry in stated.items()}})

    return read


def _moment(value: object) -> datetime:
    text = _text(value)
    try:
        if len(text) != 16 or text[10] != "T" or text[13] != ":":
            raise ValueError
        return datetime.combine(day(text[:10]), time.fromisoformat(text[11:]))
    except ValueError:
        raise _Refused("not_moment") from None


def _span(value: object) -> str:
    """A month or a year in which a day lies that isn't known better: `2026-02` or `2026`."""
    text = _text(value)
    if not re.fullmatch(r"(?:19|2\d)\d\d(?:-(?:0[1-9]|1[0-2]))?", text, re.ASCII):
        raise _Refused("not_month")
    return text


def _years(value: object) -> str:
    """The years in which a conflict counts: `same`, `any`, or `last:N`."""
    text = _text(value)
    if not re.fullmatch(r"same|any|last:[1-9]\d?", text):
        raise _Refused("not_allowed", "same, any, last:3")
    return text


def _conflict(value: object) -> Conflict:
    """A conflict names a family or a class, one of the two."""
    conflict: Conflict = _object(Conflict)(value)
    if (conflict.family is None) == (conflict.program_class is None):
        raise _Refused("not_allowed", "family, program_class")
    return conflict


_PLAIN: Mapping[Holds, Reader] = {
    Holds.KEY: _key,
    Holds.DAY: _date,
    Holds.CLOCK: _time,
    Holds.MOMENT: _moment,
    Holds.PERIOD: _years,
    Holds.SPAN: _span,
    Holds.FLAG: _boolean,
    Holds.WORDS: _list(_text),
    Holds.SOURCES: _texts,
    Holds.PLACES: _list(_text),
    Holds.INDUSTRIES: _list(_text),
}


def _reader(field: Field) -> Reader:
    """How the field's value is read from JSON, by what it holds."""
    if field.python_type in (int, float):

        def read(value: object) -> float:
            number = value if field.python_type is float and isinstance(value, float) else whole(value)
            if number is None:
                raise _Refused("not_integer" if field.python_type is int else "not_points")
            if not field.low <= number <= field.high:
                raise _Refused("out_of_range", f"{field.low}-{field.high}")
            return field.python_type(number)  # type: ignore[no-any-return]  # a number of the field's type

        return read
    match field.holds:
        case Holds.PARTICIPATIONS | Holds.BUSINESSES | Holds.FACT_SOURCES:
            return _list(_object(field.python_type))
        case Holds.OWN_SHARE:
            return _object(field.python_type)
        case Holds.CONFLICTS:
            return _list(_conflict)
        case Holds.CHOICE | Holds.CHOICES:
            single = _choice(field.choices) if field.choices else _text
            return single if field.holds is Holds.CHOICE else _list(single)
        case _:
            return _PLAIN.get(field.holds, _text)


_READERS: Mapping[type[Any], Mapping[str, Reader]] = {
    kind: {name: _reader(field) for name, field in FIELDS[kind].items()}
    for kind in (Startup, Program, Outcome, Application)
}
_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in _READERS}
_REQUIRED = {kind: tuple(name for name, field in FIELDS[kind].items() if field.is_required) for kind in _READERS}
_DEFAULTS: Mapping[type[Any], tuple[tuple[str, Any], ...]] = {
    kind: tuple((field.name, field.default) for field in fields(kind))
    for kind in (Participation, Conflict, Business, FactSource, OwnShare)
}
