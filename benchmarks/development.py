"""Development sets as trials: a snapshot to fit on, the test startups, and which programs stand in their lists."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from model.blocks.pasts import group
from model.domain import Program, Snapshot
from model.snapshot import folder as snapshot
from model.snapshot.folder import STARTUPS
from training.evaluation.judging import Mask, Trial
from training.outcomes import gains, positives

PAIRS = "test_pairs.csv"
HERE = Path(__file__).resolve().parent
PROPOSALS, DATA = HERE / "proposals", HERE.parent / "data"


@dataclass(frozen=True)
class DevelopmentSet:
    """`snapshot` is what a method may learn from; `trial` is what it is judged by."""

    name: str
    snapshot: Snapshot
    trial: Trial

    @property
    def without_outcomes(self) -> Snapshot:
        """The same startups and programs with every outcome withheld."""
        return replace(self.snapshot, outcomes=())

    @property
    def never_seen(self) -> Mask:
        """Programs of which no year has a past participant, (m,)."""
        families = {program.id: group(program) for program in self.snapshot.programs}
        seen = {families[program_id] for _, program_id in positives(self.snapshot.outcomes)}
        return np.array([group(program) not in seen for program in self.trial.programs])


def read(folder: Path) -> DevelopmentSet:
    """Read a snapshot folder that also holds `test_pairs.csv` (startup_id, program_id, group)."""
    return _set(folder.name, snapshot.read(folder), folder)


def _set(name: str, whole: Snapshot, folder: Path) -> DevelopmentSet:
    with (folder / PAIRS).open(encoding="utf-8", newline="") as lines:
        pairs = list(csv.DictReader(lines))
    groups = {pair["startup_id"]: pair["group"] or "" for pair in pairs}
    startups = tuple(startup for startup in whole.startups if startup.id in groups)
    worths = {(pair["startup_id"], pair["program_id"]): 1.0 for pair in pairs}
    programs = tuple(program for program in whole.programs if program.is_ranked)
    allowed = np.array([[_stands_in(program, groups[s.id]) for program in programs] for s in startups])
    return DevelopmentSet(name, whole, Trial(startups, programs, gains(startups, programs, worths), allowed))


def proposals() -> DevelopmentSet:
    """Long proposals, invented and written by hand, for calls of 2026: what each answers, among that year's programs.

    The bundled startups stand beside them, so that words are as common as among other applicants.
    """
    programs = tuple(snapshot.read_programs(DATA / "programs" / "2026.jsonl"))
    startups = (*snapshot.read_startups(PROPOSALS / STARTUPS), *snapshot.read_startups(DATA / "sample" / STARTUPS))
    return _set("proposals", Snapshot(startups, programs), PROPOSALS)


def _stands_in(program: Program, group: str) -> bool:
    return not group or str(program.year) == group


def pooled(folder: Path) -> DevelopmentSet:
    """Put programs of both languages in one pool: every second pair's own text stands there as a program too.

    The startups of those pairs are taken out, so that no startup meets its own words as a program.
    """
    whole = read(folder)
    asking, lending = whole.trial.startups[::2], whole.trial.startups[1::2]
    lent = tuple(Program(f"pool-{s.id}", summary=s.summary, summary_en=s.summary_en) for s in lending)
    lost = {startup.id for startup in lending}
    kept = tuple(startup for startup in whole.snapshot.startups if startup.id not in lost)
    found = Snapshot(kept, whole.snapshot.programs + lent)
    table = np.hstack([whole.trial.gains[::2], np.zeros((len(asking), len(lent)))])
    trial = Trial(asking, whole.trial.programs + lent, table, np.ones(table.shape, dtype=bool))
    return DevelopmentSet(f"{whole.name} pooled", found, trial)
