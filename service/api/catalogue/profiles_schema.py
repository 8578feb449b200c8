"""Startups and programs as the public sends and receives them."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from model import domain
from model.snapshot import rows
from service.api.wire.fields import Clock, Code, Day, Flag, Key, Many, Strict, Text, TextOrMany, Whole

AD_HOC = "profile"


def _text(about: str, example: str | None = None) -> Text:
    return Text(allow_none=True, metadata=_about(about, example))


def _about(about: str, example: object = None) -> dict[str, Any]:
    return {"description": about} | ({"example": example} if example is not None else {})


class Participation(Strict):
    """One past or current public support."""

    program_family = Key(
        required=True, metadata=_about("사업 코드 또는 사업명 · Code of the program, or its name as people write it")
    )
    year = Whole(1900, 2999, required=True)
    status = Code(domain.ParticipationStatus, required=True)
    pledged_at = Text(
        allow_none=True,
        metadata=_about("확약서 제출 시각(한국 시각) · When the pledge was handed in", "2026-05-29T16:40"),
    )


class Conflict(Strict):
    """Programs that bar from this one: a family with all its tracks, or every program of a class."""

    family = Key(allow_none=True)
    from_stage = Code(domain.ParticipationStatus, required=True)
    program_class = Key(allow_none=True, metadata=_about("사업 유형 · Class of programs", "central-direct"))
    years = _text("세는 연도: same, any, last:3 · Which years count; absent is same", "same")
    times = Whole(1, 100, allow_none=True, metadata=_about("몇 번째부터 제한하는지 · From how many times on"))
    basis = _text("공고의 근거 · Where the notice says so")
    confidence = Code(domain.Confidence, allow_none=True)


class StartupFields(Strict):
    """The facts of a startup; an absent or null field means unknown."""

    name = _text("상호. 점수 계산에는 쓰지 않음 · Name; never used as matching text")
    name_en = _text("영문 상호 · Name in English")
    summary = _text("무엇을 누구를 위해 어떤 기술로 만드는가 · What it makes, for whom, with which technology")
    summary_en = _text("영문 소개 · The same in English")
    technologies = Many(Text(), allow_none=True, metadata=_about("기술 코드 또는 자유 단어 · Codes or free words"))
    industry = _text("한국표준산업분류 코드 · KSIC code", "58222")
    new_industry_field = Whole(1, 27, allow_none=True, metadata=_about("신산업 창업 분야 번호 · New-industry field"))
    kind = Code(domain.Kind, allow_none=True)
    stage = Code(domain.Stage, allow_none=True)
    entity = Code(domain.Entity, allow_none=True)
    founded_on = Day(allow_none=True, metadata=_about("개업연월일 또는 회사성립연월일 · Day of founding"))
    region = _text("본점 소재지 행정구역 코드(2자리 또는 5자리) · Official code of the head office", "11680")
    employees = Whole(allow_none=True)
    revenue_krw = Whole(allow_none=True)
    funding_krw = Whole(allow_none=True)
    needs = Many(Code(domain.Support), allow_none=True, metadata=_about("필요한 지원 · Support sought"))
    languages = Many(Text(), allow_none=True, metadata=_about("참여 가능한 언어 · Languages it can take part in"))
    history = Many(fields.Nested(Participation), allow_none=True)
    business_number = _text("사업자등록번호. 점수 계산에는 쓰지 않음 · Business number; never a feature")
    corporate_number = _text("법인등록번호. 점수 계산에는 쓰지 않음 · Corporate number; never a feature")
    representatives = Whole(1, 1_000, allow_none=True, metadata=_about("대표자 수 · How many representatives"))
    representatives_qualify = Flag(
        allow_none=True, metadata=_about("대표자 모두 요건 충족 여부 · Whether all representatives qualify")
    )


class StartupSchema(StartupFields):
    """A startup to be stored."""

    id = Key(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> domain.Startup:
        """Turn the fields into a startup by the rule that files go through too; raises BadData."""
        return rows.startup(data)


class ProfileSchema(StartupFields):
    """A startup that is not stored; its id is optional."""

    id = Key(allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> domain.Startup:
        """Turn the fields into a startup; raises BadData."""
        return rows.startup({**data, "id": data.get("id") or AD_HOC})


class StartupPatch(StartupFields):
    """Fields of a startup to replace; null removes one."""


class ProgramFields(Strict):
    """The facts of a program, track and year; an empty or absent list states no restriction."""

    name = _text("프로그램 이름 · Name")
    name_en = _text("영문 이름 · Name in English")
    partner = _text("협업 기업 · Partner")
    operator = _text("운영 기관 · Operator")
    family = _text("여러 해에 걸친 같은 프로그램을 묶는 이름 · Name of the program across years")
    track = _text("세부 과정 · Track")
    year = Whole(1900, 2999, allow_none=True)
    url = _text("공고 주소 · Address of the notice")
    source = TextOrMany(allow_none=True, metadata=_about("출처 · Where the facts come from"))
    confidence = Code(domain.Confidence, allow_none=True)
    summary = _text("무엇을 제공하는가 · What it offers")
    summary_en = _text("영문 소개 · The same in English")
    demand = _text("협업 기업이 찾는 것 · What the partner looks for")
    role = Code(domain.Role, allow_none=True)
    applicants = Many(Code(domain.Kind), allow_none=True)
    technologies = Many(Text(), allow_none=True)
    industries = Many(Text(), allow_none=True)
    support = Many(Code(domain.Support), allow_none=True)
    stages = Many(Code(domain.Stage), allow_none=True)
    entities = Many(Code(domain.Entity), allow_none=True)
    regions = Many(Text(), allow_none=True)
    languages = Many(Text(), allow_none=True)
    notice_on = Day(allow_none=True)
    opens_on = Day(allow_none=True)
    closes_on = Day(allow_none=True, metadata=_about("접수 마감일(당일 포함) · Closing day, included"))
    closes_at = Clock(allow_none=True, metadata=_about("마감일의 마감 시각(HH:MM) · Time of closing", "18:00"))
    always_open = Flag(allow_none=True)
    min_age_years = Whole(0, 200, allow_none=True)
    max_age_years = Whole(0, 200, allow_none=True)
    max_age_years_new_industry = Whole(0, 200, allow_none=True)
    non_capital_only = Flag(allow_none=True)
    excluded_industries = Many(Text(), allow_none=True)
    exclusive_group = _text("한 해에 하나만 신청할 수 있는 묶음 · Apply to one of the group in a year")
    exclusive_group_confidence = Code(domain.Confidence, allow_none=True)
    not_together_with = Many(fields.Nested(Conflict), allow_none=True)
    seats = Whole(allow_none=True)
    budget_exhausted = Flag(allow_none=True, metadata=_about("예산 소진 여부 · Whether the money is spent"))
    funding_max_krw = Whole(allow_none=True)
    manual_checks = Many(Text(), allow_none=True)
    reasons_shown = Code(
        domain.Detail,
        allow_none=True,
        metadata=_about("신청기업에 보이는 근거의 범위(기본 reduced) · What applicants see of checks and reasons"),
    )


class ProgramSchema(ProgramFields):
    """A program to be stored."""

    id = Key(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> domain.Program:
        """Turn the fields into a program by the rule that files go through too; raises BadData."""
        return rows.program(data)


class ProgramPatch(ProgramFields):
    """Fields of a program to replace; null removes one."""
