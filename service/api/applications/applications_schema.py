"""Applications on the wire: what was handed in, what persons record, lists from outside, what falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, post_load

from model.applications import AgreementStep, CheckState, DeskEntry, EntryKind
from model.snapshot import rows
from service.actions.applications.clocks import DueItem
from service.actions.applications.desk import ApplicationPage, ApplicationSheet, Board, Recorded
from service.actions.applications.outside_lists import ListReport
from service.actions.applications.recording import AMOUNTS, DAYS, STOPPERS, TEXTS, TIERS, Recording
from service.actions.applications.report_tables import Report
from service.actions.rounds.papers import RoundPaper
from service.api.records.exports_schema import Reasoned
from service.api.wire.fields import (
    NON_BLANK,
    Code,
    Day,
    Identifier,
    LocalMinute,
    Many,
    Strict,
    Text,
    TrueOrFalse,
    Whole,
    attributes,
)
from service.api.wire.options import Paged, QueryDay, cursor
from service.storage.applications.applications import RECEIVED, StoredApplication
from service.storage.applications.listings import ListingKind, OutsideList
from service.storage.applications.merges import Merge
from service.wording import applications as words
from service.wording import eligibility
from service.wording.pairs import said

LONGEST = 5_000
STATES = (RECEIVED, *(str(step) for step in AgreementStep if step is not AgreementStep.REVERTED))


class EntryDetails(Strict):
    """What an entry says; which of it is needed depends on its kind."""

    locals().update({name: Text(longest=LONGEST) for name in TEXTS if name != "stopped_by"})
    locals().update({name: Day() for name in DAYS})
    locals().update({name: Whole() for name in AMOUNTS})
    pledged_at = LocalMinute(metadata={"description": "확약서 제출 시각(한국 시각) · When the pledge was handed in"})
    stopped_by = Code(STOPPERS)
    tier = Code(TIERS)
    year = Whole(2000, 2999)
    contract = TrueOrFalse(metadata={"description": "협업기업과 계약하였는지 · Whether a contract came of it"})


class NewEntry(Strict):
    """The same entry for one or more applications."""

    applications = Many(Identifier(), required=True, metadata={"minItems": 1})
    kind = Code(EntryKind, required=True)
    about = Text(
        longest=100,
        metadata={"description": "요건, 검토자 ID, 단계 또는 목록 번호 · Requirement, reviewer, step, or list"},
    )
    state = Code(("", *CheckState), metadata={"description": "요건 확인의 내용 · What was found of a requirement"})
    details = fields.Nested(EntryDetails)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Recording:
        """Turn the fields into what is to be recorded."""
        kind = EntryKind(data["kind"])
        about, state = data.get("about", ""), data.get("state", "")
        return Recording(tuple(data["applications"]), kind, about, state, data.get("details", {}))


class ApplicationFilters(Paged):
    """Which page, and of which applications."""

    program_id = Identifier()
    startup_id = Identifier()
    reviewer = Identifier(metadata={"description": "검토자의 사용자 ID · User id of the reviewer"})
    state = Code(STATES)
    q = Text(longest=200, metadata={"description": "접수번호 또는 신청 내용 · Receipt number, or words of it"})


class DueOptions(Strict):
    """Whose dates."""

    mine = Code(("true", "false"), metadata={"description": "내가 검토하는 것만 · Only what the asker reviews"})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> bool:
        """Tell whether only the asker's own are wanted."""
        return bool(data.get("mine") == "true")


class ReportDay(Strict):
    """The day at whose end things stood as the report tells."""

    on = QueryDay(required=True, metadata={"description": "기준일 · The day at whose end things stood so"})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> date:
        """Turn the parameter into the day."""
        day: date = data["on"]
        return day


class ReportExport(Reasoned):
    """A report as a file: of which day, and why it is taken."""

    on = QueryDay(required=True, metadata={"description": "기준일 · The day at whose end things stood so"})


class DayReportSchema(Strict):
    """The state at the end of a day in tables, the last of which says what the others count."""

    on = Day(required=True)
    revision = Whole(required=True)
    tables = Many(fields.Dict(), required=True)


@dataclass(frozen=True, slots=True)
class AskedListing:
    """What the sender says of a list."""

    kind: ListingKind
    source: str
    as_of: date
    name: str


class ListingOptions(Strict):
    """What a list is of, whose it is, and as of which day."""

    kind = Code(ListingKind, required=True)
    source = Text(
        required=True, longest=100, metadata={"description": "목록을 보낸 기관 · Whose list", "pattern": NON_BLANK}
    )
    as_of = QueryDay(required=True, metadata={"description": "목록의 기준일 · The day that it is of"})
    name = Text(longest=200, metadata={"description": "파일 이름 · Name of the file"})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> AskedListing:
        """Turn the parameters into what is said of the list."""
        return AskedListing(ListingKind(data["kind"]), data["source"], data["as_of"], data.get("name", ""))


class GivingReason(Strict):
    """Whatever is asked with a reason, which may not be blank."""

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """Refuse a blank reason."""
        if not data["reason"].strip():
            raise ValidationError({"reason": ["missing"]})
        return data


class NewListAnswer(GivingReason):
    """Whether a firm is the one that a line names."""

    line = Whole(1, required=True)
    startup_id = Identifier(required=True)
    is_same = TrueOrFalse(required=True)
    reason = Text(required=True, longest=LONGEST, metadata={"pattern": NON_BLANK})


class NewMerge(GivingReason):
    """Which firm goes into the one of the address, and why they are one."""

    gone = Identifier(required=True)
    reason = Text(required=True, longest=LONGEST, metadata={"pattern": NON_BLANK})


class NewParting(GivingReason):
    """Why two firms that were merged are not one."""

    reason = Text(required=True, longest=LONGEST, metadata={"pattern": NON_BLANK})


class ItemPageSchema(Strict):
    """What several answers have in common: fields and values as plain JSON."""

    items = Many(fields.Dict(), required=True)
    next = Text(required=True, allow_none=True)


class ApplicationSchema(Strict):
    """An application with its requirements, entries and the lists on which its firm stands."""

    application = fields.Dict(required=True)
    state = Code(STATES, required=True)
    reviewer = Text(required=True, allow_none=True)
    open = Many(Text(), required=True, metadata={"description": "아직 확인하지 않은 요건 · Requirements still open"})
    requirements = Many(fields.Dict(), required=True)
    entries = Many(fields.Dict(), required=True)
    listed = Many(fields.Dict(), required=True, metadata={"description": "기업이 있는 외부 목록 · Lists with the firm"})


class RecordedSchema(Strict):
    """The entries that were recorded."""

    entries = Many(fields.Dict(), required=True)


class BoardSchema(Strict):
    """A program's progress."""

    program_id = Text(required=True)
    total = Whole(required=True)
    settled = Whole(required=True)
    requirements = Many(fields.Dict(), required=True)
    reviewers = Many(fields.Dict(), required=True)


class ListingSchema(Strict):
    """A list from outside with the firms that stand on it."""

    listing = fields.Dict(required=True)
    lines = Whole(required=True)
    matches = Many(fields.Dict(), required=True)
    notes = Many(Text(), required=True)


class MergeSchema(Strict):
    """A merge of two firms."""

    id = Text(required=True)
    remains = Text(required=True)
    gone = Text(required=True)
    undone = TrueOrFalse(required=True)


class PapersSchema(Strict):
    """What the applications of a round rested on."""

    round_id = Text(required=True)
    items = Many(fields.Dict(), required=True)


def listed(page: ApplicationPage) -> dict[str, Any]:
    """One page of applications."""
    return {"items": [heading(stored) for stored in page.items], "next": cursor(page.after)}


def heading(stored: StoredApplication) -> dict[str, Any]:
    """An application as lists show it."""
    return {**rows.plain(stored.record), "state": stored.state, "reviewer": stored.reviewer}


def sheet(whole: ApplicationSheet, language: str) -> dict[str, Any]:
    """The values of ApplicationSchema."""
    requirements = [
        {
            "code": line.code,
            "label": eligibility.rule_name(line.code, language),
            "machine": str(line.check.result) if line.check else None,
            "basis": line.check.basis if line.check else None,
            "result": line.result,
            "by": line.by,
            "entry": line.entry.id if line.entry else None,
        }
        for line in whole.pair.lines
    ]
    standings = [
        {"listing": f"l-{s.listing}", "kind": s.kind, "source": s.source, "line": s.line, "is_sure": s.is_sure}
        for s in whole.listed
    ]
    return {
        "application": rows.plain(whole.stored.record),
        "state": whole.stored.state,
        "reviewer": whole.stored.reviewer,
        "open": list(whole.pair.open),
        "requirements": requirements,
        "entries": [entry(record) for record in whole.history.entries],
        "listed": standings,
    }


def entry(record: DeskEntry) -> dict[str, Any]:
    """An entry as it is sent."""
    about = attributes(record, "id", "application_id", "number", "kind", "about", "state")
    who = {"id": record.actor_id, "name": record.actor_name}
    return {**about, "details": dict(record.details), "by": who, "at": record.at}


def recorded(done: Recorded) -> dict[str, Any]:
    """The values of RecordedSchema."""
    return {"entries": [entry(record) for record in done.entries]}


def board(whole: Board, language: str) -> dict[str, Any]:
    """The values of BoardSchema."""
    requirements = [
        {"code": code, "label": eligibility.rule_name(code, language), "met": n[0], "open": n[1], "not_met": n[2]}
        for code, n in whole.requirements.items()
    ]
    reviewers = [{"reviewer": name or None, "total": n[0], "settled": n[1]} for name, n in whole.reviewers.items()]
    about = {"program_id": whole.program_id, "total": whole.total, "settled": whole.settled}
    return {**about, "requirements": requirements, "reviewers": reviewers}


def listing(record: OutsideList) -> dict[str, Any]:
    """A list's heading."""
    about = {**attributes(record, "id", "kind", "source"), "as_of": record.as_of.isoformat()}
    file = {"file_name": record.file_name, "sha256": record.file_digest}
    return {**about, **file, "by": record.actor_name, "at": record.at}


def list_report(report: ListReport, language: str) -> dict[str, Any]:
    """The values of ListingSchema."""
    matches = [
        {
            **attributes(match.standing, "line", "name", "remark"),
            "startup_id": match.startup.id,
            "startup_name": match.startup.name,
            "is_sure": match.standing.is_sure,
        }
        for match in report.matches
    ]
    notes = [f"{note.file} {note.value} {note.sentence(language)}" for note in report.listing.notes[:200]]
    return {"listing": listing(report.listing), "lines": report.lines, "matches": matches, "notes": notes}


def merge(record: Merge) -> dict[str, Any]:
    """The values of MergeSchema."""
    return {"id": record.id, "remains": record.remains, "gone": record.gone, "undone": record.undone is not None}


def due(item: DueItem, language: str) -> dict[str, Any]:
    """Something that falls due, as it is sent."""
    about = {"due_on": item.due_on.isoformat(), "code": item.code, "label": said(words.DUE, item.code, language)}
    return {**about, "subject": item.subject, "program_id": item.program_id, "reviewer": item.reviewer}


def due_title(item: DueItem, language: str) -> str:
    """What a calendar calls it."""
    remark = eligibility.rule_name(item.remark, language) if item.code == "paper" else item.remark
    return " ".join(filter(None, (said(words.DUE, item.code, language), item.subject, remark)))


def report(whole: Report) -> dict[str, Any]:
    """The values of DayReportSchema."""
    tables = [
        {"name": table.name, "columns": [head.title for head in table.heads], "rows": [list(row) for row in table.rows]}
        for table in whole.tables
    ]
    return {"on": whole.on.isoformat(), "revision": whole.revision, "tables": tables}


def papers(paper: RoundPaper, language: str) -> dict[str, Any]:
    """An application of a round with what each requirement rested on."""
    record = paper.application
    requirements = [
        {
            "code": line.code,
            "label": eligibility.rule_name(line.code, language),
            "by": line.by,
            "result": line.result,
            "entry": entry(line.entry) if line.entry else None,
        }
        for line in paper.lines
    ]
    about = {"application_id": record.id, "startup_id": record.startup_id, "program_id": record.program_id}
    return {**about, "status": paper.status, "open": list(paper.open), "requirements": requirements}
