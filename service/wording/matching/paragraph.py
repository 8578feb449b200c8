"""A match in a few sentences that a person would write: from templates, and of nothing but the evidence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from model.domain import EvidenceKind, Verdict
from service.wording.matching.generic import in_script, says_something

_TABLE: Mapping[str, Mapping[str, Mapping[str, str]]] = tomllib.loads(
    Path(__file__).with_name("reasons.toml").read_text(encoding="utf-8")
)
_ALL, _OF_WORDS, _OF_PHRASES, _GENERAL = (_TABLE[part] for part in ("paragraph", "words", "phrases", "general"))
_CHECKS = _TABLE["checks"]

MOST_TERMS = 3
MOST_CHECKS = 2
MOST_SENTENCES = 2
LONGEST_PHRASE = 60
"""A longer phrase is cut at a word, with an ellipsis."""

_BRACKETS = re.compile(r"\([^)]*\)")
"""What stands in brackets is not read before a particle: 기술실증(PoC)은."""
_CLOSED = re.compile("(?:[lmn]e?|ng|ck|[^aeiou](?:[aeiou][ptkc]+|[ae]b)|[A-Z][LMNR])$|^[LMN]$")
"""How a word in Latin letters ends that closes with a consonant in Korean: 모바일, 로봇, 스택, 앱, VR."""
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
    is_technology: bool = False
    """An official name, which says something whatever its words do."""
    is_field: bool = False
    """It names a field of technologies (클라우드), in which the firm may do other things than its name says."""


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
    return " ".join([*(sentences or [_ALL["nothing"][language]]), of_checks(verdict, checks, language)])


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
        checked = [fact for fact in named if fact.is_answered or ground.block != "meaning"]
        fitting = in_script([f.label for f in checked if says_something(f.label) or f.is_technology], language)
        fields = {fact.label for fact in checked if fact.is_field}
        block = "technology_field" if fields.issuperset(fitting) and fields else ground.block
        fitting = [word for word in fitting if word not in fields or block != ground.block]
        words = [word for word in fitting if word.lower().removesuffix("s") not in cited][:MOST_TERMS]
        if ground.block == "cross_language" and near:
            sentences.append(of_phrases(near, language, across=ground.across))
        elif block in _OF_WORDS and words:
            called, accusative = particle(words[-1], "이라는", "라는"), particle(words[-1], "을", "를")
            both, plain = quoted(words, language), ", ".join(words)
            sentence = _OF_WORDS[block][language]
            sentences.append(sentence.format(words=both, plain=plain, called=called, accusative=accusative))
            cited.update(word.lower().removesuffix("s") for word in words)
    needs = [fact.label for ground in grounds if ground.block == "needs" for fact in ground.facts][:MOST_TERMS]
    is_vague = any(ground.block == "cross_language" for ground in grounds[:2]) and not sentences
    if needs:
        accusative = particle(needs[-1], "을", "를")
        sentences.append(_ALL["needs"][language].format(words=", ".join(needs), accusative=accusative))
    return [*sentences, _ALL["vague_however" if sentences else "vague"][language]] if is_vague else sentences


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

    >>> particle("문서", "이라는", "라는"), particle("mobile(앱)", "이라는", "라는"), particle("VR", "을", "를")
    ('라는', '이라는', '을')
    """
    spoken = re.sub(r"[\W_]+$", "", _BRACKETS.sub("", word))
    last = spoken[-1:]
    if "가" <= last <= "힣":
        closed = (ord(last) - ord("가")) % 28 > 0
    elif last.isdigit():
        closed = last not in _VOWEL_DIGITS
    else:
        closed = bool(_CLOSED.search(spoken))
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
    more = _ALL["more"][language] if len(named) > MOST_CHECKS else ""
    return _CHECKS[verdict.value][language].format(checks=quoted(named[:MOST_CHECKS], language) + more)


def shortened(phrase: str) -> str:
    """A phrase of at most so many letters, cut at a word, without a last particle whose verb is not quoted.

    >>> shortened("재생 에너지를"), shortened("보험 설계사와"), shortened("가을"), shortened("결과")
    ('재생 에너지', '보험 설계사', '가을', '결과')
    """
    bare = phrase[:-1]
    trailing = {particle(bare, "을", "를"), particle(bare, "과", "와")} - {"과"}  # 결과 ends in no particle
    phrase = bare if phrase[-1:] in trailing else phrase
    return phrase if len(phrase) <= LONGEST_PHRASE else phrase[:LONGEST_PHRASE].rsplit(" ", 1)[0] + "…"
