"""A match in a few sentences that a person would write: from templates, and of nothing but the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from model.domain import EvidenceKind, Verdict

MOST_TERMS = 3
MOST_CHECKS = 2
MOST_SENTENCES = 2
LONGEST_PHRASE = 60
"""A longer phrase is cut at a word, with an ellipsis."""

_BRACKETS = re.compile(r"\([^)]*\)")
"""What stands in brackets is not read before a particle: 기술실증(PoC)은."""
_VOWEL_DIGITS = frozenset("2459")


@dataclass(frozen=True, slots=True)
class NamedFact:
    """One fact in the reader's language: what the startup writes, and what the program writes."""

    label: str
    counterpart: str | None
    kind: EvidenceKind
    is_answered: bool = True
    """The program's text has the same word or one near to it."""


@dataclass(frozen=True, slots=True)
class BlockBasis:
    """What one block rests on, the largest first."""

    block: str
    facts: Sequence[NamedFact]
    across: bool = False


def paragraph(
    grounds: Sequence[BlockBasis], verdict: Verdict, checks: Sequence[str], language: str, *, whole: bool = True
) -> str:
    """Say why a pair may suit each other and what to look at first.

    `checks`: titles of the rules that fail or that a person has to check, in the order in which they are shown.
    `whole`: with facts; applicants who see none are told the same in general words.
    """
    sentences = _in_general(grounds, language) if not whole else _by_facts(grounds, language)
    return " ".join([*(sentences or [_NOTHING[language]]), _said_of_checks(verdict, checks, language)])


def _in_general(grounds: Sequence[BlockBasis], language: str) -> list[str]:
    return [_GENERAL[ground.block][language] for ground in grounds if ground.block in _GENERAL][:MOST_SENTENCES]


def _by_facts(grounds: Sequence[BlockBasis], language: str) -> list[str]:
    """A sentence for each of the strongest grounds that says something new, then one on the support."""
    sentences: list[str] = []
    cited: set[str] = set()
    for ground in grounds:
        named = [fact for fact in ground.facts if fact.kind is not EvidenceKind.PHRASE]
        # A word of the topic that the program has no like of is no reason that one could check in both texts.
        checked = [fact for fact in named if fact.is_answered] if ground.block == "meaning" else named
        words = [fact.label for fact in checked][:MOST_TERMS]
        phrases = [fact for fact in ground.facts if fact.kind is EvidenceKind.PHRASE]
        if len(sentences) == MOST_SENTENCES:
            break
        near = next((fact for fact in phrases if fact.counterpart), None)
        if ground.block == "cross_language" and near:
            sentences.append(_said_of_phrases(near, language, across=ground.across))
        elif ground.block in _OF_WORDS and not cited.issuperset(words):
            called = particle(words[-1], "이라는", "라는")
            sentences.append(_OF_WORDS[ground.block][language].format(words=quoted(words, language), called=called))
            cited.update(words)
    needs = [fact.label for ground in grounds if ground.block == "needs" for fact in ground.facts][:MOST_TERMS]
    is_vague = any(ground.block == "cross_language" for ground in grounds[:2]) and not sentences
    if needs:
        sentences.append(_NEEDS[language].format(words=", ".join(needs), topic=particle(needs[-1], "은", "는")))
    return [*sentences, _VAGUE[language]] if is_vague else sentences


def quoted(words: Sequence[str], language: str) -> str:
    """Words as they are cited.

    >>> quoted(["문서", "검색"], "ko"), quoted(["search", "scans", "clauses"], "en")
    ('‘문서’, ‘검색’', '“search”, “scans” and “clauses”')
    """
    if language == "ko":
        return ", ".join(f"‘{word}’" for word in words)
    cited = [f"“{word}”" for word in words]
    return cited[0] if len(cited) == 1 else f"{', '.join(cited[:-1])} and {cited[-1]}"


def particle(word: str, after_consonant: str, after_vowel: str) -> str:
    """The form of a Korean particle that follows a word, by how its last syllable sounds.

    >>> particle("문서", "이라는", "라는"), particle("검색", "이라는", "라는"), particle("LLM", "을", "를")
    ('라는', '이라는', '을')
    """
    last = next((c for c in reversed(_BRACKETS.sub("", word).lower()) if c.isalnum()), "a")
    if "가" <= last <= "힣":
        closed = (ord(last) - ord("가")) % 28 > 0
    elif last.isdigit():
        closed = last not in _VOWEL_DIGITS
    else:
        closed = last in "lmn" or word.lower().endswith("ng")
    return after_consonant if closed else after_vowel


def _said_of_phrases(fact: NamedFact, language: str, *, across: bool) -> str:
    ours, theirs = _shortened(fact.label), _shortened(fact.counterpart or "")
    kind = "across" if across else "both"
    called, theirs_called = (particle(words, "이라는", "라는") for words in (ours, theirs))
    return _OF_PHRASES[kind][language].format(ours=ours, theirs=theirs, called=called, theirs_called=theirs_called)


def _said_of_checks(verdict: Verdict, checks: Sequence[str], language: str) -> str:
    named = list(dict.fromkeys(checks))[:MOST_CHECKS]
    if not named:
        return _CHECKS["eligible"][language]
    more = len(set(checks)) > MOST_CHECKS
    return _CHECKS[verdict.value][language].format(checks=quoted(named, language) + (_MORE[language] if more else ""))


def _shortened(phrase: str) -> str:
    return phrase if len(phrase) <= LONGEST_PHRASE else phrase[:LONGEST_PHRASE].rsplit(" ", 1)[0] + "…"


_OF_WORDS: dict[str, dict[str, str]] = {
    "words": {
        "ko": "기업 소개에 나오는 {words}{called} 말이 프로그램 소개에도 나옵니다.",
        "en": "The startup and the program both speak of {words}.",
    },
    "meaning": {
        "ko": "기업 소개에 나오는 {words}{called} 말이 프로그램이 다루는 주제와 통하는 것으로 보입니다.",
        "en": "By words such as {words}, the startup seems to work on what the program is about.",
    },
    "technology": {
        "ko": "이 기업이 갖춘 기술 가운데 {words} 분야를 프로그램이 찾고 있습니다.",
        "en": "The program looks for technologies that the startup has: {words}.",
    },
    "track_record": {
        "ko": "{words} 등에서 이 프로그램에 참여했던 기업들과 닮은 점이 있는 것으로 보입니다.",
        "en": "In {words} it seems to resemble startups that took part before.",
    },
}

_OF_PHRASES: dict[str, dict[str, str]] = {
    "both": {
        "ko": "기업 소개의 ‘{ours}’{called} 표현이 프로그램 소개의 "
        "‘{theirs}’{theirs_called} 표현과 뜻이 가까운 것으로 보입니다.",
        "en": "What the startup says, “{ours}”, seems close to what the program says: “{theirs}”.",
    },
    "across": {
        "ko": "쓴 언어는 다르지만, 기업 소개의 ‘{ours}’{called} 표현이 프로그램 소개의 "
        "‘{theirs}’{theirs_called} 표현과 뜻이 가까운 것으로 보입니다.",
        "en": "Though in another language, what the startup says, “{ours}”, seems close to the program’s “{theirs}”.",
    },
}

_NEEDS: dict[str, str] = {
    "ko": "기업이 바라는 지원 가운데 {words}{topic} 이 프로그램에서 받을 수 있습니다.",
    "en": "Of the support that the startup seeks, the program gives: {words}.",
}

_GENERAL: dict[str, dict[str, str]] = {
    "words": {
        "ko": "기업 소개와 프로그램 소개에 같은 말이 나옵니다.",
        "en": "The startup and the program use some of the same words.",
    },
    "meaning": {
        "ko": "기업 소개와 프로그램 소개가 다루는 주제가 비슷한 것으로 보입니다.",
        "en": "The startup and the program seem to treat a similar topic.",
    },
    "cross_language": {
        "ko": "기업 소개와 프로그램 소개의 뜻이 가까운 것으로 보입니다.",
        "en": "The startup’s text and the program’s seem close in meaning.",
    },
    "technology": {
        "ko": "이 기업이 갖춘 기술을 프로그램이 찾고 있습니다.",
        "en": "The program looks for technologies that the startup has.",
    },
    "needs": {
        "ko": "기업이 바라는 지원을 이 프로그램에서 받을 수 있습니다.",
        "en": "The program gives support that the startup seeks.",
    },
    "track_record": {
        "ko": "이 프로그램에 참여했던 기업들과 닮은 점이 있는 것으로 보입니다.",
        "en": "It seems to resemble startups that took part before.",
    },
}

_NOTHING: dict[str, str] = {
    "ko": "소개 글에서 뚜렷하게 겹치는 내용은 찾지 못했습니다.",
    "en": "Nothing in the texts clearly stands out as shared.",
}

_VAGUE: dict[str, str] = {
    "ko": "두 소개 글에서 뜻이 뚜렷하게 겹치는 대목은 없습니다.",
    "en": "No passage of one text clearly corresponds to one of the other.",
}

_CHECKS: dict[str, dict[str, str]] = {
    "eligible": {
        "ko": "등록된 자료로는 신청 요건에 걸리는 점이 없습니다.",
        "en": "By the data at hand, no rule stands against an application.",
    },
    "needs_check": {
        "ko": "신청하기 전에 {checks} 요건부터 확인하는 것이 좋습니다.",
        "en": "Before an application, first check {checks}.",
    },
    "ineligible": {
        "ko": "다만 지금 자료로는 {checks} 요건을 충족하지 않아 신청하기 어렵습니다.",
        "en": "As the data stand, it can’t apply: {checks} is not met.",
    },
}

_MORE: dict[str, str] = {"ko": " 등의", "en": " among others"}
