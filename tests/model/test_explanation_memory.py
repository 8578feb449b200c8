"""What a process keeps of texts is bounded by their letters, so that long profiles do not fill it."""

from __future__ import annotations

import random
import tracemalloc

import pytest

from model.domain import Startup
from model.explanation import source
from model.text import analysis
from model.text import analysis as text
from model.text.phrases import MOST_CHARACTERS, phrases
from tests.support import bundled


def test_a_hundred_long_profiles_leave_no_more_behind_than_is_allowed() -> None:
    for n in range(100):
        source.of_startup(Startup("s", summary=f"{n} " + "회사는 전력을 진단한다. " * 8_000))

    assert source._sources.currsize <= source.MOST_CHARACTERS
    assert source._places.currsize <= source.MOST_CHARACTERS


@pytest.mark.parametrize("written", ["가" * 200_000, "e\u0301 " * 60_000, "ＡＩ " * 60_000])
def test_the_places_of_a_long_text_take_few_bytes_a_letter(written: str) -> None:
    tracemalloc.start()
    places = source._letters(written, text.visible(written))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(places.begins) == len(text.visible(written))
    assert kept < 16 * len(places.begins) + 100_000


def test_a_run_of_letters_without_a_blank_is_remembered_by_no_more_than_a_word() -> None:
    technologies = bundled.vocabularies().technologies
    chance = random.Random(3)
    run = "".join(chance.choices("가나다라마바사아자차카타파하", k=20_000))
    tracemalloc.start()
    technologies.named_in(run)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert kept < 10_000_000


def test_words_that_nobody_writes_twice_are_not_remembered_whole() -> None:
    before = analysis._stem.cache_info().currsize

    assert text.stem("xy" * 10_000 + "ing") == "xy" * 10_000
    assert analysis._stem.cache_info().currsize == before


def test_phrases_are_kept_by_their_letters() -> None:
    for n in range(1_000):
        phrases(f"{n} " + "회사는 전력을 진단한다. " * 100)

    assert phrases.cache.currsize <= MOST_CHARACTERS
