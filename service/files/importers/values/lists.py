"""Several values in one cell: split where a person would split them, and nowhere else."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from model.text.analysis import DOT, one_dot
from model.vocabulary.codes import CodeTable
from service.files.importers.values import days

_MAIN = (";\n|", ",、，")
"""Separators by strength: where one of the first stands, a comma belongs to an item."""

_AT = re.compile(r"(?<=[가-힣)])\s*@\s*|\s*@\s*(?=[가-힣(])")
"""How 기업마당 joins its fields; in an address of e-mail it stands between Latin letters."""

_PAST = re.compile(
    r"(?P<family>.+?)\s*[,(:]?\s*(?<![~∼–-])(?P<year>(?:19|2\d)\d\d)(?:년도?)?\s*[,:)]?\s*(?P<status>[^\d()]+?)\)?",
    re.DOTALL,
)
_YEAR_FIRST = re.compile(r"(?P<year>(?:19|2\d)\d\d)(?:년도?)?\s+(?P<family>\D.*?)", re.DOTALL)
_BUSINESS = re.compile(
    r"(?P<entity>\D+?)\s+(?:(?P<industry>\d{2,5})\s+)?(?P<opened_on>[\d.\-/년월일 ]+?)?\s*~"
    r"\s*(?P<closed_on>[\d.\-/년월일 ]+?)?"
    r"\s*(?:(?P<bankrupt>부도|파산|bankrupt)|(?P<converted>포괄\s*전환|전환|converted)|폐업|closed)?"
)
_CONFLICT = re.compile(r"(?P<family>.+?)\s*[(:]\s*(?P<status>[^()]+?)\)?", re.DOTALL)


def words(text: str, also: str = "") -> list[str]:
    """Split a list at line breaks and semicolons, else at commas; also at ` / ` and at the marks in `also`.

    What stands in brackets is not split, and neither is `CI/CD` or `R&D·특허`, which may be one word.

    >>> words("LLM, 벡터 검색(FAISS, HNSW) / OCR"), words('["a;b"]'), words("수출@경영"), words("#AI #로봇")
    (['LLM', '벡터 검색(FAISS, HNSW)', 'OCR'], ['a;b'], ['수출', '경영'], ['AI', '로봇'])
    """
    whole = _json(text)
    if whole is not None and all(isinstance(item, str) for item in whole):
        return whole
    if DOT in also:
        text = one_dot(text)
    text = _AT.sub(";", text) if ";" not in text else text
    if text.lstrip().startswith("#"):
        return [tag for piece in re.split(r"[\s,;]*#", text) if (tag := piece.strip(" ,;"))]
    marks = next((marks for marks in _MAIN if any(mark in text for mark in marks)), "")
    pieces = [piece.strip() for part in _outside_brackets(text, marks + also) for piece in part.split(" / ")]
    return [item for item in pieces if item]


def participations(text: str, statuses: CodeTable) -> list[dict[str, Any]] | None:
    """Read a support history such as `dips 2025 완료; tips (2026, 수행 중)`; None when an entry is not clear."""
    return _entries(text, _PAST, statuses, ("program_family", "year", "status"))


def conflicts(text: str, statuses: CodeTable) -> list[dict[str, Any]] | None:
    """Read what may not be carried out together, such as `open-innovation (협약)`; None when an entry is not clear."""
    return _entries(text, _CONFLICT, statuses, ("family", "from_stage"))


def businesses(text: str, entities: CodeTable) -> list[dict[str, Any]] | None:
    """Read earlier businesses such as `개인사업자 62010 2018-03-02~2021-05-31 부도`; None when one is not clear."""
    whole = _json(text)
    if whole is not None:
        return whole
    entries = []
    for item in filter(None, (piece.strip() for piece in re.split(r"[;\n]", text))):
        entry = _BUSINESS.fullmatch(item[:200])
        if entry is None or entities.find(entry["entity"]) is None:
            return None
        stated = {"entity": entities.find(entry["entity"]), "industry": entry["industry"]}
        for name in ("opened_on", "closed_on"):
            try:
                stated[name] = days.day(entry[name]).isoformat() if entry[name] else None
            except ValueError:
                return None
        how = {"bankrupt": True} if entry["bankrupt"] else {"converted": True} if entry["converted"] else {}
        entries.append({**{key: value for key, value in stated.items() if value}, **how})
    return entries


def _entries(
    text: str, form: re.Pattern[str], statuses: CodeTable, keys: tuple[str, ...]
) -> list[dict[str, Any]] | None:
    whole = _json(text)
    if whole is not None:
        return whole
    all_entries: list[dict[str, Any]] = []
    for item in (piece.strip() for piece in re.split(r"[;\n]", unicodedata.normalize("NFC", text))):
        # a comma or slash parts entries only where each part is an entry by itself
        parts = [_entry(part.strip(), form, statuses, keys) for part in re.split("[,/、]", item)]
        entries = parts if None not in parts else [_entry(item, form, statuses, keys)]
        clear = [entry for entry in entries if entry is not None]
        if item and len(clear) < len(entries):
            return None
        all_entries += clear
    return all_entries


def _entry(item: str, form: re.Pattern[str], statuses: CodeTable, keys: tuple[str, ...]) -> dict[str, Any] | None:
    """Read one entry; with the year first, the longest end that is a status is the status."""
    entry = form.fullmatch(item[:300])
    if entry and (status := statuses.find(entry["status"])):
        year = [int(entry["year"])] if "year" in keys else []
        return dict(zip(keys, (entry["family"].strip(), *year, status), strict=True))
    words = item[:300].split()
    for start in range(2, len(words)) if "year" in keys else ():
        status, dated = statuses.find(" ".join(words[start:])), _YEAR_FIRST.fullmatch(" ".join(words[:start]))
        if status and dated:
            return dict(zip(keys, (dated["family"], int(dated["year"]), status), strict=True))
    return None


def objects(text: str) -> Any:
    """Read a JSON list or object; None for anything else."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list | dict) else None


def _json(text: str) -> list[Any] | None:
    try:
        value = json.loads(text) if text.lstrip().startswith("[") else None
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list) else None


def _outside_brackets(text: str, marks: str) -> Iterator[str]:
    if not any(bracket in text for bracket in "([{（"):
        yield from re.split(f"[{re.escape(marks)}]", text) if marks else [text]
        return
    depth, begin = 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "([{（") - (letter in ")]}）" and depth > 0)
        if letter in marks and not depth:
            yield text[begin:at]
            begin = at + 1
    yield text[begin:]
