"""A paragraph cites what says something, and blames no rule that is merely unknown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from model.domain import Evidence, EvidenceKind, Result, Share, Verdict
from service.wording.matching.generic import GENERIC
from service.wording.matching.paragraph import BlockBasis, NamedFact, by_facts, paragraph, particle
from service.wording.matching.reasons import explained, in_words
from tests.support import bundled

RESULTS = [("접수 기간", Result.NEEDS_CHECK), ("업력", Result.FAIL), ("소재지", Result.PASS)]


def _said(*grounds: BlockBasis, language: str = "ko") -> str:
    return paragraph(grounds, Verdict.ELIGIBLE, [], language)


def _ground(
    block: str, *words: str, kind: EvidenceKind = EvidenceKind.WORD, counterpart: str | None = None
) -> BlockBasis:
    return BlockBasis(block, [NamedFact(word, counterpart, kind) for word in words])


def test_generic_words_are_cited_nowhere() -> None:
    said = _said(_ground("words", "서비스", "건설", "제공", "60%"))

    assert "‘건설’이라는 말" in said
    assert not [word for word in ("서비스", "제공", "60%") if f"‘{word}’" in said]


def test_a_ground_of_generic_words_alone_gives_way_to_the_next() -> None:
    assert _said(_ground("words", "서비스"), _ground("technology", "로보틱스")).startswith("프로그램이 찾는 기술")


def test_a_word_is_cited_once() -> None:
    assert _said(_ground("words", "건설", "안전"), _ground("track_record", "안전")).count("안전") == 1


def test_what_a_firm_does_comes_before_its_stage() -> None:
    said = _said(_ground("stage", "시드"), _ground("words", "건설"), _ground("technology", "로보틱스"))

    assert "시드" not in said


@pytest.mark.parametrize(("language", "expected"), [("ko", "‘클라우드’라는"), ("en", "“cloud”")])
def test_words_are_cited_in_the_reader_s_script_where_there_are_some(language: str, expected: str) -> None:
    said = _said(_ground("words", "cloud", "클라우드"), language=language)

    assert expected in said
    assert ("cloud" in said) != ("클라우드" in said)


def test_a_phrase_without_a_word_that_says_something_is_not_quoted() -> None:
    vague = _ground("cross_language", "in Korea", kind=EvidenceKind.PHRASE, counterpart="cloud credits")

    assert "in Korea" not in _said(vague)


@pytest.mark.parametrize(
    ("verdict", "named", "silent"),
    [(Verdict.INELIGIBLE, "업력", "접수 기간"), (Verdict.NEEDS_CHECK, "접수 기간", "업력")],
)
def test_the_rules_that_a_verdict_rests_on_are_named_and_no_others(verdict: Verdict, named: str, silent: str) -> None:
    said = explained([], verdict, RESULTS, "ko")

    assert f"‘{named}’ 요건" in said
    assert silent not in said


def test_names_of_technologies_are_not_generic() -> None:
    concepts = bundled.vocabularies().technologies.concepts.values()

    assert not GENERIC & {name.lower() for concept in concepts for name in (concept.ko, concept.en)}


@pytest.mark.parametrize("place", ["대구", "서울에서", "Seoul"])
def test_where_a_firm_sits_is_cited_as_no_reason(place: str) -> None:
    assert place not in _said(_ground("meaning", place), _ground("technology", "로보틱스"))


def test_two_forms_of_an_english_word_are_cited_once() -> None:
    assert _said(_ground("track_record", "GPUs"), _ground("words", "GPU")).count("GPU") == 1


def test_the_lack_of_a_passage_stands_against_what_fits() -> None:
    vague, needs = _ground("cross_language", "않고", kind=EvidenceKind.PHRASE), _ground("needs", "교육", "투자유치")

    assert "투자유치를 이 프로그램에서 제공합니다. 다만 두 소개 글" in _said(vague, needs)
    assert "다만" not in _said(vague)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *(
            ("VR", "을"),
            ("AI", "를"),
            ("PoC", "를"),
            ("mobile", "을"),
            ("chatbot", "을"),
            ("cloud", "를"),
            ("web", "을"),
        ),
        *(
            ("기술실증(PoC)", "을"),
            ("5G", "를"),
            ("electric", "을"),
            ("10", "을"),
            ("데이터(공공)", "를"),
            ("heat", "를"),
        ),
    ],
)
def test_a_particle_follows_the_sound_of_the_word(word: str, expected: str) -> None:
    assert particle(word, "을", "를") == expected


def _technologies(language: str, *names: str, fields: Sequence[str] = ()) -> str:
    facts = [NamedFact(n, None, EvidenceKind.NAME, is_technology=True, is_field=n in fields) for n in names]
    return by_facts([BlockBasis("technology", facts)], language)[0]


def test_a_field_that_follows_from_a_technology_is_not_said_to_be_worked_on() -> None:
    said = _technologies("ko", "소프트웨어 개발", "클라우드", fields=["클라우드"])

    assert said == "프로그램이 찾는 기술 가운데 ‘소프트웨어 개발’을 이 기업이 다룹니다."


def test_where_no_more_than_a_field_is_shared_no_more_is_said() -> None:
    assert (
        _technologies("ko", "클라우드", fields=["클라우드"])
        == "이 기업의 기술과 프로그램이 찾는 기술이 같은 분야(클라우드)에 들어 있습니다."
    )
    assert "same field" in _technologies("en", "cloud computing", fields=["cloud computing"])


def test_a_block_says_what_it_rests_on_by_the_place_of_each_technology_in_the_vocabulary() -> None:
    def said(*codes: str) -> tuple[str, str]:
        facts = tuple(Evidence(code, 10, table="technology", kind=EvidenceKind.NAME) for code in codes)
        reasons = in_words(bundled.vocabularies(), [Share("technology", 10 * len(codes), facts)], "ko")
        return reasons[0].sentence, explained(reasons, Verdict.ELIGIBLE, [], "ko")

    both, field = said("cloud-software", "cloud"), said("cloud")

    assert both[0] == "보유 기술이 프로그램이 찾는 기술과 맞습니다 (소프트웨어 개발)."
    assert "클라우드" not in both[1]
    assert field[0] == "보유 기술과 프로그램이 찾는 기술이 같은 분야에 들어 있습니다 (클라우드)."
    assert "이 기업이 다룹니다" not in field[1]
