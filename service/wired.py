"""What the application wired, as the views of API and console find it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from model.domain import Program, Startup
from service.actions.activate_model import ActivateModel
from service.actions.admit_users import AdmitUsers
from service.actions.answer_objections import AnswerObjections
from service.actions.browse import Browse
from service.actions.browse_audit import BrowseAudit
from service.actions.browse_decisions import BrowseDecisions
from service.actions.decide import Decide
from service.actions.drift import Drift
from service.actions.edit import Edit
from service.actions.explain_eligibility import ExplainEligibility
from service.actions.export import Export
from service.actions.export_results import ExportResults
from service.actions.find_participants import FindParticipants
from service.actions.health import Health
from service.actions.imports import ImportFiles
from service.actions.issue_keys import IssueKeys
from service.actions.keep_access_log import AccessLog
from service.actions.match import Matching
from service.actions.record_runs import RecordRuns
from service.actions.replay_run import ReplayRun
from service.actions.retain import Retain
from service.actions.run_round import RunRound
from service.actions.score_round import ScoreRound
from service.actions.sign_in import SignIn
from service.actions.verify_audit import VerifyAudit
from service.auth.portal import Portal
from service.settings import Settings
from service.storage.catalogue import Catalogue
from service.telemetry.metrics import Metrics

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
    record_runs: RecordRuns
    replay: ReplayRun
    participants: FindParticipants
    objections: AnswerObjections
    decide: Decide
    decisions: BrowseDecisions
    rounds: RunRound
    score_round: ScoreRound
    imports: ImportFiles
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
    portal: Portal


def wired() -> Wired:
    """The present application's actions."""
    found: Wired = current_app.extensions[KEY]
    return found


def settings() -> Settings:
    """The present application's settings."""
    return wired().settings
