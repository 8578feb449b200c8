"""A match in a few sentences that a person would write: from templates, and of nothing but the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from model.domain import EvidenceKind, Verdict
from service.wording.generic import in_script, informative, says_something

MOST_TERMS = 3
MOST_CHECKS = 2
MOST_SENTENCES = 2
LONGEST_PHRASE = 60
"""A longer phrase is cut at a word, with an ellipsis."""

_BRACKETS = re.compile(r"\([^)]*\)")
"""What stands in brackets is not read before a particle: 기술실증(PoC)은."""
_STANDING = frozenset({"field", "stage", "region"})
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

    `checks`: titles of the rules that the verdict rests on, in the order in which they are shown.
    `whole`: with facts; applicants who see none are told the same in general words.
    """
    if whole:
        sentences = by_facts(grounds, language)
    else:
        sentences = [_GENERAL[g.block][language] for g in grounds if g.block in _GENERAL][:MOST_SENTENCES]
    return " ".join([*(sentences or [_NOTHING[language]]), of_checks(verdict, checks, language)])


def by_facts(grounds: Sequence[BlockBasis], language: str) -> list[str]:
    """A sentence for each of the strongest grounds that says something new, then one on the support."""
    sentences: list[str] = []
    cited: set[str] = set()
    # What a firm does comes before its stage, field and place.
    for ground in sorted(grounds, key=lambda ground: ground.block in _STANDING):
        if len(sentences) == MOST_SENTENCES:
            break
        phrases = [f for f in ground.facts if f.kind is EvidenceKind.PHRASE and f.counterpart]
        near = next((f for f in phrases if says_something(f.label) and says_something(f.counterpart or "")), None)
        named = [fact for fact in ground.facts if fact.kind is not EvidenceKind.PHRASE]
        # A word of the topic that the program has no like of is no reason that one could check in both texts.
        checked = [fact.label for fact in named if fact.is_answered or ground.block != "meaning"]
        words = [w for w in in_script(informative(checked), language) if w.lower() not in cited][:MOST_TERMS]
        if ground.block == "cross_language" and near:
            sentences.append(of_phrases(near, language, across=ground.across))
        elif ground.block in _OF_WORDS and words:
            subject, topic = particle(words[-1], "이", "가"), particle(words[-1], "은", "는")
            called, both = particle(words[-1], "이라는", "라는"), quoted(words, language)
            sentence = _OF_WORDS[ground.block][language]
            plain = ", ".join(words)
            sentences.append(sentence.format(words=both, plain=plain, called=called, subject=subject, topic=topic))
            cited.update(map(str.lower, words))
    needs = [fact.label for ground in grounds if ground.block == "needs" for fact in ground.facts][:MOST_TERMS]
    is_vague = any(ground.block == "cross_language" for ground in grounds[:2]) and not sentences
    if needs:
        sentences.append(_NEEDS[language].format(words=", ".join(needs), subject=particle(needs[-1], "이", "가")))
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


def of_phrases(fact: NamedFact, language: str, *, across: bool) -> str:
    """Say that a phrase of the one text is near to one of the other."""
    ours, theirs = shortened(fact.label), shortened(fact.counterpart or "")
    sentence = _OF_PHRASES["across" if across else "both"][language]
    together, topic = particle(ours, "과", "와"), particle(theirs, "은", "는")
    return sentence.format(ours=ours, theirs=theirs, together=together, topic=topic)


def of_checks(verdict: Verdict, checks: Sequence[str], language: str) -> str:
    """Say what to check before an application, or what stands against one."""
    named = list(dict.fromkeys(checks))
    if not named:
        return _CHECKS["eligible"][language]
    more = _MORE[language] if len(named) > MOST_CHECKS else ""
    return _CHECKS[verdict.value][language].format(checks=quoted(named[:MOST_CHECKS], language) + more)


def shortened(phrase: str) -> str:
    """A phrase of at most so many letters, cut at a word."""
    return phrase if len(phrase) <= LONGEST_PHRASE else phrase[:LONGEST_PHRASE].rsplit(" ", 1)[0] + "…"


_OF_WORDS: dict[str, dict[str, str]] = {
    "words": {"ko": "두 소개 글에 {words}{called} 말이 함께 나옵니다.", "en": "Both texts mention {words}."},
    "meaning": {
        "ko": "기업 소개에 나오는 {words}{called} 말이 프로그램의 주제와 통하는 것으로 보입니다.",
        "en": "What the startup says of {words} seems to touch on what the program is about.",
    },
    "technology": {
        "ko": "프로그램이 찾는 기술 가운데 {words}{subject} 이 기업의 기술 분야와 맞습니다.",
        "en": "Of the technologies that the program looks for, the startup works on {words}.",
    },
    "field": {
        "ko": "업종·분야({plain})가 프로그램의 대상과 맞습니다.",
        "en": "The program addresses the startup’s field: {plain}.",
    },
    "stage": {
        "ko": "투자 단계({plain})가 프로그램의 대상과 맞습니다.",
        "en": "The startup’s stage, {plain}, is one that the program addresses.",
    },
    "region": {
        "ko": "소재지({plain})가 프로그램의 대상 지역에 들어 있습니다.",
        "en": "The startup’s place of business, {plain}, is among the program’s regions.",
    },
    "track_record": {
        "ko": "이 프로그램에 참여했던 기업들과 {words} 등에서 비슷한 점이 있는 것으로 보입니다.",
        "en": "It seems to have {words} in common with startups that took part before.",
    },
}

_OF_PHRASES: dict[str, dict[str, str]] = {
    "both": {
        "ko": "기업 소개의 ‘{ours}’{together} 프로그램 소개의 ‘{theirs}’{topic} 뜻이 가까운 것으로 보입니다.",
        "en": "“{ours}” in the startup’s text seems close in meaning to “{theirs}” in the program’s.",
    },
    "across": {
        "ko": "쓰인 언어는 다르지만 기업 소개의 ‘{ours}’{together} 프로그램 소개의 ‘{theirs}’{topic} "
        "뜻이 가까운 것으로 보입니다.",
        "en": "Though the languages differ, “{ours}” in the startup’s text seems close in meaning to “{theirs}” "
        "in the program’s.",
    },
}

_NEEDS: dict[str, str] = {
    "ko": "기업이 바라는 지원 가운데 {words}{subject} 프로그램의 지원 내용에 들어 있습니다.",
    "en": "The program offers support that the startup is looking for: {words}.",
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
        "ko": "프로그램이 찾는 기술이 이 기업의 기술 분야와 맞습니다.",
        "en": "The program looks for technologies that the startup has.",
    },
    "needs": {
        "ko": "기업이 바라는 지원이 프로그램의 지원 내용에 들어 있습니다.",
        "en": "The program offers support that the startup is looking for.",
    },
    "field": {"ko": "업종이나 분야가 프로그램의 대상과 맞습니다.", "en": "The program addresses the startup’s field."},
    "stage": {
        "ko": "투자 단계가 프로그램의 대상과 맞습니다.",
        "en": "The startup’s stage is one that the program addresses.",
    },
    "region": {
        "ko": "소재지가 프로그램의 대상 지역에 들어 있습니다.",
        "en": "The startup’s place of business is among the program’s regions.",
    },
    "track_record": {
        "ko": "이 프로그램에 참여했던 기업들과 비슷한 점이 있는 것으로 보입니다.",
        "en": "It seems to have things in common with startups that took part before.",
    },
}

_NOTHING: dict[str, str] = {
    "ko": "소개 글에서 뚜렷하게 겹치는 내용은 찾지 못했습니다.",
    "en": "Nothing in the texts clearly stands out as shared.",
}

_VAGUE: dict[str, str] = {
    "ko": "두 소개 글에서 서로 뚜렷하게 통하는 대목은 찾지 못했습니다.",
    "en": "No passage of one text clearly corresponds to a passage of the other.",
}

_CHECKS: dict[str, dict[str, str]] = {
    "eligible": {
        "ko": "등록된 자료로는 신청 요건에 걸리는 점이 없습니다.",
        "en": "On the data at hand, no rule stands in the way of an application.",
    },
    "needs_check": {
        "ko": "신청에 앞서 {checks} 요건을 먼저 확인할 필요가 있습니다.",
        "en": "Before an application, check {checks} first.",
    },
    "ineligible": {
        "ko": "다만 등록된 자료로는 {checks} 요건을 충족하지 않아 신청하기 어렵습니다.",
        "en": "On the data at hand it can’t apply, however: it does not meet {checks}.",
    },
}

_MORE: dict[str, str] = {"ko": " 등의", "en": " and other rules"}
