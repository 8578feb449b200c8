"""The pages' lists as tables of a workbook: the same columns and figures under the same headings, days as days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from model.domain import UNITS_PER_POINT, Program, Startup
from model.eligibility.overview import Exclusion
from service.console.matching.ledger import LedgerPage
from service.console.wire import local
from service.console.wire.language import gettext, language
from service.console.wire.names import VocabularyNames
from service.files.exporters.table import ColumnHead, ExportTable, Value
from service.settings import KOREA
from service.storage.records.decisions import Decision
from service.wording import exports

Item = TypeVar("Item")
Counts = Sequence[tuple[str, str, int]]
"""Verdicts with the colours of their badges and how many there are."""


def startups(records: Iterable[Startup], names: VocabularyNames) -> ExportTable:
    """The list of startups."""
    return tabled(
        word("startups"),
        records,
        (coded("startup_id"), lambda startup: startup.id),
        (wide(gettext("이름")), local.name),
        (headed("startups", "region"), lambda startup: names.of("regions", startup.region)),
        (headed("startups", "stage"), lambda startup: names.of("stages", startup.stage)),
        (
            headed("startups", "new_industry_field", 28),
            lambda startup: names.of("new_industry", startup.new_industry_field),
        ),
        (headed("startups", "kind"), lambda startup: names.of("kinds", startup.kind)),
        (headed("startups", "founded_on"), lambda startup: startup.founded_on),
    )


def programs(records: Iterable[Program]) -> ExportTable:
    """The list of programs."""
    return tabled(
        word("programs"),
        records,
        (coded("program_id"), lambda program: program.id),
        (wide(gettext("이름")), local.name),
        (headed("programs", "year"), lambda program: str(program.year or "")),
        (headed("programs", "partner", 28), lambda program: program.partner),
        (headed("programs", "closes_on"), closing),
        (headed("programs", "funding_max_krw"), lambda program: program.funding_max_krw),
        (headed("programs", "seats"), lambda program: program.seats),
    )


def decisions(
    records: Iterable[Decision], startups: Mapping[str, Startup], programs: Mapping[str, Program]
) -> ExportTable:
    """The list of decisions."""
    return tabled(
        word("decisions"),
        records,
        (coded("decision_id"), lambda decision: decision.id),
        (coded("startup_id"), lambda decision: decision.startup_id or decision.startup_ref),
        (wide(gettext("기업")), lambda decision: _named(startups.get(decision.startup_id or ""))),
        (coded("program_id"), lambda decision: decision.program_id),
        (wide(gettext("프로그램")), lambda decision: _named(programs.get(decision.program_id))),
        (ColumnHead(gettext("결정")), lambda decision: local.action(decision.action)),
        (ColumnHead(gettext("사유"), 48), lambda decision: decision.reason),
        (ColumnHead(gettext("결정한 사람")), lambda decision: decision.actor_name),
        (ColumnHead(gettext("일시"), 20), lambda decision: moment(decision.at)),
        (coded("run_id"), lambda decision: decision.run_id),
    )


def ledger(ledger_page: LedgerPage) -> list[ExportTable]:
    """What the rules say of a startup: every open call, the ways in, the number of each verdict."""
    return [
        tabled(
            gettext("공모별 신청 요건"),
            ledger_page.entries,
            (coded("program_id"), lambda entry: entry.program.id),
            (wide(gettext("프로그램")), lambda entry: local.name(entry.program)),
            (ColumnHead(gettext("판정")), lambda entry: entry.verdict),
            (ColumnHead(gettext("미충족 요건"), 48), lambda entry: ", ".join(entry.unmet)),
            (ColumnHead(gettext("확인할 요건"), 48), lambda entry: ", ".join(entry.to_check)),
            (headed("programs", "closes_on"), lambda entry: closing(entry.program)),
        ),
        tabled(
            gettext("한 가지만 바뀌면 신청할 수 있는 프로그램"),
            ledger_page.ways,
            (coded("program_id"), lambda way: way.program.id),
            (wide(gettext("프로그램")), lambda way: local.name(way.program)),
            (ColumnHead(gettext("충족 방법"), 60), lambda way: way.sentence),
            (ColumnHead(gettext("신청 가능일")), lambda way: way.day or gettext("미정")),
            (ColumnHead(gettext("담당자 확인")), lambda way: way.to_confirm),
        ),
        verdicts(ledger_page.counts),
    ]


def exclusions(
    excluding_rules: Sequence[tuple[Exclusion, str, str]], startups: Mapping[str, Startup], counts: Counts
) -> list[ExportTable]:
    """Whom each rule of a program shuts out: by rule, then each startup that a rule alone shuts out, then verdicts."""
    rules = tabled(
        gettext("요건별 제외 기업"),
        excluding_rules,
        (wide(gettext("요건")), lambda rule: rule[1]),
        (ColumnHead(gettext("미충족")), lambda rule: rule[0].fails),
        (ColumnHead(gettext("확인 필요")), lambda rule: rule[0].needs_check),
        (ColumnHead(gettext("설명"), 60), lambda rule: rule[2]),
        (wide(gettext("이 요건 하나로 제외된 기업")), lambda rule: len(rule[0].admitted)),
    )
    alone = tabled(
        gettext("이 요건 하나로 제외된 기업"),
        [(name, startups[identifier]) for rule, name, _ in excluding_rules for identifier in rule.admitted],
        (wide(gettext("요건")), lambda pair: pair[0]),
        (coded("startup_id"), lambda pair: pair[1].id),
        (wide(gettext("기업")), lambda pair: local.name(pair[1])),
    )
    return [rules, alone, verdicts(counts)]


def verdicts(counts: Counts) -> ExportTable:
    """How many there are of each verdict."""
    return tabled(
        gettext("판정"),
        counts,
        (ColumnHead(gettext("판정")), lambda counted: counted[0]),
        (ColumnHead(word("rows")), lambda counted: counted[2]),
    )


def points(units: int) -> float:
    """A score as a workbook holds it: in points with one decimal place, as pages show it."""
    return round(units / UNITS_PER_POINT, 1)


def moment(at: datetime | str | None) -> datetime | None:
    """A moment as a workbook holds it: in Korea's time, as the page shows it."""
    at_moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return at_moment and at_moment.astimezone(KOREA)


def word(code: str) -> str:
    """What exports call a table or a column, in the page's language."""
    return exports.word(code, language())


def tabled(name: str, items: Iterable[Item], *columns: tuple[ColumnHead, Callable[[Item], Value]]) -> ExportTable:
    """A table with a row for each item; a column is its heading and what it holds of an item."""
    rows = tuple(tuple(value(item) for _, value in columns) for item in items)
    return ExportTable(name, tuple(head for head, _ in columns), rows)


def coded(code: str) -> ColumnHead:
    """The heading of ids, by the word that exports have for them."""
    return ColumnHead(word(code), 20, is_code=True)


def headed(table: str, field: str, width: int = 16) -> ColumnHead:
    """The heading of a declared field."""
    return ColumnHead(local.label(table, field), width)


def wide(title: str) -> ColumnHead:
    """The heading of names."""
    return ColumnHead(title, 28)


def _named(record: Startup | Program | None) -> str | None:
    return local.name(record) if record else None


def closing(program: Program) -> date | str | None:
    """When a program closes: a day as a workbook's own day, with its hour or as a month in words."""
    is_day = program.is_ranked and program.closes_on and not (program.always_open or program.closes_at)
    return program.closes_on if is_day else local.closing(program)
