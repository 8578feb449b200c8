"""Lists of interests: which evaluator may not judge which startup, read from a workbook of the committee's office."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from model.rounds import Interest
from service.errors import ServiceError
from service.files.importers.formats import isolation


@dataclass(frozen=True, slots=True)
class Interests:
    """A conflict-of-interest list as read: who may not judge whom, and lines whose startup is not one of ours."""

    found: tuple[Interest, ...]
    unknown: tuple[tuple[str, str], ...]
    """Place and name of each startup that no stored one, or more than one, is called by."""


def read(raw: bytes, names: Mapping[str, str]) -> Interests:
    """Read a list of interests from a workbook; startups are named by id or name. Raises ServiceError."""
    called = finder(names)
    found: list[Interest] = []
    unknown: list[tuple[str, str]] = []
    for where, row in _rows(isolation.grids(raw)):
        startup = called(row["startup"])
        if startup is None:
            unknown.append((where, row["startup"]))
        else:
            found.append(Interest(row["evaluator"], startup, row["reason"] or "-", row.get("program") or None))
    return Interests(tuple(found), tuple(unknown))


def finder(names: Mapping[str, str]) -> Callable[[str], str | None]:
    """Make what finds an id by itself or by its name; None where nobody, or more than one, is called so."""
    by_name: dict[str, list[str]] = {}
    for identifier, name in names.items():
        by_name.setdefault(_squeezed(name), []).append(identifier)

    def called(text: str) -> str | None:
        ids = [text] if text in names else by_name.get(_squeezed(text), [])
        return ids[0] if len(ids) == 1 else None

    return called


HEADINGS = {
    "evaluator": ("위원", "평가위원", "evaluator"),
    "startup": ("기업", "기업명", "창업기업", "기업 id", "startup"),
    "reason": ("사유", "이해관계", "reason"),
    "program": ("프로그램", "프로그램 id", "program"),
}


def _rows(grids: Sequence[isolation.Line]) -> Iterator[tuple[str, dict[str, str]]]:
    columns: dict[str, dict[str, int]] = {}
    for line in grids:
        cells = line.texts
        if line.sheet not in columns:
            columns[line.sheet] = _columns(cells)
        elif columns[line.sheet]:
            row = {code: cells[place] for code, place in columns[line.sheet].items() if place < len(cells)}
            if row.get("evaluator") and row.get("startup"):
                yield f"{line.sheet}!{line.number}", {"reason": "", **row}
    if not any(columns.values()):
        raise ServiceError("no_interests")


def _columns(headings: Sequence[str]) -> dict[str, int]:
    named = {
        code: place
        for place, heading in enumerate(headings)
        for code, words in HEADINGS.items()
        if heading.casefold() in words
    }
    return named if {"evaluator", "startup", "reason"} <= named.keys() else {}


def _squeezed(name: str) -> str:
    """A firm's name without its legal form, so that 주식회사 이음 and ㈜이음 are the same."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"주식회사|유한회사|\(주\)|\(유\)|\s", "", plain)
