"""What an export asks for: a reason, and what is to be taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import ValidationError, post_load

from service.actions.catalogue.export import LEAST_REASON, MOST_REASON, Purpose
from service.actions.matching.match import Options
from service.actions.rounds.sheets import MOST_EVALUATORS, USUAL_EVALUATORS
from service.api.wire.fields import Identifier, Strict, Text
from service.api.wire.options import DAY, Number, QueryDay

TWO_LETTERS = r"^[^\x00]*[^\x00\s][^\x00]*[^\x00\s][^\x00]*$"
"""How the document says of a reason that it is long enough."""
MOST_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """Why, as of which day, how many, of which program, with columns for how many evaluators."""

    reason: str
    on: date | None = None
    limit: int = 100
    program_id: str | None = None
    evaluators: int = USUAL_EVALUATORS

    @property
    def options(self) -> Options:
        """How a list is ranked."""
        return Options(self.limit, self.on)

    def purpose(self, form: str, language: str) -> Purpose:
        """The reason with form and language."""
        return Purpose(self.reason, form, language)


class Reasoned(Strict):
    """Every export states its reason."""

    reason = Text(
        required=True,
        longest=MOST_REASON,
        metadata={"description": "내려받는 사유, 기록에 남음 · Why; recorded", "pattern": TWO_LETTERS},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> ExportOrder:
        """Turn the parameters into a wish."""
        if len(data["reason"].strip()) < LEAST_REASON:
            raise ValidationError({"reason": ["missing"]})
        return ExportOrder(**{**data, "reason": data["reason"].strip()})


class RankedExport(Reasoned):
    """A ranked list: as of which day, how many."""

    on = QueryDay(metadata=DAY)
    limit = Number(1, MOST_ROWS, metadata={"description": "결과 수(기본 100) · How many, 100 unless told"})


class DecisionExport(Reasoned):
    """Decisions, of one program if it is named."""

    program_id = Identifier()


class RoundExport(Reasoned):
    """A round's workbook, with columns for so many evaluators."""

    evaluators = Number(
        1, MOST_EVALUATORS, metadata={"description": "위원 칸의 수(기본 5) · Evaluators' columns, 5 unless told"}
    )
