"""Browse the audit trail, the newest row first, as far as one wishes to go back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.storage.records.chain import AuditRow, Head
from service.storage.records.periods import ALWAYS, Period
from service.storage.repositories import Catalogue


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some rows, the newest first, how the trail ends, and the row below which the next page starts (None: no more)."""

    rows: tuple[AuditRow, ...]
    head: Head
    before: int | None


class BrowseAudit:
    """Reads the trail without verifying it; `VerifyAudit` does that."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def page(
        self, *, before: int | None = None, limit: int = 50, filters: Mapping[str, str], period: Period = ALWAYS
    ) -> AuditPage:
        """Up to `limit` rows of a period below a row that have these values of `actor_id`, `deed` and `subject`."""
        audit = self._catalogue.audit
        with self._catalogue.database.reading() as connection:
            rows_and_next = audit.latest(connection, before=before, limit=limit + 1, filters=filters, period=period)
            head = audit.head(connection)
        rows = tuple(rows_and_next[:limit])
        return AuditPage(rows, head, rows[-1].seq if len(rows_and_next) > limit else None)
