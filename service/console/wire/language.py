"""In which language a page speaks: Korean as written in the templates, or English from the catalogue."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import g

LOCALES = Path(__file__).parents[1] / "locale"
SOURCE = "ko"
"""The templates' own language, which needs no catalogue."""


def language() -> str:
    """The language that the address names: `ko` or `en`."""
    code: str = g.language
    return code


def gettext(text: str) -> str:
    """Say a text of the templates in the page's language."""
    return catalogue(language()).gettext(text)


def ngettext(singular: str, many: str, count: int) -> str:
    """Say a text that counts something in the page's language."""
    return catalogue(language()).ngettext(singular, many, count)


@cache
def catalogue(code: str) -> NullTranslations:
    """The catalogue of a language, read from its .po file, so that no compiled copy can grow stale."""
    if code == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    with (LOCALES / f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return Translations(compiled)
