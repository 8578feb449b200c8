"""Numbers, days, amounts and texts in the form that the page's readers are used to."""

from __future__ import annotations

import re
from datetime import date, datetime

from babel import dates, numbers
from markupsafe import Markup, escape

from model import fields
from model.domain import UNITS_PER_POINT, OwnShare, Program, Startup
from model.text import names
from service.console.wire.language import gettext, language
from service.settings import KOREA

EOK, MAN = 10**8, 10**4
_KOREAN = re.compile("[가-힣]+(?:[ ·]+[가-힣]+)*")


def number(value: float) -> str:
    """A number with the thousands marked."""
    return numbers.format_decimal(value, locale=language())


def percent(share: float) -> str:
    """A share of 0-1 as a percentage."""
    return numbers.format_percent(share, format="#,##0.#%", locale=language())


def points(units: int) -> str:
    """A score in points with one decimal place, as lists show it."""
    return numbers.format_decimal(units / UNITS_PER_POINT, format="0.0", locale=language())


def day(value: date | None) -> str:
    """A day, or that it is not known."""
    return dates.format_date(value, "medium", locale=language()) if value else gettext("미확인")


def moment(value: datetime) -> str:
    """A moment in Korea's time, to the minute."""
    return dates.format_datetime(value.astimezone(KOREA), gettext("y. M. d. HH:mm"), locale=language())


def when(text: str) -> str:
    """A moment that is written as ISO 8601."""
    return moment(datetime.fromisoformat(text))


def masked(address: str) -> str:
    """An IP address without what tells one machine of a network from another.

    >>> masked("192.0.2.17"), masked("2001:db8::1:2"), masked("-")
    ('192.0.2.•••', '2001:db8:•••', '-')
    """
    mark = "." if "." in address else ":"
    head = address.split(mark)[: 3 if mark == "." else 2]
    return mark.join([*head, "•••"]) if mark in address else address


def won(amount: int | None) -> str:
    """An amount of won: in 억 and 만 in Korean, in digits in English; or that it is not known."""
    if amount is None:
        return gettext("미확인")
    return _in_units(amount) if language() == "ko" else numbers.format_currency(amount, "KRW", locale="en")


def _in_units(amount: int) -> str:
    eok, rest = divmod(amount, EOK)
    man, units = divmod(rest, MAN)
    parts = [(eok, "억"), (man, "만"), (units, "")]
    said = " ".join(f"{numbers.format_decimal(part, locale='ko')}{unit}" for part, unit in parts if part)
    return f"{said or '0'}원" if units or not said else f"{said} 원"


def action(code: str) -> str:
    """What a decision is called."""
    return {
        "shortlisted": gettext("서류 통과"),
        "selected": gettext("선정"),
        "reserve": gettext("예비(후보) 선정"),
        "declined": gettext("참여 포기"),
        "rejected": gettext("미선정"),
        "withdrawn": gettext("선정 포기"),
        "reopened": gettext("다시 검토"),
    }[code]


def label(table: str, field: str) -> str:
    """What a field of the `startups` or `programs` is called."""
    return fields.label(fields.RECORDS[table], field, language())


def closing(program: Program) -> str:
    """When a program closes, if it does."""
    if not program.is_ranked:
        return gettext("개별 공고 없음")
    if program.always_open:
        return gettext("상시 접수")
    if program.closes_on is None and program.closes_in:
        year, _, month = program.closes_in.partition("-")
        form = "yMMMM" if month else "y"
        span = dates.format_skeleton(form, date(int(year), int(month or 1), 1), locale=language())
        return gettext("%(span)s 중(날짜 미확인)") % {"span": span}
    if program.closes_on is None:
        return gettext("마감일 미확인")
    hour = f" {program.closes_at.isoformat('minutes')}" if program.closes_at else ""
    return day(program.closes_on) + hour


def own_share(share: OwnShare | None) -> str:
    """The firm's part of the total cost, with the tiers of regions as notices name them."""
    if share is None:
        return gettext("미확인")
    tiers = (
        (share.general, gettext("일반지역 %(percent)s%%")),
        (share.preferred, gettext("우대지역 %(percent)s%%")),
        (share.special, gettext("특별지역 %(percent)s%%")),
    )
    stated = [words % {"percent": part} for part, words in tiers if part is not None]
    return gettext("총사업비의 %(tiers)s") % {"tiers": ", ".join(stated)}


def name(record: Startup | Program) -> str:
    """What a startup or program is called in the page's language, else in the other, else its id."""
    names = (record.name, record.name_en) if language() == "ko" else (record.name_en, record.name)
    return names[0] or names[1] or record.id


def text_language(text: str | None) -> str:
    """Which language a text is in, for its `lang`: Korean as soon as a tenth of its letters are Hangul."""
    letters = [letter for letter in text or "" if letter.isalpha()]
    hangul = sum("가" <= letter <= "힣" for letter in letters)
    return "ko" if hangul * 10 > len(letters) else "en"


def spoken(text: str | None) -> Markup:
    """A sentence that may name things in Korean, each marked as Korean on an English page."""
    if language() == "ko":
        return escape(text or "")
    marked = _KOREAN.sub(lambda match: f'<span lang="ko">{match[0]}</span>', str(escape(text or "")))
    return Markup(marked)  # noqa: S704 - the text is escaped above, and the match holds Hangul alone


def hit(text: str, asked: str | None) -> Markup:
    """A name with what a search asks for marked in it: its letters whatever their case and blanks, or initials.

    >>> str(hit("문서 결", "서결")), str(hit("문서결 & B", "ㅁㅅ"))
    ('문<mark>서 결</mark>', '<mark>문서</mark>결 &amp; B')
    """
    letters = r"[\s·]*".join(map(re.escape, names.folded(asked or "")))
    pattern = names.initials(asked or "") or letters
    match = re.search(pattern, text, re.IGNORECASE) if pattern else None
    if match is None:
        return escape(text)
    return escape(text[: match.start()]) + Markup("<mark>{}</mark>").format(match[0]) + escape(text[match.end() :])
