"""Answers of public services become programs: odd spellings read, nothing guessed, what was left out said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from model.snapshot import rows
from service.errors import ServiceError
from service.files.importers.records import FileReading
from tests.service.files.importers.test_tables import read

KSTARTUP: dict[str, Any] = {
    "pbanc_sn": 175054,
    "biz_pbanc_nm": "중앙대-금천구 협력 공간&#40;7층&#41; 입주자 모집 공고 ",
    "pbanc_ctnt": "입주 기업을 모집합니다.<br/>R&amp;amp;D 기업 우대\r\n",
    "supt_biz_clsfc": "시설ㆍ공간ㆍ보육",
    "supt_regin": "전남광주",
    "biz_enyy": "예비창업자,7년미만",
    "aply_trgt_ctnt": "창업기업",
    "aply_excl_trgt_ctnt": "체납 기업",
    "pbanc_rcpt_bgng_dt": "20250918",
    "pbanc_rcpt_end_dt": "20250926",
    "pbanc_ntrp_nm": "창업진흥원",
    "detl_pg_url": "www.k-startup.go.kr/web/1",
    "rcrt_prgs_yn": "Y",
}
BIZINFO: dict[str, Any] = {
    "pblancId": "PBLN_000000000099999",
    "pblancNm": "[서울] 2026년 수출 지원",
    "jrsdInsttNm": "중소벤처기업부",
    "excInsttNm": "중소벤처기업진흥공단",
    "bsnsSumryCn": "<p>수출 기업을 지원합니다.</p>",
    "trgetNm": "소상공인",
    "pldirSportRealmLclasCodeNm": "수출",
    "hashtags": "2026,수출,서울",
    "reqstBeginEndDe": "20260102 ~ 2026-02-28",
    "pblancUrl": "/web/lay1/bbs/view.do?id=1",
}


def program(reading: FileReading) -> dict[str, Any]:
    assert reading.faults == ()
    (row,) = reading.rows
    return rows.plain(row.record)


def answered(item: dict[str, Any], wrap: str = "kstartup") -> FileReading:
    values = {"currentCount": 1, "data": [item], "totalCount": 1} if wrap == "kstartup" else {"jsonArray": [item]}
    return read(json.dumps(values, ensure_ascii=False, indent=1).encode())


def test_a_k_startup_notice_becomes_a_program() -> None:
    found = program(answered(KSTARTUP))

    assert (found["id"], found["name"]) == ("kstartup-175054", "중앙대-금천구 협력 공간(7층) 입주자 모집 공고")
    assert found["summary"] == "입주 기업을 모집합니다.\nR&D 기업 우대"
    assert (found["opens_on"], found["closes_on"], found["year"]) == ("2025-09-18", "2025-09-26", 2025)
    assert (found["regions"], found["support"], found["manual_checks"]) == (["12"], ["space"], ["other_restriction"])
    assert found["url"] == "https://www.k-startup.go.kr/web/1"


def test_the_age_label_is_shown_and_never_the_rule() -> None:
    found = program(answered(KSTARTUP))

    assert not {"max_age_years", "min_age_years", "entities"} & found.keys()
    assert any("7년미만" in source for source in found["source"])


@pytest.mark.parametrize(
    "changes",
    [
        {"aply_excl_trgt_ctnt": None, "aply_exclt_trgt_ctnt": "체납 기업"},
        {"rcrt_prgs_yn": None, "Rcrt_prgs_yn": "Y"},
        {"pbanc_rcpt_bgng_dt": "2025-09-18 00:00:00", "pbanc_rcpt_end_dt": "2025-09-26 00:00:00"},
        {"detl_pg_url": None, "Detl_pg_url": "https://www.k-startup.go.kr/web/1"},
        {"pbanc_sn": "175054"},
        {"unknown_new_field": "x"},
    ],
)
def test_both_spellings_of_the_odd_fields_give_the_same(changes: dict[str, Any]) -> None:
    assert program(answered(KSTARTUP | changes)) == program(answered(KSTARTUP))


def test_null_is_unknown_and_never_no() -> None:
    bare = dict.fromkeys(KSTARTUP) | {"pbanc_sn": 1, "biz_pbanc_nm": "공고"}

    assert program(answered(bare)).keys() == {"id", "name", "source", "confidence", "role"}


def test_an_english_title_is_kept_as_english() -> None:
    found = program(answered(KSTARTUP | {"biz_pbanc_nm": "Global Startup Challenge "}))

    assert (found["name_en"], "name" in found) == ("Global Startup Challenge", False)


@pytest.mark.parametrize(("region", "codes"), [("전국", None), ("서울,경기", ["11", "41"]), ("전남ㆍ광주", ["12"])])
def test_regions_are_codes(region: str, codes: list[str] | None) -> None:
    assert program(answered(KSTARTUP | {"supt_regin": region})).get("regions") == codes


def test_a_region_that_is_not_known_leaves_the_restriction_to_a_person() -> None:
    reading = answered(KSTARTUP | {"supt_regin": "서울,모르는곳", "aply_excl_trgt_ctnt": None})
    found = program(reading)

    assert ("regions" in found, found["manual_checks"]) == (False, ["other_restriction"])
    assert "지역: 서울,모르는곳" in found["source"]
    assert ("region_unknown", "모르는곳") in [(note.code, note.value) for note in reading.notes]


@pytest.mark.parametrize(
    "wrap", [lambda i: {"jsonArray": [i]}, lambda i: {"jsonArray": {"item": [i]}}, lambda i: {"jsonArray": {"item": i}}]
)
def test_a_bizinfo_answer_may_be_wrapped_in_three_ways(wrap: Any) -> None:
    found = program(read(json.dumps(wrap(BIZINFO), ensure_ascii=False).encode()))

    assert (found["id"], found["support"]) == ("bizinfo-PBLN_000000000099999", ["overseas"])
    assert (found["opens_on"], found["closes_on"]) == ("2026-01-02", "2026-02-28")
    assert (found["applicants"], found["operator"]) == (["micro_enterprise"], "중소벤처기업진흥공단")
    assert found["url"] == "https://www.bizinfo.go.kr/web/lay1/bbs/view.do?id=1"
    assert ("regions" in found, found["manual_checks"]) == (False, ["other_restriction"])


@pytest.mark.parametrize(
    ("period", "always_open", "note"),
    [
        ("상시", True, "no_closing_day"),
        ("예산 소진시까지", None, "no_closing_day"),
        ("세부사업별 상이", None, "no_closing_day"),
    ],
)
def test_a_period_without_a_closing_day_is_kept_in_words(period: str, always_open: bool | None, note: str) -> None:
    reading = answered(BIZINFO | {"reqstBeginEndDe": period}, "bizinfo")
    found = program(reading)

    assert ("closes_on" in found, found.get("always_open")) == (False, always_open)
    assert f"접수 기간: {period}" in found["source"]
    assert (note, 1, "closes_on", period) in [(n.code, n.line, n.field, n.value) for n in reading.notes]


def tags(**values: str) -> str:
    return "".join(f"<{name}>{value}</{name}>" for name, value in values.items())


def test_rss_and_xml_answers_are_read_by_their_own_names() -> None:
    item = tags(title="공고", seq="PBLN_1", lcategory="금융", reqstDt="상시")
    rss = f"<rss><channel><item>{item}</item></channel></rss>"
    mss = f"<response><body><items><item>{tags(itemId='7', title='공고')}</item></items></body></response>"
    cols = (
        '<results><data><item><col name="pbanc_sn">9</col><col name="biz_pbanc_nm">공고</col></item></data></results>'
    )
    found = [program(read(answer.encode()))["id"] for answer in (rss, mss, cols)]

    assert found == ["bizinfo-PBLN_1", "mss-7", "kstartup-9"]


def test_a_yearly_business_is_shown_and_never_ranked() -> None:
    item = {"id": 3, "supt_biz_titl_nm": "창업도약패키지", "biz_supt_ctnt": "사업화 자금", "biz_yr": "2026"}

    assert program(answered(item))["role"] == "reference"


def test_an_error_of_the_service_is_no_list() -> None:
    with pytest.raises(ServiceError) as refused:
        read(b'{"code": -4, "msg": "no key"}\n')

    assert (refused.value.code, refused.value.facts["message"]) == ("service_error", "no key")


def test_a_notice_brought_again_leaves_what_was_added_by_hand() -> None:
    (row,) = answered(KSTARTUP).rows

    assert row.stated is not None
    assert not {"seats", "max_age_years", "technologies"} & row.stated


@pytest.mark.parametrize(
    "answer",
    [
        '{"response": {"header": {"resultCode": "30", "resultMsg": "SERVICE_KEY_IS_NOT_REGISTERED_ERROR"}}}',
        "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>SERVICE_KEY_IS_NOT_"
        "REGISTERED_ERROR</returnAuthMsg><returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>",
        "\n<response><header><resultCode>30</resultCode><resultMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</resultMsg>"
        "</header></response>",
    ],
)
def test_an_error_of_the_portal_is_named_with_its_reason(answer: str) -> None:
    with pytest.raises(ServiceError) as refused:
        read(answer.encode())

    assert refused.value.facts == {"reason": "30", "message": "SERVICE_KEY_IS_NOT_REGISTERED_ERROR"}


@pytest.mark.parametrize("indent", [None, 1])
def test_the_layout_of_an_answer_decides_nothing(indent: int | None) -> None:
    items = {"item": [{"pblancId": "PBLN_1", "pblancNm": "공고"}]}
    answer = {"header": {"resultCode": "00"}, "body": {"items": items, "totalCount": 7}}
    reading = read(json.dumps(answer, indent=indent).encode())

    assert program(reading)["id"] == "bizinfo-PBLN_1"
    assert ("answer_is_a_part", "1/7") in [(note.code, note.value) for note in reading.notes]


def test_nan_is_nothing_and_a_number_has_no_decimals() -> None:
    raw = '{"data":[{"pbanc_sn":7.0,"biz_pbanc_nm":"공고","supt_regin":NaN,"prfn_matr":NaN,"pbanc_ntrp_nm":NaN}]}'

    assert program(read(raw.encode())).keys() == {"id", "name", "source", "confidence", "role"}
    assert program(read(raw.encode()))["id"] == "kstartup-7"


def test_a_key_that_stands_twice_is_a_fault() -> None:
    reading = read(b'{"data":[{"pbanc_sn":7,"biz_pbanc_nm":"a","biz_pbanc_nm":"b"}]}')

    assert [(fault.code, fault.field, fault.value) for fault in reading.faults] == [
        ("duplicate_key", "biz_pbanc_nm", "b")
    ]


@pytest.mark.parametrize(
    ("target", "applicants", "checks"),
    [
        ("중소기업", 3, []),
        ("소상공인", 1, []),
        ("창업벤처,소상공인", 3, ["other_restriction"]),
        ("사회적기업", 3, ["other_restriction"]),
        (None, 3, ["other_restriction"]),
    ],
)
def test_a_target_shuts_nobody_out_by_a_word_that_is_not_known(
    target: str | None, applicants: int, checks: list[str]
) -> None:
    found = program(answered(BIZINFO | {"trgetNm": target, "hashtags": None}, "bizinfo"))

    assert (len(found["applicants"]), found.get("manual_checks", [])) == (applicants, checks)


@pytest.mark.parametrize(
    ("period", "closes"),
    [
        ("2026-01-02 09:00 ~ 2026-02-28 18:00", ("2026-02-28", "18:00")),
        ("2026.01.02.(금) ~ 2026.02.28.(토) 24:00", ("2026-02-28", "23:59")),
        ("2026.02.28까지", ("2026-02-28", None)),
        ("2026-02-28", (None, None)),
    ],
)
def test_a_period_with_hours_is_read_whole(period: str, closes: tuple[str | None, str | None]) -> None:
    found = program(answered(BIZINFO | {"reqstBeginEndDe": period}, "bizinfo"))

    assert (found.get("closes_on"), found.get("closes_at")) == closes


def test_what_a_notice_says_and_nothing_takes_is_noted() -> None:
    reading = answered(BIZINFO | {"refrncNm": "담당 02-000-0000"}, "bizinfo")

    assert {note.value for note in reading.notes if note.code == "unused_key"} == {"jrsdInsttNm", "refrncNm"}


def test_lists_joined_by_at_signs_are_lists() -> None:
    assert program(answered(BIZINFO | {"pldirSportRealmLclasCodeNm": "수출@교육"}, "bizinfo"))["support"] == [
        "overseas",
        "education",
    ]
