"""`ieum rounds`: run selection rounds from a file, list them, show one, write its workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from service.actions.catalogue.export import Purpose
from service.cli.transfer import Reason
from service.cli.wire import opening, output
from service.cli.wire.actors import operator
from service.cli.wire.output import AsJson
from service.cli.wire.refusals import environment
from service.wording.pairs import said

if TYPE_CHECKING:
    from service.actions.rounds.run_round import Ran, RunRound

MOST_LISTED = 200

rounds = typer.Typer(help="선정 회차 · Selection rounds", no_args_is_help=True, add_completion=False)

Asked = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="POST /rounds와 같은 JSON · as POST /rounds")]
Out = Annotated[Path, typer.Option("--out", help="쓸 파일 · the file to write")]
Several = Annotated[list[str] | None, typer.Argument(help="회차 id들 · ids of rounds")]
Evaluators = Annotated[int, typer.Option("--evaluators", min=1, max=30, help="위원 칸의 수 · evaluators' columns")]


@rounds.command("run")
def start(file: Asked, *, json: AsJson = False) -> None:
    """파일의 조건으로 회차를 실행하여 보관한다 · Run a round and keep it."""
    with environment() as settings:
        from service.api.rounds.rounds_schema import NewRound

        action = opening.actions(settings).rounds
        _report(action(opening.body(file, NewRound()), operator()), action, settings.language, json=json)


@rounds.command("list")
def listed() -> None:
    """회차를 새것부터 보인다 · List rounds, newest first."""
    with environment() as settings:
        for stored in opening.actions(settings).rounds.page(after="", limit=MOST_LISTED, actor=operator()).items:
            print(stored.id, stored.on, stored.actor_name, stored.name, sep="\t")


@rounds.command("show")
def show(identifier: str, *, json: AsJson = False) -> None:
    """보관한 회차를 다시 실행하여 보인다 · Show a kept round, reproduced."""
    with environment() as settings:
        action = opening.actions(settings).rounds
        _report(action.one(identifier, operator()), action, settings.language, json=json)


@rounds.command("export")
def export(identifier: str, out: Out, evaluators: Evaluators = 5, reason: Reason = "명령줄 · command line") -> None:
    """회차를 위원회용 엑셀 파일로 쓴다 · Write a round's workbook for committees."""
    with environment() as settings:
        taking = opening.actions(settings).export_results
        purpose = Purpose(reason, "xlsx", settings.language)
        out.write_bytes(taking.round(identifier, evaluators, purpose, operator()).content)
        print(out)


@rounds.command("exposure")
def exposure(identifiers: Several = None, *, json: AsJson = False) -> None:
    """여러 회차의 배정 형평성을 합쳐 보인다(기본 최근 회차) · The exposure account over several rounds."""
    with environment() as settings:
        from service.actions.rounds.accounts import cumulated
        from service.api.rounds import answers_schema as round_shown
        from service.wording import rounds as words

        document = round_shown.cumulated(cumulated(opening.actions(settings).rounds, identifiers or [], operator()))
        if json:
            output.document(document)
        else:
            measures = document["exposure"]
            titles = [
                said(words.HEADINGS, code, settings.language) for code in ("field", "value", "eligible", "places")
            ]
            shares = [said(words.HEADINGS, code, settings.language) for code in ("eligible_share", "place_share")]
            table = Table(*titles, *shares, title=words.measures(measures, settings.language), title_justify="left")
            for group in measures["groups"]:
                shown = (f"{group[name]:.1%}" for name in ("eligible_share", "place_share"))
                named = (
                    said(words.FIELDS, group["field"], settings.language),
                    words.value(group["field"], group["value"], None, settings.language),
                )
                table.add_row(*named, str(group["eligible"]), str(group["places"]), *shown)
            output.console().print(table)


def _report(ran: Ran, action: RunRound, language: str, *, json: bool) -> None:
    from service.api.rounds import answers_schema as round_shown
    from service.wording import rounds as words

    document = round_shown.shown(ran, action.names(language), language)
    if json:
        output.document(document)
        return
    print(ran.stored.id)
    table = Table(title=document["name"], title_justify="left")
    for heading in ("program", "rank", "startup", "base", "bonus", "final"):
        table.add_column(said(words.HEADINGS, heading, language), overflow="fold")
    for listing in document["lists"]:
        for place in listing["shortlist"]:
            numbers = (f"{place[name]:.4f}" for name in ("base", "bonus", "final"))
            table.add_row(listing["program"]["name"], str(place["rank"]), place["startup"]["name"], *numbers)
    output.console().print(table)
    for clash in document["clashes"]:
        print("! " + " / ".join(demand["text"] for demand in clash["demands"]))
