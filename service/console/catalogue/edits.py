"""Startups and programs added and changed by form, and the calls whose facts a person has yet to look up."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from typing import Any, TypeAlias

from flask import Blueprint, Response, request

from model.domain import Confidence, FactSource, Program, Startup
from model.eligibility.requirements import inspect
from model.fields import label
from model.snapshot import rows
from service.actions.catalogue.edit import Edit, Precondition
from service.auth.access import actor
from service.auth.policy import policy
from service.console.catalogue.record_form import FieldChange, RecordForm
from service.console.wire.forms import SentForm
from service.console.wire.language import language
from service.console.wire.mistakes import returning, typed
from service.console.wire.names import names
from service.console.wire.pages import page
from service.errors import Problem, ServiceError
from service.storage.catalogue.profiles import StoredProfile
from service.wired import wired

Profile: TypeAlias = Startup | Program
blueprint = Blueprint("edits", __name__, url_prefix="/edit")
RECORDS: dict[str, type[Profile]] = {"startups": Startup, "programs": Program}
KINDS = f"<any({', '.join(RECORDS)}):kind>"
OWN = {"startups": "f-", "programs": "p-"}
"""How an id begins that the form itself gives."""

SETTINGS = frozenset({"role", "family", "source", "confidence", "reasons_shown"})
"""Fields of a program that no notice states, so that changing them needs no source."""

LONGEST_SOURCE = 500


@blueprint.get("/calls")
@policy("write")
def calls() -> Response:
    """List the calls whose facts a person has yet to look up, those that close soonest first."""
    programs = wired().matching.prepared().programs.side.records.values()
    unsure = [program for program in programs if program.is_ranked and program.confidence is not Confidence.FOUND]
    unsure.sort(key=lambda program: (program.closes_on is None, program.closes_on or 0, program.id))
    return page("edits/calls.html", calls=[(program, _open_facts(program)) for program in unsure])


@blueprint.get(f"/{KINDS}")
@policy("write")
def new(kind: str) -> Response:
    """Show an empty form; the id is given with it, so that sending it twice adds one record."""
    return _page(kind, RECORDS[kind](typed("id", OWN[kind] + secrets.token_hex(8))), None)


@blueprint.post(f"/{KINDS}")
@policy("write")
@returning("edits.new")
def add(kind: str) -> Response:
    """Add the record of the form."""
    identifier = request.form.get("id", "")
    if not re.fullmatch(re.escape(OWN[kind]) + "[0-9a-f]{16}", identifier):
        raise ServiceError(Problem.INVALID_FIELDS)
    form, sent = RecordForm(RECORDS[kind](identifier), names()), SentForm()
    _named(sent)
    if kind == "programs":
        sent.text("source", LONGEST_SOURCE)
        sent.code("confidence", Confidence)
    row = {"id": identifier, **sent.taken(form.stated, dict[str, Any]())}
    sent.check()
    record = rows.startup(row) if kind == "startups" else rows.program(row)
    stored, _ = _edit(kind).put(record, Precondition(absent=True), actor())
    return _saved(kind, stored, form.changes())


@blueprint.get(f"/{KINDS}/<string:identifier>")
@policy("write")
def one(kind: str, identifier: str) -> Response:
    """Show the form of a stored record."""
    stored = _stored(kind, identifier)
    return _page(kind, stored.record, stored.revision)


@blueprint.post(f"/{KINDS}/<string:identifier>")
@policy("write")
@returning("edits.one")
def change(kind: str, identifier: str) -> Response:
    """Store what the form changes, if nobody has changed the record meanwhile."""
    record, sent = _stored(kind, identifier).record, SentForm()
    form = RecordForm(record, names())
    _named(sent)
    revision = sent.number("revision", 0, 99_999_999)
    patch = sent.taken(form.patch, dict[str, Any]())
    if isinstance(record, Program) and patch.keys() - SETTINGS:
        source, confidence = sent.text("change_source", LONGEST_SOURCE), sent.code("change_confidence", Confidence)
        known = FactSource(source, confidence, tuple(sorted(patch.keys() - SETTINGS)))
        others = (replace(s, facts=tuple(f for f in s.facts if f not in known.facts)) for s in record.fact_sources)
        patch |= {"fact_sources": rows.written((known, *(other for other in others if other.facts)))}
    sent.check()
    if not patch:
        return _saved(kind, _stored(kind, identifier), [])
    stored = _edit(kind).change(identifier, patch, Precondition((revision,)), actor())
    return _saved(kind, stored, form.changes())


def _open_facts(program: Program) -> list[str]:
    """The names of the facts that rules read and that no source settles, absent ones among them."""
    stated = [fact.field for fact in inspect(program) if fact.confidence is not Confidence.FOUND]
    return [label(Program, {"basis": "not_together_with"}.get(f, f), language()) for f in dict.fromkeys(stated)]


def _named(sent: SentForm) -> None:
    """Refuse a record that no list could show by name."""
    if not request.form.get("name", "").strip() and not request.form.get("name_en", "").strip():
        sent.refuse("missing", "name")


def _edit(kind: str) -> Edit[Any]:
    return wired().edit_startups if kind == "startups" else wired().edit_programs


def _stored(kind: str, identifier: str) -> StoredProfile[Any]:
    return wired().startups.one(identifier) if kind == "startups" else wired().programs.one(identifier)


def _page(kind: str, record: Profile, revision: int | None) -> Response:
    form = RecordForm(record, names())
    stored = {} if revision is None else {change.name: change.before for change in form.changes()}
    return page("edits/form.html", kind=kind, record=record, revision=revision, fields=form.fields, stored=stored)


def _saved(kind: str, stored: StoredProfile[Any], changes: list[FieldChange]) -> Response:
    """Tell what was stored, with what the catalogue notes of it."""
    noted = wired().imports.notes(stored.record) if kind == "startups" else []
    notes = [(label(Startup, note.field, language()), note) for note in noted]
    return page("edits/saved.html", kind=kind, record=stored.record, changes=changes, notes=notes)
