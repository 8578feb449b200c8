"""Selection rounds on pages: set up, run, read, compared, spread, accounted for, taken away and scored."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from model.rounds import Interest, Terms
from service.console.rounds import form_fields
from service.console.rounds.round_form import RoundForm
from service.console.wire.names import VocabularyNames
from service.identity import UserRole
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.console.pages import OF_ROUND
from tests.console.test_actions import fields, signed_in
from tests.console.test_exports import cells, taken
from tests.console.test_pages import MOST_BYTES, shown
from tests.service import given
from tests.service.rounds.test_round_sheets import book, filled_in
from tests.service.rounds.test_rounds import LATER, OPEN_CALLS, start

HERE = "/console/ko/rounds"
PEOPLE = [startup.id for startup in given.startups()]


@pytest.fixture(scope="module")
def house(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = given.application(tmp_path_factory.mktemp("rounds"), registry)
    yield made
    wired: Wired = made.extensions[KEY]
    wired.catalogue.database.close()


@pytest.fixture(scope="module")
def browser(house: Flask) -> FlaskClient:
    return signed_in(house, UserRole.ADMIN)


@pytest.fixture(scope="module")
def run(house: Flask) -> dict[str, Any]:
    """A round with a quota, kept before any page is asked for."""
    quota = {"name": "비수도권 할당", "field": "area", "values": ["non_capital"], "at_least": 1, "back_fill": []}
    return start(house.test_client(), name="화면의 회차", terms={"quotas": [quota]})


@pytest.mark.parametrize("path", OF_ROUND)
def test_a_page_of_a_round_is_small_english_if_asked_and_carries_no_inline_code(
    browser: FlaskClient, run: dict[str, Any], path: str
) -> None:
    answer = browser.get(f"/console/en/rounds/{run['id']}{path.format(program=OPEN_CALLS[0])}")
    found = shown(answer.text)

    assert (answer.status_code, found.inline, found.unmarked) == (200, [], [])
    assert len(answer.data) <= MOST_BYTES


def test_a_round_names_programs_and_startups_in_the_pages_language(browser: FlaskClient, run: dict[str, Any]) -> None:
    page = browser.get(f"/console/en/rounds/{run['id']}").text
    names = [program.name_en for program in given.programs() if program.id in OPEN_CALLS]

    assert [name for name in names if name and escape(name) not in page] == []


def form(**changed: Any) -> dict[str, Any]:
    """The form of a round over four programs with two seats each, as a person fills it in."""
    seats = {f"seats:{program}": "2" for program in OPEN_CALLS}
    return {"name": "상반기 선발", "on": "2026-02-02", "program": OPEN_CALLS, "later": LATER, **seats, **changed}


def send(browser: FlaskClient, path: str = f"{HERE}/new", **changed: Any) -> Any:
    token = fields(browser.get(f"{HERE}/new").text)["csrf_token"]
    return browser.post(path, data={"csrf_token": token, **form(**changed)}, content_type="multipart/form-data")


def test_a_round_set_up_on_the_page_is_run_and_listed(browser: FlaskClient) -> None:
    quota = {
        "quota-0-name": "비수도권",
        "quota-0-field": "권역",
        "quota-0-values": "비수도권",
        "quota-0-least": "1",
        "quota-0-unmet": "fill",
    }
    answer = send(browser, factor="1.5", **quota)
    page = browser.get(answer.location).text

    assert answer.status_code == 303
    assert "할당: 비수도권" in page
    assert "상반기 선발" in browser.get(HERE).text


def test_the_page_runs_the_same_round_as_the_api(house: Flask, browser: FlaskClient) -> None:
    answer = send(browser, name="2026 상반기", factor="1.5")
    made = start(house.test_client(), name="2026 상반기")

    assert answer.location.endswith(made["id"])


def test_startups_may_be_named_by_name_and_programs_of_locks_too(browser: FlaskClient) -> None:
    startup, program = given.startups()[0], next(p for p in given.programs() if p.id == OPEN_CALLS[0])
    lock = {"lock-0-startup": startup.name, "lock-0-program": program.name, "lock-0-reason": "위원회 결정"}
    answer = send(browser, **lock)

    assert answer.status_code == 303
    assert "위원회 결정" in browser.get(answer.location).text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"program": []}, "programs"),
        ({"minimum": "101"}, "minimum"),
        ({"factor": "1.2"}, "factor"),
        ({"on": "2026-02-30"}, "on"),
        ({f"seats:{OPEN_CALLS[0]}": "many"}, f"seats:{OPEN_CALLS[0]}"),
        ({"ban-0-startup": "없는 기업", "ban-0-reason": "x"}, "ban-0-startup"),
        ({"lock-0-startup": PEOPLE[0], "lock-0-reason": "x"}, "lock-0-program"),
        ({"quota-0-name": "q", "quota-0-field": "권역", "quota-0-values": "달"}, "quota-0-values"),
        ({"quota-0-name": "q", "quota-0-field": "시도", "quota-0-values": "수도권"}, "quota-0-values"),
        (
            {
                "quota-0-name": "q",
                "quota-0-field": "권역",
                "quota-0-values": "비수도권",
                "quota-0-least": "500",
                "quota-0-unit": "percent",
            },
            "quota-0-least",
        ),
        ({"name": " "}, "name"),
        ({"facts": "s-0001"}, "facts"),
        ({"bonus-0-name": "b", "bonus-0-points": "2"}, "bonus-0-values"),
    ],
)
def test_a_field_that_makes_no_sense_is_named_and_the_form_kept(
    browser: FlaskClient, changed: Mapping[str, Any], field: str
) -> None:
    answer = send(browser, **changed)

    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert f'value="{changed.get("minimum", "")}"' in answer.text


def test_lines_are_added_without_a_script_and_keep_what_was_written(browser: FlaskClient) -> None:
    answer = send(browser, step="quota", **{"quota-0-name": "첫째", "quota-0-values": "비수도권"})

    assert answer.status_code == 200
    assert 'value="첫째"' in answer.text
    assert 'id="quota-1-name"' in answer.text


def test_a_list_of_interests_is_read_into_the_form_and_strangers_are_named(browser: FlaskClient) -> None:
    rows = [["위원", "기업", "사유"], ["김평가", given.startups()[0].name, "임원"], ["박평가", "없는기업", "x"]]
    answer = send(browser, step="read", file=(io.BytesIO(book({"제척": rows})), "제척.xlsx"))

    assert 'value="김평가"' in answer.text
    assert f'value="{PEOPLE[0]}"' in answer.text
    assert "없는기업" in answer.text


def test_told_facts_and_preferences_reach_the_round(house: Flask, browser: FlaskClient) -> None:
    told = {"facts": f"{PEOPLE[0]}, 대표자 성별, 여성", "preferences": f"{PEOPLE[0]}: {OPEN_CALLS[1]}, {OPEN_CALLS[0]}"}
    quota = {"quota-0-name": "여성", "quota-0-field": "대표자 성별", "quota-0-values": "여성", "quota-0-least": "1"}
    answer = send(browser, **told, **quota, method="deferred_acceptance", **{"quota-0-unmet": "fill"})
    found = house.test_client().get(f"/api/v1/rounds/{answer.location.rsplit('/', 1)[1]}").get_json()

    assert found["terms"]["preferences"] == {PEOPLE[0]: [OPEN_CALLS[1], OPEN_CALLS[0]]}
    assert found["terms"]["quotas"][0]["values"] == ["f"]


def test_a_round_says_for_every_status_who_has_it_with_all_scores(browser: FlaskClient, run: dict[str, Any]) -> None:
    first = run["lists"][0]
    for status, count in first["counts"].items():
        page = browser.get(f"{HERE}/{run['id']}/programs/{first['program']['id']}?status={status}").text
        assert len(re.findall(r'<tr><td class="figure">', page)) == count
    page = browser.get(f"{HERE}/{run['id']}/programs/{first['program']['id']}").text

    assert [place["startup"]["name"] in page for place in first["shortlist"]] == [True] * first["filled"]
    assert f"{first['shortlist'][0]['base']:.1f}" in page


def test_a_clash_stands_on_the_page_with_the_least_that_gives(browser: FlaskClient) -> None:
    quota = {"quota-0-name": "여성", "quota-0-field": "대표자 성별", "quota-0-values": "여성", "quota-0-least": "1"}
    page = browser.get(send(browser, **quota).location).text

    assert "최소 완화" in page
    assert "할당 &#39;여성&#39;의 하한" in page


def test_a_what_if_stands_beside_the_original_and_keeps_nothing(browser: FlaskClient, run: dict[str, Any]) -> None:
    before = browser.get("/api/v1/rounds?limit=200").text
    path = f"{HERE}/{run['id']}/what-if"
    page = browser.get(path).text
    answer = send(browser, path, factor="1", **{f"seats:{OPEN_CALLS[0]}": "1"})

    assert 'value="비수도권 할당"' in page
    assert answer.status_code == 200
    assert "결과가 바뀐 기업" in answer.text
    assert browser.get("/api/v1/rounds?limit=200").text == before


@pytest.mark.parametrize("by", ["score", "capped", "prices"])
def test_lists_show_the_loss_in_score_and_the_gain_in_seats(browser: FlaskClient, run: dict[str, Any], by: str) -> None:
    page = browser.get(f"{HERE}/{run['id']}/lists?by={by}&length=3").text
    told = browser.get(f"/api/v1/rounds/{run['id']}/lists?by={by}&length=3").get_json()

    assert f"{told['these']['filled']}/{told['these']['seats']}" in page


def test_the_account_has_the_figures_of_its_drawing_and_the_cost_of_every_rule(
    browser: FlaskClient, run: dict[str, Any]
) -> None:
    page = browser.get(f"{HERE}/{run['id']}/exposure").text
    drawn = re.findall(r'text-anchor="end">([\d.]+%) → ([\d.]+%)<', page)
    rows = re.findall(r'<td class="figure">([\d.]+%)</td><td class="figure">([\d.]+%)</td>', page)

    assert drawn == rows
    assert len(drawn) == len(run["exposure"]["groups"]) + len(run["exposure"]["programs"])
    assert "할당: 비수도권 할당" in page


def test_accounts_are_cumulated_over_the_rounds_chosen(browser: FlaskClient, run: dict[str, Any]) -> None:
    page = browser.get(f"{HERE}/exposure?round={run['id']}").text

    assert "화면의 회차" in page
    assert browser.get(f"{HERE}/exposure").status_code == 200


def test_the_workbook_is_taken_for_a_reason_that_goes_on_record(
    house: Flask, browser: FlaskClient, run: dict[str, Any]
) -> None:
    path = f"{HERE}/{run['id']}"
    token = fields(browser.get(path).text)["csrf_token"]
    refused = browser.post(path, data={"csrf_token": token})
    answer = browser.post(path, data={"csrf_token": token, "reason": "평가위원회 배부", "evaluators": "3"})
    wired: Wired = house.extensions[KEY]
    with wired.catalogue.database.reading() as connection:
        last = list(wired.catalogue.audit.rows(connection))[-1]

    assert (refused.status_code, answer.status_code) == (422, 200)
    assert answer.data.startswith(b"PK")
    assert (last.event, last.subject) == ("export", run["id"])
    assert "평가위원회 배부" in last.details


def test_scores_are_sent_kept_and_shown_with_their_file(browser: FlaskClient, run: dict[str, Any]) -> None:
    path = f"{HERE}/{run['id']}"
    token = fields(browser.get(path).text)["csrf_token"]
    raw = browser.post(path, data={"csrf_token": token, "reason": "평가"}).data
    file = (io.BytesIO(filled_in(raw, lambda line, number: 90 - line - number)), "평가.xlsx")
    sent = {"csrf_token": token, "file": file, "machine": "30", "drop": "", "step": "preview"}
    preview = browser.post(f"{path}/scores", data=sent)
    before = browser.get(f"{path}/scores").text
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', preview.text))
    answer = browser.post(f"{path}/scores", data=form)
    page = browser.get(answer.location).text

    assert (preview.status_code, "평가.xlsx" in before, "위원 1" in preview.text) == (200, False, True)
    assert answer.status_code == 303
    assert "위원 1" in page
    assert "평가.xlsx" in browser.get(f"{path}/scores").text


def test_a_form_filled_in_from_terms_says_the_same_terms(house: Flask) -> None:
    startups = {startup.id: startup for startup in given.startups()}
    programs = {program.id: program for program in given.programs()}
    wired: Wired = house.extensions[KEY]
    names = VocabularyNames(wired.matching.prepared().matcher.vocabulary, "ko")
    terms = Terms(
        15, 600_000, True, {OPEN_CALLS[0]: 3}, interests=(Interest("김평가", PEOPLE[0], "임원", OPEN_CALLS[0]),)
    )
    with house.test_request_context("/console/ko/"):
        g.language = "ko"
        found = RoundForm(form_fields.of(terms, names), startups, programs, names).terms(OPEN_CALLS)

    assert found == terms


def test_nobody_but_who_runs_rounds_finds_them(house: Flask) -> None:
    viewer = signed_in(house, UserRole.VIEWER)

    assert viewer.get(HERE).status_code == 403
    assert HERE not in viewer.get("/console/ko/").text


def test_the_list_of_rounds_is_taken_away_as_shown(house: Flask, browser: FlaskClient, run: dict[str, Any]) -> None:
    page = cells(browser.get(HERE).text)
    (found, _) = taken(house.test_client(), "rounds").values()

    assert [[row[1], f"{row[3]:.0f}", row[4]] for row in found[1:]] == [[row[0], row[2], row[3]] for row in page]
    assert run["id"] in {row[0] for row in found[1:]}


def test_the_lists_of_a_round_are_taken_away_as_the_api_tells_them(house: Flask, run: dict[str, Any]) -> None:
    client, asked = house.test_client(), "by=capped&length=3"
    told = client.get(f"/api/v1/rounds/{run['id']}/lists?{asked}").get_json()
    (found, _) = taken(client, f"rounds/{run['id']}/lists?{asked}").values()

    rows = [[row[0], f"{row[2]:.0f}", row[3]] for row in found[1:]]
    assert rows == [
        [one["startup_id"], str(place), program]
        for one in told["lists"]
        for place, program in enumerate(one["programs"], start=1)
    ]
    assert rows != []


def test_a_round_in_which_nobody_may_apply_says_so_first_with_the_cause_and_the_way_out(
    browser: FlaskClient,
) -> None:
    page = browser.get(send(browser, later=[]).location).text
    alert = page.split('id="nobody"')[1].split("</section>")[0]
    link = re.search(r'href="([^"]*rounds/new[^"]*)"', alert)
    counted = re.findall(r"요건이 확인되지 않아 [\d,]+건이 제외되었습니다", alert)

    assert page.index('id="nobody"') < page.index('id="programs"')
    assert counted
    assert link
    assert re.search(r'name="later" value="\w+" checked', browser.get(link[1].replace("&amp;", "&")).text)


def test_a_round_whose_calls_are_closed_says_that_everybody_fails_a_rule(browser: FlaskClient) -> None:
    page = browser.get(send(browser, on="2031-05-05").location).text

    assert "신청 가능한 기업이 0곳입니다." in page
    assert "참가한 기업이 모두 요건을 충족하지 않습니다." in page


def test_a_round_is_copied_with_all_its_terms(browser: FlaskClient, run: dict[str, Any]) -> None:
    page = browser.get(f"{HERE}/new?copy={run['id']}&later=window").text

    assert 'value="비수도권 할당"' in page
    assert re.search(rf'value="{OPEN_CALLS[0]}" checked', page)
    assert re.search(r'value="window" checked', page)
    assert re.search(r'id="name"[^>]*value="[^"]+"', page)
