"""Objections as stored, each with a person's answer once there is one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from service.storage.evidence import digests as evidence
from service.storage.evidence import guards
from service.storage.evidence.wordings import Wording
from service.storage.records.objection_tables import answers, objections


class Settled(StrEnum):
    """What came of an objection."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class ObjectionReply:
    """A person's answer to an objection."""

    objection: int
    seq: int
    outcome: Settled
    text: str
    actor_id: str
    actor_name: str
    at: str


@dataclass(frozen=True, slots=True)
class Objection:
    """A request to look again at a run or a decision; sender and text are None once the startup was erased."""

    seq: int
    run_id: str | None
    decision: int | None
    program_id: str | None
    startup_ref: str | None
    sender: str | None
    text: str | None
    actor_id: str
    actor_name: str
    at: str
    reply: ObjectionReply | None = None

    @property
    def id(self) -> str:
        """The id by which people and programs name it."""
        return f"o-{self.seq}"

    @property
    def state(self) -> str:
        """`open` until a person has answered."""
        return "open" if self.reply is None else "answered"


class Objections:
    """The objections; every method works on the connection that it is handed."""

    def add(self, connection: Connection, objection: Objection) -> None:
        """Store a new objection."""
        values = {name: value for name, value in asdict(objection).items() if name != "reply"}
        connection.execute(insert(objections).values(values))
        evidence.note(connection, "objections", objection.seq)

    def answer(self, connection: Connection, reply: ObjectionReply) -> None:
        """Store a person's answer."""
        connection.execute(insert(answers).values(asdict(reply)))
        evidence.note(connection, "objection_answers", reply.objection)

    def one(self, connection: Connection, seq: int) -> Objection | None:
        """One objection, or None."""
        return next(iter(self._rows(connection, [objections.c.seq == seq], 1)), None)

    def page(
        self,
        connection: Connection,
        *,
        after: int,
        limit: int | None,
        state: str | None,
        programs: Collection[str] | None,
    ) -> Sequence[Objection]:
        """Up to `limit` objections (None: all) behind an audit row, oldest first; of `programs` alone unless None."""
        conditions = [objections.c.seq > after]
        if state is not None:
            conditions.append(answers.c.seq.is_(None) if state == "open" else answers.c.seq.is_not(None))
        if programs is not None:
            conditions.append(objections.c.program_id.in_(programs))
        return self._rows(connection, conditions, limit)

    def open_count(self, connection: Connection, programs: Collection[str] | None) -> int:
        """How many wait for an answer; `programs` leaves out those on others."""
        answered = select(answers.c.objection).where(answers.c.objection == objections.c.seq)
        # Whether there is an answer is asked of the rows, so that a state column can't contradict them.
        query = select(func.count()).select_from(objections).where(~answered.exists())
        about = query if programs is None else query.where(objections.c.program_id.in_(programs))
        return connection.scalar(about) or 0

    def runs(self, connection: Connection) -> set[str]:
        """Every run that an objection is about."""
        return set(connection.scalars(select(objections.c.run_id).where(objections.c.run_id.is_not(None))))

    def erase(self, connection: Connection, startup_ref: str, runs: Collection[str], said: Wording) -> None:
        """Empty what objections about a startup or its runs say; `said` words their answers and all others anew."""
        about = or_(objections.c.startup_ref == startup_ref, objections.c.run_id.in_(runs))
        emptied = update(objections).where(about).values(sender=None, text=None).returning(objections.c.seq)
        with guards.lifted(connection, objections, answers):
            own = set(connection.scalars(emptied))
            evidence.note(connection, "objections", *own)
            for objection in self._rows(connection, [], None):
                self._reword(connection, objection, said, is_about=objection.seq in own)

    def _reword(self, connection: Connection, objection: Objection, said: Wording, *, is_about: bool) -> None:
        record = f"objections/{objection.id}"
        texts = {name: getattr(objection, name) for name in ("sender", "text") if getattr(objection, name) is not None}
        worded = {name: said(record, name, text, False) for name, text in texts.items()}
        if worded != texts:
            connection.execute(update(objections).where(objections.c.seq == objection.seq).values(worded))
            evidence.note(connection, "objections", objection.seq)
        reply = objection.reply and said(record, "answer", objection.reply.text, is_about)
        if objection.reply and reply != objection.reply.text:
            connection.execute(update(answers).where(answers.c.objection == objection.seq).values(text=reply))
            evidence.note(connection, "objection_answers", objection.seq)

    def _rows(
        self, connection: Connection, conditions: Sequence[ColumnElement[bool]], limit: int | None
    ) -> Sequence[Objection]:
        joined = objections.outerjoin(answers, answers.c.objection == objections.c.seq)
        # Both tables have columns of the same names, of which a mapping would keep one.
        said = [column.label(f"reply_{column.name}") for column in answers.c]
        query = select(objections, *said).select_from(joined).where(*conditions)
        rows = connection.execute(query.order_by(objections.c.seq).limit(limit)).mappings()
        objected: list[Objection] = []
        for row in rows:
            own = {name: value for name, value in row.items() if not name.startswith("reply_")}
            text = {name.removeprefix("reply_"): value for name, value in row.items() if name.startswith("reply_")}
            reply = (
                ObjectionReply(**(text | {"outcome": Settled(text["outcome"])})) if text["seq"] is not None else None
            )
            objected.append(Objection(**own, reply=reply))
        return objected
