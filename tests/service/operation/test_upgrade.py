"""A database of an earlier version is brought up by the command, and its rows are proved from then on."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

from alembic import command
from sqlalchemy import insert, text

from model.decisions import DecisionAction
from service.storage import schema
from service.storage.database import Database
from service.storage.records import chain
from service.storage.records.chain import AuditRow
from service.storage.records.decisions import Decision
from service.storage.records.record_tables import audit, decisions

BEFORE = "0008"
"""The last version whose trail told of decisions alone."""
USER = """
INSERT INTO users (id, name, role, created_at, created_by) VALUES ('u-1', '김담당', 'admin', '2026-01-02', 'shell')
"""
REF = "INSERT INTO startup_refs (ref, startup_id) VALUES ('startup-ab', 's-1')"
ROUND = """
INSERT INTO rounds
(id, created_at, actor_id, actor_name, name, as_of, model_version, rules_version, inputs, outcome, about, slate)
VALUES ('r-1', '2026-01-02', 'u-1', '김담당', '회차', '2026-01-02', 'v1', '1', 'a', 'b', '{}', x'00')
"""


def filled(home: Path) -> None:
    """A database as the version before left it: a user, a pseudonym, a round, and a decision with its row."""
    database = Database(f"sqlite:///{home}/ieum.db")
    config = schema.alembic_config()
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
        what = (1, "p-1", "startup-ab", 1, DecisionAction.SHORTLISTED, "까닭", None, "u-1", "김담당", "2026-01-02")
        decision = Decision(*what)
        details = f'{{"decision":"{decision.digest}"}}'
        bare = AuditRow(1, "2026-01-02", "u-1", "김담당", "admin", "decide", "program", "p-1", details, chain.GENESIS)
        row = replace(bare, hash=chain.hash_of(bare))
        stored = {name: value for name, value in asdict(decision).items() if name != "startup_id"}
        connection.execute(insert(decisions).values(stored))
        values = {"deed" if name == "event" else name: value for name, value in asdict(row).items()}
        connection.execute(insert(audit).values(values))
        connection.execute(text("UPDATE audit_head SET count = 1, hash = :hash"), {"hash": row.hash})
        for statement in (USER, REF, ROUND):
            connection.execute(text(statement))
    database.close()


def ieum(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "IEUM_HOME": str(home)}
    command_line = [sys.executable, "-m", "service.cli", *arguments]
    return subprocess.run(command_line, env=environment, capture_output=True, text=True, check=False)


def test_rows_from_before_are_proved_from_the_migration_on(tmp_path: Path) -> None:
    filled(tmp_path)
    migrated, verified = ieum(tmp_path, "migrate"), ieum(tmp_path, "audit-verify")
    database = Database(f"sqlite:///{tmp_path}/ieum.db")
    with database.writing() as connection:
        connection.execute(text("UPDATE users SET role = 'viewer'"))
    database.close()
    tampered = ieum(tmp_path, "audit-verify")

    assert (migrated.returncode, migrated.stdout.strip()) == (0, schema.wanted()), migrated.stderr
    assert (verified.returncode, "whole" in verified.stdout) == (0, True), verified.stderr
    assert (tampered.returncode, "users/u-1" in tampered.stderr) == (1, True)
