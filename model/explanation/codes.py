"""Facts that are codes: those that both sides carry, and those that past participants carry, by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model.blocks.reading import FREE, free_word
from model.blocks.track_record import TEACHING_TAGS, teacher
from model.domain import EvidenceKind
from model.explanation import shown
from model.explanation.fact import Fact, largest
from model.explanation.sides import AnySide, ProgramSide, StartupSide, products


def of_both(startup: StartupSide, program: AnySide, kind: str) -> Sequence[Fact]:
    """Codes of one kind that both sides carry."""
    names = startup.vectoriser.tags[kind].terms.terms
    rows = products(startup, kind, program.vectors.tags[kind], program.row)
    return named(startup, ((kind, names[column], part) for column, part in rows))


def learned(startup: StartupSide, program: ProgramSide) -> Sequence[Fact]:
    """Codes of any kind that past participants carry more often than others."""
    tags = startup.vectoriser.tags
    kinds = [(kind, term) for kind in TEACHING_TAGS for term in tags[kind].terms.terms]
    rows = program.vectors.learned_tags[teacher(int(startup.vectors.fold[startup.row]))]
    parts = products(startup, "teaching_tags", rows, program.row)
    return named(startup, ((*kinds[column], part) for column, part in parts))


def named(startup: StartupSide, parts: Iterable[tuple[str, str, float]]) -> Sequence[Fact]:
    """Codes by what names them: the official name, or for a free technology the word that the startup lists."""
    vocabulary = startup.vectoriser.reader.vocabulary
    by_name: dict[str, Fact] = {}
    for kind, code, part in parts:
        if code.startswith(FREE):
            name = next((word for word in startup.profile.technologies if free_word(word) == code), None)
            fact = Fact(name or "", part, EvidenceKind.WORD)
        else:
            name, fact = shown.name(vocabulary, kind, code, "ko"), Fact(code, part, EvidenceKind.NAME, table=kind)
        if name:  # an industry's class and its group may bear one name, which stands once
            same = by_name.get(name)
            by_name[name] = same._replace(weight=same.weight + part) if same else fact
    return largest(by_name.values())
