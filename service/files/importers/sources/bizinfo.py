"""Notices of 기업마당 and of the ministry's own list as programs, by their API names, RSS names or XML names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model.vocabulary.codes import Codes
from service.files.importers.sources import notices
from service.files.importers.sources.notices import Note, address, text

SITE = "https://www.bizinfo.go.kr"
NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("pblancId", "seq", "itemId"),
    "title": ("pblancNm", "title"),
    "summary": ("bsnsSumryCn", "description", "dataContents"),
    "url": ("pblancUrl", "link", "viewUrl", "rceptEngnHmpgUrl"),
    "operator": ("excInsttNm", "jrsdInsttNm", "author", "writerName"),
    "category": ("pldirSportRealmLclasCodeNm", "lcategory"),
    "part": ("pldirSportRealmMlsfcCodeNm",),
    "period": ("reqstBeginEndDe", "reqstDt"),
    "begins": ("applicationStartDate",),
    "ends": ("applicationEndDate",),
    "target": ("trgetNm",),
    "hashtags": ("hashtags", "hashTags"),
}
"""Every spelling of a field that the services have used."""


def program(item: Mapping[str, Any], codes: Codes) -> tuple[dict[str, Any], list[Note], set[str]]:
    """The facts of one notice, notes on what was left out, and the keys that were read.

    Hashtags name regions for searching; they are not the rule, so a person must check the notice.
    """
    used = {
        spelled: key
        for spelled, keys in NAMES.items()
        if (key := next((k for k in keys if notices.holds(item.get(k))), None))
    }
    cells = {spelled: item[key] for spelled, key in used.items()}
    period = notices.period(cells.get("period") or cells.get("begins"), cells.get("ends"))
    support, unknown = notices.supports(cells.get("category"), codes)
    more, unknown_parts = notices.supports(cells.get("part"), codes)
    applicants, strangers = notices.targets(cells.get("target"), codes)
    number, tags = notices.number(cells.get("id")), notices.listed(cells.get("hashtags"))
    years = [tag for tag in tags if len(tag) == 4 and tag.isascii() and tag.isdigit() and tag[:2] == "20"]
    # Where the data can't say who may apply, nobody is shut out and nobody passes: a person must look.
    must_look = strangers or "target" not in cells or any(codes.regions.find(tag) for tag in tags)
    service, key = ("중소벤처기업부", "mss") if "itemId" in item else ("기업마당", "bizinfo")
    values = {
        "id": f"{key}-{number}" if number else None,
        **notices.named(text(cells.get("title"))),
        **notices.summary(text(cells.get("summary"))),
        "operator": text(cells.get("operator")),
        "url": address(cells.get("url"), SITE),
        "source": [
            f"{service} 공고 {number}",
            *([f"접수 기간: {period.words}"] if period.words else []),
            *([f"지원 대상: {', '.join(strangers)}"] if strangers else []),
            *([f"해시태그: {', '.join(tags)}"] if tags else []),
        ],
        "support": list(dict.fromkeys((*support, *more))),
        "applicants": applicants,
        **notices.days_of(period),
        "year": period.year or (int(years[0]) if years else None),
        "manual_checks": [notices.LOOK] if must_look else [],
        "confidence": "found",
    }
    notes: list[Note] = [("support_unknown", "support", word) for word in (*unknown, *unknown_parts)]
    notes += [("target_unknown", "applicants", word) for word in strangers]
    notes += [] if "target" in cells else [("target_missing", "applicants", "")]
    notes += [("no_closing_day", "closes_on", period.words)] if period.words else []
    notes += notices.opening_hour(cells.get("period") or cells.get("begins")) if period.begins else []
    return notices.stated(values), notes, set(used.values())
