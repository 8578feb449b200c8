"""A small world of startups and programs with outcomes, in which who suits whom is plain to see."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from model.domain import Outcome, OutcomeKind, Program, Snapshot, Startup

THEMES = {
    "robot": "자율주행 로봇 팔 제어 센서 물류 창고 자동화",
    "health": "의료 영상 진단 병원 환자 데이터 분석",
    "energy": "battery cell energy storage grid solar power",
    "content": "게임 음악 웹툰 콘텐츠 창작 번역",
}
FIRST_DAY = date(2024, 1, 1)


def snapshot(per_theme: int = 20, *, dated: bool = True, kind: OutcomeKind = OutcomeKind.SELECTED) -> Snapshot:
    """Each theme has two programs; every startup of a theme was taken by one of them, on a day of its own."""
    chance = random.Random(7)
    programs = tuple(
        Program(f"p-{theme}-{place}", summary=_some(chance, words, 6), family=f"f-{theme}-{place}")
        for theme, words in THEMES.items()
        for place in range(2)
    )
    startups, outcomes = [], []
    for number in range(per_theme):
        for theme, words in THEMES.items():
            startup = Startup(f"s-{theme}-{number:02}", summary=_some(chance, words, 4))
            on = FIRST_DAY + timedelta(days=len(startups)) if dated else None
            startups.append(startup)
            outcomes.append(Outcome(startup.id, f"p-{theme}-{number % 2}", kind, on))
    return Snapshot(tuple(startups), programs, tuple(outcomes), "digest")


def _some(chance: random.Random, words: str, count: int) -> str:
    return " ".join(chance.sample(words.split(), min(count, len(words.split()))))


@st.composite
def histories(draw: st.DrawFn) -> Snapshot:
    """Any outcomes between five startups and four programs, dated or not, doubled and contradicting ones too."""
    startups = tuple(Startup(f"s{i}") for i in range(5))
    programs = tuple(Program(f"p{i}", family=draw(st.sampled_from([None, "f", "g"]))) for i in range(4))
    row = st.builds(
        Outcome,
        st.sampled_from([startup.id for startup in startups]),
        st.sampled_from([program.id for program in programs]),
        st.sampled_from(OutcomeKind),
        st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 9)),
    )
    return Snapshot(startups, programs, tuple(draw(st.lists(row, max_size=25))))


def ids(profiles: Sequence[Startup] | Sequence[Program]) -> list[str]:
    """Ids in order."""
    return [profile.id for profile in profiles]
