"""Any startup, program, outcome and snapshot that may be stored, as hypothesis draws them."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import date, datetime, time

from hypothesis import strategies as st

from model.domain import Conflict, Outcome, OutcomeKind, Program, Snapshot, Startup
from model.fields import Field, Holds, fields_of

STORABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
"""What a text may hold: no lone surrogate, no NUL."""

texts = st.text(STORABLE, max_size=30)
keys = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda key: key == key.strip()
)
days = st.dates(date(1900, 1, 1), date(2999, 12, 31))
moments = st.builds(datetime.combine, days, st.builds(time, st.integers(0, 23), st.integers(0, 59)))
hours = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """A value or unknown."""
    return st.none() | values


def some(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """None, one or a few values, doubled ones too."""
    return st.lists(values, max_size=3).map(tuple)


def values(field: Field) -> st.SearchStrategy[object]:
    """Any value that a field may have, unknown ones too; a field declared anew is drawn at once."""
    if field.holds is Holds.CONFLICTS:
        single = conflicts()
    elif field.holds is Holds.PERIOD:
        return st.sampled_from(["same", "any", "last:3"])
    elif field.holds is Holds.SPAN:
        return st.none() | st.sampled_from(["2026", "2026-02", "1999-12"])
    elif field.choices:
        single = st.sampled_from(field.choices)
    elif dataclasses.is_dataclass(field.python_type):
        single = built(field.python_type)
    else:
        by_type = {
            str: texts,
            int: st.integers(field.low, field.high),
            bool: st.booleans(),
            date: days,
            time: hours,
            datetime: moments,
        }
        single = keys if field.holds is Holds.KEY else by_type[field.python_type]
    if field.default == ():
        return some(single)
    return single if field.default is not None else maybe(single)


def conflicts() -> st.SearchStrategy[Conflict]:
    """Any conflict: it names a family or a class of programs, one of the two."""
    other = {"family": "program_class", "program_class": "family"}
    named = st.tuples(built(Conflict), keys, st.sampled_from(sorted(other)))
    return named.map(lambda drawn: replace(drawn[0], **{drawn[2]: drawn[1], other[drawn[2]]: None}))


def built(record: type) -> st.SearchStrategy:
    """Any record of a kind whose fields are declared."""
    return st.builds(record, **{field.name: values(field) for field in fields_of(record)})


def startups() -> st.SearchStrategy[Startup]:
    """Any startup that may be stored."""
    return built(Startup)


def programs() -> st.SearchStrategy[Program]:
    """Any program that may be stored."""
    return built(Program)


def outcomes(startup_ids: st.SearchStrategy[str] = keys, program_ids: st.SearchStrategy[str] = keys):
    """Any outcome that may be stored."""
    return st.builds(Outcome, startup_ids, program_ids, st.sampled_from(OutcomeKind), maybe(days))


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Any snapshot that may be stored: ids stand once, outcomes name startups and programs that are there."""
    s = draw(st.lists(startups(), max_size=4, unique_by=lambda startup: startup.id))
    p = draw(st.lists(programs(), max_size=4, unique_by=lambda program: program.id))
    if not s or not p:
        return Snapshot(tuple(s), tuple(p))
    pairs = outcomes(st.sampled_from([startup.id for startup in s]), st.sampled_from([program.id for program in p]))
    return Snapshot(tuple(s), tuple(p), tuple(draw(st.lists(pairs, max_size=4))))
