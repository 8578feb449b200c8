"""Evaluators' scores of a round, read back from the committees' workbook: checked, combined by stated weights, kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from model.domain import UNITS_PER_POINT
from model.faults import Fault
from model.rounds import Interest, RoundOutcome
from model.rounds.scores import Combined, EvaluatorWeights, Refused, Score, checked, combine, unmet
from model.text import names
from service.actions.rounds.run_round import Ran, RunRound
from service.actions.rounds.sheets import FIXED
from service.errors import Problem, ServiceError
from service.files.importers import committee
from service.files.importers.formats.grids import is_blank, is_total, text_of
from service.files.importers.values import amounts
from service.identity import Actor
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue
from service.storage.rounds.scorings import Scoring, Scorings
from service.wording import rounds
from service.wording.pairs import said

LANGUAGES = ("ko", "en")
EVALUATOR = "@"
"""Begins what an evaluator's column is called, so that nobody is named like a column of ours."""

MOST_PLACES = 20
_FIGURES = (
    "합계|합산?|총계|소계|누계|총점|총평|평균|환산|가중치?|중앙값|편차|최고점?|최저점?|순위|등수|석차|등급|평점|점수|종합|최종"
    "|결과|판정|여부|서명|날인|날짜|일자|일시|평가일|심사일|비고|의견|메모|확인|구분|번호"
    "|average|mean|total|sum|rank|grade|result|date|signature|remarks?|notes?|final|scores?"
)
_FIGURE = re.compile(_FIGURES)
_NO_PERSON = re.compile(rf"(?:{_FIGURES}|평가|심사|선정|위원|전체|제외|반영|총|점|값|및|별|of|the)+")
_SCALE = re.compile(r"(\d+)\s*점?\s*만점|(?:배점|만점)\s*:?\s*(\d+)|[(\[]\s*(\d+)\s*점")
_CRITERION = re.compile(
    r"(?:(?:기술|사업화?|시장|성장|혁신|실현|실행|수행|타당|적정|적합|우수|독창|창의|차별|파급|경쟁|완성|필요|활용|협업|구체|발전"
    r"|지속|추진|가능|효과|팀|인력|계획|목표|및|·)(?:가능성|성|력|도|역량|효과|계획)?)+"
)
"""What evaluators weigh, which is no evaluator: 기술성, 시장 성장 가능성."""

_SCALE_OF_ALL = re.compile(r"(\d+)\s*점?\s*만점|(?:배점|만점)\s*:?\s*(\d+)")
_OF_POINTS = re.compile(r"\s+(?:평가\s*)?점수$")
STRANGER = ""
"""Stands for a startup that takes no part in the round; the place in the file says which line it was."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A filled-in workbook, and what it was called."""

    raw: bytes
    name: str


@dataclass(frozen=True, slots=True)
class CombinedScoring:
    """What a scoring comes to: the scores that count, combined, and those that can't."""

    scoring: Scoring
    combined: tuple[Combined, ...]
    refused: tuple[Refused, ...]
    left_out: tuple[Fault, ...] = ()
    """What of the file is not in the scores."""

    unmet: tuple[Interest, ...] = ()
    """Interests at programs that were scored whose evaluator is none of those who scored there."""

    is_new: bool = False

    @property
    def notes(self) -> tuple[Fault, ...]:
        """What a person should look at: what was left out, and interests that met nobody."""
        return (*self.left_out, *(Fault("interest_without_column", value=i.evaluator) for i in self.unmet))


class ScoreRound:
    """Keeps what evaluators gave, file by file; the round itself stays as it was run."""

    def __init__(self, catalogue: Catalogue, rounds: RunRound) -> None:
        self._catalogue, self._rounds, self._scorings = catalogue, rounds, Scorings()

    def __call__(self, round_id: str, sent: Sent, weights: EvaluatorWeights, actor: Actor) -> CombinedScoring:
        """Check, combine and keep the scores of a file; the same file, combined alike, is kept once.

        Raises ServiceError `round_not_found`, `no_scores`, `score_not_a_number`, and what is wrong with the file.
        """
        ran, bare, notes = self._read(round_id, sent, weights, actor)
        scoring, is_new = self._record(ran, bare, actor)
        return replace(_scored(ran.outcome, scoring, is_new=is_new), left_out=tuple(notes))

    def preview(self, round_id: str, sent: Sent, weights: EvaluatorWeights, actor: Actor) -> CombinedScoring:
        """What the scores of a file come to, without keeping them; raises as keeping them does."""
        ran, bare, notes = self._read(round_id, sent, weights, actor)
        return replace(_scored(ran.outcome, bare, is_new=True), left_out=tuple(notes))

    def _read(
        self, round_id: str, sent: Sent, weights: EvaluatorWeights, actor: Actor
    ) -> tuple[Ran, Scoring, Sequence[Fault]]:
        ran = self._rounds.one(round_id, actor)
        scores, notes = read(sent.raw)
        digest = hashlib.sha256(sent.raw).hexdigest()
        # What was left out may name startups, and a scoring is never changed: where it stood is kept, not what it said.
        places = tuple(note if note.value.isdecimal() else replace(note, value="") for note in notes)
        who = (actor.id, actor.name, sent.name, digest)
        # a startup that takes no part is kept as STRANGER: its name need not be known
        rows = ran.outcome.standing.slate.rows
        bare = Scoring(
            0,
            round_id,
            "",
            *who,
            weights,
            tuple(score if score.startup in rows else replace(score, startup=STRANGER) for score in scores),
            places,
        )
        return ran, bare, notes

    def of_round(self, round_id: str, actor: Actor) -> Sequence[Scoring]:
        """Every scoring of a round, oldest first; raises ServiceError `round_not_found`."""
        self._rounds.stored(round_id, actor)
        with self._catalogue.database.reading() as connection:
            return self._scorings.of_round(connection, round_id)

    def one(self, round_id: str, number: str, actor: Actor) -> CombinedScoring:
        """A scoring with what it comes to; raises ServiceError `round_not_found` or `scoring_not_found`."""
        ran = self._rounds.one(round_id, actor)
        seq = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
        with self._catalogue.database.reading() as connection:
            scoring = self._scorings.one(connection, round_id, seq)
        if scoring is None:
            raise ServiceError(Problem.SCORING_NOT_FOUND, id=number)
        return _scored(ran.outcome, scoring)

    def _record(self, ran: Ran, bare: Scoring, actor: Actor) -> tuple[Scoring, bool]:
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
            audit.record(connection, actor, "score_round", AuditSubject("round", bare.round_id), about)
        return scoring, True


def _scored(outcome: RoundOutcome, scoring: Scoring, *, is_new: bool = False) -> CombinedScoring:
    good, refused = checked(outcome, scoring.scores)
    combined = combine(outcome, good, scoring.weights)
    return CombinedScoring(scoring, combined, tuple(refused), scoring.left_out, unmet(outcome, scoring.scores), is_new)


def read(raw: bytes) -> tuple[Sequence[Score], Sequence[Fault]]:
    """Read evaluators' scores from a workbook that was written for a round, and what was left out of it.

    The columns between the recused and the comment are the evaluators', named by their headings; an evaluator who
    scored nobody on a sheet was not there. Raises ServiceError `no_scores` or `score_not_a_number`.
    """
    ours = {said(rounds.ABOUT, code, language) for code in ("summary", "sheet") for language in LANGUAGES}
    entries, notes = committee.entries(raw, _columns, ("program_id", "startup_id"), ours)
    scores_of: dict[tuple[str, str], list[Score]] = {}
    bad = [(f"{note.file}!{note.line}", note.value[:60]) for note in notes if _says_other_scale(note)]
    for entry in entries:
        if entry.text("comment"):
            sheet, _, line = entry.place.rpartition("!")
            notes.append(Fault("comment_left_out", sheet, int(line), "", entry.text("comment")[:300]))
        pair = [names.without_hidden(entry.text(key)) for key in ("program_id", "startup_id")]
        for name, cell in entry.cells.items():
            if not name.startswith(EVALUATOR):
                continue
            try:
                units = _units(cell)
            except ValueError:
                bad.append((entry.place, text_of(cell)[:60]))
                continue
            evaluator = committee.of_column(name.removeprefix(EVALUATOR))
            score = Score(pair[0], pair[1], evaluator, units, entry.place)
            scores_of.setdefault((entry.place.rpartition("!")[0], name), []).append(score)
    if bad:  # all at once, since a committee corrects its file in one go
        places = ", ".join(f"{place} '{value}'" for place, value in bad[:MOST_PLACES])
        raise ServiceError(Problem.SCORE_NOT_A_NUMBER, value=bad[0][1], place=places, count=len(bad))
    scores = [
        score
        for own_scores in scores_of.values()
        if any(s.units is not None for s in own_scores)
        for score in own_scores
    ]
    if not scores:
        raise ServiceError(Problem.NO_SCORES)
    return scores, notes


def _columns(headings: Sequence[str]) -> Mapping[int, str] | None:
    """The round's own columns by their headings, wherever they stand, and the evaluators' before the comment."""
    spelled = {names.folded(said(rounds.HEADINGS, code, language)): code for code in FIXED for language in LANGUAGES}
    comments = {names.folded(said(rounds.HEADINGS, "comment", language)) for language in LANGUAGES}
    folded = [names.folded(heading) for heading in headings]
    # 순위 or 비고 may stand a second time, behind the evaluators
    own = {place: spelled[word] for place, word in enumerate(folded) if word in spelled and word not in folded[:place]}
    if not {"program_id", "startup_id"} <= set(own.values()):
        return None
    begin = max(own) + 1
    end = next((place for place in range(begin, len(folded)) if folded[place] in comments), len(folded))
    evaluators = {
        place: EVALUATOR + _OF_POINTS.sub("", names.composed(headings[place].strip()))
        for place in range(begin, end)
        if folded[place] and is_evaluator(headings[place])
    }
    own |= {end: "comment"} if end < len(folded) else {}
    known = {
        place: code if code in ("program_id", "startup_id", "comment") else committee.UNDERSTOOD
        for place, code in own.items()
    }
    return known | evaluators


def is_evaluator(heading: str) -> bool:
    """Tell whether a heading may name one evaluator: no figure, criterion or remark, and it counts up to 100.

    >>> [is_evaluator(heading) for heading in ("김가나 위원", "위원 1", "종합 점수", "기술성", "김가나, 이다라")]
    [True, True, False, False, False]
    """
    named = re.sub(r"[(\[].*?[)\]]", "", names.visible(heading))
    scale = _SCALE.search(names.visible(heading))
    # whose score stands below two names can't be known, nor whom a recusal concerns
    if len(committee.people(named)) > 1 or (scale and next(filter(None, scale.groups())) != "100"):
        return False
    bare = names.folded(named)
    return not (
        is_total(heading) or _CRITERION.fullmatch(bare) or (_NO_PERSON.fullmatch(bare) and _FIGURE.search(bare))
    )


def _says_other_scale(note: Fault) -> bool:
    """Tell whether a row beside the records, such as `(50점 만점)` below the headings, makes other points of all."""
    scales = _SCALE_OF_ALL.findall(names.visible(note.value)) if note.code in ("row_above", "row_left_out") else ()
    return any(number != "100" for number in map("".join, scales))


def _units(cell: Any) -> int | None:
    """A score in units; raises ValueError for what is no number to a person."""
    if isinstance(cell, dict) and ("number" not in cell or "format" in cell):
        raise ValueError(cell)  # merged with another evaluator's, or shown as 80%, among others
    if is_blank(cell):
        return None
    return round(amounts.points(str(cell["number"] if isinstance(cell, dict) else cell)) * UNITS_PER_POINT)
