"""What the rules say of one startup: the schemas that document it, and the plain values that are sent."""

from __future__ import annotations

from collections import Counter
from typing import Any

from marshmallow import fields

from model import domain
from model.eligibility import VERDICTS
from model.eligibility.overview import Step
from service.actions.catalogue.explain_eligibility import EligibilityBasis, OfStartup, Steps
from service.api.catalogue.checks_schema import CheckSchema, Telling, UnlockSchema
from service.api.wire.fields import Code, Day, Many, Strict, Text, Whole
from service.api.wire.names_schema import ShownProgram, ShownStartup, shown
from service.wording import eligibility
from service.wording.eligibility import Audience


class Grounded(Strict):
    """What every explanation says of itself."""

    on = Day(required=True)
    rules_version = Text(required=True)
    snapshot = Text(required=True, metadata={"description": "판정한 프로그램 자료의 SHA-256 · Digest of the programs"})


class VerdictCounts(Strict):
    """How many pairs there are of each verdict."""

    eligible = Whole(required=True)
    needs_check = Whole(required=True)
    ineligible = Whole(required=True)


class JudgedProgram(Strict):
    """One open call with every rule's answer."""

    program = fields.Nested(ShownProgram, required=True)
    verdict = Code(domain.Verdict, required=True)
    verdict_label = Text(required=True)
    checks = Many(fields.Nested(CheckSchema), required=True)


class EligibilitySchema(Grounded):
    """Every open call for a startup: those that it may apply to first, of these the soonest to close first."""

    startup = fields.Nested(ShownStartup, required=True)
    counts = fields.Nested(VerdictCounts, required=True)
    programs = Many(fields.Nested(JudgedProgram), required=True)


class StepSchema(Strict):
    """One change that would unlock a program; what a person or the notice must confirm stays open beside it."""

    program = fields.Nested(ShownProgram, required=True)
    day = Day(
        required=True,
        allow_none=True,
        metadata={
            "description": "변화가 가능한 날, 정해지지 않았으면 null · When it can be made, null if that is open"
        },
    )
    sentence = Text(required=True, metadata={"description": "무엇으로 신청할 수 있게 되는지 · Unlocked by what"})
    unlock = fields.Nested(UnlockSchema, required=True)
    settles = Many(fields.Nested(CheckSchema), required=True)
    confirmations_count = Whole(required=True)
    confirmations = Many(fields.Nested(UnlockSchema), required=True)


class UnlocksSchema(Grounded):
    """The open calls that one change would unlock for a startup, the soonest first."""

    startup = fields.Nested(ShownStartup, required=True)
    unlocks = Many(fields.Nested(StepSchema), required=True)


def of_startup(explanation: OfStartup, language: str) -> dict[str, Any]:
    """The values of EligibilitySchema."""
    telling, counts = spoken(explanation.ground, language), Counter(judged.verdict for judged in explanation.programs)
    return {
        **grounded(explanation.ground),
        "startup": shown(explanation.startup),
        "counts": {verdict.value: counts[verdict] for verdict in VERDICTS},
        "programs": [
            {
                "program": shown(judged.program),
                "verdict": judged.verdict,
                "verdict_label": eligibility.verdict_name(judged.verdict, telling.language),
                "checks": telling.checks(judged.checks, judged.program),
            }
            for judged in explanation.programs
        ],
    }


def unlocks(steps: Steps, language: str) -> dict[str, Any]:
    """The values of UnlocksSchema."""
    telling = spoken(steps.ground, language)
    entries = [_step(step, steps.ground.programs[step.program_id], telling) for step in steps.steps]
    return {**grounded(steps.ground), "startup": shown(steps.startup), "unlocks": entries}


def grounded(ground: EligibilityBasis) -> dict[str, Any]:
    """The values of Grounded."""
    return {"on": ground.on, "rules_version": ground.rules_version, "snapshot": ground.snapshot}


def spoken(ground: EligibilityBasis, language: str) -> Telling:
    """The words in which an explanation is given."""
    return Telling(ground.codes, language, ground.families(language), ground.wish.audience)


def _step(step: Step, program: domain.Program, telling: Telling) -> dict[str, Any]:
    confirmations = step.confirmations if telling.of(program) is Audience.STAFF else ()
    return {
        "program": shown(program),
        "day": step.day,
        "sentence": eligibility.unlocked_by(step.unlock, telling.codes, telling.language, telling.families),
        "unlock": telling.unlock(step.unlock),
        "settles": telling.checks(step.settles, program),
        "confirmations_count": len(step.confirmations),
        "confirmations": [telling.unlock(change) for change in confirmations],
    }
