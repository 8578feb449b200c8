"""A failure that the caller can act upon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model.faults import Fault
from service.errors.explanation import EXPLAINED, Explanation
from service.errors.problem import Problem


class ServiceError(Exception):
    """A failure that the caller can act upon; `faults` name the fields or lines at fault."""

    def __init__(self, code: Problem, *, faults: Sequence[Fault] = (), **facts: object) -> None:
        self.code, self.faults, self.facts = code, tuple(faults), facts
        super().__init__(f"{code} {facts}" if facts else code)

    def explained(self, language: str) -> Explanation:
        """Say it in `ko` or `en`."""
        return EXPLAINED[self.code][language].filled(self.facts)

    def on_page(self, language: str, facts: Mapping[str, object]) -> Explanation:
        """Say it on a page in `ko` or `en`, with the facts as the page names them."""
        return EXPLAINED.on_page(self.code, language).filled(facts)
