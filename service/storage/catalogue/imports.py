"""Imports as stored: previewed with all their rows, then committed once, or expired and emptied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from model.faults import Fault
from service.storage.catalogue.import_tables import import_rows, imports
from service.storage.catalogue.tables import outcomes
from service.storage.columns import metadata
from service.storage.evidence import digests as evidence
from service.storage.evidence import guards
from service.storage.evidence.wordings import Wording, worded

PREVIEWED, COMMITTED, EXPIRED = "previewed", "committed", "expired"


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One file of an import: what it was called, what it was, and the SHA-256 that proves which it was."""

    name: str
    format: str
    kind: str
    encoding: str
    sheet: str
    size: int
    sha256: str
    rows: int
    columns: tuple[Mapping[str, Any], ...] = ()
    """What a preview shows of each column: heading, place, field, unit, why it is not read, suggested, samples."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of an import: read, faulty, and what committing the good ones would do or did."""

    rows: int
    faulty: int
    added: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class Import:
    """An import with its report; `faults` and `notes` name line, field and value."""

    id: str
    state: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    sources: tuple[ImportedFile, ...]
    counts: Counts
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    committed_at: datetime | None = None
    committed_by: str | None = None
    good_rows_only: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """One good row: what it would change, from which state (digest, None: new) to which document."""

    line: int
    side: str
    record_id: str
    change: str
    before: str | None
    document: bytes
    cells: bytes


class Imports:
    """The imports; every method works on the connection that it is handed."""

    def add(
        self, connection: Connection, preview: Import, drafted: Sequence[Mapping[str, Any]], file: bytes | None = None
    ) -> None:
        """Keep a previewed import with its rows from `drafted_rows`, and its file as long as it may be read anew."""
        value = {name: getattr(preview, name) for name in ("id", "state", "created_at", "created_by", "expires_at")}
        faults = {"faults": _written(preview.faults), "notes": _written(preview.notes)}
        value |= {"about": _about(preview), "faults": orjson.dumps(faults).decode()}
        connection.execute(insert(imports), [{**value, "file": file}])
        if drafted:
            connection.execute(insert(import_rows), list(drafted))

    def get(self, connection: Connection, identifier: str) -> Import | None:
        """One import, or None."""
        row = connection.execute(select(imports).where(imports.c.id == identifier)).first()
        return _import(row) if row else None

    def file(self, connection: Connection, identifier: str) -> bytes | None:
        """The file of a preview; None once it was committed, has expired, or a startup was erased meanwhile."""
        return connection.scalar(select(imports.c.file).where(imports.c.id == identifier))

    def planned(self, connection: Connection, identifier: str, limit: int | None = None) -> Iterator[Planned]:
        """The good rows of a previewed import, in their order; the first `limit` (None: all) of them."""
        query = select(import_rows).where(import_rows.c.import_id == identifier).order_by(import_rows.c.place)
        for row in connection.execute(query.limit(limit)):
            document, cells = (row.document or "").encode(), (row.found or "").encode()
            yield Planned(row.line, row.side, row.record_id, row.change, row.before, document, cells)

    def commit(self, connection: Connection, preview: Import, *, at: datetime, by: str, good_rows_only: bool) -> Import:
        """Note that an import's rows are in the catalogue now; their documents are there, so they are dropped here."""
        done = replace(preview, state=COMMITTED, committed_at=at, committed_by=by, good_rows_only=good_rows_only)
        values = {"state": COMMITTED, "committed_at": at, "committed_by": by, "about": _about(done), "file": None}
        # What was to be written lies in the catalogue from now on; the cells stay as the proof of what the file said.
        connection.execute(update(import_rows).where(import_rows.c.import_id == preview.id).values(document=None))
        connection.execute(
            update(imports).where(imports.c.id == preview.id).values(values)
        )  # its rows can't change now
        # Noted after the last change, since the digest is taken of the rows as the block leaves them.
        evidence.note(connection, "imports", preview.id)
        evidence.note(connection, "import_rows", preview.id)
        return done

    def expire(self, connection: Connection, now: datetime) -> None:
        """Empty the previews whose time is over: they were never taken into the catalogue."""
        late = select(imports.c.id).where(imports.c.state == PREVIEWED, imports.c.expires_at <= now)
        gone = list(connection.scalars(late))
        if gone:
            own = import_rows.c.import_id.in_(gone)
            connection.execute(update(import_rows).where(own).values(document=None, found=None))
        for row in connection.execute(select(imports).where(imports.c.id.in_(gone))).mappings().all():
            # What is told of cells goes with the file: samples of columns, and the values that a fault or note names.
            about, reports = orjson.loads(row["about"]), orjson.loads(row["faults"])
            for source in about["sources"]:
                source["columns"] = [{**column, "samples": []} for column in source.get("columns", ())]
            emptied = {
                name: [[code, file, line, field, "", allowed] for code, file, line, field, _, allowed in some]
                for name, some in reports.items()
            }
            emptied_texts = {"about": orjson.dumps(about).decode(), "faults": orjson.dumps(emptied).decode()}
            expired = update(imports).where(imports.c.id == row["id"]).values(state=EXPIRED, file=None, **emptied_texts)
            connection.execute(expired)

    def erase(self, connection: Connection, side: str, record_id: str, said: Wording) -> None:
        """Drop one record's rows and its outcomes'; that the imports took place, and how many rows, stays.

        `said` words every other row, and the reports: they may name the record. Call it before its outcomes go.
        """
        with guards.lifted(connection, imports, import_rows):
            own = (import_rows.c.side == side) & (import_rows.c.record_id == record_id)
            taken = select(outcomes.c.key).where(outcomes.c.startup_id == record_id)
            applications = metadata.tables["applications"]
            handed_in = select(applications.c.id).where(applications.c.startup_id == record_id)
            of_applications = (import_rows.c.side == applications.name) & import_rows.c.record_id.in_(handed_in)
            of_outcomes = (import_rows.c.side == outcomes.name) & import_rows.c.record_id.in_(taken)
            gone = delete(import_rows).where(or_(own, of_outcomes, of_applications)).returning(import_rows.c.import_id)
            evidence.note(connection, "import_rows", *connection.scalars(gone))
            # A preview's file may hold the startup anywhere; without it the preview can still be committed.
            connection.execute(update(imports).where(imports.c.file.is_not(None)).values(file=None))
            for row in connection.execute(select(import_rows)).all():
                self._reword_row(connection, row, record_id, said)
            for row in connection.execute(select(imports.c.id, imports.c.about, imports.c.faults)).all():
                self._reword_report(connection, row, said)

    def _reword_row(self, connection: Connection, row: Row[Any], record_id: str, said: Wording) -> None:
        key = (import_rows.c.import_id == row.import_id) & (import_rows.c.place == row.place)
        document, cells_read = orjson.loads(row.document or "{}"), orjson.loads(row.found or "{}")
        is_of_applicant = document.get("startup", {}).get("id") == record_id
        if is_of_applicant or (row.side == outcomes.name and document.get("startup_id") == record_id):
            connection.execute(delete(import_rows).where(key))
            evidence.note(connection, "import_rows", row.import_id)
            return
        record = f"imports/{row.import_id}/{row.line}"
        cells = {
            name: said(record, name, cell, False) if isinstance(cell, str) else None if isinstance(cell, dict) else cell
            for name, cell in cells_read.items()
        }
        new = {"document": (document, worded(document, record, said)), "found": (cells_read, cells)}
        values = {name: orjson.dumps(after).decode() for name, (before, after) in new.items() if after != before}
        if values:
            connection.execute(update(import_rows).where(key).values(values))
            evidence.note(connection, "import_rows", row.import_id)

    def _reword_report(self, connection: Connection, row: Row[Any], said: Wording) -> None:
        about, faults, record = orjson.loads(row.about), orjson.loads(row.faults), f"imports/{row.id}"
        sources: list[dict[str, Any]] = []
        for source in about["sources"]:
            # Samples go as the file does: they are cells of it, and any of them may be the startup's.
            columns = [
                {**column, "heading": said(record, "heading", column["heading"], False), "samples": []}
                for column in source.get("columns", ())
            ]
            sources.append(worded(source, record, said) | ({"columns": columns} if "columns" in source else {}))
        reports = {
            name: [
                [code, said(record, "file", file, False), line, field, said(record, field, value, False), allowed]
                for code, file, line, field, value, allowed in some
            ]
            for name, some in faults.items()
        }
        new = {"about": (about, {**about, "sources": sources}), "faults": (faults, reports)}
        values = {name: orjson.dumps(after).decode() for name, (before, after) in new.items() if after != before}
        if values:
            connection.execute(update(imports).where(imports.c.id == row.id).values(values))
            evidence.note(connection, "imports", row.id)


def drafted_rows(import_id: str, planned: Iterable[Planned]) -> list[dict[str, Any]]:
    """The rows of an import as they are stored; made before the block that stores them."""
    plain = ("line", "side", "record_id", "change", "before")
    return [
        {name: getattr(row, name) for name in plain}
        | {"import_id": import_id, "place": place, "document": row.document.decode(), "found": row.cells.decode()}
        for place, row in enumerate(planned)
    ]


def _about(preview: Import) -> str:
    sources = [asdict(source) for source in preview.sources]
    about = {"sources": sources, "counts": asdict(preview.counts), "good_rows_only": preview.good_rows_only}
    return orjson.dumps(about).decode()


def _written(faults: Sequence[Fault]) -> list[list[Any]]:
    return [[f.code, f.file, f.line, f.field, f.value, f.allowed] for f in faults]


def _import(row: Row[Any]) -> Import:
    about, remarks = orjson.loads(row.about), orjson.loads(row.faults)
    return Import(
        row.id,
        row.state,
        row.created_at,
        row.created_by,
        row.expires_at,
        tuple(ImportedFile(**{**source, "columns": tuple(source.get("columns", ()))}) for source in about["sources"]),
        Counts(**about["counts"]),
        tuple(Fault(*fault) for fault in remarks["faults"]),
        tuple(Fault(*fault) for fault in remarks["notes"]),
        row.committed_at,
        row.committed_by,
        about.get("good_rows_only", False),
    )
