"""Up to four candidates side by side: programs for one startup, or startups for one program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from model import explanation
from model.domain import Match, Program, Startup
from service.actions.matching.match import Options, Run
from service.actions.records.export_results import ground
from service.auth.access import actor, to_program
from service.auth.policy import policy
from service.auth.work import Work
from service.console.matching import sheets, shown, waterfall
from service.console.matching.recording import record_run
from service.console.wire import exports, local, query
from service.console.wire.language import gettext, language
from service.console.wire.mistakes import returning
from service.console.wire.names import VocabularyNames, names
from service.console.wire.pages import is_barred, page
from service.errors import Problem, ServiceError
from service.files.exporters.table import ColumnHead, ExportTable, Value
from service.storage.records.audit import AuditSubject
from service.wired import wired
from service.wording.eligibility import CheckLine
from service.wording.matching import blocks, contrast

blueprint = Blueprint("comparison", __name__, url_prefix="/comparison")
MOST = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One pair of the comparison; `points` are the units that each block adds, by the block's name."""

    startup: Startup
    program: Program
    run: Run
    match: Match
    verdict: tuple[str, str]
    points: dict[str, int]
    open_lines: tuple[CheckLine, ...]


@blueprint.get("")
@policy("match")
def shown_together() -> Response:
    """Compare the pairs that the address names, whichever side has several."""
    pairs = _pairs()
    columns = [_column(*pair) for pair in pairs[:MOST]]
    facts: dict[str, Any] = {"blocks": _blocks(columns), "left_out": max(0, len(pairs) - MOST), "names": names()}
    facts["contrasts"] = _contrasts(columns, by_startup=_by_startup(pairs))
    return page("matching/comparison.html", columns=columns, by_startup=_by_startup(pairs), on=query.day("on"), **facts)


@blueprint.post("")
@policy("export", work=Work.EXPORT)
@returning("comparison.shown_together")
def exported() -> Response:
    """Take the comparison away as it is shown."""
    pairs = _pairs()
    columns = [_column(*pair) for pair in pairs[:MOST]]
    if not columns:
        raise ServiceError(Problem.NOT_FOUND, path=request.path)
    table = _table(columns, by_startup=_by_startup(pairs))
    facts = {**ground(columns[0].run, language()), "run_id": ", ".join(dict.fromkeys(c.run.id for c in columns))}
    side = "startup" if _by_startup(pairs) else "program"
    return exports.taken([table], "comparison", AuditSubject(side, request.args[side]), {}, facts)


def _contrasts(columns: Sequence[Column], *, by_startup: bool) -> list[str]:
    """Why the best of the candidates stands before each other one."""
    if not columns:
        return []
    best, *others = sorted(columns, key=lambda column: -column.match.units)
    names = {id(c): local.name(c.program if by_startup else c.startup) for c in columns}
    return [
        contrast.sentence(
            names[id(best)], names[id(other)], explanation.contrast(best.match.reasons, other.match.reasons), language()
        )
        for other in others
    ]


def _pairs() -> list[tuple[str, str]]:
    """The pairs that the address names; raises ServiceError for a program that the reader is not bound to."""
    startups, programs = (list(dict.fromkeys(request.args.getlist(side))) for side in ("startup", "program"))
    for program in programs if startups else ():
        to_program(actor(), program)
    return [(startup, program) for startup in startups for program in programs]


def _by_startup(pairs: Sequence[tuple[str, str]]) -> bool:
    return len({startup for startup, _ in pairs}) == 1


def _blocks(columns: Sequence[Column]) -> list[str]:
    return list(dict.fromkeys(name for column in columns for name in column.points))


def _table(columns: Sequence[Column], *, by_startup: bool) -> ExportTable:
    """The comparison as the page has it: a line for each thing compared, a column for each candidate."""
    others: list[Startup | Program] = [column.program if by_startup else column.startup for column in columns]
    lines: list[tuple[str, Callable[[Column], Value]]] = [
        (
            sheets.word("program_id" if by_startup else "startup_id"),
            lambda c: (c.program if by_startup else c.startup).id,
        ),
        (gettext("판정"), lambda c: c.verdict[0]),
        (gettext("점수"), lambda c: sheets.points(c.match.units)),
        *(
            (block, lambda c, block=block: sheets.points(c.points[block]) if block in c.points else None)
            for block in _blocks(columns)
        ),
        (gettext("확인할 요건"), lambda c: ", ".join(dict.fromkeys(line.title for line in c.open_lines))),
        *(_of_programs if by_startup else _of_startups)(names()),
    ]
    heads = (ColumnHead(gettext("항목"), 28), *(ColumnHead(local.name(other), 28) for other in others))
    return ExportTable(gettext("비교"), heads, tuple((title, *map(value, columns)) for title, value in lines))


def _of_programs(names: VocabularyNames) -> list[tuple[str, Callable[[Column], Value]]]:
    return [
        (gettext("마감"), lambda c: sheets.closing(c.program)),
        (gettext("최대 지원금"), lambda c: c.program.funding_max_krw),
        (local.label("programs", "own_share"), lambda c: c.program.own_share and local.own_share(c.program.own_share)),
        (gettext("지원 내용"), lambda c: names.all("support", c.program.support)),
    ]


def _of_startups(names: VocabularyNames) -> list[tuple[str, Callable[[Column], Value]]]:
    return [
        (sheets.word("listed"), lambda c: sheets.word("barred") if is_barred(c.startup.id) else None),
        (gettext("투자 단계"), lambda c: names.of("stages", c.startup.stage)),
        (gettext("본점 소재지"), lambda c: names.of("regions", c.startup.region)),
        (gettext("개업(설립)일"), lambda c: c.startup.founded_on),
        (gettext("필요한 지원"), lambda c: names.all("support", c.startup.needs)),
    ]


def _column(startup_id: str, program_id: str) -> Column:
    run = record_run(wired().matching.for_startup(startup_id, Options(on=query.day("on"))))
    match = wired().matching.pair(run, program_id)
    points = {blocks.name(bar.block, language()): bar.shown for bar in waterfall.bars(match.reasons)}
    lines = tuple(line for line in shown.lines(run, match) if line.result != "pass")
    startup, program = run.startups[startup_id], run.programs[program_id]
    return Column(startup, program, run, match, shown.verdict(match.verdict), points, lines)
