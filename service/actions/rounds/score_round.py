"""Evaluators' scores of a round, read back from the committees' workbook: checked, combined by stated weights, kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from model.domain import UNITS_PER_POINT
from model.rounds import Outcome
from model.rounds.scores import Combined, Refused, Score, Weights, checked, combine
from service.actions.rounds.run_round import Ran, RunRound
from service.actions.rounds.sheets import FIXED
from service.errors import ServiceError
from service.files.importers.formats import isolation
from service.identity import Actor
from service.storage.records.audit import Subject
from service.storage.repositories import Catalogue
from service.storage.rounds.scorings import Scoring, Scorings
from service.wording import rounds

LANGUAGES = ("ko", "en")
STRANGER = ""
"""Stands for a startup that takes no part in the round; the place in the file says which line it was."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A filled-in workbook, and what it was called."""

    raw: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Scored:
    """What a scoring comes to: the scores that count, combined, and those that can't."""

    scoring: Scoring
    combined: tuple[Combined, ...]
    refused: tuple[Refused, ...]
    is_new: bool = False


class ScoreRound:
    """Keeps what evaluators gave, file by file; the round itself stays as it was run."""

    def __init__(self, catalogue: Catalogue, rounds: RunRound) -> None:
        self._catalogue, self._rounds, self._scorings = catalogue, rounds, Scorings()

    def __call__(self, round_id: str, sent: Sent, weights: Weights, actor: Actor) -> Scored:
        """Check, combine and keep the scores of a file; the same file, combined alike, is kept once.

        Raises ServiceError `round_not_found`, `no_scores`, `score_not_a_number`, and what is wrong with the file.
        """
        ran = self._rounds.one(round_id, actor)
        scores = _known(ran.outcome, read(sent.raw))
        digest = hashlib.sha256(sent.raw).hexdigest()
        bare = Scoring(0, round_id, "", actor.id, actor.name, sent.name, digest, weights, scores)
        kept, is_new = self._kept(ran, bare, actor)
        return _scored(ran.outcome, kept, is_new=is_new)

    def of_round(self, round_id: str, actor: Actor) -> Sequence[Scoring]:
        """Every scoring of a round, oldest first; raises ServiceError `round_not_found`."""
        self._rounds.stored(round_id, actor)
        with self._catalogue.database.reading() as connection:
            return self._scorings.of_round(connection, round_id)

    def one(self, round_id: str, number: str, actor: Actor) -> Scored:
        """A scoring with what it comes to; raises ServiceError `round_not_found` or `scoring_not_found`."""
        ran = self._rounds.one(round_id, actor)
        seq = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
        with self._catalogue.database.reading() as connection:
            found = self._scorings.one(connection, round_id, seq)
        if found is None:
            raise ServiceError("scoring_not_found", number=number)
        return _scored(ran.outcome, found)

    def _kept(self, ran: Ran, bare: Scoring, actor: Actor) -> tuple[Scoring, bool]:
        refused = checked(ran.outcome, bare.scores)[1]
        about = {"file": bare.file_digest, "scores": len(bare.scores), "refused": len(refused)}
        about |= {"machine": bare.weights.machine, "without_extremes": bare.weights.trim}
        with self._catalogue.database.writing() as connection:
            audit = self._catalogue.audit
            head = audit.hold(connection)
            before = self._scorings.same(connection, bare.round_id, bare.file_digest, bare.weights)
            if before is not None:
                return before, False
            scoring = replace(bare, seq=head.count + 1, at=audit.now())
            self._scorings.add(connection, scoring)
            audit.record(connection, actor, "score_round", Subject("round", bare.round_id), about)
        return scoring, True


def _known(outcome: Outcome, scores: Sequence[Score]) -> tuple[Score, ...]:
    """The scores, with STRANGER for a startup that takes no part."""
    rows = outcome.standing.slate.rows
    return tuple(score if score.startup in rows else replace(score, startup=STRANGER) for score in scores)


def _scored(outcome: Outcome, scoring: Scoring, *, is_new: bool = False) -> Scored:
    good, refused = checked(outcome, scoring.scores)
    return Scored(scoring, combine(outcome, good, scoring.weights), tuple(refused), is_new)


def read(raw: bytes) -> Sequence[Score]:
    """Read evaluators' scores from a workbook that was written for a round; raises ServiceError.

    The columns between the recused and the comment are the evaluators', named by their headings.
    """
    scores = list(_scores(isolation.grids(raw)))
    if not scores:
        raise ServiceError("no_scores")
    return scores


def _scores(grids: Sequence[isolation.Line]) -> Iterator[Score]:
    """Every cell of an evaluator's column; an evaluator who scored nobody on a sheet was not there."""
    headings: dict[str, list[str]] = {}
    found: dict[tuple[str, str], list[Score]] = {}
    for line in grids:
        cells = line.texts
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
