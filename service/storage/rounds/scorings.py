"""Evaluators' scores of a round as stored: one row for each file and way of combining, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import orjson
from sqlalchemy import ColumnElement, Connection, insert, select, update

from model.faults import Fault
from model.rounds.scores import EvaluatorWeights, Score
from service.storage.evidence import digests as evidence
from service.storage.evidence import guards
from service.storage.evidence.wordings import Wording
from service.storage.records.startup_refs import StartupRefs
from service.storage.rounds.round_tables import scorings as table


@dataclass(frozen=True, slots=True)
class Scoring:
    """The scores that somebody brought in one file; `seq` is its row of the audit trail.

    A startup that was erased since goes by its pseudonym, as in its round; a line that named none of the round has an
    empty id.
    """

    seq: int
    round_id: str
    at: str
    actor_id: str
    actor_name: str
    file_name: str
    file_digest: str
    weights: EvaluatorWeights
    scores: tuple[Score, ...]
    left_out: tuple[Fault, ...] = ()
    """Where in the file stood what is not in the scores; what it said is not kept."""


class Scorings:
    """The scorings; every method works on the connection that it is handed."""

    def __init__(self) -> None:
        self._refs = StartupRefs()

    def add(self, connection: Connection, scoring: Scoring) -> None:
        """Store a new scoring."""
        refs = {s.startup: s.startup and self._refs.of(connection, s.startup) for s in scoring.scores}
        scores = [[s.program, refs[s.startup], s.evaluator, s.units, s.place] for s in scoring.scores]
        values = {
            name: getattr(scoring, name) for name in Scoring.__slots__ if name not in ("weights", "scores", "left_out")
        }
        values |= {**_columns(scoring.weights), "scores": orjson.dumps(scores).decode()}
        values["left_out"] = orjson.dumps(
            [[n.code, n.file, n.line, n.field, n.value] for n in scoring.left_out]
        ).decode()
        connection.execute(insert(table).values(values))
        evidence.note(connection, "scorings", scoring.seq)

    def one(self, connection: Connection, round_id: str, seq: int) -> Scoring | None:
        """A round's scoring, or None."""
        return next(iter(self._rows(connection, [table.c.round_id == round_id, table.c.seq == seq])), None)

    def same(
        self, connection: Connection, round_id: str, file_digest: str, weights: EvaluatorWeights
    ) -> Scoring | None:
        """The scoring that the same file, combined alike, gave before, or None."""
        about = {"round_id": round_id, "file_digest": file_digest, **_columns(weights)}
        return next(iter(self._rows(connection, [table.c[name] == value for name, value in about.items()])), None)

    def of_round(self, connection: Connection, round_id: str) -> Sequence[Scoring]:
        """Every scoring of a round, oldest first."""
        return self._rows(connection, [table.c.round_id == round_id])

    def reword(self, connection: Connection, said: Wording) -> None:
        """Word the names of files anew, for an erasure alone."""
        for row in connection.execute(select(table.c.seq, table.c.round_id, table.c.file_name)).all():
            name = said(f"rounds/{row.round_id}/scores/{row.seq}", "file_name", row.file_name, False)
            if name != row.file_name:
                evidence.note(connection, "scorings", row.seq)
                with guards.lifted(connection, table):
                    connection.execute(update(table).where(table.c.seq == row.seq).values(file_name=name))

    def _rows(self, connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> Sequence[Scoring]:
        rows = connection.execute(select(table).where(*conditions).order_by(table.c.seq)).all()
        sent = [[Score(*score) for score in orjson.loads(row.scores)] for row in rows]
        ids = self._refs.ids(connection, {score.startup for scores in sent for score in scores})
        scorings: list[Scoring] = []
        for row, scores in zip(rows, sent, strict=True):
            who = (row.seq, row.round_id, row.at, row.actor_id, row.actor_name, row.file_name, row.file_digest)
            named = tuple(replace(score, startup=ids.get(score.startup, score.startup)) for score in scores)
            left_out = tuple(Fault(*note) for note in orjson.loads(row.left_out or "[]"))
            scorings.append(Scoring(*who, EvaluatorWeights(row.machine, bool(row.trim)), named, left_out))
        return scorings


def _columns(weights: EvaluatorWeights) -> dict[str, int]:
    return {name: int(value) for name, value in asdict(weights).items()}
