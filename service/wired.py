"""What the application wires together, one named line for each action, as the views of API and console find it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import current_app

from model.domain import Program, Startup
from service.actions.access.admit_users import AdmitUsers
from service.actions.access.issue_keys import IssueKeys
from service.actions.access.keep_access_log import AccessLog
from service.actions.access.sign_in import SignIn
from service.actions.applications.clocks import Clocks
from service.actions.applications.desk import Desk
from service.actions.applications.merge_firms import MergeFirms
from service.actions.applications.outside_lists import OutsideLists
from service.actions.applications.past_state import PastStates
from service.actions.applications.reports import Reports
from service.actions.catalogue.browse import Browse
from service.actions.catalogue.edit import Edit
from service.actions.catalogue.explain_eligibility import ExplainEligibility
from service.actions.catalogue.export import Export
from service.actions.catalogue.imports import ImportFiles
from service.actions.catalogue.map_headings import MapHeadings
from service.actions.matching.find_participants import FindParticipants
from service.actions.matching.match import Matching
from service.actions.operation.activate_model import ActivateModel
from service.actions.operation.ask_fit import AskFit
from service.actions.operation.drift import Drift
from service.actions.operation.health import Health
from service.actions.operation.hourly import Hourly
from service.actions.records.answer_objections import AnswerObjections
from service.actions.records.browse_audit import BrowseAudit
from service.actions.records.browse_decisions import BrowseDecisions
from service.actions.records.decide import Decide
from service.actions.records.export_results import ExportResults
from service.actions.records.record_runs import RecordRuns
from service.actions.records.replay_run import ReplayRun
from service.actions.records.retain import Retain
from service.actions.records.verify_audit import VerifyAudit
from service.actions.rounds.papers import RoundPapers
from service.actions.rounds.run_round import RunRound
from service.actions.rounds.score_round import ScoreRound
from service.settings import Settings
from service.storage.repositories import Catalogue
from service.telemetry.metrics import Metrics

if TYPE_CHECKING:
    from service.auth.portal import Portal

from datetime import timedelta
from functools import cache
from typing import Any

from model.snapshot import rows
from model.vocabulary.codes import Codes
from service.actions.catalogue.edit import program_guard, startup_guard
from service.actions.catalogue.firms import Firms
from service.actions.catalogue.rulebook import Rulebook
from service.actions.matching.prepare import Preparation
from service.errors import Problem
from service.settings import VOCABULARIES
from service.storage import repositories
from service.storage.matching.registry import Registry
from service.storage.repositories import Records, open_records

KEY = "ieum"
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Wired:
    """The actions that views hand over to; made once by `wire`."""

    settings: Settings
    catalogue: Catalogue
    metrics: Metrics
    matching: Matching
    eligibility: ExplainEligibility
    startups: Browse[Startup]
    programs: Browse[Program]
    edit_startups: Edit[Startup]
    edit_programs: Edit[Program]
    activate_model: ActivateModel
    ask_fit: AskFit
    drift: Drift
    hourly: Hourly
    record_runs: RecordRuns
    replay: ReplayRun
    participants: FindParticipants
    objections: AnswerObjections
    decide: Decide
    decisions: BrowseDecisions
    rounds: RunRound
    score_round: ScoreRound
    desk: Desk
    merge_firms: MergeFirms
    outside_lists: OutsideLists
    clocks: Clocks
    round_papers: RoundPapers
    reports: Reports
    imports: ImportFiles
    heading_maps: MapHeadings
    export: Export
    export_results: ExportResults
    health: Health
    keys: IssueKeys
    users: AdmitUsers
    accesses: AccessLog
    audit: BrowseAudit
    verify_audit: VerifyAudit
    retain: Retain
    sign_in: SignIn
    portal: Portal | None


def wired() -> Wired:
    """The present application's actions."""
    wired_app: Wired = current_app.extensions[KEY]
    return wired_app


def settings() -> Settings:
    """The present application's settings."""
    return wired().settings


def wire(settings: Settings, clock: Clock, registry: Registry) -> Wired:
    """Make every action with its collaborators."""
    catalogue = repositories.open_catalogue(settings.database, clock)
    metrics = Metrics()
    preparation = Preparation(catalogue, registry, metrics, settings.home / "vectors")
    matching = Matching(preparation, clock, metrics)
    records = open_records(clock, keys=timedelta(hours=settings.key_hours))
    accesses, export = AccessLog(catalogue.database, clock), Export(catalogue, clock)
    replay, browse_decisions = ReplayRun(catalogue, records, preparation, registry), BrowseDecisions(catalogue, records)
    desk = Desk(catalogue, records, lambda: preparation.current().rulebook, clock)
    rounds = RunRound(catalogue, matching, clock, desk)
    eligibility = ExplainEligibility(lambda: preparation.current().rulebook, clock)
    return Wired(
        settings=settings,
        catalogue=catalogue,
        metrics=metrics,
        matching=matching,
        eligibility=eligibility,
        **_profiles(catalogue, records, clock),
        activate_model=ActivateModel(registry, catalogue),
        drift=Drift(preparation, clock, metrics),
        hourly=Hourly(catalogue, settings, clock),
        record_runs=RecordRuns(catalogue, records),
        replay=replay,
        participants=FindParticipants(catalogue),
        objections=AnswerObjections(catalogue, records, replay, matching),
        decide=Decide(catalogue, records, eligibility.unmet),
        rounds=rounds,
        score_round=ScoreRound(catalogue, rounds),
        decisions=browse_decisions,
        **_applications(catalogue, records, clock, desk, RoundPapers(catalogue, rounds, export)),
        reports=_reports(catalogue, records, preparation, clock, export),
        imports=ImportFiles(catalogue, clock),
        heading_maps=MapHeadings(catalogue, clock),
        export=export,
        export_results=ExportResults(export, matching, browse_decisions, rounds),
        health=Health(catalogue, preparation, lambda: accesses.waits),
        **_administration(catalogue, records, settings, clock),
        accesses=accesses,
        sign_in=SignIn(catalogue.database, clock, settings),
        portal=_portal(settings, clock),
    )


def _portal(settings: Settings, clock: Clock) -> Portal | None:
    if not settings.oidc_issuer:
        return None
    from service.auth.portal import Portal  # Authlib's 15 MB are for those who sign in by a portal

    return Portal(settings, clock)


def _reports(catalogue: Catalogue, records: Records, preparation: Preparation, clock: Clock, export: Export) -> Reports:
    def rulebook() -> Rulebook:
        return preparation.current().rulebook

    return Reports(PastStates(catalogue, records, rulebook, clock), rulebook, export)


def _applications(
    catalogue: Catalogue, records: Records, clock: Clock, desk: Desk, papers: RoundPapers
) -> dict[str, Any]:
    """What is done with applications: the desk, its clocks and lists, and the papers of rounds."""
    return {
        "desk": desk,
        "round_papers": papers,
        "merge_firms": MergeFirms(catalogue),
        "outside_lists": OutsideLists(catalogue, records),
        "clocks": Clocks(catalogue, records, clock),
    }


def _administration(catalogue: Catalogue, records: Records, settings: Settings, clock: Clock) -> dict[str, Any]:
    """The actions of administrators: who may enter, what was done, how long it stays."""
    return {
        "keys": IssueKeys(catalogue.database, clock),
        "ask_fit": AskFit(catalogue, clock),
        "users": AdmitUsers(catalogue.database, clock),
        "audit": BrowseAudit(catalogue),
        "verify_audit": VerifyAudit(catalogue),
        "retain": Retain(catalogue, records, settings, clock),
    }


def _profiles(catalogue: Catalogue, records: Records, clock: Clock) -> dict[str, Any]:
    """How startups and programs are browsed and edited."""
    startups: dict[str, Any] = {"missing": Problem.STARTUP_NOT_FOUND}
    programs: dict[str, Any] = {"missing": Problem.PROGRAM_NOT_FOUND}
    regions = cache(lambda: Codes.from_folder(VOCABULARIES).regions)
    edit_programs: dict[str, Any] = {"kind": "program", "reader": rows.program, **programs}
    firms = Firms(catalogue, regions)

    def lying_in(place: str) -> frozenset[str]:
        code = regions().find(place)
        return regions().lying_in(code, clock().date()) if code else frozenset()

    of_firms: dict[str, Any] = {"guard": startup_guard(catalogue), "faults": firms.faults, **startups}
    return {
        "startups": Browse(catalogue, catalogue.startups, lying_in=lying_in, **startups),
        "programs": Browse(catalogue, catalogue.programs, **programs),
        "edit_startups": Edit(catalogue, catalogue.startups, kind="startup", reader=rows.startup, **of_firms),
        "edit_programs": Edit(catalogue, catalogue.programs, guard=program_guard(catalogue, records), **edit_programs),
    }
