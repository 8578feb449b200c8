"""Registration numbers: check digits of 사업자등록번호 and 법인등록번호, never shown in full."""

from __future__ import annotations

from model.domain import Program, Startup, Unlock
from model.eligibility.rule import SILENT, Checks, Reading, Rule, Setting

_BUSINESS_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def is_business_number(text: str) -> bool:
    """Tell whether ten digits (hyphens and spaces aside) carry the right check digit; all zeros don't.

    The weighted sum of the first nine digits, plus the tens of the ninth times five, and the tenth make a multiple
    of ten.

    >>> is_business_number("124-81-00998"), is_business_number("124-81-00999"), is_business_number("000-00-00000")
    (True, False, False)
    """
    digits = _digits(text, 10)
    if digits is None or not any(digits):
        return False
    total = sum(weight * digit for weight, digit in zip(_BUSINESS_WEIGHTS, digits, strict=False))
    return (total + digits[8] * 5 // 10 + digits[9]) % 10 == 0


def is_corporate_number(text: str) -> bool:
    """Tell whether thirteen digits (hyphens and spaces aside) carry the right check digit, by weights 1 and 2 in turn.

    >>> is_corporate_number("130111-0006246"), is_corporate_number("130111-0006247")
    (True, False)
    """
    digits = _digits(text, 13)
    if digits is None or not any(digits):
        return False
    return (sum(digit * (1 + place % 2) for place, digit in enumerate(digits[:12])) + digits[12]) % 10 == 0


def masked(text: str) -> str:
    """Keep the first three characters of a number and hide the other digits.

    >>> masked("124-81-00998")
    '124-**-*****'
    """
    return text[:3] + "".join("*" if c.isalnum() else c for c in text[3:14])


def business_number(startup: Startup, _program: Program, _setting: Setting) -> Checks:
    """A business number that is given must be one that can exist; a wrong check digit or all zeros are refused.

    The check digit says nothing of whether the business exists: that takes the tax office's answer. Programs don't
    ask for the number in their rows, so a startup without one is not asked for it here.
    """
    if not startup.business_number:
        return SILENT
    found = masked(startup.business_number)
    reading = Reading("business_number", "business_number", found, "check_digit", "business-number")
    unlock = Unlock("correct_number", value="business_number")
    return reading.passes() if is_business_number(startup.business_number) else reading.fails(unlock)


def corporate_number(startup: Startup, _program: Program, _setting: Setting) -> Checks:
    """A corporate number that is given is compared with its check digit; a difference is for a person to look at.

    Unlike the business number it is not refused: the register decides, and the check digit is only a convention of
    its form.
    """
    if not startup.corporate_number:
        return SILENT
    found = masked(startup.corporate_number)
    reading = Reading("corporate_number", "corporate_number", found, "check_digit", "corporate-number")
    unlock = Unlock("correct_number", value="corporate_number")
    return reading.passes() if is_corporate_number(startup.corporate_number) else reading.unsure(unlock)


def _digits(text: str, length: int) -> list[int] | None:
    bare = "".join(c for c in text if c not in "- ")
    return [int(c) for c in bare] if len(bare) == length and bare.isascii() and bare.isdigit() else None


RULES = (
    Rule("business_number", ("business_number",), (), business_number),
    Rule("corporate_number", ("corporate_number",), (), corporate_number),
)
