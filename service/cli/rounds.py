"""`ieum rounds`: run selection rounds from a file, list them, show one, write its workbook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table

from service.actions.catalogue.export import Purpose
from service.cli.transfer import Reason
from service.cli.wire.acting import operator
from service.cli.wire.refusals import refusals
from service.settings import Settings, from_environment, now
from service.storage import schema
from service.storage.repositories import open_catalogue
from service.telemetry import log

if TYPE_CHECKING:
    from service.actions.rounds.run_round import Ran, RunRound
    from service.wired import Wired

WIDE = 160
"""Columns where no terminal tells its own: a file or a pipe."""

MOST_LISTED = 200

rounds = typer.Typer(help="선정 회차 · Selection rounds", no_args_is_help=True, add_completion=False)

AsJson = Annotated[bool, typer.Option("--json", help="API와 같은 JSON으로 · as JSON, as the API has it")]
Asked = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="POST /rounds와 같은 JSON · as POST /rounds")]
Out = Annotated[Path, typer.Option("--out", help="쓸 파일 · the file to write")]
Several = Annotated[list[str] | None, typer.Argument(help="회차 id들 · ids of rounds")]
Evaluators = Annotated[int, typer.Option("--evaluators", min=1, max=30, help="위원 칸의 수 · evaluators' columns")]


@rounds.command("run")
def start(file: Asked, *, json: AsJson = False) -> None:
    """파일의 조건으로 회차를 실행하여 보관한다 · Run a round and keep it."""
    settings = from_environment()
    with refusals(settings.language):
        action = _action(settings)
        _report(action(_asked(file), operator()), action, settings.language, json=json)


@rounds.command("list")
def listed() -> None:
    """회차를 새것부터 보인다 · List rounds, newest first."""
    settings = from_environment()
    with refusals(settings.language):
        for stored in _action(settings).page(after="", limit=MOST_LISTED, actor=operator()).items:
            print(stored.id, stored.on, stored.actor_name, stored.name, sep="\t")


@rounds.command("show")
def show(identifier: str, *, json: AsJson = False) -> None:
    """보관한 회차를 다시 실행하여 보인다 · Show a kept round, reproduced."""
    settings = from_environment()
    with refusals(settings.language):
        action = _action(settings)
        _report(action.one(identifier, operator()), action, settings.language, json=json)


@rounds.command("export")
def export(identifier: str, out: Out, evaluators: Evaluators = 5, reason: Reason = "명령줄 · command line") -> None:
    """회차를 위원회용 엑셀 파일로 쓴다 · Write a round's workbook for committees."""
    settings = from_environment()
    with refusals(settings.language):
        taking = _wired(settings).export_results
        purpose = Purpose(reason, "xlsx", settings.language)
        out.write_bytes(taking.round(identifier, evaluators, purpose, operator()).content)
        print(out)


@rounds.command("exposure")
def exposure(identifiers: Several = None, *, json: AsJson = False) -> None:
    """여러 회차의 배정 형평성을 합쳐 보인다(기본 최근 회차) · The exposure account over several rounds."""
    settings = from_environment()
    with refusals(settings.language):
        from service.actions.rounds.accounts import cumulated
        from service.api.rounds import answers_schema as round_shown
        from service.wording import rounds as words

        document = round_shown.cumulated(cumulated(_action(settings), identifiers or [], operator()))
        if json:
            sys.stdout.buffer.write(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
        else:
            measures = document["exposure"]
            titles = [words.heading(code, settings.language) for code in ("field", "value", "eligible", "places")]
            shares = [words.heading(code, settings.language) for code in ("eligible_share", "place_share")]
            table = Table(*titles, *shares, title=words.measures(measures, settings.language), title_justify="left")
            for group in measures["groups"]:
                shown = (f"{group[name]:.1%}" for name in ("eligible_share", "place_share"))
                named = (
                    words.field(group["field"], settings.language),
                    words.value(group["field"], group["value"], None, settings.language),
                )
                table.add_row(*named, str(group["eligible"]), str(group["places"]), *shown)
            _wide().print(table)


def _action(settings: Settings) -> RunRound:
    return _wired(settings).rounds


def _wired(settings: Settings) -> Wired:
    from service.storage.matching.registry import Registry
    from service.wired import wire  # here, since it brings libraries that take seconds to load

    log.set_up()
    schema.check(open_catalogue(settings.database, now).database)
    return wire(settings, now, Registry(settings.artifacts, settings.verify_key))


def _asked(file: Path) -> Any:
    from marshmallow import ValidationError  # here, since they bring libraries that take seconds to load

    from service.api.rounds.rounds_schema import NewRound
    from service.api.wire import body, problems

    try:
        return NewRound().load(body.parsed(file.read_bytes()))
    except ValidationError as error:
        raise problems.known(error) from None


def _report(ran: Ran, action: RunRound, language: str, *, json: bool) -> None:
    from service.api.rounds import answers_schema as round_shown
    from service.wording import rounds as words

    document = round_shown.shown(ran, action.names(language), language)
    if json:
        sys.stdout.buffer.write(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
        return
    print(ran.stored.id)
    table = Table(title=document["name"], title_justify="left")
    for heading in ("program", "rank", "startup", "base", "bonus", "final"):
        table.add_column(words.heading(heading, language), overflow="fold")
    for listing in document["lists"]:
        for place in listing["shortlist"]:
            numbers = (f"{place[name]:.4f}" for name in ("base", "bonus", "final"))
            table.add_row(listing["program"]["name"], str(place["rank"]), place["startup"]["name"], *numbers)
    _wide().print(table)
    for clash in document["clashes"]:
        print("! " + " / ".join(demand["text"] for demand in clash["demands"]))


def _wide() -> Console:
    return Console(width=None if sys.stdout.isatty() else WIDE)
