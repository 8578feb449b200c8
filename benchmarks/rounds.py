"""How fast are rounds, and how many seats do lists fill? `python -m benchmarks.rounds [--part speed|lists]`.

Speed: rounds over profiles drawn from the bundled ones with repetition, by each method, from vectors to outcome:
scoring, verdicts, order, places and the digest. Lists: a market whose every chance is known and seeded. Startups see a
list of programs, apply to one of them, and are taken with their chance while there are seats; lists by chance, by
score, with a cap, and by the clearing prices of a market stand side by side, of the same length and over the same
draws.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from benchmarks.determinism import DATA, ON, bundled
from model import vocabulary
from model.domain import Snapshot
from model.matching.matcher import Matcher, Pool
from model.rounds import Entrant, Method, Offer, Quota, Slate, Terms, Where, run
from model.rounds.lists import Lists, by_matching, by_score, capped
from model.vectors.corpus import Corpus

SIZES = ((1_000, 100, 5, 2.0), (10_000, 200, 10, 20.0))
"""Startups, programs, seats, and the seconds within which a round must end."""

PART = 1_000
DRAWS = 20
STARTUPS, PROGRAMS, SEATS = 889, 131, 2
LENGTHS = (1, 3, 5, 10)
LEAST_GAIN = 1.6
"""Lists that spread attention must fill so many times the seats that lists by score fill."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Market:
    """A drawn market: `chance` that a program takes a startup that applies, and scores that know it with noise."""

    chance: Floats
    liking: Floats
    units: NDArray[np.int32]


def speed(console: Console) -> bool:
    """Time rounds of each size and method; tells whether all bars hold."""
    known = bundled()
    matcher = Matcher.fit(Corpus.of(known, vocabulary.load(DATA / "vocabularies")), known.outcomes)
    table = Table(title="Rounds, scoring included", title_justify="left")
    for heading in (
        "startups",
        "programs",
        "seats",
        "method",
        "scoring s",
        "verdicts s",
        "round s",
        "total s",
        "bar s",
    ):
        table.add_column(heading, justify="left" if heading == "method" else "right")
    held = [_timed(table, matcher, known, size, name, terms) for size in SIZES for name, terms in ways().items()]
    console.print(table)
    return all(held)


def ways() -> dict[str, Terms]:
    """The terms that are timed."""
    quota = Quota("outside the capital area", Where("area", ("non_capital",)), 2, back_fill=())
    return {
        "each program, one quota": Terms(10, quotas=(quota,)),
        "deferred acceptance": Terms(10, one_group=True, method=Method.DEFERRED_ACCEPTANCE),
        "deferred acceptance, one quota": Terms(10, one_group=True, method=Method.DEFERRED_ACCEPTANCE, quotas=(quota,)),
        "total fit": Terms(10, one_group=True, method=Method.TOTAL_FIT),
        "total fit, one quota": Terms(10, one_group=True, method=Method.TOTAL_FIT, quotas=(quota,)),
    }


def _timed(
    table: Table, matcher: Matcher, known: Snapshot, size: tuple[int, int, int, float], name: str, terms: Terms
) -> bool:
    n, m, seats, bar = size
    rng = np.random.default_rng(3)
    calls = [program for program in known.programs if program.is_ranked]
    x, y = rng.integers(0, len(known.startups), n), rng.integers(0, len(calls), m)
    startups, programs = matcher.startup_pool(known.startups), matcher.program_pool(calls)
    begin = perf_counter()
    offers = Pool(tuple(calls[j] for j in y), programs.vectors.rows(y))
    parts = [x[start : start + PART] for start in range(0, n, PART)]
    drawn = (Pool(tuple(known.startups[i] for i in part), startups.vectors.rows(part)) for part in parts)
    units = np.concatenate([matcher.plane(part, offers).units for part in drawn])
    scored = perf_counter()
    people = [known.startups[i] for i in x]
    verdicts = matcher.ledger.verdicts(people, offers.profiles, on=ON)
    judged = perf_counter()
    areas = ("capital", "non_capital")
    entrants = tuple(Entrant(f"s{i}", facts={"area": areas[i % 3 == 0]}) for i in range(n))
    slate = Slate(entrants, tuple(Offer(f"p{j}", seats) for j in range(m)), units, np.where(verdicts == 1, 0, verdicts))
    outcome = run(slate, terms)
    assert len(outcome.digest) == 64
    end = perf_counter()
    spent = (scored - begin, judged - scored, end - judged, end - begin)
    cells = (f"{n:,}", str(m), str(seats), name, *(f"{seconds:.2f}" for seconds in spent), f"≤ {bar:g}")
    table.add_row(*cells)
    return end - begin <= bar


def market(seed: int) -> Market:
    """Draw a market: fields of both sides, programs that everybody wants, startups that everybody wants."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(STARTUPS, 8)), rng.normal(size=(PROGRAMS, 8))
    fit = x @ y.T / np.sqrt(8)
    liking = fit + 1.2 * rng.normal(size=PROGRAMS)[None, :]
    chance = 1 / (1 + np.exp(1 - fit - 0.5 * rng.normal(size=STARTUPS)[:, None]))
    seen = liking + np.log(chance) + 0.5 * rng.normal(size=fit.shape)
    return Market(chance, liking, np.rint(1_000_000 / (1 + np.exp(-seen / 2))).astype(np.int32))


def filled(drawn: Market, lists: Lists, seed: int) -> int:
    """Let everybody apply to one program of their list, as they like it, and fill the seats by chance."""
    rng = np.random.default_rng(seed)
    rows = np.arange(STARTUPS)
    liked = np.take_along_axis(drawn.liking, lists.columns, 1) + rng.gumbel(size=lists.columns.shape)
    chosen = lists.columns[rows, liked.argmax(axis=1)]
    taken = rng.random(STARTUPS) < drawn.chance[rows, chosen]
    return int(np.minimum(np.bincount(chosen[taken], minlength=PROGRAMS), SEATS).sum())


def makers(length: int) -> dict[str, Callable[[Market, int], Lists]]:
    """The ways to make lists that are compared."""
    seats = [SEATS] * PROGRAMS
    cap = -(-STARTUPS * length // PROGRAMS)
    allowed = np.ones((STARTUPS, PROGRAMS), bool)
    return {
        "random": lambda _, seed: by_score(_any(seed), allowed, length),
        "by score (pairwise)": lambda m, _: by_score(m.units, allowed, length),
        "capped": lambda m, _: capped(m.units, allowed, [cap] * PROGRAMS, length),
        "clearing prices (Sinkhorn)": lambda m, _: by_matching(m.units, allowed, seats, length),
    }


def _any(seed: int) -> NDArray[np.int32]:
    return np.random.default_rng(seed).integers(0, 1_000_000, (STARTUPS, PROGRAMS)).astype(np.int32)


def lists(console: Console) -> bool:
    """Fill the seats of drawn markets from each kind of list; tells whether the bar holds at every length."""
    console.print(f"{STARTUPS} startups, {PROGRAMS} programs with {SEATS} seats each, mean of {DRAWS} draws")
    table = Table(title="Seats filled, and the mean score of what is listed", title_justify="left")
    for heading in ("length", "lists", "filled", "of seats", "to pairwise", "mean score"):
        table.add_column(heading, justify="left" if heading == "lists" else "right")
    markets = [market(seed) for seed in range(DRAWS)]
    held = [_compared(table, markets, length) for length in LENGTHS]
    console.print(table)
    return all(held)


def _compared(table: Table, markets: list[Market], length: int) -> bool:
    means: dict[str, tuple[float, float]] = {}
    for name, make in makers(length).items():
        made = [make(drawn, 100 + seed) for seed, drawn in enumerate(markets)]
        counts = [filled(drawn, one, 200 + seed) for seed, (drawn, one) in enumerate(zip(markets, made, strict=True))]
        scores = [np.take_along_axis(m.units, one.columns, 1).mean() for m, one in zip(markets, made, strict=True)]
        means[name] = (float(np.mean(counts)), float(np.mean(scores)) / 10_000)
    plain = means["by score (pairwise)"][0]
    for name, (count, score) in means.items():
        share = f"{count / (SEATS * PROGRAMS):.0%}"
        table.add_row(str(length), name, f"{count:.1f}", share, f"{count / plain:.2f}", f"{score:.2f}")
    return all(means[name][0] >= LEAST_GAIN * plain for name in ("capped", "clearing prices (Sinkhorn)"))


def main() -> int:
    """Run the parts that are asked for; 0 if every bar holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("speed", "lists"), action="append")
    wanted = parser.parse_args().part or ["speed", "lists"]
    console = Console(width=140)
    with threadpool_limits(limits=1):
        held = [{"speed": speed, "lists": lists}[part](console) for part in wanted]
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())
