"""Every route states a policy and stands in the document; every failure is a problem with a known code."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.scoring.score import BLOCKS
from service.api.wire import problems
from service.auth import policy
from service.errors import EXPLAINED, Explanation, Problem
from service.wording import notices
from service.wording.matching import blocks
from tests.spec.authorisation import LINES, METHODS, shown


def test_every_route_states_a_policy(shared_app: Flask) -> None:
    bare = [name for name, view in shared_app.view_functions.items() if policy.of(view) is None]

    assert bare == []


def test_every_route_has_one_line_in_the_table_of_tests_spec_authorisation(shared_app: Flask) -> None:
    rules = [(rule.rule, set(rule.methods or ()) & set(METHODS)) for rule in shared_app.url_map.iter_rules()]

    assert sorted((line.path, line.method) for line in LINES) == sorted(
        (shown(rule), method) for rule, methods in rules for method in methods
    )


def test_a_route_without_a_policy_stays_shut(app: Flask) -> None:
    app.add_url_rule("/forgotten", view_func=lambda: "open")

    assert app.test_client().get("/forgotten").status_code == 403


def test_the_document_lists_every_route_and_method(shared_app: Flask, client: FlaskClient) -> None:
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    listed = {(path, method.upper()) for path, operations in paths.items() for method in operations}
    routed = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in shared_app.url_map.iter_rules()
        if not rule.endpoint.startswith("console")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert {(path, method) for path, method in listed if method != "PARAMETERS"} == routed


def test_the_document_names_only_schemas_that_it_holds(client: FlaskClient) -> None:
    text = client.get("/api/v1/openapi.json").get_data(as_text=True)
    document = client.get("/api/v1/openapi.json").get_json()
    referred = {tuple(ref.split("/")) for ref in re.findall(r'"\$ref":"#/components/(\w+/\w+)"', text)}

    assert document["openapi"].startswith("3.1")
    assert [ref for ref in referred if ref[1] not in document["components"][ref[0]]] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_rendered_document_loads_nothing_from_elsewhere(client: FlaskClient, language: str) -> None:
    answer = client.get("/api/v1/docs", headers={"Accept-Language": language})
    page = answer.get_data(as_text=True)

    assert f'<html lang="{language}">' in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//|<script|\sstyle=|\son\w+=", page)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert client.get("/api/v1/docs/style.css").mimetype == "text/css"


def test_the_rendered_document_shows_every_operation(client: FlaskClient) -> None:
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    page = client.get("/api/v1/docs").get_data(as_text=True)

    assert [path for path in paths if f"<code>{path}</code>" not in page] == []


def test_every_code_has_a_status_in_range_and_sentences(client: FlaskClient) -> None:
    for code in problems.codes():
        shown = client.get(f"/api/v1/errors/{code}", headers={"Accept-Language": "en"}).get_json()

        assert 400 <= shown["status"] < 600
        assert all(shown[part] for part in ("title", "detail", "advice"))


def test_every_problem_stands_once_in_the_table() -> None:
    assert list(EXPLAINED) == list(Problem)


def test_both_languages_speak_of_the_same_facts() -> None:
    def facts(words: Explanation) -> set[str]:
        names = [name for _, name, *_ in Formatter().parse(words.what + words.why + words.advice) if name]
        return {name.removesuffix("_ko").removesuffix("_en") for name in names}

    assert [code for code, both in EXPLAINED.items() if facts(both["ko"]) != facts(both["en"])] == []


def test_every_block_has_a_name_and_a_sentence_in_both_languages() -> None:
    for block in BLOCKS:
        for language in ("ko", "en"):
            assert blocks.name(block, language) != block
            assert blocks.sentence(block, ["x"], language).endswith("(x).")
    assert notices.ai("ko") != notices.ai("en")


def test_options_name_what_an_address_itself_takes(client: FlaskClient) -> None:
    allowed = {path: client.options(f"/api/v1/{path}").allow.as_set() for path in ("rounds/interests", "rounds")}

    assert allowed == {"rounds/interests": {"options", "post"}, "rounds": {"get", "head", "options", "post"}}


@pytest.mark.parametrize(
    ("method", "path", "code", "status"),
    [
        ("GET", "/nowhere", "not_found", 404),
        ("GET", "/api/v1/startups/none", "startup_not_found", 404),
        ("GET", "/api/v1/startups/a%00b", "startup_not_found", 404),
        ("GET", "/api/v1/startups/%ff%fe", "startup_not_found", 404),
        ("GET", "/api/v1/startups/none/matches", "startup_not_found", 404),
        ("GET", "/api/v1/programs/none/candidates", "program_not_found", 404),
        ("GET", "/api/v1/errors/none", "error_not_found", 404),
        ("POST", "/api/v1/programs", "method_not_allowed", 405),
        ("POST", "/api/v1/matches", "unsupported_media_type", 415),
        ("GET", "/api/v1/startups?limit=0", "invalid_fields", 422),
        ("GET", "/api/v1/startups?limit=", "invalid_fields", 422),
        ("GET", "/api/v1/startups?limit=1&limit=2", "invalid_fields", 422),
        ("GET", "/api/v1/startups?cursor=%00", "invalid_fields", 422),
        ("GET", "/api/v1/startups?cursor=!!!", "invalid_fields", 422),
        ("GET", "/api/v1/startups?colour=red", "invalid_fields", 422),
        ("GET", "/api/v1/programs?year=0", "invalid_fields", 422),
        ("GET", "/api/v1/startups/s-0001/matches?on=2026-13-01", "invalid_fields", 422),
        ("GET", "/api/v1/startups/s-0001/matches?include=everything", "invalid_fields", 422),
        ("DELETE", "/api/v1/startups/s-0001", "precondition_required", 428),
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_refusal_is_a_problem_with_a_stable_code(
    client: FlaskClient, method: str, path: str, code: str, status: int, language: str
) -> None:
    answer = client.open(path, method=method, headers={"Accept-Language": language})
    problem = answer.get_json()

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert (problem["code"], problem["status"]) == (code, status)
    assert all(problem[part] for part in ("title", "detail", "advice", "request_id"))
    assert answer.headers["Content-Language"] == language


def test_a_bug_of_ours_says_nothing_of_its_cause(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> str:
        raise RuntimeError("secret")

    app.add_url_rule("/broken", view_func=policy.policy("open")(broken))
    answer = app.test_client().get("/broken")

    assert (answer.status_code, answer.get_json()["code"]) == (500, "internal")
    assert "secret" not in answer.get_data(as_text=True)
