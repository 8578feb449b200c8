"""What a fact of a reason is called: a code by its official name, words as they were written."""

from __future__ import annotations

from collections.abc import Iterable

from model.explanation import shown
from model.vocabulary import Vocabulary


def label(vocabulary: Vocabulary, table: str | None, term: str, language: str) -> str:
    """Name a fact's term in `ko` or `en`; `table`: which codes it belongs to, None for a word of the texts."""
    return (shown.name(vocabulary, table, term, language) if table else None) or term


def labels(vocabulary: Vocabulary, facts: Iterable[tuple[str, str]], language: str) -> list[str]:
    """The names of facts, (table, term), each once: a word may stand beside the code of that name."""
    return list(dict.fromkeys(label(vocabulary, table, term, language) for table, term in facts))
