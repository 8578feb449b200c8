"""The same words are the same to the matcher, however they were typed."""

import os
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.text import analysis as text
from model.text.analysis import PAIR_MARK, Analyser, normal, stem, visible
from tests.support import bundled

HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202e\u202c\u2066\u2069\u200e\u200f\u061c\u180e"
"""Zero-width characters, soft hyphens and bidirectional marks."""

FILLERS = "\u115f\u1160\u3164\uffa0\u034f\ufe0f\u17b4\u180b"
"""Letters and marks that show nothing: Hangul fillers, the grapheme joiner, variation selectors."""

SENTENCES = [text for s in bundled.whole().startups for text in (s.summary, s.summary_en) if text]
sentences = st.sampled_from(SENTENCES)
letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
any_text = sentences | letters


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(["거대언어모델", "아이오티", "스마트팜"])


@st.composite
def littered(draw):
    """A text, and the same with characters inside that nobody sees."""
    clean = draw(any_text)
    places = draw(st.lists(st.tuples(st.integers(0, len(clean)), st.sampled_from(HIDDEN)), max_size=8))
    dirty = clean
    for place, character in sorted(places, reverse=True):
        dirty = dirty[:place] + character + dirty[place:]
    return clean, dirty


@given(any_text)
def test_composed_and_decomposed_letters_are_the_same_text(typed):
    windows, mac = unicodedata.normalize("NFC", typed), unicodedata.normalize("NFD", typed)

    assert normal(windows) == normal(mac)


@given(littered())
def test_characters_that_nobody_sees_change_nothing(texts):
    clean, dirty = texts

    assert visible(dirty) == visible(clean)


@given(littered())
def test_hidden_characters_between_decomposed_letters_change_nothing(texts):
    clean, dirty = texts

    assert normal(unicodedata.normalize("NFD", dirty)) == normal(clean)


@pytest.mark.parametrize("filler", FILLERS)
def test_letters_that_show_nothing_are_hidden_too(filler):
    assert visible(f"스마트{filler}팜") == "스마트팜"


@given(any_text)
def test_a_normal_text_is_already_normal(typed):
    once = normal(typed)

    assert normal(once) == once


@given(any_text)
def test_a_visible_text_holds_single_spaces_and_none_at_its_ends(typed):
    shown = visible(typed)

    assert shown == " ".join(shown.split())


@given(any_text)
def test_the_normal_form_is_the_visible_form_in_lower_case(typed):
    assert normal(typed) == visible(typed).lower()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("ＡＩ 플랫폼", "AI 플랫폼"), ("①단계", "1단계"), ("㈜이음", "(주)이음"), ("ﾃﾞ", "デ"), ("５００㎏", "500kg")],
)
def test_full_width_and_joined_signs_are_read_as_what_they_stand_for(typed, shown):
    assert visible(typed) == shown


def test_case_is_kept_in_the_visible_form():
    assert visible("OpenAI와 RAG") == "OpenAI와 RAG"


def test_a_line_break_parts_words():
    assert visible("스마트\n공장") == "스마트 공장"


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14))
def test_a_suffix_is_never_cut_below_four_letters(word):
    singular = stem(word + "s")

    assert len(stem(word)) >= min(len(word), 4) or word.endswith("s")
    assert len(singular) >= min(len(word), 4)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14))
def test_a_stem_keeps_its_word_s_first_three_letters(word):
    assert stem(word)[: min(3, len(word))] == word[:3]


@given(st.text("abc123+#.", min_size=1, max_size=8).filter(lambda word: not word.isalpha()))
def test_words_with_digits_or_signs_stay_whole(word):
    assert stem(word) == word


@pytest.mark.parametrize(
    "words",
    [
        ("battery", "batteries"),
        ("monitor", "monitors", "monitored", "monitoring"),
        ("car", "cars"),
        ("factory", "factories"),
        ("optimized", "optimizing", "optimizes"),
        ("plan", "plans"),
        ("classify", "classifies"),
    ],
)
def test_forms_of_one_word_share_a_stem(words):
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize(("one", "other"), [("universe", "unite"), ("sensor", "sense"), ("cell", "cello")])
def test_different_words_keep_different_stems(one, other):
    assert stem(one) != stem(other)


@given(st.lists(sentences, max_size=4), st.randoms(use_true_random=False))
def test_a_text_s_terms_do_not_depend_on_the_texts_beside_it(analyser, texts, random):
    shuffled = random.sample(texts, len(texts))

    together = dict(zip(shuffled, analyser.bags([normal(t) for t in shuffled]), strict=True))

    assert together == {t: analyser.bags([normal(t)])[0] for t in texts}


@given(st.lists(sentences, min_size=1, max_size=3))
def test_terms_do_not_depend_on_the_order_of_the_sentences(analyser, texts):
    [forward] = analyser.bags([normal("\n".join(texts))])
    [backward] = analyser.bags([normal("\n".join(reversed(texts)))])

    pairs = [{term: n for term, n in bag.terms.items() if term.startswith(PAIR_MARK)} for bag in (forward, backward)]
    assert pairs[0] == pairs[1]
    assert (forward.hangul, forward.latin) == (backward.hangul, backward.latin)


@given(any_text)
def test_a_bag_counts_its_letters(analyser, typed):
    found = normal(typed)

    [bag] = analyser.bags([found])

    assert bag.hangul == sum("가" <= c <= "힣" for c in found)
    assert bag.length == bag.hangul + bag.latin
    assert 0 <= bag.hangul_share <= 1
    assert all(count >= 1 for count in bag.terms.values())


def test_a_mixed_sentence_gives_the_terms_of_both_languages(analyser):
    [bag] = analyser.bags([normal("GPU 서버에서 LLM을 학습하는 Platforms를 만든다")])

    assert {"gpu", "llm", "platform", "서버", "학습", "만들-"} <= set(bag.terms)
    assert "을" not in bag.terms


def test_korean_particles_and_endings_do_not_part_the_same_words(analyser):
    forms = ["공장을 진단하는 로봇", "공장에서 로봇이 진단한다", "로봇으로 공장도 진단했습니다"]

    found = [set(bag.terms) for bag in analyser.bags(forms)]

    assert all({"공장", "진단", "로봇"} <= terms for terms in found)


def test_a_compound_meets_its_parts_by_syllable_pairs(analyser):
    joined, spaced = analyser.bags(["배터리관리시스템", "배터리 관리 시스템"])

    shared = {term for term in joined.terms if term.startswith(PAIR_MARK)} & set(spaced.terms)

    assert shared == {PAIR_MARK + pair for pair in ("배터", "터리", "관리", "시스", "스템")}


def test_a_user_word_is_kept_whole_where_the_dictionary_would_cut_it_to_scraps(analyser):
    [bag] = analyser.bags(["아이오티를 쓴다"])
    [without] = Analyser().bags(["아이오티를 쓴다"])

    assert "아이오티" in bag.terms
    assert "아이오티" not in without.terms


def test_a_user_word_of_known_nouns_stays_in_its_parts(analyser):
    [bag] = analyser.bags(["거대언어모델"])

    assert {"언어", "모델"} <= set(bag.terms)


def test_english_words_that_say_nothing_are_left_out(analyser):
    [bag] = analyser.bags([normal("We do this with the best of our robots")])

    assert set(bag.terms) == {"best", "robot"}


@pytest.mark.parametrize("empty", ["", " ", "!!! … ①", "漢字"])
def test_a_text_without_words_has_an_empty_bag_between_both_languages(analyser, empty):
    [bag] = analyser.bags([normal(empty)])

    assert not [term for term in bag.terms if not term.isdigit()]
    assert bag.hangul_share == 0.5


def test_the_share_of_korean_weighs_a_syllable_as_two_and_a_half_letters(analyser):
    [bag] = analyser.bags(["로봇 abcde"])

    assert bag.hangul_share == pytest.approx(2 / (2 + 5 / 2.5))


@given(any_text, any_text)
def test_a_digest_tells_texts_apart(one, other):
    assert (text.digest(one) == text.digest(other)) == (one == other)


@given(any_text)
def test_spans_point_at_their_words(typed):
    found = normal(typed)

    assert all(found[start:end].rstrip(".") == word for word, start, end in text.word_spans(found))


def test_one_thread_asks_kiwi_for_all_others_and_a_forked_process_has_one_of_its_own(analyser):
    told = ["공장 설비의 진동을 분석한다", "전력 수요를 예측한다"]
    with ThreadPoolExecutor(4) as threads:
        assert (
            list(threads.map(lambda one: analyser.bags([one]), told * 8)) == [[bag] for bag in analyser.bags(told)] * 8
        )
    [alone] = analyser._alone.values()
    assert len(alone._threads) == 1
    if (child := os.fork()) == 0:
        with ThreadPoolExecutor(1) as thread:
            done = thread.submit(analyser.bags, told)
        os._exit(done.result(20) != analyser.bags(told))
    assert os.waitpid(child, 0)[1] == 0
