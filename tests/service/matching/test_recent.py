"""Startups that were asked for before are not read again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from model.domain import Startup
from service.actions.matching.recent import Recent
from service.storage.matching.registry import InUse
from tests.service import given

UNSEEN = Startup("u-1", name="이름", summary="물류 창고의 재고를 드론으로 세는 소프트웨어")


@dataclass
class Counting:
    """The matcher, and what it was asked to read."""

    registry: Any
    asked: list[str] = field(default_factory=list)

    contributors: set[str] = field(default_factory=set)

    def contributor(self, startup: Startup) -> int:
        return 0 if startup.id in self.contributors else -1

    def startup_pool(self, startups: list[Startup]) -> Any:
        self.asked += [startup.id for startup in startups]
        return self.registry.load("v1").matcher.startup_pool(startups)


@pytest.fixture
def counting(registry: given.Held) -> Counting:
    return Counting(registry)


def in_use(counting: Counting, version: str = "v1") -> InUse:
    return InUse(version, counting, counting.registry.load("v1").manifest)  # type: ignore[arg-type]  # it only counts


def test_what_was_read_once_is_at_hand_whatever_its_id_and_name(counting: Counting) -> None:
    recent = Recent()

    first, again = (recent.vectors(in_use(counting), s) for s in (UNSEEN, replace(UNSEEN, id="u-2", name=None)))

    assert again is first
    assert counting.asked == ["u-1"]


def test_one_with_a_past_is_told_from_its_twin(counting: Counting) -> None:
    recent, known = Recent(), replace(UNSEEN, id="u-2")
    counting.contributors.add("u-2")

    for startup in (UNSEEN, known, known, UNSEEN):
        recent.vectors(in_use(counting), startup)

    assert counting.asked == ["u-1", "u-2"]


def test_another_model_and_another_text_are_read_anew(counting: Counting) -> None:
    recent = Recent()

    for version, summary in (("v1", UNSEEN.summary), ("v2", UNSEEN.summary), ("v1", "다른 글")):
        recent.vectors(in_use(counting, version), replace(UNSEEN, summary=summary))

    assert len(counting.asked) == 3


def test_the_longest_unused_goes_first(counting: Counting) -> None:
    recent, (a, b, c) = Recent(most=2), (replace(UNSEEN, id=name, summary=name) for name in "abc")

    for startup in (a, b, a, c, a, b):
        recent.vectors(in_use(counting), startup)

    assert counting.asked == ["a", "b", "c", "b"]
