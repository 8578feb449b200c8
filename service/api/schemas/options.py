"""What may stand behind the question mark of an address."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from model import domain
from service.actions.match import Options
from service.api.schemas.fields import CODES, Code, Strict, Text, day, refusal, text

MOST_MATCHES = 100
MOST_ITEMS = 200


class Number(fields.Integer):
    """A whole number within limits, written in digits."""

    default_error_messages = CODES

    def __init__(self, low: int, high: int, **options: Any) -> None:
        self._low, self._high = low, high
        super().__init__(validate=validate.Range(low, high), **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        digits = text(value)
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
            raise ValidationError("not_integer")
        if not self._low <= int(digits) <= self._high:
            raise refusal("out_of_range", f"{self._low}-{self._high}")
        return int(digits)


class QueryDay(fields.Date):
    """A date as YYYY-MM-DD."""

    default_error_messages = CODES

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return day(text(value))


class Cursor(fields.String):
    """The place behind which a page starts, as an earlier page gave it."""

    default_error_messages = CODES

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        try:
            return text(base64.b64decode(text(value).encode(), altchars=b"-_", validate=True).decode())
        except (ValueError, binascii.Error):
            raise ValidationError("bad_cursor") from None


def cursor(identifier: str | None) -> str | None:
    """The cursor of the page behind an id."""
    return base64.urlsafe_b64encode(identifier.encode()).decode() if identifier is not None else None


class MatchOptions(Strict):
    """How many matches, as of which day, under which rules."""

    limit = Number(1, MOST_MATCHES, metadata={"description": "결과 수(기본 10) · How many, 10 unless told"})
    on = QueryDay(metadata={"description": "자격 판정 기준일(기본 오늘) · Day as of which rules are read, else today"})
    include = Code(
        ["ineligible"], metadata={"description": "자격이 없는 쌍도 포함 · Show pairs that a rule excludes, too"}
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Options:
        """Turn the parameters into options."""
        return Options(data.get("limit", 10), data.get("on"), include_ineligible="include" in data)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page of a list is asked for."""

    limit: int = 50
    after: str = ""
    filters: Mapping[str, object] = field(default_factory=dict)


class PageOptions(Strict):
    """Which page, and of which records."""

    limit = Number(1, MOST_ITEMS, metadata={"description": "한 쪽의 건수(기본 50) · Items a page, 50 unless told"})
    cursor = Cursor(metadata={"description": "앞 쪽의 next 값 · `next` of the page before"})
    q = Text(longest=200, metadata={"description": "이름과 소개에서 찾을 말 · Text to find in names and summaries"})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Wanted:
        """Turn the parameters into a page that is wanted."""
        return Wanted(data.pop("limit", 50), data.pop("cursor", ""), data)


class StartupPage(PageOptions):
    """A page of startups."""

    kind = Code(domain.Kind)
    stage = Code(domain.Stage)
    region = Text(longest=10, metadata={"description": "행정구역 코드 · Official code of the region"})


class ProgramPage(PageOptions):
    """A page of programs."""

    role = Code(domain.Role)
    family = Text(longest=200)
    year = Number(1900, 2999)
