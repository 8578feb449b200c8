"""Backup and restore of many decisions, from either database into either.

    python -m benchmarks.backup [--decisions 100000]

Fills a SQLite database with decisions and their audit trail, backs it up, restores it into PostgreSQL (from a wheel),
backs that up and restores it into SQLite again; each restore is proved by digests and by the whole audit trail.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import orjson
import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import insert, update

from model.decisions import DecisionAction
from service.actions.operation.keep_backup import KeepBackup
from service.identity import SHELL
from service.settings import now
from service.storage import repositories, schema
from service.storage.records import chain
from service.storage.records.chain import AuditRow, Head
from service.storage.records.decisions import Decision
from service.storage.records.record_tables import audit, audit_head, decisions, startup_refs
from service.storage.repositories import Catalogue, open_catalogue
from tests.support.postgres import Server, folder

TURNS = (DecisionAction.SHORTLISTED, DecisionAction.SELECTED, DecisionAction.WITHDRAWN, DecisionAction.REOPENED)
CHUNK = 5_000


def made(number: int, at: str) -> Decision:
    """One decision of many, four to a pair."""
    pair, turn = divmod(number - 1, len(TURNS))
    about = {"seq": number, "program_id": f"p-{pair % 100}", "startup_ref": f"startup-{pair:016x}", "number": turn + 1}
    reason = "기술 적합성과 협업 수요가 맞아 서류 평가를 통과함"
    person = {"actor_id": "u-1", "actor_name": "김담당", "at": at}
    return Decision(**about, **person, action=TURNS[turn], reason=reason, run_id=None)  # type: ignore[arg-type]


def fill(catalogue: Catalogue, count: int) -> None:
    """Store decisions with an honest trail, many to a transaction."""
    at, head = catalogue.audit.now(), Head()
    for start in range(1, count + 1, CHUNK):
        some = [made(number, at) for number in range(start, min(start + CHUNK, count + 1))]
        bare = [_row(decision) for decision in some]
        linked = list(chain.linked(bare, head))
        head = Head(linked[-1].seq, linked[-1].hash)
        refs = [{"ref": d.startup_ref, "startup_id": d.startup_ref} for d in some if d.number == 1]
        with catalogue.database.writing() as connection:
            connection.execute(insert(startup_refs), refs)
            connection.execute(insert(audit), [asdict(row) for row in linked])
            connection.execute(insert(decisions), [_stored(decision) for decision in some])
            connection.execute(update(audit_head).values(count=head.count, hash=head.hash))


def _stored(decision: Decision) -> dict[str, object]:
    return {name: value for name, value in asdict(decision).items() if name != "startup_id"}


def _row(decision: Decision) -> AuditRow:
    details = orjson.dumps({"decision": decision.digest}).decode()
    who = (decision.actor_id, decision.actor_name, "manager")
    return AuditRow(decision.seq, decision.at, *who, "decide", "program", decision.program_id, details, "")


def timed(act: Callable[[], object]) -> str:
    """How long an act takes."""
    begin = time.monotonic()
    act()
    return f"{time.monotonic() - begin:.1f} s"


def main(decisions: int = 100_000) -> None:
    """Measure."""
    table = Table("what", "took", title=f"{decisions:,} decisions")
    server = Server(folder() / "server")
    server.make()
    server.start()
    with tempfile.TemporaryDirectory() as where:
        home = Path(where)
        places = [f"sqlite:///{home}/first.db", server.address, f"sqlite:///{home}/last.db"]
        keeping = [KeepBackup(open_catalogue(place, now), repositories.open_records(now)) for place in places]
        first = open_catalogue(places[0], now)
        schema.migrate(first.database)
        table.add_row("fill SQLite", timed(lambda: fill(first, decisions)))
        table.add_row("back up SQLite", timed(lambda: keeping[0].write(home / "one", SHELL)))
        table.add_row("restore into PostgreSQL, proved", timed(lambda: keeping[1].restore(home / "one", SHELL)))
        table.add_row("back up PostgreSQL", timed(lambda: keeping[1].write(home / "two", SHELL)))
        table.add_row("restore into SQLite, proved", timed(lambda: keeping[2].restore(home / "two", SHELL)))
        table.add_row("size of a backup", f"{(home / 'two').stat().st_size / 1e6:.0f} MB")
    server.stop("immediate")
    Server(server.folder.parent).remove()
    Console(width=100).print(table)


if __name__ == "__main__":
    typer.run(main)
