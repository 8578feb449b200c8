"""Flags: what of a startup's profile looks stuffed and was set aside: the schema, and the values that are sent."""

from __future__ import annotations

from typing import Any

from model.domain import Flag, FlagCode
from service.api.wire.fields import Code, Strict, Text, Whole
from service.wording.matching import flags
from service.wording.pairs import said

FOUND = {"description": "드러난 정도, 담당자에게만 표시 · How much was found; shown to staff only"}
LIMIT = {"description": "통상적인 기업의 한도, 담당자에게만 표시 · What honest profiles keep to; shown to staff only"}


class FlagSchema(Strict):
    """A part of a startup's profile that was set aside; a hint for a person, never a verdict."""

    code = Code(FlagCode, required=True)
    label = Text(required=True)
    sentence = Text(required=True)
    measured = Whole(0, data_key="found", required=True, allow_none=True, metadata=FOUND)
    limit = Whole(0, required=True, allow_none=True, metadata=LIMIT)


def flag_reply(flag: Flag, language: str, *, whole: bool) -> dict[str, Any]:
    """A flag's values; without `whole`, as applicants see it, the limits stay untold."""
    return {
        "code": flag.code,
        "label": said(flags.NAMES, flag.code, language),
        "sentence": said(flags.SENTENCES, flag.code, language),
        "found": flag.measured if whole else None,
        "limit": flag.limit if whole else None,
    }
