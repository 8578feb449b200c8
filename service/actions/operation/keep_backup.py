"""Backup and restore: everything in one file while the service goes on, and back, proved by digests and the trail."""

from __future__ import annotations

import os
from pathlib import Path

from service.actions.records.verify_audit import VerifyAudit, refuse
from service.errors import Problem, ServiceError
from service.identity import Actor
from service.storage import schema
from service.storage.operation import backup
from service.storage.operation.backup import Manifest
from service.storage.records.audit import AuditSubject
from service.storage.records.chain import Head
from service.storage.repositories import Catalogue, Records

DATABASE = AuditSubject("database", "all")


class KeepBackup:
    """Writes and reads backups; both leave a row in the audit trail."""

    def __init__(self, catalogue: Catalogue, records: Records) -> None:
        self._catalogue, self._records = catalogue, records

    def write(self, file: Path, actor: Actor) -> Manifest:
        """Write a backup as of now into a new file, readable by its owner alone; raises ServiceError `file_exists`."""
        if file.exists():
            raise ServiceError(Problem.FILE_EXISTS, name=file.name)
        with self._catalogue.database.writing() as connection:
            self._catalogue.audit.record(connection, actor, "backup", DATABASE, {"file": file.name})
        part = file.with_name(file.name + ".part")
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        manifest = backup.write(self._catalogue.database, part)
        # the bytes are on the disk before the file has its name, and the name before anybody is told
        _flushed(part)
        part.rename(file)
        _flushed(file.parent)
        return manifest

    def restore(self, file: Path, actor: Actor) -> tuple[Manifest, Head]:
        """Bring a backup into an empty database, all or nothing; also gives how its audit trail ended.

        Raises ServiceError `backup_unreadable`, `backup_of_other_version`, `database_not_empty` or `audit_broken`.
        """
        schema.migrate(self._catalogue.database)
        with self._catalogue.database.writing() as connection:
            manifest = backup.read(file, connection)
            verified = VerifyAudit(self._catalogue).seen_by(connection)
            if verified.broken:
                raise refuse(verified.broken)
            details = {"file": file.name, "rows": sum(content.rows for content in manifest.values())}
            self._catalogue.audit.record(connection, actor, "restore", DATABASE, details)
        return manifest, verified.head


def _flushed(place: Path) -> None:
    opened = os.open(place, os.O_RDONLY)
    os.fsync(opened)
    os.close(opened)
