"""Selection rounds over HTTP: kept with all that they rest on, reproduced to the byte, decided by nobody but people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from model.domain import Participation, ParticipationStatus
from model.rounds import Ban, Interest, Lock, Method, run
from model.rounds.written import packed, plain, slate_of, terms_of
from service.actions.rounds.slates import entrant, facts_of
from service.api.rounds.rounds_schema import TermsSchema, as_asked
from service.identity import UserRole
from service.storage.matching.registry import Registry
from service.storage.rounds.round_tables import rounds as table
from service.wired import KEY, Wired
from tests.model.rounds.given import overlapping_quotas, slate, slates, terms
from tests.service import given
from tests.support import databases

OPEN_CALLS = [program.id for program in given.programs() if program.is_ranked][:4]
CONDITIONS = sorted({code for program in given.programs() for code in program.manual_checks})
LATER = ["window", "exclusive_group", "not_together", *(f"manual_check:{code}" for code in CONDITIONS)]


def asked(**changed: Any) -> dict[str, Any]:
    """A round over four programs with two seats each."""
    told = {"factor": 1.5, "seats": dict.fromkeys(OPEN_CALLS, 2), **changed.pop("terms", {})}
    about = {"name": "2026 상반기", "on": "2026-02-02", "settled_later": LATER}
    return {**about, "programs": OPEN_CALLS, "terms": told, **changed}


def start(client: FlaskClient, **changed: Any) -> dict[str, Any]:
    answer = client.post("/api/v1/rounds", json=asked(**changed))
    assert answer.status_code in (200, 201), answer.get_data(as_text=True)
    return dict(answer.get_json())


@pytest.fixture
def ticking(registry: Registry, tmp_path: Path) -> Iterator[Flask]:
    """An application whose clock moves on by a second whenever it is read."""
    seconds = count()
    with given.running(tmp_path, registry, clock=lambda: given.NOON + timedelta(seconds=next(seconds))) as made:
        yield made


def test_a_round_lists_who_comes_first_within_its_places(client: FlaskClient) -> None:
    found = start(client)

    for one in found["lists"]:
        finals = [place["final"] for place in (*one["shortlist"], *one["reserve"])]
        assert len(one["shortlist"]) == one["filled"] == min(3, len(finals))
        assert finals == sorted(finals, reverse=True)
        assert sum(one["counts"].values()) == len(given.startups())
    assert found["ai_notice"]


def test_a_round_names_all_that_it_rests_on(client: FlaskClient) -> None:
    found = start(client)

    assert (found["model_version"], found["on"]) == ("v1", "2026-02-02")
    assert found["rules_version"]
    assert all(len(found[digest]) == 64 for digest in ("inputs", "outcome"))


def test_the_same_round_again_is_the_one_that_was_kept(app: Flask) -> None:
    client = app.test_client()
    first, again = (client.post("/api/v1/rounds", json=asked()) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.get_data() == first.get_data() == client.get(first.headers["Location"]).get_data()


def test_a_round_leaves_a_row_in_the_audit_trail_and_no_decision(app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    found = start(app.test_client())
    with wired.catalogue.database.reading() as connection:
        last = list(wired.catalogue.audit.rows(connection))[-1]

    assert (last.event, last.kind, last.subject) == ("run_round", "round", found["id"])
    assert app.test_client().get("/api/v1/decisions").get_json()["items"] == []


def test_open_checks_keep_out_until_the_terms_settle_them_later(client: FlaskClient) -> None:
    strict, later = start(client, settled_later=[]), start(client)

    assert sum(one["filled"] for one in strict["lists"]) <= sum(one["filled"] for one in later["lists"])
    assert sum(one["counts"]["needs_check"] for one in strict["lists"]) > 0
    assert strict["open_checks"]["manual_check"] > 0
    assert not set(LATER) & later["open_checks"].keys()


def test_a_startup_takes_one_place_where_the_round_is_one_group(client: FlaskClient) -> None:
    for method in ("deferred_acceptance", "total_fit"):
        found = start(client, terms={"method": method, "one_group": True})
        placed = [place["startup"]["id"] for one in found["lists"] for place in one["shortlist"]]

        assert len(placed) == len(set(placed)) > 0


@pytest.mark.parametrize(("kind", "most"), [("quotas", 33), ("bonuses", 100), ("bans", 100)])
def test_more_rules_than_a_round_bears_are_refused_in_words_by_api_and_console(
    client: FlaskClient, kind: str, most: int
) -> None:
    rules: dict[str, dict[str, Any]] = {
        "quotas": {"field": "area", "values": ["capital"], "at_most": 9},
        "bonuses": {"field": "area", "values": ["capital"], "points": 1},
        "bans": {"startup_id": given.startups()[0].id, "program_id": OPEN_CALLS[0], "reason": "확인"},
    }
    named = kind != "bans"
    many = [{**rules[kind], **({"name": f"규칙 {n}"} if named else {})} for n in range(101)]
    path = start(client)["id"]
    answers = [
        client.post("/api/v1/rounds", json=asked(terms={kind: many})),
        client.post(f"/api/v1/rounds/{path}/what-if", json={**asked()["terms"], kind: many}),
    ]

    for answer, where in zip(answers, (f"terms.{kind}", kind), strict=True):
        (fault,) = answer.get_json()["errors"]
        assert (answer.status_code, fault["field"], fault["code"]) == (422, where, "too_many_rules")
        assert f"{most}개" in fault["message"]


def test_told_facts_may_be_asked_for(client: FlaskClient) -> None:
    first = start(client)["lists"][0]
    woman = first["reserve"][0]["startup"]["id"] if first["reserve"] else first["shortlist"][-1]["startup"]["id"]
    quota = {"name": "여성 대표", "field": "gender", "values": ["f"], "at_least": 1, "programs": OPEN_CALLS[:1]}

    found = start(client, terms={"quotas": [quota]}, facts={woman: {"gender": "f"}})

    assert woman in [place["startup"]["id"] for place in found["lists"][0]["shortlist"]]
    assert {effect["rule"] for effect in found["effects"]} == {"quota"}


def test_terms_may_ask_who_was_at_the_programs_of_the_round_before(client: FlaskClient) -> None:
    bonus = {"name": "처음", "points": 3, "field": "participation", "values": ["new"]}
    wrong = {**bonus, "values": ["often"]}

    found = start(client, terms={"bonuses": [bonus]})
    refused = client.post("/api/v1/rounds", json=asked(terms={"bonuses": [wrong]}))

    assert {effect["rule"] for effect in found["effects"]} <= {"bonus"}
    assert found["terms"]["bonuses"][0]["values"] == ["new"]
    assert (refused.status_code, "known, new" in refused.get_data(as_text=True)) == (422, True)


@pytest.mark.parametrize(("language", "word"), [("ko", "하한"), ("en", "minimum of quota")])
def test_a_clash_is_told_in_words_with_the_smallest_relaxation(client: FlaskClient, language: str, word: str) -> None:
    quota = {"name": "q", "field": "gender", "values": ["f"], "at_least": 1, "programs": OPEN_CALLS[:1]}
    answer = client.post(
        "/api/v1/rounds", json=asked(terms={"quotas": [quota]}), headers={"Accept-Language": language}
    ).get_json()

    assert word in answer["clashes"][0]["demands"][0]["text"]
    assert answer["clashes"][0]["relaxation"][0]["by"] == 1


def test_a_what_if_shows_the_difference_and_keeps_nothing(client: FlaskClient) -> None:
    found = start(client)
    before = client.get("/api/v1/rounds").get_json()
    changed = {**found["terms"], "seats": {**found["terms"]["seats"], OPEN_CALLS[0]: 1}}

    answer = client.post(f"/api/v1/rounds/{found['id']}/what-if", json=changed).get_json()

    assert answer["filled_change"] == answer["filled"] - found["filled"] < 0
    assert answer["changed"] == len(answer["changes"]) > 0
    assert client.get("/api/v1/rounds").get_json() == before


def test_the_example_of_the_how_to_page_runs_as_it_says(client: FlaskClient) -> None:
    example = json.loads((given.DATA.parent / "docs" / "how-to" / "round.json").read_text(encoding="utf-8"))

    golden = json.loads((given.DATA.parent / "docs" / "how-to" / "round-result.json").read_text(encoding="utf-8"))
    found = client.post("/api/v1/rounds", json=example).get_json()
    lists = [
        {
            "program": one["program"]["id"],
            "places": one["places"],
            "shortlist": [
                {
                    "startup": place["startup"]["id"],
                    **{name: place[name] for name in ("rank", "base", "bonus", "final")},
                }
                for place in one["shortlist"]
            ],
        }
        for one in found["lists"]
    ]
    effects = [{name: effect[name] for name in ("rule", "name", "moves", "cost")} for effect in found["effects"]]

    assert {name: found[name] for name in ("filled", "total", "clashes")} | {
        "lists": lists,
        "effects": effects,
    } == golden


@pytest.mark.parametrize("by", ["score", "capped", "prices"])
def test_lists_stand_beside_lists_by_score_with_loss_and_gain(client: FlaskClient, by: str) -> None:
    found = start(client)

    answer = client.get(f"/api/v1/rounds/{found['id']}/lists?by={by}&length=2").get_json()

    assert len(answer["lists"]) == len(given.startups())
    assert all(len(one["programs"]) <= 2 for one in answer["lists"])
    assert answer["these"]["mean_score"] <= answer["by_score"]["mean_score"]
    assert answer["these"]["filled"] >= answer["by_score"]["filled"]


def test_the_terms_shown_may_be_sent_back(client: FlaskClient) -> None:
    found = start(client)

    answer = client.post(f"/api/v1/rounds/{found['id']}/what-if", json=found["terms"]).get_json()

    assert (answer["changed"], answer["terms"]) == (0, found["terms"])


def test_rounds_are_listed_newest_first_page_by_page(app: Flask) -> None:
    client = app.test_client()
    names = [f"회차 {number}" for number in range(3)]
    for name in names:
        start(client, name=name)
    seen, after = [], ""
    while True:
        page = client.get(f"/api/v1/rounds?limit=2{after}").get_json()
        seen += [item["name"] for item in page["items"]]
        if page["next"] is None:
            break
        after = f"&cursor={page['next']}"

    assert sorted(seen) == names


def test_a_round_that_was_tampered_with_is_refused(app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    found = start(app.test_client())
    with wired.catalogue.database.writing() as connection:
        databases.unguard(connection)
        connection.execute(table.update().values(outcome="0" * 64))

    answer = app.test_client().get(f"/api/v1/rounds/{found['id']}")

    assert (answer.status_code, answer.get_json()["code"]) == (409, "round_differs")


def test_the_exposure_account_cumulates_over_rounds(ticking: Flask) -> None:
    client = ticking.test_client()
    ids = [start(client, name=name)["id"] for name in ("상반기", "하반기")]
    one = client.get(f"/api/v1/rounds/exposure?rounds={ids[0]}").get_json()["exposure"]
    both = client.get(f"/api/v1/rounds/exposure?rounds={','.join(ids)}").get_json()
    newest = client.get("/api/v1/rounds/exposure").get_json()

    assert [place["places"] for place in both["exposure"]["programs"]] == [
        2 * place["places"] for place in one["programs"]
    ]
    assert (both["exposure"]["gini"], both["exposure"]["coverage"]) == (one["gini"], one["coverage"])
    assert newest == both
    assert [named["name"] for named in both["rounds"]] == ["상반기", "하반기"]


def test_rounds_of_one_moment_stand_in_one_order_whatever_order_is_asked_for(app: Flask) -> None:
    client = app.test_client()
    ids = [start(client, name=name)["id"] for name in ("상반기", "하반기")]
    asked_for = [f"?rounds={','.join(ids)}", f"?rounds={','.join(ids[::-1])}", ""]
    listed = [item["id"] for item in client.get("/api/v1/rounds").get_json()["items"]]
    found = [client.get(f"/api/v1/rounds/exposure{query}").get_json() for query in asked_for]

    assert found[0] == found[1] == found[2]
    assert [named["id"] for named in found[0]["rounds"]] == listed[::-1]


def test_an_account_of_too_many_rounds_is_refused(client: FlaskClient) -> None:
    ids = ",".join(f"r-{number}" for number in range(51))

    assert client.get(f"/api/v1/rounds/exposure?rounds={ids}").get_json()["code"] == "too_many_rounds"


def test_the_word_for_all_conditions_of_a_person_is_recorded_one_by_one(client):
    whole, each = start(client, settled_later=["window", "manual_check"]), start(client, settled_later=LATER)

    listed = set(whole["settled_later"])

    assert "manual_check" not in listed
    assert {rule for rule in listed if rule.startswith("manual_check:")} <= set(each["settled_later"])
    assert "manual_check" not in whole["open_checks"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"programs": []}, "invalid_fields"),
        ({"programs": OPEN_CALLS[:1] * 2}, "invalid_fields"),
        ({"programs": ["none"]}, "program_not_found"),
        ({"programs": [p.id for p in given.programs() if not p.is_ranked][:1]}, "program_not_ranked"),
        ({"startups": ["none"]}, "startup_not_found"),
        ({"facts": {"none": {"gender": "f"}}}, "startup_not_found"),
        ({"settled_later": ["none"]}, "rule_unknown"),
        ({"settled_later": ["manual_check"], "applications": True}, "rule_unknown"),
        ({"terms": {"factor": 1.2}}, "invalid_fields"),
        ({"terms": {"factor": 1.55}}, "invalid_fields"),
        ({"terms": {"minimum": 101}}, "invalid_fields"),
        ({"terms": {"seats": {"none": 1, **dict.fromkeys(OPEN_CALLS, 1)}}}, "not_in_round"),
        ({"terms": {"locks": [{"startup_id": "none", "program_id": OPEN_CALLS[0], "reason": "x"}]}}, "not_in_round"),
        ({"on": "2026-13-01"}, "invalid_fields"),
        ({"colour": "red"}, "invalid_fields"),
    ],
)
def test_what_can_not_be_run_is_refused_with_a_reason(client: FlaskClient, changed: dict[str, Any], code: str) -> None:
    answer = client.post("/api/v1/rounds", json=asked(**changed))

    assert answer.get_json()["code"] == code


AREA = {"name": "q", "field": "area", "values": ["non_capital"]}
NONSENSE = [
    ({"quotas": [{**AREA, "field": "region", "values": ["수도권"]}]}, "quotas.0.values.0", "not_allowed"),
    ({"quotas": [{**AREA, "field": "regoin"}]}, "quotas.0.field", "not_allowed"),
    ({"quotas": [{**AREA, "values": []}]}, "quotas.0.values", "missing"),
    ({"quotas": [{**AREA, "at_least": 500, "percent": True}]}, "quotas.0.at_least", "out_of_range"),
    ({"quotas": [{**AREA, "at_most": 101, "percent": True}]}, "quotas.0.at_most", "out_of_range"),
    ({"quotas": [{**AREA, "at_least": 3, "at_most": 2}]}, "quotas.0.at_least", "out_of_range"),
    ({"quotas": [{**AREA, "back_fill": ["달"]}]}, "quotas.0.back_fill.0", "not_allowed"),
    ({"quotas": [AREA, AREA]}, "quotas.1.name", "duplicate_id"),
    ({"bonuses": [{**AREA, "name": " ", "points": 1}]}, "bonuses.0.name", "missing"),
    ({"bonuses": [{**AREA, "field": "size", "values": ["12"], "points": 1}]}, "bonuses.0.values.0", "not_allowed"),
    ({"bonuses": [{**AREA, "field": "id", "values": ["none"], "points": 1}]}, "bonuses.0.values.0", "not_in_round"),
    ({"bans": [{"startup_id": "none", "reason": "x"}]}, "bans.0.startup_id", "not_in_round"),
    ({"bans": [{"startup_id": given.startups()[0].id, "reason": " "}]}, "bans.0.reason", "missing"),
    ({"seats": dict.fromkeys(OPEN_CALLS, 0)}, "seats", "out_of_range"),
]


@pytest.mark.parametrize(("terms", "field", "code"), NONSENSE, ids=[f"{case[1]}-{case[2]}" for case in NONSENSE])
def test_terms_that_make_no_sense_are_refused_with_their_field(
    client: FlaskClient, terms: dict[str, Any], field: str, code: str
) -> None:
    answer = client.post("/api/v1/rounds", json=asked(terms=terms))

    assert answer.status_code == 422
    assert (f"terms.{field}", code) in {(error["field"], error["code"]) for error in answer.get_json()["errors"]}


def test_a_round_over_nobody_is_refused(client: FlaskClient) -> None:
    answer = client.post("/api/v1/rounds", json=asked(startups=[]))

    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "startups")


def test_what_if_keeps_to_the_same_rules(client: FlaskClient) -> None:
    terms = {"quotas": [{**AREA, "field": "region", "values": ["수도권"]}]}
    answer = client.post(f"/api/v1/rounds/{start(client)['id']}/what-if", json=terms)

    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "quotas.0.values.0")


def test_stated_facts_are_values_of_their_field(client: FlaskClient) -> None:
    answer = client.post("/api/v1/rounds", json=asked(facts={given.startups()[0].id: {"gender": "여"}}))

    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "facts.s-0001.gender")


def test_quotas_that_overlap_are_refused_where_places_must_be_stable(client: FlaskClient) -> None:
    person = given.startups()[0]
    quotas = [
        {"name": "a", "field": "id", "values": [person.id], "at_least": 1},
        {"name": "b", "field": "kind", "values": [str(person.kind)], "at_least": 1},
    ]

    answer = client.post("/api/v1/rounds", json=asked(terms={"quotas": quotas, "method": "deferred_acceptance"}))

    assert answer.get_json()["code"] == "quotas_overlap"


def test_only_who_may_run_rounds_sees_them(app: Flask) -> None:
    found = start(app.test_client())

    assert given.acting(app, UserRole.VIEWER).get(f"/api/v1/rounds/{found['id']}").status_code == 403
    assert given.acting(app, UserRole.MANAGER).get(f"/api/v1/rounds/{found['id']}").status_code == 200


def test_a_manager_runs_and_sees_rounds_over_programs_of_theirs_alone(app: Flask) -> None:
    found = start(app.test_client())
    bound = given.acting(app, UserRole.MANAGER, programs=OPEN_CALLS[:1])

    assert bound.get(f"/api/v1/rounds/{found['id']}").get_json()["code"] == "round_not_found"
    assert bound.get("/api/v1/rounds").get_json()["items"] == []
    assert bound.post("/api/v1/rounds", json=asked()).get_json()["code"] == "not_your_program"


@settings(max_examples=20)
@drawn(st.data())
def test_terms_and_slates_are_read_back_as_they_were(data: st.DataObject) -> None:
    of = data.draw(slates())
    told = data.draw(terms(of, data.draw(st.sampled_from(Method)), overlapping_quotas))
    told = replace(told, method=Method.EACH_PROGRAM, interests=(Interest("김평가", "s0", "임원"),))

    kept = slate_of(packed(of, {}))

    assert terms_of(plain(told)) == told
    assert run(kept, told).digest == run(of, told).digest


def test_ties_broken_by_items_are_broken_alike_from_what_is_kept() -> None:
    asked_for: dict[tuple[int, int], tuple[int, ...]] = {}
    of = slate_of(packed(slate([[5], [5], [5]]), {}))

    def items(row: int, column: int) -> tuple[int, ...]:
        asked_for[row, column] = (row,)
        return asked_for[row, column]

    with_items = replace(of, items=items)
    digest = run(with_items, TermsSchema().load({"factor": 1})).digest

    assert run(slate_of(packed(with_items, asked_for)), TermsSchema().load({"factor": 1})).digest == digest


def test_terms_are_shown_as_they_may_be_asked() -> None:
    told = TermsSchema().load(
        {
            "factor": 1.5,
            "minimum": 60,
            "bonuses": [{"name": "b", "points": 2, "field": "area", "values": ["non_capital"]}],
            "quotas": [{"name": "q", "field": "area", "values": ["non_capital"], "at_least": 30, "percent": True}],
            "locks": [{"startup_id": "s", "program_id": "p", "reason": "r"}],
            "bans": [{"startup_id": "s", "reason": "r"}],
            "tie_break": ["younger", "id"],
        }
    )

    assert TermsSchema().load(as_asked(told)) == told
    assert (told.locks, told.bans) == ((Lock("s", "p", "r"),), (Ban("s", "r"),))


@pytest.mark.parametrize(
    ("status", "selections"),
    [(s, 1) for s in ("selected", "pledged", "agreed", "running", "completed", "stopped", "failed")]
    + [(s, 0) for s in ("applied", "not_selected", "application_withdrawn", "withdrawn")],
)
def test_whoever_came_as_far_as_a_selection_was_selected(status: str, selections: int) -> None:
    entry = Participation("nup", 2025, ParticipationStatus(status))
    startup = replace(given.startups()[0], history=(entry,))

    assert entrant(startup, given.regions(), given.NOON.date(), {}).selections == selections


def test_a_startups_facts_leave_out_what_is_unknown() -> None:
    found = facts_of(replace(given.startups()[0], region=None, employees=None), given.regions(), given.NOON.date())

    assert not {"area", "region", "size"} & found.keys()
    assert (
        facts_of(replace(given.startups()[0], region="11", employees=10), given.regions(), given.NOON.date())["area"]
        == "capital"
    )
