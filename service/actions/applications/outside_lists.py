"""Lists from outside: who is barred, owes money back or is in arrears, brought as files and matched to firms."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from model.domain import Startup
from model.faults import BadData, Fault, shown
from model.text import names
from model.vocabulary.numbers import bare_number, is_business_number
from service.errors import Problem, ServiceError
from service.files.importers import committee
from service.identity import Actor, Scope
from service.storage.applications.listings import ListAnswer, ListedFirm, ListingKind, ListingRow, Listings, OutsideList
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue, Records

HEADINGS: Mapping[str, Sequence[str]] = {
    "name": ("기업명", "상호", "상호명", "업체명", "회사명", "법인명", "기업", "성명(법인명)", "company", "name"),
    "number": ("사업자등록번호", "사업자번호", "사업자 등록 번호", "business number", "business registration number"),
    "remark": (
        *("사유", "제재 사유", "제한 사유", "환수 사유", "비고", "금액", "미납액", "환수금", "체납액"),
        *("reason", "remark"),
    ),
}
_IN_BRACKETS = re.compile(r"[(\[].*[)\]]")


@dataclass(frozen=True, slots=True)
class OutsideFile:
    """A list as it was sent: its bytes and name, what it is of, whose it is, and the day that it is of."""

    raw: bytes
    name: str
    kind: ListingKind
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class ListMatch:
    """A firm beside the line that may be about it."""

    startup: Startup
    standing: ListedFirm


@dataclass(frozen=True)
class ListReport:
    """A list with firms that stand on it, by line; `lines` is how many it has, `count` how many stand on it in all."""

    listing: OutsideList
    lines: int
    count: int
    matches: tuple[ListMatch, ...]


class OutsideLists:
    """Keeps the lists; of a kind and source the last one counts. Whoever may decide may read them."""

    def __init__(self, catalogue: Catalogue, records: Records) -> None:
        self._catalogue, self._records, self._listings = catalogue, records, Listings()

    def bring(self, file: OutsideFile, actor: Actor) -> ListReport:
        """Keep a list (XLSX or CSV) and tell whom it names; raises `forbidden`, `no_listing` and BadData."""
        if not actor.may(Scope.IMPORT):
            raise ServiceError(Problem.FORBIDDEN, scope=Scope.IMPORT)
        if not file.source.strip():
            raise BadData([Fault("missing", field="source")])
        entries, notes = committee.entries(file.raw, _columns, ())
        rows = []
        for line, entry in enumerate(entries, 1):
            broken = [code for code in HEADINGS if committee.is_unreadable(entry.cells.get(code))]
            notes += [Fault("error_cell", entry.place, None, "", entry.text(code)) for code in broken]
            written, name = ("" if code in broken else names.visible(entry.text(code)) for code in ("number", "name"))
            number = bare_number(written) if is_business_number(written) else None
            if not (number or name):
                notes.append(Fault("row_left_out", entry.place, None, "", shown(written)))
                continue
            if written and number is None:
                notes.append(Fault("wrong_check_digit", entry.place, None, "business_number", shown(written)))
            rows.append(ListingRow(line, number, name, _remark(entry)))
        if not rows:
            raise ServiceError(Problem.NO_LISTING)
        with self._catalogue.database.writing() as connection:
            self._catalogue.revisions.hold(connection)
            self._catalogue.audit.hold(connection)
            seq = self._catalogue.audit.head(connection).count + 1
            about = (seq, file.kind, file.source.strip(), file.as_of, file.name, hashlib.sha256(file.raw).hexdigest())
            listing = OutsideList(*about, tuple(notes), actor.id, actor.name, self._catalogue.audit.now())
            self._listings.add(connection, listing, rows)
            self._catalogue.revisions.next(connection)
            details = {"kind": file.kind, "rows": len(rows), "file": listing.file_digest}
            self._catalogue.audit.record(connection, actor, "bring_list", AuditSubject("listing", listing.id), details)
        return self.one(listing.id, actor)

    def all(self, actor: Actor) -> Sequence[OutsideList]:
        """Every list, newest first."""
        _check_may_see(actor)
        with self._catalogue.database.reading() as connection:
            return self._listings.all(connection)

    def one(self, identifier: str, actor: Actor, *, skip: int = 0, limit: int | None = None) -> ListReport:
        """A list with the firms on it, those from `skip` on and at most `limit`; raises `listing_not_found`."""
        _check_may_see(actor)
        with self._catalogue.database.reading() as connection:
            listing = self._listings.one(connection, identifier)
            if listing is None:
                raise ServiceError(Problem.LISTING_NOT_FOUND, id=shown(identifier))
            standings = self._listings.standings(connection, listing=listing.seq)
            stands = [(firm, standing) for firm, some in standings.items() for standing in some]
            stands.sort(key=lambda pair: (pair[1].line, pair[0]))
            part = stands[skip : None if limit is None else skip + limit]
            firms = self._catalogue.startups.some(connection, [firm for firm, _ in part])
            lines = self._listings.lines(connection, listing.seq)
        matches = (ListMatch(firms[firm].record, standing) for firm, standing in part)
        return ListReport(listing, lines, len(stands), tuple(matches))

    def answer(self, identifier: str, line: int, startup_id: str, *, is_same: bool, reason: str, actor: Actor) -> None:
        """Record a person's word on whether a firm is the one of that name; raises ServiceError.

        A firm whose business number is on the line is not for a person to decide: `listing_not_found`.
        """
        if not actor.is_person:
            raise ServiceError(Problem.PERSON_REQUIRED)
        report = self.one(identifier, actor)
        if line not in {m.standing.line for m in report.matches if m.startup.id == startup_id}:
            raise ServiceError(Problem.LISTING_NOT_FOUND, id=f"{identifier}/{line}")
        with self._catalogue.database.writing() as connection:
            self._catalogue.revisions.hold(connection)
            self._catalogue.audit.hold(connection)
            seq = self._catalogue.audit.head(connection).count + 1
            ref = self._records.startup_refs.of(connection, startup_id)
            who = (actor.id, actor.name, self._catalogue.audit.now())
            self._listings.answer(connection, ListAnswer(seq, report.listing.seq, line, ref, is_same, reason, *who))
            self._catalogue.revisions.next(connection)
            details = {"line": line, "is_same": is_same}
            self._catalogue.audit.record(connection, actor, "answer_list", AuditSubject("listing", identifier), details)


def _remark(entry: committee.ScoreRow) -> str:
    """The remark with what its heading says in brackets, such as the unit of an amount."""
    column = next((name for name in entry.cells if name.startswith("remark")), "remark")
    text = entry.text(column)
    return f"{text} {column.removeprefix('remark')}".strip() if text else ""


def _check_may_see(actor: Actor) -> None:
    if not (actor.may(Scope.DECIDE) or actor.may(Scope.IMPORT)):
        raise ServiceError(Problem.FORBIDDEN, scope=Scope.DECIDE)


def _columns(headings: Sequence[str]) -> Mapping[int, str] | None:
    columns: dict[int, str] = {}
    for place, heading in enumerate(headings):
        code = next(
            (c for c, words in HEADINGS.items() if heading and committee.named(names.visible(heading), words)), None
        )
        if code and not any(name.startswith(code) for name in columns.values()):
            said = _IN_BRACKETS.search(heading) if code == "remark" else None
            columns[place] = f"{code}{said[0]}" if said else code
    return columns if {"name", "number"} & set(columns.values()) else None
