"""The public schemas and the rule that files go through are one contract."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError

from model.domain import Confidence, Entity, Kind, ParticipationStatus, Program, Role, Stage, Startup, Support
from model.faults import BadData
from model.snapshot import rows
from service.api.catalogue.profiles_schema import (
    ProfileSchema,
    ProgramPatch,
    ProgramSchema,
    StartupPatch,
    StartupSchema,
)
from service.api.wire.fields import NON_BLANK, VISIBLE, Identifier
from service.api.wire.options import UTF_16, PageOptions, cursor
from tests.service import given as data

TEXTS = st.text(max_size=6) | st.sampled_from(["", " ", "x\0", "\ud800", "2026-02-28", "2026-02-30", "20260228", "s-1"])
CODES = st.sampled_from([*Kind, *Stage, *Entity, *Support, *Role, *Confidence, *ParticipationStatus]).map(str)
WHOLE = st.integers(-2, 210) | st.sampled_from([1900, 2999, 3000, 10**18, 10**18 + 1])
PARTS = st.sampled_from(["program_family", "year", "status", "family", "from_stage", "other"])
LEAVES = st.none() | st.booleans() | WHOLE | st.floats() | TEXTS | CODES
VALUES = LEAVES | st.lists(LEAVES, max_size=3) | st.lists(st.dictionaries(PARTS, LEAVES, max_size=3), max_size=2)
STARTUP_FIELDS = st.sampled_from([*StartupSchema().fields, "unknown"])
PAGE = PageOptions()
PROGRAM_FIELDS = st.sampled_from([*ProgramSchema().fields, "unknown"])


def by_schema(schema: Schema, value: dict[str, Any]) -> Startup | Program | None:
    try:
        return schema.load(value)
    except ValidationError:
        return None


def by_rows(kind: str, value: dict[str, Any]) -> Startup | Program | None:
    try:
        return rows.startup(value) if kind == "startup" else rows.program(value)
    except BadData:
        return None


@settings(max_examples=600)
@given(st.dictionaries(STARTUP_FIELDS, VALUES, max_size=3))
@example({"history": [{"program_family": "x", "year": 2025, "status": "running"}]})
@example({"id": "  "})
@example({"id": "a\x1bb"})
@example({"founded_on": "2026-W05-1"})
@example({"technologies": ["a"] * 1001})
@example({"summary": "a" * 200_001})
def test_the_api_and_files_accept_the_same_startups(value: dict[str, Any]) -> None:
    value = {"id": "s-1", **value}

    assert by_schema(StartupSchema(), value) == by_rows("startup", value)


@settings(max_examples=600)
@given(st.dictionaries(PROGRAM_FIELDS, VALUES, max_size=3))
@example({"id": "\x1b"})
@example({"notice_on": "2026-W05-1"})
@example({"source": "one"})
@example({"source": ["one", "two"]})
@example({"not_together_with": [{"family": "x", "from_stage": "agreed"}]})
@example({"not_together_with": [{"family": "x", "program_class": "y", "from_stage": "agreed"}]})
@example({"not_together_with": [{"from_stage": "agreed"}]})
@example({"not_together_with": [{"family": "x", "from_stage": "agreed", "years": "last:0"}]})
@example({"closes_in": "2026-13"})
@example({"closes_in": "2026-02"})
def test_the_api_and_files_accept_the_same_programs(value: dict[str, Any]) -> None:
    value = {"id": "p-1", **value}

    assert by_schema(ProgramSchema(), value) == by_rows("program", value)


@pytest.mark.parametrize(
    ("schema", "domain", "own"),
    [
        (StartupSchema, Startup, set()),
        (ProfileSchema, Startup, set()),
        (StartupPatch, Startup, {"id"}),
        (ProgramSchema, Program, set()),
        (ProgramPatch, Program, {"id"}),
    ],
)
def test_a_schema_names_every_field_of_the_record(schema: type[Schema], domain: type, own: set[str]) -> None:
    assert set(schema().fields) == set(domain.__dataclass_fields__) - own


def test_bundled_records_come_back_as_they_were() -> None:
    for startup in data.startups():
        assert StartupSchema().load(json.loads(json.dumps(rows.plain(startup)))) == startup
    for program in data.programs():
        assert ProgramSchema().load(json.loads(json.dumps(rows.plain(program)))) == program


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@example("😀")
def test_a_cursor_leads_back_to_the_id_it_was_made_of(identifier: str) -> None:
    assert PAGE.load({"cursor": cursor(identifier)}).after == identifier


@given(st.from_regex(UTF_16, fullmatch=True, alphabet=st.sampled_from("0123456789abcdef")))
@example("d83dde00")
@example("")
def test_every_cursor_that_the_document_allows_is_taken(value: str) -> None:
    assert cursor(PAGE.load({"cursor": value}).after) == value


@pytest.mark.parametrize("value", ["0000", "d83d", "de00d83d", "00", "00G0", "006A", "0061\n", "cy0wMDAx"])
def test_a_cursor_that_stands_for_no_text_is_refused(value: str) -> None:
    with pytest.raises(ValidationError, match="bad_cursor"):
        PAGE.load({"cursor": value})


@pytest.mark.parametrize(
    ("name", "fields"), [("NewKey", ("role", "user_id")), ("NewObjection", ("run_id", "decision_id"))]
)
def test_the_document_says_that_just_one_of_two_is_given(
    client: FlaskClient, name: str, fields: tuple[str, str]
) -> None:
    stated = client.get("/api/v1/openapi.json").get_json()["components"]["schemas"][name]
    first, second = ({field: part["properties"][field]["type"] for field in fields} for part in stated["oneOf"])

    assert [part["required"] for part in stated["oneOf"]] == [[field] for field in fields]
    assert (first, second) == (
        dict(zip(fields, ("string", "null"), strict=True)),
        dict(zip(fields, ("null", "string"), strict=True)),
    )


@given(st.text(max_size=4))
@example("\x1d")
@example("\u3000")
@example("\ufeff")
def test_what_the_document_calls_blank_is_what_is_refused_as_blank(value: str) -> None:
    said = re.fullmatch(NON_BLANK, value, re.DOTALL) is not None

    assert said == ("\0" not in value and bool(value.strip()))


@given(st.text(max_size=4))
@example("\u3000")
@example("\x1d")
def test_every_id_that_the_document_allows_is_taken_as_it_is(value: str) -> None:
    if re.fullmatch(VISIBLE, value) and not any("\ud800" <= character <= "\udfff" for character in value):
        assert Identifier().deserialize(value) == value
