"""Registration numbers: check digits of 사업자등록번호 and 법인등록번호, never shown in full."""

from __future__ import annotations

import re

from model.domain import Program, Startup, Unlock
from model.eligibility.rule import SILENT, Checks, FactReading, Rule, Setting
from model.vocabulary.numbers import is_business_number, is_corporate_number

_DIGITS = re.compile(r"[^\W_]")


def masked(text: str) -> str:
    """Keep the first three characters of a number and hide the other digits.

    >>> masked("124-81-00998")
    '124-**-*****'
    """
    return text[:3] + _DIGITS.sub("*", text[3:14])


def business_number(startup: Startup, _program: Program, _setting: Setting) -> Checks:
    """A business number that is given must be one that can exist; a wrong check digit or all zeros are refused.

    The check digit says nothing of whether the business exists: that takes the tax office's answer. Programs don't
    ask for the number in their rows, so a startup without one is not asked for it here.
    """
    if not startup.business_number:
        return SILENT
    masked_number = masked(startup.business_number)
    reading = FactReading("business_number", "business_number", masked_number, "check_digit", "business-number")
    unlock = Unlock("correct_number", value="business_number")
    return reading.passes() if is_business_number(startup.business_number) else reading.fails(unlock)


def corporate_number(startup: Startup, _program: Program, _setting: Setting) -> Checks:
    """A corporate number that is given is compared with its check digit; a difference is for a person to look at.

    Unlike the business number it is not refused: the register decides, and the check digit is only a convention of
    its form.
    """
    if not startup.corporate_number:
        return SILENT
    masked_number = masked(startup.corporate_number)
    reading = FactReading("corporate_number", "corporate_number", masked_number, "check_digit", "corporate-number")
    unlock = Unlock("correct_number", value="corporate_number")
    return reading.passes() if is_corporate_number(startup.corporate_number) else reading.unsure(unlock)


RULES = (
    Rule("business_number", ("business_number",), (), business_number),
    Rule("corporate_number", ("corporate_number",), (), corporate_number),
)
