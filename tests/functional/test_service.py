"""The running service, over its socket: what a program manager asks, and what nobody should send."""

from __future__ import annotations

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given as law
from hypothesis import settings
from hypothesis import strategies as st

from model.snapshot import rows
from tests.functional.conftest import Service
from tests.service import given

MATCHES = "/api/v1/matches"
STARTUP = given.startups()[0]


def hostile() -> dict[str, tuple[bytes, str, str]]:
    """Name → body, content type, code of the refusal."""
    json_type = "application/json"
    deep = b"[" * 2_000 + b"]" * 2_000
    return {
        "nothing": (b"", json_type, "invalid_json"),
        "cut short": (b'{"summary": "a', json_type, "invalid_json"),
        "NaN": (b'{"employees": NaN}', json_type, "invalid_json"),
        "Infinity": (b'{"employees": -Infinity}', json_type, "invalid_json"),
        "overflow": (b'{"employees": 1e999}', json_type, "invalid_json"),
        "deep list": (deep, json_type, "json_too_deep"),
        "deep object": (b'{"a":' * 2_000 + b"1" + b"}" * 2_000, json_type, "json_too_deep"),
        "deep inside": (b'{"technologies": ' + deep + b"}", json_type, "json_too_deep"),
        "lone surrogate": (b'{"summary": "\\ud800"}', json_type, "invalid_json"),
        "bytes that are no text": (b'{"summary": "\xff\xfe"}', json_type, "invalid_json"),
        "UTF-16": ('{"summary": "가"}'.encode("utf-16"), json_type, "invalid_json"),
        "CP949": ('{"summary": "한글"}'.encode("cp949"), json_type, "invalid_json"),
        "NUL": (b'{"summary": "a\\u0000b"}', json_type, "invalid_fields"),
        "a doubled key": (b'{"summary": "a", "summary": "b"}', json_type, "duplicate_key"),
        "a list": (b"[]", json_type, "invalid_fields"),
        "a number": (b"1", json_type, "invalid_fields"),
        "an unknown field": (b'{"colour": "red"}', json_type, "invalid_fields"),
        "a prototype": (b'{"__proto__": {}, "__class__": {}}', json_type, "invalid_fields"),
        "a number as text": (b'{"summary": 1}', json_type, "invalid_fields"),
        "text as number": (b'{"employees": "3"}', json_type, "invalid_fields"),
        "truth as number": (b'{"employees": true}', json_type, "invalid_fields"),
        "a fraction": (b'{"employees": 1.5}', json_type, "invalid_fields"),
        "a large number": (b'{"employees": 1' + b"0" * 40 + b"}", json_type, "invalid_fields"),
        "a huge number": (b'{"employees": 1' + b"0" * 400 + b"}", json_type, "invalid_json"),
        "a number without end": (b'{"employees": 1' + b"0" * 9_000 + b"}", json_type, "invalid_json"),
        "no such day": (b'{"founded_on": "2026-02-30"}', json_type, "invalid_fields"),
        "no such stage": (b'{"stage": "unicorn"}', json_type, "invalid_fields"),
        "a text for a list": (b'{"needs": "gpu"}', json_type, "invalid_fields"),
        "5 MB": (b'{"summary": "' + b"a" * 5_000_000 + b'"}', json_type, "body_too_large"),
        "a form": (b"summary=a", "application/x-www-form-urlencoded", "unsupported_media_type"),
        "no type": (b'{"summary": "a"}', "", "unsupported_media_type"),
        "another charset": (b'{"summary": "a"}', "application/json; charset=euc-kr", "unsupported_media_type"),
    }


@pytest.mark.parametrize("name", hostile())
def test_a_hostile_body_is_refused_as_a_problem_with_a_code(service: Service, name: str) -> None:
    body, media, code = hostile()[name]
    begin = time.monotonic()
    answer, raw = service.ask("POST", MATCHES, body, Content_Type=media)
    problem = json.loads(raw)

    assert 400 <= answer.status < 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (problem["code"], problem["status"]) == (code, answer.status)
    assert time.monotonic() - begin < 10


def test_5_mb_sent_without_a_length_are_refused_too(service: Service) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=20) as line:
        line.sendall(b"POST /api/v1/matches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n")
        line.sendall(b"Authorization: Bearer " + service.key.encode() + b"\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(50):
            line.sendall(b"186a0\r\n" + b" " * 100_000 + b"\r\n")
        line.sendall(b"0\r\n\r\n")
        answer = line.recv(65_536)

    assert answer.startswith(b"HTTP/1.1 413 ")


@settings(max_examples=60)
@law(body=st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_at_all_make_the_service_fail(service: Service, body: bytes) -> None:
    answer, _ = service.ask("POST", MATCHES, body)

    assert answer.status in (200, 400, 422)


@settings(max_examples=60)
@law(path=st.text(st.characters(exclude_categories=["Cs"]), max_size=30), rest=st.sampled_from(["", "/matches"]))
def test_no_path_at_all_makes_the_service_fail(service: Service, path: str, rest: str) -> None:
    quoted = "".join(f"%{byte:02X}" for byte in path.encode())
    answer, _ = service.ask("GET", f"/api/v1/startups/{quoted}{rest}")

    assert answer.status in (200, 404)


def test_a_stored_startup_gets_ranked_programs_whose_reasons_add_up(service: Service) -> None:
    answer, raw = service.ask("GET", f"/api/v1/startups/{STARTUP.id}/matches?on=2026-02-02")
    found = json.loads(raw)

    assert answer.status == 200
    assert found["startup"]["id"] == STARTUP.id
    assert len(found["matches"]) == 10
    for match in found["matches"]:
        assert sum(reason["points_units"] for reason in match["reasons"]) == match["score_units"]


def test_every_worker_gives_the_same_bytes_to_many_at_once(service: Service) -> None:
    def ask(number: int) -> bytes:
        identifier = given.startups()[number % 3].id
        return service.ask("GET", f"/api/v1/startups/{identifier}/matches?on=2026-02-02")[1]

    with ThreadPoolExecutor(12) as pool:
        answers = set(pool.map(ask, range(60)))

    assert len(answers) == 3


def test_an_unseen_profile_is_ranked_and_not_stored(service: Service) -> None:
    profile = {"id": "unseen", "summary": "제조 현장의 결함을 비전 AI로 검사한다.", "technologies": ["머신비전"]}
    answer, raw = service.ask("POST", MATCHES, json.dumps(profile).encode())

    assert (answer.status, bool(json.loads(raw)["matches"])) == (200, True)
    assert service.ask("GET", "/api/v1/startups/unseen")[0].status == 404


def test_a_batch_streams_one_line_for_each_entry(service: Service) -> None:
    entries = [startup.id for startup in given.startups()] + ["none"] + [rows.plain(STARTUP)]
    answer, raw = service.ask("POST", f"{MATCHES}/batch?limit=2", json.dumps({"startups": entries}).encode())
    lines = [json.loads(line) for line in raw.splitlines()]

    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/x-ndjson")
    assert [line["index"] for line in lines] == list(range(len(entries)))
    assert [line["index"] for line in lines if "problem" in line] == [len(entries) - 2]


def test_a_write_is_seen_by_every_worker_at_once(service: Service) -> None:
    for number in range(5):
        body = json.dumps({"id": "seen-at-once", "summary": f"로봇 {number}"}).encode()
        seen = {"If_Match": "*"} if number else {}
        assert service.ask("PUT", "/api/v1/startups/seen-at-once", body, **seen)[0].status < 300
        for _ in range(6):
            found = json.loads(service.ask("GET", "/api/v1/startups/seen-at-once")[1])
            assert found["summary"] == f"로봇 {number}"
            assert service.ask("GET", "/api/v1/startups/seen-at-once/matches")[0].status == 200
    service.ask("DELETE", "/api/v1/startups/seen-at-once", If_Match="*")


def test_of_many_writers_with_one_etag_one_wins(service: Service) -> None:
    path = f"/api/v1/startups/{given.startups()[5].id}"
    tag = service.ask("GET", path)[0].headers["ETag"]

    def write(number: int) -> int:
        patch = json.dumps({"employees": number}).encode()
        return service.ask("PATCH", path, patch, If_Match=tag)[0].status

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(write, range(8)))

    assert statuses == [200] + [412] * 7


def test_health_and_documents_are_served(service: Service) -> None:
    for path in (
        "/livez",
        "/readyz",
        "/api/v1/model",
        "/api/v1/openapi.json",
        "/api/v1/docs",
        "/api/v1/docs/style.css",
    ):
        assert service.ask("GET", path)[0].status == 200


@pytest.mark.parametrize("path", ["/api", "/api/v2/model", "/api/v1/startups/", "/static/docs.css", "/../etc/passwd"])
def test_what_is_not_there_is_a_problem(service: Service, path: str) -> None:
    answer, raw = service.ask("GET", path)

    assert (answer.status, json.loads(raw)["code"]) == (404, "not_found")
