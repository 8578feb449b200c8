"""`ieum programs`: for every row and rule its facts with source and confidence, and the gaps that nobody explains."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.table import Table

from model.domain import Program
from model.eligibility.requirements import StatedFact, inspect
from model.faults import BadData
from model.fields import label
from model.snapshot import folder as snapshot
from model.snapshot import rows
from service.cli.wire import output
from service.settings import from_environment, now
from service.storage.repositories import open_catalogue
from service.wording.eligibility import rule_name

WIDE = 200
GAP = {"ko": "빠짐", "en": "missing"}
HEADS = {
    "ko": ("프로그램", "요건", "항목", "값", "출처", "확인 정도"),
    "en": ("Program", "Rule", "Field", "Value", "Source", "Confidence"),
}

programs = typer.Typer(
    help="프로그램 자료를 점검한다 · Check the programs' rows", no_args_is_help=True, add_completion=False
)


@programs.callback()
def group() -> None:
    """프로그램 자료를 점검한다 · Check the programs' rows"""


@programs.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(exists=True, help="JSON 줄 파일(기본: 저장된 자료)")] = None,
    *,
    gaps: Annotated[bool, typer.Option("--gaps", help="빠진 항목만 · only what is missing")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 · as JSON")] = False,
) -> None:
    """요건마다 근거와 빠진 항목을 보인다. 까닭 없이 빠진 항목이 있으면 1로 끝난다 · Exits 1 for an unexplained gap."""
    try:
        records = [program for file in files or () for program in snapshot.read_programs(file)] or _stored()
    except BadData as bad:
        raise typer.BadParameter(str(bad)) from bad
    facts = [fact for program in records for fact in inspect(program)]
    shown = [fact for fact in facts if fact.value is None or not fact.is_explained] if gaps else facts
    if as_json:
        output.document([_plain(fact) for fact in shown])
    else:
        output.console(WIDE).print(_table(shown, from_environment().language))
    if not all(fact.is_explained for fact in facts):
        raise typer.Exit(1)


def _stored() -> list[Program]:
    catalogue = open_catalogue(from_environment().database, now)
    with catalogue.database.reading() as connection:
        ids = catalogue.programs.ids(connection)
        return [stored.record for stored in catalogue.programs.some(connection, sorted(ids)).values()]


def _plain(fact: StatedFact) -> dict[str, object]:
    value = rows.written(fact.value)
    return {
        "program_id": fact.program_id,
        "rule": fact.rule,
        "field": fact.field,
        "value": value,
        "source": fact.source or None,
        "confidence": fact.confidence,
        "is_explained": fact.is_explained,
    }


def _table(facts: Iterable[StatedFact], language: str) -> Table:
    table = Table(*HEADS[language])
    for fact in facts:
        value = GAP[language] if fact.value is None else orjson.dumps(rows.written(fact.value)).decode()
        table.add_row(
            fact.program_id,
            rule_name(fact.rule, language),
            fact.field if fact.field == "basis" else label(Program, fact.field, language),
            value if len(value) < 60 else value[:57] + "…",
            fact.source,
            fact.confidence or "",
        )
    return table
