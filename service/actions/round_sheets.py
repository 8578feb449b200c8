"""A round as committees use it in Excel: one sheet a program with empty columns for evaluators, and read back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from model.domain import UNITS_PER_POINT
from model.rounds import Interest, Outcome, Pair
from model.rounds.outcome import STATUSES
from model.rounds.scores import Combined, Refused, Score, Weights, checked, combine
from service.actions.run_round import Ran
from service.errors import ServiceError
from service.exporters import workbook
from service.exporters.table import About, Head, Table, Value
from service.importers import isolation
from service.wording import notices, rounds

Names = tuple[Mapping[str, str], Mapping[str, str]]
FIXED = ("program_id", "startup_id", "status", "rank", "startup", "base", "bonus", "final", "notes", "recused")
WIDTHS = {"startup": 28, "notes": 40, "recused": 24, "status": 12, "rank": 8, "base": 12, "bonus": 10, "final": 12}
CODES = ("program_id", "startup_id")
LANGUAGES = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Scored:
    """Evaluators' scores as read back: what counts, combined, and what can't count."""

    combined: tuple[Combined, ...]
    refused: tuple[Refused, ...]
    weights: Weights


def written(ran: Ran, names: Names, evaluators: int, language: str) -> bytes:
    """Write a round's workbook; the same round gives the same bytes. Raises ServiceError `cell_too_long`."""
    outcome = ran.outcome
    sheets = [
        Table(f"{number}. {names[1].get(program.id, program.id)}", _heads(evaluators, language), rows)
        for number, program in enumerate(outcome.standing.slate.programs, 1)
        for rows in [tuple(_rows(outcome, program.id, names, evaluators, language))]
    ]
    return workbook.written([_summary(outcome, names, language), *sheets], _about(ran, language))


def _heads(evaluators: int, language: str) -> tuple[Head, ...]:
    fixed = [Head(rounds.heading(code, language), WIDTHS.get(code, 16), code in CODES) for code in FIXED]
    empty = [Head(rounds.heading("evaluator", language, number=n), 12) for n in range(1, evaluators + 1)]
    return (*fixed, *empty, Head(rounds.heading("comment", language), 40))


def _rows(outcome: Outcome, program: str, names: Names, evaluators: int, language: str) -> Iterator[tuple[Value, ...]]:
    """The shortlist, then the reserves in their order."""
    notes = _notes(outcome, language)
    for pair in outcome.listed(program):
        own = [*notes.get((pair.program, pair.startup), [])]
        if pair.placed_at not in (None, program):
            own.append(rounds.note("placed_at", language, program=names[1].get(str(pair.placed_at), pair.placed_at)))
        yield (*_cells(pair, names, "; ".join(own), language), *[None] * (evaluators + 1))


def _cells(pair: Pair, names: Names, notes: str, language: str) -> tuple[Value, ...]:
    scores = (pair.base / UNITS_PER_POINT, pair.bonus / UNITS_PER_POINT, pair.final / UNITS_PER_POINT)
    who = (pair.program, pair.startup, rounds.status(pair.status, language), pair.rank)
    return (*who, names[0].get(pair.startup, pair.startup), *scores, notes or None, ", ".join(pair.recused) or None)


def _notes(outcome: Outcome, language: str) -> dict[tuple[str, str], list[str]]:
    """What locks and quotas did to a pair."""
    found: dict[tuple[str, str], list[str]] = {}
    for lock in outcome.terms.locks:
        found.setdefault((lock.program, lock.startup), []).append(rounds.note("locked", language, reason=lock.reason))
    for effect in outcome.effects:
        for move in effect.moves if effect.kind == "quota" else ():
            code = "entered" if move.entered else "left"
            found.setdefault((move.program, move.startup), []).append(rounds.note(code, language, name=effect.name))
    return found


def _summary(outcome: Outcome, names: Names, language: str) -> Table:
    """One line a program: its places, and how many startups have which status."""
    counts = [rounds.status(status, language) for status in STATUSES]
    heads = (rounds.heading("program_id", language), rounds.heading("program", language))
    titles = (*heads, rounds.heading("places", language), *counts)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (program.id, names[1].get(program.id, program.id), outcome.room[column], *_counted(outcome, column))
        for column, program in enumerate(outcome.standing.slate.programs)
    )
    return Table(rounds.about("summary", language), tuple(Head(title) for title in titles), rows)


def _counted(outcome: Outcome, column: int) -> list[int]:
    return [int((outcome.statuses[:, column] == code).sum()) for code in range(len(STATUSES))]


def _about(ran: Ran, language: str) -> About:
    stored = ran.stored
    told = {
        "name": stored.name,
        "id": stored.id,
        "on": stored.on.isoformat(),
        "created_by": stored.actor_name,
        "created_at": stored.created_at.isoformat(),
        "model_version": stored.model_version,
        "rules_version": stored.rules_version,
        "inputs": stored.inputs,
        "outcome": stored.outcome,
        "notice": notices.ai(language),
    }
    lines = tuple((rounds.about(code, language), value) for code, value in told.items())
    return About(rounds.about("sheet", language), lines, stored.created_at)


def read(raw: bytes, outcome: Outcome, weights: Weights) -> Scored:
    """Read evaluators' scores from a workbook that was written for the round; raises ServiceError.

    The columns between the recused and the comment are the evaluators', named by their headings.
    """
    scores = list(_scores(isolation.grids(raw)))
    if not scores:
        raise ServiceError("no_scores")
    good, refused = checked(outcome, scores)
    return Scored(combine(outcome, good, weights), tuple(refused), weights)


def _scores(grids: Sequence[isolation.Line]) -> Iterator[Score]:
    """Every cell of an evaluator's column; an evaluator who scored nobody on a sheet was not there."""
    headings: dict[str, list[str]] = {}
    found: dict[tuple[str, str], list[Score]] = {}
    for line in grids:
        cells = [_text(cell) for cell in line.cells]
        if line.sheet not in headings:
            headings[line.sheet] = cells
        elif _is_list(headings[line.sheet]):
            for score in _of_row(headings[line.sheet], cells, line):
                found.setdefault((line.sheet, score.evaluator), []).append(score)
    for scores in found.values():
        if any(score.units is not None for score in scores):
            yield from scores


def _is_list(headings: Sequence[str]) -> bool:
    return any(
        tuple(headings[: len(FIXED)]) == tuple(rounds.heading(code, language) for code in FIXED)
        for language in LANGUAGES
    )


def _of_row(headings: Sequence[str], cells: Sequence[str], line: isolation.Line) -> Iterator[Score]:
    comments = {rounds.heading("comment", language) for language in LANGUAGES}
    if not any(cells[:2]):
        return
    for place in range(len(FIXED), len(headings)):
        if headings[place] and headings[place] not in comments:
            cell = cells[place] if place < len(cells) else ""
            where = f"{line.sheet}!{line.number}"
            yield Score(cells[0], cells[1], headings[place], _units(cell, where), where)


def _units(cell: str, where: str) -> int | None:
    if not cell:
        return None
    try:
        return round(float(cell) * UNITS_PER_POINT)
    except (ValueError, OverflowError):
        raise ServiceError("score_not_a_number", value=cell[:60], place=where) from None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


@dataclass(frozen=True, slots=True)
class Interests:
    """A conflict-of-interest list as read: who may not judge whom, and lines whose startup is not one of ours."""

    found: tuple[Interest, ...]
    unknown: tuple[tuple[str, str], ...]
    """Place and name of each startup that no stored one, or more than one, is called by."""


def read_interests(raw: bytes, names: Mapping[str, str]) -> Interests:
    """Read a list of interests from a workbook; startups are named by id or name. Raises ServiceError."""
    by_name: dict[str, list[str]] = {}
    for identifier, name in names.items():
        by_name.setdefault(_squeezed(name), []).append(identifier)
    found: list[Interest] = []
    unknown: list[tuple[str, str]] = []
    for where, row in _interest_rows(isolation.grids(raw)):
        named = row["startup"]
        ids = [named] if named in names else by_name.get(_squeezed(named), [])
        if len(ids) == 1:
            found.append(Interest(row["evaluator"], ids[0], row["reason"] or "-", row.get("program") or None))
        else:
            unknown.append((where, named))
    return Interests(tuple(found), tuple(unknown))


INTEREST_HEADINGS = {
    "evaluator": ("위원", "평가위원", "evaluator"),
    "startup": ("기업", "기업명", "창업기업", "기업 id", "startup"),
    "reason": ("사유", "이해관계", "reason"),
    "program": ("프로그램", "프로그램 id", "program"),
}


def _interest_rows(grids: Sequence[isolation.Line]) -> Iterator[tuple[str, dict[str, str]]]:
    columns: dict[str, dict[str, int]] = {}
    for line in grids:
        cells = [_text(cell) for cell in line.cells]
        if line.sheet not in columns:
            columns[line.sheet] = _interest_columns(cells)
        elif columns[line.sheet]:
            row = {code: cells[place] for code, place in columns[line.sheet].items() if place < len(cells)}
            if row.get("evaluator") and row.get("startup"):
                yield f"{line.sheet}!{line.number}", {"reason": "", **row}
    if not any(columns.values()):
        raise ServiceError("no_interests")


def _interest_columns(headings: Sequence[str]) -> dict[str, int]:
    named = {
        code: place
        for place, heading in enumerate(headings)
        for code, words in INTEREST_HEADINGS.items()
        if heading.casefold() in words
    }
    return named if {"evaluator", "startup", "reason"} <= named.keys() else {}


def _squeezed(name: str) -> str:
    """A firm's name without its legal form, so that 주식회사 이음 and ㈜이음 are the same."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"주식회사|유한회사|\(주\)|\(유\)|\s", "", plain)
