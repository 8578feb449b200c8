"""What is cached: the answer to exactly what was asked, only so much of it, never another's, and no lock meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, update

from model.rounds.written import packed, slate_of
from service.actions.rounds import run_round
from service.caches import ONLY_AT_HAND, BackgroundMemo, Memo, NotAtHand, forget_all
from service.errors import Problem, ServiceError
from service.storage.rounds.round_tables import rounds as table
from service.wired import KEY, Wired
from tests.service.rounds.test_rounds import start
from tests.support import databases


@pytest.fixture
def worked() -> list[str]:
    return []


def asking(worked: list[str], asked: str) -> Callable[[], str]:
    """Work an answer out, and tell."""

    def work_out() -> str:
        worked.append(asked)
        return asked

    return work_out


@pytest.mark.parametrize(
    ("most", "asked", "expected"),
    [
        (10, "a b a a", "a b"),
        (6, "aaa bbb aaa ccc aaa bbb", "aaa bbb ccc bbb"),
        (6, "aaa ddddddd ddddddd aaa", "aaa ddddddd ddddddd"),
    ],
)
def test_what_fits_is_worked_out_once_and_what_was_not_asked_for_longest_goes_first(
    worked: list[str], most: int, asked: str, expected: str
) -> None:
    remembered: Memo[str, str] = Memo(most, weigh=len)
    answers = [remembered(each, asking(worked, each)) for each in asked.split()]

    assert (answers, worked) == (asked.split(), expected.split())


@pytest.mark.parametrize("value", [None, "", (), 0])
def test_what_is_empty_is_a_value_like_others(value: object) -> None:
    memo: Memo[str, object] = Memo(3)
    found = [memo("a", lambda: value), memo("a", lambda: "another")]

    assert found == [value, value]


def test_what_is_worked_out_holds_up_nobody_who_asks_for_something_else() -> None:
    memo: Memo[str, str] = Memo(3)

    assert memo("slow", lambda: memo("quick", lambda: "quick") + " in slow") == "quick in slow"


def test_who_asks_for_the_same_meanwhile_waits_for_it(worked: list[str]) -> None:
    memo: Memo[str, str] = Memo(3)
    begun, go = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        go.wait(30)
        return asking(worked, "a")()

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(memo, "a", slow)
        begun.wait(30)
        second = threads.submit(memo, "a", slow)
        go.set()

    assert (first.result(), second.result(), worked) == ("a", "a", ["a"])


def test_a_failure_is_no_value(worked: list[str]) -> None:
    memo: Memo[str, str] = Memo(3)

    def fail() -> str:
        raise ServiceError(Problem.NO_MODEL)

    with pytest.raises(ServiceError):
        memo("a", fail)

    assert memo("a", asking(worked, "a")) == "a"


def test_a_value_is_trusted_for_its_time_only(worked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    memo: Memo[str, str] = Memo(3, seconds=0.01)
    for _ in range(2):
        memo("a", asking(worked, "a"))
        time.sleep(0.02)

    assert worked == ["a", "a"]


def test_what_was_begun_before_everything_was_forgotten_is_not_kept(worked: list[str]) -> None:
    memo: Memo[str, str] = Memo(3)

    def erased_meanwhile() -> str:
        forget_all()
        return "of before"

    found = [memo("a", erased_meanwhile), memo("a", asking(worked, "of after"))]

    assert found == ["of before", "of after"]


def test_a_round_is_run_again_only_where_what_was_kept_is_another(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    path = f"/api/v1/rounds/{start(client, name='기억하는 회차')['id']}"
    first = client.get(path)
    ran: list[object] = []
    monkeypatch.setattr(run_round, "run", lambda *asked: ran.append(asked))
    again = client.get(path)

    assert (again.status_code, again.data, ran) == (200, first.data, [])


def test_what_is_remembered_never_hides_that_a_kept_round_was_changed(app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    path = f"/api/v1/rounds/{start(app.test_client())['id']}"
    before = app.test_client().get(path).status_code
    with wired.catalogue.database.writing() as connection:
        kept = slate_of(connection.execute(select(table.c.slate)).scalar_one())
        databases.unguard(connection)
        connection.execute(update(table).values(slate=packed(replace(kept, units=kept.units[::-1]), {})))

    assert before == 200
    assert app.test_client().get(path).get_json()["code"] == "round_differs"


def test_who_does_not_wait_gets_what_was_there_before_and_a_failure_is_told_once(worked: list[str]) -> None:
    later: BackgroundMemo[str, str] = BackgroundMemo(4)

    def fails() -> str:
        raise ZeroDivisionError

    assert later("board", 1, asking(worked, "first"), waits=True) == ("first", True)
    assert later("board", 2, fails, waits=False) == ("first", False)
    while "board" in later._begun:
        time.sleep(0.01)
    with pytest.raises(ZeroDivisionError):
        later("board", 2, fails, waits=False)
    for _ in range(500):
        value, is_present = later("board", 3, asking(worked, "third"), waits=False)
        assert (value, is_present) in (("first", False), ("third", True))
        if is_present:
            break
        time.sleep(0.01)
    assert worked == ["first", "third"]


def test_what_takes_long_is_taken_from_what_is_at_hand_alone(worked: list[str]) -> None:
    long, short = Memo[str, str](4, long=True), Memo[str, str](4)
    token = ONLY_AT_HAND.set(True)
    assert short("a", asking(worked, "short")) == "short"
    with pytest.raises(NotAtHand):
        long("a", asking(worked, "long"))
    ONLY_AT_HAND.reset(token)
    long("a", asking(worked, "long"))
    token = ONLY_AT_HAND.set(True)
    assert long("a", asking(worked, "again")) == "long"
    ONLY_AT_HAND.reset(token)

    assert worked == ["short", "long"]
