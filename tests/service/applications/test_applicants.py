"""Applicants' lists: a firm is who its number says, an application is what one firm handed in at one program."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import count
from typing import Any

import pytest
from flask import Flask
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from service.identity import UserRole
from service.wired import KEY, Wired
from tests.service import given as data
from tests.service.files.importers import sheets

HEADINGS = ("접수번호", "기업명", "사업자등록번호", "창업아이템명", "주관기관")
PROGRAMS = [program.id for program in data.programs() if program.is_ranked][:3]


def number(place: int) -> str:
    """A business number of its own, with the right check digit."""
    return sheets.numbered(place).replace("-", "")


def sheet(*rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode()


def bring(app: Flask, raw: bytes, program: str = PROGRAMS[0], **options: str) -> Any:
    query = {"commit": "true", "kind": "applications", "program": program, "name": "접수목록.csv", **options}
    return app.test_client().post("/api/v1/imports", query_string=query, data=raw, content_type="text/csv")


def stored(app: Flask) -> list[Any]:
    wired: Wired = app.extensions[KEY]
    with wired.catalogue.database.reading() as connection:
        return wired.catalogue.applications.page(connection, after="", limit=None, filters={}, programs=None)


def firm(app: Flask, business_number: str) -> set[str]:
    wired: Wired = app.extensions[KEY]
    with wired.catalogue.database.reading() as connection:
        return wired.catalogue.startups.of_number(connection, business_number)


def test_two_lists_with_the_same_receipt_number_are_two_firms(app: Flask) -> None:
    first, second = number(7), number(8)
    bring(app, sheet((1, "한빛팹리스", first, "칩", "가")))
    answer = bring(app, sheet((1, "서울바이오", second, "약", "나")))

    assert answer.status_code == 201
    assert len({one.record.startup_id for one in stored(app)}) == 2
    assert firm(app, first) != firm(app, second)


def test_one_firm_in_two_lists_is_one_firm_with_two_applications(app: Flask) -> None:
    bring(app, sheet((1, "한빛팹리스", number(7), "칩", "가")))
    bring(
        app, sheet((77, "한빛팹리스", f"{number(7)[:3]}-{number(7)[3:5]}-{number(7)[5:]}", "보드", "가")), PROGRAMS[1]
    )

    assert len(firm(app, number(7))) == 1
    assert {one.record.item for one in stored(app)} == {"칩", "보드"}


def test_a_list_that_comes_again_changes_nothing(app: Flask) -> None:
    raw = sheet((1, "한빛팹리스", number(7), "칩", "가"), (2, "예비 김", "", "앱", "가"))
    bring(app, raw)
    again = bring(app, raw).get_json()

    assert (again["counts"]["same"], again["counts"]["added"], len(stored(app))) == (2, 0, 2)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((1, "가", "222-33-44444", "칩", "가"), "wrong_check_digit"),
        ((1, "가", "", "칩", "가"), None),
    ],
)
def test_a_wrong_check_digit_is_refused(app: Flask, row: Sequence[object], code: str | None) -> None:
    answer = bring(app, sheet(row))

    assert [fault["code"] for fault in answer.get_json().get("errors", [])] == ([code] if code else [])


def test_a_line_without_a_program_says_what_to_do(app: Flask) -> None:
    answer = bring(app, sheet((1, "가", number(7), "칩", "가")), program="").get_json()

    assert [fault["code"] for fault in answer["errors"]] == ["program_not_stated"]


class TestOtherWays:
    """The same refusals wherever a firm comes in."""

    def put(self, app: Flask, identifier: str, **values: object) -> Any:
        return app.test_client().put(f"/api/v1/startups/{identifier}", json={"id": identifier, **values})

    def test_one_number_under_two_ids(self, app: Flask) -> None:
        self.put(app, "x-1", business_number=number(7))

        assert self.put(app, "x-2", business_number=number(7)).get_json()["errors"][0]["code"] == "number_of_other_firm"

    def test_another_number_under_a_known_id(self, app: Flask) -> None:
        self.put(app, "x-1", business_number=number(7))
        raw = sheet(("x-1", number(8)), headings=("기업 ID", "사업자등록번호"))
        answer = bring(app, raw, kind="startups", program="").get_json()

        assert answer["errors"][0]["code"] == "other_number"

    def test_a_list_of_firms_needs_no_id(self, app: Flask) -> None:
        raw = sheet(("한빛", number(9)), headings=("기업명", "사업자등록번호"))

        assert bring(app, raw, kind="startups", program="").status_code == 201
        assert len(firm(app, number(9))) == 1

    def test_a_firm_with_applications_is_not_deleted(self, app: Flask) -> None:
        bring(app, sheet((1, "한빛팹리스", number(7), "칩", "가")))
        identifier = next(iter(firm(app, number(7))))
        answer = app.test_client().delete(f"/api/v1/startups/{identifier}", headers={"If-Match": "*"})

        assert (answer.status_code, answer.get_json()["code"]) == (409, "firm_in_use")

    def test_a_manager_brings_no_lists(self, app: Flask) -> None:
        client = data.acting(app, UserRole.MANAGER)
        query = {"kind": "applications", "program": PROGRAMS[0]}

        assert client.post("/api/v1/imports", query_string=query, data=sheet((1, "", "", "", ""))).status_code == 403


SERIES = count(50_000)
"""Firms of one example are nobody of another: all examples share one database."""


@settings(max_examples=25, phases=[Phase.generate])
@given(st.data())
def test_firms_are_counted_by_number_and_applications_by_firm_and_program(app: Flask, data: st.DataObject) -> None:
    """Lists each count their receipts from 1; whoever is in several of them stays one firm."""
    base = next(SERIES) * 100
    before, known = len(stored(app)), set()
    for place, program in enumerate(data.draw(st.permutations(PROGRAMS))):
        members = data.draw(st.lists(st.integers(0, 6), min_size=1, max_size=5, unique=True))
        rows = [(at, f"기업{member}", number(base + member), f"{place}", "가") for at, member in enumerate(members, 1)]
        fresh = {(program, number(base + member)) for member in members}
        assert bring(app, sheet(*rows), program).status_code == 201
        known |= fresh

    firms = {each: firm(app, each) for _, each in known}
    assert all(len(ids) == 1 for ids in firms.values())
    assert len({next(iter(ids)) for ids in firms.values()}) == len(firms)
    assert len(stored(app)) - before == len(known)


def test_a_list_that_renames_a_firm_or_empties_what_is_stored_says_so(app: Flask) -> None:
    first = bring(app, sheet(("1", "가나", number(1), "로봇", "한국대")))
    again = bring(app, sheet(("１", "다라", number(1), "", "한국대")))

    assert first.get_json()["notes"] == []
    assert {(note["code"], note["field"]) for note in again.get_json()["notes"]} == {
        ("firm_renamed", "name"),
        ("value_cleared", "item"),
    }
    assert again.get_json()["counts"]["changed"] == 1


def test_a_number_in_wide_digits_is_the_same_number(app: Flask) -> None:
    bring(app, sheet(("1", "가나", number(1), "로봇", "한국대")))
    wide = number(1).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    listed = f"업체명,사업자번호,미납액(천원)\n다른이름,{wide},1200\n".encode()
    query = {"kind": "claw_back", "source": "기관", "as_of": "2026-01-05", "name": "l.csv"}
    answer = app.test_client().post("/api/v1/listings", query_string=query, data=listed, content_type="text/csv")

    assert [match["remark"] for match in answer.get_json()["matches"]] == ["1200 (천원)"]
