"""Runs as stored: what each answer that was shown rests on, once for each run."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from service.storage.database import Database
from service.storage.evidence import digests as evidence
from service.storage.evidence import guards
from service.storage.records.run_tables import answers, shown
from service.storage.records.run_tables import runs as table

FASTEST = 1
"""How answers are compressed: whoever asks waits for it, and the slowest way saves a quarter of the bytes."""

_KNOWN = "SELECT 1 FROM shown WHERE run_id = ? AND language = ?"


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
    erasures: int = 0


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer as it went out in a language: its bytes."""

    run: RunRecord
    language: str
    body: bytes


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it is kept: the SHA-256 of what was first sent, and the bytes, from which somebody may be cut out.

    The body is None where only its digest was recorded.
    """

    digest: str
    body: bytes | None


class Runs:
    """The runs; every method works on the connection that it is handed."""

    def get(self, connection: Connection, identifier: str) -> RunRecord | None:
        """One run, or None."""
        row = connection.execute(select(table).where(table.c.id == identifier)).mappings().first()
        return RunRecord(**row) if row else None

    def answers(self, connection: Connection, identifier: str) -> Mapping[str, KeptAnswer]:
        """A run's answer in each language in which it was shown."""
        bodies = shown.outerjoin(answers, answers.c.digest == shown.c.kept)
        query = select(shown, answers.c.body).select_from(bodies).where(shown.c.run_id == identifier)
        rows = connection.execute(query.order_by(shown.c.language))
        return {row.language: KeptAnswer(row.digest, row.body and zlib.decompress(row.body)) for row in rows}

    @staticmethod
    def is_known(database: Database, run_id: str, language: str) -> bool:
        """Tell whether an answer is kept already."""
        return database.row(_KNOWN, run_id, language) is not None

    def add_all(self, connection: Connection, sent: Sequence[ShownAnswer]) -> None:
        """Keep answers; those that are kept already stay as they are."""
        records = {answer.run.id: asdict(answer.run) for answer in sent}
        # The same answer is given again and again, so bodies are kept once, by their digest.
        bodies = {hashlib.sha256(answer.body).hexdigest(): answer.body for answer in sent}
        digests = {body: digest for digest, body in bodies.items()}
        rows = [
            {"run_id": a.run.id, "language": a.language, "digest": digests[a.body], "kept": digests[a.body]}
            for a in sent
        ]
        _insert_new(connection, table, list(records.values()))
        _insert_new(connection, shown, rows)
        _add_bodies(connection, bodies)
        evidence.note(connection, "runs", *records)
        evidence.note(connection, "shown", *records)

    def erase_subjects(self, connection: Connection, startup_id: str, digests: Collection[str]) -> set[str]:
        """Empty what runs hold of a startup's profile; returns the runs that held some."""
        asked = (table.c.asks == "programs") & (table.c.subject_id == startup_id)
        holding = or_(asked, table.c.subject_digest.in_(digests))
        emptied = update(table).where(holding).values(subject=None, subject_id=None).returning(table.c.id)
        with guards.lifted(connection, table):
            subjects = set(connection.scalars(emptied))
        evidence.note(connection, "runs", *subjects)
        return subjects

    def cut_out(self, connection: Connection, own: Collection[str], cut: Callable[[bytes, bool], bytes]) -> int:
        """Cut a startup out of the answers that are kept: of its `own` runs, and of the lists that it may stand in.

        `cut` gives an answer's bytes without it, from the bytes and whether the answer is its own; returns how many
        answers were cut.
        """
        held = shown.join(answers, answers.c.digest == shown.c.kept).join(table, table.c.id == shown.c.run_id)
        query = select(shown.c.run_id, shown.c.language, shown.c.kept, table.c.asks, answers.c.body).select_from(held)
        done = 0
        with guards.lifted(connection, shown, answers):
            for row in connection.execute(
                query.where(or_(table.c.asks == "startups", table.c.subject.is_(None)))
            ).all():
                before = zlib.decompress(row.body)
                after = cut(before, row.run_id in own) if row.run_id in own or row.asks == "startups" else before
                if after != before:
                    digest = hashlib.sha256(after).hexdigest()
                    _add_bodies(connection, {digest: after})
                    this_answer = (shown.c.run_id == row.run_id) & (shown.c.language == row.language)
                    connection.execute(update(shown).where(this_answer).values(kept=digest))
                    evidence.note(connection, "shown", row.run_id)
                    done += 1
            _forget_bodies(connection)
        return done

    def forget_before(self, connection: Connection, at: str, decided_runs: Collection[str]) -> int:
        """Delete runs older than a moment, those to be kept left out; returns how many there were."""
        old = set(connection.scalars(select(table.c.id).where(table.c.at < at))) - set(decided_runs)
        gone = sum(connection.execute(delete(table).where(table.c.id == run_id)).rowcount for run_id in old)
        connection.execute(delete(shown).where(shown.c.run_id.not_in(select(table.c.id))))
        _forget_bodies(connection)
        evidence.note(connection, "runs", *old)
        evidence.note(connection, "shown", *old)
        return gone

    def first_revision(self, connection: Connection) -> int | None:
        """The oldest state of the catalogue that a run still rests on."""
        revision: int | None = connection.scalar(select(func.min(table.c.revision)))
        return revision


def _add_bodies(connection: Connection, bodies: Mapping[str, bytes]) -> None:
    rows = [{"digest": digest, "body": zlib.compress(body, FASTEST)} for digest, body in bodies.items()]
    _insert_new(connection, answers, rows)
    evidence.note(connection, "answers", *bodies)


def _forget_bodies(connection: Connection) -> None:
    """Delete the bytes that no answer names any more."""
    named = select(shown.c.kept).where(shown.c.kept == answers.c.digest)
    gone = delete(answers).where(~named.exists()).returning(answers.c.digest)
    evidence.note(connection, "answers", *connection.scalars(gone))


def _insert_new(connection: Connection, into: Table, values: list[dict[str, Any]]) -> None:
    connection.execute(_insertion(into, connection.dialect.name), values)


@cache
def _insertion(into: Table, dialect: str) -> Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(into).on_conflict_do_nothing()
