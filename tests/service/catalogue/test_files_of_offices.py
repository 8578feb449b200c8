"""`ieum import` of the files that offices have: what a person sees is in the records, or the command says why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model.faults import Fault
from tests.service.test_cli import home, ieum
from tests.support.persons_files import CASES, FORMULA, Case

__all__ = ["home"]


def brought(home: Path, case: Case) -> str:
    """Import a file by the command; gives all that it says."""
    (home / case.name).write_bytes(case.raw)
    done = ieum(home, "import", "--as", case.kind, home / case.name)

    assert done.exit_code == case.faulty
    return done.stdout + done.stderr


def check(home: Path, case: Case) -> None:
    lines = ieum(home, "export", case.kind).stdout.splitlines()
    stored = {record["id"]: record for record in map(json.loads, lines)}
    for key, expected in case.records.items():
        assert (key in stored) == (expected is not None)
        for field, value in (expected or {}).items():
            assert stored[key].get(field) == value


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_file_of_an_office_is_read_as_a_person_reads_it(home: Path, case: Case) -> None:
    said = brought(home, case)

    for code in case.codes:
        assert Fault(code).sentences("ko")[0] in said
    check(home, case)


def test_a_formula_that_was_never_calculated_leaves_what_is_stored(home: Path) -> None:
    (home / "startups.jsonl").write_text('{"id": "c-1", "revenue_krw": 500}\n', encoding="utf-8")
    ieum(home, "import", home / "startups.jsonl")
    said = brought(home, FORMULA)

    assert Fault(*FORMULA.codes).sentences("ko")[0] in said
    check(home, FORMULA)
