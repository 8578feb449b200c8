"""What may stand behind the question mark of an address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from model import domain
from service.actions.catalogue.explain_eligibility import MOST_NAMED as MOST_NAMED_USUALLY
from service.actions.catalogue.explain_eligibility import ExplanationWish
from service.actions.matching.match import Options
from service.api.wire.fields import CODES, Code, Strict, Text, day, refusal, text
from service.wording.eligibility import Audience

MOST_MATCHES = 100
MOST_ITEMS = 200
MOST_NAMED = 1_000
DAY = {"description": "자격 판정 기준일(기본 오늘) · Day as of which rules are read, else today"}


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


UTF_16 = (
    "^(000[1-9a-f]|00[1-9a-f][0-9a-f]|0[1-9a-f][0-9a-f]{2}|[1-9a-ce-f][0-9a-f]{3}|d[0-7][0-9a-f]{2}"
    "|d[89ab][0-9a-f]{2}d[c-f][0-9a-f]{2})*$"
)
"""A text without NUL in UTF-16 in hexadecimal: of this encoding a pattern can say exactly what is a text."""


class Cursor(fields.String):
    """The place behind which a page starts, as an earlier page gave it."""

    default_error_messages = CODES

    def __init__(self, *, metadata: dict[str, Any]) -> None:
        super().__init__(metadata={"pattern": UTF_16, **metadata})

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not re.fullmatch(UTF_16, text(value)):
            raise ValidationError("bad_cursor")
        return bytes.fromhex(value).decode("utf-16-be")


class NumberCursor(fields.String):
    """The place behind which a page of numbered entries starts, as an earlier page gave it: up to so many digits."""

    default_error_messages = CODES

    def __init__(self, digits: int = 9, *, metadata: dict[str, Any]) -> None:
        self._pattern = f"^[0-9]{{1,{digits}}}$"
        super().__init__(metadata={"pattern": self._pattern, **metadata})

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not re.fullmatch(self._pattern, text(value)):
            raise ValidationError("bad_cursor")
        return value


class AudienceOption(Code):
    """Who reads the answer."""

    def __init__(self) -> None:
        about = "읽는 사람: 담당자(기본) 또는 신청기업 · Who reads: staff (unless told), or an applicant, who sees less"
        super().__init__(Audience, metadata={"description": about})


def audience(parameters: Mapping[str, Any]) -> Audience:
    """Who reads, staff unless told."""
    return Audience(parameters.get("audience", Audience.STAFF))


def cursor(identifier: str | None) -> str | None:
    """The cursor of the page behind an id."""
    return identifier.encode("utf-16-be").hex() if identifier is not None else None


def place(number: int | None) -> str | None:
    """The cursor of the page behind a numbered entry."""
    return str(number) if number is not None else None


class MatchOptions(Strict):
    """How many matches, as of which day, under which rules."""

    limit = Number(1, MOST_MATCHES, metadata={"description": "결과 수(기본 10) · How many, 10 unless told"})
    on = QueryDay(metadata=DAY)
    include = Code(
        ["ineligible", "known", "all"],
        metadata={
            "description": "자격이 없는 쌍(ineligible), 이미 신청·참여한 프로그램(known), 또는 둘 다(all) 포함 · "
            "Rank pairs that a rule excludes, pairs of whose family something is known already, or both, too"
        },
    )

    audience = AudienceOption()

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Options:
        """Turn the parameters into options."""
        include = data.get("include")
        return Options(
            data.get("limit", 10),
            data.get("on"),
            include_ineligible=include in ("ineligible", "all"),
            include_known=include in ("known", "all"),
            audience=audience(data),
        )


class ExplainOptions(Strict):
    """As of which day the rules are read, and for whom."""

    on = QueryDay(metadata=DAY)
    audience = AudienceOption()

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> ExplanationWish:
        """Turn the parameters into a wish."""
        return ExplanationWish(data.get("on"), audience(data))


class OverviewOptions(Strict):
    """As of which day the rules are read, and how many startups are named in each entry."""

    on = QueryDay(metadata=DAY)
    limit = Number(
        0, MOST_NAMED, metadata={"description": "항목마다 이름을 밝힐 기업 수(기본 20) · Startups named each"}
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> ExplanationWish:
        """Turn the parameters into a wish."""
        return ExplanationWish(data.get("on"), most_named=data.get("limit", MOST_NAMED_USUALLY))


@dataclass(frozen=True, slots=True)
class PageOrder:
    """Which page of a list is asked for."""

    limit: int = 50
    after: str = ""
    filters: Mapping[str, object] = field(default_factory=dict)


class Paged(Strict):
    """Which page, and of which entries."""

    limit = Number(1, MOST_ITEMS, metadata={"description": "한 쪽의 건수(기본 50) · Items a page, 50 unless told"})
    cursor: fields.String = Cursor(metadata={"description": "앞 쪽의 next 값 · `next` of the page before"})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> PageOrder:
        """Turn the parameters into a page that is wanted."""
        return PageOrder(data.pop("limit", 50), data.pop("cursor", ""), data)


class NumberPaged(Paged):
    """Which page of numbered entries, and of which."""

    cursor = NumberCursor(metadata={"description": "앞 쪽의 next 값 · `next` of the page before"})


class PageOptions(Paged):
    """Which page, and of which records."""

    q = Text(longest=200, metadata={"description": "이름과 소개에서 찾을 말 · Text to find in names and summaries"})


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
