"""Bilingual text made comparable: one normal form, one bag of terms, one stem a word."""

from __future__ import annotations

from model.text.analysis import (
    DOT,
    LATIN_WEIGHT,
    LONGEST_WORD,
    MOST_CHARACTERS,
    PAIR_MARK,
    STOP_WORDS,
    VERB_MARK,
    Analyser,
    Bag,
    digest,
    normal,
    one_dot,
    stem,
    visible,
    word_spans,
    words,
)
from model.text.phrases import MOST_PHRASES, phrases, readable

__all__ = [
    "DOT",
    "LATIN_WEIGHT",
    "LONGEST_WORD",
    "MOST_CHARACTERS",
    "MOST_PHRASES",
    "PAIR_MARK",
    "STOP_WORDS",
    "VERB_MARK",
    "Analyser",
    "Bag",
    "digest",
    "normal",
    "one_dot",
    "phrases",
    "readable",
    "stem",
    "visible",
    "word_spans",
    "words",
]
