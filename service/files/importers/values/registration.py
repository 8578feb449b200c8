"""Registration numbers of firms as they are stored: which of them no firm can have."""

from __future__ import annotations

from collections.abc import Iterator

from model.domain import Startup
from model.faults import Fault, shown
from model.vocabulary.numbers import has_digits, is_business_number

DIGITS = {"business_number": 10, "corporate_number": 13}


def doubts(startup: Startup) -> Iterator[Fault]:
    """Note each number that no firm can have; it is stored as it is written, since the register decides.

    >>> [fault.code for fault in doubts(Startup("s", business_number="124-81-00999", corporate_number="12"))]
    ['not_number_of_firm', 'wrong_check_digit']
    """
    for field, length in DIGITS.items():
        number = getattr(startup, field)
        if number and not has_digits(number, length):
            yield Fault("not_number_of_firm", field=field, value=shown(number), allowed=str(length))
    number = startup.business_number or ""
    if has_digits(number, DIGITS["business_number"]) and not is_business_number(number):
        yield Fault("wrong_check_digit", field="business_number", value=shown(number))
