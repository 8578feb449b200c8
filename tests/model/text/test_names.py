"""Names mean the same however they are typed: dots, forms of Unicode, width, case, blanks, titles, hidden marks."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given as law
from hypothesis import strategies as st

from model import vocabulary
from model.text import names
from tests.service import given

DOTS = "·ㆍ・･‧•∙"
TODAY = date(2026, 11, 30)
VOCABULARY = vocabulary.load(given.DATA / "vocabularies")
SPELLINGS = [word for concept in VOCABULARY.technologies.concepts.values() for word in concept.terms if "·" in word]
CODES = [
    (table, word)
    for name in ("kinds", "entities", "stages", "support", "manual_checks", "new_industry")
    for table in [getattr(VOCABULARY.codes, name)]
    for term in table.by_code.values()
    for word in (term.ko, term.en, *term.aliases)
]
TYPED = st.sampled_from(
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text[:1] + "\u200b" + text[1:],
        lambda text: f"  {text} ",
        lambda text: text.swapcase(),
        lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
        *(lambda text, dot=dot: text.replace("·", dot) for dot in DOTS),
    ]
)
"""Ways to type the same name."""


@pytest.mark.parametrize("dot", DOTS)
def test_a_technology_is_found_by_any_middle_dot(dot: str) -> None:
    technologies = VOCABULARY.technologies

    assert len(SPELLINGS) > 40
    assert [technologies.concept(word.replace("·", dot)) for word in SPELLINGS] == [
        technologies.concept(word) for word in SPELLINGS
    ]


@law(st.sampled_from(CODES), st.lists(TYPED, max_size=3))
def test_a_code_is_found_however_its_name_is_typed(entry, ways) -> None:
    table, word = entry
    typed = word
    for way in ways:
        typed = way(typed)

    assert table.find(typed) == table.find(word)


@law(st.text(max_size=30), TYPED)
def test_one_name_has_one_form_for_looking_up(text: str, way) -> None:
    assert names.folded(names.folded(text)) == names.folded(text)
    assert names.folded(unicodedata.normalize("NFD", names.visible(text))) == names.folded(names.visible(text))


@pytest.mark.parametrize(
    "written",
    [
        "김 가나",
        "김가나 위원",
        "위원 김가나",
        "평가위원장 김가나",
        "김가나 책임연구원",
        "심사위원김가나",
        "김가나님",
        "2) 김가나",
        unicodedata.normalize("NFD", "김가나"),
        "김\u200b가나",
        "김가나(한국대)",
        "한국대 김가나 교수",
    ],
)
def test_an_evaluator_is_the_same_person_whatever_stands_beside_the_name(written: str) -> None:
    assert names.is_same_person(written, "김가나")


@pytest.mark.parametrize(
    ("one", "other"), [("김가나", "김가다"), ("위원 1", "위원 2"), ("김가나(A)", "김가나(B)"), ("이", "이이")]
)
def test_two_evaluators_are_not_taken_for_one(one: str, other: str) -> None:
    assert not names.is_same_person(one, other)


@pytest.mark.parametrize(
    ("written", "code"), [("세종특별자치시", "36"), ("경북포항시", "47110"), ("전남ㆍ광주", "12"), ("중구", None)]
)
def test_a_region_is_found_by_its_name(written: str, code: str | None) -> None:
    assert VOCABULARY.codes.regions.find(written) == code


@pytest.mark.parametrize(
    ("above", "written", "code"),
    [("47", "포항", "47110"), ("41130", "분당", "41135"), ("11", "중구", "11140"), ("47", "포황", None)],
)
def test_a_district_is_found_below_its_province(above: str, written: str, code: str | None) -> None:
    assert VOCABULARY.codes.regions.find_within(above, written) == code


@pytest.mark.parametrize(
    ("code", "holds"),
    [("12", {"29", "46", "29155"}), ("51", {"42", "42110"}), ("45", {"52", "52111"}), ("11680", set())],
)
def test_a_region_holds_its_places_under_their_old_and_new_codes(code: str, holds: set[str]) -> None:
    assert VOCABULARY.codes.regions.lying_in(code, TODAY) >= {code, *holds}
