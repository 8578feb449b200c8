"""Every page that a test walks through, by its address in one language, and the application that some are of."""

from __future__ import annotations

from datetime import date

from model.domain import Application
from service.actions.applications.outside_lists import OutsideFile
from service.actions.catalogue.import_profiles import ImportProfiles
from service.files.importers.files import Brought
from service.identity import SHELL
from service.storage.applications.listings import ListingKind
from service.wired import Wired

APPLICATION = Application(
    "a-1", "s-0001", "majung-2026", "1", item="견본 아이템", host="견본기관", received_on=date(2026, 2, 1)
)
OWING = "기업명,사업자등록번호,비고\n{name},,분할 납부 중\n"


def apply(wired: Wired) -> None:
    """Store the application, and a list from outside that names its firm without a number."""
    ImportProfiles(wired.catalogue)(Brought(applications=(APPLICATION,)), SHELL)
    raw = OWING.format(name=wired.startups.one(APPLICATION.startup_id).record.name).encode()
    wired.outside_lists.bring(OutsideFile(raw, "환수.csv", ListingKind.CLAW_BACK, "견본기관", date(2026, 2, 1)), SHELL)


PAGES = (
    "",
    "coverage",
    "drift",
    "programs",
    "programs?q=aws&role=open_call&year=2026",
    "programs?q=nothing-has-this-name",
    "programs/majung-2026",
    "programs/around-x-2026",
    "programs/majung-2026/exclusions",
    "programs/majung-2026/shortlist",
    "comparison",
    "comparison?startup=s-0001&program=majung-2026&program=jungle-2026&program=naver-d2sf-2026",
    "comparison?startup=s-0001&startup=s-0002&program=majung-2026",
    "profile",
    "decisions",
    "decisions?program=majung-2026&action=selected",
    "imports",
    "objections",
    "objections?state=open",
    "objections/new?decision_id=d-1",
    "users",
    "keys",
    "keys/new",
    "audit",
    "audit?deed=import&actor_id=x&subject=s-0001",
    "audit/verification",
    "access-log",
    "access-log?subject=startup_id:s-0001&since=2026-01-01",
    "retention?count=1",
    "rounds",
    "rounds/new",
    "rounds/exposure",
    "sign-in",
    "model",
    "help",
    "startups",
    "startups?q=ai&stage=seed&region=11&kind=startup",
    "startups?q=nothing-has-this-name",
    "startups?page=2",
    "startups/s-0001",
    "startups/s-0001?on=2031-01-01",
    "startups/s-0001?on=2031-01-01&ineligible=1&limit=25",
    "startups/s-0001/eligibility",
    "startups/s-0001/eligibility?page=2",
    "startups/s-0001/programs/majung-2026",
    "startups/s-0001/merges",
    "applications",
    "applications?program=majung-2026",
    "applications?q=nothing-has-this-name",
    "applications/a-1",
    "programs/majung-2026/progress",
    "due",
    "criteria",
    "criteria/papers",
    "reports",
    "reports?on=2026-02-02",
    "reports?on=2020-01-01",
    "listings",
    "edit/startups",
    "edit/programs",
    "edit/startups/s-0001",
    "edit/programs/majung-2026",
    "edit/calls",
)

OF_ROUND = (
    "",
    "/programs/{program}",
    "/what-if",
    "/lists",
    "/lists?by=prices&length=3",
    "/exposure",
    "/scores",
)
"""Pages of one round, after its own address."""
