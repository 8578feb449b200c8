"""Eligibility: what the rules say of a startup, what a program's rules do, and who finds no program."""

from __future__ import annotations

from flask import Response

from model.domain import Startup
from service.actions.catalogue.explain_eligibility import ExplanationWish
from service.api.catalogue import eligibility_schema as eligibility
from service.api.catalogue import overview_schema as overview
from service.api.catalogue.eligibility_schema import EligibilitySchema, UnlocksSchema
from service.api.catalogue.overview_schema import CoverageSchema, ExclusionsSchema
from service.api.catalogue.profiles_schema import ProfileSchema
from service.api.wire import plain
from service.api.wire.arguments import Resource
from service.api.wire.language import language
from service.api.wire.options import ExplainOptions, OverviewOptions
from service.auth.policy import policy
from service.wired import wired

resource = Resource("eligibility", __name__, description="신청 요건 · Eligibility")


@resource.route("/startups/<string:startup_id>/eligibility")
@resource.arguments(ExplainOptions, location="query")
@resource.response(200, EligibilitySchema)
@policy("match")
def of_startup(wish: ExplanationWish, startup_id: str) -> Response:
    """Check every open call for a stored startup."""
    return plain.said(eligibility.of_startup(wired().eligibility.of_startup(startup_id, wish), language()))


@resource.route("/eligibility", methods=["POST"])
@resource.arguments(ExplainOptions, location="query")
@resource.arguments(ProfileSchema)
@resource.response(200, EligibilitySchema)
@policy("match")
def of_profile(wish: ExplanationWish, startup: Startup) -> Response:
    """Check every open call for the startup in the body; nothing is stored."""
    return plain.said(eligibility.of_startup(wired().eligibility.of_profile(startup, wish), language()))


@resource.route("/startups/<string:startup_id>/unlocks")
@resource.arguments(ExplainOptions, location="query")
@resource.response(200, UnlocksSchema)
@policy("match")
def unlocks(wish: ExplanationWish, startup_id: str) -> Response:
    """List the open calls that one change would unlock for a stored startup, the soonest first."""
    return plain.said(eligibility.unlocks(wired().eligibility.steps(startup_id, wish), language()))


@resource.route("/programs/<string:program_id>/exclusions")
@resource.arguments(OverviewOptions, location="query")
@resource.response(200, ExclusionsSchema)
@policy("read", program="program_id")
def exclusions(wish: ExplanationWish, program_id: str) -> Response:
    """Count whom each rule of a program shuts out, and whom relaxing it would let in."""
    return plain.said(overview.exclusions(wired().eligibility.of_program(program_id, wish), language()))


@resource.route("/catalogue/coverage")
@resource.arguments(OverviewOptions, location="query")
@resource.response(200, CoverageSchema)
@policy("read")
def coverage(wish: ExplanationWish) -> Response:
    """Count startups with no eligible program by region, and each program's eligible startups, the fewest first."""
    return plain.said(overview.coverage(wired().eligibility.of_catalogue(wish), language()))
