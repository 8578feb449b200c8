"""Fields that take a value exactly as the contract has it, convert nothing, and refuse with a stable code.

The same limits stand in `model.snapshot.rows`, which makes the records; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, TypeAlias

from marshmallow import Schema, ValidationError, fields, validate

from model.faults import Fault
from model.snapshot import rows
from model.snapshot.rows import MAX_INTEGER, MAX_LIST, MAX_TEXT

MAX_ID = 200
SPACES = r"\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Spaces beyond Latin-1, named one by one: what `\\s` means differs between readers of patterns."""
VISIBLE = rf"^[^\x00-\x20\x7f-\xa0{SPACES}]([^\x00-\x1f\x7f-\x9f]*[^\x00-\x20\x7f-\xa0{SPACES}])?$"
"""How the document says of an id that it has no control character and something besides space."""
Codes: TypeAlias = dict[str, str | list[Any] | dict[Any, Any]]
CODES: Codes = {"required": "missing", "null": "missing", "validator_failed": "not_allowed"}
STORABLE = r"^[^\x00]*$"
"""How the document says of a text that it can be stored."""
NON_BLANK = rf"^[^\x00]*[^\x00\t-\r\x1c-\x20\x85\xa0{SPACES}][^\x00]*$"
"""How it says of a text that it is not blank."""
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
_LEAP_YEAR = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
_DAY = "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
MOMENT = rf"^(?!0000)([0-9]{{4}}-{_DAY}|{_LEAP_YEAR}-02-29)T([01][0-9]|2[0-3]):[0-5][0-9]$"
"""A minute of a day that there is: a document can't say it otherwise, as a date-time has seconds and an offset."""
SPAN = r"^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]))?$"
YEARS = r"^(same|any|last:[1-9][0-9]?)$"
LIST_CODES: Codes = {**CODES, "invalid": "not_list"}


class Text(fields.String):
    """A text of up to 200,000 characters, any that can be stored."""

    default_error_messages = CODES

    def __init__(self, *, longest: int = MAX_TEXT, metadata: dict[str, Any] | None = None, **options: Any) -> None:
        stated = {"pattern": STORABLE, **(metadata or {})}
        super().__init__(validate=validate.Length(max=longest, error="too_long"), metadata=stated, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return text(value)


class Identifier(Text):
    """An id: not empty, up to 200 characters, no control character."""

    def __init__(self, *, metadata: dict[str, Any] | None = None, **options: Any) -> None:
        super().__init__(longest=MAX_ID, metadata={"minLength": 1, "pattern": VISIBLE, **(metadata or {})}, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        key = text(value).strip()
        if not key:
            raise ValidationError("missing")
        # An id is part of addresses, logs and file names, in which a control character could end a line.
        if any(unicodedata.category(character) == "Cc" for character in key):
            raise ValidationError("bad_text")
        return key


class Code(fields.String):
    """One of a closed list of codes."""

    default_error_messages = CODES

    def __init__(self, choices: Iterable[str], **options: Any) -> None:
        self._choices = tuple(str(choice) for choice in choices)
        super().__init__(validate=validate.OneOf(self._choices), **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if text(value) not in self._choices:
            raise refusal("not_allowed", ", ".join(self._choices))
        return str(value)


class Whole(fields.Integer):
    """A whole number within limits; 50.0 is the JSON integer 50."""

    default_error_messages = CODES

    def __init__(self, low: int = 0, high: int = MAX_INTEGER, **options: Any) -> None:
        self._low, self._high = low, high
        super().__init__(strict=True, validate=validate.Range(low, high), **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        whole = rows.whole(value)
        if whole is None:
            raise ValidationError("not_integer")
        if not self._low <= whole <= self._high:
            raise refusal("out_of_range", f"{self._low}-{self._high}")
        return whole


class TrueOrFalse(fields.Boolean):
    """true or false."""

    default_error_messages = CODES

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        # marshmallow takes "yes", 1 and "on" for true.
        if not isinstance(value, bool):
            raise ValidationError("not_boolean")
        return value


class Day(fields.Date):
    """A date as YYYY-MM-DD, kept as text."""

    default_error_messages = CODES

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        day(text(value))
        return value


class Clock(fields.Time):
    """A time of day as HH:MM, kept as text."""

    default_error_messages = CODES

    def __init__(self, *, metadata: dict[str, Any], **options: Any) -> None:
        super().__init__(metadata={"pattern": CLOCK, **metadata}, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not re.fullmatch(CLOCK, text(value)):
            raise ValidationError("not_time")
        return value


class Formed(Text):
    """A text of a form of its own, kept as text."""

    def __init__(
        self, form: str, code: str, allowed: str = "", *, metadata: dict[str, Any] | None = None, **options: Any
    ) -> None:
        self._form, self._code, self._allowed = re.compile(form), code, allowed
        super().__init__(metadata={"pattern": form, **(metadata or {})}, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not self._form.fullmatch(text(value)):
            raise refusal(self._code, self._allowed)
        return value


class LocalMinute(Formed):
    """A day and a time of day as YYYY-MM-DDTHH:MM, kept as text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(MOMENT, "not_moment", **options)


class Many(fields.List[Any]):
    """A list of `least` to 1,000 entries."""

    default_error_messages = LIST_CODES

    def __init__(self, entry: fields.Field[Any], *, least: int | None = None, **options: Any) -> None:
        lengths = [validate.Length(max=MAX_LIST, error="too_long")]
        if least:
            lengths.insert(0, validate.Length(min=least, error="missing"))
        super().__init__(entry, validate=lengths, **options)


class TextOrMany(fields.Raw):
    """A text, or a list of texts."""

    default_error_messages = CODES

    def __init__(self, *, metadata: dict[str, Any], **options: Any) -> None:
        single = {"type": "string", "maxLength": MAX_TEXT, "pattern": STORABLE}
        many = {"type": "array", "items": single, "maxItems": MAX_LIST}
        super().__init__(metadata={**metadata, "oneOf": [single, many]}, **options)
        self._many = Many(Text())

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return Text().deserialize(value) if isinstance(value, str) else self._many.deserialize(value)


class Strict(Schema):
    """A schema that refuses what it does not name; `together` is what the document says of several fields at once."""

    together: ClassVar[dict[str, Any]] = {}
    error_messages: dict[str, str] = {"unknown": "unknown_key", "type": "not_object"}  # noqa: RUF012 - marshmallow reads it off the class


def attributes(record: object, *names: str) -> dict[str, Any]:
    """What a record has under these names, as an answer gives it under the same."""
    return {name: getattr(record, name) for name in names}


def just_one(*names: str) -> dict[str, Any]:
    """What the document says of fields of which exactly one is given; null is as good as absent."""
    null = {"type": "null"}
    properties = [{name: {"type": "string"} if name == chosen else null for name in names} for chosen in names]
    return {
        "oneOf": [{"required": [chosen], "properties": said} for chosen, said in zip(names, properties, strict=True)]
    }


def text(value: Any) -> str:
    """The value when it is a text that can be stored; raises ValidationError."""
    if not isinstance(value, str):
        raise ValidationError("not_text")
    # PostgreSQL stores no NUL, and a lone surrogate has no bytes in UTF-8.
    if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise ValidationError("bad_text")
    return value


def day(value: str) -> date:
    """The date that a text names; raises ValidationError.

    >>> day("2026-02-28")
    datetime.date(2026, 2, 28)
    """
    try:
        return rows.day(value)
    except ValueError:
        raise ValidationError("not_date") from None


def refusal(code: str, allowed: str) -> ValidationError:
    """A refusal that names what is allowed."""
    return ValidationError([Fault(code, allowed=allowed)])
