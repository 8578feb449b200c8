"""Eligibility checks as an answer shows them: every code beside its sentence, as much as the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from model import domain
from model.domain import Check, Program, Unlock
from model.vocabulary.codes import Codes
from service.api.wire.fields import Code, Day, Strict, Text
from service.wording import eligibility
from service.wording.eligibility import Audience, CheckLine


class Anything(fields.Raw):
    """A fact: text, number, truth value, list of texts, or null for unknown."""


class UnlockSchema(Strict):
    """What would turn a check to pass."""

    code = Text(required=True)
    on = Day(required=True, allow_none=True)
    value = Anything(required=True, allow_none=True)
    sentence = Text(required=True, allow_none=True)


class CheckSchema(Strict):
    """One eligibility rule's answer; in an applicant's view an entry without a rule counts those that are left out."""

    rule = Text(required=True, allow_none=True)
    label = Text(required=True)
    result = Code(domain.Result, required=True)
    field = Text(required=True, allow_none=True)
    fact = Anything(data_key="found", required=True, allow_none=True)
    required = Anything(required=True, allow_none=True)
    sentence = Text(required=True)
    basis = Text(required=True, allow_none=True)
    basis_text = Text(required=True, allow_none=True)
    unlock = fields.Nested(UnlockSchema, required=True, allow_none=True)


@dataclass(frozen=True, slots=True)
class Telling:
    """In which words, and to whom, checks are told; `families` names program families in that language."""

    codes: Codes
    language: str
    families: Mapping[str, str]
    audience: Audience

    def of(self, program: Program) -> Audience:
        """Whose view of a program the reader gets."""
        return eligibility.audience_for(program, self.audience)

    def checks(self, checks: Iterable[Check], program: Program) -> list[dict[str, Any]]:
        """The values of a pair's checks."""
        lines = eligibility.view(checks, self.codes, self.language, self.of(program), self.families)
        return [_check(line) for line in lines]

    def unlock(self, change: Unlock) -> dict[str, Any]:
        """The values of an unlock that stands by itself."""
        return _unlock(change, eligibility.way_in(change, self.codes, self.language, self.families))


def _check(line: CheckLine) -> dict[str, Any]:
    check = line.check
    return {
        "rule": check and check.rule,
        "label": line.title,
        "result": line.result,
        "field": check and check.field,
        "found": check and check.fact,
        "required": check and check.required,
        "sentence": line.sentence,
        "basis": check and check.basis,
        "basis_text": line.basis,
        "unlock": _unlock(check.unlock, line.unlock) if check and check.unlock else None,
    }


def _unlock(change: Unlock, sentence: str | None) -> dict[str, Any]:
    return {"code": change.code, "on": change.on, "value": change.value, "sentence": sentence}
