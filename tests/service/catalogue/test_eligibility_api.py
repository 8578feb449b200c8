"""What the API says of eligibility is the ledger's own word, in both languages, as much as the reader may see."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from marshmallow import Schema

from model import vocabulary
from model.domain import Check, Program, Startup
from model.eligibility import Ledger, verdict
from model.eligibility.overview import exclusions, one_step_away, reach, survey
from model.snapshot import rows
from service.api.catalogue.eligibility_schema import EligibilitySchema, UnlocksSchema
from service.api.catalogue.overview_schema import CoverageSchema, ExclusionsSchema
from tests.service import given

ON = date(2026, 2, 2)
STARTUPS = {startup.id: startup for startup in given.startups()}
PROGRAMS = {program.id: program for program in given.programs()}
CALLS = {key: program for key, program in PROGRAMS.items() if program.is_ranked}
LEDGER = Ledger(vocabulary.load(given.DATA / "vocabularies").codes, PROGRAMS.values())
EVERYTHING = "limit=100&include=all"
FIRST = next(iter(STARTUPS))
API = "/api/v1"


def ask(client: FlaskClient, path: str, language: str = "ko") -> dict[str, Any]:
    found: dict[str, Any] = client.get(API + path, headers={"Accept-Language": language}).get_json()
    return found


def codes(check: Check) -> dict[str, Any]:
    """A check as JSON, without words."""
    change = check.unlock
    plain = {name: getattr(check, name) for name in ("rule", "result", "field", "required", "basis")}
    plain["found"] = check.fact
    plain["unlock"] = change and {"code": change.code, "on": change.on and str(change.on), "value": change.value}
    found: dict[str, Any] = json.loads(json.dumps(plain))
    return found


def told(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """An answer's checks without words."""
    return [_wordless(check) for check in entry["checks"]]


def _wordless(check: dict[str, Any]) -> dict[str, Any]:
    unlock = check["unlock"] and {key: check["unlock"][key] for key in ("code", "on", "value")}
    return {key: check[key] for key in ("rule", "result", "field", "found", "required", "basis")} | {"unlock": unlock}


def agrees(startup: Startup, program: Program, entry: dict[str, Any], on: date) -> bool:
    checks = LEDGER.checks(startup, program, on=on)
    return told(entry) == [codes(check) for check in checks] and entry["verdict"] == verdict(checks)


class TestEveryAnswer:
    @pytest.mark.parametrize("on", [date(2025, 5, 2), ON, date(2026, 11, 1)])
    def test_gives_the_ledgers_checks_for_every_match_of_a_startup(self, client: FlaskClient, on: date) -> None:
        for identifier, startup in STARTUPS.items():
            found = ask(client, f"/startups/{identifier}/matches?{EVERYTHING}&on={on}")["matches"]
            assert {match["program"]["id"] for match in found} == set(CALLS)
            assert [m for m in found if not agrees(startup, CALLS[m["program"]["id"]], m, on)] == []

    def test_gives_the_ledgers_checks_for_every_candidate_of_a_program(self, client: FlaskClient) -> None:
        for identifier, program in CALLS.items():
            found = ask(client, f"/programs/{identifier}/candidates?{EVERYTHING}")["candidates"]
            assert {candidate["startup"]["id"] for candidate in found} == set(STARTUPS)
            assert [c for c in found if not agrees(STARTUPS[c["startup"]["id"]], program, c, ON)] == []

    def test_leaves_out_just_the_pairs_that_the_ledger_refuses(self, client: FlaskClient) -> None:
        for identifier, startup in STARTUPS.items():
            found = ask(client, f"/startups/{identifier}/matches?limit=100&include=known")["matches"]
            listed = {match["program"]["id"] for match in found}
            verdicts = LEDGER.verdicts([startup], list(CALLS.values()), on=ON)[0]
            assert listed == {key for key, judged in zip(CALLS, verdicts, strict=True) if judged < 2}

    def test_gives_the_ledgers_checks_for_a_profile_and_in_a_batch(self, client: FlaskClient) -> None:
        sent = [rows.plain(startup) for startup in STARTUPS.values()]
        posted = client.post(f"{API}/matches?{EVERYTHING}", json=sent[0]).get_json()["matches"]
        raw = client.post(f"{API}/matches/batch?{EVERYTHING}", json={"startups": sent}).data
        lines = [json.loads(line)["answer"]["matches"] for line in raw.splitlines()]

        assert lines[0] == posted
        for startup, found in zip(STARTUPS.values(), lines, strict=True):
            assert [m for m in found if not agrees(startup, CALLS[m["program"]["id"]], m, ON)] == []

    def test_gives_the_ledgers_checks_for_every_open_call(self, client: FlaskClient) -> None:
        for identifier, startup in STARTUPS.items():
            found = ask(client, f"/startups/{identifier}/eligibility")
            assert {entry["program"]["id"] for entry in found["programs"]} == set(CALLS)
            assert [e for e in found["programs"] if not agrees(startup, CALLS[e["program"]["id"]], e, ON)] == []
            assert found["counts"] == {
                **dict.fromkeys(("eligible", "needs_check", "ineligible"), 0),
                **Counter(entry["verdict"] for entry in found["programs"]),
            }


class TestEligibility:
    @pytest.mark.parametrize("language", ["ko", "en"])
    @pytest.mark.parametrize("audience", ["staff", "applicant"])
    @pytest.mark.parametrize(
        ("path", "schema"),
        [
            (f"/startups/{FIRST}/eligibility?audience=", EligibilitySchema),
            (f"/startups/{FIRST}/unlocks?audience=", UnlocksSchema),
            ("/programs/nup-2026/exclusions?limit=7&", ExclusionsSchema),
            ("/catalogue/coverage?limit=7&", CoverageSchema),
        ],
    )
    def test_keeps_to_its_published_schema(
        self, client: FlaskClient, path: str, schema: type[Schema], audience: str, language: str
    ) -> None:
        asked = path + audience if path.endswith("audience=") else path.rstrip("&")
        answer = client.get(API + asked, headers={"Accept-Language": language})

        assert schema().validate(answer.get_json()) == {}
        assert answer.headers["Content-Language"] == language

    def test_says_a_sentence_beside_every_code_in_the_language_asked_for(self, client: FlaskClient) -> None:
        korean, english = (ask(client, f"/startups/{FIRST}/eligibility", language) for language in ("ko", "en"))
        said = [list(sentences(answer)) for answer in (korean, english)]

        assert all(said[0])
        assert all(said[1])
        assert all(a != b for a, b in zip(*said, strict=True))

    def test_lists_what_may_be_applied_to_first_and_the_soonest_to_close_first(self, client: FlaskClient) -> None:
        order = ["eligible", "needs_check", "ineligible"]
        found = ask(client, f"/startups/{FIRST}/eligibility")["programs"]
        keys = [(order.index(e["verdict"]), e["program"]["closes_on"] or "9999", e["program"]["id"]) for e in found]

        assert keys == sorted(keys)

    def test_of_a_profile_is_that_of_the_stored_startup_and_stores_nothing(self, client: FlaskClient) -> None:
        stored = ask(client, f"/startups/{FIRST}/eligibility")
        sent = rows.plain(STARTUPS[FIRST])
        unseen = client.post(f"{API}/eligibility", json={**sent, "id": "unseen"}).get_json()

        assert client.post(f"{API}/eligibility", json=sent).get_json() == stored
        assert unseen["programs"] == stored["programs"]
        assert client.get(f"{API}/startups/unseen").status_code == 404

    def test_of_last_year_is_last_years(self, client: FlaskClient) -> None:
        then, now = (ask(client, f"/startups/{FIRST}/eligibility?on={day}") for day in ("2025-05-02", "2026-05-02"))

        assert (then["on"], now["on"]) == ("2025-05-02", "2026-05-02")
        assert then["programs"] != now["programs"]


def sentences(answer: dict[str, Any]) -> Iterator[str]:
    for entry in answer["programs"]:
        yield entry["verdict_label"]
        for check in entry["checks"]:
            yield from (check["label"], check["sentence"], check["basis_text"])
            if check["unlock"]:
                yield check["unlock"]["sentence"]


class TestUnlocks:
    @pytest.mark.parametrize("identifier", list(STARTUPS)[:8])
    def test_are_the_steps_that_the_ledger_finds_soonest_first(self, client: FlaskClient, identifier: str) -> None:
        steps = one_step_away(LEDGER, STARTUPS[identifier], list(PROGRAMS.values()), on=ON)
        found = ask(client, f"/startups/{identifier}/unlocks")["unlocks"]

        assert [(f["program"]["id"], f["day"]) for f in found] == [(s.program_id, s.day and str(s.day)) for s in steps]
        assert [f["unlock"]["code"] for f in found] == [s.unlock.code for s in steps]
        assert [[_wordless(c) for c in f["settles"]] for f in found] == [[codes(c) for c in s.settles] for s in steps]
        assert [f["confirmations_count"] for f in found] == [len(f["confirmations"]) for f in found]

    def test_are_said_in_both_languages(self, app: Flask) -> None:
        client = app.test_client()
        body = {"id": "waiting", "kind": "startup", "entity": "corporation", "stage": "seed"}
        put(client, "startups", body)
        put(client, "programs", {"id": "later", "opens_on": "2026-09-03", "closes_on": "2026-09-30"})
        korean, english = (
            {f["program"]["id"]: f["sentence"] for f in ask(client, "/startups/waiting/unlocks", language)["unlocks"]}
            for language in ("ko", "en")
        )

        assert korean["later"] == "2026. 9. 3.부터 신청할 수 있습니다."
        assert english["later"] == "Unlocked by waiting until 3 September 2026."


class TestExclusions:
    @pytest.mark.parametrize("identifier", list(CALLS)[:6])
    def test_count_what_the_ledger_counts(self, client: FlaskClient, identifier: str) -> None:
        whole = exclusions(LEDGER, PROGRAMS[identifier], list(STARTUPS.values()), on=ON)
        found = ask(client, f"/programs/{identifier}/exclusions?limit=100")

        assert [(r["rule"], r["fails"], r["needs_check"], r["clear"]) for r in found["rules"]] == [
            (e.rule, e.fails, e.needs_check, e.clear) for e in whole
        ]
        assert [[s["id"] for s in r["startups"]] for r in found["rules"]] == [list(e.admitted) for e in whole]
        assert [r["admitted"] for r in found["rules"]] == [len(r["startups"]) for r in found["rules"]]
        assert sum(found["counts"].values()) == len(STARTUPS)

    def test_name_no_more_startups_than_asked_for(self, app: Flask) -> None:
        client = app.test_client()
        add_old_firms(client)
        rules = {rule["rule"]: rule for rule in ask(client, "/programs/nup-2026/exclusions?limit=1")["rules"]}

        assert len(rules["business_age"]["startups"]) == 1
        assert rules["business_age"]["admitted"] >= 3

    def test_relaxing_the_rule_that_is_named_admits_whom_it_names(self, app: Flask) -> None:
        client = app.test_client()
        add_old_firms(client)
        before = ask(client, "/programs/nup-2026/exclusions")["counts"]
        rules = {rule["rule"]: rule for rule in ask(client, "/programs/nup-2026/exclusions")["rules"]}
        patch(client, "programs/nup-2026", {"max_age_years": None, "max_age_years_new_industry": None})
        after = ask(client, "/programs/nup-2026/exclusions")["counts"]

        assert {s["id"] for s in rules["business_age"]["startups"]} >= {"old-0", "old-1", "old-2"}
        assert before["ineligible"] - after["ineligible"] == rules["business_age"]["admitted"]


def add_old_firms(client: FlaskClient) -> None:
    """Three firms that are too old and otherwise may apply."""
    firm = {"kind": "startup", "entity": "corporation", "founded_on": "2005-01-03", "languages": ["ko", "en"]}
    for number in range(3):
        put(client, "startups", {"id": f"old-{number}", **firm})


class TestCoverage:
    def test_counts_what_the_ledger_counts(self, client: FlaskClient) -> None:
        people, calls = list(STARTUPS.values()), list(PROGRAMS.values())
        found = ask(client, "/catalogue/coverage?limit=100")
        regions, programs = survey(LEDGER, people, calls, on=ON)[0], reach(LEDGER, people, calls, on=ON)

        assert [(r["region"] or "", r["with_eligible"], r["only_needs_check"]) for r in found["regions"]] == [
            (r.region, r.with_eligible, r.only_needs_check) for r in regions
        ]
        assert [[s["id"] for s in r["startups_without_any"]] for r in found["regions"]] == [
            list(r.without_any) for r in regions
        ]
        assert [(p["program"]["id"], p["eligible"], p["needs_check"]) for p in found["programs"]] == [
            (p.program_id, p.eligible, p.needs_check) for p in programs
        ]
        assert found["startups"] == len(STARTUPS)

    def test_names_every_region_in_the_language_asked_for(self, client: FlaskClient) -> None:
        korean, english = (
            {region["region"]: region["name"] for region in ask(client, "/catalogue/coverage", language)["regions"]}
            for language in ("ko", "en")
        )

        assert (korean["11"], english["11"]) == ("서울특별시", "Seoul")

    def test_follows_the_catalogue(self, app: Flask) -> None:
        client = app.test_client()
        before = ask(client, "/catalogue/coverage")
        put(client, "startups", {"id": "micro", "kind": "micro_enterprise", "region": "11680"})
        after = ask(client, "/catalogue/coverage")

        assert after["startups"] == before["startups"] + 1

    def test_lists_calls_that_are_closed_last(self, client: FlaskClient) -> None:
        closed = [program["is_closed"] for program in ask(client, "/catalogue/coverage?on=2026-11-01")["programs"]]

        assert set(closed) == {False, True}
        assert closed == sorted(closed)


class TestExclusiveGroups:
    def test_an_application_to_another_program_of_the_group_is_for_a_person_to_look_at(self, app: Flask) -> None:
        client = app.test_client()
        history = [{"program_family": "jungle", "year": 2026, "status": "applied"}]
        put(client, "startups", {"id": "applied", "history": history})
        found = ask(client, f"/startups/applied/matches?{EVERYTHING}")["matches"]
        other = next(match for match in found if match["program"]["id"] == "nup-2026")

        assert [c["result"] for c in other["checks"] if c["rule"] == "exclusive_group"] == ["needs_check"]

    def test_the_answer_follows_the_rest_of_the_catalogue(self, app: Flask) -> None:
        client = app.test_client()
        history = [{"program_family": "jungle", "year": 2026, "status": "applied"}]
        put(client, "startups", {"id": "applied", "history": history})
        before = ask(client, f"/programs/nup-2026/candidates?{EVERYTHING}")
        patch(client, "programs/nup-2026", {"exclusive_group_confidence": None})
        after = ask(client, f"/programs/nup-2026/candidates?{EVERYTHING}")

        assert (group_result(before), group_result(after)) == ("needs_check", "fail")
        assert before["run_id"] != after["run_id"]


def group_result(answer: dict[str, Any]) -> str:
    entry = next(entry for entry in answer["candidates"] if entry["startup"]["id"] == "applied")
    return next(str(check["result"]) for check in entry["checks"] if check["rule"] == "exclusive_group")


class TestAudience:
    @pytest.mark.parametrize("path", ["matches?" + EVERYTHING + "&audience=", "eligibility?audience="])
    def test_an_applicant_is_told_no_fact_that_was_found_and_no_basis(self, client: FlaskClient, path: str) -> None:
        found = ask(client, f"/startups/{FIRST}/{path}applicant")
        entries = found.get("matches") or found["programs"]
        checks = [check for entry in entries for check in entry["checks"]]

        assert {(c["found"], c["required"], c["basis"], c["basis_text"]) for c in checks} == {(None,) * 4}
        assert [c for c in checks if c["rule"] and (c["result"] == "pass" or c["rule"] == "manual_check")] == []
        assert all(check["sentence"] for check in checks)

    def test_an_applicant_sees_the_points_of_every_reason_without_its_facts(self, client: FlaskClient) -> None:
        staff = ask(client, f"/startups/{FIRST}/matches")["matches"]
        applicant = ask(client, f"/startups/{FIRST}/matches?audience=applicant")["matches"]

        assert [reason["facts"] for match in applicant for reason in match["reasons"] if reason["facts"]] == []
        points = [[[r["block"], r["points_units"]] for m in view for r in m["reasons"]] for view in (staff, applicant)]
        assert points[0] == points[1]
        assert [(m["score_units"], m["verdict"]) for m in staff] == [
            (m["score_units"], m["verdict"]) for m in applicant
        ]

    def test_a_program_that_shows_all_shows_applicants_what_staff_see(self, app: Flask) -> None:
        client = app.test_client()
        patch(client, "programs/nup-2026", {"reasons_shown": "full"})
        views = ("matches?" + EVERYTHING, "eligibility?")
        for view in views:
            staff, applicant = (
                by_program(ask(client, f"/startups/{FIRST}/{view}&audience={reader}"))
                for reader in ("staff", "applicant")
            )
            assert [key for key in staff if staff[key] == applicant[key]] == ["nup-2026"]

    def test_what_a_program_shows_moves_no_score_and_no_verdict(self, app: Flask) -> None:
        client = app.test_client()
        before = by_program(ask(client, f"/startups/{FIRST}/matches?{EVERYTHING}"))
        patch(client, "programs/nup-2026", {"reasons_shown": "full"})

        assert by_program(ask(client, f"/startups/{FIRST}/matches?{EVERYTHING}")) == before

    def test_the_two_views_are_two_runs(self, client: FlaskClient) -> None:
        runs = {ask(client, f"/startups/{FIRST}/matches{view}")["run_id"] for view in ("", "?audience=applicant")}

        assert len(runs) == 2
        assert ask(client, f"/startups/{FIRST}/matches?audience=staff")["run_id"] in runs

    def test_an_applicant_is_told_how_many_confirmations_are_left_not_which(self, client: FlaskClient) -> None:
        views = [
            [step for key in STARTUPS for step in ask(client, f"/startups/{key}/unlocks?audience={reader}")["unlocks"]]
            for reader in ("staff", "applicant")
        ]

        counts = [[step["confirmations_count"] for step in view] for view in views]
        assert counts[0] == counts[1]
        assert any(counts[0])
        assert [step for step in views[1] if step["confirmations"]] == []


def by_program(answer: dict[str, Any]) -> dict[str, Any]:
    entries = answer.get("matches") or answer["programs"]
    return {entry["program"]["id"]: entry for entry in sorted(entries, key=lambda e: str(e["program"]["id"]))}


@pytest.mark.parametrize(
    ("method", "path", "code", "status"),
    [
        ("GET", "/startups/none/eligibility", "startup_not_found", 404),
        ("GET", "/startups/none/unlocks", "startup_not_found", 404),
        ("GET", "/programs/none/exclusions", "program_not_found", 404),
        ("GET", f"/startups/{FIRST}/eligibility?audience=press", "invalid_fields", 422),
        ("GET", f"/startups/{FIRST}/matches?audience=press", "invalid_fields", 422),
        ("GET", f"/startups/{FIRST}/unlocks?on=2026-W05-1", "invalid_fields", 422),
        ("GET", "/catalogue/coverage?limit=1001", "invalid_fields", 422),
        ("POST", "/eligibility", "unsupported_media_type", 415),
    ],
)
def test_a_question_that_cannot_be_answered_is_a_problem(
    client: FlaskClient, method: str, path: str, code: str, status: int
) -> None:
    answer = client.open(API + path, method=method)

    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def put(client: FlaskClient, side: str, body: dict[str, Any]) -> None:
    assert client.put(f"{API}/{side}/{body['id']}", json=body).status_code == 201


def patch(client: FlaskClient, path: str, body: dict[str, Any]) -> None:
    assert client.patch(f"{API}/{path}", json=body, headers={"If-Match": "*"}).status_code == 200
