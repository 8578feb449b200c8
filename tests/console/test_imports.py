"""Imports through the console's form: what a person sees in a file is in the records, or the page says why not."""

from __future__ import annotations

import io
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.faults import Fault
from service.identity import UserRole
from tests.console.browsers import fields, signed_in
from tests.support import persons_files
from tests.support.persons_files import CASES, FORMULA, Case

FORM = "/console/ko/imports"


def brought(browser: FlaskClient, case: Case) -> str:
    """Send a file, take what the preview offers, and give the text of the preview."""
    token = fields(browser.get(FORM).text)["csrf_token"]
    file = (io.BytesIO(case.raw), case.name)
    sent = browser.post(FORM, data={"csrf_token": token, "file": file, "kind": case.kind})
    preview = browser.get(sent.location).text
    browser.post(sent.location, data=fields(preview))
    return unescape(preview)


def check(client: FlaskClient, case: Case) -> None:
    for key, expected in case.records.items():
        answer = client.get(f"/api/v1/{case.kind}/{key}")
        assert (answer.status_code == 200) == (expected is not None)
        for field, value in (expected or {}).items():
            assert answer.get_json().get(field) == value


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_file_of_an_office_is_read_as_a_person_reads_it(own_app: Flask, case: Case) -> None:
    preview = brought(signed_in(own_app, UserRole.ADMIN), case)

    for code in case.codes:
        assert Fault(code).sentences("ko")[0] in preview
    check(own_app.test_client(), case)


def test_a_formula_that_was_never_calculated_leaves_what_is_stored(own_app: Flask) -> None:
    own_app.test_client().put("/api/v1/startups/c-1", json={"id": "c-1", "revenue_krw": 500})
    preview = brought(signed_in(own_app, UserRole.ADMIN), FORMULA)

    assert Fault(*FORMULA.codes).sentences("ko")[0] in preview
    check(own_app.test_client(), FORMULA)


def test_an_evaluator_in_a_merged_cell_may_judge_none_of_the_firms_beside_it(own_app: Flask) -> None:
    browser = signed_in(own_app, UserRole.ADMIN)
    rows = [
        ("평가위원", "기업", "사유"),
        ("김가나", "s-0001", "임원"),
        (None, "s-0002", "임원"),
        (None, "s-0003", "임원"),
    ]
    raw = persons_files.workbook(persons_files.Leaf("제척", [("이해관계 명단",), *rows], merged=["A3:A5"]))
    form = fields(browser.get("/console/ko/rounds/new").text)
    page = browser.post("/console/ko/rounds/new", data={**form, "file": (io.BytesIO(raw), "제척.xlsx"), "step": "read"})
    text = unescape(page.text)

    assert text.count('value="김가나"') == 3
    assert all(key in text for key in ("s-0001", "s-0002", "s-0003"))
    assert Fault("row_above").sentences("ko")[0] in text
