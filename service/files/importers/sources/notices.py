"""What the public services' notices have in common: marked-up text, periods in words, addresses cut short."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Any

from model.vocabulary.codes import Codes, Table
from service.files.importers.values import days

_BREAKING = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol"}
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
_HANGUL = re.compile("[가-힣]")
_ALWAYS = re.compile(r"상시|수시|연중")
_UNTIL_SPENT = re.compile(r"예산.{0,6}소진|소진\s*시")


@dataclass(frozen=True, slots=True)
class Period:
    """When applications are taken; `words` is what was written where no closing day follows from it."""

    begins: date | None = None
    ends: date | None = None
    is_standing: bool | None = None
    words: str = ""

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
    if value is None or isinstance(value, dict | list):
        return ""
    whole = _unescaped(str(value))
    if "<" in whole:
        reader = _Reader()
        reader.feed(whole)
        reader.close()
        whole = "".join(reader.found)
    lines = (" ".join(line.split()) for line in re.split(r"\r\n|\r|\n", whole))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def period(begins: object, ends: object = None) -> Period:
    """Read both days of a notice, or one field such as `20220727 ~ 20220930`, `상시` or `예산 소진시`.

    >>> period("2026-01-02 ~ 2026-02-28").ends, period("상시").is_standing, period("예산 소진시").words
    (datetime.date(2026, 2, 28), True, '예산 소진시')
    """
    whole = " ~ ".join(filter(None, (text(begins), text(ends))))
    first, _, last = (part.strip() for part in whole.partition("~"))
    opens_on, closes_on = _day(first), _day(last)
    words = "" if closes_on or not whole else whole
    always = True if _ALWAYS.search(whole) and not closes_on and not _UNTIL_SPENT.search(whole) else None
    return Period(opens_on, closes_on, always, words)


def address(value: object, site: str = "") -> str | None:
    """An address with its scheme; one that begins with a slash belongs to `site`.

    >>> address("www.k-startup.go.kr/x"), address("/web/1", "https://www.bizinfo.go.kr")
    ('https://www.k-startup.go.kr/x', 'https://www.bizinfo.go.kr/web/1')
    """
    written = html.unescape(str(value or "")).strip().strip("\"'<>")
    found = _ADDRESS.search(written)
    if found:
        return found[0]
    if site and written.startswith("/"):
        return site + written
    return f"https://{written}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", written, re.ASCII) else None


def named(title: str) -> dict[str, str]:
    """A title under the language that it is written in."""
    return {"name" if _HANGUL.search(title) else "name_en": title} if title else {}


def told(summary: str) -> dict[str, str]:
    """A summary under the language that it is written in."""
    return {"summary" if _HANGUL.search(summary) else "summary_en": summary} if summary else {}


def listed(value: object) -> list[str]:
    """The items of a comma list."""
    return [item for part in text(value).split(",") if (item := part.strip())]


def supports(value: object, codes: Codes) -> tuple[list[str], list[str]]:
    """The codes of a notice's kinds of support, each word whole or in its parts; and the words that have none."""
    found: list[str] = []
    unknown: list[str] = []
    for word in listed(value):
        parts = [code for part in re.split(r"[·ㆍ・/,]", word) if (code := codes.support.find(part))]
        whole = codes.support.find(word)
        found += [whole] if whole else parts
        unknown += [] if whole or parts else [word]
    return list(dict.fromkeys(found)), unknown


def all_of(table: Table, words: list[str]) -> list[str]:
    """The codes of some words, if every one has a code: half a restriction would be another one."""
    found = [table.find(word) for word in words]
    return [] if None in found else list(dict.fromkeys(code for code in found if code))


def known(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that say something: what a notice leaves out is unknown, never none."""
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def _unescaped(written: str) -> str:
    once = html.unescape(written)
    return html.unescape(once) if "&" in once else once


def _day(written: str) -> date | None:
    try:
        return days.day(written)
    except ValueError:
        return None


class _Reader(HTMLParser):
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
