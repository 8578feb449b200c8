"""Which of a program's phrases is quoted beside a startup's: a clear one, in the startup's script where it can be."""

from types import SimpleNamespace

import numpy as np
import pytest

from model.explanation.phrases import answered
from model.explanation.shown import FORMALITIES

STARTUP = SimpleNamespace(
    source=SimpleNamespace(shown="보험 설계사와"), phrases=[(0, 7)], change_lengths=np.ones(1, np.float32)
)


@pytest.mark.parametrize(
    ("korean", "length", "expected"),
    [
        (0.40, 1.0, "보험 서비스"),  # as clear, nearly as good
        (0.40, 2.0, "보험 서비스"),  # half as clear, nearly as good
        (0.40, 3.0, "insurers"),  # not even half as clear
        (0.20, 1.0, "insurers"),  # not nearly as good
    ],
)
def test_a_korean_startup_reads_the_program_s_korean_where_it_carries_nearly_as_much(korean, length, expected):
    quotable = ["insurers", "보험 서비스"]
    program = SimpleNamespace(change_lengths=np.array([1.0, length], np.float32), quotable=quotable)

    place = answered(STARTUP, 0, program, np.array([0.5, korean], np.float32))

    assert quotable[place] == expected


def test_no_phrase_is_quoted_where_none_is_clear():
    program = SimpleNamespace(change_lengths=np.full(2, 2.0, np.float32), quotable=["insurers", "보험 서비스"])

    assert answered(STARTUP, 0, program, np.array([0.5, 0.5], np.float32)) is None


@pytest.mark.parametrize("phrase", ["한국에 본사를 둔", "course of eight", "확인되지 않았습니다", "in Seoul"])
def test_places_numbers_and_what_is_not_known_are_quoted_beside_nothing(phrase):
    assert FORMALITIES.search(phrase)
