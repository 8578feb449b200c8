"""What codes are called in the page's language; without a model there are no names, and a code stands for itself."""

from __future__ import annotations

from collections.abc import Iterable

from model.domain import Conflict
from model.vocabulary import Vocabulary
from model.vocabulary.codes import Codes, CodeTable
from service.console.wire.language import language
from service.errors import ServiceError
from service.wired import wired
from service.wording import terms

PROVINCE = 2
"""Digits of a 시도's code."""


class VocabularyNames:
    """The names of the model's vocabulary in one language."""

    def __init__(self, vocabulary: Vocabulary | None, language_code: str) -> None:
        self._vocabulary, self._language = vocabulary, language_code

    @property
    def codes(self) -> Codes | None:
        """The code tables; None without a model."""
        return self._vocabulary.codes if self._vocabulary else None

    def of(self, table: str, code: object) -> str:
        """The name of a code in one of the tables, such as `stages`; nothing for nothing."""
        if code is None:
            return ""
        name = getattr(self.codes, table).name(str(code), self._language) if self.codes else None
        return name or str(code)

    def family(self, code: str) -> str:
        """The name of a family of programs; what is in no list as it was written."""
        return (self.codes.programs.name(code, self._language) if self.codes else None) or code

    def conflict(self, conflict: Conflict) -> str:
        """What a notice bars: a program, or a class of programs."""
        if conflict.family:
            return self.family(conflict.family)
        code = conflict.program_class or ""
        return (self.codes.programs.class_name(code, self._language) if self.codes else None) or code

    def all(self, table: str, codes: Iterable[object]) -> str:
        """The names of several codes, listed."""
        return ", ".join(self.of(table, code) for code in codes)

    def technologies(self, words: Iterable[str]) -> list[str]:
        """The names of technologies, some of which are free words."""
        if self._vocabulary is None:
            return list(words)
        vocabulary = self._vocabulary
        known = [(vocabulary.technologies.concept(word), word) for word in words]
        return [terms.label(vocabulary, "technology", code, self._language) if code else word for code, word in known]

    def technology(self, word: str) -> str:
        """The name of a technology's code; a free word as it is written."""
        is_code = self._vocabulary is not None and self._vocabulary.technologies.concept(word) == word
        return self.technologies([word])[0] if is_code else word

    def technology_code(self, name: str) -> str:
        """The code of which this is the name; a free word as it is written."""
        code = self._vocabulary.technologies.concept(name) if self._vocabulary else None
        return code if code and self.technology(code) == name else name

    def choices(self, table: str) -> list[tuple[str, str]]:
        """Every code of a table with its name, for a form."""
        listed: CodeTable | None = getattr(self.codes, table) if self.codes else None
        return [(code, self.of(table, code)) for code in listed.by_code] if listed else []

    def regions(self) -> list[tuple[str, str]]:
        """The 시도 with their names."""
        listed = self.codes.regions.by_code.values() if self.codes else ()
        return [(r.code, self.of("regions", r.code)) for r in listed if len(r.code) == PROVINCE and not r.successors]


def names() -> VocabularyNames:
    """The names in the page's language."""
    try:
        return VocabularyNames(wired().matching.prepared().matcher.vocabulary, language())
    except ServiceError as error:
        if error.code != "no_model":
            raise
        return VocabularyNames(None, language())
