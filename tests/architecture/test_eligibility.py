"""Nothing but the ledger decides eligibility: elsewhere no check or verdict is made and no rule's facts are read."""

import ast
from pathlib import Path

import pytest

from model.eligibility import RULES
from tests.architecture import source
from tests.architecture.source import Module

LEDGER = "model/eligibility/"
ENTRANCES = {f"model.eligibility{room}" for room in ("", ".overview", ".requirements", ".unlocking")}
"""What others may import: the ledger itself, the overview, what rows must say, and how unlocks are carried out."""

READ_BY_OTHERS = {
    "always_open": "lists say so in the place of a closing day",
    "business_number": "taken out of what people wrote of an erased startup",
    "closes_at": "answers name the closing hour with the day",
    "closes_in": "answers name the month where the day isn't known",
    "closes_on": "answers name the closing day and list the soonest to close first",
    "corporate_number": "taken out of what people wrote of an erased startup",
    "entity": "a round's quotas may ask for it",
    "exclusive_group": "a round gives a startup one place in each",
    "family": "families tie the years of a program together, in scores and in names",
    "founded_on": "the younger firm goes first where a round's scores tie",
    "history": "fewer past selections go first where a round's scores tie",
    "id": "names a record",
    "industries": "scored",
    "industry": "scored",
    "kind": "scored",
    "languages": "scored",
    "new_industry_field": "scored",
    "region": "scored, and counted by 시도",
    "regions": "scored",
    "role": "references are never ranked",
    "seats": "a round gives them",
    "stage": "scored",
    "stages": "scored",
    "year": "orders the years of a family",
}
MAKERS = {"Check", "domain.Check", "Verdict", "domain.Verdict"}
RULES_OWN = {name for rule in RULES for name in (*rule.reads, *rule.asks)} - set(READ_BY_OTHERS)
OTHERS = [module for module in source.modules() if not module.name.startswith(LEDGER)]


def made(module: Module) -> list[str]:
    """Places that make a check or a verdict, or call a rule."""
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    return [f"{module.name}:{c.lineno}" for c in calls if ast.unparse(c.func) in MAKERS or _asks_a_rule(c.func)]


def _asks_a_rule(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and function.attr in {"judge", "weigh"}


def judged(module: Module) -> list[str]:
    """Places that name a verdict, as one must who gives it."""
    names = [node for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)]
    return [f"{module.name}:{n.lineno}" for n in names if isinstance(n.value, ast.Name) and n.value.id == "Verdict"]


def read(module: Module) -> list[str]:
    """Places that read a fact which only rules have a use for."""
    names = [node for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)]
    found = [n for n in names if n.attr in RULES_OWN and ast.unparse(n.value).split(".")[-1] != "codes"]
    return [f"{module.name}:{n.lineno} {n.attr}" for n in found]


def entered(module: Module) -> list[str]:
    """Imports of single rules past the ledger."""
    imports = [node for node in ast.walk(module.tree) if isinstance(node, ast.ImportFrom)]
    wrong = [n for n in imports if (n.module or "").startswith("model.eligibility") and n.module not in ENTRANCES]
    return [f"{module.name}:{n.lineno} {n.module}" for n in wrong]


@pytest.mark.parametrize("look", [made, judged, read, entered])
def test_nothing_but_the_ledger_decides_eligibility(look):
    assert [place for module in OTHERS for place in look(module)] == []


@pytest.mark.parametrize(
    ("look", "text"),
    [
        (made, "Check('stage', result, 'stage')"),
        (made, "Verdict(2)"),
        (made, "rule.judge(startup, program, setting)"),
        (judged, "found = Verdict.ELIGIBLE"),
        (read, "startup.representatives_qualify"),
        (read, "program.max_age_years"),
        (entered, "from model.eligibility.age import completed_years"),
    ],
)
def test_deciding_elsewhere_is_seen(look, text):
    assert len(look(Module("service/x.py", text))) == 1


def test_naming_a_code_table_is_no_decision():
    assert read(Module("service/x.py", "vocabulary.codes.manual_checks.get(code)")) == []


def test_every_fact_that_others_read_is_one_that_a_rule_reads_too():
    assert set(READ_BY_OTHERS) <= {name for rule in RULES for name in (*rule.reads, *rule.asks)}


def test_the_ledger_is_where_it_is_said_to_be():
    assert (Path(source.ROOT) / LEDGER / "ledger.py").exists()
