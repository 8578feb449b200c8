"""Bytes to text: UTF-8, CP949 and UTF-16, with or without a byte-order mark; anything in doubt is refused by line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.files.importers.refusal import Refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
"""How a marked file begins, how it is decoded, and what its encoding is called."""

_HANGUL = re.compile("[가-힣]")
_OURS = re.compile("[\t\r\n -~가-힣]")
LEAST_OURS = 0.9
"""The share of Hangul and ASCII from which a text in unmarked UTF-16 is taken for one."""

_OUTSIDE_ASCII = re.compile(rb"[\x80-\xff]")
LEAST_KOREAN = 0.7
"""The share of Hangul among the letters outside ASCII from which a text in CP949 is taken for what it says it is."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that it came in."""

    text: str
    encoding: str


def decoded(raw: bytes) -> Decoded:
    """Read a file's text; raises Refusal `mixed_encodings`, `unknown_encoding` or `nul_in_text`.

    >>> decoded("이음".encode("cp949"))
    Decoded(text='이음', encoding='cp949')
    """
    if raw.startswith((codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE)):
        raise Refusal("unknown_encoding", line=1, guess="utf-32")
    for mark, name, spoken in _MARKS:
        if raw.startswith(mark):
            return Decoded(_marked(raw[len(mark) :], name), spoken)
    if b"\0" in raw:
        return _unmarked_utf16(raw)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _korean(raw)


def _marked(raw: bytes, name: str) -> str:
    try:
        return _without_nul(raw.decode(name))
    except UnicodeDecodeError as error:
        line = raw[: error.start].decode(name, "replace").count("\n") + 1
        raise Refusal("mixed_encodings", line=line, first=name, second="?") from None


def _without_nul(text: str) -> str:
    at = text.find("\0")
    if at >= 0:
        raise Refusal("nul_in_text", line=text.count("\n", 0, at) + 1)
    return text


def _unmarked_utf16(raw: bytes) -> Decoded:
    """UTF-16 without a mark: the zeros of its commas and line breaks stand on one side of every pair."""
    high, low = raw[0::2].count(0), raw[1::2].count(0)
    name = "utf-16-be" if high > low else "utf-16-le"
    if max(high, low) >= 8 * min(high, low) and len(raw) % 2 == 0:
        text = raw.decode(name, "replace")
        if len(_OURS.findall(text)) >= LEAST_OURS * len(text):
            return Decoded(_without_nul(text), name)
    raise Refusal("nul_in_text", line=raw.count(b"\n", 0, raw.index(b"\0")) + 1)


def _korean(raw: bytes) -> Decoded:
    """CP949, unless some lines are UTF-8 or the letters are not Korean."""
    _refuse_mixture(raw)
    try:
        text = raw.decode("cp949")
    except UnicodeDecodeError as error:
        raise Refusal("unknown_encoding", line=raw.count(b"\n", 0, error.start) + 1, guess=_guess(raw)) from None
    foreign = sum(letter > "\x7f" and letter.isalpha() for letter in text)
    if len(_HANGUL.findall(text)) < LEAST_KOREAN * foreign and _guess(raw) not in ("cp949", "euc_kr", "johab"):
        line = raw.count(b"\n", 0, _OUTSIDE_ASCII.search(raw).start()) + 1  # type: ignore[union-attr]  # it isn't UTF-8, so there is one
        raise Refusal("unknown_encoding", line=line, guess=_guess(raw))
    return Decoded(text, "cp949")


def _refuse_mixture(raw: bytes) -> None:
    lines = [(number, _reading(line)) for number, line in _foreign_lines(raw)]
    readings = {reading for _, reading in lines}
    if "utf-8" in readings and len(readings) > 1:
        first = lines[0][1]
        number, second = next((number, reading) for number, reading in lines if reading != first)
        raise Refusal("mixed_encodings", line=number, first=first, second=second)


def _foreign_lines(raw: bytes) -> Iterator[tuple[int, bytes]]:
    return ((number, line) for number, line in enumerate(raw.split(b"\n"), 1) if _OUTSIDE_ASCII.search(line))


def _reading(line: bytes) -> str:
    """Korean in UTF-8 is told by its Hangul: a few syllables of CP949 are valid UTF-8 too, but never as Hangul."""
    try:
        return "utf-8" if _HANGUL.search(line.decode("utf-8")) else "cp949"
    except UnicodeDecodeError:
        return "cp949"


def _guess(raw: bytes) -> str:
    from charset_normalizer import from_bytes  # here, since only a file in doubt needs its tables

    best = from_bytes(raw[:100_000]).best()
    return best.encoding if best else "?"
