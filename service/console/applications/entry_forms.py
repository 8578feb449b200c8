"""Forms of the desk: what each of them records, read field by field, so that all mistakes are told at once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from flask import request

from model.applications import EntryKind
from model.faults import BadData, Fault
from service.actions.applications.desk import Recorded
from service.actions.applications.recording import AMOUNTS, DETAILS, Recording
from service.auth.access import actor
from service.console.wire.forms import SentForm
from service.wired import wired

Value = TypeVar("Value")
ABOUT: Mapping[EntryKind, str] = {
    EntryKind.CHECK: "requirement",
    EntryKind.ASSIGNMENT: "reviewer",
    EntryKind.STEP: "next_step",
    EntryKind.OVERRIDE: "about",
}
"""The field of each form that says what its entry is about."""

STATE = "finding"


def recorded(applications: Sequence[str]) -> Recorded:
    """Record what the form says of some applications; what is left empty is not said. Raises BadData, ServiceError."""
    sent = SentForm()
    kind = next((kind for kind in EntryKind if kind == request.form.get("kind")), EntryKind.CHECK)
    about = sent.optional(ABOUT[kind], 100) if kind in ABOUT else ""
    state = sent.optional(STATE, 20) if kind is EntryKind.CHECK else ""
    asked = Recording(tuple(applications), kind, about, state, _details(sent, f"override-{about}"))
    if kind is EntryKind.ASSIGNMENT and not about:
        sent.refuse("missing", ABOUT[kind])
    desk = wired().desk
    sent.taken(lambda: _named(kind, lambda: desk.check(asked)), None)
    sent.check()
    return _named(kind, lambda: desk.record(asked, request.form.get("key") or secrets.token_urlsafe(16), actor()))


def _details(sent: SentForm, reason: str) -> dict[str, Any]:
    """What the form says beside; the reason of an override stands in a field of its own for each list."""
    details: dict[str, Any] = {}
    for name in DETAILS:
        text = request.form.get(name, "").strip()
        if text and name in (*AMOUNTS, "year"):
            digits = text.replace(",", "")
            is_whole = digits.isascii() and digits.isdigit() and len(digits) <= 18
            if not is_whole:
                sent.refuse("not_integer", name, text[:40])
            details |= {name: int(digits)} if is_whole else {}
        elif text:
            details[name] = text == "yes" if name == "contract" else text
    if request.form.get(reason, "").strip():
        details["reason"] = request.form[reason].strip()
    return details


def _named(kind: EntryKind, read: Callable[[], Value]) -> Value:
    """What `read` gives; its faults are named as the form names its fields."""
    try:
        return read()
    except BadData as bad:
        raise BadData([_at_its_field(fault, kind) for fault in bad.faults]) from None


def _at_its_field(fault: Fault, kind: EntryKind) -> Fault:
    """The same fault under the name that the form has for its field."""
    names = {"about": ABOUT.get(kind, "about"), "state": STATE, "applications": "application"}
    field = names.get(fault.field, fault.field.removeprefix("details."))
    about = request.form.get(ABOUT.get(kind, ""), "")
    return replace(fault, field=f"override-{about}" if kind is EntryKind.OVERRIDE and field == "reason" else field)
