"""Lists from outside as stored: who is barred, owes money back or is in arrears; matched by number, then by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

import orjson
from sqlalchemy import Connection, Row, func, insert, literal, or_, select, union_all, update

from model.domain import Startup
from model.faults import Fault
from model.text import names
from model.vocabulary.numbers import bare_number
from service.storage.applications.application_tables import answers, listed, listings, merges, numbered
from service.storage.catalogue.tables import startups
from service.storage.evidence import digests as evidence
from service.storage.evidence import guards
from service.storage.evidence.wordings import Wording
from service.storage.records.record_tables import audit
from service.storage.records.startup_refs import StartupRefs

MOST_IN_STATEMENT = 500
_FOLDED = (startups.c.folded, startups.c.folded_en)
LAST = "9"
"""Stands for a moment after all that is on record."""


class ListingKind(StrEnum):
    """What a list is of: 참여제한, 환수금 미납, 체납."""

    BAN = "ban"
    CLAW_BACK = "claw_back"
    ARREARS = "arrears"


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One line of a list."""

    line: int
    firm_number: str | None
    name: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class OutsideList:
    """A list as one file brought it."""

    seq: int
    kind: ListingKind
    source: str
    as_of: date
    file_name: str
    file_digest: str
    notes: tuple[Fault, ...]
    actor_id: str
    actor_name: str
    at: str

    @property
    def id(self) -> str:
        """The id by which people and programs name it."""
        return f"l-{self.seq}"


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """A person's word on whether a firm is the one that a line names."""

    seq: int
    listing: int
    line: int
    startup_ref: str
    is_same: bool
    reason: str
    actor_id: str
    actor_name: str
    at: str


@dataclass(frozen=True, slots=True)
class ListedFirm:
    """A firm's place on a list; `is_sure` by its number or a person's word, else the name alone is the same."""

    listing: int
    line: int
    kind: ListingKind
    source: str
    as_of: date
    name: str
    remark: str
    is_sure: bool


Place: TypeAlias = tuple[int, int]
"""A list and a line of it."""


class CurrentLists:
    """The lists that count now with what persons have said of their lines."""

    def __init__(
        self,
        lists: Mapping[int, OutsideList],
        rows: Mapping[Place, Any],
        words: Mapping[tuple[int, int, str], bool],
        merged: Mapping[str, set[str]],
        refs: Mapping[str, str],
    ) -> None:
        self.rows = rows
        self._lists, self._words, self._merged, self._refs = lists, words, merged, refs
        self._by_number: dict[str, list[Place]] = {}
        self._by_name: dict[str, list[Place]] = {}
        for place, row in rows.items():
            self._by_number.setdefault(row.firm_number or "", []).append(place)
            self._by_name.setdefault(row.folded, []).append(place)

    def of(self, startup: Startup) -> list[ListedFirm]:
        """Where a firm stands.

        A line with a number that is another firm's, and one that a person said is another's, are left out.
        """
        if not self.rows:
            return []
        # A number decides by itself; a name alone is a question, which a person's word may have answered.
        number = bare_number(startup.business_number)
        own = {number, *self._merged.get(startup.id, ())} - {None}
        same = {place: True for each in own for place in self._by_number.get(str(each), ())}
        for name in {names.firm(startup.name or ""), names.firm(startup.name_en or "")} - {""}:
            for place in self._by_name.get(name, ()):
                if not (number and self.rows[place].firm_number):
                    same.setdefault(place, False)
        ref = self._refs.get(startup.id, "")
        words = {place: self._words.get((*place, ref)) for place in same}
        return [
            self._firm(place, is_sure=is_sure or bool(words[place]))
            for place, is_sure in same.items()
            if is_sure or words[place] is not False
        ]

    def _firm(self, place: Place, *, is_sure: bool) -> ListedFirm:
        about, row = self._lists[place[0]], self.rows[place]
        return ListedFirm(*place, about.kind, about.source, about.as_of, row.name, row.remark, is_sure)


class Listings:
    """The lists; every method works on the connection that it is handed."""

    def __init__(self) -> None:
        self._refs = StartupRefs()

    def add(self, connection: Connection, listing: OutsideList, lines: Sequence[ListingRow]) -> None:
        """Store a list with its lines."""
        notes = orjson.dumps([[n.code, n.file, n.line, n.field, n.value] for n in listing.notes]).decode()
        connection.execute(insert(listings).values({**asdict(listing), "notes": notes}))
        values = [{**asdict(row), "listing": listing.seq, "folded": names.firm(row.name)[:200]} for row in lines]
        if values:
            connection.execute(insert(listed), values)
            evidence.note(connection, listed.name, listing.seq)
        evidence.note(connection, listings.name, listing.seq)

    def answer(self, connection: Connection, answer: ListAnswer) -> None:
        """Store a person's word on a line."""
        connection.execute(insert(answers).values({**asdict(answer), "is_same": int(answer.is_same)}))
        evidence.note(connection, answers.name, answer.seq)

    def all(self, connection: Connection) -> list[OutsideList]:
        """Every list, newest first."""
        rows = connection.execute(select(listings).order_by(listings.c.seq.desc())).mappings()
        return [_listing(row) for row in rows]

    def one(self, connection: Connection, identifier: str) -> OutsideList | None:
        """One list by its id, or None."""
        seq = numbered(identifier, "l-")
        row = connection.execute(select(listings).where(listings.c.seq == seq)).mappings().first()
        return _listing(row) if row else None

    def lines(self, connection: Connection, listing: int) -> int:
        """How many lines a list has."""
        return connection.scalar(select(func.count()).select_from(listed).where(listed.c.listing == listing)) or 0

    def of_firm(self, connection: Connection, startup_id: str) -> list[ListedFirm]:
        """Where a stored firm stands on the lists that count now."""
        return self.standings(connection, [startup_id]).get(startup_id, [])

    def standings(
        self, connection: Connection, startup_ids: Collection[str] | None = None, listing: int | None = None
    ) -> dict[str, list[ListedFirm]]:
        """Where each of some stored firms (None: of all) stands on the lists that count now, or on one of them.

        Those on none are absent. The database matches them, by the rules of `CurrentLists.of`.
        """
        lists = {each.seq: each for each in self._current(connection, LAST) if listing in (None, each.seq)}
        words = self._words_by_firm(connection, lists) if lists else {}
        firms: dict[tuple[str, int, int], ListedFirm] = {}
        for row in _matching(connection, lists, startup_ids) if lists else ():
            place, about = (row.firm, row.listing, row.line), lists[row.listing]
            is_sure = bool(row.is_sure) or words.get(place, False)
            if place not in firms and (is_sure or place not in words):
                named = (about.kind, about.source, about.as_of, row.name, row.remark)
                firms[place] = ListedFirm(row.listing, row.line, *named, is_sure)
        standings: dict[str, list[ListedFirm]] = {}
        for place, firm in firms.items():
            standings.setdefault(place[0], []).append(firm)
        return standings

    def _words_by_firm(self, connection: Connection, lists: Collection[int]) -> dict[tuple[str, int, int], bool]:
        words = {place: word for place, word in self._words(connection, LAST).items() if place[0] in lists}
        ids = self._refs.ids(connection, {ref for _, _, ref in words})
        return {(ids[ref], listing, line): word for (listing, line, ref), word in words.items() if ref in ids}

    def of_firms(
        self, connection: Connection, startups: Iterable[Startup], *, before: str
    ) -> Mapping[str, list[ListedFirm]]:
        """Where each of some firms stood on the lists that counted before a moment; those on none are absent."""
        current = self.current(connection, before)
        standings = {startup.id: current.of(startup) for startup in startups} if current.rows else {}
        return {identifier: stands for identifier, stands in standings.items() if stands}

    def current(self, connection: Connection, before: str = LAST) -> CurrentLists:
        """Read the lists that count now, or counted before a moment, once, to ask them about many firms."""
        current = {listing.seq: listing for listing in self._current(connection, before)}
        rows = {
            (row.listing, row.line): row
            for row in connection.execute(select(listed).where(listed.c.listing.in_(current)))
        }
        words, merged = (self._words(connection, before), self._merged(connection, before)) if rows else ({}, {})
        refs = {identifier: ref for ref, identifier in self._refs.all(connection).items()} if words else {}
        return CurrentLists(current, rows, words, merged, refs)

    def _merged(self, connection: Connection, before: str) -> dict[str, set[str]]:
        """The numbers of the firms that were merged into each firm."""
        parted = select(audit.c.seq).where(audit.c.seq == merges.c.undone, audit.c.at < before).exists()
        holds = merges.c.at < before, ~parted, merges.c.firm_number.is_not(None)
        numbers: dict[str, set[str]] = {}
        for firm, number in connection.execute(select(merges.c.remains, merges.c.firm_number).where(*holds)):
            numbers.setdefault(firm, set()).add(number)
        return numbers

    def erase(self, connection: Connection, startup: Startup, ref: str, said: Wording) -> None:
        """Take an erased firm's number off the lists, and its name; that somebody stands there stays."""
        number, forms = (
            bare_number(startup.business_number),
            {names.firm(startup.name or ""), names.firm(startup.name_en or "")},
        )
        with guards.lifted(connection, listed, answers):
            for row in connection.execute(select(listed)).all():
                is_own = (number is not None and row.firm_number == number) or (row.folded in forms - {""})
                name = ref if is_own else row.name
                remark = said(f"listings/l-{row.listing}/{row.line}", "remark", row.remark, is_own)
                if is_own or remark != row.remark:
                    values = {"name": name, "remark": remark}
                    values |= {"firm_number": None, "folded": names.firm(ref)} if is_own else {}
                    own = (listed.c.listing == row.listing) & (listed.c.line == row.line)
                    connection.execute(update(listed).where(own).values(values))
                    evidence.note(connection, listed.name, row.listing)
            for row in connection.execute(select(answers.c.seq, answers.c.reason, answers.c.startup_ref)).all():
                reason = said(f"listings/answers/{row.seq}", "reason", row.reason, row.startup_ref == ref)
                if reason != row.reason:
                    connection.execute(update(answers).where(answers.c.seq == row.seq).values(reason=reason))
                    evidence.note(connection, answers.name, row.seq)

    def _current(self, connection: Connection, before: str) -> list[OutsideList]:
        last = (
            select(func.max(listings.c.seq)).where(listings.c.at < before).group_by(listings.c.kind, listings.c.source)
        )
        rows = connection.execute(select(listings).where(listings.c.seq.in_(last))).mappings()
        return [_listing(row) for row in rows]

    def _words(self, connection: Connection, before: str) -> dict[tuple[int, int, str], bool]:
        """The last word of a person on each line and firm."""
        query = select(answers.c.listing, answers.c.line, answers.c.startup_ref, answers.c.is_same)
        query = query.where(answers.c.at < before).order_by(answers.c.seq)
        return {(row[0], row[1], row[2]): bool(row[3]) for row in connection.execute(query)}


def _matching(
    connection: Connection, lists: Collection[int], startup_ids: Collection[str] | None
) -> list[Row[tuple[Any, ...]]]:
    """The stored firms beside the lines that name them, by number first; a firm and line may come more than once."""
    no_number = or_(startups.c.firm_number.is_(None), listed.c.firm_number.is_(None))
    merged = (merges.c.remains == startups.c.id) & (merges.c.firm_number == listed.c.firm_number)
    merged &= merges.c.undone.is_(None)
    by = [
        (1, startups.c.firm_number == listed.c.firm_number),
        (1, merged),
        *((0, (column == listed.c.folded) & (column != "") & no_number) for column in _FOLDED),
    ]
    wanted = [listed.c.listing.in_(lists)]
    if startup_ids is not None and len(startup_ids) <= MOST_IN_STATEMENT:
        wanted.append(startups.c.id.in_(startup_ids))
    columns = (startups.c.id.label("firm"), listed.c.listing, listed.c.line, listed.c.name, listed.c.remark)
    queries = [select(*columns, literal(sure).label("is_sure")).where(*wanted, match) for sure, match in by]
    rows = connection.execute(union_all(*queries)).all()
    among = None if startup_ids is None else set(startup_ids)
    own = [row for row in rows if among is None or row.firm in among]
    return sorted(own, key=lambda row: (-row.is_sure, row.listing, row.line, row.firm))


def _listing(row: Any) -> OutsideList:
    notes = tuple(Fault(*note) for note in orjson.loads(row["notes"]))
    return OutsideList(**{**row, "kind": ListingKind(row["kind"]), "notes": notes})
