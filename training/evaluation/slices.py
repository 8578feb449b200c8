"""The groups in which queries are looked at one by one, so that none is served badly behind a good mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from model.domain import Program, Startup
from model.text import analysis as text
from model.vocabulary import Codes
from model.vocabulary.codes import Relation
from training.baselines.texts import whole_text
from training.evaluation.judging import Trial
from training.splits import Split

FEWEST_QUERIES = 5
"""Smaller parts say nothing about the method and could point at a single startup."""

KOREAN, ENGLISH = 0.8, 0.2
"""Share of Hangul above which a text counts as Korean, and below which as English; mixed in between."""

SHORT, LONG = 100, 400
"""Characters: a sentence or two, and more than a paragraph."""

UNKNOWN = "unknown"
CAPITAL = {Relation.OUTSIDE: "capital_area", Relation.INSIDE: "non_capital", Relation.UNCERTAIN: UNKNOWN}
GROUPS = ("language", "text_length", "region", "stage", "kind", "startup_past", "program_past")
"""The columns that a query may be grouped by; a program has no region, stage, kind or past of a startup."""


def of_startups(trial: Trial, split: Split, codes: Codes, on: date) -> pd.DataFrame:
    """The groups of each of a trial's startups, a row each."""
    unseen = np.array([program.id in split.unseen_programs for program in trial.programs], bool)
    return _described(trial.startups).assign(
        region=[capital(startup, codes, on) for startup in trial.startups],
        stage=[startup.stage.value if startup.stage else UNKNOWN for startup in trial.startups],
        kind=[startup.kind.value for startup in trial.startups],
        startup_past=["known" if split.known.at(startup) else "new" for startup in trial.startups],
        program_past=["unseen" if unseen[good].all() else "seen" for good in trial.gains > 0],
    )


def of_programs(trial: Trial, split: Split) -> pd.DataFrame:
    """The groups of each of a trial's programs, a row each."""
    unseen = split.unseen_programs
    return _described(trial.programs).assign(
        program_past=["unseen" if program.id in unseen else "seen" for program in trial.programs]
    )


def _described(profiles: Sequence[Startup] | Sequence[Program]) -> pd.DataFrame:
    """The groups of both sides, by id and place."""
    return pd.DataFrame(
        {
            "query": range(len(profiles)),
            "id": [profile.id for profile in profiles],
            "language": [language(profile) for profile in profiles],
            "text_length": [length(profile) for profile in profiles],
        }
    )


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
