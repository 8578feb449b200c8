"""Words that the sentence encoder can't read, each with words of the same meaning that it reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from model.vocabulary.technologies import Technologies


@dataclass(frozen=True, eq=False)
class Glossary:
    """Renderings by Hangul word; `nouns` stand anywhere in a word, with `verbs` a word begins, whatever its ending.

    A noun of one syllable stands alone; written with a hyphen, as dictionaries write suffixes, it closes a word.
    """

    nouns: Mapping[str, str] = field(default_factory=dict)
    verbs: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of all renderings."""
        return hashlib.sha256(json.dumps([self.nouns, self.verbs], sort_keys=True).encode()).hexdigest()

    @classmethod
    def from_json(cls, raw: Mapping[str, Any], technologies: Technologies) -> Glossary:
        """Read the file's JSON; a technology's official name has its English one, unless the file says otherwise."""
        official = {concept.ko: concept.en for concept in technologies.concepts.values()}
        return cls({**official, **raw["nouns"]}, dict(raw["verbs"]))
