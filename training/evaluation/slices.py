"""The parts of the queries that are looked at one by one, so that no group is served badly behind a good mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from model import text
from model.domain import Program, Startup
from model.vocabulary import Codes
from model.vocabulary.codes import Relation
from training.baselines.texts import whole_text
from training.evaluation.judging import Direction, Judged, Mask, Trial
from training.splits import Split

FEWEST_QUERIES = 5
"""Smaller parts say nothing about the method and could point at a single startup."""

KOREAN, ENGLISH = 0.8, 0.2
"""Share of Hangul above which a text counts as Korean, and below which as English; mixed in between."""

SHORT, LONG = 100, 400
"""Characters: a sentence or two, and more than a paragraph."""

UNKNOWN = "unknown"
CAPITAL = {Relation.OUTSIDE: "capital_area", Relation.INSIDE: "non_capital", Relation.UNCERTAIN: UNKNOWN}

Part = tuple[str, str, Mask]


def parts(judged: Judged, trial: Trial, split: Split, codes: Codes, on: date) -> Iterator[Part]:
    """Name each part of the queries that is large enough: slice, value and mask (queries,)."""
    found = _of_startups if judged.direction is Direction.PROGRAMS else _of_programs
    for name, values in found(judged, trial, split, codes, on):
        for value in sorted(set(values)):
            mask = np.array([v == value for v in values])
            if mask.sum() >= FEWEST_QUERIES:
                yield name, value, mask


def _of_startups(judged: Judged, trial: Trial, split: Split, codes: Codes, on: date) -> Iterator[tuple[str, list[str]]]:
    startups = [trial.startups[query] for query in judged.queries]
    known, new = {startup_id for startup_id, _ in split.known}, split.unseen_programs
    unseen = np.array([program.id in new for program in trial.programs])
    gold = [trial.gains[query] > 0 for query in judged.queries]
    yield "language", [language(startup) for startup in startups]
    yield "text_length", [length(startup) for startup in startups]
    yield "region", [capital(startup, codes, on) for startup in startups]
    yield "stage", [startup.stage.value if startup.stage else UNKNOWN for startup in startups]
    yield "kind", [startup.kind.value for startup in startups]
    yield "startup_past", ["known" if startup.id in known else "new" for startup in startups]
    yield "program_past", ["unseen" if unseen[good].all() else "seen" for good in gold]


def _of_programs(
    judged: Judged, trial: Trial, split: Split, _codes: Codes, _on: date
) -> Iterator[tuple[str, list[str]]]:
    programs, new = [trial.programs[query] for query in judged.queries], split.unseen_programs
    yield "language", [language(program) for program in programs]
    yield "text_length", [length(program) for program in programs]
    yield "program_past", ["unseen" if program.id in new else "seen" for program in programs]


def language(profile: Startup | Program) -> str:
    """Name the language of a profile's text by its share of Hangul: ko, en or mixed.

    >>> language(Startup("s", summary="로봇 팔을 만듭니다"))
    'ko'
    """
    written = whole_text(profile)
    hangul = sum("가" <= c <= "힣" for c in written)
    latin = sum(c.isascii() and c.isalpha() for c in written) * text.LATIN_WEIGHT
    if not hangul + latin:
        return UNKNOWN
    share = hangul / (hangul + latin)
    return "ko" if share >= KOREAN else "en" if share <= ENGLISH else "mixed"


def length(profile: Startup | Program) -> str:
    """Name the length of a profile's text: short, medium or long."""
    characters = len(whole_text(profile))
    return "short" if characters < SHORT else "long" if characters > LONG else "medium"


def capital(startup: Startup, codes: Codes, on: date) -> str:
    """Tell whether a startup sits in the capital area on a day."""
    return CAPITAL[codes.regions.outside_capital(startup.region, on)] if startup.region else UNKNOWN


def province(startup: Startup) -> str:
    """Code of the startup's 시도, or unknown."""
    return startup.region[:2] if startup.region else UNKNOWN
