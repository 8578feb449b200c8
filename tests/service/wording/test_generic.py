"""Words that many notices use and few firms do are cited as no reason, unless they belong to a technology's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from model.blocks.pasts import group
from model.blocks.reading import program_text, startup_text
from model.domain import EvidenceKind
from model.explanation.shown import is_word
from model.text.analysis import stem, words
from model.vectors.corpus import analyser
from service.wording.matching.generic import STEMS, is_generic
from service.wording.matching.paragraph import BlockBasis, NamedFact, by_facts
from tests.support import bundled

A_TENTH, RARER = 0.1, 5


def test_words_of_notices_that_firms_seldom_use_are_generic() -> None:
    known = bundled.whole()
    families: dict[str, str] = {}
    for program in known.programs:
        families[group(program)] = f"{families.get(group(program), '')} {program_text(program)}"
    of_programs, of_firms = _shares(families.values()), _shares(map(startup_text, known.startups))
    concepts = bundled.vocabularies().technologies.concepts.values()
    names = " ".join(f"{concept.ko} {concept.en}".lower() for concept in concepts)
    pieces = names + " ".join(map(stem, words(names)))

    telling = {
        word
        for word, share in of_programs.items()
        if share >= A_TENTH and share >= RARER * of_firms[word] and word not in pieces and not word[0].isdigit()
    }

    assert len(of_programs) > 500
    assert not {word for word in telling if word not in STEMS and not is_generic(word)}


def _shares(texts: Iterable[str]) -> Counter[str]:
    """The part of some texts that hold each word that may be shown."""
    bags = analyser(bundled.vocabularies()).bags([text.lower() for text in texts])
    uses = Counter(word for bag in bags for word in bag.terms if is_word(word))
    return Counter({word: count / len(bags) for word, count in uses.items()})


@pytest.mark.parametrize("word", ["Credit", "credits", "opens", "센터", "센터에서"])
def test_a_lone_word_of_notices_is_no_reason(word: str) -> None:
    assert not by_facts([BlockBasis("words", [NamedFact(word, None, EvidenceKind.WORD)])], "ko")


def test_a_technology_is_cited_by_its_name_even_if_every_word_of_it_is_generic() -> None:
    name = NamedFact("스마트팜", None, EvidenceKind.NAME, is_technology=True)

    assert "스마트팜" in by_facts([BlockBasis("technology", [name])], "ko")[0]
