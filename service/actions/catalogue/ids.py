"""Ids of new records: an address must reach each, and a person must be able to tell it from those that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from model.domain import Program, Startup
from model.faults import Fault, shown
from model.text import names
from service.files.importers.records import ImportRow

MOST_ZEROS = 8
"""A code that a spreadsheet program took for a number has lost fewer zeros than that."""


def alike(ids: Iterable[str]) -> dict[str, str]:
    """Ids by what a person sees of them.

    >>> alike(["s-1", "ｓ-2"])
    {'s-1': 's-1', 's-2': 'ｓ-2'}
    """
    return {_visible(identifier): identifier for identifier in ids}


def unfit(identifier: str, present: dict[str, str]) -> Iterator[Fault]:
    """Tell why a new record's id can't stand beside those `present`, by what is seen of them; it joins them.

    >>> [fault.code for fault in unfit("s-1\u200b", alike(["s-1"]))], [fault.code for fault in unfit("2026/1", {})]
    (['id_looks_alike'], ['id_unreachable'])
    """
    value = shown(identifier)
    if "/" in identifier or identifier in (".", ".."):
        yield Fault("id_unreachable", field="id", value=value)
    twin = present.setdefault(_visible(identifier), identifier)
    if twin != identifier:
        yield Fault("id_looks_alike", field="id", value=value, allowed=shown(twin))
    elif names.without_hidden(identifier) != identifier:
        yield Fault("id_hidden", field="id", value=value, allowed=names.without_hidden(identifier))


def of_row(row: ImportRow, stored: Startup | Program | None, present: dict[str, str]) -> Iterator[Fault]:
    """Tell why a file's row can't bring its id; outcomes and applicants have none of their own.

    A table whose numbers have lost the zeros that they began with would make another firm, or another trade, of one.
    """
    if not isinstance(row.record, Startup | Program):
        return
    faults = [] if stored else [*unfit(row.key, present)]
    if row.stated is not None and not stored and row.key.isdigit():
        longer = ["0" * zeros + row.key for zeros in range(1, MOST_ZEROS)]
        faults += [Fault("lost_zeros", field="id", value=row.key, allowed=key) for key in longer if key in present][:1]
    code = getattr(row.record, "industry", None)
    if row.stated is not None and stored and code and getattr(stored, "industry", None) == f"0{code}":
        faults.append(Fault("lost_zeros", field="industry", value=shown(code)))
    yield from (replace(fault, file=row.file, line=row.line) for fault in faults)


def _visible(identifier: str) -> str:
    # a catalogue has a hundred thousand ids, nearly all of them plain
    is_plain = identifier.isascii() and identifier.isprintable() and " " not in identifier
    return identifier if is_plain else names.visible(identifier)
