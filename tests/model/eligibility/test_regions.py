"""Region codes hold together: every code on every day has a place, and a code always lies in itself."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from model.vocabulary.places import Relation
from tests.model.eligibility.strategies import CODES

REGIONS = CODES.regions
codes = st.sampled_from(sorted(REGIONS.by_code))
days = st.dates(date(2005, 1, 1), date(2030, 12, 31))


@given(code=codes, on=days)
def test_every_code_covers_a_place_on_every_day(code, on):
    assert REGIONS.footprint(code, on).districts


@given(code=codes, on=days)
def test_a_code_lies_in_itself(code, on):
    assert REGIONS.relation(code, (code,), on) is Relation.INSIDE


@given(code=codes, others=st.lists(codes, max_size=4), on=days)
def test_more_regions_never_shut_a_place_out(code, others, on):
    few, more = (REGIONS.relation(code, names, on) for names in (others[:2], others))

    assert not (few is Relation.INSIDE and more is not Relation.INSIDE)
    assert not (few is Relation.UNCERTAIN and more is Relation.OUTSIDE)


@given(word=st.text(max_size=6), on=days)
def test_a_word_that_is_no_code_is_never_an_error(word, on):
    expected = Relation.INSIDE if word in REGIONS else Relation.UNCERTAIN

    assert REGIONS.relation(word, (word,), on) is expected


@given(word=st.text(max_size=6), other=st.text(max_size=6))
def test_an_industry_word_is_never_an_error(word, other):
    assert CODES.industries.relation(word, (other,)) in Relation


def test_every_current_district_lies_in_its_province():
    on = date(2026, 11, 22)
    current = [r for r in REGIONS.by_code.values() if r.parent and r.is_valid(on)]

    assert [r.code for r in current if REGIONS.relation(r.code, (r.code[:2],), on) is not Relation.INSIDE] == []


def test_a_name_finds_its_code_in_either_language():
    found = [REGIONS.find(word) for word in ("서울", "강원도", "Jeonbuk", "경기 고양시", "광주", "41280", "없는 곳")]

    assert found == ["11", "51", "52", "41280", "29", "41280", None]


def test_a_name_that_several_districts_share_finds_none():
    assert REGIONS.find("중구") is None
