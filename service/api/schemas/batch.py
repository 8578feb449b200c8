"""A batch: up to 1,000 startups asked for at once, and its lines."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from service.api.schemas.fields import CODES, Strict, Text, Whole
from service.api.schemas.match import MatchesSchema
from service.api.schemas.problem import ProblemSchema

MOST_ENTRIES = 1_000
OTHER = {
    "description": "항목은 줄마다 검사하며, 잘못된 항목은 해당 줄에서만 거절 · "
    "Entries are checked line by line; anything else is refused in its own line"
}
"""What the document lets an entry be besides an id or a profile: the request is taken whatever one entry is."""


class Entry(fields.Raw):
    """The id of a stored startup, or a profile."""


class BatchSchema(Strict):
    """The startups to rank programs for."""

    startups = fields.List(
        Entry(
            allow_none=True,  # null is refused in its own line
            metadata={"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Profile"}, OTHER]},
        ),
        required=True,
        validate=validate.Length(min=1, max=MOST_ENTRIES, error="too_many"),
        error_messages={**CODES, "invalid": "not_list"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> list[Any]:
        """The entries; each is read when its turn comes, so that one bad entry spoils its own line only."""
        entries: list[Any] = data["startups"]
        return entries


class BatchLine(Strict):
    """One line: the entry's place in the request, and its answer or its problem."""

    index = Whole(required=True, metadata={"description": "0부터 센 순서 · Place, from 0"})
    id = Text(allow_none=True)
    answer = fields.Nested(MatchesSchema)
    problem = fields.Nested(ProblemSchema)
