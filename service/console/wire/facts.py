"""What is known of a startup or program, as its page lists it: every declared field that belongs on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from model.domain import Application, Program, Startup
from model.fields import CODES, Field, Holds, fields_of
from service.console.wire import local
from service.console.wire.language import gettext, language
from service.console.wire.names import VocabularyNames


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """One field with its name and its value in words, which may be in another language than the page."""

    label: str
    text: str | Markup
    lang: str | None = None


def facts(record: Startup | Program | Application, names: VocabularyNames) -> list[LabelledValue]:
    """The facts of a record in the order in which its fields are declared."""
    return [_fact(field, record, names) for field in fields_of(type(record)) if field.is_on_page]


def _fact(field: Field, record: Startup | Program | Application, names: VocabularyNames) -> LabelledValue:
    value = getattr(record, field.name)
    if field.name == "closes_on" and isinstance(record, Program):
        return LabelledValue(field.label(language()), local.closing(record))
    if value is None or value == ():
        return LabelledValue(field.label(language()), gettext("미확인"))
    lang = local.text_language(value) if field.holds is Holds.TEXT else None
    return LabelledValue(field.label(language()), _WORDS[field.holds](field, value, names), lang)


def _code(field: Field, code: str, names: VocabularyNames) -> str:
    own = CODES.get(field.codes)
    return own[code].name(language()) if own else names.of(field.codes, code)


def _record(value: Any, names: VocabularyNames) -> str:
    """A record within a field, such as a previous business: each of its known fields with its name."""
    known = [(field, getattr(value, field.name)) for field in fields_of(type(value))]
    words = (f"{f.label(language())} {_WORDS[f.holds](f, v, names)}" for f, v in known if v not in (None, ()))
    return ", ".join(words)


def _records(_: Field, values: tuple[Any, ...], names: VocabularyNames) -> str:
    return "; ".join(_record(value, names) for value in values)


def status(code: str) -> str:
    """The name of how far a participation has come, in the page's language."""
    return CODES["status"][code].name(language())


_WORDS: Mapping[Holds, Callable[[Field, Any, VocabularyNames], str | Markup]] = {
    **dict.fromkeys(
        (Holds.TEXT, Holds.KEY, Holds.DIGITS, Holds.YEAR, Holds.PERIOD, Holds.SPAN), lambda _, value, __: str(value)
    ),
    Holds.INDUSTRY: lambda _, value, names: names.of("industries", value),
    **dict.fromkeys((Holds.COUNT, Holds.YEARS), lambda _, value, __: local.number(value)),
    Holds.WON: lambda _, value, __: local.won(value),
    Holds.DAY: lambda _, value, __: local.day(value),
    Holds.CLOCK: lambda _, value, __: value.isoformat("minutes"),
    Holds.MOMENT: lambda _, value, __: value.isoformat(" ", "minutes"),
    Holds.FLAG: lambda _, value, __: gettext("예") if value else gettext("아니요"),
    Holds.CHOICE: _code,
    Holds.PLACE: lambda _, value, names: names.of("regions", value),
    Holds.FIELD_NUMBER: lambda _, value, names: names.of("new_industry", value),
    Holds.WORDS: lambda _, value, names: local.spoken(", ".join(names.technologies(value))),
    Holds.SOURCES: lambda _, value, __: ", ".join(value),
    Holds.CHOICES: lambda field, codes, names: ", ".join(_code(field, code, names) for code in codes),
    Holds.PLACES: lambda _, value, names: names.all("regions", value),
    Holds.INDUSTRIES: lambda _, value, names: names.all("industries", value),
    Holds.PARTICIPATIONS: lambda _, value, names: ", ".join(
        f"{names.family(past.program_family)} {past.year} {status(past.status)}" for past in value
    ),
    Holds.CONFLICTS: lambda _, value, names: ", ".join(
        f"{names.conflict(conflict)} ({status(conflict.from_stage)})" for conflict in value
    ),
    Holds.PERCENT: lambda _, value, __: f"{value} %",
    Holds.POINTS: lambda _, value, __: f"{value:g}",
    Holds.BUSINESSES: _records,
    Holds.FACT_SOURCES: _records,
    Holds.OWN_SHARE: lambda _, value, __: local.own_share(value),
}
"""How a page writes a value, by what its field holds."""
