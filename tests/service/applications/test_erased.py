"""Erasing a firm reaches what it applied with, what persons wrote of it, and the lists that name it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from service.actions.records.erase import Erase
from service.identity import SHELL, UserRole
from service.storage import repositories
from service.wired import KEY, Wired
from tests.service import given
from tests.service.applications.test_applicants import bring, number, sheet
from tests.service.applications.test_desk import HEADINGS, PROGRAM, listing, one, record, select

ID, NAME, ITEM, NUMBER = "f-sentinel", "아주별난상호", "세상에하나뿐인아이템", number(77)


def erased(app: Flask) -> Any:
    """A firm that was everywhere before it was erased: the id of its application."""
    wired: Wired = app.extensions[KEY]
    operator, manager = app.test_client(), given.acting(app, UserRole.MANAGER)
    own = {"id": ID, "name": NAME, "business_number": NUMBER}
    assert operator.put(f"/api/v1/startups/{ID}", json=own).status_code == 201
    bring(app, sheet((5, ID, ITEM, "2026-02-01"), headings=HEADINGS), PROGRAM.id)
    identifier = manager.get("/api/v1/applications").get_json()["items"][0]["id"]
    paper = {"paper": "납세증명서", "paper_number": "가나-12345", "remark": f"{NAME} 대표 확인"}
    code = next(x["code"] for x in manager.get(f"/api/v1/applications/{identifier}").get_json()["requirements"])
    record(manager, [identifier], "check", code, "confirmed", **paper)
    record(manager, [identifier], "request", text=f"{NAME}은 서류를 다시 내십시오.", due_on="2026-02-09")
    listing(app, (f"(주){NAME}", NUMBER))
    bring(app, sheet((5, ID, f"{ITEM} 둘째", "2026-02-01"), headings=HEADINGS), PROGRAM.id)
    select(manager, ID)
    record(manager, [identifier], "step", "pledged", reason=f"{NAME}의 확약서")
    list_id = one(manager, identifier)["listed"][0]["listing"]
    overridden = record(manager, [identifier], "override", list_id, reason=f"{NAME} 소명")
    assert overridden.status_code == 201
    wired.accesses.flush()
    records = repositories.open_records(lambda: given.NOON)
    Erase(wired.catalogue, records)(ID, "삭제 요청", SHELL)
    return identifier


def test_nothing_of_it_is_left_but_that_it_applied(app: Flask, tmp_path: Path) -> None:
    identifier = erased(app)
    wired: Wired = app.extensions[KEY]
    manager = given.acting(app, UserRole.MANAGER)
    left = manager.get(f"/api/v1/applications/{identifier}").get_json()
    files = b"".join(path.read_bytes() for path in tmp_path.glob("ieum.db*"))

    assert left["application"].keys() == {"id", "startup_id", "program_id", "received_on"}
    assert [entry["kind"] for entry in left["entries"]] == ["check", "request", "step", "override"]
    assert [secret for secret in (ID, NAME, ITEM, NUMBER, "가나-12345") if secret.encode() in files] == []
    assert wired.verify_audit().broken is None
