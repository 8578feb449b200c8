"""Several values in one cell: split where a person would split them, and nowhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from model.text import names
from model.vocabulary.codes import Table
from service.files.importers.values import days

_MAIN = (";\n|", ",、，")
"""Separators by strength: where one of the first stands, a comma belongs to an item."""

_AT = re.compile(r"(?<=[가-힣)])\s*@\s*(?=[가-힣(])")
"""How 기업마당 joins its fields; in an address of e-mail it stands beside Latin letters."""

_DOTS = re.compile("[ㆍᆞ・･‧•∙⋅⸱]")
_PAST = re.compile(
    r"(?P<family>.+?)\s*[,(:]?\s*(?P<year>(?:19|2\d)\d\d)년?\s*[,:)]?\s*(?P<status>[^\d()]+?)\)?", re.DOTALL
)
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
    if names.DOT in also:
        text = _DOTS.sub(names.DOT, text)
    text = _AT.sub(";", text) if ";" not in text else text
    if text.lstrip().startswith("#"):
        return [tag for piece in re.split(r"[\s,;]*#", text) if (tag := piece.strip(" ,;"))]
    marks = next((marks for marks in _MAIN if any(mark in text for mark in marks)), "")
    found = [piece.strip() for part in _outside_brackets(text, marks + also) for piece in part.split(" / ")]
    return [item for item in found if item]


def participations(text: str, statuses: Table) -> list[dict[str, Any]] | None:
    """Read a support history such as `dips 2025 완료; tips (2026, 수행 중)`; None when an entry is not clear."""
    return _entries(text, _PAST, statuses, ("program_family", "year", "status"))


def conflicts(text: str, statuses: Table) -> list[dict[str, Any]] | None:
    """Read what may not be carried out together, such as `open-innovation (협약)`; None when an entry is not clear."""
    return _entries(text, _CONFLICT, statuses, ("family", "from_stage"))


def businesses(text: str, entities: Table) -> list[dict[str, Any]] | None:
    """Read earlier businesses such as `개인사업자 62010 2018-03-02~2021-05-31 부도`; None when one is not clear."""
    whole = _json(text)
    if whole is not None:
        return whole
    found = []
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
        found.append({**{key: value for key, value in stated.items() if value}, **how})
    return found


def _entries(text: str, form: re.Pattern[str], statuses: Table, keys: tuple[str, ...]) -> list[dict[str, Any]] | None:
    whole = _json(text)
    if whole is not None:
        return whole
    found = []
    for item in (piece.strip() for piece in re.split(r"[;\n]", text)):
        entry = form.fullmatch(item[:300])
        status = statuses.find(entry["status"]) if entry else None
        if item and (entry is None or status is None):
            return None
        if entry:
            year = [int(entry["year"])] if "year" in keys else []
            found.append(dict(zip(keys, (entry["family"].strip(), *year, status), strict=True)))
    return found


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
    depth, begin = 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "([{（") - (letter in ")]}）" and depth > 0)
        if letter in marks and not depth:
            yield text[begin:at]
            begin = at + 1
    yield text[begin:]
