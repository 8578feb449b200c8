"""What somebody wants to record on applications, and what each kind of entry must say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from model.applications import AgreementStep, CheckState, EntryKind
from model.faults import BadData, Fault, shown
from model.snapshot import rows

TEXTS = ("paper", "paper_number", "remark", "reason", "text", "milestone", "stopped_by")
DAYS = ("issued_on", "expires_on", "due_on", "until")
AMOUNTS = ("grant_krw", "cash_krw", "in_kind_krw", "revenue_krw", "employees", "investment_krw", "export_krw")
TIERS = ("general", "preferred", "special")
STOPPERS = ("firm", "institution", "partner")
DETAILS = (*TEXTS, *DAYS, *AMOUNTS, "pledged_at", "tier", "year", "contract")
NEEDED: Mapping[str, tuple[str, ...]] = {
    CheckState.CONFIRMED: ("paper",),
    **dict.fromkeys((CheckState.FAILED, CheckState.WAIVED, CheckState.UNDONE), ("remark",)),
}
"""What each finding of a requirement has to say."""

LONGEST = 5_000
FIRST_YEAR, LAST_YEAR = 2000, 2999


@dataclass(frozen=True, slots=True)
class Recording:
    """The same for one or more applications: `about` is a requirement, a reviewer's id, a step or a list's id."""

    applications: tuple[str, ...]
    kind: EntryKind
    about: str = ""
    state: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def check(asked: Recording, today: date) -> None:
    """Raise BadData with everything that is missing or can't be read; what needs the catalogue is checked later."""
    faults = [*_of_kind(asked, today), *_of_details(asked.details)]
    if not asked.applications:
        faults.append(Fault("missing", field="applications"))
    if faults:
        raise BadData(faults)


def _of_kind(asked: Recording, today: date) -> Iterator[Fault]:
    details = asked.details
    needed: tuple[str, ...] = ()
    match asked.kind:
        case EntryKind.CHECK:
            yield from _code("state", asked.state, [str(state) for state in CheckState])
            needed = NEEDED.get(asked.state, ())
            if not asked.about:
                yield Fault("missing", field="about")
        case EntryKind.REQUEST:
            needed = ("text", "due_on")
            if str(details.get("due_on", "9999")) < today.isoformat():
                yield Fault("day_is_past", field="due_on", value=shown(details["due_on"]))
        case EntryKind.OVERRIDE:
            needed = ("reason",)
        case EntryKind.STEP:
            yield from _code("about", asked.about, [str(step) for step in AgreementStep])
            needed = {AgreementStep.STOPPED: ("reason", "stopped_by"), AgreementStep.RESULT: ("reason", "year")}.get(
                asked.about, ("reason",)
            )  # type: ignore[call-overload]  # a step is a text
    for name in needed:
        if details.get(name) in (None, ""):
            yield Fault("missing", field=f"details.{name}")


def _of_details(details: Mapping[str, Any]) -> Iterator[Fault]:
    for name, value in details.items():
        path = f"details.{name}"
        if name in TEXTS and not (isinstance(value, str) and len(value) <= LONGEST and "\0" not in value):
            yield Fault("too_long" if isinstance(value, str) and len(value) > LONGEST else "bad_text", field=path)
        elif name in DAYS and not _reads(rows.day, value):
            yield Fault("not_date", field=path, value=shown(value))
        elif name in AMOUNTS and (rows.whole(value) is None or not 0 <= value <= rows.MAX_INTEGER):
            yield Fault("not_integer", field=path, value=shown(value))
        elif name == "pledged_at" and not _reads(datetime.fromisoformat, value):
            yield Fault("not_moment", field=path, value=shown(value))
        elif name == "year" and not (rows.whole(value) is not None and FIRST_YEAR <= value <= LAST_YEAR):
            yield Fault("out_of_range", field=path, value=shown(value), allowed=f"{FIRST_YEAR}-{LAST_YEAR}")
        elif name == "contract" and not isinstance(value, bool):
            yield Fault("not_boolean", field=path, value=shown(value))
        elif name not in DETAILS:
            yield Fault("unknown_key", field=path)
    yield from _code("details.tier", details.get("tier", TIERS[0]), TIERS)
    yield from _code("details.stopped_by", details.get("stopped_by", STOPPERS[0]), STOPPERS)
    if str(details.get("expires_on", "9")) < str(details.get("issued_on", "")):
        yield Fault("expires_before_issue", field="details.expires_on", value=shown(details["expires_on"]))


def _code(name: str, value: object, allowed: Any) -> Iterator[Fault]:
    if value not in allowed:
        yield Fault("not_allowed", field=name, value=shown(value), allowed=", ".join(allowed))


def _reads(read: Any, value: object) -> bool:
    try:
        read(value)
    except (TypeError, ValueError):
        return False
    return True
