"""Startups and programs by form: what is untouched stays, what is typed is read as files are, nothing is guessed."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from hypothesis import given as drawn
from hypothesis import strategies as st

from model import vocabulary
from model.domain import Confidence, Conflict, FactSource, ParticipationStatus, Program, Startup
from model.faults import BadData
from model.snapshot import folder, rows
from service.actions.catalogue.edit import Precondition
from service.console.catalogue.record_form import RecordForm
from service.console.wire.names import VocabularyNames
from service.identity import UserRole
from service.wired import KEY, Wired
from tests.console.browsers import fields, signed_in
from tests.service import given

HERE = "/console/ko/edit/"
VOCABULARY = vocabulary.load(given.DATA / "vocabularies")
STARTUPS = folder.read_startups(given.DATA / "sample" / "startups.jsonl")
PROGRAMS = [p for year in (2025, 2026) for p in folder.read_programs(given.DATA / "programs" / f"{year}.jsonl")]
RECORDS: list[Startup | Program] = [*STARTUPS, *PROGRAMS]
REGIONS = [region for region in VOCABULARY.codes.regions.by_code.values() if not region.successors]


def sent(record: Startup | Program, onto: Startup | Program, language: str, **typed: str) -> dict[str, object]:
    """What a form of `onto` changes when the texts of the form of `record` are sent, some typed anew."""
    names = VocabularyNames(VOCABULARY, language)
    with Flask(__name__).test_request_context():
        g.language = language
        form = RecordForm(record, names)
        texts = {f.name: f.ticked if f.way == "many" else f.text for f in form.fields if f.way != "fixed"}
    with Flask(__name__).test_request_context(method="POST", data={**texts, **typed}):
        g.language = language
        return RecordForm(onto, names).patch()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_form_sent_as_it_came_changes_nothing(language: str) -> None:
    assert [record.id for record in RECORDS if sent(record, record, language)] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_forms_show_of_a_record_makes_the_same_record_anew(language: str) -> None:
    for record in STARTUPS:
        row = {"id": record.id, **sent(record, Startup(record.id), language)}
        anew = rows.startup(row)
        as_sets = {name: getattr(anew, name) for name in ("technologies", "needs", "languages", "region")}
        assert anew == replace(record, **as_sets)
        assert (anew.region is None) == (record.region is None)  # an old name is read as the region that it is now
        assert {*anew.needs} == {*record.needs}
        assert {*anew.languages} == {*record.languages}
        assert len(anew.technologies) == len(record.technologies)  # a free word may be a code's name


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_example_of_the_form_is_read_without_a_fault(language: str) -> None:
    for empty in (Startup("s-1"), Program("p-1")):
        with Flask(__name__).test_request_context():
            g.language = language
            form = RecordForm(empty, VocabularyNames(VOCABULARY, language))
        examples = {f.name: f.hint.partition(": ")[2] for f in form.fields if f.hint.startswith(("예: ", "Example: "))}
        assert len(examples) > 5
        assert sent(empty, empty, language, **examples).keys() == examples.keys()


@drawn(st.sampled_from(STARTUPS), st.sampled_from(REGIONS), st.sampled_from(["ko", "en"]))
def test_every_region_is_taken_by_the_name_that_the_form_shows(record: Startup, region, language: str) -> None:
    text = VocabularyNames(VOCABULARY, language).of("regions", region.code)
    code = {"region": record.region, **sent(record, record, language, region=text)}["region"]

    assert VOCABULARY.codes.regions.name(str(code), language) == text


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ({"revenue_krw": "12억 5천만 원"}, {"revenue_krw": 1_250_000_000}),
        ({"employees": ""}, {"employees": None}),
        ({"founded_on": "2021.3.2."}, {"founded_on": "2021-03-02"}),
        ({"region": "부산 해운대구"}, {"region": "26350"}),
        ({"history": "엔업 프로그램 2025 알 수 없는 단계"}, None),
        (
            {"history": "초기창업패키지 2024 완료"},
            {"history": [{"program_family": "early-package", "year": 2024, "status": "completed"}]},
        ),
        ({"stage": "series_z"}, None),
        ({"employees": "약 스무 명"}, None),
    ],
)
def test_what_is_typed_is_read_as_a_cell_of_a_file_or_refused(
    typed: dict[str, str], value: dict[str, object] | None
) -> None:
    record = replace(STARTUPS[0], history=(), employees=7, revenue_krw=None, region="11680")
    if value is None:
        with pytest.raises(BadData) as bad:
            sent(record, record, "ko", **typed)
        assert [fault.field for fault in bad.value.faults] == [*typed]
    else:
        assert sent(record, record, "ko", **typed) == value


@pytest.fixture
def browser(own_app: Flask) -> FlaskClient:
    return signed_in(own_app, UserRole.OPERATOR)


def wired(app: Flask) -> Wired:
    return app.extensions[KEY]


def typed_in(page: str) -> dict[str, str | list[str]]:
    """Every field of a page's form with its value, as a browser sends it."""
    form = page[page.index('<form class="sheet"') :]
    texts: dict[str, str | list[str]] = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input id="[^"]*" name="([^"]+)"[^>]*?value="([^"]*)"', form)
    }
    texts |= {n: html.unescape(v) for n, v in re.findall(r'<textarea id="[^"]*" name="([^"]+)"[^>]*>([^<]*)<', form)}
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]+)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        texts[name] = chosen[1] if chosen else ""
    for name, value in re.findall(r'type="checkbox" id="[^"]*" name="([^"]+)" value="([^"]*)" checked', form):
        texts.setdefault(name, [])
        texts[name] = [*texts[name], value]
    return {**fields(page), **texts}


def test_a_change_is_stored_alone_and_told_before_and_after(browser: FlaskClient, own_app: Flask) -> None:
    before = wired(own_app).startups.one("s-0001").record
    form = typed_in(browser.get(f"{HERE}startups/s-0001").text)
    answer = browser.post(f"{HERE}startups/s-0001", data={**form, "employees": "77명", "region": "부산 해운대구"})
    after = wired(own_app).startups.one("s-0001").record

    assert answer.status_code == 200
    assert after == replace(before, employees=77, region="26350")
    assert re.findall(r'<th scope="row">([^<]+)</th>', answer.text) == ["본점 소재지", "종업원 수"]
    assert "77명" in answer.text
    assert wired(own_app).audit.page(limit=1, filters={}).rows[0].event == "change"


def test_who_saw_an_older_state_is_shown_what_is_stored_now_and_keeps_the_text(
    browser: FlaskClient, own_app: Flask
) -> None:
    form = typed_in(browser.get(f"{HERE}startups/s-0001").text)
    browser.post(f"{HERE}startups/s-0001", data={**form, "employees": "77"})
    answer = browser.post(f"{HERE}startups/s-0001", data={**form, "employees": "55"})
    again = browser.post(f"{HERE}startups/s-0001", data={**typed_in(answer.text), "employees": "55"})

    assert answer.status_code == 412
    assert 'name="employees" type="text" class="krds-input" value="55"' in answer.text
    assert "저장된 값: 77" in answer.text
    assert again.status_code == 200
    assert wired(own_app).startups.one("s-0001").record.employees == 55


def test_a_form_without_some_fields_leaves_them_as_they_are(browser: FlaskClient, own_app: Flask) -> None:
    before = wired(own_app).startups.one("s-0001").record
    page = fields(browser.get(f"{HERE}startups/s-0001").text)
    part = {"csrf_token": page["csrf_token"], "revision": page["revision"], "name": before.name, "employees": "31"}
    answer = browser.post(f"{HERE}startups/s-0001", data=part)

    assert before.needs
    assert answer.status_code == 200
    assert wired(own_app).startups.one("s-0001").record == replace(before, employees=31)


def test_who_unticks_every_box_leaves_the_list_unknown(browser: FlaskClient, own_app: Flask) -> None:
    form = typed_in(browser.get(f"{HERE}startups/s-0001").text)
    browser.post(f"{HERE}startups/s-0001", data={**form, "needs": ""})

    assert wired(own_app).startups.one("s-0001").record.needs == ()


def test_a_program_keeps_where_each_changed_fact_comes_from(browser: FlaskClient, own_app: Flask) -> None:
    page = f"{HERE}programs/majung-2026"
    form = typed_in(browser.get(page).text)
    unsourced = browser.post(page, data={**form, "seats": "12"})
    sourced = {"change_source": "중소벤처기업부 공고 제2026-1호", "change_confidence": "found"}
    answer = browser.post(page, data={**form, "seats": "12", **sourced})
    program = wired(own_app).programs.one("majung-2026").record
    naming = [source for source in program.fact_sources if "seats" in source.facts]

    assert unsourced.status_code == 422
    assert 'id="change_source-mistake"' in unsourced.text
    assert answer.status_code == 200
    assert program.seats == 12
    assert [(source.source, source.confidence) for source in naming] == [("중소벤처기업부 공고 제2026-1호", "found")]
    assert "출처: 중소벤처기업부 공고 제2026-1호 (확인)" in browser.get(page).text


def test_a_form_sent_twice_adds_one_startup(browser: FlaskClient, own_app: Flask) -> None:
    form = typed_in(browser.get(f"{HERE}startups").text)
    filled = {
        **form,
        "name": "새로온기업(가상)",
        "summary": "항구의 컨테이너를 나르는 로봇을 만듭니다.",
        "kind": "startup",
    }
    first, second = (browser.post(f"{HERE}startups", data=filled) for _ in range(2))
    named = wired(own_app).startups.page(limit=50, filters={"q": "새로온기업"}).items

    assert (first.status_code, second.status_code) == (200, 412)
    assert [stored.record.name for stored in named] == ["새로온기업(가상)"]


def test_a_new_program_says_where_it_is_from_and_waits_among_the_calls_to_check(
    browser: FlaskClient, own_app: Flask
) -> None:
    form = typed_in(browser.get(f"{HERE}programs").text)
    filled = {**form, "name": "새 공모(시험)", "summary": "로봇 기업을 찾습니다.", "role": "open_call"}
    unsourced = browser.post(f"{HERE}programs", data=filled)
    answer = browser.post(f"{HERE}programs", data={**filled, "source": "보도자료", "confidence": "partly_found"})
    own_app.extensions[KEY].matching.prepared()

    assert unsourced.status_code == 422
    assert answer.status_code == 200
    assert "새 공모(시험)" in browser.get(f"{HERE}calls").text


def test_a_call_to_check_lists_what_its_rules_read_and_no_source_settles(browser: FlaskClient, own_app: Flask) -> None:
    barred = (Conflict("open-innovation", ParticipationStatus.AGREED),)
    sources = (FactSource("공고", Confidence.FOUND, ("opens_on", "closes_on", "closes_at", "not_together_with")),)
    call = Program("p-check", name="확인할 공모", confidence=Confidence.UNSURE, not_together_with=barred)
    call = replace(call, opens_on=date(2026, 2, 1), closes_on=date(2026, 2, 3), fact_sources=sources, regions=("26",))
    wired(own_app).edit_programs.put(call, Precondition(absent=True), given.OPERATOR)
    row = browser.get(f"{HERE}calls").text.partition("확인할 공모")[2].partition("</tr>")[0]

    assert "대상 지역" in row
    assert "동시수행 제한" in row  # a conflict without its basis
    assert "접수 시작일" not in row


def test_only_who_may_write_meets_the_forms(own_app: Flask) -> None:
    manager = signed_in(own_app, UserRole.MANAGER)

    assert manager.get(f"{HERE}startups/s-0001").status_code == 403
    assert "정보 고치기" not in manager.get("/console/ko/startups/s-0001").text
