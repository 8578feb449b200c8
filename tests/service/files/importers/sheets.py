"""The same twelve startups as every kind of file: CSV in five encodings, tabs, JSON lines, XLSX."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

from model.domain import Startup
from model.snapshot import rows
from tests.service import given

ENCODINGS = {
    "utf-8": lambda text: text.encode(),
    "utf-8-sig": lambda text: text.encode("utf-8-sig"),
    "cp949": lambda text: text.encode("cp949"),
    "utf-16-le": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "utf-16-be": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
}
HEADINGS = {
    "id": "기업 ID",
    "name": "기업명",
    "summary": "사업 소개",
    "technologies": "핵심 기술",
    "industry": "업종코드",
    "stage": "투자단계",
    "entity": "사업자 형태",
    "founded_on": "설립일자",
    "region": "본점 소재지",
    "employees": "임직원 수(명)",
    "revenue_krw": "매출액(원)",
    "needs": "희망 지원",
    "business_number": "사업자등록번호",
}


def chosen() -> tuple[Startup, ...]:
    """Startups whose facts fit into these columns and into CP949, known by ids of their own."""
    found = [rows.plain(startup) for startup in given.startups()]
    values = [{key: row[key] for key in HEADINGS if key in row} | {"id": f"x-{row['id']}"} for row in found]
    values = [
        row | {"business_number": numbered(at)} if "business_number" in row else row for at, row in enumerate(values)
    ]
    return tuple(rows.startup(value) for value in values if _fits(value))[:12]


def numbered(place: int) -> str:
    """A business number that nobody else has, with the right check digit."""
    digits = [int(digit) for digit in f"99{place:07d}"]
    total = sum(w * d for w, d in zip((1, 3, 7, 1, 3, 7, 1, 3, 5), digits, strict=True)) + digits[8] * 5 // 10
    whole = f"99{place:07d}{-total % 10}"
    return f"{whole[:3]}-{whole[3:5]}-{whole[5:]}"


def _fits(value: dict[str, object]) -> bool:
    try:
        str(value).encode("cp949")
    except UnicodeEncodeError:
        return False
    return True


def cells(startup: Startup) -> list[str]:
    """One startup's cells, written as people write them."""
    plain = rows.plain(startup)
    revenue = plain.get("revenue_krw")
    written = {
        **plain,
        "summary": plain.get("summary", "").replace(". ", ".\n"),
        "technologies": "; ".join(plain.get("technologies", ())),
        "needs": ", ".join(plain.get("needs", ())),
        "founded_on": plain["founded_on"].replace("-", ". ") + "." if "founded_on" in plain else "",
        "revenue_krw": f"{revenue:,}" if revenue else "",
        "region": given.regions().name(plain["region"], "ko") if "region" in plain else "",
        "stage": {"seed": "시드", "pre_a": "프리A", "series_a": "시리즈 A"}.get(plain.get("stage", ""), ""),
    }
    return [str(written.get(key, "")) for key in HEADINGS]


def expected() -> dict[str, Startup]:
    """What must be stored, whatever file brought it."""
    found = [rows.plain(startup) for startup in chosen()]
    kept = [{**row, "summary": row.get("summary", "").replace(". ", ".\n")} for row in found]
    stages = ("seed", "pre_a", "series_a")
    values = [{k: v for k, v in row.items() if v != "" and (k != "stage" or v in stages)} for row in kept]
    return {value["id"]: rows.startup(value) for value in values}


def text(delimiter: str = ",") -> str:
    """The startups as separated text with quoted line breaks."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(HEADINGS.values())
    writer.writerows(cells(startup) for startup in chosen())
    return out.getvalue()


def decomposed() -> str:
    """The same as macOS writes it."""
    return unicodedata.normalize("NFD", text())


def json_lines() -> bytes:
    """The same as JSON lines of the snapshot contract."""
    return "".join(json.dumps(rows.plain(s), ensure_ascii=False) + "\n" for s in expected().values()).encode()
