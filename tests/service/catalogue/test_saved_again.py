"""Every export, saved again by a spreadsheet program: imported it changes nothing, and no cell of the rest changes."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.service.rounds.test_round_sheets import XLSX, combined, filled_in
from tests.service.rounds.test_rounds import start
from tests.support.workbooks import sheets

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not here, so no export is saved again")
WHY = "reason=시험"
BASE = "/api/v1/exports"
SHOWN = ("decisions", "startups/s-0001/matches", "programs/nup-2026/candidates")
"""What no importer takes."""

COMMA_QUOTE_UTF8 = "44,34,76"
AS = {"xlsx": "xlsx", "csv": f"csv:Text - txt - csv (StarCalc):{COMMA_QUOTE_UTF8}"}


def saved_again(folder: Path, form: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """What LibreOffice writes when it has opened each file and saves it in the same form."""
    for number, raw in enumerate(files.values()):
        (folder / f"{number}.{form}").write_bytes(raw)
    home = f"-env:UserInstallation=file://{folder}/office"
    read = [f"--infilter=CSV:{COMMA_QUOTE_UTF8},1"] if form == "csv" else []
    names = [str(folder / f"{number}.{form}") for number in range(len(files))]
    command = [str(OFFICE), home, "--headless", *read, "--convert-to", AS[form], "--outdir", str(folder / "saved")]
    subprocess.run([*command, *names], check=True, capture_output=True, timeout=500)
    return {name: (folder / "saved" / f"{n}.{form}").read_bytes() for n, name in enumerate(files)}


def brought(client: FlaskClient, kind: str, raw: bytes) -> dict[str, int]:
    sent = client.post(f"/api/v1/imports?commit=true&kind={kind}", data=raw, content_type="text/csv")
    assert sent.status_code == 201, sent.get_json()
    counts: dict[str, int] = sent.get_json()["counts"]
    return {name: counts[name] for name in ("added", "changed", "faulty")}


def cells(raw: bytes, form: str) -> dict[str, list[list[Any]]]:
    """Every sheet's cells without the blank ones behind the last of a row, numbers as numbers."""
    separated = csv.reader(io.StringIO(raw.decode("utf-8-sig") if form == "csv" else "", newline=""))
    tables = {"": [*separated]} if form == "csv" else sheets(raw)
    rows = {name: [[_value(cell) for cell in row] for row in table] for name, table in tables.items()}
    return {name: [_trimmed(row) for row in table if _trimmed(row)] for name, table in rows.items()}


def _value(cell: Any) -> Any:
    try:
        return float(cell) if isinstance(cell, str | int | float) else cell
    except ValueError:
        return cell


def _trimmed(row: list[Any]) -> list[Any]:
    return _trimmed(row[:-1]) if row and row[-1] == "" else row


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_stays_what_it_is(app: Flask, tmp_path: Path, form: str) -> None:
    client = app.test_client()
    body = {"program_id": "nup-2026", "startup_id": "s-0001", "action": "shortlisted", "reason": "=기술 적합"}
    client.post("/api/v1/decisions", json=body, headers={"Idempotency-Key": "key-0001-decision", "If-None-Match": "*"})
    taken = {what: client.get(f"{BASE}/{what}.{form}?{WHY}").data for what in ("startups", "programs", *SHOWN)}
    outcomes = b"startup_id,program_id,outcome\ns-0001,nup-2026,selected\ns-0002,nup-2026,rejected\n"
    if form == "csv":
        assert brought(client, "outcomes", outcomes) == {"added": 2, "changed": 0, "faulty": 0}
        taken["outcomes"] = outcomes
    saved = saved_again(tmp_path, form, taken)

    for kind in saved.keys() - set(SHOWN):
        assert brought(client, kind, saved[kind]) == {"added": 0, "changed": 0, "faulty": 0}
    for what in SHOWN:
        assert cells(saved[what], form) == cells(taken[what], form)


def test_a_rounds_workbook_with_scores_comes_to_the_same(app: Flask, tmp_path: Path) -> None:
    client = app.test_client()
    round_ = start(client)["id"]
    empty = client.get(f"/api/v1/rounds/{round_}/export.xlsx?{WHY}").data
    filled = filled_in(empty, lambda line, evaluator: 60.5 + line + evaluator)
    saved = saved_again(tmp_path, "xlsx", {"empty": empty, "filled": filled})

    assert cells(saved["empty"], "xlsx") == cells(empty, "xlsx")
    assert combined(client, round_, saved["filled"])["combined"] == combined(client, round_, filled)["combined"]
    again = client.post(f"/api/v1/rounds/{round_}/scores", data=saved["empty"], headers=XLSX)
    assert again.get_json()["code"] == "no_scores"


@pytest.mark.parametrize(
    ("key", "column", "value"),
    [("z-1", "업종 코드", "01110"), ("z-1", "사업자등록번호", "0012200005"), ("0012", "기업명", "가")],
)
def test_a_code_that_a_spreadsheet_program_takes_for_a_number_changes_nothing(
    app: Flask, tmp_path: Path, key: str, column: str, value: str
) -> None:
    client = app.test_client()
    table = f"기업 ID,{column}\n{key},{value}\n".encode()
    assert brought(client, "startups", table) == {"added": 1, "changed": 0, "faulty": 0}
    before = client.get(f"/api/v1/startups/{key}").get_json()
    saved = saved_again(tmp_path, "csv", {"startups": table})["startups"]
    sent = client.post("/api/v1/imports?commit=true&kind=startups", data=saved, content_type="text/csv")

    assert (sent.status_code, sent.get_json()["code"]) == (422, "import_has_faults")
    assert client.get(f"/api/v1/startups/{key}").get_json() == before
    assert client.get("/api/v1/startups/12").status_code == 404
