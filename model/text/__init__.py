"""Bilingual text made comparable: one normal form, one bag of terms, one stem a word."""

from __future__ import annotations

from model.text.analysis import (
    LATIN_WEIGHT,
    MOST_CHARACTERS,
    PAIR_MARK,
    STOP_WORDS,
    VERB_MARK,
    Analyser,
    Bag,
    digest,
    normal,
    stem,
    visible,
    word_spans,
    words,
)
from model.text.phrases import MOST_PHRASES, phrases, readable

__all__ = [
    "LATIN_WEIGHT",
    "MOST_CHARACTERS",
    "MOST_PHRASES",
    "PAIR_MARK",
    "STOP_WORDS",
    "VERB_MARK",
    "Analyser",
    "Bag",
    "digest",
    "normal",
    "phrases",
    "readable",
    "stem",
    "visible",
    "word_spans",
    "words",
]
