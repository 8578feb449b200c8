"""A match and an answer: the schemas that document them, and the plain values that are sent.

The values are written by hand, since an answer holds hundreds of facts; a test reads them back through the schemas.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import fields, validate

from model import domain
from model.domain import UNITS_PER_POINT, Match, Place, Program, Result, Startup
from model.matching.known_pairs import KnownMatch, KnownState
from service.actions.matching.match import Run
from service.api.catalogue.checks_schema import CheckSchema, Telling
from service.api.matching.flags_schema import FlagSchema, flag_reply
from service.api.wire.fields import Code, Day, Many, Strict, Text, Whole
from service.api.wire.names_schema import ShownProgram, ShownStartup, shown
from service.wording import eligibility, notices
from service.wording.eligibility import Audience
from service.wording.matching import known_pairs as known_words
from service.wording.matching.reasons import Reason, explained, in_words
from service.wording.pairs import said

POINTS = {"description": "0–100점 · Points, 0-100"}
KNOWN = {"description": "이미 신청·참여한 상대(최근 100건까지) · Of whose family something is known, the latest 100"}
MOST_KNOWN = 100
UNITS = {"description": "0.0001점 단위의 정수 · The same in integers of 0.0001 point"}

PARAGRAPH = {"description": "근거를 풀어 쓴 글 · The reasons as a person would put them"}


class ScorePoints(fields.Float):
    """Points of a score."""

    def __init__(self) -> None:
        super().__init__(required=True, validate=validate.Range(0, 100), metadata=POINTS)


class Units(Whole):
    """Points in integers of 0.0001."""

    def __init__(self) -> None:
        super().__init__(0, domain.FULL_SCORE_UNITS, required=True, metadata=UNITS)


class TextPlaceSchema(Strict):
    """Where words stand: letters `begin` to `end` of a field of the profile, counted in Unicode code points."""

    field = Text(required=True)
    begin = Whole(0, required=True)
    end = Whole(0, required=True)


class FactSchema(Strict):
    """One fact behind a reason; the facts' points_units add up to the reason's exactly."""

    term = Text(required=True, metadata={"description": "코드 또는 단어 · Code or word"})
    label = Text(required=True, metadata={"description": "그 이름 · Its name"})
    counterpart = Text(required=True, allow_none=True, metadata={"description": "프로그램의 말 · The program's words"})
    points = ScorePoints()
    points_units = Units()
    kind = Code(domain.EvidenceKind, required=True)
    places = Many(fields.Nested(TextPlaceSchema), required=True)
    counterpart_places = Many(fields.Nested(TextPlaceSchema), required=True)


class ReasonSchema(Strict):
    """What one block adds to the score; the reasons' points_units add up to score_units exactly."""

    block = Text(required=True)
    label = Text(required=True)
    points = ScorePoints()
    points_units = Units()
    sentence = Text(required=True)
    facts = Many(fields.Nested(FactSchema), required=True)


class MatchSchema(Strict):
    """One candidate at one rank."""

    rank = Whole(1, required=True)
    score = ScorePoints()
    score_units = Units()
    verdict = Code(domain.Verdict, required=True)
    verdict_label = Text(required=True)
    paragraph = Text(required=True, metadata=PARAGRAPH)
    reasons = Many(fields.Nested(ReasonSchema), required=True)
    checks = Many(fields.Nested(CheckSchema), required=True)


class ProgramMatch(MatchSchema):
    """A program for a startup."""

    program = fields.Nested(ShownProgram, required=True)


class StartupMatch(MatchSchema):
    """A startup for a program."""

    startup = fields.Nested(ShownStartup, required=True)
    flags = Many(fields.Nested(FlagSchema), required=True)


class KnownSchema(Strict):
    """A pair of which something is known already: said with date and state, and not recommended."""

    family = Text(required=True)
    state = Code(KnownState, required=True)
    state_label = Text(required=True)
    on = Day(required=True, allow_none=True)
    year = Whole(allow_none=True, required=True)
    verdict = Code(domain.Verdict, required=True)
    verdict_label = Text(required=True)
    checks = Many(
        fields.Nested(CheckSchema),
        required=True,
        metadata={"description": "다시 신청할 때 충족하지 못하거나 확인할 요건 · Rules not met or to be checked again"},
    )


class KnownProgram(KnownSchema):
    """A program of a family in which the startup has taken part, applied or been refused."""

    program = fields.Nested(ShownProgram, required=True)


class KnownStartup(KnownSchema):
    """A startup that has taken part in the program's family, applied or been refused."""

    startup = fields.Nested(ShownStartup, required=True)


class RunAnswerSchema(Strict):
    """What every answer says of itself."""

    run_id = Text(required=True, metadata={"description": "같은 run_id는 같은 답 · The same run_id, the same answer"})
    model_version = Text(required=True)
    snapshot = Text(required=True, metadata={"description": "순위를 매긴 자료의 SHA-256 · Digest of what was ranked"})
    rules_version = Text(required=True)
    on = Day(required=True)
    ai_notice = Text(required=True)


class MatchesSchema(RunAnswerSchema):
    """Programs for a startup, best first."""

    startup = fields.Nested(ShownStartup, required=True)
    flags = Many(fields.Nested(FlagSchema), required=True)
    matches = Many(fields.Nested(ProgramMatch), required=True)
    known = Many(fields.Nested(KnownProgram), required=True, metadata=KNOWN)


class CandidatesSchema(RunAnswerSchema):
    """Startups for a program, best first."""

    program = fields.Nested(ShownProgram, required=True)
    candidates = Many(fields.Nested(StartupMatch), required=True)
    known = Many(fields.Nested(KnownStartup), required=True, metadata=KNOWN)


def answer(run: Run, matches: Sequence[Match], known: Sequence[KnownMatch], language: str) -> dict[str, Any]:
    """An answer's values, in the order of the schemas."""
    about = {
        "run_id": run.id,
        "model_version": run.model_version,
        "snapshot": run.snapshot,
        "rules_version": run.rules_version,
        "on": run.on,
        "ai_notice": notices.ai(language),
    }
    telling = Telling(run.vocabulary.codes, language, run.families(language), run.options.audience)
    entries = [_match(run, match, telling) for match in matches]
    said = [_known(run, match, telling) for match in known[:MOST_KNOWN]]
    if isinstance(run.subject, Startup):
        flags = _flags(run, run.subject, telling)
        return {**about, "startup": shown(run.subject), "flags": flags, "matches": entries, "known": said}
    return {**about, "program": shown(run.subject), "candidates": entries, "known": said}


def _flags(run: Run, startup: Startup, telling: Telling) -> list[dict[str, Any]]:
    whole = run.options.audience is Audience.STAFF
    return [flag_reply(flag, telling.language, whole=whole) for flag in run.flags(startup)]


def _match(run: Run, match: Match, telling: Telling) -> dict[str, Any]:
    side, program, candidate = _sides(run, match)
    whole, language = telling.of(program) is Audience.STAFF, telling.language
    flags = {"flags": _flags(run, candidate, telling)} if isinstance(candidate, Startup) else {}
    checks = telling.checks(match.checks, program)
    reasons = in_words(run.vocabulary, match.reasons, language, whole=whole)
    results = [(check["label"], check["result"]) for check in checks]
    return {
        side: shown(candidate),
        **flags,
        "rank": match.rank,
        "score": match.score,
        "score_units": match.units,
        "verdict": match.verdict,
        "verdict_label": eligibility.verdict_name(match.verdict, language),
        "paragraph": explained(reasons, match.verdict, results, language, whole=whole),
        "reasons": [_reason(reason) for reason in reasons],
        "checks": checks,
    }


def _known(run: Run, match: KnownMatch, telling: Telling) -> dict[str, Any]:
    side, program, candidate = _sides(run, match)
    return {
        side: shown(candidate),
        "family": match.known.family,
        "state": match.known.state,
        "state_label": said(known_words.STATES, match.known.state, telling.language),
        "on": match.known.on,
        "year": match.known.year,
        "verdict": match.verdict,
        "verdict_label": eligibility.verdict_name(match.verdict, telling.language),
        "checks": telling.checks([check for check in match.checks if check.result is not Result.PASS], program),
    }


def _sides(run: Run, match: Match | KnownMatch) -> tuple[str, Program, Startup | Program]:
    if isinstance(run.subject, Program):
        return "startup", run.subject, run.startups[match.startup_id]
    program = run.programs[match.program_id]
    return "program", program, program


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "block": reason.block,
        "label": reason.name,
        "points": reason.units / UNITS_PER_POINT,
        "points_units": reason.units,
        "sentence": reason.sentence,
        "facts": [
            {
                "term": fact.term,
                "label": label,
                "counterpart": fact.counterpart,
                "points": fact.units / UNITS_PER_POINT,
                "points_units": fact.units,
                "kind": fact.kind,
                "places": [_place(place) for place in fact.places],
                "counterpart_places": [_place(place) for place in fact.counterpart_places],
            }
            for fact, label in reason.facts
        ],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"field": place.field, "begin": place.begin, "end": place.end}
