"""Flags: what was set aside of a profile is told with its answer; applicants are not told the limits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from benchmarks.attacks import added
from model.blocks.reading import program_text
from model.domain import FlagCode, Startup
from model.snapshot import rows
from service.actions.catalogue.import_profiles import ImportProfiles
from service.api.matching.match_schema import CandidatesSchema, MatchesSchema
from service.files.importers.files import Brought
from service.wired import KEY, Wired
from service.wording.matching import flags
from service.wording.pairs import said
from tests.service import given

HONEST = given.startups()[0]
PROGRAM = next(program for program in given.programs() if program.is_ranked)


def stuffed() -> Startup:
    return replace(added(HONEST, program_text(PROGRAM)), id="s-stuffed")


def told(client: FlaskClient, startup: Startup, query: str = "", language: str = "ko") -> dict[str, Any]:
    headers = {"Accept-Language": language}
    found: dict[str, Any] = client.post(f"/api/v1/matches{query}", json=rows.plain(startup), headers=headers).get_json()
    return found


def test_an_honest_profile_has_no_flags(client: FlaskClient) -> None:
    assert told(client, HONEST)["flags"] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_copied_text_is_told(client: FlaskClient, language: str) -> None:
    answer = told(client, stuffed(), language=language)

    [copied] = [flag for flag in answer["flags"] if flag["code"] == "copied"]
    assert copied["sentence"] == said(flags.SENTENCES, FlagCode.COPIED, language)
    assert copied["found"] >= copied["limit"] > 0
    assert MatchesSchema().validate(answer) == {}


def test_copied_text_wins_no_place(client: FlaskClient) -> None:
    honest, copied = told(client, HONEST, "?limit=100"), told(client, stuffed(), "?limit=100")

    assert [match["score_units"] for match in copied["matches"]] == [m["score_units"] for m in honest["matches"]]


def test_applicants_are_not_told_the_limits(client: FlaskClient) -> None:
    answer = told(client, stuffed(), "?audience=applicant")

    assert [(flag["found"], flag["limit"]) for flag in answer["flags"]] == [(None, None)] * len(answer["flags"])
    assert answer["flags"]


def test_a_candidate_is_shown_with_its_flags(app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    ImportProfiles(wired.catalogue)(Brought((stuffed(),), ()), given.OPERATOR)
    client = app.test_client()
    answer = client.get(f"/api/v1/programs/{PROGRAM.id}/candidates?limit=100&include=all").get_json()

    found = {c["startup"]["id"]: {flag["code"] for flag in c["flags"]} for c in answer["candidates"]}
    assert "copied" in found[stuffed().id]
    assert found[HONEST.id] == set()
    assert CandidatesSchema().validate(answer) == {}


def test_every_flag_is_named_and_explained_in_both_languages() -> None:
    words = {
        (said(flags.NAMES, code, language), said(flags.SENTENCES, code, language))
        for code in FlagCode
        for language in ("ko", "en")
    }

    assert len(words) == 2 * len(FlagCode)
