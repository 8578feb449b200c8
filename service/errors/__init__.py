"""What the caller can act upon: one stable code each; its sentences are in service/errors."""

from __future__ import annotations

from collections.abc import Sequence

from model.faults import Fault
from service.errors import (
    audit,
    care,
    catalogue,
    decisions,
    doors,
    files,
    imports,
    model,
    objections,
    operation,
    requests,
    rounds,
    runs,
)
from service.errors.words import Explanation, Explanations


class ServiceError(Exception):
    """A failure that the caller can act upon; `faults` name the fields or lines at fault."""

    def __init__(self, code: str, *, faults: Sequence[Fault] = (), **facts: object) -> None:
        self.code, self.faults, self.facts = code, tuple(faults), facts
        super().__init__(f"{code} {facts}" if facts else code)

    def explained(self, language: str) -> Explanation:
        """Say it in `ko` or `en`."""
        return EXPLANATIONS[self.code][language].filled(self.facts)


EXPLANATIONS: Explanations = {
    **requests.EXPLANATIONS,
    **catalogue.EXPLANATIONS,
    **doors.EXPLANATIONS,
    **decisions.EXPLANATIONS,
    **rounds.EXPLANATIONS,
    **audit.EXPLANATIONS,
    **runs.EXPLANATIONS,
    **care.EXPLANATIONS,
    **objections.EXPLANATIONS,
    **files.EXPLANATIONS,
    **imports.EXPLANATIONS,
    **operation.EXPLANATIONS,
    **model.EXPLANATIONS,
}
