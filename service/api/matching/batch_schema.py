"""A batch: up to 1,000 startups asked for at once, thirty of them as profiles, and its lines."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from model.faults import BadData, Fault
from service.api.catalogue.profiles_schema import MOST_CHARACTERS, characters
from service.api.matching.match_schema import MatchesSchema
from service.api.wire.fields import CODES, Strict, Text, Whole
from service.api.wire.problem_schema import ProblemSchema

MOST_ENTRIES, MOST_PROFILES = 1_000, 30
"""A stored startup has been read before; reading a profile is dear, so their texts count together as one's do alone."""

FORMS = [
    {"type": "string", "description": "저장된 창업기업의 id · The id of a stored startup"},
    {"type": "object", "description": "POST /matches에 보내는 창업기업 자료 · A profile as POST /matches takes it"},
    {
        "type": ["array", "number", "boolean", "null"],
        "description": "해당 줄에서만 거절 · Refused in its own line, as a wrong id or profile is",
    },
]
"""What the document lets an entry be: entries are checked line by line, and the request is taken whatever one is."""


class BatchEntry(fields.Raw):
    """The id of a stored startup, or a profile."""


class BatchSchema(Strict):
    """The startups to rank programs for."""

    startups = fields.List(
        BatchEntry(
            allow_none=True,  # null is refused in its own line
            metadata={"anyOf": FORMS},
        ),
        required=True,
        validate=validate.Length(min=1, max=MOST_ENTRIES, error="too_many"),
        error_messages={**CODES, "invalid": "not_list"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> list[Any]:
        """The entries; each is read when its turn comes, so that one bad entry spoils its own line only.

        Raises BadData for more profiles, or more text in them together, than one request may have read.
        """
        entries: list[Any] = data["startups"]
        profiles = [entry for entry in entries if isinstance(entry, dict)]
        if len(profiles) > MOST_PROFILES:
            raise BadData([Fault("too_many_profiles", field="startups", allowed=str(MOST_PROFILES))])
        if sum(sum(characters(profile).values()) for profile in profiles) > MOST_CHARACTERS:
            raise BadData([Fault("profiles_too_long", field="startups", allowed=f"{MOST_CHARACTERS:,}")])
        return entries


class BatchLine(Strict):
    """One line: the entry's place in the request, and its answer or its problem."""

    index = Whole(required=True, metadata={"description": "0부터 센 순서 · Place, from 0"})
    id = Text(allow_none=True)
    answer = fields.Nested(MatchesSchema)
    problem = fields.Nested(ProblemSchema)
