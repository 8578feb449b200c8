"""Three sentences for one code: what happened, why, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Explanation:
    """Three sentences for one code; braces name facts of the error."""

    what: str
    why: str
    advice: str

    def filled(self, facts: dict[str, object]) -> Explanation:
        """Put the facts into the sentences."""
        return Explanation(self.what.format(**facts), self.why.format(**facts), self.advice.format(**facts))


Explanations: TypeAlias = dict[str, dict[str, Explanation]]
"""By code, then by language."""


def both(ko: tuple[str, str, str], en: tuple[str, str, str]) -> dict[str, Explanation]:
    """The same three sentences in both languages."""
    return {"ko": Explanation(*ko), "en": Explanation(*en)}
