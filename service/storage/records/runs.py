"""Runs as stored: what each answer that was shown rests on, once for each run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from service.storage.evidence import digests as evidence
from service.storage.evidence import guards
from service.storage.records.run_tables import runs as table
from service.storage.records.run_tables import shown


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What an answer rests on. `asks` is `programs` or `startups`; `subject` the compressed profile that was asked for.

    `revision` is a state of the catalogue; `startups` and `programs` are the digests of its sides (no startups are
    read when programs are asked for). `artifact` is the model's folder. A subject that was erased is None.
    """

    id: str
    at: str
    asks: str
    subject_id: str | None
    subject_digest: str
    subject: bytes | None
    revision: int
    startups: str | None
    programs: str
    on: str
    limit: int
    include_ineligible: bool
    audience: str
    artifact: str
    model_version: str
    rules_version: str


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer as it went out: SHA-256 of its bytes in a language."""

    run: RunRecord
    language: str
    digest: str


class Runs:
    """The runs; every method works on the connection that it is handed."""

    def get(self, connection: Connection, identifier: str) -> RunRecord | None:
        """One run, or None."""
        found = connection.execute(select(table).where(table.c.id == identifier)).mappings().first()
        return RunRecord(**found) if found else None

    def digests(self, connection: Connection, identifier: str) -> Mapping[str, str]:
        """The digest of a run's answer in each language in which it was shown."""
        found = connection.execute(select(shown).where(shown.c.run_id == identifier).order_by(shown.c.language))
        return {row.language: row.digest for row in found}

    def are_known(self, connection: Connection, keys: Collection[tuple[str, str]]) -> bool:
        """Tell whether every one of these answers (run and language) is kept already."""
        ids = {identifier for identifier, _ in keys}
        found = connection.execute(select(shown.c.run_id, shown.c.language).where(shown.c.run_id.in_(ids)))
        return set(keys) <= {(row.run_id, row.language) for row in found}

    def add_all(self, connection: Connection, answers: Sequence[ShownAnswer]) -> None:
        """Keep answers; those that are kept already stay as they are."""
        records = {answer.run.id: asdict(answer.run) for answer in answers}
        digests = [{"run_id": a.run.id, "language": a.language, "digest": a.digest} for a in answers]
        _insert_new(connection, table, list(records.values()))
        _insert_new(connection, shown, digests)
        evidence.note(connection, "runs", *records)
        evidence.note(connection, "shown", *records)

    def erase_subjects(self, connection: Connection, startup_id: str, digests: Collection[str]) -> set[str]:
        """Empty what runs hold of a startup's profile; returns the runs that held some."""
        asked = (table.c.asks == "programs") & (table.c.subject_id == startup_id)
        holding = or_(asked, table.c.subject_digest.in_(digests))
        emptied = update(table).where(holding).values(subject=None, subject_id=None).returning(table.c.id)
        with guards.lifted(connection, table):
            found = set(connection.scalars(emptied))
        evidence.note(connection, "runs", *found)
        return found

    def forget_before(self, connection: Connection, at: str, kept: Collection[str]) -> int:
        """Delete runs older than a moment, those to be kept left out; returns how many there were."""
        old = set(connection.scalars(select(table.c.id).where(table.c.at < at))) - set(kept)
        gone = sum(connection.execute(delete(table).where(table.c.id == one)).rowcount for one in old)
        connection.execute(delete(shown).where(shown.c.run_id.not_in(select(table.c.id))))
        evidence.note(connection, "runs", *old)
        evidence.note(connection, "shown", *old)
        return gone

    def first_revision(self, connection: Connection) -> int | None:
        """The oldest state of the catalogue that a run still rests on."""
        found: int | None = connection.scalar(select(func.min(table.c.revision)))
        return found


def _insert_new(connection: Connection, into: Table, values: list[dict[str, Any]]) -> None:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(into).on_conflict_do_nothing(), values)
