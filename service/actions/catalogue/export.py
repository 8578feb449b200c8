"""Export: what somebody takes away as a file, with the reason that they give, on record before they have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

import orjson

from model.snapshot import rows
from service.errors import Problem, ServiceError
from service.files.exporters import profiles, separated, workbook
from service.files.exporters.table import About, ColumnHead, ExportTable
from service.identity import Actor, Scope
from service.storage.applications.listings import Listings
from service.storage.evidence import erasures
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue
from service.wording import exports

FORMS = ("csv", "xlsx")
MEDIA = {"csv": separated.MEDIA, "xlsx": workbook.MEDIA}
LEAST_REASON, MOST_REASON = 2, 500
"""Characters of a reason."""

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why somebody exports, in which form (csv, xlsx, jsonl) and language."""

    reason: str
    form: str
    language: str


@dataclass(frozen=True, slots=True)
class Exported:
    """A file: its bytes, and the name under which it is saved."""

    content: bytes
    name: str

    @property
    def headers(self) -> dict[str, str]:
        """How it is sent: saved under its name, and no other copy kept."""
        return {
            "Content-Type": MEDIA.get(self.name.rpartition(".")[2], "application/octet-stream"),
            "Content-Disposition": f'attachment; filename="{self.name}"',
            "Cache-Control": "no-store",
        }


class Export:
    """Writes tables as files; each export leaves a row of the audit trail with its reason.

    Every method raises ServiceError `forbidden` for whoever may take nothing away.
    """

    def __init__(self, catalogue: Catalogue, clock: Callable[[], datetime]) -> None:
        self._catalogue, self._clock, self._listings = catalogue, clock, Listings()

    def profiles(self, kind: str, purpose: Purpose, actor: Actor) -> Exported:
        """All startups or programs, such that importing the file changes nothing; raises ServiceError."""
        side = self._catalogue.startups if kind == "startups" else self._catalogue.programs
        with self._catalogue.database.reading() as connection:
            erased = erasures.number(connection)
            records = [stored.record for stored in side.since(connection, 0)]
        if erasures.BEGUN.get() is None:  # outside a request, reading begins here
            erasures.BEGUN.set(erased)
        subject = AuditSubject("catalogue", kind)
        if purpose.form == "jsonl":
            self._record(actor, purpose, subject, len(records))
            lines = b"".join(orjson.dumps(rows.plain(record)) + b"\n" for record in records)
            return Exported(lines, self._name(kind, purpose))
        table = profiles.table(kind, exports.word(kind, purpose.language), records, purpose.language)
        return self.listed([table], kind, subject, purpose, actor)

    def listed(
        self,
        tables: Sequence[ExportTable],
        what: str,
        subject: AuditSubject,
        purpose: Purpose,
        actor: Actor,
        facts: Mapping[str, str] = _NOTHING,
    ) -> Exported:
        """Take tables away under the name `what`, of which CSV holds the first; `facts` are told about the file.

        The reason is on record before anything is written; raises ServiceError `export_form_unknown`.
        """
        self._record(actor, purpose, subject, len(tables[0].rows))
        tables = _marked(tables, self.barred(actor), purpose.language, adds=subject.kind != "catalogue")
        if purpose.form == "csv":
            return Exported(separated.written(tables[0]), self._name(what, purpose))
        table = tables[0]
        now, language = self._clock(), purpose.language
        said = {
            "content": table.name,
            "rows": str(len(table.rows)),
            "exported_at": now.isoformat(" ", "seconds"),
            "exported_by": f"{actor.name} ({actor.id})",
            "export_reason": purpose.reason,
            **facts,
        }
        lines = [(exports.word(code, language), value) for code, value in said.items()]
        lines.append((exports.word("notice", language), exports.handling(language)))
        about = About(exports.word("about", language), tuple(lines), now)
        return Exported(workbook.written(tables, about), self._name(what, purpose))

    def take(
        self, content: bytes, what: str, count: int, subject: AuditSubject, purpose: Purpose, actor: Actor
    ) -> Exported:
        """Take a workbook away that was made already, with `count` rows that matter; the reason is on record first."""
        self._record(actor, purpose, subject, count)
        return Exported(content, self._name(what, purpose))

    def barred(self, actor: Actor) -> frozenset[str]:
        """The startups on a list from outside that bars agreements, by id, for who may know of such lists."""
        if not actor.may(Scope.DECIDE):
            return frozenset()
        with self._catalogue.database.reading() as connection:
            return frozenset(self._listings.standings(connection))

    def _record(self, actor: Actor, purpose: Purpose, subject: AuditSubject, count: int) -> None:
        if not actor.may(Scope.EXPORT):
            raise ServiceError(Problem.FORBIDDEN, scope=Scope.EXPORT)
        forms = (*FORMS, "jsonl") if subject.kind == "catalogue" else FORMS
        if purpose.form not in forms:
            raise ServiceError(Problem.EXPORT_FORM_UNKNOWN, allowed=", ".join(forms))
        details = {"reason": purpose.reason, "form": purpose.form, "rows": count}
        with self._catalogue.database.writing() as connection:
            self._catalogue.audit.record(connection, actor, "export", subject, details)

    def _name(self, what: str, purpose: Purpose) -> str:
        return f"ieum-{what}-{self._clock():%Y%m%d-%H%M%S}.{purpose.form}"


def _marked(tables: Sequence[ExportTable], barred: Set[str], language: str, *, adds: bool) -> list[ExportTable]:
    """Tables with the barred startups in red, and `adds` a column that says so: not where a file is read back.

    What tells its red rows itself, as of another day, stays as it is.
    """
    marked = []
    for table in tables:
        if table.red is not None:
            marked.append(table)
            continue
        ids = [place for place, head in enumerate(table.heads) if head.is_code]
        red = frozenset(at for at, row in enumerate(table.rows) if any(row[place] in barred for place in ids))
        says = [exports.word("barred", language) if at in red else None for at in range(len(table.rows))]
        if red and adds:
            heads = (*table.heads, ColumnHead(exports.word("listed", language)))
            table = replace(
                table, heads=heads, rows=tuple((*row, said) for row, said in zip(table.rows, says, strict=True))
            )
        marked.append(replace(table, red=red))
    return marked
