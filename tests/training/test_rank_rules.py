"""Ranked lists know the programs that they are given: these make up the exclusive groups."""

import json
from dataclasses import replace
from datetime import date

import pytest

from model.domain import Confidence, Participation, ParticipationStatus, Snapshot, Startup
from model.matching.matcher import Rules
from model.snapshot import folder as snapshot
from tests.service import given
from training import recipe
from training.recipe.lists import ListWish

APPLIED = Startup("s", history=(Participation("jungle", 2026, ParticipationStatus.APPLIED),))
WISH = ListWish(date(2026, 2, 2), None, rules=Rules.INCLUDE_INELIGIBLE)


@pytest.fixture(scope="module")
def artifact(tmp_path_factory):
    return given.shared_artifact(tmp_path_factory) / "v1"


@pytest.mark.parametrize(
    ("families", "confidence", "verdict"),
    [
        (("nup", "jungle"), None, "ineligible"),
        (("nup", "jungle"), Confidence.UNSURE, "needs_check"),
        (("nup",), None, "needs_check"),
    ],
)
def test_an_application_to_another_program_of_the_file_is_a_fail(artifact, tmp_path, families, confidence, verdict):
    """As far as the group's source is sure; that of the bundled rows is not."""
    offered = tuple(
        replace(program, exclusive_group_confidence=confidence)
        for program in given.programs()
        if program.family in families
    )
    snapshot.write(tmp_path / "files", Snapshot((APPLIED,), offered), created_at=given.NOON)
    out = tmp_path / "lists.jsonl"

    recipe.rank(artifact, tmp_path / "files" / "startups.jsonl", tmp_path / "files" / "programs.jsonl", WISH, out)

    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["verdict"] for row in rows if row["candidate_id"] == "nup-2026"] == [verdict]
