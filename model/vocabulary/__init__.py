"""Technologies, industry fields, regions, stages and codes, in Korean and English, read from versioned files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from model.vocabulary.codes import Codes
from model.vocabulary.glossary import Glossary
from model.vocabulary.technologies import Concept, Technologies

__all__ = ["Codes", "Concept", "Glossary", "Technologies", "Vocabulary", "from_bytes", "load"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every code table; `raw` keeps the files as they were, so that an artifact can carry them."""

    technologies: Technologies
    codes: Codes
    glossary: Glossary
    raw: Mapping[str, bytes] = field(repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 over the files' names and bytes."""
        whole = hashlib.sha256()
        for name in sorted(self.raw):
            whole.update(name.encode() + b"\0" + hashlib.sha256(self.raw[name]).digest())
        return whole.hexdigest()


def load(folder: Path) -> Vocabulary:
    """Read every `*.json` of a folder; raises OSError or ValueError, since a broken vocabulary is our own fault."""
    return from_bytes({path.stem: path.read_bytes() for path in sorted(folder.glob("*.json"))})


def from_bytes(raw: Mapping[str, bytes]) -> Vocabulary:
    """Read the tables from the files' bytes, by file stem."""
    tables = {name: json.loads(content) for name, content in raw.items()}
    technologies = Technologies.from_json(tables["technologies"])
    glossary = Glossary.from_json(tables["glossary"], technologies)
    return Vocabulary(technologies, Codes.from_json(tables), glossary, dict(raw))
