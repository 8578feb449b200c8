"""A match and an answer: the schemas that document them, and the plain values that are sent.

The values are written by hand, since an answer holds hundreds of facts; a test reads them back through the schemas.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import fields, validate

from model import domain
from model.domain import UNITS_PER_POINT, Check, Evidence, Match, Program, Share, Startup
from model.vocabulary import Vocabulary
from service.actions.match import Run
from service.api.schemas.fields import Code, Day, Many, Strict, Text, Whole
from service.wording import blocks, eligibility, notices, terms
from service.wording.eligibility import Audience, Line

PROGRAM_SHOWN = ("id", "name", "name_en", "partner", "family", "track", "year", "opens_on", "closes_on", "url")
STARTUP_SHOWN = ("id", "name", "name_en", "kind", "stage", "region", "founded_on")
POINTS = {"description": "0–100점 · Points, 0-100"}
UNITS = {"description": "0.0001점 단위의 정수 · The same in integers of 0.0001 point"}


class Points(fields.Float):
    """Points of a score."""

    def __init__(self) -> None:
        super().__init__(required=True, validate=validate.Range(0, 100), metadata=POINTS)


class Units(Whole):
    """Points in integers of 0.0001."""

    def __init__(self) -> None:
        super().__init__(0, domain.FULL_SCORE_UNITS, required=True, metadata=UNITS)


class Anything(fields.Raw):
    """A fact: text, number, truth value, list of texts, or null for unknown."""


class FactSchema(Strict):
    """One fact behind a reason."""

    term = Text(required=True, metadata={"description": "코드 또는 단어 · Code or word"})
    label = Text(required=True, metadata={"description": "그 이름 · Its name"})
    counterpart = Text(required=True, allow_none=True)
    points = Points()
    points_units = Units()


class ReasonSchema(Strict):
    """What one block adds to the score; the reasons' points_units add up to score_units exactly."""

    block = Text(required=True)
    label = Text(required=True)
    points = Points()
    points_units = Units()
    sentence = Text(required=True)
    facts = Many(fields.Nested(FactSchema), required=True)


class UnlockSchema(Strict):
    """What would turn a check to pass."""

    code = Text(required=True)
    on = Day(required=True, allow_none=True)
    value = Anything(required=True, allow_none=True)
    sentence = Text(required=True, allow_none=True)


class CheckSchema(Strict):
    """One eligibility rule's answer."""

    rule = Text(required=True)
    label = Text(required=True)
    result = Code(domain.Result, required=True)
    field = Text(required=True)
    found = Anything(required=True, allow_none=True)
    required = Anything(required=True, allow_none=True)
    sentence = Text(required=True)
    basis = Text(required=True, allow_none=True)
    basis_text = Text(required=True, allow_none=True)
    unlock = fields.Nested(UnlockSchema, required=True, allow_none=True)


class MatchSchema(Strict):
    """One candidate at one rank."""

    rank = Whole(1, required=True)
    score = Points()
    score_units = Units()
    verdict = Code(domain.Verdict, required=True)
    verdict_label = Text(required=True)
    reasons = Many(fields.Nested(ReasonSchema), required=True)
    checks = Many(fields.Nested(CheckSchema), required=True)


class ShownProgram(Strict):
    """A program as an answer names it."""

    id = Text(required=True)
    name = Text(allow_none=True)
    name_en = Text(allow_none=True)
    partner = Text(allow_none=True)
    family = Text(allow_none=True)
    track = Text(allow_none=True)
    year = Whole(allow_none=True)
    opens_on = Day(allow_none=True)
    closes_on = Day(allow_none=True)
    url = Text(allow_none=True)


class ShownStartup(Strict):
    """A startup as an answer names it."""

    id = Text(required=True)
    name = Text(allow_none=True)
    name_en = Text(allow_none=True)
    kind = Code(domain.Kind)
    stage = Code(domain.Stage, allow_none=True)
    region = Text(allow_none=True)
    founded_on = Day(allow_none=True)


class ProgramMatch(MatchSchema):
    """A program for a startup."""

    program = fields.Nested(ShownProgram, required=True)


class StartupMatch(MatchSchema):
    """A startup for a program."""

    startup = fields.Nested(ShownStartup, required=True)


class AnswerSchema(Strict):
    """What every answer says of itself."""

    run_id = Text(required=True, metadata={"description": "같은 run_id는 같은 답 · The same run_id, the same answer"})
    model_version = Text(required=True)
    snapshot = Text(required=True, metadata={"description": "순위를 매긴 자료의 SHA-256 · Digest of what was ranked"})
    rules_version = Text(required=True)
    on = Day(required=True)
    ai_notice = Text(required=True)


class MatchesSchema(AnswerSchema):
    """Programs for a startup, best first."""

    startup = fields.Nested(ShownStartup, required=True)
    matches = Many(fields.Nested(ProgramMatch), required=True)


class CandidatesSchema(AnswerSchema):
    """Startups for a program, best first."""

    program = fields.Nested(ShownProgram, required=True)
    candidates = Many(fields.Nested(StartupMatch), required=True)


def answer(run: Run, matches: Sequence[Match], language: str) -> dict[str, Any]:
    """An answer's values, in the order of the schemas."""
    about = {
        "run_id": run.id,
        "model_version": run.model_version,
        "snapshot": run.snapshot,
        "rules_version": run.rules_version,
        "on": run.on,
        "ai_notice": notices.ai(language),
    }
    found = [_match(run, match, language) for match in matches]
    if isinstance(run.subject, Startup):
        return {**about, "startup": _shown(run.subject), "matches": found}
    return {**about, "program": _shown(run.subject), "candidates": found}


def _match(run: Run, match: Match, language: str) -> dict[str, Any]:
    side, identifier = (
        ("program", match.program_id) if isinstance(run.subject, Startup) else ("startup", match.startup_id)
    )
    return {
        side: _shown(run.candidates[identifier]),
        "rank": match.rank,
        "score": match.score,
        "score_units": match.units,
        "verdict": match.verdict,
        "verdict_label": eligibility.verdict_name(match.verdict, language),
        "reasons": [_reason(run.vocabulary, share, language) for share in match.reasons],
        "checks": _checks(run, match, language),
    }


def _shown(record: Startup | Program) -> dict[str, Any]:
    names = PROGRAM_SHOWN if isinstance(record, Program) else STARTUP_SHOWN
    return {name: getattr(record, name) for name in names}


def _reason(vocabulary: Vocabulary, share: Share, language: str) -> dict[str, Any]:
    facts = [_fact(fact, terms.label(vocabulary, share.block, fact.term, language)) for fact in share.evidence]
    return {
        "block": share.block,
        "label": blocks.name(share.block, language),
        "points": share.units / UNITS_PER_POINT,
        "points_units": share.units,
        "sentence": blocks.sentence(share.block, [fact["label"] for fact in facts], language),
        "facts": facts,
    }


def _fact(fact: Evidence, label: str) -> dict[str, Any]:
    points = {"points": fact.units / UNITS_PER_POINT, "points_units": fact.units}
    return {"term": fact.term, "label": label, "counterpart": fact.counterpart, **points}


def _checks(run: Run, match: Match, language: str) -> list[dict[str, Any]]:
    lines = eligibility.view(match.checks, run.vocabulary.codes, language, Audience.STAFF, run.families(language))
    return [_check(check, line) for check, line in zip(match.checks, lines, strict=True)]


def _check(check: Check, line: Line) -> dict[str, Any]:
    change = check.unlock
    return {
        "rule": check.rule,
        "label": line.title,
        "result": check.result,
        "field": check.field,
        "found": check.found,
        "required": check.required,
        "sentence": line.sentence,
        "basis": check.basis,
        "basis_text": line.basis,
        "unlock": change and {"code": change.code, "on": change.on, "value": change.value, "sentence": line.unlock},
    }
