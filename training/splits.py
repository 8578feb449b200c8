"""What may be learned from and what is held back to judge by: split by day where outcomes have one, else by startup."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from model.blocks.pasts import group
from model.domain import Outcome, Snapshot
from model.matching.known_pairs import KnownPairs, identity
from training.outcomes import Pair, first_day, pair_worths, positives

HELD_SHARE = 0.2
ENOUGH_DATED = 0.9
"""Pairs that must carry a day before a split by day is taken; the rest would be lost to both sides."""


@dataclass(frozen=True)
class Split:
    """`past` may be learned from; `held` are the good pairs that it does not know, with their worth.

    `asked`: every pair that something became known of later, good or not. A pair is no question once the past knows
    something of the startup in the program's family. `cut`: the first day that is held back,
    None when the split is by startup.
    """

    past: Snapshot
    held: dict[Pair, float]
    asked: frozenset[Pair]
    cut: date | None = None

    @cached_property
    def known(self) -> KnownPairs:
        """What the past knows of pairs, families and all; they are no longer a question."""
        return KnownPairs.of(self.past.outcomes, self.past.programs)

    @cached_property
    def unseen_programs(self) -> frozenset[str]:
        """Programs of which no year has a good pair in the past."""
        families = {program.id: group(program) for program in self.past.programs}
        families_known = {families[program_id] for _, program_id in positives(self.past.outcomes)}
        return frozenset(program_id for program_id, family in families.items() if family not in families_known)

    @property
    def cold(self) -> Split:
        """The same question with every outcome of the past withheld; what was known stays out of the lists."""
        cold = replace(self, past=replace(self.past, outcomes=()))
        # What was known and which programs were unseen is that of the past, whatever may be learned from it.
        cold.__dict__.update(known=self.known, unseen_programs=self.unseen_programs)
        return cold


def held_out(snapshot: Snapshot, *, seed: int = 0, share: float = HELD_SHARE) -> Split:
    """Hold back the latest `share` of the good pairs, or a seeded share of the startups where days are missing."""
    cut = _cut(snapshot, share)
    if cut is None:
        return _split(snapshot, lambda outcome: startup_number(outcome.startup_id, seed) < share, None)
    return _split(snapshot, lambda outcome: outcome.on is not None and outcome.on >= cut, cut)


def after(snapshot: Snapshot, day: date) -> Split:
    """Hold back what became known after a day; outcomes without a day count as known before."""
    return _split(snapshot, lambda outcome: outcome.on is not None and outcome.on > day, day)


def thinned(snapshot: Snapshot, share: float, *, seed: int = 0) -> Snapshot:
    """Keep a seeded share of the outcomes, pair by pair, to see how much past is needed."""
    thinned_outcomes = (o for o in snapshot.outcomes if startup_number(f"{o.startup_id}\0{o.program_id}", seed) < share)
    return replace(snapshot, outcomes=tuple(thinned_outcomes))


def startup_number(startup_id: str, seed: int) -> float:
    """Place a startup in [0, 1) by a seeded hash of its id: the same on every machine and in every order.

    >>> 0 <= startup_number("s-1", seed=0) < 1
    True
    """
    digest = hashlib.blake2b(f"{seed}\0{startup_id}".encode(), digest_size=6).digest()
    return int.from_bytes(digest) / 2.0**48


def _split(snapshot: Snapshot, is_held: Callable[[Outcome], bool], cut: date | None) -> Split:
    past = replace(snapshot, outcomes=tuple(outcome for outcome in snapshot.outcomes if not is_held(outcome)))
    later = pair_worths(outcome for outcome in snapshot.outcomes if is_held(outcome))
    known, families = KnownPairs.of(past.outcomes, past.programs), {p.id: group(p) for p in past.programs}
    asked = [pair for pair in later if families[pair[1]] not in known.facts.get(identity(pair[0]), {})]
    held = {pair: later[pair] for pair in sorted(asked) if later[pair] > 0}
    return Split(past, held, frozenset(asked), cut)


def _cut(snapshot: Snapshot, share: float) -> date | None:
    """The day from which about `share` of the good pairs are held back; None if days are missing or all the same."""
    good = positives(snapshot.outcomes)
    days = sorted(day for pair, day in first_day(snapshot.outcomes).items() if pair in good)
    if len(days) < ENOUGH_DATED * len(good) or len(set(days)) < 2:
        return None
    later = sorted(set(days))[1:]
    shares = np.array([sum(day >= cut for day in days) / len(days) for cut in later])
    return later[int(np.argmin(np.abs(shares - share)))]
