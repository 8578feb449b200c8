"""The manual is true: the ledger answers every case of every table as written."""

from pathlib import Path

import pytest

from model import vocabulary
from model.eligibility import RULES
from tests.spec.case import Case
from tests.spec.tables import TABLES

CODES = vocabulary.load(Path(__file__).resolve().parents[2] / "data" / "vocabularies").codes
CASES = [(table.rule, case) for table in TABLES for case in table.cases]


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[f"{rule}: {case.en}" for rule, case in CASES])
def test_the_rule_answers_as_the_manual_says(rule: str, case: Case):
    checks = case.checks(rule, CODES)

    assert [check.result for check in checks] == ([] if case.expected is None else [case.expected])
    assert [check.unlock.code if check.unlock else None for check in checks] == [case.unlock for _ in checks]


def test_every_rule_has_a_table():
    assert {table.rule for table in TABLES} == {rule.name for rule in RULES}


def test_the_manual_has_at_least_250_cases():
    assert len(CASES) >= 250
