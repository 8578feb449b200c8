"""A row says exactly what the record says, and a bad row is refused with every fault named."""

from dataclasses import fields, replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.domain import Conflict, OutcomeKind, Participation, ParticipationStatus, Program, Stage, Startup
from model.faults import BadData, Fault, sentences, shown
from model.snapshot import rows
from tests.support import records

READERS = {"startup": rows.startup, "program": rows.program, "outcome": rows.outcome}
RECORDS = {"startup": records.startups(), "program": records.programs(), "outcome": records.outcomes()}
STARTUP, PROGRAM = {"id": "s"}, {"id": "p"}
OUTCOME = {"startup_id": "s", "program_id": "p", "outcome": "selected"}
BARE = {"startup": STARTUP, "program": PROGRAM, "outcome": OUTCOME}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(), max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


def faults(reader, row):
    with pytest.raises(BadData) as refused:
        reader(row)
    return refused.value.faults


def attempt(reader, row):
    try:
        return reader(row), ()
    except BadData as refused:
        return None, refused.faults


@pytest.mark.parametrize("kind", READERS)
@given(data=st.data())
def test_a_record_written_and_read_is_the_same_record(kind, data):
    record = data.draw(RECORDS[kind])

    assert READERS[kind](rows.plain(record)) == record


@pytest.mark.parametrize("kind", READERS)
@given(data=st.data())
def test_an_unknown_value_may_be_absent_or_null(kind, data):
    row = rows.plain(data.draw(RECORDS[kind]))
    absent = data.draw(st.sampled_from([key for key in row if key not in BARE[kind]] or ["name"]))

    without = {key: value for key, value in row.items() if key != absent}

    if kind != "outcome" or absent == "on":
        assert READERS[kind]({**without, absent: None}) == READERS[kind](without)


@pytest.mark.parametrize("kind", READERS)
@given(data=st.data())
def test_any_json_value_in_any_field_is_read_or_refused_by_name(kind, data):
    field = data.draw(st.sampled_from([f.name for f in fields(type(READERS[kind](BARE[kind])))]))
    value = data.draw(json_values)
    row = {**BARE[kind], field: value}

    record, found = attempt(READERS[kind], row)

    assert {fault.field for fault in found} == ({field} if found else set())
    assert all(fault.sentence(language) for fault in found for language in ("ko", "en"))
    assert found or READERS[kind](rows.plain(record)) == record


@pytest.mark.parametrize("kind", READERS)
@given(key=st.text(st.characters(), max_size=300), value=json_values)
def test_an_unknown_key_is_refused_by_a_name_that_can_be_printed(kind, key, value):
    names = {f.name for f in fields(type(READERS[kind](BARE[kind])))}

    row = {**BARE[kind], **({key: value or 1} if key not in names else {"nonsense": 1})}

    [fault] = faults(READERS[kind], row)
    assert fault.code == "unknown_key"
    assert fault.field.isprintable()
    assert len(fault.field) <= 61


BAD_STARTUPS = [
    ("id", "", "missing"),
    ("id", None, "missing"),
    ("id", "  ", "missing"),
    ("id", 7, "not_text"),
    ("id", "x" * 201, "too_long"),
    ("id", "a\nb", "bad_text"),
    ("id", "a\rb", "bad_text"),
    ("name", ["x"], "not_text"),
    ("summary", "\ud800", "bad_text"),
    ("summary", "a\0b", "bad_text"),
    ("summary", "가" * 200_001, "too_long"),
    ("technologies", "AI", "not_list"),
    ("technologies", {"a": 1}, "not_list"),
    ("technologies", ["AI", 5], "not_text"),
    ("technologies", ["x"] * 1_001, "too_long"),
    ("technologies", ["\udc00"], "bad_text"),
    ("new_industry_field", 0, "out_of_range"),
    ("new_industry_field", 28, "out_of_range"),
    ("new_industry_field", 3.5, "not_integer"),
    ("new_industry_field", True, "not_integer"),
    ("new_industry_field", "3", "not_integer"),
    ("kind", "Startup", "not_allowed"),
    ("stage", "unicorn", "not_allowed"),
    ("stage", 1, "not_text"),
    ("entity", "llc", "not_allowed"),
    ("founded_on", "2024-02-30", "not_date"),
    ("founded_on", "20240201", "not_date"),
    ("founded_on", "2024-W01-1", "not_date"),
    ("founded_on", "2026-W05-1", "not_date"),
    ("founded_on", "2026W05-01", "not_date"),
    ("founded_on", "2024-1-1", "not_date"),
    ("founded_on", "２０２４-01-01", "not_date"),
    ("founded_on", 20240201, "not_text"),
    ("employees", -1, "out_of_range"),
    ("employees", 10**18 + 1, "out_of_range"),
    ("revenue_krw", float("nan"), "not_integer"),
    ("funding_krw", float("inf"), "not_integer"),
    ("needs", ["gpu", "money"], "not_allowed"),
    ("history", [{"program_family": "tips", "year": 2025}], "not_allowed"),
    ("history", [{"program_family": "tips", "year": 2025, "status": "done"}], "not_allowed"),
    ("history", [{"program_family": "tips", "year": 1800, "status": "agreed"}], "out_of_range"),
    ("history", [{"program_family": "tips", "year": 2025, "status": "agreed", "x": 1}], "not_allowed"),
    ("history", ["tips"], "not_object"),
    ("representatives", 0, "out_of_range"),
    ("representatives_qualify", 1, "not_boolean"),
]
BAD_PROGRAMS = [
    ("id", None, "missing"),
    ("role", "fund", "not_allowed"),
    ("year", 26, "out_of_range"),
    ("source", [1], "not_text"),
    ("source", 1, "not_list"),
    ("closes_at", "24:00", "not_time"),
    ("closes_at", "9:00", "not_time"),
    ("closes_at", "18:00:00", "not_time"),
    ("closes_at", "18.00", "not_time"),
    ("always_open", "true", "not_boolean"),
    ("max_age_years", 201, "out_of_range"),
    ("not_together_with", [{"family": "", "from_stage": "agreed"}], "missing"),
    ("not_together_with", {"family": "tips", "from_stage": "agreed"}, "not_list"),
    ("seats", -1, "out_of_range"),
]
BAD_OUTCOMES = [
    ("startup_id", "", "missing"),
    ("program_id", None, "missing"),
    ("outcome", "", "missing"),
    ("outcome", "won", "not_allowed"),
    ("on", "2025/01/02", "not_date"),
]
BAD = [
    (kind, *bad)
    for kind, table in zip(READERS, (BAD_STARTUPS, BAD_PROGRAMS, BAD_OUTCOMES), strict=True)
    for bad in table
]


@pytest.mark.parametrize(("kind", "field", "value", "code"), BAD)
def test_a_bad_value_is_refused_with_its_field_and_the_reason(kind, field, value, code):
    [fault] = faults(READERS[kind], {**BARE[kind], field: value})

    assert (fault.field, fault.code) == (field, code)


@pytest.mark.parametrize(("kind", "field", "value", "code"), [bad for bad in BAD if bad[2] is not None])
def test_a_refusal_shows_what_was_found_and_can_be_printed(kind, field, value, code):
    [fault] = faults(READERS[kind], {**BARE[kind], field: value})

    assert len(fault.value) <= 61
    assert fault.value.isprintable()


def test_every_fault_of_a_row_is_named_at_once():
    row = {"stage": "unicorn", "employees": -1, "colour": "red", "founded_on": "soon"}

    found = {(fault.field, fault.code) for fault in faults(rows.startup, row)}

    assert found == {
        ("id", "missing"),
        ("stage", "not_allowed"),
        ("employees", "out_of_range"),
        ("colour", "unknown_key"),
        ("founded_on", "not_date"),
    }


def test_a_refused_choice_names_what_is_allowed_in_both_languages():
    [fault] = faults(rows.startup, {"id": "s", "stage": "unicorn"})

    assert all("pre_founder, seed, pre_a" in fault.sentence(language) for language in ("ko", "en"))


@pytest.mark.parametrize("code", sentences())
def test_every_reason_has_a_sentence_in_both_languages_that_says_what_to_do(code):
    ko, en = (Fault(code, allowed="x").sentence(language) for language in ("ko", "en"))

    assert any("가" <= letter <= "힣" for letter in ko)
    assert sum(letter.isascii() for letter in en) > 0.8 * len(en)  # an example may be Korean


@given(st.text(st.characters(), max_size=100) | json_values)
def test_a_found_value_is_shown_short_and_printable(value):
    found = shown(value)

    assert len(found) <= 61
    assert found.isprintable()


def test_leading_zeros_of_codes_are_kept():
    assert rows.startup({"id": "s", "industry": "01110"}).industry == "01110"


def test_a_key_loses_the_spaces_around_it():
    assert rows.startup({"id": " s-1 "}).id == "s-1"


def test_a_single_source_may_stand_without_a_list():
    assert rows.program({"id": "p", "source": "notice"}).source == ("notice",)


def test_an_empty_cell_of_an_outcome_is_unknown():
    assert rows.outcome({**OUTCOME, "on": ""}).on is None


def test_dates_times_and_codes_are_written_as_the_contract_says():
    program = Program(
        "p",
        stages=(Stage.SEED,),
        closes_on=date(2026, 3, 1),
        closes_at=time(18),
        not_together_with=(Conflict("tips", ParticipationStatus.AGREED),),
    )

    assert rows.plain(program) == {
        "id": "p",
        "role": "open_call",
        "stages": ["seed"],
        "closes_on": "2026-03-01",
        "closes_at": "18:00",
        "not_together_with": [{"family": "tips", "from_stage": "agreed"}],
    }


def test_a_business_number_is_not_in_what_a_record_prints():
    startup = replace(Startup("s"), business_number="055-88-97124", corporate_number="130111-0006246")

    assert "055-88" not in repr(startup)
    assert "130111" not in repr(startup)


def test_a_history_is_kept_in_its_order():
    history = [
        {"program_family": "b", "year": 2025, "status": "agreed"},
        {"program_family": "a", "year": 2024, "status": "completed"},
    ]

    assert [entry.program_family for entry in rows.startup({"id": "s", "history": history}).history] == ["b", "a"]
    assert rows.startup({"id": "s", "history": history[:1]}).history == (
        Participation("b", 2025, ParticipationStatus.AGREED),
    )


@pytest.mark.parametrize("kind", OutcomeKind)
def test_every_outcome_of_the_contract_is_read(kind):
    assert rows.outcome({**OUTCOME, "outcome": kind.value}).outcome is kind
