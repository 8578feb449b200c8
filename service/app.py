"""The application: one named line for each thing that is wired."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, request

from model import rows
from service.actions.activate_model import ActivateModel
from service.actions.admit_users import AdmitUsers
from service.actions.answer_objections import AnswerObjections
from service.actions.browse import Browse
from service.actions.browse_decisions import BrowseDecisions
from service.actions.decide import Decide
from service.actions.drift import Drift
from service.actions.edit import Edit, program_guard
from service.actions.explain_eligibility import ExplainEligibility
from service.actions.export import Export
from service.actions.export_results import ExportResults
from service.actions.health import Health
from service.actions.imports import ImportFiles
from service.actions.issue_keys import IssueKeys
from service.actions.keep_access_log import AccessLog
from service.actions.match import Matching
from service.actions.prepare import Preparation
from service.actions.recognise import Recognise
from service.actions.record_runs import RecordRuns
from service.actions.replay_run import ReplayRun
from service.actions.run_round import RunRound
from service.actions.sign_in import SignIn
from service.api import answers, problems, register
from service.auth import doors
from service.auth.keeper import Keeper
from service.auth.limits import Limits
from service.auth.peers import Peers
from service.auth.portal import Portal
from service.console import register as console
from service.registry import Registry
from service.settings import Settings, now
from service.storage import catalogue as storage
from service.storage.records import kept
from service.telemetry import log, requests
from service.telemetry.metrics import Metrics
from service.wired import KEY, Wired

Clock = Callable[[], datetime]


def create_app(settings: Settings, clock: Clock = now, registry: Registry | None = None) -> Flask:
    """Make the application; the database and the model are opened when first needed."""
    app = Application("service", static_folder=None)
    app.url_map.merge_slashes = False  # an address that is not there is a 404, not a redirect to a guess
    app.config["MAX_CONTENT_LENGTH"] = settings.body_limit
    app.extensions[KEY] = wire(settings, clock, registry or Registry(settings.artifacts, settings.verify_key))
    log.set_up()
    peers = Peers(app.wsgi_app, settings.trusted_proxies, settings.proxy_header)
    app.wsgi_app = requests.Signed(peers, app.extensions[KEY].metrics)  # type: ignore[method-assign]  # Flask's own way to wrap
    doors.install(app, keeper_of(app.extensions[KEY], clock))
    problems.install(app)
    answers.install(app)
    register.resources(app)
    console.install(app, problems.known, problems.STATUS, app.extensions[answers.KEY].bytes_of)
    return app


class Application(Flask):
    """Flask, naming in an answer to OPTIONS what the address itself takes, not what a wider pattern of it takes."""

    def make_default_options_response(self) -> Response:
        """Answer OPTIONS."""
        address = str(request.url_rule)
        rules = [rule for rule in self.url_map.iter_rules() if rule.rule == address]
        response = self.response_class()
        response.allow.update(method for rule in rules for method in rule.methods or ())
        return response


def keeper_of(wired: Wired, clock: Clock) -> Keeper:
    """Make what the doors ask."""
    recognise = Recognise(wired.catalogue.database, clock)
    return Keeper(wired.settings, recognise, wired.sign_in, Limits(wired.settings), wired.accesses)


def wire(settings: Settings, clock: Clock, registry: Registry) -> Wired:
    """Make every action with its collaborators."""
    catalogue = storage.opened(settings.database, clock)
    metrics = Metrics()
    preparation = Preparation(catalogue, registry, metrics)
    matching = Matching(preparation, clock, metrics)
    records = kept(clock, keys=timedelta(hours=settings.key_hours))
    replay = ReplayRun(catalogue, records, preparation, registry)
    startups: dict[str, Any] = {"missing": "startup_not_found"}
    programs: dict[str, Any] = {"missing": "program_not_found"}
    edit_programs: dict[str, Any] = {"kind": "program", "reader": rows.program, **programs}
    export = Export(catalogue, clock)
    browse_decisions = BrowseDecisions(catalogue, records)
    return Wired(
        settings=settings,
        catalogue=catalogue,
        metrics=metrics,
        matching=matching,
        eligibility=ExplainEligibility(preparation, clock),
        startups=Browse(catalogue, catalogue.startups, **startups),
        programs=Browse(catalogue, catalogue.programs, **programs),
        edit_startups=Edit(catalogue, catalogue.startups, kind="startup", reader=rows.startup, **startups),
        edit_programs=Edit(catalogue, catalogue.programs, guard=program_guard(catalogue, records), **edit_programs),
        activate_model=ActivateModel(registry, catalogue),
        drift=Drift(preparation, clock, metrics),
        record_runs=RecordRuns(catalogue, records),
        replay=replay,
        objections=AnswerObjections(catalogue, records, replay, matching),
        decide=Decide(catalogue, records),
        rounds=RunRound(catalogue, matching, clock),
        decisions=browse_decisions,
        imports=ImportFiles(catalogue, clock),
        export=export,
        export_results=ExportResults(export, matching, browse_decisions),
        health=Health(catalogue, preparation),
        keys=IssueKeys(catalogue.database, clock),
        users=AdmitUsers(catalogue.database, clock),
        accesses=AccessLog(catalogue.database, clock),
        sign_in=SignIn(catalogue.database, clock, settings),
        portal=Portal(settings, clock),
    )
