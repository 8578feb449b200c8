"""Past participants of a program beside a startup: the question, the schemas and the plain values that are sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from model.domain import OutcomeKind
from model.vocabulary import Vocabulary
from service.actions.matching.find_participants import MOST_COMPARED, Participant, ParticipantGroup
from service.actions.matching.match import Run
from service.api.wire.fields import Code, Day, Identifier, Many, Strict, Text, Whole
from service.api.wire.names_schema import ShownProgram, ShownStartup, shown
from service.api.wire.options import AudienceOption, Number, QueryDay
from service.wording import eligibility, notices, terms
from service.wording.eligibility import Audience

MOST_NAMED = 100
COUNT = {"description": "이 계열에 참여한 다른 기업 수 · How many others took part in this line of programs"}
ALIKE = {"description": "그 가운데 공통점이 있는 기업 수 · How many of these have something in common with the startup"}
SHARED = {
    "description": f"가장 비슷한 {MOST_COMPARED}곳과의 공통점 · What is shared with the {MOST_COMPARED} most alike"
}
NAMED = {
    "description": "담당자가 볼 수 있는 기업만 이름을 밝힘 · By name as far as the reader's programs go; staff only"
}


class ParticipantsQuery(Strict):
    """Which program, as of which day, how many by name, and who reads."""

    program = Identifier(required=True)
    on = QueryDay()
    limit = Number(1, MOST_NAMED, metadata={"description": "이름을 밝힐 기업 수(기본 10) · How many by name, else 10"})
    audience = AudienceOption()


class SharedSchema(Strict):
    """One thing that participants share with the startup."""

    label = Text(required=True)
    count = Whole(1, required=True)


class ParticipantSchema(Strict):
    """One participant, with what became of it and what it shares with the startup."""

    startup = fields.Nested(ShownStartup, required=True)
    program = fields.Nested(ShownProgram, required=True)
    outcome = Code(OutcomeKind, required=True)
    on = Day(required=True, allow_none=True)
    likeness = fields.Float(required=True, validate=validate.Range(0, 1))
    shared = Many(Text(), required=True)


class ParticipantsSchema(Strict):
    """Who took part in a program or its line of years: by count, and for staff by name, the most alike first."""

    run_id = Text(required=True)
    on = Day(required=True)
    ai_notice = Text(required=True)
    startup = fields.Nested(ShownStartup, required=True)
    program = fields.Nested(ShownProgram, required=True)
    count = Whole(0, required=True, metadata=COUNT)
    alike = Whole(0, required=True, metadata=ALIKE)
    shared = Many(fields.Nested(SharedSchema), required=True, metadata=SHARED)
    participants = Many(fields.Nested(ParticipantSchema), required=True, metadata=NAMED)


def answer(run: Run, wanted: Mapping[str, Any], group: ParticipantGroup, language: str) -> dict[str, Any]:
    """The values: an applicant reads counts, and what is shared only where the program shows its reasons whole."""
    program, reader = run.programs[wanted["program"]], run.options.audience
    is_whole = eligibility.audience_for(program, reader) is Audience.STAFF
    shared = Counter(label for other in group.alike for label in terms.labels(run.vocabulary, other.shared, language))
    return {
        "run_id": run.id,
        "on": run.on,
        "ai_notice": notices.ai(language),
        "startup": shown(run.subject),
        "program": shown(program),
        "count": group.count,
        "alike": len(group.alike),
        "shared": [{"label": label, "count": count} for label, count in shared.most_common() if is_whole],
        "participants": [
            _participant(run.vocabulary, participant, language)
            for participant in (group.named if reader is Audience.STAFF else ())
        ],
    }


def _participant(vocabulary: Vocabulary, participant: Participant, language: str) -> dict[str, Any]:
    return {
        "startup": shown(participant.startup),
        "program": shown(participant.program),
        "outcome": participant.outcome,
        "on": participant.on,
        "likeness": participant.likeness,
        "shared": terms.labels(vocabulary, participant.shared, language),
    }
