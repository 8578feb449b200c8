"""A technology is found under every spelling of it, in either language, and ordinary words are not taken for one."""

import pickle
import re
import unicodedata
from collections import defaultdict
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import vocabulary
from model.domain import Program, Startup
from model.text import analysis as text
from model.vocabulary import Concept, Technologies
from tests.support import bundled
from tests.support.bundled import DATA

TECHNOLOGIES = bundled.vocabularies().technologies
SPELLINGS = [(term, concept.code) for concept in TECHNOLOGIES.concepts.values() for term in concept.terms]
HANGUL = re.compile("[가-힣]")
CONCEPTS = [*TECHNOLOGIES.concepts.values()]
spellings = st.sampled_from(SPELLINGS)
concepts = st.sampled_from(CONCEPTS)


def squeezed(term):
    return "".join(c for c in text.normal(term) if c not in " -_·./")


def ends_in_hangul(term):
    return "가" <= text.visible(term)[-1] <= "힣"


def missed(sentence):
    """Spellings whose concept is not found in the sentence around them."""
    return [(term, code) for term, code in SPELLINGS if code not in TECHNOLOGIES.named_in(text.visible(sentence(term)))]


@given(spellings, st.sampled_from([str.lower, str.upper, str.title, str]), st.sampled_from([" ", "-", "_", "  ", ""]))
def test_a_listed_word_is_known_in_any_case_and_spacing(spelling, case, gap):
    term, code = spelling

    assert TECHNOLOGIES.concept(case(term).replace(" ", gap)) == code


@given(spellings)
def test_a_listed_word_is_known_in_composed_and_decomposed_letters(spelling):
    term, code = spelling

    assert TECHNOLOGIES.concept(unicodedata.normalize("NFD", term)) == code


@given(concepts)
def test_a_code_names_its_concept(concept):
    assert TECHNOLOGIES.concept(concept.code) == concept.code


def test_no_spelling_names_two_concepts():
    owners = defaultdict(set)
    for term, code in SPELLINGS:
        owners[squeezed(term)].add(code)

    assert {term: codes for term, codes in owners.items() if len(codes) > 1} == {}


def test_there_are_at_least_300_concepts_and_1800_terms_in_two_levels():
    parents = {concept.parent for concept in CONCEPTS if concept.parent}

    assert len(CONCEPTS) >= 300
    assert len(SPELLINGS) >= 1_800
    assert all(TECHNOLOGIES.concepts[parent].parent is None for parent in parents)


def test_every_concept_is_named_in_both_languages():
    assert [c.code for c in CONCEPTS if not any(HANGUL.search(term) for term in c.terms)] == []
    assert [c.code for c in CONCEPTS if not c.en.isascii()] == []


def test_every_term_is_found_between_english_words():
    assert missed("We build {} for hospitals".format) == []


def test_every_term_is_found_alone():
    assert missed("{}".format) == []


def test_every_term_is_found_between_signs_of_punctuation():
    assert missed("기술: ({}), 그 밖의 것".format) == []


def test_every_term_is_found_with_a_korean_particle():
    particles = cycle(["을", "를", "이", "가", "은", "는", "의", "에", "으로", "와", "에서는", "입니다"])

    assert missed(lambda term: f"우리는 {term}{next(particles)} 만든다") == []


def test_every_term_that_ends_in_korean_is_found_with_a_noun_attached():
    assert [(term, code) for term, code in missed("국내 {}업체".format) if ends_in_hangul(term)] == []


@given(st.lists(spellings, min_size=2, max_size=4))
def test_terms_with_commas_between_are_all_found(listed):
    found = TECHNOLOGIES.named_in(text.visible(", ".join(term for term, _ in listed)))

    assert {code for _, code in listed} <= found.keys() | {code for code in found if len(listed) > 4}


ORDINARY = [
    "What we did last year made our sales soar.",
    "They did it with a rag and a slam of the door; ai is not the point here.",
    "A mes and an ar are printed in lower case; so are pos, ros and sto.",
    "Did you see it soar? Rag is a cloth, Soar is a verb, Did is one too.",
]


@pytest.mark.parametrize("sentence", ORDINARY)
def test_ordinary_english_words_are_not_abbreviations(sentence):
    assert TECHNOLOGIES.named_in(sentence) == {}


@pytest.mark.parametrize("term", ["DID", "SOAR", "RAG", "POS", "AR", "AI", "MES", "CAD", "EV"])
def test_an_abbreviation_in_capitals_is_found_among_english_words(term):
    assert TECHNOLOGIES.concept(term) in TECHNOLOGIES.named_in(f"Our {term} platform is fast")


@pytest.mark.parametrize("plural", ["EVs", "AGVs", "DIDs", "LLMs"])
def test_an_abbreviation_may_stand_in_the_plural(plural):
    assert TECHNOLOGIES.concept(plural[:-1]) in TECHNOLOGIES.named_in(f"Our {plural} are fast")


def test_an_abbreviation_has_no_stem():
    toy = Technologies([Concept("plant", None, "공장 에너지", "FEMS"), Concept("elements", None, "유한요소", "FEM")])

    assert set(toy.named_in("FEM")) == {"elements"}
    assert set(toy.named_in("FEMS")) == {"plant"}


def test_a_term_as_it_is_spelled_goes_before_one_of_the_same_stem():
    toy = Technologies([Concept("watch", None, "웨어러블", "wearables"), Concept("system", None, "웨어 OS", "Wear OS")])

    assert set(toy.named_in("runs on Wear OS")) == {"system"}


@pytest.mark.parametrize("term", ["rag", "ai", "did", "ar"])
def test_an_abbreviation_in_lower_case_is_found_beside_a_korean_word(term):
    assert TECHNOLOGIES.concept(term) in TECHNOLOGIES.named_in(f"우리는 {term} 기반으로 만든다")


@pytest.mark.parametrize("term", ["llm", "nlp", "gpt", "rpa", "tts"])
def test_an_abbreviation_that_reads_like_no_word_is_found_in_any_case(term):
    code = TECHNOLOGIES.concept(term)

    assert code is None or any(v in "aeiouy" for v in term) or code in TECHNOLOGIES.named_in(f"we use {term} daily")


@pytest.mark.parametrize("listed", ["rag", "did", "soar", "rag chatbots"])
def test_a_listed_abbreviation_counts_in_any_case(matcher, listed):
    [mine] = matcher.vectoriser.reader.startups([Startup("s", technologies=(listed,))])
    [theirs] = matcher.vectoriser.reader.programs([Program("p", technologies=(listed.upper(),))])

    shared = mine.tags["technology"] & theirs.tags["technology"] & set(TECHNOLOGIES.concepts)
    assert TECHNOLOGIES.concept(listed.split()[0]) in shared


@pytest.mark.parametrize(
    "sentence", ["의사소통 교육", "마이크로바이옴이 아닌 이야기", "프로보다 나은 아마추어", "해로운 것이 없다"]
)
def test_a_short_korean_term_is_not_found_inside_another_word(sentence):
    found = TECHNOLOGIES.named_in(sentence)

    assert all(any(word.startswith(term.split()[0]) for word in sentence.split()) for term in found.values())


def test_the_longest_term_wins():
    toy = Technologies([Concept("ai", None, "인공지능", "AI"), Concept("chip", "ai", "인공지능 반도체", "AI chip")])

    assert toy.named_in("인공지능 반도체를 만든다") == {"chip": "인공지능 반도체"}
    assert set(toy.named_in("AI와 AI chips")) == {"ai", "chip"}


def test_a_word_outside_the_vocabulary_names_nothing():
    assert TECHNOLOGIES.concept("없는 기술 이름") is None


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_names_only_concepts_of_the_vocabulary(typed):
    assert TECHNOLOGIES.named_in(text.visible(typed)).keys() <= TECHNOLOGIES.concepts.keys()


@given(spellings, st.sampled_from(["\u200b", "\u00ad", "\u3164"]))
def test_characters_that_nobody_sees_do_not_hide_a_term(spelling, hidden):
    term, code = spelling

    assert code in TECHNOLOGIES.named_in(text.visible(hidden.join(term)))


def test_the_bundled_samples_name_concepts_in_nearly_every_text():
    told = [s for s in bundled.whole().startups if len((s.summary or "") + (s.summary_en or "")) > 100]

    empty = [s.id for s in told if not TECHNOLOGIES.named_in(text.visible(f"{s.summary or ''} {s.summary_en or ''}"))]

    assert len(empty) <= 0.15 * len(told)


def test_the_files_bytes_give_the_same_vocabulary_again():
    loaded = vocabulary.load(DATA / "vocabularies")

    again = vocabulary.from_bytes(loaded.raw)

    assert again.digest == loaded.digest
    assert again.technologies.concepts == loaded.technologies.concepts


def test_one_changed_byte_changes_the_digest():
    raw = bundled.vocabularies().raw
    changed = {**raw, "technologies": raw["technologies"].replace(b"AI", b"Ai", 1)}

    assert vocabulary.from_bytes(changed).digest != bundled.vocabularies().digest


def test_a_vocabulary_that_has_read_goes_to_another_process():
    told = "AI 반도체 설계와 스마트팩토리"
    found = TECHNOLOGIES.named_in(told)

    assert pickle.loads(pickle.dumps(TECHNOLOGIES)).named_in(told) == found
