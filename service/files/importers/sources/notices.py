"""What the public services' notices have in common: marked-up text, periods in words, addresses cut short."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from html.parser import HTMLParser
from typing import Any

from model.domain import Kind
from model.text import names
from model.text.analysis import DOT
from model.vocabulary.codes import Codes
from service.files.importers.values import days

_BREAKING = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol"}
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
_HANGUL = re.compile("[가-힣]")
_ALWAYS = re.compile(r"상시|수시|연중")
_UNTIL_SPENT = re.compile(r"예산.{0,6}소진|소진\s*시")
_BETWEEN = re.compile(r"\s*(?:~|부터)\s*|\s+-\s+")
_CLOCK = re.compile(r"(?:오전|오후)?\s*\d{1,2}(?::\d\d(?::\d\d)?|시(?:\s*\d{1,2}분)?)\s*(?:까지)?$")
_ANY_FIRM = frozenset(
    map(names.folded, ("중소기업", "소기업", "기업", "일반기업", "중소·벤처기업", "중소벤처기업", "제한없음", "전체"))
)
"""Targets that all three kinds of firm are: a medium-sized startup, manufacturer or merchant is one."""

_NOTHING = frozenset({"null", "nan", "none", "nat", "undefined", "<na>"})
"""How programs that made a dump have written that there was nothing."""

Note = tuple[str, str, str]
"""Code, field, value."""


@dataclass(frozen=True, slots=True)
class ApplicationPeriod:
    """When applications are taken; `words` is what was written where no closing day follows from it."""

    begins: date | None = None
    ends: date | None = None
    is_standing: bool | None = None
    words: str = ""
    closing_hour: time | None = None

    @property
    def year(self) -> int | None:
        """The year in which it opens, else closes."""
        known = self.begins or self.ends
        return known.year if known else None


def text(value: object) -> str:
    """A field as a person reads it: entities and mark-up gone, blanks and line breaks put in order.

    >>> text("기술개발(R&amp;amp;D) &#40;1차&#41; ")
    '기술개발(R&D) (1차)'
    """
    if isinstance(value, list):
        return ", ".join(filter(None, map(text, value)))
    if value is None or isinstance(value, dict) or str(value).strip().casefold() in _NOTHING:
        return ""
    whole = html.unescape(str(int(value) if isinstance(value, float) and value.is_integer() else value))
    whole = html.unescape(whole) if "&" in whole else whole
    if "<" in whole:
        reader = _PageReader()
        reader.feed(whole)
        reader.close()
        whole = "".join(reader.found)
    lines = (" ".join(line.split()) for line in re.split(r"\r\n|\r|\n", whole))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def is_plain(value: object) -> bool:
    """Tell whether a field holds a value or a list of values, and no object that nothing of ours could read."""
    return not isinstance(value, dict) and not (isinstance(value, list) and any(isinstance(v, dict) for v in value))


def holds(value: object) -> bool:
    """Tell whether a field says anything that can be read.

    >>> holds("null"), holds(["창업"]), holds({"a": 1}), holds("<img src=x>")
    (False, True, False, False)
    """
    return bool(value) and is_plain(value) and bool(text(value))


def is_nothing(value: object) -> bool:
    """Tell whether a field says that there is nothing, so that nobody misses it.

    >>> is_nothing("NaN"), is_nothing("<img src=x>")
    (True, False)
    """
    return not value or str(value).strip().casefold() in _NOTHING


def opening_hour(begins: object) -> list[Note]:
    """Note the hour at which a notice opens, for which a program has no field."""
    clock = days.clock_of(_BETWEEN.split(names.visible(text(begins)), maxsplit=1)[0])
    return [("hour_left_out", "opens_on", clock)] if clock else []


def number(value: object) -> str:
    """A notice's number as the service wrote it: a dump may have made 178001.0 of it.

    >>> number("178001.0"), number(178001), number("PBLN_1.0")
    ('178001', '178001', 'PBLN_1.0')
    """
    written = text(value)
    whole = written.removesuffix(".0")
    return whole if whole.isascii() and whole.isdigit() else written


def period(begins: object, ends: object = None, *, apart: bool = False) -> ApplicationPeriod:
    """Read both days of a notice, or one field such as `20220727 ~ 20220930`, `상시` or `예산 소진시`.

    A single day in one field doesn't say whether it opens or closes, unless `~` or `까지` stands behind it; in fields
    that stand `apart` it does. A period that ends before it begins says neither day.

    >>> period("2026-01-02 ~ 2026-02-28 18:00").ends, period("상시").is_standing, period("예산 소진시").words
    (datetime.date(2026, 2, 28), True, '예산 소진시')
    """
    whole = " ~ ".join(filter(None, (text(begins), text(ends))))
    first, last = text(begins), text(ends)
    if not last:
        first, *more = _BETWEEN.split(names.visible(first), maxsplit=1)
        last, apart = more[0] if more else "", apart or bool(more)
        if not more and first.endswith("까지"):
            first, last = "", first
    opens_on, closes_on = _day(first), _day(last)
    if opens_on and closes_on and opens_on > closes_on:
        return ApplicationPeriod(words=whole)
    is_single = not (closes_on or last or apart)
    words = "" if closes_on or not whole else whole
    always = True if _ALWAYS.search(whole) and not closes_on and not _UNTIL_SPENT.search(whole) else None
    clock = _CLOCK.search(last) if closes_on else None
    at = days.hour(clock[0]) if clock else None
    return ApplicationPeriod(
        None if is_single else opens_on, closes_on, always, words, at if at and at != time(0) else None
    )


def address(value: object, site: str = "") -> str | None:
    """An address with its scheme; one that begins with a slash belongs to `site`.

    >>> address("www.k-startup.go.kr/x"), address("/web/1", "https://www.bizinfo.go.kr")
    ('https://www.k-startup.go.kr/x', 'https://www.bizinfo.go.kr/web/1')
    """
    written = html.unescape(str(value or "")).strip().strip("\"'<>")
    match = _ADDRESS.search(written)
    if match:
        return match[0]
    if site and written.startswith("/"):
        return site + written
    return f"https://{written}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", written, re.ASCII) else None


def named(title: str) -> dict[str, str]:
    """A title under the language that it is written in."""
    return {"name" if _HANGUL.search(title) else "name_en": title} if title else {}


def summary(body: str) -> dict[str, str]:
    """A summary under the language that it is written in."""
    return {"summary" if _HANGUL.search(body) else "summary_en": body} if body else {}


def listed(value: object) -> list[str]:
    """The items of a list that a service joined by commas or by @."""
    return [item for part in re.split(r"[,@|]", text(value)) if (item := part.strip())]


def supports(value: object, codes: Codes) -> tuple[list[str], list[str]]:
    """The codes of a notice's kinds of support, each word whole or in its parts; and the words that have none."""
    codes_of_support: list[str] = []
    unknown: list[str] = []
    for word in listed(value):
        whole = codes.support.find(word)
        parts = [(part, codes.support.find(part)) for part in re.split(rf"[{DOT}/]", names.visible(word))]
        codes_of_support += [whole] if whole else [code for _, code in parts if code]
        unknown += [] if whole else [part for part, code in parts if not code]
    return list(dict.fromkeys(codes_of_support)), unknown


def targets(value: object, codes: Codes) -> tuple[list[str], list[str]]:
    """The kinds of firm that a notice is for; and the words that name no kind, so that a person must look.

    A word that is not known shuts nobody out: all kinds may apply as far as the data says.
    """
    words = listed(value)
    kinds = [codes.kinds.find(word) for word in words]
    if words and None not in kinds:
        return list(dict.fromkeys(code for code in kinds if code)), []
    unknown = [w for w, code in zip(words, kinds, strict=True) if not code and names.folded(w) not in _ANY_FIRM]
    return [kind.value for kind in Kind], unknown


LOOK = "other_restriction"
"""The check that a person must make where a notice restricts in words; the only one that a notice sets."""


def days_of(period: ApplicationPeriod) -> dict[str, Any]:
    """A period as a program's fields."""
    return {
        "opens_on": period.begins and period.begins.isoformat(),
        "closes_on": period.ends and period.ends.isoformat(),
        "closes_at": period.closing_hour and period.closing_hour.isoformat("minutes"),
        "always_open": period.is_standing,
    }


def stated(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a notice speaks of; None where it says nothing there, so that what an earlier one said is taken back."""
    return {key: None if value in ("", []) else value for key, value in values.items()}


def _day(written: str) -> date | None:
    try:
        return days.day(written)
    except ValueError:
        return None


class _PageReader(HTMLParser):
    """Collects what a page shows."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the library's signature
        """Break the line where the page does; leave out what it doesn't show."""
        self._hidden += tag in ("script", "style")
        self.found += ["\n"] if tag in _BREAKING else []

    def handle_endtag(self, tag: str) -> None:
        """Come back from what isn't shown."""
        self._hidden -= tag in ("script", "style") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        """Keep what is shown."""
        self.found += [] if self._hidden else [data]
