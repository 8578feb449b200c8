"""A selection round as it is asked for: its startups and programs, and the terms that it is run by."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from model.domain import UNITS_PER_POINT
from model.rounds import Ban, Bonus, Interest, Lock, Method, ProposingSide, Quota, Terms, TieBreak, Where
from model.rounds.checks import MOST_SEATS
from model.rounds.scores import EvaluatorWeights
from model.rounds.terms import LEAST_FACTOR, MOST_FACTOR, SINGLE
from service.actions.rounds.lists import Spread
from service.actions.rounds.run_round import AskedRound
from service.api.wire.fields import CODES, Code, Day, Identifier, Many, Strict, Text, TrueOrFalse, Whole, refusal
from service.api.wire.options import Number, Paged

MOST_STARTUPS = 20_000
MOST_POINTS = 100
MOST_LENGTH = 20


class TermPoints(fields.Float):
    """Points with up to four decimals, kept in units of 0.0001."""

    default_error_messages = CODES

    def __init__(self, low: int = 0, high: int = MOST_POINTS, **options: Any) -> None:
        self._low, self._high = low, high
        super().__init__(validate=validate.Range(low, high), **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float) or not self._low <= value <= self._high:
            raise refusal("out_of_range", f"{self._low}-{self._high}")
        return float(value)


class Factor(fields.Float):
    """How many times the seats a shortlist holds: 1, or 1.5 to 3 in tenths."""

    default_error_messages = CODES

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Range(SINGLE / 10, MOST_FACTOR / 10), **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        tenths = value * 10 if isinstance(value, int | float) and not isinstance(value, bool) else 0
        if tenths != SINGLE and not (LEAST_FACTOR <= tenths <= MOST_FACTOR and abs(tenths - round(tenths)) < 1e-9):
            raise refusal("not_allowed", "1, 1.5-3.0")
        return float(value)


def units(points: float) -> int:
    """Turn points into units of 0.0001."""
    return round(points * UNITS_PER_POINT)


class Whose(Strict):
    """Which startups are meant: a field and its values, at these programs or at all."""

    name = Text(required=True, longest=200)
    field = Text(
        required=True, longest=60, metadata={"description": "area, region, stage, size, kind, entity … 또는 id"}
    )
    values = Many(Text(longest=200), required=True)
    programs = Many(Identifier())

    def where(self, data: dict[str, Any]) -> dict[str, Any]:
        """Put field and values together."""
        meant = Where(data.pop("field"), tuple(data.pop("values")))
        return {**data, "where": meant, "programs": tuple(data.get("programs", ()))}


class BonusSchema(Whose):
    """Bonus points, kept apart from the base score; negative ones are taken off."""

    points = TermPoints(-MOST_POINTS, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Bonus:
        """Turn the fields into a bonus."""
        return Bonus(units=units(data.pop("points")), **self.where(data))


class QuotaSchema(Whose):
    """How many seats go to some startups; `back_fill` absent: the minimum must be met."""

    at_least = Whole(0, MOST_SEATS)
    at_most = Whole(0, MOST_SEATS, allow_none=True)
    percent = TrueOrFalse(metadata={"description": "수를 자리의 백분율로 읽음 · Numbers are percent of the places"})
    back_fill = Many(
        Text(longest=200),
        allow_none=True,
        metadata={"description": "미달 때 채우는 값의 차례, 그다음은 누구나 · Whose turn it is, then anyone's"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Quota:
        """Turn the fields into a quota."""
        fills = data.pop("back_fill", None)
        return Quota(back_fill=None if fills is None else tuple(fills), **self.where(data))


class LockSchema(Strict):
    """A place that a person gave."""

    startup_id = Identifier(required=True)
    program_id = Identifier(required=True)
    reason = Text(required=True, longest=5_000)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Lock:
        """Turn the fields into a lock."""
        return Lock(data["startup_id"], data["program_id"], data["reason"])


class BanSchema(Strict):
    """A startup that a person kept out, of one program or of all."""

    startup_id = Identifier(required=True)
    program_id = Identifier(allow_none=True)
    reason = Text(required=True, longest=5_000)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Ban:
        """Turn the fields into a ban."""
        return Ban(data["startup_id"], data["reason"], data.get("program_id"))


class InterestSchema(Strict):
    """An evaluator who may not judge a startup."""

    evaluator = Text(required=True, longest=200)
    startup_id = Identifier(required=True)
    program_id = Identifier(allow_none=True)
    reason = Text(required=True, longest=5_000)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Interest:
        """Turn the fields into an interest."""
        return Interest(data["evaluator"], data["startup_id"], data["reason"], data.get("program_id"))


class TermsSchema(Strict):
    """The terms of a round; what is left out stays as the standard terms have it."""

    factor = Factor(metadata={"description": "배수: 1 또는 1.5–3(기본 2) · Factor: 1, or 1.5 to 3; 2 unless told"})
    minimum = TermPoints(metadata={"description": "최저점 · Minimum score; nobody below it is listed"})
    minimum_with_bonus = TrueOrFalse()
    seats = fields.Dict(keys=Identifier(), values=Whole(0, MOST_SEATS))
    tie_break = Many(Code(TieBreak))
    bonuses = Many(fields.Nested(BonusSchema))
    bonus_limit = TermPoints(allow_none=True)
    quotas = Many(fields.Nested(QuotaSchema))
    locks = Many(fields.Nested(LockSchema))
    bans = Many(fields.Nested(BanSchema))
    interests = Many(fields.Nested(InterestSchema))
    method = Code(Method)
    one_group = TrueOrFalse()
    proposing = Code(ProposingSide)
    preferences = fields.Dict(keys=Identifier(), values=Many(Identifier()))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Terms:
        """Turn the fields into terms."""
        terms: dict[str, Any] = {
            name: READ[name](value) if name in READ else tuple(value) if isinstance(value, list) else value
            for name, value in data.items()
            if value is not None
        }
        return Terms(**terms)


READ: dict[str, Any] = {
    "factor": lambda value: round(value * 10),
    "minimum": units,
    "bonus_limit": units,
    "tie_break": lambda keys: tuple(map(TieBreak, keys)),
    "method": Method,
    "proposing": ProposingSide,
    "preferences": lambda wanted: {startup: tuple(liked) for startup, liked in wanted.items()},
}


def as_asked(terms: Terms) -> dict[str, Any]:
    """Write terms as TermsSchema takes them, so that what is shown may be changed and sent back."""
    limit = terms.bonus_limit
    return {
        "factor": terms.factor / 10,
        "minimum": terms.minimum / UNITS_PER_POINT,
        "minimum_with_bonus": terms.minimum_with_bonus,
        "seats": dict(terms.seats),
        "tie_break": list(terms.tie_break),
        "bonuses": [{**_whose(bonus), "points": bonus.units / UNITS_PER_POINT} for bonus in terms.bonuses],
        "bonus_limit": None if limit is None else limit / UNITS_PER_POINT,
        "quotas": [_quota(quota) for quota in terms.quotas],
        "locks": [_pair(lock) for lock in terms.locks],
        "bans": [_pair(ban) for ban in terms.bans],
        "interests": [{**_pair(interest), "evaluator": interest.evaluator} for interest in terms.interests],
        "method": terms.method,
        "one_group": terms.one_group,
        "proposing": terms.proposing,
        "preferences": {startup: list(wanted) for startup, wanted in terms.preferences.items()},
    }


def _whose(rule: Bonus | Quota) -> dict[str, Any]:
    meant = {"field": rule.where.field, "values": list(rule.where.values)}
    return {"name": rule.name, **meant, "programs": list(rule.programs)}


def _quota(quota: Quota) -> dict[str, Any]:
    numbers = {"at_least": quota.at_least, "at_most": quota.at_most, "percent": quota.percent}
    return {**_whose(quota), **numbers, "back_fill": None if quota.back_fill is None else list(quota.back_fill)}


def _pair(rule: Lock | Ban | Interest) -> dict[str, Any]:
    return {"startup_id": rule.startup, "program_id": rule.program, "reason": rule.reason}


class NewRound(Strict):
    """A round to run: on which programs and startups, as of which day, by which terms."""

    name = Text(required=True, longest=200)
    programs = Many(Identifier(), required=True, metadata={"minItems": 1})
    startups = fields.List(
        Identifier(),
        validate=validate.Length(max=MOST_STARTUPS, error="too_long"),
        error_messages={"invalid": "not_list"},
    )
    on = Day(metadata={"description": "자격 판정 기준일(기본 오늘) · Day as of which rules are read, else today"})
    terms = fields.Nested(TermsSchema)
    settled_later = Many(
        Text(longest=60),
        metadata={
            "description": "나중에 확인하기로 한 요건을 하나씩(담당자 확인 사항은 manual_check:tax_arrears처럼) · "
            "Requirements, one by one, whose open checks keep nobody out (manual_check:tax_arrears)"
        },
    )
    applications = TrueOrFalse(
        metadata={"description": "신청한 기업만, 요건검토 결과로 · Over applications, by what their papers come to"}
    )
    four_eyes = TrueOrFalse(metadata={"description": "요건마다 두 사람의 확인 · Two persons' word on each requirement"})
    facts = fields.Dict(keys=Identifier(), values=fields.Dict(keys=Text(longest=60), values=Text(longest=200)))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> AskedRound:
        """Turn the fields into what is asked."""
        missing = {"name": not data["name"].strip(), "programs": not data["programs"]}
        if any(missing.values()):
            raise ValidationError({name: ["missing"] for name, is_missing in missing.items() if is_missing})
        return AskedRound(
            data["name"],
            tuple(data["programs"]),
            data.get("terms", Terms()),
            tuple(data["startups"]) if "startups" in data else None,
            date.fromisoformat(data["on"]) if "on" in data else None,
            tuple(data.get("settled_later", ())),
            data.get("facts", {}),
            data.get("applications", False),
            data.get("four_eyes", False),
        )


class RoundFilters(Paged):
    """Which page of rounds."""


class ScoreOptions(Strict):
    """How evaluators' scores are combined."""

    machine = Number(
        0, 100, metadata={"description": "기본 점수의 비중 %(기본 0) · Percent of the base score, 0 unless told"}
    )
    drop = Code(["extremes"], metadata={"description": "최고·최저점 제외 · Leave out the highest and the lowest"})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> EvaluatorWeights:
        """Turn the parameters into weights."""
        return EvaluatorWeights(data.get("machine", 0), "drop" in data)


class ListOptions(Strict):
    """How long lists are, and how attention is spread over them."""

    length = Number(1, MOST_LENGTH, metadata={"description": "목록의 길이(기본 5) · Length of a list, 5 unless told"})
    by = Code(
        Spread,
        metadata={
            "description": "점수순, 노출 상한, 수급 가격(기본) · By score, capped, or by clearing prices unless told"
        },
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> tuple[Spread, int]:
        """Turn the parameters into a way and a length."""
        return Spread(data.get("by", Spread.PRICES)), int(data.get("length", 5))


class AccountOptions(Strict):
    """Over which rounds an exposure account is cumulated."""

    rounds = Text(
        longest=2_000,
        metadata={"description": "회차 id를 쉼표로 이음(기본 최근 50개) · Ids with commas; the newest 50 unless told"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> tuple[str, ...]:
        """Turn the parameter into ids."""
        return tuple(part.strip() for part in data.get("rounds", "").split(",") if part.strip())
