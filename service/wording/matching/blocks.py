"""What each block of a score is called, and the sentence that gives its facts."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from service.settings import VOCABULARIES

MOST_TERMS = 3

_TABLE = tomllib.loads((VOCABULARIES / "blocks.toml").read_text(encoding="utf-8"))
NAMES: dict[str, dict[str, str]] = _TABLE["names"]
ACROSS: dict[str, dict[str, str]] = _TABLE["across"]
"""What a block is called for a pair whose texts are in different languages."""

_SENTENCES = tomllib.loads(Path(__file__).with_name("reasons.toml").read_text(encoding="utf-8"))["blocks"]
VAGUE: dict[str, str] = _SENTENCES["vague"]
"""What the block of meaning says where no two phrases are clearly near."""


def name(block: str, language: str, *, across: bool = False) -> str:
    """What a block is called; one that this version does not know keeps its code.

    `across`: the pair's texts are in different languages.

    >>> name("technology", "en")
    'Technology'
    """
    names = ACROSS if across and block in ACROSS else NAMES
    return names.get(block, {}).get(language, block)


def sentence(block: str, terms: Sequence[str], language: str) -> str:
    """Say in one sentence why a block gave points, naming up to three of its facts.

    >>> sentence("technology", ["LLM", "RAG"], "en")
    'The technologies fit those that the program looks for (LLM, RAG).'
    """
    plain = _SENTENCES.get(block, {}).get(language) or name(block, language) + "."
    if not terms:
        return plain
    return f"{plain.removesuffix('.')} ({', '.join(terms[:MOST_TERMS])})."
