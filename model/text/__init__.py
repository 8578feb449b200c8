"""Bilingual text made comparable: one normal form, one bag of terms, one stem a word."""

from __future__ import annotations

from model.text.analysis import (
    LATIN_WEIGHT,
    MOST_CHARACTERS,
    PAIR_MARK,
    STOP_WORDS,
    Analyser,
    Bag,
    digest,
    normal,
    stem,
    visible,
    word_spans,
    words,
)

__all__ = [
    "LATIN_WEIGHT",
    "MOST_CHARACTERS",
    "PAIR_MARK",
    "STOP_WORDS",
    "Analyser",
    "Bag",
    "digest",
    "normal",
    "stem",
    "visible",
    "word_spans",
    "words",
]
