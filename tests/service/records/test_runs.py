"""Runs: every answer that was shown can be made again to the byte, or it is said what of its grounds is gone."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model import vocabulary
from model.snapshot import rows
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.records import replay_run
from service.actions.records.erase import Erase
from service.actions.records.replay_run import ReplayRun
from service.api.matching import answers, match_schema
from service.errors import Problem, ServiceError
from service.files.importers.files import Brought
from service.storage import repositories
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.service import given

STARTUPS = [startup.id for startup in given.startups()]
PROGRAMS = [program.id for program in given.programs() if program.is_ranked]
QUERIES = ["", "?limit=3", "?on=2026-01-20", "?include=all&limit=5", "?include=known", "?audience=applicant"]
RUNS = "/api/v1/runs"


def asked(client: FlaskClient, rng: random.Random) -> tuple[str, str, bytes]:
    """One random question: the run, the language, the bytes of its answer."""
    language, query = rng.choice(["ko", "en"]), rng.choice(QUERIES)
    headers = {"Accept-Language": language}
    kind = rng.randrange(3)
    if kind == 0:
        answer = client.get(f"/api/v1/startups/{rng.choice(STARTUPS)}/matches{query}", headers=headers)
    elif kind == 1:
        answer = client.get(f"/api/v1/programs/{rng.choice(PROGRAMS)}/candidates{query}", headers=headers)
    else:
        profile = {"summary": f"로봇 비전 검사 {rng.randrange(1000)}", "technologies": ["머신비전"]}
        answer = client.post(f"/api/v1/matches{query}", json=profile, headers=headers)
    assert answer.status_code == 200
    return answer.get_json()["run_id"], language, answer.data


def edit(app: Flask, rng: random.Random) -> None:
    """Change, delete or bring back something of the catalogue."""
    wired: Wired = app.extensions[KEY]
    startups, programs = list(given.startups()), list(given.programs())
    chosen, program = rng.randrange(len(startups)), rng.randrange(len(programs))
    startups[chosen] = replace(startups[chosen], employees=rng.randrange(1_000), summary="새로 쓴 소개")
    programs[program] = replace(programs[program], demand=f"새로 쓴 수요 {rng.randrange(9)}")
    ImportProfiles(wired.catalogue)(Brought(tuple(startups), tuple(programs)), given.OPERATOR)


def test_every_answer_is_made_again_to_the_byte_after_edits_and_imports(on_both: Flask) -> None:
    rng, client = random.Random(3), on_both.test_client()
    shown: list[tuple[str, str, bytes]] = []
    for _ in range(4):
        shown += [asked(client, rng) for _ in range(8)]
        edit(on_both, rng)
    client.delete(f"/api/v1/startups/{STARTUPS[0]}", headers={"If-Match": "*"})

    for run, language, body in shown:
        again = client.post(f"{RUNS}/{run}/replay", headers={"Accept-Language": language})
        assert (again.status_code, again.data) == (200, body)


def test_a_run_tells_what_it_rests_on(app: Flask) -> None:
    client = app.test_client()
    answer = client.get(f"/api/v1/startups/{STARTUPS[0]}/matches?limit=3")
    told = client.get(f"{RUNS}/{answer.get_json()['run_id']}").get_json()

    assert (told["asks"], told["subject_id"], told["limit"], told["on"]) == ("programs", STARTUPS[0], 3, "2026-02-02")
    assert told["programs_sha256"] == answer.get_json()["snapshot"]
    assert told["shown"] == [{"language": "ko", "sha256": hashlib.sha256(answer.data).hexdigest()}]


def test_an_answer_that_was_shown_before_is_not_recorded_again(app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    client = app.test_client()
    path = f"/api/v1/startups/{STARTUPS[0]}/matches"
    first = client.get(path)
    with wired.catalogue.database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE runs")

    assert client.get(path).data == first.data


def test_each_line_of_a_batch_can_be_made_again(app: Flask) -> None:
    client = app.test_client()
    batch = client.post("/api/v1/matches/batch?limit=2", json={"startups": [*STARTUPS, "none", {"summary": "로봇"}]})
    lines: list[dict[str, Any]] = [line for line in map(json.loads, batch.data.splitlines()) if "answer" in line]

    assert len(lines) == len(STARTUPS) + 1
    for line in lines:
        assert client.post(f"{RUNS}/{line['answer']['run_id']}/replay").get_json() == line["answer"]


def test_a_run_of_a_model_that_is_gone_says_so(app: Flask, tmp_path: Path) -> None:
    wired: Wired = app.extensions[KEY]
    client = app.test_client()
    run = client.get(f"/api/v1/startups/{STARTUPS[0]}/matches").get_json()["run_id"]
    edit(app, random.Random(1))
    none = Registry(tmp_path / "empty")
    replay = ReplayRun(wired.catalogue, repositories.open_records(lambda: given.NOON), wired.replay._preparation, none)
    past = replay.find(run, given.MANAGER)

    with pytest.raises(ServiceError) as refused:
        replay(past)

    assert (refused.value.code, "v1" in refused.value.explained("ko").why) == ("run_not_reproducible", True)


@pytest.mark.parametrize("name", ["none", "x" * 300])
def test_an_unknown_run_is_told_so(app: Flask, name: str) -> None:
    for answer in (app.test_client().get(f"{RUNS}/{name}"), app.test_client().post(f"{RUNS}/{name}/replay")):
        assert (answer.status_code, answer.get_json()["code"]) == (404, "run_not_found")


def test_a_decision_names_a_run_about_its_own_startup_or_program(app: Flask) -> None:
    client = app.test_client()
    run = client.get(f"/api/v1/startups/{STARTUPS[0]}/matches").get_json()["run_id"]
    body = {"program_id": PROGRAMS[0], "action": "shortlisted", "reason": "까닭", "run_id": run}

    def send(startup: str, key: str, **other: str) -> tuple[int, Any]:
        headers = {"Idempotency-Key": key, "If-None-Match": "*"}
        answer = client.post("/api/v1/decisions", json={**body, "startup_id": startup, **other}, headers=headers)
        return answer.status_code, answer.get_json().get("code")

    assert send(STARTUPS[1], "other-startup") == (422, "run_unknown")
    assert send(STARTUPS[0], "no-such-run", run_id="none") == (422, "run_unknown")
    assert send(STARTUPS[0], "its-own-run") == (201, None)


def test_what_is_recorded_of_a_profile_is_what_was_asked(app: Flask) -> None:
    client = app.test_client()
    profile = rows.plain(given.startups()[2])
    run = client.post("/api/v1/matches", json=profile).get_json()["run_id"]
    told = client.get(f"{RUNS}/{run}").get_json()

    assert told["subject_id"] == given.startups()[2].id


def test_200_answers_are_shown_as_they_were_sent_whatever_has_changed_since(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notice, a sentence, a field, the rules' version, the vocabulary and the key change; a startup is erased."""
    rng, client, wired = random.Random(5), app.test_client(), app.extensions[KEY]
    sent = {}
    while len(sent) < 200:
        run, language, body = asked(client, rng)
        sent[run, language] = body
    gone = STARTUPS[0]
    edit(app, rng)
    real = answers.match.answer
    changes = {"ai_notice": "다른 안내", "new_field": True}
    monkeypatch.setattr(answers.match, "answer", lambda *given_: {**real(*given_), **changes})
    monkeypatch.setattr(match_schema, "explained", lambda *_, **__: "다른 문장")
    change_vocabulary(wired, monkeypatch)
    told = [recomputed(client, key)["result"] for key in rng.sample(sorted(sent), 6)]
    monkeypatch.setattr(replay_run, "RULES_VERSION", "another")
    monkeypatch.setattr(given.Held, "load", refuse)
    Erase(wired.catalogue, repositories.open_records(lambda: given.NOON))(gone, "요청", given.OPERATOR, None)
    told += [recomputed(client, key)["result"] for key in rng.sample(sorted(sent), 6)]
    wrong, cut = [], 0
    for (run, language), body in sent.items():
        shown = client.post(f"{RUNS}/{run}/replay", headers={"Accept-Language": language})
        named = gone in body.decode()
        cut += named
        if shown.status_code != 200 or (gone in shown.get_data(as_text=True)) or (shown.data == body) == named:
            wrong.append((run, language, named))

    assert (wrong, cut > 10) == ([], True)
    assert (set(told[:6]), set(told[6:])) == ({"differs"}, {"impossible"})


def change_vocabulary(wired: Wired, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another version answer, whose vocabulary names its first technology otherwise."""
    in_use = wired.matching.preparation.current().in_use
    raw = in_use.matcher.vocabulary.raw
    first = next(iter(in_use.matcher.vocabulary.technologies.concepts.values())).ko
    other = vocabulary.from_bytes({**raw, "technologies": raw["technologies"].replace(first.encode(), "딴말".encode())})
    manifest = replace(in_use.manifest, model_version="v2")
    newer = replace(in_use, name="v2", matcher=replace(in_use.matcher, vocabulary=other), manifest=manifest)
    real = given.Held.load
    monkeypatch.setattr(given.Held, "load", lambda self, name: newer if name == "v2" else real(self, name))
    preparation = wired.matching.preparation
    preparation._changing.acquire()
    preparation._change_to("v2")
    assert preparation.version() == "v2"


def refuse(_: Registry, name: str) -> None:
    raise ServiceError(Problem.ARTIFACT_REFUSED, version=name, reason_ko="서명", reason_en="signature")


def recomputed(client: FlaskClient, key: tuple[str, str]) -> dict[str, Any]:
    answer = client.post(f"{RUNS}/{key[0]}/recomputation", headers={"Accept-Language": key[1]})
    return dict(answer.get_json())
