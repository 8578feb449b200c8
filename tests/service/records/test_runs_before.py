"""Runs that the service recorded under the rules of 2026-11-22: shown as recorded, and their replay says why not."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from model.eligibility import RULES_VERSION
from service.settings import Settings
from service.storage import schema
from service.storage.database import Database
from service.storage.matching.registry import Registry
from tests.service import given

DATABASE = Path(__file__).parent / "recorded_2026_11_22.db.gz"
"""What the service wrote at schema 0008: programs, startups and these runs, with the digests of what it sent."""
BEFORE = "2026-11-22"
RUNS = {
    "308497c33d91f050ac4506e163f0d9fc": {"ko": "4ce67f61f8f85786", "en": "c035e2986bf838e2"},
    "c66c887c17d53540d0f7d281a608bc77": {"ko": "38595c0450fee689", "en": "a7aec28dbecbb8d4"},
    "3d1fddfc68cbc323a578395e671d0c1d": {"ko": "1605e40cf6d212df"},
}
ANSWERS = [(run, language) for run, shown in RUNS.items() for language in shown]


@pytest.fixture
def upgraded(tmp_path: Path, registry: Registry) -> Iterator[Flask]:
    """An application of today on that database, brought up to today's schema."""
    (tmp_path / "ieum.db").write_bytes(gzip.decompress(DATABASE.read_bytes()))
    database = Database(f"sqlite:///{tmp_path}/ieum.db")
    schema.migrate(database)
    database.close()
    with given.running(tmp_path, registry, Settings(home=tmp_path, credential_limit=0, attempt_limit=0)) as app:
        yield app


def test_what_was_recorded_is_shown_as_it_was(upgraded: Flask) -> None:
    client = upgraded.test_client()

    runs = {run: client.get(f"/api/v1/runs/{run}").get_json() for run in RUNS}

    assert RULES_VERSION > BEFORE
    assert {run["rules_version"] for run in runs.values()} == {BEFORE}
    assert {
        name: {shown["language"]: shown["sha256"][:16] for shown in run["shown"]} for name, run in runs.items()
    } == RUNS


@pytest.mark.parametrize(("run", "language"), ANSWERS)
def test_a_replay_says_by_which_rules_the_answer_was_made_and_sends_no_other(
    upgraded: Flask, run: str, language: str
) -> None:
    client, headers = upgraded.test_client(), {"Accept-Language": language}

    replay = client.post(f"/api/v1/runs/{run}/replay", headers=headers)
    again = client.post(f"/api/v1/runs/{run}/recomputation", headers=headers).get_json()

    assert (replay.status_code, replay.get_json()["code"]) == (410, "run_not_reproducible")
    assert BEFORE in replay.get_json()["detail"]
    assert (again["result"], again["made_again_sha256"]) == ("impossible", None)
    assert again["first_sent_sha256"].startswith(RUNS[run][language])
    assert BEFORE in again["reason"]


def test_rows_stored_before_the_new_fields_keep_their_digests(upgraded: Flask) -> None:
    client = upgraded.test_client()

    rests_on = client.get(f"/api/v1/runs/{next(iter(RUNS))}").get_json()["programs_sha256"]
    answer = client.get("/api/v1/startups/s-0001/matches?limit=2").get_json()

    assert answer["snapshot"] == rests_on
