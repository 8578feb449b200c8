"""Notices of 기업마당 and of the ministry's own list as programs, by their API names, RSS names or XML names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model.vocabulary.codes import Codes
from service.files.importers.sources import notices
from service.files.importers.sources.notices import address, text

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


def program(item: Mapping[str, Any], codes: Codes) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """The facts of one notice, and notes (code, field, value) on what was left out.

    Hashtags name regions for searching; they are not the rule, so a person must check the notice.
    """
    period = notices.period(_of(item, "period") or _of(item, "begins"), _of(item, "ends"))
    support, unknown = notices.supports(_of(item, "category"), codes)
    more, _ = notices.supports(_of(item, "part"), codes)
    number, tags = text(_of(item, "id")), notices.listed(_of(item, "hashtags"))
    years = [tag for tag in tags if len(tag) == 4 and tag.isascii() and tag.isdigit() and tag[:2] == "20"]
    values = {
        "id": _identifier(number, item),
        **notices.named(text(_of(item, "title"))),
        **notices.told(text(_of(item, "summary"))),
        "operator": text(_of(item, "operator")),
        "url": address(_of(item, "url"), SITE),
        "source": [f"{_service(item)} 공고 {number}", *([f"접수 기간: {period.words}"] if period.words else [])],
        "support": list(dict.fromkeys((*support, *more))),
        "applicants": notices.all_of(codes.kinds, notices.listed(_of(item, "target"))),
        "opens_on": period.begins and period.begins.isoformat(),
        "closes_on": period.ends and period.ends.isoformat(),
        "always_open": period.is_standing,
        "year": period.year or (int(years[0]) if years else None),
        "manual_checks": ["other_restriction"] if any(codes.regions.find(tag) for tag in tags) else [],
        "confidence": "found",
    }
    notes = [("support_unknown", "support", word) for word in unknown]
    return notices.known(values), notes + ([("no_closing_day", "closes_on", period.words)] if period.words else [])


def _of(item: Mapping[str, Any], name: str) -> object:
    return next((item[key] for key in NAMES[name] if item.get(key)), None)


def _identifier(number: str, item: Mapping[str, Any]) -> str | None:
    return f"{'mss' if 'itemId' in item else 'bizinfo'}-{number}" if number else None


def _service(item: Mapping[str, Any]) -> str:
    return "중소벤처기업부" if "itemId" in item else "기업마당"
