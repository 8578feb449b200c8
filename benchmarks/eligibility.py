"""How long the ledger takes for many pairs at once and one by one: `python -m benchmarks.eligibility`."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from model import vocabulary
from model.domain import (
    Conflict,
    Entity,
    Kind,
    Participation,
    ParticipationStatus,
    Program,
    Stage,
    Startup,
)
from model.eligibility import VERDICTS, Ledger, verdict

ROOT = Path(__file__).resolve().parent.parent
ON = date(2026, 7, 1)
INDUSTRIES = [f"{number:05d}" for number in range(10_000, 99_000, 74)]
"""As many codes as KSIC has classes."""

FAMILIES = [f"family-{number}" for number in range(40)]
BAR_SECONDS = 3.0


def startups(count: int, codes: vocabulary.Codes, rng: random.Random) -> list[Startup]:
    """Make startups whose facts are nearly all distinct: the hardest case for judging distinct facts once."""
    return [_startup(number, codes, rng) for number in range(count)]


def _startup(number: int, codes: vocabulary.Codes, rng: random.Random) -> Startup:
    return Startup(
        f"s-{number}",
        kind=rng.choice([*Kind]),
        stage=rng.choice([None, *Stage]),
        entity=rng.choice([None, *Entity]),
        founded_on=None if number % 9 == 0 else ON - timedelta(days=rng.randrange(5000)),
        new_industry_field=rng.choice([None, *range(1, 28)]),
        region=rng.choice([*codes.regions.by_code]),
        industry=rng.choice(INDUSTRIES),
        languages=tuple(rng.sample(["ko", "en", "ja"], rng.randrange(4))),
        history=tuple(_entry(rng) for _ in range(rng.randrange(5))),
        business_number=f"{rng.randrange(10**10):010d}",
    )


def _entry(rng: random.Random) -> Participation:
    return Participation(rng.choice(FAMILIES), rng.randrange(2023, 2027), rng.choice([*ParticipationStatus]))


def programs(count: int, codes: vocabulary.Codes, rng: random.Random) -> list[Program]:
    """Make programs with every rule stated, each with dates, limits and conflicts of its own."""
    return [_program(number, codes, rng) for number in range(count)]


def _program(number: int, codes: vocabulary.Codes, rng: random.Random) -> Program:
    opens = ON - timedelta(days=rng.randrange(60))
    return Program(
        f"p-{number}",
        family=rng.choice(FAMILIES),
        year=2026,
        applicants=tuple(rng.sample([*Kind], rng.randrange(3))),
        stages=tuple(rng.sample([*Stage], rng.randrange(4))),
        entities=tuple(rng.sample([*Entity], rng.randrange(3))),
        regions=tuple(rng.sample([*codes.regions.by_code], rng.randrange(6))),
        industries=tuple(rng.sample(["C", "J", "62", "58222", "26"], rng.randrange(3))),
        excluded_industries=("56211", "56212", "91242", "91249"),
        languages=tuple(rng.sample(["ko", "en"], rng.randrange(3))),
        notice_on=rng.choice([None, opens - timedelta(days=7)]),
        opens_on=opens,
        closes_on=opens + timedelta(days=rng.randrange(20, 120)),
        min_age_years=rng.choice([None, 1, 3]),
        max_age_years=rng.choice([3, 5, 7]),
        max_age_years_new_industry=rng.choice([None, 10]),
        non_capital_only=rng.choice([None, True]),
        exclusive_group=rng.choice([None, "group-a", "group-b"]),
        not_together_with=tuple(Conflict(f, ParticipationStatus.AGREED) for f in rng.sample(FAMILIES, 10)),
        seats=rng.randrange(50),
        manual_checks=("tax_arrears", "debt_default") if number % 2 else (),
    )


def best_of(times: int, act: Callable[[], object]) -> tuple[float, float]:
    """Give the shortest of some runs: seconds on the clock, and seconds of processor time."""
    taken = []
    for _ in range(times):
        start, busy = perf_counter(), process_time()
        act()
        taken.append((perf_counter() - start, process_time() - busy))
    return min(taken)


def pairwise(ledger: Ledger, people: Sequence[Startup], calls: Sequence[Program]) -> np.ndarray:
    """Ask pair by pair, as a page does for one startup."""
    codes = [[VERDICTS.index(verdict(ledger.checks(s, p, on=ON))) for p in calls] for s in people]
    return np.array(codes, np.int8)


def main() -> int:
    """Print the table; exit 1 if the bar is missed or the two ways differ."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--startups", type=int, default=10_000)
    options.add_argument("--programs", type=int, default=100)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    rng = random.Random(chosen.seed)
    codes = vocabulary.load(ROOT / "data" / "vocabularies").codes
    people, calls = startups(chosen.startups, codes, rng), programs(chosen.programs, codes, rng)
    ledger = Ledger(codes, calls)
    first = best_of(1, lambda: ledger.verdicts(people, calls, on=ON))
    swept = best_of(3, lambda: ledger.verdicts(people, calls, on=ON))
    sample = people[:200]
    alone = best_of(1, lambda: pairwise(ledger, sample, calls))
    same = bool((pairwise(ledger, sample, calls) == ledger.verdicts(sample, calls, on=ON)).all())
    pairs = len(people) * len(calls)
    share = pairs / (len(sample) * len(calls))
    print(f"{'way':<28}{'pairs':>12}{'seconds':>10}{'processor':>11}{'µs a pair':>12}")
    show("verdicts, first call", pairs, first)
    show("verdicts, best of 3", pairs, swept)
    show("checks, pair by pair", pairs, (alone[0] * share, alone[1] * share), "  (projected)")
    print(f"same verdicts both ways: {'yes' if same else 'NO'}")
    print(f"bar: {BAR_SECONDS:.0f} s on the clock, {'met' if swept[0] <= BAR_SECONDS else 'MISSED'}")
    return 0 if same and swept[0] <= BAR_SECONDS else 1


def show(way: str, pairs: int, taken: tuple[float, float], note: str = "") -> None:
    """Print one line of the table."""
    clock, processor = taken
    print(f"{way:<28}{pairs:>12,}{clock:>10.2f}{processor:>11.2f}{clock / pairs * 1e6:>12.2f}{note}")


if __name__ == "__main__":
    sys.exit(main())
