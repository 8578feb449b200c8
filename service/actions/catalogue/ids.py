"""Ids of new records: an address must reach each, and a person must be able to tell it from those that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from model.faults import Fault, shown
from model.text import names


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


def _visible(identifier: str) -> str:
    # a catalogue has a hundred thousand ids, nearly all of them plain
    is_plain = identifier.isascii() and identifier.isprintable() and " " not in identifier
    return identifier if is_plain else names.visible(identifier)
