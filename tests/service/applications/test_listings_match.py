"""The database matches firms with lists from outside as the rule in memory does, which reports of past days use."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from flask import Flask

from service.actions.applications.outside_lists import OutsideFile
from service.actions.catalogue.import_profiles import ImportProfiles
from service.files.importers.files import Brought
from service.identity import UserRole
from service.storage.applications.listings import ListedFirm, ListingKind, Listings
from service.wired import KEY, Wired
from tests.service import given
from tests.service.applications.test_applicants import number

NAMES = ("견본기업", "(주)견본기업", "다른기업", "Sample Co", "")
BOTH = replace(given.MANAGER, role=UserRole.OPERATOR)
"""A person who may merge firms."""

NUMBERS = tuple(number(at) for at in range(1, 12))


def ordered(standings: dict[str, list[ListedFirm]]) -> dict[str, list[ListedFirm]]:
    return {firm: sorted(some, key=lambda each: (each.listing, each.line)) for firm, some in standings.items()}


def test_firms_are_matched_alike(app: Flask) -> None:
    rng, wired = random.Random(4), app.extensions[KEY]
    assert isinstance(wired, Wired)
    firms = [
        replace(firm, name=rng.choice(NAMES), name_en=rng.choice(NAMES), business_number=own)
        for firm, own in zip(given.startups()[:20], (*NUMBERS, *[None] * 9), strict=True)
    ]
    ImportProfiles(wired.catalogue)(Brought(startups=tuple(firms)), given.OPERATOR)
    wired.merge_firms(firms[0].id, firms[19].id, "같은 기업", BOTH)
    wired.merge_firms(firms[1].id, firms[2].id, "같은 기업", BOTH)
    matched = 0
    for at in range(8):
        lines = "\n".join(f"{rng.choice(NAMES) or '없는기업'},{rng.choice(('', *NUMBERS))}," for _ in range(12))
        kind = rng.choice(list(ListingKind))
        raw = f"기업명,사업자등록번호,비고\n{lines}\n".encode()
        file = OutsideFile(raw, "목록.csv", kind, rng.choice(("국세청", "견본기관")), date(2026, 2, 1))
        report = wired.outside_lists.bring(file, given.OPERATOR)
        for match in [match for match in report.matches if not match.standing.is_sure][:4]:
            about = (report.listing.id, match.standing.line, match.startup.id)
            wired.outside_lists.answer(*about, is_same=rng.random() < 0.5, reason="확인", actor=given.MANAGER)
        with wired.catalogue.database.reading() as connection:
            stored = [each.record for each in wired.catalogue.startups.since(connection, 0)]
            current, listings = Listings().current(connection), Listings()
            wanted = {firm.id: stands for firm in stored if (stands := current.of(firm))}
            standings = listings.standings(connection)
            assert ordered(standings) == ordered(wanted), at
            some = sorted(wanted)[::2]
            assert ordered(listings.standings(connection, some)) == ordered({firm: wanted[firm] for firm in some})
            matched += sum(map(len, wanted.values()))
    assert matched > 50
