"""What stuffing a profile wins: places of 100, by kind of attack and set, from one run.

    python -m benchmarks.stuffing [FOLDER ...] [--seeds N] [--startups N] [--json FILE]

Each FOLDER is a snapshot; without any, the bundled sample and the sets in `../shared/data` are taken. A startup is
stuffed for a program that stands below the first fifth of its list. The gain is by how many places, of 100, the
program rises in the startup's list (S2P) and the startup in the program's (P2S), against the same profile unstuffed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from benchmarks.attacks import KINDS, Attacker
from model.domain import Program, Startup
from model.matcher import Matcher, ProgramPool, StartupPool

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


def measured(field: Field, *, attackers: int, seed: int, kinds: Mapping[str, object] = KINDS) -> Iterator[Gains]:
    """Try every kind."""
    return (field.gains(kind, attackers, seed) for kind in kinds)
