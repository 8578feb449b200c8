"""Every text of the templates is in the catalogue, translated, and no Korean stands in a template outside of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from service import console
from service.console.wire.language import LOCALES

ROOM = Path(console.__file__).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}}
TRANSLATED = re.compile(r"{%-? *trans.*?endtrans *-?%}|{{.*?}}|{%.*?%}|{#.*?#}", re.DOTALL)
OWN_NAMES = {"이음", "한국어"}


def wanted() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(str(ROOM), method_map=METHODS, options_map=OPTIONS)
    return {message for _, _, message, *_ in found}


def test_the_catalogue_holds_every_text_and_no_other() -> None:
    with (LOCALES / "en.po").open("rb") as file:
        held = {message.id for message in read_po(file, locale="en") if message.id}

    assert held == wanted()


def test_every_text_is_translated_with_the_same_placeholders() -> None:
    with (LOCALES / "en.po").open("rb") as file:
        messages = [message for message in read_po(file, locale="en") if message.id]

    assert [message.id for message in messages if message.fuzzy or not all(strings(message.string))] == []
    assert [message.id for message in messages if any(True for _ in message.check())] == []
    assert [s for message in messages for s in strings(message.string) if re.search("[가-힣]", s)] == []


def test_no_template_says_anything_in_korean_that_is_not_translated() -> None:
    spoken = [(path.name, text) for path in (ROOM / "templates").rglob("*.html") for text in bare(path)]

    assert spoken == []


def strings(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def bare(path: Path) -> Iterator[str]:
    rest = TRANSLATED.sub(" ", path.read_text(encoding="utf-8"))
    yield from (word for word in re.findall("[가-힣]+", rest) if word not in OWN_NAMES)
