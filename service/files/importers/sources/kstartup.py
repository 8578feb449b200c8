"""Notices of the K-Startup service as programs: both spellings of its fields, both forms of its dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model.vocabulary.codes import Codes
from service.files.importers.sources import notices
from service.files.importers.sources.notices import Note, address, text
from service.files.importers.values import places


def program(item: Mapping[str, Any], codes: Codes) -> tuple[dict[str, Any], list[Note], set[str]]:
    """The facts of one notice, notes on what was left out, and the keys that were read.

    `biz_enyy` is a search label, not the rule (미만 where the notice says 이내), so it is only shown in `source`.
    """
    read = _Item(item)
    if not item.get("pbanc_sn"):
        return _business(read)
    period = notices.period(read.value("pbanc_rcpt_bgng_dt"), read.value("pbanc_rcpt_end_dt"), apart=True)
    support, unknown = notices.supports(read.value("supt_biz_clsfc"), codes)
    excluded = read.text("aply_excl_trgt_ctnt", "aply_exclt_trgt_ctnt")
    regions = places.many(codes.regions, read.text("supt_regin"))
    strange = [region for region in regions if region not in codes.regions]
    number = notices.number(read.value("pbanc_sn"))
    shown = {
        "업력 표시값(자격 판정에 쓰지 않음)": ", ".join(notices.listed(read.value("biz_enyy"))),
        "접수 기간": period.words,
        "지역": read.text("supt_regin") if strange else "",
        "신청 제외 대상": excluded,
    }
    values = {
        "id": f"kstartup-{number}",
        **notices.named(read.text("biz_pbanc_nm")),
        **notices.summary(read.text("pbanc_ctnt")),
        "demand": "\n".join(filter(None, (read.text("aply_trgt_ctnt"), read.text("prfn_matr")))),
        "operator": read.text("pbanc_ntrp_nm"),
        "track": read.text("intg_pbanc_biz_nm") if item.get("intg_pbanc_yn") == "Y" else "",
        "url": address(read.value("detl_pg_url", "Detl_pg_url")) or address(read.value("biz_gdnc_url")),
        "source": [f"K-Startup 공고 {number}", *(f"{label}: {said}" for label, said in shown.items() if said)],
        "support": support,
        # Half a restriction would be another one: where a region is not known a person must look.
        "regions": [] if strange else regions,
        **notices.days_of(period),
        "year": period.year,
        "manual_checks": [notices.LOOK] if excluded or strange else [],
        "confidence": "found",
    }
    notes: list[Note] = [("support_unknown", "support", word) for word in unknown]
    notes += [("region_unknown", "regions", word) for word in strange]
    notes += [("no_closing_day", "closes_on", period.words)] if period.words else []
    notes += notices.opening_hour(read.value("pbanc_rcpt_bgng_dt")) if period.begins else []
    return notices.stated(values), notes, read.used


def _business(read: _Item) -> tuple[dict[str, Any], list[Note], set[str]]:
    """A yearly business: it takes no applications itself, so it is shown and never ranked."""
    parts = ("biz_supt_ctnt", "supt_biz_intrd_info", "supt_biz_chrct", "biz_supt_bdgt_info")
    year, number = read.text("biz_yr"), read.text("id")
    values = {
        "id": f"kstartup-business-{number}" if number else None,
        **notices.named(read.text("supt_biz_titl_nm")),
        **notices.summary("\n".join(filter(None, [read.text(part) for part in parts]))),
        "demand": read.text("biz_supt_trgt_info"),
        "year": int(year) if year.isascii() and year.isdigit() else None,
        "url": address(read.value("Detl_pg_url", "detl_pg_url")),
        "source": ["K-Startup 사업 소개"],
        "role": "reference",
        "confidence": "found",
    }
    return notices.stated(values), [], read.used


class _Item:
    """One notice, and the keys that were read of it."""

    def __init__(self, item: Mapping[str, Any]) -> None:
        self._item, self.used = item, {"intg_pbanc_yn"}

    def value(self, *spellings: str) -> object:
        """The first of a field's spellings that holds anything."""
        key = next((key for key in spellings if self._item.get(key)), spellings[0])
        value = self._item.get(key)
        if not (notices.holds(value) or notices.is_nothing(value)):
            return None
        self.used.add(key)
        return value

    def text(self, *spellings: str) -> str:
        """The same as a person reads it."""
        return text(self.value(*spellings))
