"""Who a record is about: firms are known by their business number, applications by firm, program and number."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from model.applications import BINDING
from model.domain import Program, Startup
from model.eligibility import contradicting_field
from model.faults import Fault, shown
from model.text import names
from model.vocabulary.numbers import bare_number, is_business_number
from model.vocabulary.places import Regions
from service.files.importers.applicants import UNKNOWN, Applicant
from service.files.importers.records import ImportRow
from service.files.importers.values import registration
from service.storage.applications.applications import StoredApplication
from service.storage.applications.listings import CurrentLists, Listings
from service.storage.database import Connection
from service.storage.repositories import Catalogue


@dataclass(slots=True)
class NamedRows:
    """Rows with the ids that the catalogue gives them, what is wrong with the others, and what a person should know."""

    rows: list[ImportRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class KnownFirms:
    """What the catalogue knows of many firms: whose their numbers are, and the lists that count now."""

    holders: Mapping[str, set[str]]
    lists: CurrentLists


class Firms:
    """Finds firms and applications by their numbers, and refuses what would make two firms one or one firm two, and
    regions that are not among the official ones.
    """

    def __init__(self, catalogue: Catalogue, regions: Callable[[], Regions]) -> None:
        self._catalogue, self._listings, self._regions = catalogue, Listings(), regions

    def known(self, connection: Connection, firms: Iterable[Startup]) -> KnownFirms:
        """What `faults` asks about many firms, so that it need not ask for each."""
        numbers = (firm.business_number for firm in firms if firm.business_number)
        return KnownFirms(self._catalogue.startups.of_numbers(connection, numbers), self._listings.current(connection))

    def faults(
        self, connection: Connection, record: Startup, before: Startup | None, known: KnownFirms | None = None
    ) -> list[Fault]:
        """Why a firm can't be stored as it is stated; `before` is what is stored under its id."""
        known = known or self.known(connection, [record])
        return [
            *registration.faults(record, before),
            *_founded_pre_founder(record, before),
            *self._of_no_region(record, before),
            *_other_numbers(record, before),
            *_of_others(record, known.holders),
            *_barred(record, before, known.lists),
        ]

    def _of_no_region(self, record: Startup, before: Startup | None) -> Iterator[Fault]:
        """A table's cell is a code by now; JSON may hold any text. What stands already is left as it is."""
        region = record.region
        if region and not (before and before.region == region) and region not in self._regions():
            yield Fault("not_region", field="region", value=shown(region))

    def named(self, connection: Connection, rows: Sequence[ImportRow], program: str) -> NamedRows:
        """Give the rows of startups and applicants their ids; `program` stands where a line names none."""
        naming = _Naming(self._catalogue, connection, program)
        result = NamedRows()
        for row in rows:
            faults: list[Fault] = []
            if isinstance(row.record, Applicant):
                row = replace(row, record=naming.applicant(row.record, faults, result.notes, row))
            elif isinstance(row.record, Startup) and row.record.id == UNKNOWN:
                row = replace(row, record=replace(row.record, id=naming.firm(row.record, faults) or UNKNOWN))
            result.faults += [replace(fault, file=row.file, line=row.line) for fault in faults]
            result.rows += [] if faults else [row]
        return result


def _founded_pre_founder(record: Startup, before: Startup | None) -> Iterator[Fault]:
    """A founding that a pre-founder's record states anew; what stands already is left as it is."""
    field = contradicting_field(record)
    if field and not (before and contradicting_field(before) == field):
        value = getattr(record, field)
        yield Fault("founded_pre_founder", field=field, value="" if isinstance(value, tuple) else value.isoformat())


def _barred(record: Startup, before: Startup | None, lists: CurrentLists) -> Iterator[Fault]:
    """A firm that stands on a list stays findable there, and its agreement is recorded at the desk alone."""
    known = {(past.program_family, past.year, past.status) for past in before.history} if before else set()
    new = [past for past in record.history if past.status in BINDING]
    new = [past for past in new if (past.program_family, past.year, past.status) not in known]
    is_moved = before is not None and bare_number(before.business_number) != bare_number(record.business_number)
    if not (new or is_moved):
        return
    was_listed = lists.of(before) if before else []
    stands = [*lists.of(record), *was_listed]
    if is_moved and any(stored.is_sure for stored in was_listed):
        yield Fault("number_of_listed_firm", field="business_number", value=shown(record.business_number))
    first = min((stored.as_of.year for stored in stands), default=None)
    late = [past for past in new if first is not None and past.year >= first]
    for past in late[:1]:
        yield Fault("agreed_while_listed", field="history", value=shown(f"{past.program_family} {past.year}"))


def _of_others(record: Startup, holders: Mapping[str, set[str]]) -> Iterator[Fault]:
    number = record.business_number
    if number and is_business_number(number):
        others = sorted(holders.get(bare_number(number) or "", set()) - {record.id})
        for other in others[:1]:
            yield Fault("number_of_other_firm", field="business_number", value=shown(number), allowed=shown(other))


def _other_numbers(record: Startup, before: Startup | None) -> Iterator[Fault]:
    """Another number under a known id makes another firm of it; a number that was mistyped may be put right."""
    if before is None:
        return
    old, new = bare_number(before.business_number), bare_number(record.business_number)
    if old and new and old != new and is_business_number(old):
        yield Fault(
            "other_number", field="business_number", value=shown(record.business_number), allowed=shown(record.id)
        )
    mine, theirs = ("".join(filter(str.isdigit, stored.corporate_number or "")) for stored in (before, record))
    if mine and theirs and mine != theirs:
        yield Fault(
            "other_number", field="corporate_number", value=shown(record.corporate_number), allowed=shown(record.id)
        )


class _Naming:
    """Ids of one import's rows: what the catalogue has, and what earlier rows of the import have been given."""

    def __init__(self, catalogue: Catalogue, connection: Connection, program: str) -> None:
        self._catalogue, self._connection, self._program = catalogue, connection, program
        self._new: dict[str, str] = {}
        self._programs: Mapping[str, list[Program]] | None = None
        self._applications: dict[str, list[StoredApplication]] = {}
        self._given: dict[tuple[str, str | None, str], str] = {}
        self._met: set[str] = set()

    def firm(self, record: Startup, faults: list[Fault]) -> str | None:
        """The id of the firm with the record's business number, a new one where nobody has it."""
        if record.id != UNKNOWN:
            return record.id
        number = bare_number(record.business_number)
        wrong = list(registration.faults(record))
        if number is None or wrong:
            faults += wrong or [Fault("missing", field="business_number")]
            return None
        known = sorted(self._catalogue.startups.of_number(self._connection, number))
        if len(known) > 1:
            ids = ", ".join(known[:5])
            faults.append(Fault("number_of_several_firms", field="business_number", value=shown(number), allowed=ids))
            return None
        return known[0] if known else self._new.setdefault(number, "f-" + secrets.token_hex(8))

    def applicant(self, record: Applicant, faults: list[Fault], notes: list[Fault], row: ImportRow) -> Applicant:
        """The applicant with all three ids."""
        program = self._program_of(record.application.program_id, faults)
        if program is None:
            return record
        at, known = record.application, self._of_program(program)
        if record.startup.id == UNKNOWN and not record.startup.business_number:
            firm: str | None = self._unnumbered(record, known, program)
            notes.append(
                Fault("firm_without_number", row.file, row.line, "business_number", shown(record.startup.name))
            )
        else:
            firm = self.firm(record.startup, faults)
        if firm is None:
            return record
        # Each host institution numbers its own list, so a number can name one firm of a host and another elsewhere.
        place = (program, at.host, names.visible(at.named or ""))
        other = self._given.setdefault(place, firm)
        if other != firm:
            faults.append(Fault("duplicate_application", field="number", value=shown(at.named)))
        mine = [
            stored
            for stored in known
            if stored.record.startup_id == firm and names.visible(stored.record.named or "") == place[2]
        ]
        if not mine and any(
            names.visible(stored.record.named or "") == place[2] and stored.record.startup_id != firm
            for stored in known
        ):
            notes.append(Fault("number_of_other_application", row.file, row.line, "number", shown(at.named)))
        identifier = mine[0].record.id if mine else "a-" + secrets.token_hex(8)
        key = f"{program} {firm} {place[2]}"
        if key in self._met:
            faults.append(Fault("duplicate_application", field="number", value=shown(at.named)))
        self._met.add(key)
        return record.named(firm, program, identifier)

    def _unnumbered(self, record: Applicant, known: Iterable[StoredApplication], program: str) -> str:
        """A pre-founder goes by an id of ours; the one who handed in this number before under this name is the same."""
        wanted = names.visible(record.startup.name or "")
        for stored in known:
            if (stored.record.named or "") == (
                record.application.named or ""
            ) and stored.record.host == record.application.host:
                firm = self._catalogue.startups.get(self._connection, stored.record.startup_id)
                if firm and not firm.record.business_number and names.visible(firm.record.name or "") == wanted:
                    return firm.record.id
        return self._new.setdefault(f"{program} {record.application.named} {wanted}", "f-" + secrets.token_hex(8))

    def _program_of(self, stated: str, faults: list[Fault]) -> str | None:
        wanted = self._program if stated == UNKNOWN else stated
        if not wanted:
            faults.append(Fault("program_not_stated", field="program_id"))
            return None
        if self._programs is None:
            named: dict[str, list[Program]] = {}
            for stored in self._catalogue.programs.since(self._connection, 0):
                for form in {
                    stored.record.id,
                    *(names.folded(n) for n in (stored.record.name, stored.record.name_en) if n),
                }:
                    named.setdefault(form, []).append(stored.record)
            self._programs = named
        meant = self._programs.get(wanted) or self._programs.get(names.folded(wanted), [])
        if len(meant) == 1:
            return meant[0].id
        ids = ", ".join(program.id for program in meant[:5])
        code = "program_name_unclear" if meant else "unknown_program"
        faults.append(Fault(code, field="program_id", value=shown(wanted), allowed=ids))
        return None

    def _of_program(self, program: str) -> list[StoredApplication]:
        if program not in self._applications:
            self._applications[program] = self._catalogue.applications.numbered(self._connection, program)
        return self._applications[program]
