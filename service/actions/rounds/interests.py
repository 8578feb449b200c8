"""Lists of interests: which evaluator may not judge which startup, read from a workbook of the committee's office."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from model.domain import Program, Startup
from model.faults import Fault
from model.rounds import Interest
from model.text import names
from service.errors import Problem, ServiceError
from service.files.importers import committee


@dataclass(frozen=True, slots=True)
class Interests:
    """A conflict-of-interest list as read: who may not judge whom, lines that name nobody of ours, and notes."""

    interests: tuple[Interest, ...]
    unknown: tuple[tuple[str, str], ...]
    """Place and name of each startup or program that no stored one, or more than one, is called by."""

    notes: tuple[Fault, ...] = ()


HEADINGS: Mapping[str, Sequence[str]] = {
    "evaluator": (
        *("위원", "평가위원", "심사위원", "위원명", "평가위원명", "심사위원명", "위원 성명", "성명", "평가위원 성명"),
        "evaluator",
    ),
    "startup": (
        *("기업", "기업명", "창업기업", "창업기업명", "신청기업", "신청기업명", "업체명", "회사명", "상호", "기업 id"),
        *("startup", "startup id", "company"),
    ),
    "reason": ("사유", "이해관계", "제척 사유", "회피 사유", "이해관계 사유", "reason"),
    "program": ("프로그램", "프로그램 id", "프로그램명", "program", "program id"),
}


def read(raw: bytes, startups: Iterable[Startup], programs: Iterable[Program]) -> Interests:
    """Read a list of interests from a workbook; startups and programs are named by id, or by name in either language.

    Raises ServiceError.
    """
    entries, notes = committee.entries(raw, _columns, ("evaluator", "startup"))
    if not entries:
        raise ServiceError(Problem.NO_INTERESTS)
    startup_of, program_of = finder(startups), finder(programs)
    interests: list[Interest] = []
    unknown: list[tuple[str, str]] = []
    for entry in entries:
        called, wanted = entry.texts("startup"), entry.texts("program")
        startup, program = _only(map(startup_of, called)), _only(map(program_of, wanted))
        if startup is None or (wanted and program is None):
            unknown.append((entry.place, " / ".join(called if startup is None else wanted)))
        else:
            reason = "; ".join(entry.texts("reason")) or "-"
            people = committee.people(" ".join(entry.texts("evaluator")))
            interests += [Interest(person, startup, reason, program) for person in people]
    return Interests(tuple(interests), tuple(unknown), tuple(notes))


def _only(ids: Iterable[str | None]) -> str | None:
    """The id that several columns agree upon, such as a firm's name and its id; None where they don't."""
    distinct = set(ids)
    return distinct.pop() if len(distinct) == 1 else None


def finder(records: Iterable[Startup | Program]) -> Callable[[str], str | None]:
    """Make what finds an id by itself or by a name in either language; None where nobody, or more than one, has it."""
    known: set[str] = set()
    by_name: dict[str, set[str]] = {}
    for record in records:
        known.add(record.id)
        for name in filter(None, (record.name, record.name_en)):
            by_name.setdefault(names.firm(name), set()).add(record.id)

    def find(text: str) -> str | None:
        own = names.without_hidden(text).strip()
        ids: Collection[str] = {own} if own in known else by_name.get(names.firm(text), ())
        return next(iter(ids)) if len(ids) == 1 else None

    return find


def _columns(headings: Sequence[str]) -> Mapping[int, str] | None:
    columns = {
        place: code
        for place, heading in enumerate(headings)
        for code, words in HEADINGS.items()
        if heading and committee.named(heading, words)
    }
    return columns if {"evaluator", "startup"} <= set(columns.values()) else None
