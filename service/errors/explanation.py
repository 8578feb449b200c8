"""The table of problems: for each code the status of the answer, and what happened, why, and what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from service.errors.problem import Problem


@dataclass(frozen=True, slots=True)
class Explanation:
    """Three sentences for one code; braces name facts of the error."""

    what: str
    why: str
    advice: str

    def filled(self, facts: Mapping[str, object]) -> Explanation:
        """Put the facts into the sentences."""
        return Explanation(self.what.format(**facts), self.why.format(**facts), self.advice.format(**facts))


class Explained(Mapping[Problem, Mapping[str, Explanation]]):
    """Explanations by problem, then by language; read when the first is needed, since most commands need none."""

    @cached_property
    def _table(self) -> Mapping[str, Any]:
        return tomllib.loads(Path(__file__).with_name("problems.toml").read_text(encoding="utf-8"))

    @cached_property
    def _pages(self) -> Mapping[str, Any]:
        return tomllib.loads(Path(__file__).with_name("pages.toml").read_text(encoding="utf-8"))

    def __getitem__(self, problem: Problem) -> Mapping[str, Explanation]:
        """The explanation in both languages."""
        return {language: Explanation(*self._table[problem][language]) for language in ("ko", "en")}

    def __iter__(self) -> Iterator[Problem]:
        """The problems in the order of the table."""
        return map(Problem, self._table)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._table)

    def on_page(self, problem: Problem, language: str) -> Explanation:
        """The explanation for a reader of pages, to whom headers, fields and addresses of the API say nothing."""
        return Explanation(*self._pages[problem][language]) if problem in self._pages else self[problem][language]

    def status(self, problem: Problem) -> int | None:
        """The status of the answer; None for a problem that only the command line can meet."""
        return self._table[problem].get("status")  # type: ignore[no-any-return]  # as the table has it


EXPLAINED = Explained()
