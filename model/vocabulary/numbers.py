"""Registration numbers: the check digits of 사업자등록번호 and 법인등록번호."""

from __future__ import annotations

from operator import mul

_BUSINESS_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def is_business_number(text: str) -> bool:
    """Tell whether ten digits (hyphens and spaces aside) carry the right check digit; all zeros don't.

    The weighted sum of the first nine digits, plus the tens of the ninth times five, and the tenth make a multiple
    of ten.

    >>> is_business_number("124-81-00998"), is_business_number("124-81-00999"), is_business_number("000-00-00000")
    (True, False, False)
    """
    bare = _digits(text, 10)
    if bare is None or bare == "0" * 10:
        return False
    digits = [*map(int, bare)]
    total: int = sum(map(mul, _BUSINESS_WEIGHTS, digits))
    return (total + digits[8] * 5 // 10 + digits[9]) % 10 == 0


def is_corporate_number(text: str) -> bool:
    """Tell whether thirteen digits (hyphens and spaces aside) carry the right check digit, by weights 1 and 2 in turn.

    >>> is_corporate_number("130111-0006246"), is_corporate_number("130111-0006247")
    (True, False)
    """
    bare = _digits(text, 13)
    if bare is None or bare == "0" * 13:
        return False
    digits = [*map(int, bare)]
    # Weights 1 and 2 in turn, as the rules of the commercial registry define them.
    return (sum(digit * (1 + place % 2) for place, digit in enumerate(digits[:12])) + digits[12]) % 10 == 0


def has_digits(text: str, length: int) -> bool:
    """Tell whether a text is a number of so many digits, hyphens and spaces aside."""
    return _digits(text, length) is not None


def bare_number(text: str | None) -> str | None:
    """A business number in its ten digits alone; None for what has not ten.

    >>> bare_number("124-81-00998"), bare_number("12-3")
    ('1248100998', None)
    """
    return _digits(text or "", 10)


def _digits(text: str, length: int) -> str | None:
    bare = text.replace("-", "").replace(" ", "")
    return bare if len(bare) == length and bare.isascii() and bare.isdigit() else None
