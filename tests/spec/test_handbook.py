"""The handbook on the shelf is the one that the tables make."""

from pathlib import Path

from model import vocabulary
from model.eligibility import RULES
from tests.spec import handbook

CODES = vocabulary.load(Path(__file__).resolve().parents[2] / "data" / "vocabularies").codes


def test_the_handbook_is_up_to_date():
    assert handbook.PAGE.read_text(encoding="utf-8") == handbook.page(CODES)


def test_the_handbook_has_a_section_for_every_rule():
    page = handbook.page(CODES)

    assert [rule.name for rule in RULES if f"| 규칙 rule | `{rule.name}` |" not in page] == []
