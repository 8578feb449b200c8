"""From stored profiles to a round's slate: scores, verdicts, and the facts that terms may ask for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import orjson
from numpy.typing import NDArray

from model.applications import MANUAL, requirement
from model.codes import REACHED
from model.domain import ParticipationStatus, Program, Startup
from model.eligibility import RULES
from model.matching.pool import Pool, Profile, ProgramPool, StartupPool
from model.rounds import Entrant, Offer, Slate
from model.rounds.checks import LARGEST, SIZES
from model.vectors import Vectors
from model.vocabulary.places import Regions
from service.actions.applications.report_tables import AREAS
from service.actions.applications.standings import FAIL, OPEN, AppliedPair, written
from service.actions.matching.prepare import Prepared

BATCH = 2_000


@dataclass(frozen=True)
class Prepping:
    """A slate that records which pairs' items were asked for, and the digest of what it was made from."""

    slate: Slate
    inputs: str
    items: dict[tuple[int, int], tuple[int, ...]]
    open_checks: Mapping[str, int]
    """For each rule, the pairs that its open check keeps out."""


def prepare(
    prepared: Prepared,
    startups: Sequence[str],
    programs: Sequence[str],
    on: date,
    settled_later: Sequence[str],
    facts: Mapping[str, Mapping[str, str]],
    applied: Sequence[AppliedPair] | None = None,
) -> Prepping:
    """Score and judge the startups and programs of these ids, which must be stored.

    With `applied`, only those who have applied may get a place, and by what their papers come to.
    """
    people = _part(prepared.startups.pool, startups)
    offers = _part(prepared.programs.pool, programs)
    regions = prepared.matcher.vocabulary.codes.regions
    items: dict[tuple[int, int], tuple[int, ...]] = {}

    def asked(row: int, column: int) -> tuple[int, ...]:
        shares = prepared.matcher.shares(people.profiles[row], offers.profiles[column], on=on)
        items[row, column] = tuple(share.units for share in shares)
        return items[row, column]

    if applied is None:
        verdicts, open_checks = _verdicts(prepared, people.profiles, offers.profiles, on, settled_later)
    else:
        verdicts, open_checks = _of_papers(startups, programs, applied)
    slate = Slate(
        tuple(
            entrant(startup, regions, on, {"participation": past, **facts.get(startup.id, {})})
            for startup, past in zip(people.profiles, _participation(prepared, people, offers), strict=True)
        ),
        tuple(_offer(program) for program in offers.profiles),
        _units(prepared, people, offers, on),
        verdicts,
        asked,
    )
    papers = [] if applied is None else [written(applied)]
    return Prepping(slate, _digest(prepared, startups, programs, facts, papers), items, open_checks)


def _part(pool: Pool[Profile, Vectors], ids: Sequence[str]) -> Pool[Profile, Vectors]:
    rows = {identifier: row for row, identifier in enumerate(pool.ids)}
    wanted = np.array([rows[identifier] for identifier in ids], np.int64)
    return Pool(tuple(pool.profiles[row] for row in wanted.tolist()), pool.vectors.rows(wanted))


def _units(prepared: Prepared, people: StartupPool, offers: ProgramPool, on: date) -> NDArray[np.int32]:
    """Score all pairs, some startups at a time."""
    units = np.zeros((len(people), len(offers)), np.int32)
    for start in range(0, len(people), BATCH):
        part = slice(start, start + BATCH)
        some = Pool(people.profiles[part], people.vectors.rows(part))
        units[part] = prepared.matcher.plane(some, offers, on=on).units
    return units


def _verdicts(
    prepared: Prepared, startups: Sequence[Startup], programs: Sequence[Program], on: date, settled_later: Sequence[str]
) -> tuple[NDArray[np.int8], dict[str, int]]:
    """Judge all pairs; an open check of a rule that is settled later keeps nobody out.

    Beside the verdicts, count for each rule the pairs that its open check keeps out.
    """
    verdicts = np.zeros((len(startups), len(programs)), np.int8)
    opened: dict[str, NDArray[np.bool_]] = {}
    for rule in RULES:
        results = prepared.matcher.ledger.results(rule, startups, programs, on=on)
        if rule.name == MANUAL:
            conditions = [conditions_for_a_person(prepared, program, on) for program in programs]
            named = [wanted <= set(settled_later) for wanted in conditions]
            results = np.where((results == OPEN) & np.array(named), 0, results).astype(np.int8)
        if rule.name in settled_later:
            results = np.where(results == OPEN, 0, results).astype(np.int8)
        opened[rule.name] = results == OPEN
        np.maximum(verdicts, results, out=verdicts)
    counts = {name: int((is_open & (verdicts == OPEN)).sum()) for name, is_open in opened.items()}
    return verdicts, {name: count for name, count in counts.items() if count}


def conditions_for_a_person(prepared: Prepared, program: Program, on: date) -> set[str]:
    """The requirements that a program leaves to a person, each by its own name."""
    checks = prepared.matcher.ledger.checks(Startup("-"), program, on=on)
    return {requirement(MANUAL, check.required) for check in checks if check.rule == MANUAL}


def _of_papers(
    startups: Sequence[str], programs: Sequence[str], applied: Sequence[AppliedPair]
) -> tuple[NDArray[np.int8], dict[str, int]]:
    """What each application's papers come to; whoever has not applied can get no place.

    Of two applications of one firm to one program the better one counts.
    """
    rows, columns = ({key: place for place, key in enumerate(ids)} for ids in (startups, programs))
    verdicts = np.full((len(startups), len(programs)), FAIL, np.int8)
    opened: Counter[str] = Counter()
    for pair in applied:
        row, column = rows.get(pair.application.startup_id), columns[pair.application.program_id]
        if row is not None:
            verdicts[row, column] = min(int(verdicts[row, column]), pair.result)
            opened.update(pair.open if pair.result == OPEN else ())
    return verdicts, dict(opened)


def _participation(prepared: Prepared, people: StartupPool, offers: ProgramPool) -> list[str]:
    """`known` for a startup of which something is known at a family of the round's programs, else `new`."""
    asked = prepared.known.questions(people.profiles, offers.profiles)
    return ["new" if row.all() else "known" for row in asked]


def entrant(startup: Startup, regions: Regions, on: date, stated: Mapping[str, str]) -> Entrant:
    """Describe a startup as it takes part; a tie of final scores may ask how often it came as far as a selection."""
    founded = startup.founded_on.toordinal() if startup.founded_on else None
    chosen = REACHED[ParticipationStatus.SELECTED]
    selections = sum(REACHED.get(e.status, -1) >= chosen for e in startup.history) if startup.history else None
    return Entrant(startup.id, founded, selections, {**facts_of(startup, regions, on), **stated})


def facts_of(startup: Startup, regions: Regions, on: date) -> dict[str, str]:
    """Tell what quotas, bonuses and the exposure account may ask of a startup; what is unknown is left out.

    `area` is `capital` or `non_capital` by the borders of the day, `region` the 시도, `size` a band of employees.
    """
    region = (startup.region or "").strip()
    people = startup.employees
    size = None if people is None else next((name for most, name in SIZES if people <= most), LARGEST)
    values = {
        "area": AREAS.get(regions.outside_capital(region, on)),
        "region": regions.province(region, on),
        "stage": startup.stage,
        "entity": startup.entity,
        "kind": startup.kind,
        "size": size,
        "new_industry_field": startup.new_industry_field,
        "industry": startup.industry,
    }
    return {name: str(value) for name, value in values.items() if value is not None}


def _offer(program: Program) -> Offer:
    group = f"{program.exclusive_group}/{program.year or ''}" if program.exclusive_group else None
    return Offer(program.id, program.seats or 0, group)


def _digest(
    prepared: Prepared,
    startups: Sequence[str],
    programs: Sequence[str],
    facts: Mapping[str, Mapping[str, str]],
    papers: Sequence[object] = (),
) -> str:
    """SHA-256 of every profile that takes part, of the facts that were told, and of the papers that counted."""
    known = [
        [[key, prepared.startups.side.digests[key]] for key in startups],
        [[key, prepared.programs.side.digests[key]] for key in programs],
        facts,
        *papers,
    ]
    return hashlib.sha256(orjson.dumps(known, option=orjson.OPT_SORT_KEYS)).hexdigest()
