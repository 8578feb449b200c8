"""Every answer is walked: what its reasons show is written in the texts or an official name, and adds up."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from model.domain import EvidenceKind, Match, Program, Startup
from model.explanation import contrast, shown
from model.matching.matcher import Matcher
from model.text.analysis import stem, visible, words
from model.vectors.corpus import Corpus
from service.wording.matching.reasons import Reason, explained, in_words
from tests.support import bundled

ON = date(2026, 2, 2)
WHOLE = os.environ.get("IEUM_TEST_LONG") == "1"
"""Walk the whole sample, top ten of every startup; otherwise its small part."""
LITERAL = 0.95
CODE = re.compile(r"[a-z]+_[a-z_]+|\d{5}|new-industry-\d+|word:.*|[a-z]+-[a-z]+-?[a-z]*-\d{4}")
LANGUAGES = ("ko", "en")

Answer = tuple[Startup, Program, Match]


@pytest.fixture(scope="module")
def walked() -> list[Answer]:
    snapshot = bundled.whole() if WHOLE else bundled.small()
    matcher = Matcher.fit(Corpus.of(snapshot, bundled.vocabularies(), seed=1), snapshot.outcomes)
    return list(_answers(matcher, snapshot.startups, snapshot.programs))


def _answers(matcher: Matcher, startups: tuple[Startup, ...], programs: tuple[Program, ...]) -> Iterator[Answer]:
    pool, by_id = matcher.program_pool(programs), {program.id: program for program in programs}
    for startup in startups:
        for match in matcher.programs_for(startup, pool, on=ON):
            yield startup, by_id[match.program_id], match


def _told(match: Match, language: str) -> tuple[Reason, ...]:
    return in_words(bundled.vocabularies(), match.reasons, language)


def test_evidence_adds_up_to_its_block_and_blocks_to_the_score(walked: list[Answer]) -> None:
    for _, _, match in walked:
        assert sum(share.units for share in match.reasons) == match.units
        for share in match.reasons:
            assert sum(fact.units for fact in share.evidence) == (share.units if share.evidence else 0)
            assert all(fact.units > 0 for fact in share.evidence)


def test_nearly_all_points_carry_evidence(walked: list[Answer]) -> None:
    shares = [share for _, _, match in walked for share in match.reasons]
    carried = sum(share.units for share in shares if share.evidence)

    assert carried / sum(share.units for share in shares) >= LITERAL


@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_stands_in_the_text_or_is_an_official_name(walked: list[Answer], language: str) -> None:
    for startup, _, match in walked:
        listed = (startup.summary, startup.summary_en, *startup.technologies)
        text = visible(" ".join(part for part in listed if part))
        for fact, label in (pair for reason in _told(match, language) for pair in reason.facts):
            if fact.kind is EvidenceKind.NAME:
                assert label == shown.name(bundled.vocabularies(), fact.table or "", fact.term, language)
            else:
                assert label.lower() in text.lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_stem_number_or_function_word_is_shown(walked: list[Answer], language: str) -> None:
    for startup, program, match in walked:
        spoken = {word for text in _texts(startup, program) for word in words(visible(text).lower())}
        for fact, label in (pair for reason in _told(match, language) for pair in reason.facts):
            assert not CODE.fullmatch(label)
            for part in (label, fact.counterpart) if fact.kind is EvidenceKind.WORD else ():
                assert part is None or not re.fullmatch(r"[\d.,]+", part)
                assert (part or "").lower() not in shown.FUNCTION_WORDS
                assert all(word in spoken for word in words((part or "").lower()) if word.isascii())


def test_places_say_where_evidence_is_written(walked: list[Answer]) -> None:
    for startup, program, match in walked:
        for fact in (fact for share in match.reasons for fact in share.evidence):
            for place in fact.places:
                _same(getattr(startup, place.field)[place.begin : place.end], fact.term)
            for place in fact.counterpart_places:
                _same(getattr(program, place.field)[place.begin : place.end], fact.counterpart or fact.term)


def _same(written: str, shown_as: str) -> None:
    """The same words, in another form at most: switches for switch, or a number with another unit."""
    ours, theirs = words(visible(written).lower()), words(visible(shown_as).lower())
    same = {stem(word)[:3] for word in ours} & {stem(word)[:3] for word in theirs}
    assert same or written in shown_as or ours[0][0].isdigit()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_match_has_its_paragraph(walked: list[Answer], language: str) -> None:
    for _, _, match in walked:
        said = explained(_told(match, language), match.verdict, [("업력", match.verdict)], language)

        assert said.endswith(".")
        assert "{" not in said
        assert 1 <= said.count(". ") + 1 <= 5


def test_applicants_read_a_paragraph_without_facts(walked: list[Answer]) -> None:
    for _, _, match in walked[:50]:
        told = in_words(bundled.vocabularies(), match.reasons, "ko", whole=False)

        assert "‘" not in explained(told, match.verdict, [], "ko", whole=False)


def test_a_contrast_adds_up_to_the_difference_of_scores(walked: list[Answer]) -> None:
    for (_, _, one), (_, _, other) in pairwise(walked):
        found = contrast(one.reasons, other.reasons)

        assert sum(difference.units for difference in found) == one.units - other.units
        assert [abs(d.units) for d in found] == sorted((abs(d.units) for d in found), reverse=True)


def _texts(startup: Startup, program: Program) -> list[str]:
    ours = (startup.summary, startup.summary_en, *startup.technologies)
    return [text for text in (*ours, program.summary, program.summary_en, program.demand) if text]
