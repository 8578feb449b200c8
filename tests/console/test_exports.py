"""Every list can be taken away as a workbook: with a reason on record, and with the figures that its page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.identity import Role
from service.registry import Registry
from service.wired import KEY, Wired
from tests.service import given
from tests.support.workbooks import sheets

DAY = "on=2026-02-02"
LISTS = (
    "startups?q=ai&page=2",
    f"startups/s-0001?{DAY}&limit=5&ineligible=1",
    f"startups/s-0001/eligibility?{DAY}",
    "programs?role=open_call",
    f"programs/majung-2026?{DAY}&limit=5",
    f"programs/majung-2026/exclusions?{DAY}",
    f"comparison?startup=s-0001&program=majung-2026&program=jungle-2026&{DAY}",
    f"comparison?startup=s-0001&startup=s-0002&program=majung-2026&{DAY}",
    "decisions?program=majung-2026",
)
WHY = {"reason": "2026년 2차 평가 준비"}


@pytest.fixture(scope="module")
def house(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return given.application(tmp_path_factory.mktemp("exports"), registry)


@pytest.fixture
def client(house: Flask) -> FlaskClient:
    return house.test_client()


def taken(client: FlaskClient, path: str, language: str = "ko") -> dict[str, list[list[Any]]]:
    """The sheets of a list's file, each as its rows."""
    answer = client.post(f"/console/{language}/{path}", data=WHY)
    assert answer.status_code == 200, answer.text
    return sheets(answer.data)


def deeds(house: Flask) -> Iterator[str]:
    wired: Wired = house.extensions[KEY]
    with wired.catalogue.database.reading() as connection:
        yield from (row.details for row in wired.catalogue.audit.rows(connection) if row.deed == "export")


@pytest.mark.parametrize("path", LISTS)
def test_every_list_is_taken_away_with_its_reason_on_record(house: Flask, client: FlaskClient, path: str) -> None:
    before = len(list(deeds(house)))
    answer = client.post(f"/console/ko/{path}", data=WHY)
    after = list(deeds(house))[before:]

    assert answer.headers["Cache-Control"] == "no-store"
    assert re.fullmatch(r'attachment; filename="ieum-[a-z]+-[\d-]+\.xlsx"', answer.headers["Content-Disposition"])
    assert [WHY["reason"] in details for details in after] == [True]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("reason", ["", " ", "x", "x" * 501])
def test_no_list_is_taken_away_without_a_reason(client: FlaskClient, path: str, reason: str) -> None:
    answer = client.post(f"/console/ko/{path}", data={"reason": reason})

    assert (answer.status_code, answer.mimetype) == (422, "text/html")


def test_who_may_only_look_finds_no_form_and_is_refused(house: Flask) -> None:
    viewer = given.acting(house, Role.VIEWER)
    bound = given.acting(house, Role.MANAGER, programs=["jungle-2026"])

    assert "data-download" not in viewer.get("/console/ko/startups").text
    assert viewer.post("/console/ko/startups", data=WHY).status_code == 403
    assert bound.post("/console/ko/programs/majung-2026", data=WHY).status_code == 403
    assert bound.post(f"/console/ko/{LISTS[6]}", data=WHY).status_code == 403


def test_a_searched_list_holds_every_page_and_no_other_startup(client: FlaskClient) -> None:
    (found, about) = taken(client, "startups?stage=seed").values()
    wanted = [startup.id for startup in given.startups() if startup.stage == "seed"]

    assert [row[0] for row in found[1:]] == sorted(wanted)
    assert ["조건", "stage=seed"] in about


def test_a_ranked_list_holds_the_scores_of_its_page_in_its_order(client: FlaskClient) -> None:
    for path in (LISTS[1], LISTS[4]):
        page = client.get(f"/console/ko/{path}").text
        (found, _) = taken(client, path).values()
        shown = re.findall(r"<strong>([\d.]+)</strong><span class=\"unit\">", page)
        scores = [row[4] for row in found[1:]]

        assert [f"{score:.1f}" for score in scores] == shown
        assert [sum(points or 0 for points in row[6:-1]) for row in found[1:]] == pytest.approx(scores)


def test_a_comparison_holds_the_figures_of_its_page(client: FlaskClient) -> None:
    page = client.get(f"/console/en/{LISTS[6]}").text
    (found, about) = taken(client, LISTS[6], "en").values()
    scores = next(row[1:] for row in found if row[0] == "Score")

    assert [f"{score:.4f}" for score in scores] == re.findall(r"<strong>([\d.]+)</strong>", page)
    assert ["Model version", "v1"] in about


def test_whom_a_rule_shuts_out_is_listed_whole(client: FlaskClient) -> None:
    (rules, alone, verdicts, _) = taken(client, LISTS[5]).values()

    assert sum(row[4] for row in rules[1:]) == len(alone) - 1
    assert sum(row[1] for row in verdicts[1:]) == len(given.startups())
