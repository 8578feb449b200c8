"""Words that the encoder can't read give way to others of the same meaning; what is shown stays as it was written."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.blocks.encoder import NO_GLOSSARY, covered
from model.blocks.reading import program_text, startup_text
from model.blocks.rendering import Renderer
from model.text import analysis as text
from model.vocabulary import Glossary
from tests.support import bundled, profiles
from tests.support.effort import SOME

GLOSSARY = bundled.vocabularies().glossary
RENDERER = Renderer(GLOSSARY, covered)
MOST_LOST = 0.01


@pytest.mark.parametrize(
    ("word", "rendering"),
    [
        ("로봇", "robot"),
        ("로봇이", "robot이"),
        ("산업용로봇제조", "산업용 robot 제조"),
        ("딥러닝으로", "deep learning으로"),
        ("칩을", "chip을"),
        ("터치스크린칩", "터치스크린 chip"),
        ("읽는다", "read"),
        ("돕습니다", "help"),
        ("낮췄다", "낮추었다"),
        ("운영됩니다", "운영된다"),
        ("안팎의", "내외의"),
        ("바이오리엑터", "bioreactor"),
    ],
)
def test_a_word_gives_way_to_one_of_the_same_meaning(word, rendering):
    assert RENDERER.word(word) == (rendering, True)


@pytest.mark.parametrize("word", ["캡스턴", "뷁칩뷁", "앱솔뤼트"])
def test_a_word_is_not_found_in_another_word(word):
    rendering = RENDERER.word(word)

    assert rendering == ("", False)


@pytest.mark.parametrize("shown", ["제조 기계를 만드는 회사", "AI that reads scans"])
def test_what_can_be_read_stays(shown):
    assert RENDERER.rendered(shown).text == shown


def test_words_of_other_scripts_stay_apart_from_what_stands_for_a_word():
    assert RENDERER.rendered("AI로봇, 3축로봇팔").text == "AI robot, 3 축 robot 팔"


def test_without_a_glossary_what_cannot_be_read_is_left_out():
    assert Renderer(NO_GLOSSARY, covered).rendered("병원 로봇 영상").text == "병원  영상"


@SOME
@given(profiles.texts)
def test_every_letter_of_a_rendering_belongs_to_a_place_of_the_text(written):
    shown = text.visible(written)
    rendering = RENDERER.rendered(shown)

    assert len(rendering.ends) == len(rendering.text)
    assert (np.diff(rendering.ends) >= 0).all()
    assert all(1 <= end <= len(shown) for end in rendering.ends)
    assert all(
        shown[end - 1] == letter for letter, end in zip(rendering.text, rendering.ends, strict=True) if letter in ".,()"
    )


@SOME
@given(st.text("가나다라마바사아자차카타파하봇칩앱뷁니딥", max_size=12))
def test_a_rendering_can_be_read(word):
    assert all(map(covered, RENDERER.rendered(word).text.split()))


def test_what_programs_and_sample_startups_say_can_be_read():
    whole = bundled.whole()
    texts = [*map(program_text, whole.programs), *map(startup_text, whole.startups)]
    words = [word for told in texts for word in re.findall("[가-힣]+", told)]
    lost = [word for word in words if not RENDERER.word(word).is_whole]

    assert len(lost) / len(words) <= MOST_LOST, lost


def test_the_glossary_holds_only_what_it_is_for():
    entries = {**GLOSSARY.verbs, **{word.lstrip("-"): rendering for word, rendering in GLOSSARY.nouns.items()}}
    official = {concept.ko for concept in bundled.vocabularies().technologies.concepts.values()}

    assert [word for word in entries if word not in official and covered(word)] == []
    assert [words for words in entries.values() if not all(map(covered, words.split()))] == []


def test_the_digest_names_the_renderings():
    assert Glossary({"로봇": "robot"}, {}).digest != Glossary({"로봇": "machine"}, {}).digest
    assert Glossary({"로봇": "robot"}, {}).digest == Glossary({"로봇": "robot"}, {}).digest
