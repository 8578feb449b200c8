"""Heading maps: a person says once which field each heading of an institution's form names, and it is used again."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from model.faults import BadData, Fault, shown
from model.text import names
from service.errors import Problem, ServiceError
from service.files.columns.column import folded
from service.files.columns.names import KINDS, columns
from service.identity import Actor
from service.storage.catalogue.heading_maps import HeadingMap, HeadingMaps
from service.storage.database import Connection
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue

NOT_READ = ""
"""What a map says of a column that is not to be read."""


class MapHeadings:
    """Keeps the maps by institution and form; every change leaves a row in the audit trail."""

    def __init__(self, catalogue: Catalogue, clock: Callable[[], datetime]) -> None:
        self._catalogue, self._clock, self._maps = catalogue, clock, HeadingMaps()

    def every(self) -> Sequence[HeadingMap]:
        """All maps, by institution and form."""
        with self._catalogue.database.reading() as connection:
            return self._maps.every(connection)

    def one(self, identifier: str) -> HeadingMap:
        """One map; raises ServiceError `heading_map_not_found`."""
        with self._catalogue.database.reading() as connection:
            return self._present(connection, identifier)

    def keep(self, form: tuple[str, str, str], mapped: Mapping[str, str], actor: Actor) -> HeadingMap:
        """Keep what the headings of an institution's form of a kind name, beside what the map says already.

        Raises BadData for what is no kind or no field of it.
        """
        institution, name, kind = form[0].strip(), form[1].strip(), form[2]
        with self._catalogue.database.writing() as connection:
            before = self._of_form(connection, institution, name, kind)
            headings = {**(before.columns if before else {}), **mapped}
            _check(institution, name, kind, headings)
            identifier = before.id if before else secrets.token_hex(16)
            heading_map = HeadingMap(identifier, institution, name, kind, headings, self._clock(), actor.id)
            self._maps.put(connection, heading_map)
            details = {"institution": institution, "form": name, "kind": kind, "columns": dict(headings)}
            self._catalogue.audit.record(
                connection, actor, "map_headings", AuditSubject("heading_map", identifier), details
            )
            return heading_map

    def remove(self, identifier: str, actor: Actor) -> None:
        """Forget a map; raises ServiceError `heading_map_not_found`."""
        with self._catalogue.database.writing() as connection:
            gone = self._present(connection, identifier)
            self._maps.remove(connection, identifier)
            details = {"institution": gone.institution, "form": gone.form, "kind": gone.kind}
            self._catalogue.audit.record(
                connection, actor, "forget_headings", AuditSubject("heading_map", gone.id), details
            )

    def mapped(self, institution: str, form: str, kind: str | None) -> Mapping[str, str]:
        """Fields by folded heading for reading a file of an institution's form; empty where nothing is kept."""
        with self._catalogue.database.reading() as connection:
            kinds = (kind,) if kind else KINDS
            maps = (self._of_form(connection, institution, form, candidate) for candidate in kinds)
            heading_map = next((candidate for candidate in maps if candidate), None)
        return {folded(heading): field for heading, field in heading_map.columns.items()} if heading_map else {}

    def _of_form(self, connection: Connection, institution: str, form: str, kind: str) -> HeadingMap | None:
        wanted = (names.folded(institution), names.folded(form), kind)
        every = self._maps.every(connection)
        return next((m for m in every if (names.folded(m.institution), names.folded(m.form), m.kind) == wanted), None)

    def _present(self, connection: Connection, identifier: str) -> HeadingMap:
        heading_map = next((m for m in self._maps.every(connection) if m.id == identifier), None)
        if heading_map is None:
            raise ServiceError(Problem.HEADING_MAP_NOT_FOUND, id=shown(identifier))
        return heading_map


def _check(institution: str, form: str, kind: str, headings: Mapping[str, str]) -> None:
    faults = [Fault("missing", field=name) for name, text in (("institution", institution), ("form", form)) if not text]
    if kind not in KINDS:
        raise BadData([*faults, Fault("not_allowed", field="kind", value=shown(kind), allowed=", ".join(KINDS))])
    own = columns(kind).by_field
    for heading, field in headings.items():
        if field != NOT_READ and field not in own:
            faults.append(Fault("not_allowed", field=shown(heading), value=shown(field), allowed=", ".join(own)))
    if faults:
        raise BadData(faults)
