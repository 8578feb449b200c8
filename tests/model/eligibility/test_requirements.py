"""The bundled rows say what a row must say, or why they can't, each fact with its source."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from model.domain import Confidence, Conflict, FactSource, ParticipationStatus, Program
from model.eligibility.requirements import inspect
from model.snapshot import folder as snapshot

DATA = Path(__file__).resolve().parents[3] / "data" / "programs"
ROWS = [program for file in sorted(DATA.glob("*.jsonl")) for program in snapshot.read_programs(file)]


def test_no_bundled_row_has_a_gap_or_fact_that_nobody_explains():
    found = [fact for program in ROWS for fact in inspect(program)]

    assert [(fact.program_id, fact.rule, fact.field) for fact in found if not fact.is_explained] == []
    assert all(fact.confidence for fact in found)


def test_no_missing_fact_of_a_bundled_row_is_said_to_be_certain():
    found = [fact for program in ROWS for fact in inspect(program) if fact.value is None]

    assert [fact for fact in found if fact.field != "not_together_with" and fact.confidence is Confidence.FOUND] == []


ROW = Program(
    "p", closes_on=date(2026, 5, 11), max_age_years=7, not_together_with=(Conflict("nup", ParticipationStatus.AGREED),)
)


@pytest.mark.parametrize("field", ["opens_on", "closes_at", "founded_from", "founded_until", "basis", "closes_on"])
def test_a_row_without_sources_has_gaps(field):
    assert field in {fact.field for fact in inspect(ROW) if not fact.is_explained}


def test_a_reason_explains_a_gap():
    told = replace(ROW, fact_sources=(FactSource("공고 미확인", Confidence.UNSURE, ("opens_on",)),))

    assert "opens_on" not in {fact.field for fact in inspect(told) if not fact.is_explained}
