"""A question that was answered before is not worked out again, whatever its answer was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from model.domain import Startup
from model.matching.matcher import Matcher
from service.actions.matching import match
from service.actions.matching.match import Options
from service.wired import KEY, Wired

UNSEEN = Startup("u-1", name="이름", summary="물류 창고의 재고를 드론으로 세는 소프트웨어")
AGAIN = Options(limit=9)
"""Another question about the same startup."""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The startups that the matcher was asked to read."""
    asked: list[str] = []
    pool = Matcher.startup_pool

    def counting(self: Matcher, startups: list[Startup]) -> object:
        asked.extend(startup.id for startup in startups)
        return pool(self, startups)

    monkeypatch.setattr(Matcher, "startup_pool", counting)
    return asked


def ask(app: Flask, startup: Startup, options: Options = Options()) -> tuple[object, ...]:  # noqa: B008 - frozen
    wired: Wired = app.extensions[KEY]
    return wired.matching.matches(wired.matching.for_profile(startup, options))


def test_what_was_read_once_is_at_hand_whatever_its_id_and_name(app: Flask, read: list[str]) -> None:
    ask(app, UNSEEN)
    ask(app, UNSEEN, AGAIN)
    ask(app, replace(UNSEEN, id="u-2", name=None))

    assert read == ["u-1"]


def test_one_with_a_past_is_told_from_its_twin(app: Flask, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Matcher, "contributor", lambda _self, startup: 0 if startup.id == "u-2" else -1)
    for startup in (UNSEEN, replace(UNSEEN, id="u-2"), UNSEEN):
        ask(app, startup, Options(limit=3))

    assert read == ["u-1", "u-2"]


def test_another_text_is_read_anew(app: Flask, read: list[str]) -> None:
    for summary in ("하나", "둘", "하나"):
        ask(app, replace(UNSEEN, summary=summary))

    assert len(read) == 2


def test_an_empty_list_is_worked_out_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    wired: Wired = app.extensions[KEY]
    worked: list[tuple[str, int]] = []
    monkeypatch.setattr(Matcher, "programs_for", lambda *_, **__: ())
    monkeypatch.setattr(wired.metrics, "listed", lambda of, verdicts: worked.append((of, len(verdicts))))
    found = [ask(app, UNSEEN) for _ in range(3)]

    assert found == [(), (), ()]
    assert worked == [("programs", 0)]


def test_what_is_at_hand_is_bounded(app: Flask) -> None:
    assert match.MOST_MATCHES < 1_000
    for number in range(100):
        ask(app, UNSEEN, Options(limit=10, on=date(2026, 2, 1 + number % 20)))

    assert len(app.extensions[KEY].matching._lists) <= 32
