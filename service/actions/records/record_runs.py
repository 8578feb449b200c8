"""Record runs: before an answer is sent for the first time, what it rests on is kept, so that it can be reproduced."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from model.domain import Startup
from service.actions.matching.match import Run
from service.caches import Memo
from service.identity import SERVICE
from service.storage.catalogue import documents
from service.storage.evidence import erasures
from service.storage.records.audit import SHOWING, AuditSubject
from service.storage.records.runs import FASTEST, RunRecord, ShownAnswer
from service.storage.repositories import Catalogue, Records

MOST_KNOWN = 100_000
"""How many answers a process remembers to be kept; what it forgets costs a look at the database."""


@dataclass(frozen=True, slots=True)
class RunAnswer:
    """A run's answer in one language, about to be sent."""

    run: Run
    language: str
    body: bytes

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others: a run always means the same answer."""
        return self.run.id, self.language


class RecordRuns:
    """Keeps answers once; one that this process has kept before costs nothing."""

    def __init__(self, catalogue: Catalogue, records: Records, most_known: int = MOST_KNOWN) -> None:
        self._catalogue, self._runs = catalogue, records.runs
        self._known: Memo[tuple[str, str], None] = Memo(most_known)

    def knows(self, run_id: str, language: str) -> bool:
        """Tell whether this process has kept an answer before."""
        return (run_id, language) in self._known

    def __call__(self, answers: Sequence[RunAnswer]) -> None:
        """Keep the answers that are not yet; raises ServiceError, then none may be sent.

        `database_unavailable`, or `erased_meanwhile` when a startup was erased since the run was prepared.
        """
        new = [answer for answer in answers if answer.key not in self._known]
        if not new:
            return
        if not all(self._runs.is_known(self._catalogue.database, *answer.key) for answer in new):
            records = [self._shown(answer) for answer in new]
            with self._catalogue.database.writing() as connection:
                erasures.check(connection, *{answer.run.prepared.erasures for answer in new})
                head = self._catalogue.audit.hold(connection)  # before any row: all writers come in one order
                self._runs.add_all(connection, records)
                subject, about = AuditSubject("run", records[0].run.id), {"answers": len(records)}
                self._catalogue.audit.record(connection, SERVICE, SHOWING, subject, about, head)
        for answer in new:
            self._known.keep(answer.key, None)

    def _shown(self, answer: RunAnswer) -> ShownAnswer:
        prepared = answer.run.prepared
        record = RunRecord(
            id=answer.run.id,
            at=self._catalogue.audit.now(),
            asks=answer.run.asks,
            subject_id=answer.run.subject.id,
            subject_digest=answer.run.subject_digest,
            subject=zlib.compress(documents.written(answer.run.subject), FASTEST),
            revision=prepared.revision if answer.run.asks == "programs" else prepared.ranked_at,
            startups=None if isinstance(answer.run.subject, Startup) else prepared.ranked.side.digest,
            programs=prepared.programs.side.digest,
            on=str(answer.run.on),
            limit=answer.run.options.limit,
            include_ineligible=answer.run.options.include_ineligible,
            audience=str(answer.run.options.audience),
            artifact=prepared.in_use.name,
            model_version=answer.run.model_version,
            rules_version=answer.run.rules_version,
            erasures=prepared.erasures,
        )
        return ShownAnswer(record, answer.language, answer.body)
