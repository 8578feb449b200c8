"""What a round's terms must keep to, on every way in: one set of rules, each fault with its field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from model.domain import FULL_SCORE_UNITS, UNITS_PER_POINT, Entity, Kind, Stage
from model.faults import Fault, shown
from model.rounds.terms import LEAST_FACTOR, MOST_FACTOR, SINGLE, Ban, Bonus, Interest, Lock, Quota, Terms, Where
from model.vocabulary.codes import Codes

MOST_SEATS = 10_000
MOST_RULES = 100
MOST_PAIRS_BY_RULES = 2_000_000
"""Startups times programs times rules: what each rule moved is told by running the round without it."""

MOST_EFFORT = 5_000
"""Programs times rules (and one) times quotas (and two): each run asks each program for its quotas in turn."""

FULL_PERCENT = 100
LONGEST_NAME, LONGEST_REASON = 200, 5_000
"""Characters."""

CAPITAL, NON_CAPITAL = "capital", "non_capital"
SIZES = ((9, "1-9"), (49, "10-49"), (299, "50-299"))
"""Employees up to which a startup has a size; the rest are `300+`."""

LARGEST = "300+"
PROVINCE = 2
"""Digits of the code of a 시도."""

OPEN_FIELDS = ("industry", "id")
"""Fields of a profile that terms may ask for and that have no short list of values."""


@dataclass(frozen=True)
class TermChoices:
    """What terms may name: who takes part, and the values of each field that has a closed list of them.

    `stated` are the further fields that somebody stated of the startups, beside those of their profiles.
    """

    startups: Collection[str]
    programs: Collection[str]
    values: Mapping[str, Collection[str]]
    stated: Collection[str] = field(default=frozenset())


def values_of(codes: Codes) -> dict[str, tuple[str, ...]]:
    """The values of each field that quotas and bonuses may ask for, where they form a closed list."""
    provinces = (region.code for region in codes.regions.by_code.values() if not region.successors)
    return {
        "area": (CAPITAL, NON_CAPITAL),
        "region": tuple(code for code in provinces if len(code) == PROVINCE),
        "stage": tuple(Stage),
        "size": (*(size for _, size in SIZES), LARGEST),
        "kind": tuple(Kind),
        "entity": tuple(Entity),
        "gender": ("f", "m"),
        "participation": ("known", "new"),
        "new_industry_field": tuple(codes.new_industry.by_code),
    }


def faults(terms: Terms, named: TermChoices) -> list[Fault]:
    """Everything in the terms that makes no sense, each with the field as the API's document names it."""
    return [
        *_numbers(terms),
        *_too_many(terms, len(named.startups), max(1, len(named.programs))),
        *_rules("bonuses", terms.bonuses, named),
        *_rules("quotas", terms.quotas, named),
        *(fault for place, quota in enumerate(terms.quotas) for fault in _seats_of(f"quotas.{place}", quota, named)),
        *(fault for path, rule in _personal(terms) for fault in text(f"{path}.reason", rule.reason, LONGEST_REASON)),
        *(
            fault
            for place, interest in enumerate(terms.interests)
            for fault in text(f"interests.{place}.evaluator", interest.evaluator)
        ),
    ]


def facts_faults(facts: Mapping[str, Mapping[str, str]], values: Mapping[str, Collection[str]]) -> list[Fault]:
    """Everything in the facts that somebody stated of startups that is no value of its field."""
    return [
        fault
        for startup, stated in facts.items()
        for name, value in stated.items()
        for fault in _value(f"{startup}.{name}", value, values.get(name))
    ]


def strangers(terms: Terms, named: TermChoices) -> list[Fault]:
    """Everybody whom the terms name and who takes no part in the round."""
    people, offers = dict(_people(terms)), dict(_offers(terms))
    return [
        *(_refused("not_in_round", path, who) for path, who in people.items() if who not in named.startups),
        *(_refused("not_in_round", path, which) for path, which in offers.items() if which not in named.programs),
    ]


def _numbers(terms: Terms) -> Iterator[Fault]:
    if terms.factor != SINGLE and not LEAST_FACTOR <= terms.factor <= MOST_FACTOR:
        yield _refused("not_allowed", "factor", f"{terms.factor / 10:g}", "1, 1.5-3.0")
    most = FULL_SCORE_UNITS // UNITS_PER_POINT
    points = [("minimum", terms.minimum, 0), ("bonus_limit", terms.bonus_limit or 0, 0)]
    points += [(f"bonuses.{place}.points", bonus.units, -most) for place, bonus in enumerate(terms.bonuses)]
    for path, units, least in points:
        if not least * UNITS_PER_POINT <= units <= FULL_SCORE_UNITS:
            yield _refused("out_of_range", path, f"{units / UNITS_PER_POINT:g}", f"{least}-{most}")
    for program, seats in terms.seats.items():
        if not 0 <= seats <= MOST_SEATS:
            yield _refused("out_of_range", f"seats.{program}", str(seats), f"0-{MOST_SEATS}")


def _too_many(terms: Terms, startups: int, programs: int) -> Iterator[Fault]:
    """Fault the longest list of rules where a round of this size takes fewer of all kinds together."""
    counts = {name: len(getattr(terms, name)) for name in ("bonuses", "quotas", "locks", "bans")}
    longest = max(counts, key=lambda name: counts[name])
    rules, quotas = sum(counts.values()), counts["quotas"]

    def bears(left_out: int) -> bool:
        count, asked = rules - left_out, quotas - (left_out if longest == "quotas" else 0)
        effort = programs * (count + 1) * (asked + 2)
        return count <= MOST_RULES and startups * programs * count <= MOST_PAIRS_BY_RULES and effort <= MOST_EFFORT

    fewer = next((number for number in range(counts[longest]) if bears(number)), counts[longest] - 1)
    if fewer > 0:
        yield _refused("too_many_rules", longest, str(rules), str(rules - fewer))


def _rules(path: str, rules: Iterable[Bonus | Quota], named: TermChoices) -> Iterator[Fault]:
    """Faults of names and of whom is meant, the same for bonuses and quotas."""
    met: set[str] = set()
    for place, rule in enumerate(rules):
        yield from text(f"{path}.{place}.name", rule.name)
        if rule.name.strip() and rule.name in met:
            yield _refused("duplicate_id", f"{path}.{place}.name", rule.name)
        met.add(rule.name)
        yield from _where(f"{path}.{place}", rule.where, named)


def _where(path: str, where: Where, named: TermChoices) -> Iterator[Fault]:
    allowed = (*named.values, *OPEN_FIELDS, *named.stated)
    if not where.field.strip():
        yield Fault("missing", field=f"{path}.field")
    elif where.field not in allowed:
        yield _refused("not_allowed", f"{path}.field", where.field, ", ".join(dict.fromkeys(allowed)))
    if not where.values:
        yield Fault("missing", field=f"{path}.values")
    for place, value in enumerate(where.values):
        if where.field == "id" and value not in named.startups:
            yield _refused("not_in_round", f"{path}.values.{place}", value)
        yield from _value(f"{path}.values.{place}", value, named.values.get(where.field))


def _seats_of(path: str, quota: Quota, named: TermChoices) -> Iterator[Fault]:
    most = FULL_PERCENT if quota.percent else MOST_SEATS
    for name, number in (("at_least", quota.at_least), ("at_most", quota.at_most or 0)):
        if not 0 <= number <= most:
            yield _refused("out_of_range", f"{path}.{name}", str(number), f"0-{most}")
    if quota.at_most is not None and quota.at_least > quota.at_most:
        yield _refused("out_of_range", f"{path}.at_least", str(quota.at_least), f"0-{quota.at_most}")
    for place, value in enumerate(quota.back_fill or ()):
        yield from _value(f"{path}.back_fill.{place}", value, named.values.get(quota.where.field))


def text(path: str, said: str, longest: int = LONGEST_NAME) -> Iterator[Fault]:
    """Faults of what a person must say: left blank, or longer than may be kept."""
    if not said.strip():
        yield Fault("missing", field=path)
    elif len(said) > longest:
        yield _refused("too_long", path, said)


def _value(path: str, value: str, closed: Collection[str] | None) -> Iterator[Fault]:
    if not value.strip():
        yield Fault("missing", field=path)
    elif closed is not None and value not in closed:
        yield _refused("not_allowed", path, value, ", ".join(closed))


def _people(terms: Terms) -> Iterator[tuple[str, str]]:
    """Every startup that the terms name, with where they do."""
    for path, rule in _personal(terms):
        yield f"{path}.startup_id", rule.startup
    yield from ((f"preferences.{startup}", startup) for startup in terms.preferences)


def _offers(terms: Terms) -> Iterator[tuple[str, str]]:
    """Every program that the terms name, with where they do."""
    for path, rule in _personal(terms):
        if rule.program:
            yield f"{path}.program_id", rule.program
    for path, wanted in _listed(terms):
        yield from ((f"{path}.{place}", program) for place, program in enumerate(wanted))
    yield from ((f"seats.{program}", program) for program in terms.seats)


def _personal(terms: Terms) -> Iterator[tuple[str, Lock | Ban | Interest]]:
    """The terms that are about one startup, each with its path."""
    yield from ((f"locks.{place}", lock) for place, lock in enumerate(terms.locks))
    yield from ((f"bans.{place}", ban) for place, ban in enumerate(terms.bans))
    yield from ((f"interests.{place}", interest) for place, interest in enumerate(terms.interests))


def _listed(terms: Terms) -> Iterator[tuple[str, Sequence[str]]]:
    """The lists of programs in the terms, each with its path."""
    yield from ((f"bonuses.{place}.programs", bonus.programs) for place, bonus in enumerate(terms.bonuses))
    yield from ((f"quotas.{place}.programs", quota.programs) for place, quota in enumerate(terms.quotas))
    yield from ((f"preferences.{startup}", wanted) for startup, wanted in terms.preferences.items())


def _refused(code: str, path: str, value: str, allowed: str = "") -> Fault:
    return Fault(code, field=path, value=shown(value), allowed=allowed)
