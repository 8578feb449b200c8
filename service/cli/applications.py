"""`ieum applications`: list them, record entries from a file, bring lists from outside, see what falls due."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from model.applications import EntryKind
from model.decisions import DecisionAction
from model.domain import Application
from model.eligibility import RULES
from service.actions.applications.outside_lists import OutsideFile
from service.actions.applications.recording import Recording
from service.actions.catalogue.edit import Precondition
from service.actions.catalogue.export import Purpose
from service.actions.catalogue.imports import Said
from service.actions.records.decide import Choice
from service.cli.wire import opening, output
from service.cli.wire.actors import operator
from service.cli.wire.refusals import environment
from service.identity import PERMITTED, Actor, UserRole
from service.settings import now
from service.storage.applications.listings import ListingKind

if TYPE_CHECKING:
    from service.wired import Wired

applications = typer.Typer(
    help="신청과 요건검토 · Applications and the desk", no_args_is_help=True, add_completion=False
)

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
OfProgram = Annotated[str | None, typer.Option("--program", help="프로그램 ID · of one program")]
Kind = Annotated[str, typer.Option("--kind", help="ban, claw_back, arrears")]
Source = Annotated[str, typer.Option("--source", help="목록을 보낸 기관 · whose list")]
AsOf = Annotated[datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="기준일 · the day that it is of")]
Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False)]
OnDay = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="기준일 · the day at whose end it was so")]
AsWorkbook = Annotated[Path | None, typer.Option("--xlsx", dir_okay=False, help="엑셀 파일로 · into a workbook")]
Reason = Annotated[str, typer.Option("--reason", help="내려받는 사유, 기록에 남음 · why; recorded")]
AsCalendar = Annotated[bool, typer.Option("--ics", help="달력 파일로 · as a calendar file")]


SAMPLE = Actor("sample", "예시 담당자(가상)", UserRole.ADMIN, PERMITTED[UserRole.ADMIN], is_person=True)
"""Who is said to have done what the sample's invented year tells of."""


@applications.command("list")
def listed(program: OfProgram = None) -> None:
    """신청을 JSON 줄로 쓴다 · Write the applications as JSON lines."""
    with environment() as settings:
        from service.api.applications import applications_schema as shown

        for stored in opening.actions(settings).desk.all({"program_id": program}, operator()):
            sys.stdout.buffer.write(orjson.dumps(shown.heading(stored)) + b"\n")


@applications.command("record")
def record(file: File) -> None:
    """POST /applications/entries와 같은 JSON을 기록한다 · Record what a file says, as POST /applications/entries."""
    with environment() as settings:
        from service.api.applications.applications_schema import NewEntry

        done = opening.actions(settings).desk.record(
            opening.body(file, NewEntry()), secrets.token_urlsafe(16), operator()
        )
        print(*(entry.id for entry in done.entries), sep="\n")


@applications.command("bring-list")
def bring_list(file: File, kind: Kind, source: Source, as_of: AsOf) -> None:
    """참여제한·환수·체납 목록을 등록한다 · Keep a list of those barred, owing or in arrears."""
    with environment() as settings:
        brought = OutsideFile(file.read_bytes(), file.name, ListingKind(kind), source, as_of.date())
        report = opening.actions(settings).outside_lists.bring(brought, operator())
        print(report.listing.id, report.lines)
        for match in report.matches:
            print(
                match.standing.line,
                match.startup.id,
                match.startup.name,
                "=" if match.standing.is_sure else "?",
                sep="\t",
            )


@applications.command("due")
def due(*, ics: AsCalendar = False) -> None:
    """다가오는 기한을 보인다 · Show what falls due."""
    with environment() as settings:
        from service.api.applications import applications_schema as shown

        clocks = opening.actions(settings).clocks
        if ics:
            text = clocks.calendar(operator(), title=lambda item: shown.due_title(item, settings.language))
            sys.stdout.buffer.write(text.encode())
            return
        for item in clocks.due(operator()):
            print(item.due_on, shown.due_title(item, settings.language), item.program_id or "", sep="\t")


@applications.command("report")
def report(on: OnDay, *, xlsx: AsWorkbook = None, reason: Reason = "") -> None:
    """하루가 끝날 때의 상태를 보고한다 · Report the state at the end of a day, as JSON or into a workbook."""
    with environment() as settings:
        reports = opening.actions(settings).reports
        if xlsx is not None:
            purpose = Purpose(reason or "command line", "xlsx", settings.language)
            xlsx.write_bytes(reports.exported(on.date(), purpose, operator()).content)
            return
        from service.api.applications import applications_schema as shown

        whole = shown.report(reports(on.date(), operator(), settings.language))
        output.document(whole)


@applications.command("play")
def play(folder: Folder) -> None:
    """지어낸 한 해를 기록한다(예시 자료) · Record an invented year: applications, a list from outside, entries."""
    with environment() as settings:
        actions = opening.actions(settings)
        if actions.desk.all({}, SAMPLE):
            print("nothing recorded: there are applications already")
            return
        file = actions.imports.read_own(folder / "applications.csv", Said(kind="applications"))
        preview = actions.imports.preview([file], SAMPLE)
        actions.imports.commit(preview.id, SAMPLE)
        raw, day = (folder / "clawback.csv").read_bytes(), now().date()
        actions.outside_lists.bring(
            OutsideFile(raw, "clawback.csv", ListingKind.CLAW_BACK, "예시 기관(가상)", day), SAMPLE
        )
        stored = actions.desk.all({}, SAMPLE)
        named = {f"{each.record.program_id}/{each.record.number}": each.record for each in stored}
        for place, event in enumerate(orjson.loads((folder / "desk.json").read_bytes())):
            records = [named[name] for name in event.pop("applications")]
            _play(actions, event, records, f"invented-{place}")
        print(len(stored))


def _play(actions: Wired, stored: dict[str, Any], records: Sequence[Application], key: str) -> None:
    """Decide on, or record on, the invented applications; days are counted from today."""
    if stored["do"] == "decide":
        for record in records:
            known = (tuple(rule.name for rule in RULES), record.received_on)  # invented firms meet few rules
            pair = (record.program_id, record.startup_id)
            choice = Choice(*pair, DecisionAction(stored["action"]), stored["reason"], None, *known)
            actions.decide(choice, Precondition(absent=True), f"{key}-{record.id}", SAMPLE)
        return
    details = dict(stored["details"])
    if "due_in" in stored:
        details["due_on"] = (now().date() + timedelta(stored["due_in"])).isoformat()
    ids = tuple(record.id for record in records)
    asked = Recording(ids, EntryKind(stored["do"]), stored.get("about", ""), stored.get("state", ""), details)
    actions.desk.record(asked, key, SAMPLE)
