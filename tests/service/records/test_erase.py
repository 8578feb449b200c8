"""Erasure: a startup is found in no store and in no byte of the database, and what was decided and run stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.records.erase import Erase, ErasureReport
from service.actions.records.verify_audit import VerifyAudit
from service.errors import ServiceError
from service.files.importers.files import Brought
from service.settings import Settings
from service.storage import repositories
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.service import given
from tests.support import databases

ID, NAME, SUMMARY, NUMBER = "s-sentinel", "아주특별한이름", "특별히별난소개 sentinel-text", "1234567891"
SECRETS = (ID, NAME, SUMMARY, NUMBER, "123-45-67891")
STARTUP = replace(given.startups()[0], id=ID, name=NAME, summary=SUMMARY, business_number=NUMBER)
PROGRAM = given.programs()[0].id
ROUND = {
    "name": f"{NAME} 회차",
    "programs": [PROGRAM],
    "terms": {
        "seats": {PROGRAM: 3},
        "bans": [{"startup_id": ID, "reason": f"{NAME}은 다른 사업 참여"}],
        "interests": [{"evaluator": "김위원", "startup_id": ID, "reason": f"{ID} 지분 보유"}],
        "bonuses": [{"name": f"{NAME} 가점", "points": 1, "field": "id", "values": [ID]}],
    },
}
FILE = f"id,기업명,직원 수,사업자등록번호\n{ID},{NAME},3,123-45-67891\ns-0001,문서결,9,\n"
FAULTY = f"id,기업명,직원 수\n{ID},{NAME},많음 {NAME}\n"


@dataclass
class Erasing:
    """A service in which a startup was everywhere before it was erased."""

    wired: Wired
    client: FlaskClient
    home: Path
    run: str = ""
    candidates: str = ""
    round: Any = None
    preview: str = ""
    before: str = ""
    after: str = ""
    files: bytes = b""
    done: ErasureReport | None = None

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1/{path}", headers={"Accept-Language": "ko"}).get_json()

    def post(self, path: str, body: object, **headers: str) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.post(f"/api/v1/{path}", json=body, headers={"Accept-Language": "ko", **sent})
        assert answer.status_code < 300, answer.get_json()
        return answer.get_json()

    def erase(self, identifier: str) -> ErasureReport:
        self.wired.accesses.flush()
        kept = repositories.open_records(lambda: given.NOON)
        return Erase(self.wired.catalogue, kept)(identifier, f"{NAME} 대표의 요청", given.OPERATOR, None)

    def stored(self) -> str:
        """Every value of every table as text, what is compressed unpacked."""
        return databases.content(self.wired.catalogue.database)


@pytest.fixture(scope="module", params=databases.KINDS)
def erasing(
    request: pytest.FixtureRequest, registry: Registry, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Erasing]:
    home = tmp_path_factory.mktemp("erasing")
    with given.database(request.param, home) as address:
        app = given.application(home, registry, Settings(home=home, database_url=address))
        wired: Wired = app.extensions[KEY]
        made = Erasing(wired, app.test_client(), home)
        fill(made)
        made.before = made.stored()
        made.done = made.erase(ID)
        made.after = made.stored()  # whoever asks for it by its id from now on is in the access log with that
        made.files = b"".join(file.read_bytes() for file in home.glob("ieum.db*"))
        yield made
        wired.accesses.stop()
        wired.catalogue.database.close()


def fill(made: Erasing) -> None:
    """Put the startup into every store."""
    for employees in (1, 2):
        ImportProfiles(made.wired.catalogue)(Brought((replace(STARTUP, employees=employees),)), given.OPERATOR)
        made.run = made.get(f"startups/{ID}/matches")["run_id"]
    made.candidates = made.get(f"programs/{PROGRAM}/candidates?limit=100")["run_id"]
    about = {"program_id": PROGRAM, "startup_id": ID, "action": "rejected", "reason": f"{NAME}은 요건 미달"}
    made.post("decisions", about, Idempotency_Key=f"about-{ID}", If_None_Match="*")
    objection = made.post("objections", {"run_id": made.run, "sender": f"대표 {NAME}", "text": SUMMARY})
    made.post(f"objections/{objection['id']}/answer", {"outcome": "dismissed", "text": f"{NAME} 귀하"})
    made.round = made.post("rounds", ROUND)
    for content in (FAULTY, FILE):
        sent = made.client.post(f"/api/v1/imports?name={NAME}.csv", data=content.encode(), content_type="text/csv")
        made.preview = sent.headers["Location"]


def test_an_erased_startup_is_in_no_table(erasing: Erasing) -> None:
    assert [secret for secret in SECRETS if secret not in erasing.before] == []
    assert [secret for secret in SECRETS if secret in erasing.after] == []
    assert erasing.done is not None
    done = erasing.done
    assert (done.states, done.runs, done.rounds, done.decisions) == (2, 2, 1, 1)
    assert (done.left, done.trail) == ((), ())


def test_an_erased_startup_is_in_no_byte_of_the_database_s_files(erasing: Erasing) -> None:
    if erasing.wired.catalogue.database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's files are its own; its tables are written anew")

    assert len(erasing.files) > 100_000
    assert [secret for secret in SECRETS if secret.encode() in erasing.files] == []


def test_its_decision_stays_under_a_pseudonym_and_the_trail_is_whole(erasing: Erasing) -> None:
    (decision,) = erasing.get("decisions")["items"]

    assert (decision["startup_id"], decision["action"]) == (None, "rejected")
    assert decision["reason"] == f"{decision['startup_ref']}은 요건 미달"
    assert VerifyAudit(erasing.wired.catalogue)().broken is None


def test_decisions_can_be_changed_by_nobody_afterwards(erasing: Erasing) -> None:
    with pytest.raises(DBAPIError, match="never changed"), erasing.wired.catalogue.database.writing() as connection:
        connection.execute(text("UPDATE decisions SET reason = 'x'"))


def test_its_round_comes_out_as_it_did_and_says_who_is_gone_and_why(erasing: Erasing) -> None:
    before, after = erasing.round, erasing.get(f"rounds/{erasing.round['id']}")
    (gone,) = after["erased"]

    def listed(found: Any) -> Any:
        places = [place for kind in ("shortlist", "reserve") for place in found["lists"][0][kind]]
        return [
            (place["startup"]["id"].replace(ID, gone["startup"]), place["rank"], place["final"]) for place in places
        ]

    assert before["erased"] == []
    assert "삭제 요청" in gone["note"]
    assert listed(after) == listed(before)
    assert (after["outcome"], after["filled"], after["total"]) == (before["outcome"], before["filled"], before["total"])
    assert after["terms"]["bans"][0]["startup_id"] == gone["startup"]


def test_replays_show_what_was_first_sent_with_the_startup_cut_out_and_marked(erasing: Erasing) -> None:
    own, listed = (
        erasing.client.post(f"/api/v1/runs/{run}/replay", headers={"Accept-Language": "ko"}).get_json()
        for run in (erasing.run, erasing.candidates)
    )
    again = erasing.post(f"runs/{erasing.candidates}/recomputation", {})
    (mark,) = [one for one in listed["candidates"] if one["startup"]["name"] == "삭제 요청으로 지운 기업"]

    assert own["startup"]["id"] == mark["startup"]["id"] != ID
    assert (mark["reasons"], mark["checks"], mark["flags"], own["flags"]) == ([], [], [], [])
    assert all(match["score"] and not match["reasons"] for match in own["matches"])
    assert (again["result"], again["made_again_sha256"]) == ("impossible", None)
    assert "삭제 요청에 따라" in again["reason"]


def test_every_process_forgets_it_though_its_id_is_nowhere(erasing: Erasing) -> None:
    found = erasing.get(f"programs/{PROGRAM}/candidates?limit=100&include=all")["candidates"]

    assert erasing.get(f"startups/{ID}/matches")["code"] == "startup_not_found"
    assert ID not in {candidate["startup"]["id"] for candidate in found}


def test_a_preview_that_held_it_takes_in_the_others(erasing: Erasing) -> None:
    done = erasing.client.post(f"{erasing.preview}/commit")

    assert done.status_code == 200
    assert erasing.get(f"startups/{ID}")["code"] == "startup_not_found"
    assert erasing.get("startups/s-0001")["employees"] == 9


def test_what_is_unknown_can_not_be_erased(erasing: Erasing) -> None:
    with pytest.raises(ServiceError) as refused:
        erasing.erase("none")

    assert refused.value.code == "nothing_to_erase"
