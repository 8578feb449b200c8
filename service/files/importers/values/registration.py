"""Registration numbers of firms as they are stored: which of them no firm can have."""

from __future__ import annotations

from collections.abc import Iterator

from model.domain import Startup
from model.faults import Fault, shown
from model.vocabulary.numbers import bare_number, has_digits, is_business_number

DIGITS = {"business_number": 10, "corporate_number": 13}


def doubts(startup: Startup) -> Iterator[Fault]:
    """Note a corporate number that no firm can have; it is stored as it is written, since the register decides."""
    number, length = startup.corporate_number, DIGITS["corporate_number"]
    if number and not has_digits(number, length):
        yield Fault("not_number_of_firm", field="corporate_number", value=shown(number), allowed=str(length))


def faults(startup: Startup, before: Startup | None = None) -> Iterator[Fault]:
    """What is wrong with a business number, by which a firm is known; one that stands already is left as it is.

    >>> [fault.code for fault in faults(Startup("s", business_number="124-81-00999"))]
    ['wrong_check_digit']
    >>> [fault.code for fault in faults(Startup("s", business_number="12"), Startup("s"))]
    ['not_number_of_firm']
    """
    number, length = startup.business_number, DIGITS["business_number"]
    stands = before.business_number if before else None
    if not number or (stands and (bare_number(stands) or stands) == (bare_number(number) or number)):
        return
    if not has_digits(number, length):
        yield Fault("not_number_of_firm", field="business_number", value=shown(number), allowed=str(length))
    elif not is_business_number(number):
        yield Fault("wrong_check_digit", field="business_number", value=shown(number))
