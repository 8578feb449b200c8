"""The exposure account: how much attention each region, stage, size and program received against its share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from model.rounds.outcome import RoundOutcome
from model.rounds.prefixes import Prefix, first_unfair
from model.rounds.standing import RUNNING

FIELDS = ("area", "region", "stage", "size")
"""Facts of a startup that an account is kept by; a startup whose fact is unknown counts under UNKNOWN."""

UNKNOWN = "unknown"
INSIDE, OUTSIDE = "capital", "non_capital"


@dataclass(frozen=True, slots=True)
class StartupExposure:
    """One startup in an account: its facts, at how many programs it was in the running, how many places it got."""

    startup: str
    facts: Mapping[str, str]
    chances: int
    places: int


@dataclass(frozen=True, slots=True)
class ValueExposure:
    """One value of a field: startups in the running and places; shares are of all of them."""

    field: str
    value: str
    eligible: int
    places: int
    eligible_share: float
    place_share: float

    @property
    def ratio(self) -> float | None:
        """Share of places over share of the eligible: 1 is even; None where nobody was eligible."""
        return self.place_share / self.eligible_share if self.eligible_share else None


@dataclass(frozen=True)
class Account:
    """Attention in one round, or in several together: per startup and per program."""

    startups: tuple[StartupExposure, ...] = ()
    programs: tuple[tuple[str, int, int], ...] = ()
    """Each program with its places given and its places in all."""

    def __add__(self, other: Account) -> Account:
        """Cumulate two accounts; facts are those of the later one."""
        by_startup = {s.startup: s for s in self.startups}
        for s in other.startups:
            before = by_startup.get(s.startup, StartupExposure(s.startup, s.facts, 0, 0))
            by_startup[s.startup] = StartupExposure(
                s.startup, s.facts, before.chances + s.chances, before.places + s.places
            )
        places_of: Counter[str] = Counter()
        room: Counter[str] = Counter()
        for program, places, total in (*self.programs, *other.programs):
            places_of[program] += places
            room[program] += total
        return Account(
            tuple(by_startup.values()), tuple((program, places_of[program], room[program]) for program in room)
        )

    def exposures(self, field: str) -> tuple[ValueExposure, ...]:
        """Compare places with eligibility, value by value."""
        eligible: Counter[str] = Counter()
        places: Counter[str] = Counter()
        for exposure in self._eligible:
            value = exposure.facts.get(field, UNKNOWN)
            eligible[value] += 1
            places[value] += exposure.places
        return tuple(
            ValueExposure(field, v, eligible[v], places[v], _share(eligible[v], eligible), _share(places[v], places))
            for v in sorted(eligible)
        )

    @property
    def gini(self) -> float:
        """How unevenly places are spread over the eligible startups: 0 even, towards 1 all with one."""
        return gini([exposure.places for exposure in self._eligible])

    @property
    def program_gini(self) -> float:
        """How unevenly given places are spread over programs, each against its own places."""
        return gini([places / total for _, places, total in self.programs if total])

    @property
    def coverage(self) -> float:
        """Share of the eligible startups that hold a place anywhere."""
        eligible = self._eligible
        return sum(exposure.places > 0 for exposure in eligible) / len(eligible) if eligible else 0.0

    @cached_property
    def area_ratio(self) -> float | None:
        """Ratio outside the capital area over the ratio inside: 1 is even; None where one of them can't be said."""
        ratios = {exposure.value: exposure.ratio for exposure in self.exposures("area")}
        inside, outside = ratios.get(INSIDE), ratios.get(OUTSIDE)
        return outside / inside if inside and outside is not None else None

    @cached_property
    def _eligible(self) -> Sequence[StartupExposure]:
        return [exposure for exposure in self.startups if exposure.chances]


def account(outcome: RoundOutcome) -> Account:
    """Draw up a round's account; programs whose demands clash gave nothing and don't count."""
    standing, placing = outcome.standing, outcome.placing
    # Where demands clash nobody got a place, so counting the chances there would look like neglect.
    counted = [c for c in range(len(placing.places)) if c not in placing.clashed]
    chances = (standing.state[:, counted] == RUNNING).sum(axis=1).tolist()
    places = Counter(row for column in counted for row in placing.places[column])
    exposures = (
        StartupExposure(startup.id, startup.facts, chances[row], places.get(row, 0))
        for row, startup in enumerate(standing.slate.startups)
    )
    program_places = ((standing.slate.programs[c].id, len(placing.places[c]), outcome.room[c]) for c in counted)
    return Account(tuple(exposures), tuple(program_places))


@dataclass(frozen=True, slots=True)
class Unfair:
    """A shortlist whose beginning holds too few from outside the capital area."""

    program: str
    prefix: Prefix


def unfair_lists(outcome: RoundOutcome) -> Iterator[Unfair]:
    """Find the shortlists that fail the ranked group fairness test, against each program's share in the running."""
    slate, standing = outcome.standing.slate, outcome.standing
    outside = [startup.fact("area") == OUTSIDE for startup in slate.startups]
    for column, rows in enumerate(outcome.placing.places):
        running = standing.orders[column].tolist()
        share = sum(outside[row] for row in running) / len(running) if running else 0.0
        prefix = first_unfair([outside[row] for row in running if row in rows], share)
        if prefix:
            yield Unfair(slate.programs[column].id, prefix)


def gini(values: Iterable[float]) -> float:
    """Gini coefficient of numbers ≥ 0; 0 where there is nothing to share.

    >>> gini([1, 1, 1]), gini([0, 0, 3])
    (0.0, 0.6666666666666666)
    """
    ordered = sorted(values)
    total = sum(ordered)
    if not total:
        return 0.0
    n = len(ordered)
    # The sorted form needs one pass; the mean of all differences would need n².
    return float(sum((2 * i - n - 1) * value for i, value in enumerate(ordered, 1)) / (n * total))


def _share(part: int, whole: Counter[str]) -> float:
    total = whole.total()
    return part / total if total else 0.0
