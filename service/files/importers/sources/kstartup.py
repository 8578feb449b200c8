"""Notices of the K-Startup service as programs: both spellings of its fields, both forms of its dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model.vocabulary.codes import Codes
from service.files.importers.sources import notices
from service.files.importers.sources.notices import address, text
from service.files.importers.values import places


def program(item: Mapping[str, Any], codes: Codes) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """The facts of one notice, and notes (code, field, value) on what was left out.

    `biz_enyy` is a search label, not the rule (미만 where the notice says 이내), so it is only shown in `source`.
    """
    if not item.get("pbanc_sn"):
        return _business(item)
    period = notices.period(item.get("pbanc_rcpt_bgng_dt"), item.get("pbanc_rcpt_end_dt"))
    support, unknown = notices.supports(item.get("supt_biz_clsfc"), codes)
    excluded = text(_either(item, "aply_excl_trgt_ctnt", "aply_exclt_trgt_ctnt"))
    number = text(item["pbanc_sn"])
    values = {
        "id": f"kstartup-{number}",
        **notices.named(text(item.get("biz_pbanc_nm"))),
        **notices.told(text(item.get("pbanc_ctnt"))),
        "demand": "\n".join(filter(None, (text(item.get("aply_trgt_ctnt")), text(item.get("prfn_matr"))))),
        "operator": text(item.get("pbanc_ntrp_nm")),
        "track": text(item.get("intg_pbanc_biz_nm")) if item.get("intg_pbanc_yn") == "Y" else "",
        "url": address(_either(item, "detl_pg_url", "Detl_pg_url")) or address(item.get("biz_gdnc_url")),
        "source": _source(number, item, period.words),
        "support": support,
        "regions": places.many(codes.regions, text(item.get("supt_regin"))),
        **_days(period),
        "year": period.year,
        "manual_checks": ["other_restriction"] if excluded else [],
        "confidence": "found",
    }
    return notices.known(values), _notes(unknown, period)


def _business(item: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """A yearly business: it takes no applications itself, so it is shown and never ranked."""
    parts = ("biz_supt_ctnt", "supt_biz_intrd_info", "supt_biz_chrct", "biz_supt_bdgt_info")
    year = text(item.get("biz_yr"))
    values = {
        "id": f"kstartup-business-{text(item.get('id'))}" if item.get("id") else None,
        **notices.named(text(item.get("supt_biz_titl_nm"))),
        **notices.told("\n".join(filter(None, (text(item.get(part)) for part in parts)))),
        "demand": text(item.get("biz_supt_trgt_info")),
        "year": int(year) if year.isascii() and year.isdigit() else None,
        "url": address(_either(item, "Detl_pg_url", "detl_pg_url")),
        "source": ["K-Startup 사업 소개"],
        "role": "reference",
        "confidence": "found",
    }
    return notices.known(values), []


def _either(item: Mapping[str, Any], *spellings: str) -> object:
    return next((item[key] for key in spellings if item.get(key)), None)


def _days(period: notices.Period) -> dict[str, Any]:
    return {
        "opens_on": period.begins and period.begins.isoformat(),
        "closes_on": period.ends and period.ends.isoformat(),
        "always_open": period.is_standing,
    }


def _source(number: str, item: Mapping[str, Any], period: str) -> list[str]:
    ages = ", ".join(notices.listed(item.get("biz_enyy")))
    return [
        f"K-Startup 공고 {number}",
        *([f"업력 표시값(자격 판정에 쓰지 않음): {ages}"] if ages else []),
        *([f"접수 기간: {period}"] if period else []),
    ]


def _notes(unknown: list[str], period: notices.Period) -> list[tuple[str, str, str]]:
    notes = [("support_unknown", "support", word) for word in unknown]
    return notes + ([("no_closing_day", "closes_on", period.words)] if period.words else [])
