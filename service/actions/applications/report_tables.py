"""The report for a day: who was selected and rejected, supported again, excluded by which rule, paid and contracted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from model.applications import AgreementStep
from model.decisions import DecisionAction
from model.domain import Entity, ParticipationStatus, Program, Startup
from model.eligibility import RULES_VERSION
from model.rounds.checks import CAPITAL, NON_CAPITAL
from model.vocabulary.codes import Codes
from model.vocabulary.places import Relation
from service.actions.applications.past_state import PastPair, PastState
from service.actions.applications.standings import FAIL, LISTING, PERSON
from service.files.exporters.table import ColumnHead, ExportTable, Value
from service.wording import applications, eligibility, reports
from service.wording import rounds as round_words
from service.wording.pairs import said

ENDS: Mapping[DecisionAction, str] = {
    DecisionAction.SELECTED: "selected",
    DecisionAction.RESERVE: "reserve",
    DecisionAction.SHORTLISTED: "shortlisted",
    DecisionAction.REJECTED: "rejected",
    DecisionAction.DECLINED: "left",
    DecisionAction.WITHDRAWN: "left",
}
COUNTED = ("selected", "reserve", "shortlisted", "rejected", "left", "undecided")
SUPPORTED = frozenset(
    {
        ParticipationStatus.AGREED,
        ParticipationStatus.RUNNING,
        ParticipationStatus.COMPLETED,
        ParticipationStatus.STOPPED,
        ParticipationStatus.FAILED,
    }
)
"""What a firm's history calls support: an agreement was signed, whatever came of it."""

AREAS = {Relation.INSIDE: NON_CAPITAL, Relation.OUTSIDE: CAPITAL}
AGES = (1, 3, 5, 7, 10)
AMOUNTS = ("grant_krw", "cash_krw", "in_kind_krw")
WIDE = {"name": 28, "program": 28, "supports": 60, "requirement": 28, "law": 40, "remark": 48, "meaning": 90}
IDS = ("application", "startup")


@dataclass(frozen=True, slots=True)
class Report:
    """The report's tables in one language, the last of which says what the others count."""

    on: date
    revision: int
    tables: tuple[ExportTable, ...]


def made(state: PastState, codes: Codes, language: str) -> Report:
    """Make the report of a state; the same state gives the same cells."""
    tables = (
        _tabled(state, "results", ("by", "value", "applied", *COUNTED), _results(state, codes, language), language),
        _tabled(
            state, "repeated", ("startup", "name", "count", "supports"), _repeated(state, codes, language), language
        ),
        _tabled(
            state,
            "exclusions",
            (*IDS, "name", "program", "requirement", "law", "judged_by", "remark", "listed"),
            _exclusions(state, codes, language),
            language,
        ),
        _tabled(state, "money", ("tier", "agreements", "grant", "cash", "in_kind"), _money(state, language), language),
        _tabled(state, "contracts", ("partner", "year", "results", "contracts"), _contracts(state, language), language),
        _tabled(state, "definition", ("table", "meaning"), _definition(state, language), language),
    )
    return Report(state.on, state.revision, tables)


def _tabled(
    state: PastState, name: str, columns: Sequence[str], rows: Iterable[tuple[Value, ...]], language: str
) -> ExportTable:
    """A table of a report; firms that a list barred on its day stand in red."""
    word = partial(said, reports.COLUMNS, language=language)
    heads = tuple(ColumnHead(word(code), WIDE.get(code, 16), is_code=code in IDS) for code in columns)
    lines, barred = tuple(rows), {pair.application.startup_id for pair in state.pairs if pair.listed}
    place = columns.index("startup") if "startup" in columns else None
    red = frozenset(at for at, line in enumerate(lines) if place is not None and line[place] in barred)
    return ExportTable(said(reports.TABLES, name, language), heads, lines, red)


def _results(state: PastState, codes: Codes, language: str) -> Iterator[tuple[Value, ...]]:
    """By each dimension and value, how many applied and what was decided on them."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for pair in state.pairs:
        end = ENDS.get(pair.decision.action, "undecided") if pair.decision else "undecided"
        for dimension, value in _dimensions(pair, codes, state.on).items():
            counts.setdefault((dimension, value or ""), Counter())[end] += 1
    for dimension in reports.DIMENSIONS:
        for _, value in sorted(key for key in counts if key[0] == dimension):
            counted = counts[dimension, value]
            named = (said(reports.DIMENSIONS, dimension, language), _named(dimension, value, codes, language))
            yield (*named, counted.total(), *(counted[end] for end in COUNTED))


def _dimensions(pair: PastPair, codes: Codes, on: date) -> Mapping[str, str | None]:
    """The value of an application in each dimension; None where it isn't known."""
    region, regions = (pair.startup.region or "").strip(), codes.regions
    return {
        "all": "all",
        "area": AREAS.get(regions.outside_capital(region, on)),
        "region": regions.province(region, on),
        "gender": pair.application.representative_sex,
        "age": _age(pair.startup, pair.application.received_on or on),
        "stage": pair.startup.stage,
        "partner": pair.program.partner,
        "year": str(pair.program.year or "") or None,
    }


def _age(startup: Startup, on: date) -> str | None:
    """The band of a firm's full years on a day; None where its founding day isn't known."""
    founded = startup.founded_on
    if founded is None:
        return "none" if startup.entity is Entity.PRE_FOUNDER else None
    if founded > on:
        return "none"
    years = on.year - founded.year - ((on.month, on.day) < (founded.month, founded.day))
    return next((str(most) for most in AGES if years < most), "more")


def _named(dimension: str, value: str, codes: Codes, language: str) -> str:
    if not value:
        return said(reports.WORDS, "unknown", language)
    if dimension in ("all", "age"):
        return said(reports.WORDS, "all", language) if dimension == "all" else said(reports.AGES, value, language)
    return value if dimension in ("partner", "year") else round_words.value(dimension, value, codes, language)


def _repeated(state: PastState, codes: Codes, language: str) -> Iterator[tuple[Value, ...]]:
    """Firms that were supported at least twice, those supported most often first."""
    firms = {pair.startup.id: pair.startup for pair in state.pairs}
    supported = {
        firm.id: sorted((p.year, p.program_family) for p in firm.history if p.status in SUPPORTED)
        for firm in firms.values()
    }
    for identifier in sorted(supported, key=lambda firm: (-len(supported[firm]), firm)):
        past = supported[identifier]
        if len(past) > 1:
            named = (f"{codes.programs.name(family, language) or family} {year}" for year, family in past)
            yield identifier, _name(firms[identifier], language), len(past), ", ".join(named)


def _exclusions(state: PastState, codes: Codes, language: str) -> Iterator[tuple[Value, ...]]:
    """Every requirement that isn't met, every rejection, and every list that bars an agreement."""
    for pair in state.pairs:
        about = (
            pair.application.id,
            pair.application.startup_id,
            _name(pair.startup, language),
            _name(pair.program, language),
        )
        listed = ", ".join(said(applications.LISTS, each.kind, language) for each in pair.listed) or None
        for line in pair.pair.lines:
            is_list = line.code.startswith(f"{LISTING}:")
            if line.result == FAIL or (is_list and line.entry):
                law = eligibility.basis(line.check, codes, language) if line.check else None
                remark = _remark(line.entry.details) if line.entry and line.by == PERSON else None
                if is_list and line.listing:
                    passed = said(reports.WORDS, "overridden", language) if line.entry else None
                    words = (line.listing.source, line.listing.as_of.isoformat(), remark, passed)
                    remark = " · ".join(word for word in words if word)
                code = line.code.removeprefix(f"{LISTING}:")
                by = said(applications.BY, line.by, language)
                yield *about, eligibility.rule_name(code, language), law, by, remark, listed
        if pair.decision and pair.decision.action is DecisionAction.REJECTED:
            by = pair.decision.actor_name
            yield *about, said(reports.WORDS, "decision", language), None, by, pair.decision.reason, listed


def _remark(details: Mapping[str, object]) -> str | None:
    words = (details.get(name) for name in ("paper", "paper_number", "remark", "reason"))
    return " · ".join(str(word) for word in words if word) or None


def _money(state: PastState, language: str) -> Iterator[tuple[Value, ...]]:
    """By tier, how many agreements stand, and their amounts."""
    sums: dict[str, list[int]] = {}
    for pair in state.pairs:
        agreed = [entry.details for entry in pair.history.steps if entry.about in (AgreementStep.AGREED, "changed")]
        if agreed:
            last = {name: value for details in agreed for name, value in details.items()}
            own = sums.setdefault(str(last.get("tier", "")), [0, 0, 0, 0])
            for place, amount in enumerate((1, *(int(last.get(name) or 0) for name in AMOUNTS))):
                own[place] += amount
    for tier in sorted(sums):
        named = said(applications.TIERS, tier, language) if tier else said(reports.WORDS, "unknown", language)
        yield named, *sums[tier]


def _contracts(state: PastState, language: str) -> Iterator[tuple[Value, ...]]:
    """By partner and year of the result, how many results are recorded and how many tell of a contract."""
    counts: dict[tuple[str, int], list[int]] = {}
    for pair in state.pairs:
        for entry in pair.history.steps:
            if entry.about == AgreementStep.RESULT:
                own = counts.setdefault((pair.program.partner or "", int(entry.details["year"])), [0, 0])
                own[0] += 1
                own[1] += bool(entry.details.get("contract"))
    for partner, year in sorted(counts):
        yield partner or said(reports.WORDS, "unknown", language), str(year), *counts[partner, year]


def _definition(state: PastState, language: str) -> Iterator[tuple[Value, ...]]:
    """The day, the revision of the records, the rules, and what each table counts."""
    programs = len({pair.program.id for pair in state.pairs})
    facts = {
        "day": state.on.isoformat(),
        "programs": str(programs),
        "revision": str(state.revision),
        "rules": RULES_VERSION,
    }
    for code, text in facts.items():
        yield said(reports.ABOUT, code, language), text
    for name in ("results", "repeated", "exclusions", "money", "contracts"):
        yield said(reports.TABLES, name, language), said(reports.ABOUT, name, language)


def _name(record: Startup | Program, language: str) -> str | None:
    return (record.name or record.name_en) if language == "ko" else (record.name_en or record.name)
