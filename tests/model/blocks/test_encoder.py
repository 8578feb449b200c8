"""The sentence encoder brings Korean and English together, and gives a text the same row wherever it stands."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from model.blocks.encoder import (
    DIMENSIONS,
    MOST_ENCODED_CHARACTERS,
    MOST_KEPT,
    NO_GLOSSARY,
    Encoder,
    covered,
    encode_many,
    encoder,
    korean_pieces,
    package,
)
from model.blocks.rendering import Renderer
from model.text.phrases import phrases
from tests.support import bundled, profiles
from tests.support.effort import SOME

PAIRS = [
    ("병원 영상에서 폐암을 찾아내는 인공지능", "AI that detects lung cancer in hospital images"),
    ("수직 농장에서 딸기를 키우는 로봇", "robots that grow strawberries in vertical farms"),
    ("선박의 연료 사용량을 줄이는 항로 안내", "route guidance that saves ships' fuel"),
    ("소상공인을 위한 배달 주문 관리", "delivery order management for small shops"),
]
texts = st.lists(st.sampled_from(profiles.KOREAN + profiles.ENGLISH), min_size=1, max_size=5)


def test_a_sentence_is_nearest_to_its_translation():
    korean, english = (encoder().encode(list(side)) for side in zip(*PAIRS, strict=True))

    assert (korean @ english.T).argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert (korean @ english.T).argmax(axis=0).tolist() == [0, 1, 2, 3]


@SOME
@given(texts)
def test_a_text_has_the_same_row_alone_and_in_a_batch(some_texts):
    together = encoder().encode(some_texts)

    assert np.array_equal(together, np.concatenate([encoder().encode([one]) for one in some_texts]))


@SOME
@given(texts, st.randoms(use_true_random=False))
def test_a_text_has_the_same_row_in_any_order(some_texts, random):
    order = random.sample(range(len(some_texts)), len(some_texts))

    assert np.array_equal(encoder().encode([some_texts[i] for i in order]), encoder().encode(some_texts)[order])


def test_a_text_has_the_same_row_on_any_number_of_threads():
    found = []
    for threads in (1, 2):
        with threadpool_limits(limits=threads):
            found.append(encoder().encode(profiles.KOREAN[:6] + profiles.ENGLISH[:6]))

    assert np.array_equal(*found)


@SOME
@given(texts)
def test_rows_are_one_long(some_texts):
    assert np.linalg.norm(encoder().encode(some_texts), axis=1) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_text_is_nothing(empty):
    assert not encoder().encode([empty, "기계"])[0].any()


def test_no_text_gives_no_row():
    assert encoder().encode([]).shape == (0, DIMENSIONS)


def test_the_end_of_a_long_text_is_not_encoded():
    long = " ".join(profiles.KOREAN)[:MOST_ENCODED_CHARACTERS]

    assert np.array_equal(*encoder().encode([long, long + " 그 밖의 말"]))


def test_many_texts_are_encoded_like_few():
    some_texts = profiles.KOREAN[:3]

    assert np.array_equal(encode_many(some_texts).rows, encoder().encode(some_texts))


@pytest.fixture(scope="module")
def forgetful() -> Encoder:
    """An encoder with room for few tokens."""
    return Encoder(package(), most_kept=20)


@SOME
@given(texts)
def test_what_was_kept_of_a_token_is_what_would_be_computed(forgetful, some_texts):
    assert np.array_equal(forgetful.encode(some_texts), encoder().encode(some_texts))


def test_texts_that_were_announced_find_their_tokens_worked_out():
    fresh, told = Encoder(package()), profiles.KOREAN + profiles.ENGLISH
    fresh.acquaint(told)
    fresh._tokens._computed = no_more

    assert np.array_equal(fresh.encode(told), encoder().encode(told))


def test_room_that_announced_texts_leave_is_filled_with_korean():
    fresh = Encoder(package())
    fresh.acquaint(profiles.ENGLISH)
    korean = np.array(korean_pieces())

    assert fresh._tokens.is_full
    assert (fresh._tokens._place[korean] >= 0).sum() > MOST_KEPT / 2


def no_more(tokens: np.ndarray) -> np.ndarray:
    """Give nothing for no tokens; fail for any other."""
    assert not len(tokens)
    return np.zeros((13, 0, 256), np.float32)


def test_threads_that_meet_the_same_tokens_get_the_same_rows():
    fresh, told = Encoder(package()), profiles.KOREAN + profiles.ENGLISH

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda one: fresh.encode([one])[0], told))

    assert np.array_equal(np.array(found), encoder().encode(told))


def test_rows_are_those_of_the_package_but_for_rounding():
    told = profiles.KOREAN + profiles.ENGLISH
    covered_parts = [Renderer(NO_GLOSSARY, covered).rendered(text).text for text in told]

    assert (encoder().encode(told) * package().encode(covered_parts)).sum(axis=1).min() > 0.999


def test_a_text_changes_without_a_phrase_as_the_text_that_lacks_it_does() -> None:
    text = profiles.KOREAN[0]
    found = encoder().encode_by_phrase([text])
    spans = phrases(text)
    lacking = encoder().encode([text[:begin] + text[end:] for begin, end in spans])

    assert np.array_equal(found.rows, encoder().encode([text]))
    assert not found.changes[0, len(spans) :].any()
    for change, row in zip(found.changes[0].astype(float), found.rows[0] - lacking, strict=False):
        assert change @ row / np.linalg.norm(change) / np.linalg.norm(row) > 0.7


@pytest.mark.parametrize("unreadable", ["뷁", "쀍쒧이 뷁은", "\U0001f9ff 뷁"])
def test_what_cannot_be_read_says_nothing(unreadable: str) -> None:
    encoded = encoder().encode_by_phrase(
        [unreadable, f"병원 영상을 읽는 기계 {unreadable}"], bundled.vocabularies().glossary
    )

    assert not encoded.rows[0].any()
    assert not encoded.changes[0].any()
    assert np.array_equal(encoded.rows[1], encoder().encode(["병원 영상을 read 기계"])[0])


def test_a_text_means_what_it_means_without_words_that_cannot_be_read() -> None:
    glossary = bundled.vocabularies().glossary
    korean, english = "딥러닝으로 로봇 팔을 움직이는 플랫폼", "a platform that moves robot arms by deep learning"
    before, after = (encoder().encode([korean, english], words) for words in (NO_GLOSSARY, glossary))

    assert after[0] @ after[1] > before[0] @ before[1] + 0.2
