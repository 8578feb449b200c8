"""Imports: files are previewed with a report on every row, then committed whole or not at all."""

from __future__ import annotations

import hashlib
import secrets
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from model.domain import Outcome, Program, Startup
from model.eligibility import Ledger
from model.faults import Fault, shown
from model.snapshot import rows
from model.vocabulary.codes import Codes
from service.actions.catalogue import firms, ids, lines
from service.actions.catalogue.clerk import Served, by_clerk
from service.actions.catalogue.import_profiles import ImportProfiles
from service.errors import Problem, ServiceError
from service.files.importers import files, records
from service.files.importers.applicants import Applicant
from service.files.importers.files import Brought
from service.files.importers.formats import isolation
from service.files.importers.formats.isolation import Opened
from service.files.importers.records import READERS, UNNAMED, FileReading, ImportRow, Progress
from service.files.importers.values import registration
from service.identity import Actor
from service.settings import VOCABULARIES
from service.storage.catalogue import documents, outcomes
from service.storage.catalogue.imports import (
    COMMITTED,
    EXPIRED,
    PREVIEWED,
    Counts,
    Import,
    ImportedFile,
    Imports,
    Planned,
    drafted_rows,
)
from service.storage.catalogue.profiles import Profiles, StoredProfile
from service.storage.database import Connection
from service.storage.evidence import erasures
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue

KEPT = timedelta(hours=24)
"""How long a preview may be committed."""

MOST_FAULTS = 5_000
"""Faults kept of one import; a file with more is not corrected by hand."""


@dataclass(frozen=True, slots=True)
class File:
    """One file as it arrived: what was read from it, its size and SHA-256."""

    reading: FileReading
    size: int
    sha256: str
    packed: bytes | None = None
    """The file itself with what was said of it, so that a preview can be read anew under other headings."""
    program: str = ""
    """The program of every application whose line names none."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the sender says of a file, if anything: its name, what it holds, which sheet is meant, fields by heading,
    and the program that its applications are for.
    """

    name: str = ""
    kind: str | None = None
    sheet: str | None = None
    mapped: Mapping[str, str] = field(default_factory=dict)
    program: str = ""


class ImportFiles(Served):
    """Reads, previews and commits imports; `clock` tells the present moment in Korea."""

    def __init__(self, catalogue: Catalogue, clock: Callable[[], datetime], vocabularies: Path = VOCABULARIES) -> None:
        self._catalogue, self._clock = catalogue, clock
        self._codes = cache(lambda: Codes.from_folder(vocabularies))
        self._imports, self._store = Imports(), ImportProfiles(catalogue)
        self._firms = firms.Firms(catalogue, lambda: self._codes().regions)
        super().__init__()

    @by_clerk
    def bring(self, raw: bytes, said: Said, actor: Actor) -> Import:
        """Read what somebody sent and preview it; raises ServiceError for a file that can't be read."""
        return self.preview([self.read(raw, said)], actor)

    def read(self, raw: bytes, said: Said, progress: Progress = records.unheard) -> File:
        """Read what somebody sent, in a process of its own; raises ServiceError for a file that can't be read."""
        opened = isolation.opened(raw, **{name: value for name, value in asdict(said).items() if name != "program"})
        packed = zlib.compress(orjson.dumps({**asdict(said), "mapped": {}}) + b"\n" + raw, 1)
        return replace(self._file(raw, opened, said.name, progress), packed=packed, program=said.program)

    @by_clerk
    def reread(self, identifier: str, mapped: Mapping[str, str], actor: Actor) -> Import:
        """Preview a preview's file anew, its headings read as a map says.

        Raises ServiceError `import_not_found`, `import_expired`, and what is wrong with the file.
        """
        with self._catalogue.database.reading() as connection:
            preview, packed = self._present(connection, identifier), self._imports.file(connection, identifier)
        if preview.state != PREVIEWED or packed is None:
            raise ServiceError(Problem.IMPORT_EXPIRED, id=preview.id)
        about, _, raw = zlib.decompress(packed).partition(b"\n")
        return self.preview([self.read(raw, replace(Said(**orjson.loads(about)), mapped=mapped))], actor)

    def read_own(self, path: Path, said: Said, progress: Progress = records.unheard) -> File:
        """Read a file on this machine; JSON lines may be as long as they are. Raises ServiceError."""
        raw, holds = path.read_bytes(), files.kind(path, said.kind)
        if path.suffix == ".jsonl":
            return replace(self._file(raw, files.opened(raw, path, holds), path.name, progress), program=said.program)
        return self.read(raw, replace(said, name=path.name, kind=holds), progress)

    def is_empty(self) -> bool:
        """Tell whether the catalogue holds no startup and no program."""
        return self._store.is_empty()

    def unnamed(self, spellings: Iterable[str]) -> tuple[str, ...]:
        """Give the names of programs that neither the list of programs nor a stored row knows, so that no rule does."""
        unknown = [text for text in spellings if self._codes().programs.find(text) is None]
        if not unknown:
            return ()
        with self._catalogue.database.reading() as connection:
            ledger = Ledger(self._codes(), [stored.record for stored in self._catalogue.programs.since(connection, 0)])
        return tuple(text for text in dict.fromkeys(unknown) if not ledger.names_program(text))

    def notes(self, startup: Startup) -> list[Fault]:
        """Note names of programs that no rule knows and numbers that no firm can have, as an import does."""
        unnamed = self.unnamed(past.program_family for past in startup.history)
        return [*(Fault(UNNAMED, "", None, "history", shown(n)) for n in unnamed), *registration.doubts(startup)]

    def _file(self, raw: bytes, opened: Opened, name: str, progress: Progress) -> File:
        reading = records.read(opened, name, self._codes(), progress)
        unnamed = self.unnamed(note.value for note in reading.notes if note.code == UNNAMED)
        notes = tuple(note for note in reading.notes if note.code != UNNAMED or note.value in unnamed)
        reading = replace(reading, notes=notes)
        return File(reading, len(raw), hashlib.sha256(raw).hexdigest())

    def preview(self, brought: Sequence[File], actor: Actor) -> Import:
        """Tell what the files would change, row by row, and keep that until it is committed or expires."""
        with self._catalogue.database.reading() as connection:
            erased = erasures.number(connection)
            plan = self._plan(connection, brought)
        preview = self._made(brought, actor, plan)
        drafted = drafted_rows(preview.id, plan.rows)
        with self._catalogue.database.writing() as connection:
            erasures.check(connection, erased)
            self._imports.expire(connection, self._clock())
            self._imports.add(connection, preview, drafted, brought[0].packed if len(brought) == 1 else None)
        return preview

    @by_clerk
    def commit(self, identifier: str, actor: Actor, *, good_rows_only: bool = False) -> Import:
        """Take a preview into the catalogue; doing it again changes nothing.

        Raises ServiceError `import_not_found`, `import_expired`, `import_has_faults` unless only the good rows are
        asked for, and `catalogue_changed` when a record that it would change is no longer as it was previewed.
        """
        with self._catalogue.database.reading() as connection:
            preview = self._present(connection, identifier)
            if preview.state == COMMITTED:
                return preview
            self._agree(preview, good_rows_only=good_rows_only)
            planned = list(self._imports.planned(connection, identifier))
            erased = erasures.number(connection)
        # Whoever writes waits for whoever else does: what twenty thousand rows come to is worked out before that.
        parts = lines.all_parts(planned)
        drafts = self._store.drafted(_brought(planned, parts))
        with self._catalogue.database.writing() as connection:
            self._catalogue.revisions.hold(connection)
            preview = self._present(connection, identifier)
            if preview.state == COMMITTED:
                return preview
            self._agree(preview, good_rows_only=good_rows_only)
            erasures.check(connection, erased)  # an erasure words the rows of previews anew
            self._agree_with_catalogue(connection, planned)
            self._agree_with_firms(connection, parts, actor)
            self._store.store(connection, drafts)
            done = self._imports.commit(
                connection, preview, at=self._clock(), by=actor.id, good_rows_only=good_rows_only
            )
            details = {"files": [source.sha256 for source in done.sources], "counts": asdict(done.counts)}
            self._catalogue.audit.record(connection, actor, "import", AuditSubject("import", preview.id), details)
            return done

    def one(self, identifier: str) -> Import:
        """One import; raises ServiceError `import_not_found`."""
        with self._catalogue.database.reading() as connection:
            return self._present(connection, identifier)

    def planned(self, identifier: str, limit: int) -> list[Planned]:
        """The first good rows of an import and what becomes of them; none any more once it was committed."""
        with self._catalogue.database.reading() as connection:
            return list(self._imports.planned(connection, identifier, limit))

    def _present(self, connection: Connection, identifier: str) -> Import:
        preview = self._imports.get(connection, identifier)
        if preview is None:
            raise ServiceError(Problem.IMPORT_NOT_FOUND, id=shown(identifier))
        late = preview.state == PREVIEWED and preview.expires_at <= self._clock()
        return replace(preview, state=EXPIRED) if late else preview

    def _agree(self, preview: Import, *, good_rows_only: bool) -> None:
        if preview.state == EXPIRED:
            raise ServiceError(Problem.IMPORT_EXPIRED, id=preview.id)
        if preview.faults and not good_rows_only:
            raise ServiceError(
                Problem.IMPORT_HAS_FAULTS, id=preview.id, count=preview.counts.faulty, faults=preview.faults[:100]
            )

    def _agree_with_catalogue(self, connection: Connection, planned: Sequence[Planned]) -> None:
        """What was previewed is what is changed: every touched record must be as it was then."""
        for side in ("startups", "programs"):
            wanted = {row.record_id: row.before for row in planned if row.side == side}
            now = self._profiles(side).digests(connection, wanted)
            moved = [record_id for record_id, before in wanted.items() if now.get(record_id) != before]
            if moved:
                raise ServiceError(Problem.CATALOGUE_CHANGED, count=len(moved), ids=", ".join(sorted(moved)[:10]))

    def _agree_with_firms(self, connection: Connection, parts: Sequence[lines.RowParts], actor: Actor) -> None:
        """Firms are still who they were, nobody has taken a new one's number, and the actor may touch the programs."""
        moved = []
        firms_now = self._catalogue.startups.some(connection, (firm.id for _, firm, _ in parts))
        known = self._catalogue.applications.some(connection, [at.id for _, _, at in parts if at])
        known_firms = self._firms.known(connection, (firm for _, firm, _ in parts))
        for row, firm, application in parts:
            if application and actor.is_bound_away_from(application.program_id):
                raise ServiceError(Problem.NOT_YOUR_PROGRAM, id=application.program_id)
            stored = firms_now.get(firm.id)
            if application:
                is_moved = lines.state_of(stored, known.get(application.id)) != row.before
                moved += [application.id] if is_moved else []
            before = stored.record if stored else None
            moved += [firm.id] if self._firms.faults(connection, firm, before, known_firms) else []
        if moved:
            raise ServiceError(Problem.CATALOGUE_CHANGED, count=len(moved), ids=", ".join(sorted(set(moved))[:10]))

    def _profiles(self, side: str) -> Profiles[Any]:
        return self._catalogue.startups if side == "startups" else self._catalogue.programs

    def _made(self, brought: Sequence[File], actor: Actor, plan: ImportPlan) -> Import:
        now = self._clock()
        read = sum(file.reading.total for file in brought)
        changes = [row.change for row in plan.rows]
        added, changed, same = (changes.count(change) for change in ("added", "changed", "same"))
        notes = [*plan.notes, *(note for file in brought for note in file.reading.notes)]
        if len(notes) > MOST_FAULTS:
            notes[MOST_FAULTS - 1 :] = [Fault("more_notes", value=str(len(notes) - MOST_FAULTS + 1))]
        return Import(
            secrets.token_hex(16),
            PREVIEWED,
            now,
            actor.id,
            now + KEPT,
            tuple(map(_source, brought)),
            Counts(read, read - len(plan.rows), added, changed, same),
            tuple(plan.faults[:MOST_FAULTS]),
            tuple(notes),
        )

    def _plan(self, connection: Connection, brought: Sequence[File]) -> ImportPlan:
        faults = [fault for file in brought for fault in file.reading.faults]
        named = [self._firms.named(connection, file.reading.rows, file.program) for file in brought]
        file_rows = [row for some in named for row in some.rows]
        faults += [fault for some in named for fault in some.faults]
        stored = {
            side: self._profiles(side).some(connection, [_profile(row) for row in file_rows if side in _sides(row)])
            for side in ("startups", "programs")
        }
        applied = [row.record.application.id for row in file_rows if isinstance(row.record, Applicant)]
        applications = self._catalogue.applications.some(connection, applied)
        has_outcomes = any(isinstance(row.record, Outcome) for row in file_rows)
        known = {side: self._known(connection, side, file_rows) for side in stored} if has_outcomes else {}
        known_outcomes = self._catalogue.outcomes.known(connection) if known else set()
        present = {side: ids.alike(self._profiles(side).ids(connection)) for side in ("startups", "programs")}
        known_firms = self._firms.known(connection, lines.firms_of(file_rows, stored["startups"]))
        planned: list[Planned] = []
        notes: list[Fault] = [note for some in named for note in some.notes]
        for row, twice in _once(file_rows):
            before = stored.get("startups" if isinstance(row.record, Applicant) else _side(row), {}).get(_profile(row))
            at_ids = ids.of_row(row, before.record if before else None, present.get(_side(row), {}))
            own = [twice] if twice else [*_dangling(row, known), *at_ids]
            if "startups" in _sides(row) and not own:
                firm, held = lines.firm_of(row, before), before.record if before else None
                wrong = self._firms.faults(connection, firm, held, known_firms)
                own = [replace(fault, file=row.file, line=row.line) for fault in wrong]
            faults += own
            if own:
                continue
            if isinstance(row.record, Applicant):
                known_one = applications.get(row.record.application.id)
                planned.append(lines.planned_applicant(row, row.record, before, known_one))
                notes += lines.cleared(row, before, known_one)
                # A firm's next line is compared with what this one makes of it; nothing else has changed meanwhile.
                firm = lines.parts_of(planned[-1].document, "applications")[0]
                stored["startups"][firm.id] = lines.as_stored(firm, before)
                continue
            planned.append(_planned(row, before, known_outcomes))
            notes += lines.cleared(row, before)
        return ImportPlan(planned, faults, notes)

    def _known(self, connection: Connection, side: str, file_rows: Sequence[ImportRow]) -> set[str]:
        return self._profiles(side).ids(connection) | {row.key for row in file_rows if _side(row) == side}


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do: its good rows, the faults of the others, and what is noted beside the catalogue."""

    rows: Sequence[Planned]
    faults: Sequence[Fault]
    notes: Sequence[Fault]


def _planned(row: ImportRow, stored: StoredProfile[Any] | None, known_outcomes: Set[str]) -> Planned:
    if isinstance(row.record, Outcome):
        document, key = orjson.dumps(rows.plain(row.record)), outcomes.key(row.record)
        return Planned(
            row.line, "outcomes", key, "same" if key in known_outcomes else "added", None, document, lines.cells(row)
        )
    record = lines.merged(row, stored)
    document = documents.written(record)
    same = stored is not None and stored.digest == documents.digest(record)
    change = "same" if same else "changed" if stored else "added"
    return Planned(row.line, _side(row), row.key, change, stored.digest if stored else None, document, lines.cells(row))


def _profile(row: ImportRow) -> str:
    """The id of the startup or program that a row states."""
    return row.record.startup.id if isinstance(row.record, Applicant) else row.key


def _sides(row: ImportRow) -> tuple[str, ...]:
    return ("startups",) if isinstance(row.record, Applicant) else (_side(row),)


def _side(row: ImportRow) -> str:
    return {Startup: "startups", Program: "programs", Outcome: "outcomes", Applicant: "applications"}[type(row.record)]


def _once(file_rows: Sequence[ImportRow]) -> Iterator[tuple[ImportRow, Fault | None]]:
    """Every row, with a fault for one whose id another file has brought already."""
    met: set[tuple[str, str]] = set()
    for row in file_rows:
        key = (_side(row), row.key)
        yield row, Fault("duplicate_id", row.file, row.line, "id", shown(row.key)) if row.key and key in met else None
        met.add(key)


def _dangling(row: ImportRow, known: Mapping[str, set[str]]) -> Iterator[Fault]:
    if isinstance(row.record, Outcome):
        for code, side, field in (
            ("unknown_startup", "startups", "startup_id"),
            ("unknown_program", "programs", "program_id"),
        ):
            identifier = getattr(row.record, field)
            if identifier not in known[side]:
                yield Fault(code, row.file, row.line, field, shown(identifier))


def _brought(planned: Sequence[Planned], parts: Sequence[lines.RowParts]) -> Brought:
    read: dict[str, list[Any]] = {side: [] for side in READERS}
    of_applicants: dict[str, Startup] = {}
    for row, firm, application in parts:
        if row.change != "same" and application:
            of_applicants[firm.id] = firm
            read["applications"].append(application)
        elif row.change != "same":
            read["startups"].append(firm)
    for row in planned:
        if row.change != "same" and row.side not in lines.OF_FIRMS:
            read[row.side].append(READERS[row.side](orjson.loads(row.document)))
    outcomes = tuple((Fault("missing", line=None), outcome) for outcome in read["outcomes"])
    startups = (*read["startups"], *of_applicants.values())
    return Brought(startups, tuple(read["programs"]), outcomes, tuple(read["applications"]))


def _source(file: File) -> ImportedFile:
    r = file.reading
    return ImportedFile(
        r.name, r.format, r.kind, r.encoding, r.sheet, file.size, file.sha256, r.total, tuple(map(asdict, r.columns))
    )
