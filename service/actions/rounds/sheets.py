"""A round as committees use it in Excel: one sheet a program with notes, reasons, empty columns for evaluators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from model.domain import UNITS_PER_POINT
from model.rounds import RoundOutcome
from model.rounds.outcome import STATUSES
from service.actions.rounds import reasons as round_reasons
from service.actions.rounds.run_round import Ran
from service.files.exporters import workbook
from service.files.exporters.table import About, ColumnHead, ExportTable, Value
from service.storage.rounds.rounds import Reasons
from service.wording import exports, notices, rounds
from service.wording.matching.reasons import tenths
from service.wording.pairs import said

Names = tuple[Mapping[str, str], Mapping[str, str]]
MOST_EVALUATORS, USUAL_EVALUATORS = 30, 5
WIDTHS = {
    "program_id": 16,
    "startup_id": 16,
    "status": 6,
    "rank": 5,
    "startup": 13,
    "profile": 36,
    "base": 8,
    "bonus": 7,
    "final": 8,
    "notes": 14,
    "reasons": 38,
    "recused": 10,
}
"""The columns that every sheet has, in characters: more would make the print too small to read."""
FIXED = tuple(WIDTHS)
CODES = ("program_id", "startup_id")
MOST_POINTS = 100
"""What an evaluator gives at most."""


@dataclass(frozen=True, slots=True)
class WorkbookWish:
    """How many empty columns for evaluators a workbook has, its language, a few words on each startup by id, and the
    startups on a list from outside that bars agreements."""

    evaluators: int
    language: str
    profiles: Mapping[str, str] = field(default_factory=dict)
    barred: Set[str] = frozenset()


def written(ran: Ran, reasons: Reasons, names: Names, wish: WorkbookWish) -> bytes:
    """Write a round's workbook; the same round and wish give the same bytes. Raises ServiceError `cell_too_long`."""
    outcome = ran.outcome
    sheets = [
        ExportTable(f"{number}. {names[1].get(program.id, program.id)}", _heads(wish), rows, _barred(rows, wish))
        for number, program in enumerate(outcome.standing.slate.programs, 1)
        for rows in [tuple(_rows(outcome, program.id, reasons, names, wish))]
    ]
    return workbook.written([_summary(outcome, names, wish.language), *sheets], _about(ran, wish.language))


def _barred(rows: Sequence[Sequence[Value]], wish: WorkbookWish) -> frozenset[int]:
    return frozenset(at for at, row in enumerate(rows) if row[1] in wish.barred)


def _heads(wish: WorkbookWish) -> tuple[ColumnHead, ...]:
    language = wish.language
    fixed = [
        ColumnHead(said(rounds.HEADINGS, code, language), width, code in CODES, is_hidden=code in CODES)
        for code, width in WIDTHS.items()
    ]
    numbers = range(1, wish.evaluators + 1)
    empty = [ColumnHead(said(rounds.HEADINGS, "evaluator", language, number=n), 7, most=MOST_POINTS) for n in numbers]
    return (*fixed, *empty, ColumnHead(said(rounds.HEADINGS, "comment", language), 20))


def _rows(
    outcome: RoundOutcome, program: str, reasons: Reasons, names: Names, wish: WorkbookWish
) -> Iterator[tuple[Value, ...]]:
    """The shortlist, then the reserves in their order."""
    notes, language = _notes(outcome, wish.language), wish.language
    for pair in outcome.listed(program):
        own = [*notes.get((pair.program, pair.startup), [])]
        if pair.startup in wish.barred:
            own.append(exports.word("barred", language))
        if pair.placed_at not in (None, program):
            own.append(
                said(rounds.NOTES, "placed_at", language, program=names[1].get(str(pair.placed_at), pair.placed_at))
            )
        listed = round_reasons.sentences(reasons, pair, language)
        shown = tenths([units for _, units in listed])
        sentences = [f"{units / UNITS_PER_POINT:.1f} {words}" for (words, _), units in zip(listed, shown, strict=True)]
        texts = ("; ".join(own), "\n".join(sentences), ", ".join(pair.recused))
        scores = (pair.base / UNITS_PER_POINT, pair.bonus / UNITS_PER_POINT, pair.final / UNITS_PER_POINT)
        who = (pair.program, pair.startup, said(rounds.STATUS, pair.status, wish.language), pair.rank)
        cells = (*who, names[0].get(pair.startup, pair.startup), wish.profiles.get(pair.startup), *scores)
        yield (*cells, *(text or None for text in texts), *[None] * (wish.evaluators + 1))


def _notes(outcome: RoundOutcome, language: str) -> dict[tuple[str, str], list[str]]:
    """What locks and quotas did to a pair."""
    notes: dict[tuple[str, str], list[str]] = {}
    for lock in outcome.terms.locks:
        notes.setdefault((lock.program, lock.startup), []).append(
            said(rounds.NOTES, "locked", language, reason=lock.reason)
        )
    for effect in outcome.effects:
        for move in effect.moves if effect.kind == "quota" else ():
            code = "entered" if move.entered else "left"
            notes.setdefault((move.program, move.startup), []).append(
                said(rounds.NOTES, code, language, name=effect.name)
            )
    return notes


def _summary(outcome: RoundOutcome, names: Names, language: str) -> ExportTable:
    """One line a program: its places, and how many startups have which status."""
    counts = [said(rounds.STATUS, status, language) for status in STATUSES]
    heads = (said(rounds.HEADINGS, "program_id", language), said(rounds.HEADINGS, "program", language))
    titles = (*heads, said(rounds.HEADINGS, "places", language), *counts)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            program.id,
            names[1].get(program.id, program.id),
            outcome.room[column],
            *[int((outcome.statuses[:, column] == code).sum()) for code in range(len(STATUSES))],
        )
        for column, program in enumerate(outcome.standing.slate.programs)
    )
    return ExportTable(said(rounds.ABOUT, "summary", language), tuple(ColumnHead(title) for title in titles), rows)


def _about(ran: Ran, language: str) -> About:
    stored = ran.stored
    values = {
        "name": stored.name,
        "id": stored.id,
        "on": stored.on.isoformat(),
        "created_by": stored.actor_name,
        "created_at": exports.moment(stored.created_at),
        "model_version": stored.model_version,
        "rules_version": stored.rules_version,
        "inputs": stored.inputs,
        "outcome": stored.outcome,
        "notice": notices.ai_in_file(language),
    }
    lines = tuple((said(rounds.ABOUT, code, language), value) for code, value in values.items())
    return About(said(rounds.ABOUT, "sheet", language), lines, stored.created_at)
