"""What the application wired, as the views of API and console find it."""

from __future__ import annotations

from dataclasses import dataclass
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
from service.actions.catalogue.browse import Browse
from service.actions.catalogue.edit import Edit
from service.actions.catalogue.explain_eligibility import ExplainEligibility
from service.actions.catalogue.export import Export
from service.actions.catalogue.imports import ImportFiles
from service.actions.catalogue.map_headings import MapHeadings
from service.actions.matching.find_participants import FindParticipants
from service.actions.matching.match import Matching
from service.actions.operation.activate_model import ActivateModel
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

KEY = "ieum"


@dataclass(frozen=True, slots=True)
class Wired:
    """The actions that views hand over to; made once by `create_app`."""

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
