"""Any startup, program, outcome and snapshot that may be stored, as hypothesis draws them."""

from __future__ import annotations

from datetime import date, time

from hypothesis import strategies as st

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
    Snapshot,
    Stage,
    Startup,
    Support,
)

STORABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
"""What a text may hold: no lone surrogate, no NUL."""

texts = st.text(STORABLE, max_size=30)
keys = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda key: key == key.strip()
)
days = st.dates(date(1900, 1, 1), date(2999, 12, 31))
hours = st.builds(time, st.integers(0, 23), st.integers(0, 59))
amounts = st.integers(0, 10**18)
calendar_years = st.integers(1900, 2999)
ages = st.integers(0, 200)
statuses = st.sampled_from(ParticipationStatus)


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """A value or unknown."""
    return st.none() | values


def some(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """None, one or a few values, doubled ones too."""
    return st.lists(values, max_size=3).map(tuple)


def startups() -> st.SearchStrategy[Startup]:
    """Any startup that may be stored."""
    return st.builds(
        Startup,
        keys,
        name=maybe(texts),
        name_en=maybe(texts),
        summary=maybe(texts),
        summary_en=maybe(texts),
        technologies=some(texts),
        industry=maybe(texts),
        new_industry_field=maybe(st.integers(1, 27)),
        kind=st.sampled_from(Kind),
        stage=maybe(st.sampled_from(Stage)),
        entity=maybe(st.sampled_from(Entity)),
        founded_on=maybe(days),
        region=maybe(texts),
        employees=maybe(amounts),
        revenue_krw=maybe(amounts),
        funding_krw=maybe(amounts),
        needs=some(st.sampled_from(Support)),
        languages=some(texts),
        history=some(st.builds(Participation, keys, calendar_years, statuses)),
        business_number=maybe(texts),
        corporate_number=maybe(texts),
        representatives=maybe(st.integers(1, 1_000)),
        representatives_qualify=maybe(st.booleans()),
    )


def programs() -> st.SearchStrategy[Program]:
    """Any program that may be stored."""
    words = dict.fromkeys(
        ("name", "name_en", "partner", "operator", "family", "track", "url", "summary", "summary_en", "demand"),
        maybe(texts),
    )
    lists = dict.fromkeys(
        ("source", "technologies", "industries", "regions", "languages", "excluded_industries", "manual_checks"),
        some(texts),
    )
    return st.builds(
        Program,
        keys,
        **words,
        **lists,
        year=maybe(calendar_years),
        confidence=maybe(st.sampled_from(Confidence)),
        role=st.sampled_from(Role),
        applicants=some(st.sampled_from(Kind)),
        support=some(st.sampled_from(Support)),
        stages=some(st.sampled_from(Stage)),
        entities=some(st.sampled_from(Entity)),
        notice_on=maybe(days),
        opens_on=maybe(days),
        closes_on=maybe(days),
        closes_at=maybe(hours),
        always_open=maybe(st.booleans()),
        min_age_years=maybe(ages),
        max_age_years=maybe(ages),
        max_age_years_new_industry=maybe(ages),
        non_capital_only=maybe(st.booleans()),
        exclusive_group=maybe(texts),
        not_together_with=some(st.builds(Conflict, keys, statuses)),
        seats=maybe(amounts),
        budget_exhausted=maybe(st.booleans()),
        funding_max_krw=maybe(amounts),
        reasons_shown=maybe(st.sampled_from(Detail)),
    )


def outcomes(startup_ids: st.SearchStrategy[str] = keys, program_ids: st.SearchStrategy[str] = keys):
    """Any outcome that may be stored."""
    return st.builds(Outcome, startup_ids, program_ids, st.sampled_from(OutcomeKind), maybe(days))


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Any snapshot that may be stored: ids stand once, outcomes name startups and programs that are there."""
    s = draw(st.lists(startups(), max_size=4, unique_by=lambda startup: startup.id))
    p = draw(st.lists(programs(), max_size=4, unique_by=lambda program: program.id))
    if not s or not p:
        return Snapshot(tuple(s), tuple(p))
    pairs = outcomes(st.sampled_from([startup.id for startup in s]), st.sampled_from([program.id for program in p]))
    return Snapshot(tuple(s), tuple(p), tuple(draw(st.lists(pairs, max_size=4))))
