"""`ieum eligibility`: what the rules say of a startup, a program or the whole catalogue, as tables or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from model.faults import Fault
from model.snapshot import rows
from service.actions.catalogue import rulebook
from service.actions.catalogue.explain_eligibility import ExplainEligibility, ExplanationWish
from service.api.catalogue import eligibility_schema as of_one
from service.api.catalogue import overview_schema as overview
from service.cli.wire import opening, output, tables
from service.cli.wire.output import AsJson
from service.cli.wire.refusals import refusals
from service.settings import from_environment, now
from service.storage.matching.registry import Registry
from service.telemetry import log
from service.wording.eligibility import Audience

eligibility = typer.Typer(
    help="신청 요건을 확인하고 설명한다 · Check and explain eligibility", no_args_is_help=True, add_completion=False
)


def _day(text: str) -> date:
    try:
        return rows.day(text)
    except ValueError:
        raise typer.BadParameter(" ".join(Fault("not_date").sentence(language) for language in ("ko", "en"))) from None


class AnswerLanguage(StrEnum):
    """In which language the answer is given."""

    KO = "ko"
    EN = "en"


On = Annotated[date | None, typer.Option("--on", parser=_day, metavar="DATE", help="기준일(기본 오늘) · as of")]
Tongue = Annotated[AnswerLanguage | None, typer.Option("--language", help="답의 언어 · language of the answer")]
For = Annotated[Audience, typer.Option("--audience", help="읽는 사람 · who reads")]
Most = Annotated[int, typer.Option("--limit", min=0, help="항목마다 이름을 밝힐 기업 수 · startups named each")]


@eligibility.command("startup")
def of_startup(
    identifier: str, on: On = None, chosen: Tongue = None, audience: For = Audience.STAFF, *, json: AsJson = False
) -> None:
    """기업별: 신청할 수 있는 프로그램과 한 가지만 바뀌면 되는 프로그램 · What a startup may apply to."""
    with _explaining(chosen) as (explain, language):
        wish = ExplanationWish(on, audience)
        judged = of_one.of_startup(explain.of_startup(identifier, wish), language)
        answer = {**judged, **of_one.unlocks(explain.steps(identifier, wish), language)}
        _show(answer, tables.of_startup(answer, language), json=json)


@eligibility.command("program")
def of_program(
    identifier: str, on: On = None, chosen: Tongue = None, limit: Most = 20, *, json: AsJson = False
) -> None:
    """프로그램별: 어느 요건이 기업을 얼마나 제외하는지 · Whom each rule of a program shuts out."""
    with _explaining(chosen) as (explain, language):
        answer = overview.exclusions(explain.of_program(identifier, ExplanationWish(on, most_named=limit)), language)
        _show(answer, tables.of_program(answer, language), json=json)


@eligibility.command("catalogue")
def of_catalogue(on: On = None, chosen: Tongue = None, limit: Most = 20, *, json: AsJson = False) -> None:
    """전체: 지역별로 신청할 곳이 없는 기업과 신청할 기업이 적은 프로그램 · Who finds no program, by region."""
    with _explaining(chosen) as (explain, language):
        answer = overview.coverage(explain.of_catalogue(ExplanationWish(on, most_named=limit)), language)
        _show(answer, tables.of_catalogue(answer, language), json=json)


@contextmanager
def _explaining(chosen: AnswerLanguage | None) -> Iterator[tuple[ExplainEligibility, str]]:
    """Open the catalogue and the rulebook of the model in use; the matcher is not read, since no score is asked for."""
    log.set_up()  # onto standard error, so that standard output holds the answer alone
    settings = from_environment()
    language = chosen.value if chosen else settings.language
    with refusals(language):
        catalogue = opening.catalogue(settings)
        book = rulebook.read(catalogue, Registry(settings.artifacts, settings.verify_key))
        yield ExplainEligibility(lambda: book, now), language


def _show(answer: dict[str, Any], shown: tables.Tables, *, json: bool) -> None:
    if json:
        output.document(answer)
        return
    console = output.console()
    for table in shown:
        console.print(table)
