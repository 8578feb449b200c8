"""The words of the trade as frozen data: startups, programs, outcomes, verdicts, shares and matches."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TypeAlias

from model.codes import AgeDay as AgeDay
from model.codes import Confidence as Confidence
from model.codes import Detail as Detail
from model.codes import Entity as Entity
from model.codes import EvidenceKind as EvidenceKind
from model.codes import FlagCode as FlagCode
from model.codes import Kind as Kind
from model.codes import OutcomeKind as OutcomeKind
from model.codes import ParticipationStatus as ParticipationStatus
from model.codes import Result as Result
from model.codes import Role as Role
from model.codes import Sex as Sex
from model.codes import Stage as Stage
from model.codes import Support as Support
from model.codes import Verdict as Verdict

UNITS_PER_POINT = 10_000  # a score of 0-100 points is kept as an integer of 0.0001 point

FULL_SCORE_UNITS = 100 * UNITS_PER_POINT


@dataclass(frozen=True, slots=True)
class Participation:
    """One past or current public support of a startup; `program_family` is a code, or the name as it was written."""

    program_family: str
    year: int
    status: ParticipationStatus
    pledged_at: datetime | None = None  # in Korea's time, to the minute


@dataclass(frozen=True, slots=True)
class Conflict:
    """Programs that bar a firm from this one, a family with its tracks or a class: from a stage on, in the call's
    `years` (`same`, `any`, `last:3`), after so many `times`. An unsure one never bars, a person must look."""

    family: str | None
    from_stage: ParticipationStatus
    program_class: str | None = None
    years: str = "same"
    times: int = 1
    basis: str | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Business:
    """A business that a representative had before; a `converted` one became the present firm whole (포괄 전환)."""

    entity: Entity | None = None
    industry: str | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    bankrupt: bool | None = None
    converted: bool | None = None


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where some fields of a program come from, and how well; `unsure` of an absent field says why it is absent."""

    source: str
    confidence: Confidence
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnShare:
    """The firm's own part of the total cost by tier of its region, in percent."""

    general: int | None = None
    preferred: int | None = None
    special: int | None = None


@dataclass(frozen=True, slots=True)
class Startup:
    """An applicant as it is known; None and empty mean unknown, never none."""

    id: str
    name: str | None = None
    name_en: str | None = None
    summary: str | None = None
    summary_en: str | None = None
    technologies: tuple[str, ...] = ()
    industry: str | None = None
    new_industry_field: int | None = None
    kind: Kind = Kind.STARTUP
    stage: Stage | None = None
    entity: Entity | None = None
    founded_on: date | None = None
    region: str | None = None
    employees: int | None = None
    revenue_krw: int | None = None
    funding_krw: int | None = None
    needs: tuple[Support, ...] = ()
    languages: tuple[str, ...] = ()
    history: tuple[Participation, ...] = ()
    business_number: str | None = field(default=None, repr=False)
    corporate_number: str | None = field(default=None, repr=False)
    representatives: int | None = None
    representatives_qualify: bool | None = None
    founding_basis_on: date | None = None
    founding_certificate: str | None = field(default=None, repr=False)
    founding_certificate_until: date | None = None
    previous_businesses: tuple[Business, ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """One program, track and year; None and empty mean that no restriction is stated."""

    id: str
    name: str | None = None
    name_en: str | None = None
    partner: str | None = None
    operator: str | None = None
    family: str | None = None
    track: str | None = None
    year: int | None = None
    url: str | None = None
    source: tuple[str, ...] = ()
    confidence: Confidence | None = None
    summary: str | None = None
    summary_en: str | None = None
    demand: str | None = None
    role: Role = Role.OPEN_CALL
    applicants: tuple[Kind, ...] = ()
    technologies: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    support: tuple[Support, ...] = ()
    stages: tuple[Stage, ...] = ()
    entities: tuple[Entity, ...] = ()
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    notice_on: date | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    closes_at: time | None = None
    opens_in: str | None = None
    closes_in: str | None = None
    always_open: bool | None = None
    founded_from: date | None = None
    founded_until: date | None = None
    age_counted: AgeDay | None = None
    age_counted_on: date | None = None
    founding_certificate_required: bool | None = None
    min_age_years: int | None = None
    max_age_years: int | None = None
    max_age_years_new_industry: int | None = None
    non_capital_only: bool | None = None
    excluded_industries: tuple[str, ...] = ()
    exclusive_group: str | None = None
    exclusive_group_confidence: Confidence | None = None
    not_together_with: tuple[Conflict, ...] = ()
    seats: int | None = None
    budget_exhausted: bool | None = None
    funding_max_krw: int | None = None
    own_share: OwnShare | None = None
    fact_sources: tuple[FactSource, ...] = ()
    manual_checks: tuple[str, ...] = ()
    reasons_shown: Detail | None = None  # nothing stated is read as reduced: what was never allowed isn't shown

    @property
    def is_ranked(self) -> bool:
        """References are shown, never ranked."""
        return self.role is Role.OPEN_CALL


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one startup at one program, and when."""

    startup_id: str
    program_id: str
    outcome: OutcomeKind
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """What one firm handed in at one program; `number` is its 접수번호, which each list counts from 1 anew.

    `grant_krw`, `cash_krw` and `in_kind_krw` are the money asked for and the firm's own part of the cost; `score` and
    `bonus` are the points, 0-100, that its list states.
    """

    id: str
    startup_id: str
    program_id: str
    number: str | None = None
    project_number: str | None = None
    control_number: str | None = None
    track: str | None = None
    host: str | None = None
    item: str | None = None
    plan: str | None = None
    grant_krw: int | None = None
    cash_krw: int | None = None
    in_kind_krw: int | None = None
    documents: tuple[str, ...] = ()
    received_on: date | None = None
    received_at: time | None = None
    representative_sex: Sex | None = None
    representative_type: str | None = None
    score: float | None = None
    bonus: float | None = None

    @property
    def named(self) -> str | None:
        """The number by which its list tells it from the others."""
        return self.number or self.project_number or self.control_number


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Startups, programs and outcomes as they were on one day; every fit names the snapshot that it used."""

    startups: tuple[Startup, ...]
    programs: tuple[Program, ...]
    outcomes: tuple[Outcome, ...] = ()
    digest: str = ""


Fact: TypeAlias = str | int | float | bool | tuple[str, ...] | None
"""A value that a rule read or a reason rests on; wording turns it into a sentence."""


@dataclass(frozen=True, slots=True)
class Unlock:
    """What would turn a check to pass: a code of the change, with the facts that it needs; None of it is advice."""

    code: str
    on: date | None = None
    value: Fact = None


@dataclass(frozen=True, slots=True)
class Check:
    """One rule's answer for one pair, with the fact that it read and the fact that it asks for.

    `unlock` is None when the rule passes; `Unlock("nothing")` says that no change can turn a fail to pass.
    """

    rule: str
    result: Result
    field: str
    fact: Fact = None
    required: Fact = None
    basis: str | None = None
    unlock: Unlock | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a profile: letters `begin` to `end` of a field, counted in Unicode code points."""

    field: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact behind a share and its part of the points; a share's evidence adds up to it.

    `term` is the startup's side, `counterpart` the program's where it is written otherwise.
    """

    term: str
    units: int
    counterpart: str | None = None
    kind: EvidenceKind = EvidenceKind.NAME
    table: str | None = None
    """Which codes `term` belongs to: a kind of tags, such as technology or stage; None for what is no code."""
    places: tuple[Place, ...] = ()
    counterpart_places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What one block adds to a score, in units of 0.0001 point, never negative."""

    block: str
    units: int
    evidence: tuple[Evidence, ...] = ()
    across: bool = False
    """The texts of the pair are in different languages, over which this block reaches."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A chance with its 95 % interval, each 0-1."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Flag:
    """A part of a profile that was set aside: how much was found, and how much honest profiles keep to.

    `measured` and `limit` count times said (`repeated`), words as rare as one that no startup uses (`listed`,
    `copied`, `gathered`), or listed technologies (`technologies`).
    """

    code: FlagCode
    measured: int
    limit: int


@dataclass(frozen=True, slots=True)
class Match:
    """One startup and one program at one rank: the score, its exact reasons and the eligibility checks."""

    startup_id: str
    program_id: str
    rank: int
    units: int
    verdict: Verdict
    checks: tuple[Check, ...] = ()
    reasons: tuple[Share, ...] = ()
    chance: Estimate | None = None  # how often such pairs were shortlisted; None where too few outcomes are known

    @property
    def score(self) -> float:
        """Points, 0-100."""
        return self.units / UNITS_PER_POINT
