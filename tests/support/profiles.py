"""Startups and programs as people write them, drawn from the bundled sentences, and texts that nobody would write."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import strategies as st

from model.domain import Entity, Program, Stage, Startup, Support
from tests.support import bundled
from tests.support.records import maybe

_ENDS = re.compile(r"(?<=[.!?])\s+")
_STARTUPS = bundled.whole().startups


def sentences_of(text: str | None) -> list[str]:
    """A text's sentences; none for an unknown text."""
    return [sentence for sentence in _ENDS.split(text or "") if sentence]


KOREAN = [sentence for startup in _STARTUPS for sentence in sentences_of(startup.summary)]
ENGLISH = [sentence for startup in _STARTUPS for sentence in sentences_of(startup.summary_en)]
TECHNOLOGIES = sorted({word for startup in _STARTUPS for word in startup.technologies})
INDUSTRIES = sorted({startup.industry for startup in _STARTUPS if startup.industry})
REGIONS = sorted({startup.region for startup in _STARTUPS if startup.region})

free_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
told_texts = st.lists(st.sampled_from(KOREAN + ENGLISH), min_size=1, max_size=3).map(" ".join)
texts = told_texts | free_texts | st.builds("{} {}".format, told_texts, free_texts)
listed_technologies = st.lists(st.sampled_from(TECHNOLOGIES) | free_texts, max_size=4).map(tuple)


def _few(values: list[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple)


def _told_startups() -> st.SearchStrategy[Startup]:
    return st.builds(
        Startup,
        st.just("drawn"),
        summary=maybe(texts),
        summary_en=maybe(texts),
        technologies=listed_technologies,
        industry=maybe(st.sampled_from(INDUSTRIES) | free_texts),
        new_industry_field=maybe(st.integers(1, 27)),
        stage=maybe(st.sampled_from(Stage)),
        entity=maybe(st.sampled_from(Entity)),
        region=maybe(st.sampled_from(REGIONS) | free_texts),
        needs=_few([*Support]),
        languages=_few(["ko", "en", "KO", "일본어"]),
    )


startups = st.one_of(
    _told_startups(),
    st.sampled_from(bundled.small().startups),
    st.builds(replace, st.sampled_from(_STARTUPS), summary=texts, id=st.just("changed")),
)
"""Startups told in real sentences and odd ones, stored ones, and stored ones with another summary."""

open_calls = st.sampled_from([program for program in bundled.small().programs if program.is_ranked])
"""Stored programs that are ranked."""

programs = st.one_of(
    open_calls,
    st.builds(
        Program,
        st.just("drawn-program"),
        summary=maybe(texts),
        summary_en=maybe(texts),
        demand=maybe(texts),
        technologies=listed_technologies,
        support=_few([*Support]),
        stages=_few([*Stage]),
        languages=_few(["ko", "en"]),
    ),
)
"""Stored programs, and new ones."""
