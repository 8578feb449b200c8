"""Rules on the line of business: industries that a program asks for, and those that it excludes."""

from __future__ import annotations

from model.domain import Program, Startup, Unlock
from model.eligibility.rule import NOTHING, SILENT, Checks, FactReading, Rule, Setting
from model.vocabulary.codes import Trades
from model.vocabulary.places import Relation


def industry(startup: Startup, program: Program, setting: Setting) -> Checks:
    """The KSIC code must start with one that the program names; a section letter stands for its divisions."""
    if not program.industries:
        return SILENT
    reading = FactReading("industry", "industry", startup.industry, tuple(program.industries))
    if not startup.industry:
        return reading.missing()
    trades = setting.codes.industries
    relation = trades.relation(startup.industry, program.industries)
    if relation is Relation.INSIDE:
        return reading.passes()
    if relation is Relation.UNCERTAIN:
        return reading.unsure(_what_decides(trades, startup.industry, program.industries, "industries"))
    return reading.fails(Unlock("change_industry", value=tuple(program.industries)))


def excluded_industry(startup: Startup, program: Program, setting: Setting) -> Checks:
    """The KSIC code must not start with one that the program excludes; a shorter code that could needs a look.

    Where the program's list itself can't be read, no other industry is sure to be free of it.
    """
    if not program.excluded_industries:
        return SILENT
    wanted = tuple(program.excluded_industries)
    reading = FactReading("excluded_industry", "industry", startup.industry, wanted, "decree-4")
    if not startup.industry:
        return reading.missing()
    trades = setting.codes.industries
    relation = trades.relation(startup.industry, wanted)
    if relation is Relation.OUTSIDE:
        return reading.passes()
    if relation is Relation.UNCERTAIN:
        return reading.unsure(_what_decides(trades, startup.industry, wanted, "excluded_industries"))
    readable = all(trades.prefixes(code) for code in wanted)
    return reading.fails(Unlock("change_industry") if readable else NOTHING)


def _what_decides(trades: Trades, code: str, listed: tuple[str, ...], field: str) -> Unlock:
    if trades.prefixes(code) is not None and any(trades.prefixes(other) is None for other in listed):
        return Unlock("state_in_notice", value=field)
    return Unlock("state_full_code", value="industry")


RULES = (
    Rule("industry", ("industry",), ("industries",), industry),
    Rule("excluded_industry", ("industry",), ("excluded_industries",), excluded_industry),
)
