"""Verify the audit trail: every row as it was written, none missing, and every decision as the trail has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import orjson

from service.errors import ServiceError
from service.errors.audit import BREAKS
from service.storage.database import Connection
from service.storage.records import chain
from service.storage.records.chain import Break, Head, Row
from service.storage.records.decisions import DEED, DIGEST, REWORDING
from service.storage.repositories import Catalogue, Records


@dataclass(frozen=True, slots=True)
class Verified:
    """How the trail ends, and what is wrong with it first (None: it is whole)."""

    head: Head
    broken: Break | None


class VerifyAudit:
    """Reads the whole trail as of one moment."""

    def __init__(self, catalogue: Catalogue, records: Records) -> None:
        self._catalogue, self._records = catalogue, records

    def __call__(self, anchors: Sequence[Head] = ()) -> Verified:
        """Check the trail, and that it agrees with heads that were noted elsewhere before."""
        with self._catalogue.database.reading() as connection:
            return self.seen_by(connection, anchors)

    def seen_by(self, connection: Connection, anchors: Sequence[Head] = ()) -> Verified:
        """The same for what a block sees."""
        decided: dict[int, str] = {}
        head = self._catalogue.audit.head(connection)
        rows = _noting(self._catalogue.audit.rows(connection), decided)
        broken = chain.first_break(rows, head, anchors)
        return Verified(head, broken or self._decision_break(connection, decided))

    def _decision_break(self, connection: Connection, decided: dict[int, str]) -> Break | None:
        for decision in self._records.decisions.all(connection):
            digest = decided.pop(decision.seq, None)
            if digest is None:
                return Break(decision.seq, "decision_unaudited")
            if digest != decision.digest:
                return Break(decision.seq, "decision_changed")
        return Break(min(decided), "decision_missing") if decided else None


def refuse(broken: Break) -> ServiceError:
    """The refusal that names the first bad row and why."""
    korean, english = BREAKS[broken.why]
    return ServiceError("audit_broken", seq=broken.seq, why=broken.why, reason_ko=korean, reason_en=english)


def _noting(rows: Iterable[Row], decided: dict[int, str]) -> Iterator[Row]:
    """Note each decision's digest by its row, in passing."""
    for row in rows:
        if row.deed == DEED:
            decided[row.seq] = _digest(row.details)
        elif row.deed == REWORDING:
            decided.update(_reworded(row.details))
        yield row


def _reworded(details: str) -> dict[int, str]:
    """The digests of decisions whose reasons named a startup that was erased, by row."""
    try:
        return {int(seq): str(digest) for seq, digest in orjson.loads(details)["decisions"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _digest(details: str) -> str:
    try:
        return str(orjson.loads(details)[DIGEST])
    except (ValueError, KeyError, TypeError):
        return ""
