"""Every check has its sentence in both languages; applicants are told less than staff."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.domain import Check, Program, Result, Startup, Unlock, Verdict
from model.eligibility import RULES, Ledger
from model.eligibility.unlocking import CODES as UNLOCKS
from service.wording import eligibility as wording
from service.wording import eligibility_texts as texts
from service.wording.eligibility import Audience
from tests.model.eligibility.strategies import CODES, days, hours, programs, startups
from tests.spec.tables import TABLES

LANGUAGES = st.sampled_from(["ko", "en"])
EVERY_TABLE = [texts.RULES, texts.RESULTS, texts.VERDICTS, texts.FIELDS, texts.UNLOCKS, texts.CONFIRMATIONS]
EVERY_TABLE += [texts.BASES, texts.STATUSES, texts.WORDS, texts.REASONS, texts.LAST_DAY]
OPEN = Program("p", always_open=True)
ON = date(2026, 9, 3)
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("table", EVERY_TABLE)
def test_both_languages_say_everything_with_the_same_facts(table):
    for entry in table.values():
        assert set(entry) == {"ko", "en"}
        assert set(PLACEHOLDER.findall(entry["ko"])) == set(PLACEHOLDER.findall(entry["en"]))


def test_every_rule_field_and_unlock_has_a_name():
    fields = {name for rule in RULES for name in rule.reads}

    assert {*(rule.name for rule in RULES), "listing"} == set(texts.RULES)  # a list from outside holds a firm back too
    assert fields - set(texts.FIELDS) == set()
    assert set(texts.UNLOCKS) == UNLOCKS


def test_every_rule_and_result_of_the_manual_has_a_reason():
    met = {(table.rule, case.expected.value) for table in TABLES for case in table.cases if case.expected}

    assert met - set(texts.REASONS) == set()


@given(startup=startups, program=programs(), on=days, at=st.one_of(st.none(), hours), language=LANGUAGES)
def test_every_check_is_said_in_whole_sentences(startup, program, on, at, language):
    checks = Ledger(CODES).checks(startup, program, on=on, at=at)

    for line in wording.view(checks, CODES, language, Audience.STAFF):
        for said in filter(None, (line.sentence, line.unlock)):
            assert said.endswith(".") or line.rule == "manual_check"
            assert "{" not in said
        assert "" not in (line.title, line.result_name, line.basis)


@given(startup=startups, program=programs(), on=days, language=LANGUAGES)
def test_every_basis_is_named_not_coded(startup, program, on, language):
    checks = Ledger(CODES).checks(startup, program, on=on)

    assert {wording.basis(check, CODES, language) for check in checks}.isdisjoint(texts.BASES)


@given(startup=startups, program=programs(), on=days, language=LANGUAGES)
def test_an_applicant_is_told_no_fact_that_was_found_and_no_basis(startup, program, on, language):
    checks = Ledger(CODES).checks(startup, program, on=on)

    lines = wording.view(checks, CODES, language, Audience.APPLICANT)

    assert [line for line in lines if line.basis] == []
    assert [line for line in lines if line.rule == "manual_check"] == []
    open_ = {check.rule for check in checks if check.result is not Result.PASS} - {"manual_check"}
    assert {line.rule for line in lines if line.rule} == open_


@given(number=st.text("0123456789-", min_size=5, max_size=14).filter(lambda n: n[3:].strip("-")), language=LANGUAGES)
def test_a_registration_number_is_never_said_in_full(number, language):
    startup = Startup("s", business_number=number, corporate_number=number)

    checks = Ledger(CODES).checks(startup, OPEN, on=ON)

    said = " ".join(line.sentence for line in wording.view(checks, CODES, language, Audience.STAFF))
    assert number not in said
    assert number not in repr(checks)
    assert not any(c.isdigit() for check in checks if "number" in check.field for c in str(check.fact)[3:])


def sentence(check, language, programs=None):
    return wording.view([check], CODES, language, Audience.STAFF, programs)[0].sentence


def test_a_program_family_is_said_by_its_name():
    check = Check("exclusive_group", Result.FAIL, "history", ("nup:2026:running",), "g", "notice", Unlock("nothing"))

    assert "엔업 프로그램(2026년, 수행 중)" in sentence(check, "ko", {"nup": "엔업 프로그램"})
    assert "N&UP (2026, running)" in sentence(check, "en", {"nup": "N&UP"})


def test_dates_are_written_as_notices_write_them():
    change = Unlock("wait_until", on=ON)

    assert wording.way_in(change, CODES, "ko").startswith("2026. 9. 3.부터")
    assert wording.way_in(change, CODES, "en").endswith("from 3 September 2026.")


def test_a_verdict_has_its_name():
    assert [wording.verdict_name(v, "ko") for v in Verdict] == ["신청 가능", "확인 필요", "신청 불가"]


def test_a_long_list_says_how_many_more_there_are():
    check = Check("region", Result.FAIL, "region", "26", ("11", "27", "28", "29", "30", "31", "36", "41"), "notice")

    assert "외 2건" in sentence(check, "ko")
    assert "and 2 more" in sentence(check, "en")
