"""Numbers as people write them: with commas, Korean units and won."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from model.text import names

MOST_CHARACTERS = 40
"""A number that is longer is none."""

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_PLAIN_NUMBER = re.compile(_NUMBER)
_SMALL_PART = rf"(?:{_NUMBER}|(?:[0-9]*천)?(?:[0-9]*백)?(?:[0-9]*십)?[0-9]*)"
_BY_UNIT = re.compile(rf"(?:({_SMALL_PART})조)?(?:({_SMALL_PART})억)?(?:({_SMALL_PART})만)?({_SMALL_PART})?")
_PLAIN = re.compile(rf"({_NUMBER})([a-z]*)")
_SMALL = {"천": 1_000, "백": 100, "십": 10, "": 1}
_ENGLISH = {
    "": 1,
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "mil", "million"), 10**6),
    **dict.fromkeys(("b", "bn", "billion"), 10**9),
}
_OPEN_PLACE = re.compile(r"[^\d,.]*00+(?![\d.])")
_CURRENCY = re.compile(r"^(₩|krw|won)|(원|krw|won)$")
_COUNTER = re.compile(r"(명|인|개사|개|곳|건|사|년|people|persons?)$")


def won(text: str) -> int:
    """Read an amount of won; raises ValueError for what is not whole, not clear, or in another currency.

    >>> won("1억 2천만 원"), won("₩120,000,000"), won("1.2억"), won("120백만원")
    (120000000, 120000000, 120000000, 120000000)
    """
    return _whole(_amount(_CURRENCY.sub("", _CURRENCY.sub("", squeezed(text)))))


def scaled(text: str, unit: int) -> int:
    """Read a number below a heading that says its unit, such as 매출액(백만원); raises ValueError.

    >>> scaled("1,500", 1_000_000)
    1500000000
    """
    bare = squeezed(text)
    if not _PLAIN_NUMBER.fullmatch(bare):
        raise ValueError(bare)
    return _whole(_decimal(bare) * unit)


def count(text: str) -> int:
    """Read a number of people, firms or years; raises ValueError.

    >>> count("1,204명")
    1204
    """
    return _whole(_amount(_COUNTER.sub("", squeezed(text))))


def points(text: str) -> Decimal:
    """Read an evaluator's points; raises ValueError for what only a program would take for a number, such as 1_0.

    >>> points("87.5"), points(" 90점 ")
    (Decimal('87.5'), Decimal('90'))
    """
    bare = squeezed(text).removesuffix("점")
    if not _PLAIN_NUMBER.fullmatch(bare):
        raise ValueError(bare)
    return _decimal(bare)


def squeezed(text: str) -> str:
    """The text without its blanks; raises ValueError for one between two digits, which makes two numbers of them, and
    for 00, which holds the place of a number that is not known yet."""
    whole = names.visible(text).casefold()
    if len(text) > MOST_CHARACTERS or re.search(r"\d\s+\d", whole) or _OPEN_PLACE.match(whole):
        raise ValueError(text[:MOST_CHARACTERS])
    return "".join(whole.split())


def _amount(bare: str) -> Decimal:
    plain = _PLAIN.fullmatch(bare)
    if plain and plain[2] in _ENGLISH:
        return _decimal(plain[1]) * _ENGLISH[plain[2]]
    return _korean(bare)


def _korean(bare: str) -> Decimal:
    """Add up 조, 억, 만 and the rest; 1억 2천 could mean two amounts, so it is refused."""
    parts = _BY_UNIT.fullmatch(bare)
    *great, rest = parts.groups() if parts else ("",)
    if "" in great or not any((*great, rest)) or (rest and any(great) and not rest[-1].isdigit()):
        raise ValueError(bare)
    amounts = zip((*great, rest), (10**12, 10**8, 10**4, 1), strict=True)
    return sum((_below_ten_thousand(part) * unit for part, unit in amounts if part), Decimal(0))


def _below_ten_thousand(text: str) -> Decimal:
    """Read 2천, 3천5백, 천 or a plain number."""
    if _PLAIN_NUMBER.fullmatch(text):
        return _decimal(text)
    parts = re.findall(rf"({_NUMBER})?([천백십])?", text)
    return sum((_decimal(n or "1") * _SMALL[unit] for n, unit in parts if n or unit), Decimal(0))


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise ValueError(text) from None


def _whole(amount: Decimal) -> int:
    if amount != amount.to_integral_value():
        raise ValueError(amount)
    return int(amount)
