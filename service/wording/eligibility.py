"""Eligibility checks as sentences of a public notice: everything for staff, less detail for applicants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from model.domain import Check, Detail, Fact, Program, Result, Unlock, Verdict
from model.eligibility import RULES
from model.vocabulary.codes import Codes
from model.vocabulary.families import tells_another_year
from service.wording import eligibility_texts as texts
from service.wording.applications import ANYWHERE
from service.wording.pairs import said

Names = Mapping[str, str]
_ENTRY = re.compile(r"(.*):(\d{4})")
_OFTEN = re.compile(r"(.*):(any|last:(\d+))\*(\d+)")
OF_PROGRAMS = frozenset(rule.name for rule in RULES if not rule.reads)
MOST_LISTED = 6
"""Codes that a sentence lists before it says how many more there are."""


class Audience(StrEnum):
    """Who reads: staff see every fact and its basis, applicants see what concerns them."""

    STAFF = "staff"
    APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check in words: what was found, what would change it, and where the rule is written."""

    rule: str
    result: str
    title: str
    result_name: str
    sentence: str
    unlock: str | None = None
    basis: str | None = None
    check: Check | None = None
    """The check with the facts that this audience is told; None for a line that only counts others."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says checks in one language; `programs` gives the name of each program family."""

    codes: Codes
    language: str
    programs: Mapping[str, str]

    def word(self, table: texts.Texts, code: str, **facts: object) -> str:
        """Find a text and fill in its facts; a code without a text is said as it is."""
        entry = table.get(code)
        return entry[self.language].format(**facts) if entry else code

    def day(self, day: date | str) -> str:
        """Write a date as notices do; a month or a year where no more is known."""
        if isinstance(day, str) and len(day) < 10:
            year, _, month = day.partition("-")
            if not month:
                return self.word(texts.WORDS, "year", year=int(year))
            first = date(int(year), int(month), 1)
            name = first.month if self.language == "ko" else f"{first:%B}"
            return self.word(texts.WORDS, "month", year=int(year), month=name)
        value = day if isinstance(day, date) else date.fromisoformat(day)
        if self.language == "ko":
            return f"{value.year}. {value.month}. {value.day}."
        return f"{value.day} {value:%B} {value.year}"


def audience_for(program: Program, reader: Audience) -> Audience:
    """Give whose view a reader gets of a program: an applicant gets the staff's where the program shows all of it."""
    return Audience.STAFF if program.reasons_shown is Detail.FULL else reader


def view(
    checks: Iterable[Check], codes: Codes, language: str, audience: Audience, programs: Names | None = None
) -> tuple[CheckLine, ...]:
    """Say the checks for an audience, in `ko` or `en`; `programs` names program families where a check cites them."""
    speaker = Speaker(codes, language, programs or {})
    if audience is Audience.STAFF:
        return tuple(
            _of_program(check, codes, language) if check.rule in OF_PROGRAMS else _whole(check, speaker)
            for check in checks
        )
    return _reduced(tuple(checks), speaker)


def way_in(change: Unlock, codes: Codes, language: str, programs: Names | None = None) -> str:
    """Say one unlock by itself, as in a list of programs that are one step away."""
    return _way_in(change, Speaker(codes, language, programs or {}))


def unlocked_by(change: Unlock, codes: Codes, language: str, programs: Names | None = None) -> str:
    """Say what a program that is one step away is unlocked by."""
    return _way_in(change, Speaker(codes, language, programs or {}), texts.STEPS)


def rule_name(rule: str, language: str) -> str:
    """Name a rule or a requirement; one that is not known keeps its code.

    >>> rule_name("listing:claw_back", "en")
    'List from outside: Claw-back unpaid'
    """
    name, _, condition = rule.partition(":")
    word = texts.RULES.get(name, {}).get(language, name)
    return f"{word}: {said(ANYWHERE, condition, language)}" if condition else word


def verdict_name(verdict: Verdict, language: str) -> str:
    """Name a verdict."""
    return texts.VERDICTS[verdict.value][language]


def basis(check: Check, codes: Codes, language: str) -> str | None:
    """Name the article or notice that a check rests on."""
    return _basis(check, Speaker(codes, language, {}))


@lru_cache(maxsize=5_000)
def _of_program(check: Check, codes: Codes, language: str) -> CheckLine:
    """Say a check that is the same whoever applies, and so stands in answer after answer."""
    return _whole(check, Speaker(codes, language, {}))


def _whole(check: Check, speaker: Speaker) -> CheckLine:
    return CheckLine(
        check.rule,
        check.result.value,
        rule_name(check.rule, speaker.language),
        speaker.word(texts.RESULTS, check.result.value),
        _sentence(check, speaker),
        _unlock(check, speaker),
        _basis(check, speaker),
        check,
    )


def _reduced(checks: tuple[Check, ...], speaker: Speaker) -> tuple[CheckLine, ...]:
    """Say what isn't met and how it could be; what is met and what staff check themselves are only counted."""
    own = [c for c in checks if c.result is not Result.PASS and c.rule != "manual_check"]
    lines = [_short(check, speaker) for check in own]
    met = sum(check.result is Result.PASS for check in checks)
    manual = sum(check.rule == "manual_check" for check in checks)
    if met:
        lines.append(_count("met_count", met, Result.PASS, speaker))
    if manual:
        lines.append(_count("confirm_count", manual, Result.NEEDS_CHECK, speaker))
    return tuple(lines)


def _short(check: Check, speaker: Speaker) -> CheckLine:
    title = rule_name(check.rule, speaker.language)
    result = speaker.word(texts.RESULTS, check.result.value)
    bare = replace(check, fact=None, required=None, basis=None)
    return CheckLine(
        check.rule, check.result.value, title, result, f"{title}: {result}", _unlock(check, speaker), check=bare
    )


def _count(code: str, count: int, result: Result, speaker: Speaker) -> CheckLine:
    title = speaker.word(texts.RESULTS, result.value)
    return CheckLine("", result.value, title, title, speaker.word(texts.WORDS, code, count=count))


def _sentence(check: Check, speaker: Speaker) -> str:
    if check.rule == "window" and check.field == "closes_at":
        return speaker.word(texts.LAST_DAY, check.result.value, required=check.required)
    if check.rule == "window" and check.unlock and check.unlock.value == "closes_at":
        return speaker.word(texts.LAST_DAY, "hour_unknown", required=_fact(check, check.required, speaker))
    if check.rule == "window" and check.result is Result.NEEDS_CHECK and check.required in (("", ""), None):
        return speaker.word(texts.WORDS, "window_unknown")
    reason = texts.REASONS.get((check.rule, check.result.value))
    if reason is None:
        return f"{rule_name(check.rule, speaker.language)}: {speaker.word(texts.RESULTS, check.result.value)}"
    words, facts = reason[speaker.language], {"found": check.fact, "required": check.required}
    return words.format(**{name: _fact(check, fact, speaker) for name, fact in facts.items() if f"{{{name}" in words})


def _unlock(check: Check, speaker: Speaker) -> str | None:
    if check.rule == "manual_check":
        return speaker.word(texts.WORDS, "by_person")
    return _way_in(check.unlock, speaker) if check.unlock else None


def _way_in(change: Unlock, speaker: Speaker, table: texts.Texts = texts.UNLOCKS) -> str:
    said = _VALUES.get(change.code, _plain)(change.value, speaker)
    on = speaker.day(change.on) if change.on else ""
    return speaker.word(table, change.code, on=on, value=said)


def _basis(check: Check, speaker: Speaker) -> str | None:
    if check.basis is None:
        return None
    if check.basis.startswith("notice:"):
        # the citation itself stands in the language of the row
        return f"{speaker.word(texts.BASES, 'notice')}: {check.basis.removeprefix('notice:')}"
    if check.basis.startswith("manual:"):
        term = speaker.codes.manual_checks.get(check.basis.removeprefix("manual:"))
        return term.basis(speaker.language) if term else speaker.word(texts.BASES, "notice")
    return speaker.word(texts.BASES, check.basis)


def _fact(check: Check, fact: Fact, speaker: Speaker) -> str:
    if check.rule == "business_age" and fact == check.fact and _is_counted_otherwise(check):
        days = [speaker.day(str(day)) for day in (fact if isinstance(fact, tuple) else (fact,))]
        return speaker.word(texts.WORDS, "counted_from", day=speaker.word(texts.WORDS, "or").join(days))
    return _FACTS.get(check.rule, _plain)(fact, speaker)


def _is_counted_otherwise(check: Check) -> bool:
    """Tell whether age counts, or may count, from another day than that of opening or incorporation."""
    return bool(check.fact) and (check.field not in ("founded_on", "entity") or isinstance(check.fact, tuple))


Sayer = Callable[[Fact, Speaker], str]


def _plain(fact: Fact, speaker: Speaker) -> str:
    if fact is None or fact == ():
        return speaker.word(texts.WORDS, "unknown")
    return _list([str(item) for item in fact] if isinstance(fact, tuple) else [str(fact)], speaker)


def _named(find: Callable[[Codes, str, str], str | None]) -> Sayer:
    def say(fact: Fact, speaker: Speaker) -> str:
        if fact is None or fact == ():
            return speaker.word(texts.WORDS, "unknown")
        codes = fact if isinstance(fact, tuple) else (str(fact),)
        named = [find(speaker.codes, code, speaker.language) or code for code in codes[:MOST_LISTED]]
        return _list([*named, *codes[MOST_LISTED:]], speaker)

    return say


def _region(fact: Fact, speaker: Speaker) -> str:
    if fact == "non_capital":
        return speaker.word(texts.WORDS, "non_capital")
    return _REGION(fact, speaker)


def _window(fact: Fact, speaker: Speaker) -> str:
    if not isinstance(fact, tuple):
        return speaker.word(texts.WORDS, str(fact))
    return " ~ ".join(speaker.day(day) if day else speaker.word(texts.WORDS, "unknown_day") for day in fact)


def _age(fact: Fact, speaker: Speaker) -> str:
    if isinstance(fact, tuple):
        return _list([_limit(item, speaker) if ":" in item else _age(item, speaker) for item in fact], speaker)
    if fact is None:
        return speaker.word(texts.WORDS, "founding_unknown")
    if fact == "pre_founder":
        return speaker.word(texts.WORDS, "not_founded")
    return speaker.word(texts.WORDS, "founded", day=speaker.day(str(fact)))


def _limit(limit: str, speaker: Speaker) -> str:
    name, _, value = limit.partition(":")
    if name in ("at", "from", "until", "reading"):
        return speaker.word(texts.WORDS, name, day=" ~ ".join(speaker.day(day) for day in value.split("~")))
    return speaker.word(texts.WORDS, name, years=value)


def _history(fact: Fact, speaker: Speaker) -> str:
    if not isinstance(fact, tuple):
        return _plain(fact, speaker)
    return _list([_participation(item, speaker) for item in fact], speaker)


def _participation(item: str, speaker: Speaker) -> str:
    """Say `program:year:status` of a history, or of a program's list `program:stage` or `program:any*1:stage`."""
    rest, _, code = item.rpartition(":")
    status = speaker.word(texts.STATUSES, code)
    if entry := _ENTRY.fullmatch(rest):
        named = entry[1] if tells_another_year(entry[1], int(entry[2])) else _program(entry[1], speaker)
        return speaker.word(texts.WORDS, "entry", program=named, year=entry[2], status=status)
    if often := _OFTEN.fullmatch(rest):
        facts = {"program": _program(often[1], speaker), "years": often[3], "times": often[4], "status": status}
        return speaker.word(texts.WORDS, "last" if often[3] else "any", **facts)
    return speaker.word(texts.WORDS, "from_stage", program=_program(rest, speaker), status=status)


def _program(written: str, speaker: Speaker) -> str:
    """Name a program as the catalogue does, else as the vocabulary, else as it is written."""
    families = speaker.codes.programs
    if written.startswith("class:"):
        code = written.removeprefix("class:")
        return families.class_name(code, speaker.language) or code
    code = families.find(written) or written
    return speaker.programs.get(code) or families.name(code, speaker.language) or written


def _businesses(fact: Fact, speaker: Speaker) -> str:
    if not isinstance(fact, tuple):
        return _INDUSTRY(fact, speaker)
    said = []
    for industry, opened, closed in (item.rsplit(":", 2) for item in fact):
        said.append(f"{_INDUSTRY(industry or None, speaker)} {_window((opened, closed), speaker)}")
    return _list(said, speaker)


def _one_day(fact: Fact, speaker: Speaker) -> str:
    text = str(fact or "")
    return speaker.day(text) if text[:4].isdigit() and len(text) == 10 else _plain(fact, speaker)


def _field(fact: Fact, speaker: Speaker) -> str:
    return speaker.word(texts.FIELDS, str(fact))


def _confirmation(fact: Fact, speaker: Speaker) -> str:
    term = speaker.codes.manual_checks.get(str(fact))
    return term.name(speaker.language) if term else speaker.word(texts.CONFIRMATIONS, str(fact))


def _other_industry(fact: Fact, speaker: Speaker) -> str:
    return _INDUSTRY(fact, speaker) if fact else speaker.word(texts.WORDS, "other_industry")


def _list(words: list[str], speaker: Speaker) -> str:
    if len(words) <= MOST_LISTED:
        return ", ".join(words)
    more = len(words) - MOST_LISTED
    rest = f" 외 {more}건" if speaker.language == "ko" else f" and {more} more"
    return ", ".join(words[:MOST_LISTED]) + rest


_REGION = _named(lambda codes, code, language: codes.regions.name(code, language))
_STAGE = _named(lambda codes, code, language: codes.stages.name(code, language))
_LANGUAGE = _named(lambda codes, code, language: codes.languages.name(code, language))


def _industry(codes: Codes, code: str, language: str) -> str | None:
    name = codes.industries.name(code, language)
    return texts.WORDS["class"][language].format(name=name, code=code) if name else None


_INDUSTRY = _named(_industry)

_FACTS: Mapping[str, Sayer] = {
    "kind": _named(lambda codes, code, language: codes.kinds.name(code, language)),
    "entity": _named(lambda codes, code, language: codes.entities.name(code, language)),
    "stage": _STAGE,
    "languages": _LANGUAGE,
    "window": _window,
    "business_age": _age,
    "founding": _businesses,
    "founding_certificate": _one_day,
    "region": _region,
    "capital_area": _region,
    "industry": _INDUSTRY,
    "excluded_industry": _INDUSTRY,
    "exclusive_group": _history,
    "not_together": _history,
    "past_participation": _history,
    "manual_check": _confirmation,
}

_VALUES: Mapping[str, Sayer] = {
    "state": _field,
    "state_in_notice": _field,
    "correct_number": _field,
    "reach_stage": _STAGE,
    "offer_language": _LANGUAGE,
    "move_head_office": _region,
    "change_industry": _other_industry,
    "withdraw_application": _history,
    "name_program": _history,
    "confirm": _confirmation,
}
