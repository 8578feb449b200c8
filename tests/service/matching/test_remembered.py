"""What is remembered: the answer to exactly what was asked, only so much of it, and never another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, update

from model.rounds.written import packed, slate_of
from service.actions.matching.remembered import Remembered
from service.actions.rounds import run_round
from service.storage.rounds.round_tables import rounds as table
from service.wired import KEY, Wired
from tests.service.rounds.test_rounds import start


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
        (6, "aaa ddddddd ddddddd aaa", "aaa ddddddd ddddddd aaa"),
    ],
)
def test_what_fits_is_worked_out_once_and_what_was_not_asked_for_longest_goes_first(
    worked: list[str], most: int, asked: str, expected: str
) -> None:
    remembered = Remembered[str](most, len)
    answers = [remembered(each, asking(worked, each)) for each in asked.split()]

    assert (answers, worked) == (asked.split(), expected.split())


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
        connection.execute(update(table).values(slate=packed(replace(kept, units=kept.units[::-1]), {})))

    assert before == 200
    assert app.test_client().get(path).get_json()["code"] == "round_differs"
