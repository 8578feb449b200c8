"""Imports over HTTP and the command line: previewed with a report, committed whole, once, and only as previewed."""

from __future__ import annotations

import io
import unicodedata
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from model.snapshot import rows
from service.wired import KEY, Wired
from tests.service import given
from tests.service.files.importers import sheets
from tests.service.test_cli import home, ieum

__all__ = ["home"]

GOOD = "id,기업명,직원 수\nnew-1,새기업,3\ns-0001,문서결,9\n"
FAULTY = "id,기업명,직원 수\nnew-1,새기업,3\nnew-2,헌기업,많음\n"
OTHER_PART = b'--b\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n--b--\r\n'
BASE = "/api/v1/imports"


def post(client: FlaskClient, body: str | bytes, query: str = "", kind: str = "text/csv") -> TestResponse:
    raw = body.encode() if isinstance(body, str) else body
    return client.post(f"{BASE}?{query}", data=raw, content_type=kind, headers={"Accept-Language": "ko"})


def stored(client: FlaskClient, identifier: str) -> dict[str, Any] | None:
    answer = client.get(f"/api/v1/startups/{identifier}")
    return answer.get_json() if answer.status_code == 200 else None


@pytest.mark.parametrize("encoding", sheets.ENCODINGS)
def test_a_file_in_any_encoding_is_previewed_then_committed(on_both: Flask, encoding: str) -> None:
    client = on_both.test_client()
    made = post(client, sheets.ENCODINGS[encoding](sheets.text()))
    done = client.post(f"{made.headers['Location']}/commit").get_json()

    assert (made.status_code, made.get_json()["state"], done["state"]) == (201, "previewed", "committed")
    assert done["sources"][0]["encoding"] == encoding
    found = {key: stored(client, key) for key in sheets.expected()}
    assert found == {key: rows.plain(startup) for key, startup in sheets.expected().items()}


def test_a_preview_changes_nothing_and_tells_what_it_would(on_both: Flask) -> None:
    client = on_both.test_client()
    made = post(client, GOOD).get_json()

    assert made["counts"] == {"rows": 2, "faulty": 0, "added": 1, "changed": 1, "same": 0}
    assert stored(client, "new-1") is None


def test_a_table_changes_only_its_own_columns(on_both: Flask) -> None:
    client = on_both.test_client()
    before = stored(client, "s-0001")
    post(client, GOOD, "commit=true")

    assert before is not None
    assert stored(client, "s-0001") == {**before, "name": "문서결", "employees": 9}


def test_importing_the_same_file_twice_changes_nothing(on_both: Flask) -> None:
    client = on_both.test_client()
    wired: Wired = on_both.extensions[KEY]
    post(client, GOOD, "commit=true")
    known = wired.catalogue.revisions.now()
    again = post(client, GOOD, "commit=true").get_json()

    assert again["counts"] == {"rows": 2, "faulty": 0, "added": 0, "changed": 0, "same": 2}
    assert wired.catalogue.revisions.now() == known


def test_committing_twice_changes_nothing(on_both: Flask) -> None:
    client = on_both.test_client()
    place = post(client, GOOD).headers["Location"]
    first, second = (client.post(f"{place}/commit").get_json() for _ in range(2))

    assert first == second


def test_one_faulty_row_keeps_all_out_until_only_good_rows_are_asked_for(on_both: Flask) -> None:
    client = on_both.test_client()
    place = post(client, FAULTY).headers["Location"]
    refused = client.post(f"{place}/commit")

    assert (refused.status_code, refused.get_json()["code"]) == (422, "import_has_faults")
    assert refused.get_json()["errors"][0]["line"] == 3
    assert stored(client, "new-1") is None
    assert client.post(f"{place}/commit?rows=good").status_code == 200
    assert (stored(client, "new-1") is not None, stored(client, "new-2")) == (True, None)


@pytest.mark.parametrize(("language", "label"), [("ko", "종업원 수"), ("en", "Employees")])
def test_the_report_says_where_what_and_what_to_do(on_both: Flask, language: str, label: str) -> None:
    client = on_both.test_client()
    place = post(client, FAULTY).headers["Location"]
    (item,) = client.get(f"{place}/report", headers={"Accept-Language": language}).get_json()["items"]

    assert (item["line"], item["field"], item["label"], item["value"]) == (3, "employees", label, "많음")
    assert all(item[part] for part in ("code", "message", "advice"))


def test_a_report_comes_in_pages_without_gaps(on_both: Flask) -> None:
    client = on_both.test_client()
    place = post(client, "id,직원 수\n" + "".join(f"n{n},x\n" for n in range(7))).headers["Location"]
    lines: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(f"{place}/report?limit=3{cursor}").get_json()
        lines += [item["line"] for item in page["items"]]
        cursor = page["next"] and f"&cursor={page['next']}"

    assert lines == list(range(2, 9))


def test_what_changed_after_the_preview_is_not_overwritten(on_both: Flask) -> None:
    client = on_both.test_client()
    place = post(client, GOOD).headers["Location"]
    client.patch("/api/v1/startups/s-0001", json={"employees": 77}, headers={"If-Match": "*"})
    refused = client.post(f"{place}/commit")

    assert (refused.status_code, refused.get_json()["code"]) == (409, "catalogue_changed")
    assert "s-0001" in refused.get_json()["detail"]
    assert stored(client, "new-1") is None


def test_what_changed_elsewhere_does_not_matter(on_both: Flask) -> None:
    client = on_both.test_client()
    place = post(client, GOOD).headers["Location"]
    client.patch("/api/v1/startups/s-0002", json={"employees": 77}, headers={"If-Match": "*"})

    assert client.post(f"{place}/commit").status_code == 200


def test_a_preview_can_be_committed_for_a_day(on_both: Flask) -> None:
    client = on_both.test_client()
    wired: Wired = on_both.extensions[KEY]
    made = post(client, GOOD).get_json()
    wired.imports._clock = lambda: given.NOON + timedelta(hours=24)
    refused = client.post(f"{BASE}/{made['id']}/commit")

    assert (refused.status_code, refused.get_json()["code"]) == (409, "import_expired")
    assert client.get(f"{BASE}/{made['id']}").get_json()["state"] == "expired"


def test_a_form_with_one_file_is_taken_by_its_name(on_both: Flask) -> None:
    form = {"file": (io.BytesIO(b"id,name\np-9,x\n"), "programs_2026.csv")}
    made = on_both.test_client().post(BASE, data=form, content_type="multipart/form-data").get_json()

    assert (made["sources"][0]["name"], made["sources"][0]["kind"]) == ("programs_2026.csv", "programs")


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"x", "image/png", "unsupported_media_type"),
        (b"x", "multipart/form-data", "bad_form"),
        (b"x", "multipart/form-data; boundary=b", "bad_form"),
        (OTHER_PART, "multipart/form-data; boundary=b", "bad_form"),
        (b"x" * 20_000_001, "text/csv", "body_too_large"),
        ("id,기업명\na,이음\n".encode() + "b,말결\n".encode("cp949"), "text/csv", "mixed_encodings"),
    ],
)
def test_what_cannot_be_read_is_refused_and_leaves_nothing(app: Flask, body: bytes, kind: str, code: str) -> None:
    answer = post(app.test_client(), body, kind=kind)

    assert answer.get_json()["code"] == code
    assert 400 <= answer.status_code < 500


def test_an_unknown_import_is_not_found(on_both: Flask) -> None:
    assert on_both.test_client().get(f"{BASE}/none").get_json()["code"] == "import_not_found"


def test_the_command_line_reads_the_same_files(home: Path) -> None:
    (home / "기업.csv").write_bytes(sheets.ENCODINGS["cp949"](sheets.text()))
    first = ieum(home, "import", home / "기업.csv")
    again = ieum(home, "import", home / "기업.csv")

    assert f"{len(sheets.expected())} new" in first.stdout
    assert f"0 new, 0 changed, {len(sheets.expected())} as before" in again.stdout


def test_the_command_line_names_every_fault_and_takes_good_rows_when_asked(home: Path) -> None:
    (home / "startups.csv").write_text(FAULTY, encoding="utf-8")
    refused = ieum(home, "import", home / "startups.csv")
    done = ieum(home, "import", "--good-rows", home / "startups.csv")

    assert (refused.exit_code, "startups.csv:3 employees='많음'" in refused.stderr) == (1, True)
    assert (done.exit_code, "1 new, 0 changed, 0 as before, 1 faulty" in done.stdout) == (0, True)


def test_the_command_line_shows_a_preview_without_changing_anything(home: Path) -> None:
    (home / "startups.csv").write_text(GOOD, encoding="utf-8")

    assert "previewed" in ieum(home, "import", "--preview", home / "startups.csv").stdout
    assert ieum(home, "export", "startups").stdout == ""


UNKNOWN_FORM = "접수,업체,창업아이템명\nm-1,가나기업,배터리 진단\n"


def test_headings_are_mapped_once_in_the_preview_and_used_again(on_both: Flask) -> None:
    client = on_both.test_client()
    refused = post(client, UNKNOWN_FORM, "kind=startups").get_json()
    asked = {"institution": "가상 창경센터", "form": "신청자 목록", "kind": "startups"}
    columns = [{"heading": "접수", "field": "id"}, {"heading": "업체", "field": "name"}]
    kept = client.post("/api/v1/heading-maps", json={**asked, "columns": columns}).get_json()
    query = {"kind": "startups", "institution": "가상창경센터", "form": "신청자목록"}
    made = client.post(BASE, query_string=query, data=UNKNOWN_FORM.encode(), content_type="text/csv").get_json()
    form = {"institution": asked["institution"], "form": asked["form"]}
    more = {**form, "columns": [{"heading": "창업아이템명", "field": "summary"}]}
    again = client.post(f"{BASE}/{made['id']}/headings", json=more).get_json()

    assert (refused["code"], "업체" in refused["detail"]) == ("no_headings", True)
    assert [column["field"] for column in made["sources"][0]["columns"]] == ["id", "name", None]
    assert ("unknown_column", "창업아이템명") in [(note["code"], note["value"]) for note in made["notes"]]
    assert [(c["field"], c["samples"]) for c in again["sources"][0]["columns"]][2] == ("summary", ["배터리 진단"])
    assert len(client.get(f"/api/v1/heading-maps/{kept['id']}").get_json()["columns"]) == 3
    wired: Wired = on_both.extensions[KEY]
    with wired.catalogue.database.reading() as connection:
        assert [row.event for row in wired.catalogue.audit.rows(connection)][-2:] == ["map_headings"] * 2
    assert client.delete(f"/api/v1/heading-maps/{kept['id']}").status_code == 204
    assert client.get("/api/v1/heading-maps").get_json()["items"] == []


def test_a_map_names_fields_alone(on_both: Flask) -> None:
    asked = {"institution": "가", "form": "나", "kind": "startups", "columns": [{"heading": "x", "field": "없는 항목"}]}

    assert on_both.test_client().post("/api/v1/heading-maps", json=asked).status_code == 422


def test_a_blank_cell_never_silently_empties_what_is_stored(on_both: Flask) -> None:
    client = on_both.test_client()
    post(client, "기업 ID,매출액,기업 구분\ns-0001,500,소상공인\n", "kind=startups&commit=true")
    made = post(client, "기업 ID,매출액,기업 구분\ns-0001,,\n", "kind=startups&commit=true").get_json()
    found = stored(client, "s-0001") or {}

    assert (found.get("revenue_krw"), found["kind"]) == (None, "micro_enterprise")
    assert {note["code"] for note in made["notes"]} >= {"value_cleared", "default_taken"}


@pytest.mark.parametrize(
    ("key", "code"), [("2026/1", "id_unreachable"), ("..", "id_unreachable"), ("s-0001\u200b", None)]
)
def test_an_id_can_be_reached_and_told_apart(on_both: Flask, key: str, code: str | None) -> None:
    made = post(on_both.test_client(), f"기업 ID,기업명\n{key},가\n", "kind=startups").get_json()

    assert [fault["code"] for fault in made["faults"]] == ([code] if code else [])
    assert code or made["counts"]["changed"] == 1


@pytest.mark.parametrize(
    ("code", "others"), [("12", ("29155", "46110", "12")), ("51", ("42110", "51110")), ("52", ("45111", "52"))]
)
def test_a_region_is_filtered_under_its_old_and_new_codes(app: Flask, code: str, others: tuple[str, ...]) -> None:
    client = app.test_client()
    lines = "".join(f"r-{other},{other}\n" for other in others)
    post(client, f"기업 ID,소재지\n{lines}", "kind=startups&commit=true")
    found = client.get("/api/v1/startups", query_string={"region": code, "limit": 100}).get_json()["items"]

    assert {f"r-{other}" for other in others} <= {item["id"] for item in found}


@pytest.mark.parametrize(
    "typed", ["㈜가람", "(주)가람", "가람 ２차전지", "가람2차전지", "드론ㆍ개인", "AI가람", "ＡＩ 가람"]
)
def test_a_search_finds_a_name_however_it_is_typed(app: Flask, typed: str) -> None:
    client = app.test_client()
    post(client, "기업 ID,기업명,기술\nq-1,(주)가람 2차전지,드론·개인이동수단; AI 가람\n", "kind=startups&commit=true")
    ways = (typed, unicodedata.normalize("NFD", typed), typed.lower())
    found = [client.get("/api/v1/startups", query_string={"q": way}).get_json()["items"] for way in ways]

    assert [[item["id"] for item in items] for items in found] == [["q-1"]] * 3
