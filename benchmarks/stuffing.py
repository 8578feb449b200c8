"""What stuffing a profile wins: places of 100, by kind of attack and set, from one run.

    python -m benchmarks.stuffing [FOLDER ...] [--seeds N] [--startups N] [--json FILE]

Each FOLDER is a snapshot; without any, the bundled sample and the sets in `../shared/data` are taken. A startup is
stuffed for a program that stands below the first fifth of its list. The gain is by how many places, of 100, the
program rises in the startup's list (S2P) and the startup in the program's (P2S), against the same profile unstuffed.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks.attacks import KINDS, Attacker
from benchmarks.quality import CACHE, SETS, VOCABULARIES
from model import vocabulary
from model.domain import Program, Snapshot, Startup
from model.matching.matcher import Matcher, ProgramPool, StartupPool
from model.snapshot import folder as snapshot
from model.snapshot import rows
from model.vectors.corpus import Corpus, silent
from model.vectors.text_cache import TextCache

DATA = Path(__file__).resolve().parent.parent / "data"
Float = NDArray[np.float64]
BEST_FIFTH = 0.2


@dataclass(frozen=True)
class Gains:
    """Places of 100 won by each attack of one kind, (attacks,), in both lists."""

    kind: str
    programs: Float
    startups: Float


@dataclass(frozen=True)
class Field:
    """The honest lists that an attacker wants to climb: `units` (n, m) of all startups with all ranked programs."""

    matcher: Matcher
    startups: StartupPool
    programs: ProgramPool
    units: NDArray[np.int32]

    @classmethod
    def of(cls, matcher: Matcher, startups: Sequence[Startup], programs: Sequence[Program]) -> Field:
        """Score everyone honestly."""
        x = matcher.startup_pool(startups)
        y = matcher.program_pool([program for program in programs if program.is_ranked])
        return cls(matcher, x, y, matcher.plane(x, y).units)

    def gains(self, kind: str, attackers: int, seed: int) -> Gains:
        """Let startups stuff their profiles, each for a program that does not suit it."""
        rng = Random(f"{kind} {seed}")
        rows = sorted(rng.sample(range(len(self.startups)), min(attackers, len(self.startups))))
        targets = [self._unsuitable(row, rng) for row in rows]
        attacker = Attacker(self.programs.profiles, rng)
        stuffed = [
            KINDS[kind](attacker, self.startups.profiles[i], self.programs.profiles[j])
            for i, j in zip(rows, targets, strict=True)
        ]
        scores = self.matcher.plane(self.matcher.startup_pool(stuffed), self.programs).units
        found = [self._won(i, j, scores[k]) for k, (i, j) in enumerate(zip(rows, targets, strict=True))]
        return Gains(kind, *np.array(found, float).T)

    def _unsuitable(self, row: int, rng: Random) -> int:
        order = np.argsort(-self.units[row], kind="stable")
        return int(rng.choice(order[int(BEST_FIFTH * len(order)) :].tolist()))

    def _won(self, i: int, j: int, stuffed: NDArray[np.int32]) -> tuple[float, float]:
        others = np.delete(self.units[:, j], i)
        programs = _place(self.units[i], self.units[i, j]) - _place(stuffed, stuffed[j])
        startups = _place(others, self.units[i, j]) - _place(others, stuffed[j])
        return programs, startups


def _place(units: NDArray[np.int32], own: np.int32) -> float:
    """How far down a list of 100 a score stands, ties counted half."""
    return float(100 * ((units > own).sum() + (units == own).sum() / 2) / len(units))


def table(name: str, found: Sequence[Gains]) -> Table:
    """Lay out what each kind of attack won, and all together."""
    shown = Table(title=f"{name}: places of 100 won, median and 95 %", title_justify="left")
    for heading in ("attack", "attacks", "S2P median", "95 %", "P2S median", "95 %"):
        shown.add_column(heading, justify="left" if heading == "attack" else "right")
    for gains in found:
        shown.add_row(*_cells(gains))
    shown.add_section()
    shown.add_row(*_cells(joined("all", found)), style="bold")
    return shown


def joined(kind: str, found: Sequence[Gains]) -> Gains:
    """Several kinds or seeds as one."""
    return Gains(kind, np.concatenate([g.programs for g in found]), np.concatenate([g.startups for g in found]))


def _cells(gains: Gains) -> tuple[str, ...]:
    sides = (gains.programs, gains.startups)
    figures = (f"{value:.1f}" for side in sides for value in (np.median(side), np.quantile(side, 0.95)))
    return gains.kind, str(len(gains.programs)), *figures


def field_of(snapshot: Snapshot) -> Field:
    """Fit on a snapshot and score everyone honestly; texts are remembered while it lasts."""
    matcher = Matcher.fit(Corpus.of(snapshot, vocabulary.load(VOCABULARIES), cache=CACHE), snapshot.outcomes)
    texts, fitted = TextCache.at(None), matcher.vectoriser
    fitted = replace(fitted, encode=texts.encoding(fitted.encode, silent))
    return Field.of(replace(matcher, vectoriser=fitted), snapshot.startups, snapshot.programs)


def sample() -> Snapshot:
    """The bundled programs, startups and outcomes."""
    programs = [row for path in sorted((DATA / "programs").glob("*.jsonl")) for row in snapshot.read_programs(path)]
    with (DATA / "sample" / "outcomes.csv").open(encoding="utf-8", newline="") as lines:
        outcomes = tuple(rows.outcome(row) for row in csv.DictReader(lines))
    return Snapshot(snapshot.read_startups(DATA / "sample" / "startups.jsonl"), tuple(programs), outcomes)


def main(
    folders: Annotated[list[Path] | None, typer.Argument(help="snapshot folders")] = None,
    seeds: Annotated[int, typer.Option(help="how often everything is drawn anew")] = 3,
    startups: Annotated[int, typer.Option(help="attackers of each kind and seed")] = 40,
    out: Annotated[Path | None, typer.Option("--json", help="write every gain to this file as well")] = None,
) -> None:
    """Measure what stuffing wins."""
    chosen = folders if folders is not None else sorted(path.parent for path in SETS.glob("*/startups.jsonl"))
    sets = {} if folders else {"sample": sample()}
    console, kept = Console(width=120), {}
    for name, found in (sets | {folder.name: snapshot.read(folder) for folder in chosen}).items():
        field = field_of(found)
        gains = [joined(kind, [field.gains(kind, startups, seed) for seed in range(seeds)]) for kind in KINDS]
        console.print(table(name, gains))
        kept[name] = {g.kind: {"programs": g.programs.tolist(), "startups": g.startups.tolist()} for g in gains}
    if out:
        out.write_text(json.dumps(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
