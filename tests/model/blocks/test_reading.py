"""What is read of a profile: its text and its structured values, alike for both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.blocks.reading import TAG_KINDS, program_text, startup_text
from model.domain import Program, Stage, Startup, Support
from tests.support import profiles
from tests.support.effort import SOME


@pytest.fixture(scope="module")
def reader(matcher):
    return matcher.vectoriser.reader


def startup_tags(reader, **facts):
    return reader.startups([Startup("s", **facts)])[0].tags


def program_tags(reader, **facts):
    return reader.programs([Program("p", **facts)])[0].tags


@SOME
@given(profiles.listed_technologies, profiles.texts)
def test_both_sides_read_the_same_technologies_from_the_same_words(reader, listed, text):
    mine = startup_tags(reader, technologies=listed)["technology"]
    theirs = program_tags(reader, technologies=listed)["technology"]

    assert mine == theirs


def test_every_kind_of_tag_is_read_on_both_sides(reader):
    assert startup_tags(reader).keys() == program_tags(reader).keys() == set(TAG_KINDS)


def test_a_profile_that_states_nothing_has_no_tag(reader):
    assert not any(startup_tags(reader).values())
    assert not any(program_tags(reader).values())


def test_a_technology_in_the_text_counts_like_a_listed_one(reader):
    told = startup_tags(reader, summary="거대언어모델로 상담을 자동화한다.")["technology"]
    listed = startup_tags(reader, technologies=("LLM",))["technology"]

    assert listed <= told


def test_a_technology_brings_its_group(reader, matcher):
    concepts = matcher.vocabulary.technologies.concepts
    code, concept = next((code, concept) for code, concept in concepts.items() if concept.parent)

    assert startup_tags(reader, technologies=(code,))["technology"] == {code, concept.parent}


def test_a_word_outside_the_vocabulary_stands_for_itself_in_any_form(reader):
    one, other = (
        startup_tags(reader, technologies=(word,))["technology"] for word in ("Zorbing Frobs", "zorbing frob")
    )

    assert one == other != frozenset()


def test_needs_and_support_are_the_same_tags(reader):
    assert startup_tags(reader, needs=(Support.GPU,))["needs"] == program_tags(reader, support=(Support.GPU,))["needs"]


def test_near_industries_share_their_division(reader):
    mine = startup_tags(reader, industry="58222")["field"]
    theirs = program_tags(reader, industries=("58221",))["field"]

    assert mine & theirs == {"58"}


def test_a_district_shares_its_region(reader):
    assert startup_tags(reader, region="11680")["region"] & program_tags(reader, regions=("11",))["region"] == {"11"}


def test_stage_and_language_are_read(reader):
    found = startup_tags(reader, stage=Stage.SEED, languages=("KO", "en"))

    assert found["stage"] == {"seed"}
    assert found["language"] == {"ko", "en"}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_names_are_not_in_the_text(name):
    assert startup_text(Startup("s", name=name, name_en=name)) == ""
    assert program_text(Program("p", name=name, partner=name, operator=name, track=name)) == ""


def test_both_summaries_and_the_demand_are_in_the_text():
    assert startup_text(Startup("s", summary="농장", summary_en="Farm")) == "농장 Farm"
    assert program_text(Program("p", summary="농장", summary_en="Farm", demand="로봇")) == "농장 Farm 로봇"
