"""Startups, programs and days as hypothesis draws them: ordinary facts, boundary facts, and words that are no code."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from hypothesis import strategies as st

from model import vocabulary
from model.domain import (
    AgeDay,
    Business,
    Confidence,
    Conflict,
    Entity,
    Kind,
    Participation,
    ParticipationStatus,
    Program,
    Role,
    Stage,
    Startup,
)
from model.eligibility import contradicting_field

CODES = vocabulary.load(Path(__file__).resolve().parents[3] / "data" / "vocabularies").codes

REGIONS = [
    "11680",
    "41",
    "41280",
    "41281",
    "28710",
    "28",
    "12",
    "12330",
    "29",
    "46",
    "47720",
    "27",
    "42110",
    "51",
    "28110",
]
TRADES = ["62010", "62", "58222", "26111", "56211", "56", "J", "C", "91242"]
WORDS = ["", "서울", "99999", "no code", "１１"]
LANGUAGES = ["ko", "en", "ja", "영어", "바른말"]
FAMILIES = ["nup", "jungle", "linkup", "tips", "around-x", "baby-unicorn"]
UNKNOWN = [
    "나눔누리 육성",
    "Some Other Program",
    "링크업·이노웨이브",
    "?",
    "링크업(엔업)",
    "엔업 1999",
    "엔업" + " " * 300 + "링크업",
]
"""Names that no list and no row knows, or that leave open which of several programs or years is meant."""

days = st.one_of(
    st.dates(date(2012, 1, 1), date(2028, 12, 31)),
    st.sampled_from([date(2016, 2, 29), date(2026, 2, 28), date(2025, 7, 22), date(2026, 7, 1), date(2019, 4, 14)]),
)
hours = st.sampled_from([time(0), time(14, 59), time(15), time(23, 59)])
statuses = st.sampled_from(ParticipationStatus)
entries = st.builds(Participation, st.sampled_from([*FAMILIES, "엔업", *UNKNOWN]), st.integers(2023, 2027), statuses)
histories = st.lists(entries, max_size=4).map(tuple)
languages = st.lists(st.sampled_from(LANGUAGES), max_size=3, unique=True).map(tuple)
numbers = st.sampled_from(["124-81-00998", "124-81-00999", "000-00-00000", "2208162517", "no number"])
corporate_numbers = st.sampled_from(["130111-0006246", "130111-0006247", "0" * 13])

businesses = st.builds(
    Business,
    st.sampled_from([None, *Entity]),
    st.sampled_from([None, "62010", "62021", "620"]),
    st.one_of(st.none(), days),
    st.one_of(st.none(), days),
    st.sampled_from([None, False, True]),
    st.sampled_from([None, None, True]),
)

FACTS = {
    "kind": st.sampled_from(Kind),
    "stage": st.sampled_from(Stage),
    "entity": st.sampled_from(Entity),
    "founded_on": days,
    "new_industry_field": st.integers(1, 28),
    "region": st.sampled_from(REGIONS + WORDS),
    "industry": st.sampled_from(TRADES + WORDS),
    "languages": languages,
    "history": histories,
    "founding_basis_on": days,
    "founding_certificate": st.just("제202608-00000-0000000호"),
    "founding_certificate_until": days,
    "previous_businesses": st.lists(businesses, min_size=1, max_size=2).map(tuple),
    "business_number": numbers,
    "corporate_number": corporate_numbers,
    "representatives": st.integers(1, 3),
    "representatives_qualify": st.booleans(),
}
"""A strategy for every fact of a startup that a rule reads."""

EMPTY = {"kind": Kind.STARTUP, "languages": (), "history": (), "previous_businesses": ()}
"""What stands for an unknown fact where it isn't None."""


def _maybe(name: str) -> st.SearchStrategy[object]:
    return st.one_of(st.just(EMPTY.get(name)), FACTS[name])


startups = st.builds(Startup, st.just("s"), **{name: _maybe(name) for name in FACTS})
consistent = startups.filter(lambda startup: contradicting_field(startup) is None)
"""Startups as they can be stored: who states a founding is no pre-founder, which is refused everywhere."""


def _some(values: list[object], most: int = 3) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


years = st.one_of(st.none(), st.integers(0, 12))
conflicts = st.lists(
    st.builds(
        lambda who, *facts: Conflict(who, *facts) if who else Conflict(None, facts[0], "central-direct", *facts[2:]),
        st.sampled_from([None, *FAMILIES]),
        statuses,
        st.none(),
        st.sampled_from(["same", "same", "any", "last:2"]),
        st.integers(1, 2),
        st.none(),
        st.sampled_from([None, *Confidence]),
    ),
    max_size=3,
).map(tuple)


def programs(regions: list[str] = REGIONS + WORDS, trades: list[str] = TRADES + WORDS) -> st.SearchStrategy[Program]:
    """Draw programs; the lists say which regions and industries they may name."""
    return st.builds(
        Program,
        st.sampled_from(["p", "p2"]),
        family=st.sampled_from([None, *FAMILIES]),
        year=st.sampled_from([None, 2025, 2026]),
        role=st.sampled_from(Role),
        applicants=_some([*Kind]),
        stages=_some([*Stage]),
        entities=_some([*Entity]),
        regions=_some([*regions]),
        industries=_some([*trades]),
        excluded_industries=_some([*trades]),
        languages=languages,
        notice_on=st.one_of(st.none(), days),
        opens_on=st.one_of(st.none(), days),
        closes_on=st.one_of(st.none(), days),
        closes_at=st.one_of(st.none(), st.just(time(15))),
        opens_in=st.sampled_from([None, "2026-01", "2026"]),
        closes_in=st.sampled_from([None, "2026-02", "2026"]),
        founded_from=st.one_of(st.none(), st.none(), days),
        founded_until=st.one_of(st.none(), st.none(), days),
        age_counted=st.sampled_from([None, *AgeDay]),
        age_counted_on=st.one_of(st.none(), st.none(), days),
        founding_certificate_required=st.sampled_from([None, True]),
        always_open=st.sampled_from([None, False, True]),
        min_age_years=years,
        max_age_years=years,
        max_age_years_new_industry=years,
        non_capital_only=st.sampled_from([None, True]),
        exclusive_group_confidence=st.sampled_from([None, Confidence.UNSURE]),
        exclusive_group=st.sampled_from([None, "group", "nup"]),
        not_together_with=conflicts,
        seats=st.one_of(st.none(), st.integers(0, 2)),
        budget_exhausted=st.sampled_from([None, False, True]),
        manual_checks=_some(["tax_arrears", "co_representatives", "새 조건"]),
    )
