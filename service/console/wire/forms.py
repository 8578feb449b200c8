"""What a form sent, read field by field; what can't be taken is collected, so that all of it is said at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import request

from model.faults import BadData, Fault, shown
from model.snapshot import rows
from service.wired import wired

Code = TypeVar("Code", bound=StrEnum)
Value = TypeVar("Value")
LONGEST = 5_000
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


class SentForm:
    """The form of this request. Read all fields, then `check`; until then what was refused stands for nothing."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def check(self) -> None:
        """Raise BadData with a fault for each field that can't be taken."""
        if self._faults:
            raise BadData(self._faults)

    def refuse(self, code: str, name: str, value: str = "", allowed: str = "") -> None:
        """Note that a field can't be taken."""
        self._faults.append(Fault(code, field=name, value=value, allowed=allowed))

    def taken(self, read: Callable[[], Value], otherwise: Value) -> Value:
        """What `read` makes of some fields; its BadData is noted, and `otherwise` stands in."""
        try:
            return read()
        except BadData as bad:
            self._faults += bad.faults
            return otherwise

    def text(self, name: str, longest: int = LONGEST, least: int = 1) -> str:
        """A text of at least some characters; refused as `missing`, `too_long` or `bad_text`."""
        text = self.optional(name, longest)
        if len(text) < least and not any(fault.field == name for fault in self._faults):
            self.refuse("too_short" if text else "missing", name, allowed=str(least))
        return text

    def optional(self, name: str, longest: int = LONGEST) -> str:
        """A text that may be left out; refused as `too_long` or `bad_text`."""
        text = request.form.get(name, "").strip()
        if len(text) > longest or "\0" in text:
            self.refuse("bad_text" if "\0" in text else "too_long", name)
        return text

    def code(self, name: str, codes: type[Code]) -> Code:
        """One of a list's codes; refused as `missing` or `not_allowed`."""
        text = request.form.get(name, "")
        if text in set(codes):
            return codes(text)
        self.refuse("not_allowed" if text else "missing", name, allowed=", ".join(codes))
        return next(iter(codes))

    def file(self, name: str) -> tuple[bytes, str]:
        """A file's bytes and its name of at most 200 characters; refused as `missing`."""
        file = request.files.get(name)
        if file is None or not file.filename:
            self.refuse("missing", name)
            return b"", ""
        return file.read(), file.filename[:200]

    def codes(self, name: str, allowed: type[Code]) -> frozenset[Code]:
        """The ticked boxes of a list of codes."""
        return frozenset(code for code in allowed if code in request.form.getlist(name))

    def number(self, name: str, low: int, high: int) -> int:
        """A whole number within limits; refused as `missing` or `out_of_range`."""
        digits = request.form.get(name, "").strip()
        if digits.isascii() and digits.isdigit() and len(digits) < 9 and low <= int(digits) <= high:
            return int(digits)
        self.refuse("out_of_range" if digits else "missing", name, shown(digits), f"{low:,}–{high:,}")
        return low

    def day(self, name: str) -> date:
        """A day as YYYY-MM-DD; refused as `missing` or `not_date`."""
        text = request.form.get(name, "").strip()
        try:
            return rows.day(text)
        except ValueError:
            self.refuse("not_date" if text else "missing", name, shown(text))
            return date.min

    def programs(self) -> frozenset[str] | None:
        """The programs that somebody is bound to, ids parted by commas or lines; None for an empty field.

        Refused as `unknown_program`.
        """
        words = self.optional("programs").replace("\n", ",").split(",")
        named = frozenset(word.strip() for word in words if word.strip())
        unknown = sorted(named - wired().matching.prepared().programs.side.records.keys())
        if unknown:
            self.refuse("unknown_program", "programs", shown(", ".join(unknown)))
        return named or None

    def email(self) -> str | None:
        """An e-mail address, or None for an empty field; refused as `not_email`."""
        text = self.optional("email", 320)
        if text and not _EMAIL.fullmatch(text):
            self.refuse("not_email", "email", shown(text))
        return text or None


def said(name: str, longest: int = LONGEST) -> str:
    """One text, checked at once; raises BadData."""
    sent = SentForm()
    text = sent.text(name, longest)
    sent.check()
    return text


def code(name: str, codes: type[Code]) -> Code:
    """One of a list's codes, checked at once; raises BadData."""
    sent = SentForm()
    chosen = sent.code(name, codes)
    sent.check()
    return chosen
