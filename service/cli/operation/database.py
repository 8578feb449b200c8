"""`ieum migrate | snapshot`: the database's structure, and what training reads of its content."""

from __future__ import annotations

from pathlib import Path

from service.actions.catalogue.take_snapshot import TakeSnapshot
from service.cli.wire.refusals import environment
from service.settings import now
from service.storage import schema
from service.storage.repositories import open_catalogue


def migrate() -> None:
    """데이터베이스 구조를 이 버전에 맞춘다 · Bring the database to this version's schema."""
    with environment() as settings:
        schema.migrate(open_catalogue(settings.database, now).database)
        print(schema.wanted())


def snapshot(folder: Path) -> None:
    """학습용 스냅샷 폴더를 쓴다 · Freeze the catalogue into a folder for training."""
    with environment() as settings:
        taken = TakeSnapshot(open_catalogue(settings.database, now), now)(folder)
        print(f"{len(taken.startups)} startups, {len(taken.programs)} programs, {len(taken.outcomes)} outcomes")
        print(folder)
