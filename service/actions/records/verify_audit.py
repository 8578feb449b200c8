"""Verify the audit trail: every row as it was written, none missing, and every lasting row as the trail has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import orjson

from service.caches import Memo
from service.errors import Problem, ServiceError
from service.storage.database import Connection
from service.storage.evidence import digests as evidence
from service.storage.records import chain
from service.storage.records.audit import WROTE
from service.storage.records.chain import AuditRow, Break, Head
from service.storage.records.decisions import EVENT
from service.storage.repositories import Catalogue
from service.wording.audit_events import BREAKS
from service.wording.pairs import said


@dataclass(frozen=True, slots=True)
class Verification:
    """How the trail ends, what is wrong with it first (None: it is whole), and when that was seen (UTC)."""

    head: Head
    broken: Break | None
    at: str


class VerifyAudit:
    """Reads the whole trail, and every table whose rows it proves, as of one moment."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lately: Memo[str, Verification] = Memo(1, seconds=10, long=True)  # until the page that waits asks again

    def lately(self) -> Verification:
        """The check as it was made in the last ten seconds, or is made now."""
        return self._lately("trail", self)

    def __call__(self, anchors: Sequence[Head] = ()) -> Verification:
        """Check the trail and what it proves, and that it agrees with heads that were noted elsewhere before."""
        with self._catalogue.database.reading() as connection:
            return self.seen_by(connection, anchors)

    def seen_by(self, connection: Connection, anchors: Sequence[Head] = ()) -> Verification:
        """The same for what a block sees."""
        at, held = self._catalogue.audit.now(), dict[str, tuple[int, str]]()
        head = self._catalogue.audit.head(connection)
        rows = _noting(self._catalogue.audit.rows(connection), held)
        broken = chain.first_break(rows, head, anchors)
        if broken is None:
            breaks = [*self._misfiled(connection, held), *_differences(connection, held, head)]
            broken = min(breaks, key=lambda broken: (broken.seq, broken.record), default=None)
        return Verification(head, broken, at)

    def _misfiled(self, connection: Connection, held: Mapping[str, tuple[int, str]]) -> Iterator[Break]:
        for name, profiles in (("startups", self._catalogue.startups), ("programs", self._catalogue.programs)):
            for revision in profiles.misfiled(connection):
                record = f"{name}/{revision}"
                yield Break(held.get(record, (0, ""))[0], "record_changed", record)


def refuse(broken: Break) -> ServiceError:
    """The refusal that names the first bad row and why."""
    reason_ko, reason_en = (said(BREAKS, broken.why, language, record=broken.record) for language in ("ko", "en"))
    return ServiceError(Problem.AUDIT_BROKEN, seq=broken.seq, why=broken.why, reason_ko=reason_ko, reason_en=reason_en)


def _noting(rows: Iterable[AuditRow], held: dict[str, tuple[int, str]]) -> Iterator[AuditRow]:
    """Note in passing the last digest of everything that events wrote, with its row; what is gone is noted no more."""
    for row in rows:
        for record, digest in _wrote(row):
            if digest is None:
                held.pop(record, None)
            else:
                held[record] = row.seq, digest
        yield row


def _wrote(row: AuditRow) -> Iterable[tuple[str, str | None]]:
    """What a row says was written; rows from before all digests were kept tell of decisions alone."""
    try:
        details = orjson.loads(row.details)
        if row.event == EVENT and len(str(details.get("decision"))) == len(chain.GENESIS):
            return [(f"decisions/{row.seq}", str(details["decision"]))]
        if WROTE not in details and row.event == "erase" and isinstance(details.get("decisions"), dict):
            return [(f"decisions/{seq}", str(digest)) for seq, digest in details["decisions"].items()]
        return list(details.get(WROTE, {}).items())
    except (ValueError, AttributeError):  # somebody else's row: its hash says so
        return []


def _differences(connection: Connection, held: dict[str, tuple[int, str]], head: Head) -> Iterator[Break]:
    """Every row that is not what the trail says, that it says nothing of, or that is gone."""
    for name, table in evidence.TABLES.items():
        own = [record.removeprefix(f"{name}/") for record in held if record.startswith(f"{name}/")]
        for key, digest in table.digests(connection, own if name == "accesses" else None).items():
            record = f"{name}/{key}"
            seq, wanted = held.pop(record, (head.count + 1, ""))
            if digest != wanted:
                yield Break(seq, "record_changed" if wanted else "record_unaudited", record)
    yield from (Break(seq, "record_missing", record) for record, (seq, _) in held.items())
