"""The application: one named line for each thing that is wired."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import NullSession, SessionInterface
from werkzeug.exceptions import HTTPException

from model.snapshot import rows
from model.vocabulary.codes import Codes
from service.actions.access.admit_users import AdmitUsers
from service.actions.access.issue_keys import IssueKeys
from service.actions.access.keep_access_log import AccessLog
from service.actions.access.recognise import Recognise
from service.actions.access.sign_in import SignIn
from service.actions.applications.clocks import Clocks
from service.actions.applications.desk import Desk
from service.actions.applications.merge_firms import MergeFirms
from service.actions.applications.outside_lists import OutsideLists
from service.actions.catalogue.browse import Browse
from service.actions.catalogue.edit import Edit, program_guard, startup_guard
from service.actions.catalogue.explain_eligibility import ExplainEligibility
from service.actions.catalogue.export import Export
from service.actions.catalogue.firms import Firms
from service.actions.catalogue.imports import ImportFiles
from service.actions.catalogue.map_headings import MapHeadings
from service.actions.matching.find_participants import FindParticipants
from service.actions.matching.match import Matching
from service.actions.matching.prepare import Preparation
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
from service.api import register
from service.api.matching import answers
from service.api.wire import addresses, problems
from service.auth import doors, keeper, policy
from service.auth.keeper import Keeper
from service.auth.limits import RateLimits
from service.auth.peers import Peers
from service.auth.work import WorkBounds
from service.console import register as console
from service.errors import Problem, ServiceError
from service.settings import VOCABULARIES, Settings, now
from service.storage import repositories
from service.storage.evidence import erasures
from service.storage.matching.registry import Registry
from service.storage.repositories import Catalogue, Records, open_records
from service.telemetry import log, requests
from service.telemetry.metrics import Metrics
from service.wired import KEY, Wired

if TYPE_CHECKING:
    from service.auth.portal import Portal

Clock = Callable[[], datetime]


def create_app(settings: Settings, clock: Clock = now, registry: Registry | None = None) -> Flask:
    """Make the application; the database and the model are opened when first needed."""
    app = IeumFlask("service", static_folder=None, template_folder="api/templates")
    app.url_map.merge_slashes = False  # an address that is not there is a 404, not a redirect to a guess
    app.config["MAX_CONTENT_LENGTH"] = settings.body_limit
    app.extensions[KEY] = wire(settings, clock, registry or Registry(settings.artifacts, settings.verify_key))
    log.set_up()
    peers = Peers(app.wsgi_app, settings.trusted_proxies, settings.proxy_header)
    app.wsgi_app = requests.Signed(peers, app.extensions[KEY].metrics)  # type: ignore[method-assign]  # Flask's own way to wrap
    app.extensions[keeper.KEY] = keeper_of(app.extensions[KEY], clock)
    app.before_request(admitted)
    app.after_request(noted)
    problems.install(app)
    answers.install(app)
    register.resources(app)
    console.install(app, problems.known, app.extensions[answers.KEY].bytes_of)
    return app


def admitted() -> None:
    """Ask before every view whether the request may be answered; Flask pays for each hook, so all of it is one."""
    addresses.check()
    erasures.BEGUN.set(None)
    doors.check()
    if g.get("known") is not None:  # whatever this request will write is compared with the counter as it is now
        with suppress(ServiceError):  # no database: whoever needs it is told there
            erasures.BEGUN.set(current_app.extensions[KEY].catalogue.revisions.erasures())
    addresses.check_form()


def noted(response: Response) -> Response:
    """Write down after every view who came to what; what is written from now on belongs to no request."""
    erasures.BEGUN.set(None)
    return doors.note(response)


def body_limit(app: Flask, method: str, path: str) -> int:
    """How many bytes the view behind an address takes; what leads nowhere takes as much as most views."""
    settings: Settings = app.extensions[KEY].settings
    try:
        endpoint, _ = app.url_map.bind("").match(path, method)
    except HTTPException:
        return settings.body_limit
    stated = policy.of(app.view_functions[endpoint])
    limit: int = getattr(settings, stated.body if stated else "body_limit")
    return limit


class Sessionless(SessionInterface):
    """Flask's own sessions, of which there are none: ours are in the database."""

    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> NullSession:  # noqa: ARG002 - Flask names them
        """Open none."""
        return self._none


class IeumFlask(Flask):
    """Flask without sessions of its own, and more exact about OPTIONS."""

    session_interface = Sessionless()

    def make_default_options_response(self) -> Response:
        """Name what the address itself takes, not what a wider pattern of it takes."""
        address = str(request.url_rule)
        rules = [rule for rule in self.url_map.iter_rules() if rule.rule == address]
        response = self.response_class()
        response.allow.update(method for rule in rules for method in rule.methods or ())
        return response


def keeper_of(wired: Wired, clock: Clock) -> Keeper:
    """Make what the doors ask."""
    portal_decides = bool(wired.settings.oidc_role_claim)
    recognise = Recognise(wired.catalogue.database, clock, portal_decides=portal_decides)
    return Keeper(wired.settings, recognise, wired.sign_in, RateLimits(wired.settings), wired.accesses, WorkBounds())


def wire(settings: Settings, clock: Clock, registry: Registry) -> Wired:
    """Make every action with its collaborators."""
    catalogue = repositories.open_catalogue(settings.database, clock)
    metrics = Metrics()
    preparation = Preparation(catalogue, registry, metrics, settings.home / "vectors")
    matching = Matching(preparation, clock, metrics)
    records = open_records(clock, keys=timedelta(hours=settings.key_hours))
    accesses, export = AccessLog(catalogue.database, clock), Export(catalogue, clock)
    replay = ReplayRun(catalogue, records, preparation, registry)
    browse_decisions = BrowseDecisions(catalogue, records)
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
    of_firms: dict[str, Any] = {"guard": startup_guard(catalogue), "faults": Firms(catalogue).faults, **startups}
    return {
        "startups": Browse(
            catalogue, catalogue.startups, lying_in=lambda code: regions().lying_in(code, clock().date()), **startups
        ),
        "programs": Browse(catalogue, catalogue.programs, **programs),
        "edit_startups": Edit(catalogue, catalogue.startups, kind="startup", reader=rows.startup, **of_firms),
        "edit_programs": Edit(catalogue, catalogue.programs, guard=program_guard(catalogue, records), **edit_programs),
    }
