"""What a form sent, read field by field; what can't be taken is named with the field."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TypeVar

from flask import request

from model.faults import BadData, Fault, shown
from service.errors import Problem, ServiceError
from service.wired import wired

Code = TypeVar("Code", bound=StrEnum)
LONGEST = 5_000
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


def said(name: str, longest: int = LONGEST, least: int = 1) -> str:
    """A text of at least some characters; raises BadData `missing`, `too_long` or `bad_text`."""
    text = given(name, longest)
    if len(text) < least:
        raise BadData([Fault("missing", field=name)])
    return text


def given(name: str, longest: int = LONGEST) -> str:
    """A text that may be left out; raises BadData `too_long` or `bad_text`."""
    text = request.form.get(name, "").strip()
    if len(text) > longest or "\0" in text:
        raise BadData([Fault("bad_text" if "\0" in text else "too_long", field=name)])
    return text


def code(name: str, codes: type[Code]) -> Code:
    """One of a list's codes; raises BadData `not_allowed`."""
    try:
        return codes(request.form.get(name, ""))
    except ValueError:
        raise BadData([Fault("not_allowed", field=name, allowed=", ".join(codes))]) from None


def codes(name: str, allowed: type[Code]) -> frozenset[Code]:
    """The ticked boxes of a list of codes."""
    return frozenset(code for code in allowed if code in request.form.getlist(name))


def number(name: str, low: int, high: int) -> int:
    """A whole number within limits; raises BadData `out_of_range`."""
    digits = request.form.get(name, "")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9 and low <= int(digits) <= high):
        raise BadData([Fault("out_of_range", field=name, allowed=f"{low}-{high}")])
    return int(digits)


def programs() -> frozenset[str] | None:
    """The programs that somebody is bound to, ids parted by commas or lines; None for an empty field.

    Raises BadData `unknown_program`.
    """
    words = given("programs").replace("\n", ",").split(",")
    ids = frozenset(word.strip() for word in words if word.strip())
    unknown = sorted(ids - wired().matching.prepared().programs.side.records.keys())
    if unknown:
        raise BadData([Fault("unknown_program", field="programs", value=shown(", ".join(unknown)))])
    return ids or None


def email() -> str | None:
    """An e-mail address, or None for an empty field; raises ServiceError `invalid_fields`."""
    text = given("email", 320)
    if text and not _EMAIL.fullmatch(text):
        raise ServiceError(Problem.INVALID_FIELDS, faults=[Fault("not_email", field="email", value=shown(text))])
    return text or None
