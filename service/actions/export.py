"""Export: what somebody takes away as a file, with the reason that they give, on record before they have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson

from model import rows
from service.errors import ServiceError
from service.exporters import profiles, separated, workbook
from service.exporters.table import About, Table
from service.identity import Actor
from service.storage.audit import Subject
from service.storage.catalogue import Catalogue
from service.wording import exports

FORMS = ("csv", "xlsx")


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


class Export:
    """Writes tables as files; each export leaves a row of the audit trail with its reason."""

    def __init__(self, catalogue: Catalogue, clock: Callable[[], datetime]) -> None:
        self._catalogue, self._clock = catalogue, clock

    def profiles(self, kind: str, purpose: Purpose, actor: Actor) -> Exported:
        """All startups or programs, such that importing the file changes nothing; raises ServiceError."""
        side = self._catalogue.startups if kind == "startups" else self._catalogue.programs
        with self._catalogue.database.reading() as connection:
            records = [stored.record for stored in side.since(connection, 0)]
        self.record(actor, purpose, Subject("catalogue", kind), len(records))
        if purpose.form == "jsonl":
            lines = b"".join(orjson.dumps(rows.plain(record)) + b"\n" for record in records)
            return Exported(lines, self._name(kind, purpose))
        table = profiles.table(kind, exports.word(kind, purpose.language), records, purpose.language)
        return self.written(table, kind, purpose, actor, {})

    def record(self, actor: Actor, purpose: Purpose, subject: Subject, count: int) -> None:
        """Leave the reason on record; raises ServiceError `export_form_unknown`."""
        forms = (*FORMS, "jsonl") if subject.kind == "catalogue" else FORMS
        if purpose.form not in forms:
            raise ServiceError("export_form_unknown", allowed=", ".join(forms))
        details = {"reason": purpose.reason, "form": purpose.form, "rows": count}
        with self._catalogue.database.writing() as connection:
            self._catalogue.audit.record(connection, actor, "export", subject, details)

    def written(self, table: Table, what: str, purpose: Purpose, actor: Actor, facts: Mapping[str, str]) -> Exported:
        """Write a table as the purpose says; `facts` are told on the sheet about the file."""
        name = self._name(what, purpose)
        if purpose.form == "csv":
            return Exported(separated.written(table), name)
        return Exported(workbook.written([table], self._about(table, purpose, actor, facts)), name)

    def _name(self, what: str, purpose: Purpose) -> str:
        return f"ieum-{what}-{self._clock():%Y%m%d-%H%M%S}.{purpose.form}"

    def _about(self, table: Table, purpose: Purpose, actor: Actor, facts: Mapping[str, str]) -> About:
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
        return About(exports.word("about", language), tuple(lines), now)
