"""Words that the sentence encoder can't read, each with words of the same meaning that it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from model.vocabulary.technologies import Technologies


@dataclass(frozen=True, slots=True)
class Glossary:
    """Renderings by Hangul word; `nouns` stand anywhere in a word, with `verbs` a word begins, whatever its ending."""

    nouns: Mapping[str, str] = field(default_factory=dict)
    verbs: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any], technologies: Technologies) -> Glossary:
        """Read the file's JSON; a technology's official name is rendered by its English one unless the file knows it."""
        official = {concept.ko: concept.en for concept in technologies.concepts.values()}
        return cls({**official, **raw["nouns"]}, dict(raw["verbs"]))
