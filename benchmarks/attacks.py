"""Ways to stuff a startup's profile for one program; the attacker knows every program's text, and not the model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from model.blocks.reading import program_text
from model.domain import Program, Startup
from model.text import analysis as text

KEYWORDS = 20
WOVEN = 10
PAGES = 150_000
"""Characters of fifty pages."""

_ENDS = re.compile(r"(?<=[.!?;])\s+")
_WORD = re.compile(r"\w[\w+#.-]*")
_HANGUL = re.compile(r"[가-힣]")
_LOOKALIKES = str.maketrans("aceopxyiAСEOPXHKMT", "асеорхуіАСЕОРХНКМТ")
_SENTENCES = {
    "ko": (
        "고객사와 {} 과제를 함께 진행했습니다.",
        "지난해에는 {} 관련 문의가 크게 늘었습니다.",
        "창업 전부터 {} 현장을 꾸준히 살펴 왔습니다.",
        "올해 {} 담당 인력을 두 명 더 뽑았습니다.",
        "저희 제품은 {} 쪽에서도 쓰이고 있습니다.",
    ),
    "en": (
        "Last year a customer asked us for {} and stayed with us.",
        "Two of our engineers worked on {} before they joined.",
        "Our users say that {} is what they come back for.",
        "We ran a small trial of {} with a local firm.",
        "This spring the team added {} to its daily work.",
    ),
}


@dataclass(frozen=True)
class Attacker:
    """Someone with every program's text at hand, and a chance of his own."""

    programs: Sequence[Program]
    rng: Random

    @cached_property
    def uses(self) -> Counter[str]:
        """In how many programs' texts each word stands."""
        return Counter(word for program in self.programs for word in set(self.words(program)))

    def words(self, program: Program) -> list[str]:
        """A program's words as they are written."""
        return _WORD.findall(program_text(program))

    def rarest(self, program: Program, count: int) -> list[str]:
        """A program's rarest words of two letters and more, rarest first."""
        found = {word for word in self.words(program) if len(word) > 1 and word.lower() not in text.STOP_WORDS}
        return sorted(found, key=lambda word: (self.uses[word], -len(word), word))[:count]


Attack = Callable[[Attacker, Startup, Program], Startup]


def added(startup: Startup, *more: str, separator: str = "\n") -> Startup:
    """The startup with more text after its own, in the field that it uses."""
    field = "summary" if startup.summary else "summary_en"
    return replace(startup, **{field: separator.join([getattr(startup, field) or "", *more])})


def _language(program: Program) -> str:
    return "ko" if _HANGUL.search(program_text(program)) else "en"


def _pasted(_: Attacker, startup: Startup, program: Program) -> Startup:
    return added(startup, program_text(program))


def _put_before(_: Attacker, startup: Startup, program: Program) -> Startup:
    field = "summary" if startup.summary else "summary_en"
    return replace(added(startup), **{field: f"{program_text(program)} {getattr(startup, field) or ''}"})


def _half_pasted(_: Attacker, startup: Startup, program: Program) -> Startup:
    words = program_text(program).split()
    return added(startup, " ".join(words[: len(words) // 2]))


def _shuffled_sentences(attacker: Attacker, startup: Startup, program: Program) -> Startup:
    sentences = [s for part in (startup.summary, program_text(program)) if part for s in _ENDS.split(part)]
    attacker.rng.shuffle(sentences)
    return replace(added(startup), summary=" ".join(sentences))


def _shuffled_words(attacker: Attacker, startup: Startup, program: Program) -> Startup:
    words = program_text(program).split()
    attacker.rng.shuffle(words)
    return added(startup, " ".join(words))


def _keywords(attacker: Attacker, startup: Startup, program: Program) -> Startup:
    return added(startup, ", ".join(attacker.rarest(program, KEYWORDS)))


def _keywords_ten_times(attacker: Attacker, startup: Startup, program: Program) -> Startup:
    return added(startup, *[", ".join(attacker.rarest(program, KEYWORDS // 2))] * 10)


def _text_fifty_times(_: Attacker, startup: Startup, program: Program) -> Startup:
    return added(startup, *[program_text(program)] * 50)


def _technologies(attacker: Attacker, startup: Startup, program: Program) -> Startup:
    listed = (*startup.technologies, *program.technologies, *attacker.rarest(program, KEYWORDS))
    return replace(added(startup), technologies=listed)


def _all_technologies(attacker: Attacker, startup: Startup, program: Program) -> Startup:
    listed = dict.fromkeys(t for p in [program, *attacker.programs] for t in p.technologies)
    return replace(added(startup), technologies=(*startup.technologies, *listed))


def _all_programs(attacker: Attacker, startup: Startup, program: Program) -> Startup:
    others = attacker.rng.sample(attacker.programs, min(100, len(attacker.programs)))
    return added(startup, program_text(program), *map(program_text, others))


def _every_third_dropped(attacker: Attacker, startup: Startup, program: Program) -> Startup:
    begin = attacker.rng.randrange(3)
    return added(startup, " ".join(word for i, word in enumerate(program_text(program).split()) if i % 3 != begin))


def _hidden_characters(_: Attacker, startup: Startup, program: Program) -> Startup:
    return added(startup, "\u200b".join(program_text(program)))


def _lookalikes(attacker: Attacker, startup: Startup, program: Program) -> Startup:
    """One word in five spelled with letters that only look alike, which breaks every run of five words."""
    begin = attacker.rng.randrange(5)
    words = [_disguised(word) if i % 5 == begin else word for i, word in enumerate(program_text(program).split())]
    return added(startup, " ".join(words))


def _disguised(word: str) -> str:
    swapped = word.translate(_LOOKALIKES)
    return swapped if swapped != word else word[:1] + "·" + word[1:]


def _fifty_pages(attacker: Attacker, startup: Startup, program: Program) -> Startup:
    """The program's sentences among all others', in any order, over fifty pages."""
    texts = [startup.summary or startup.summary_en or "", program_text(program)]
    sentences = [s for t in texts for s in _ENDS.split(t)] * 8
    sentences += [s for p in attacker.programs[:200] for s in _ENDS.split(program_text(p))]
    attacker.rng.shuffle(sentences)
    pages = " ".join(sentences)
    return added(startup, (pages * (PAGES // len(pages) + 1))[:PAGES], separator=" ")


def _both_languages(_: Attacker, startup: Startup, program: Program) -> Startup:
    korean, english = (" ".join(filter(None, texts)) for texts in _tongues(startup, program))
    return replace(added(startup), summary=korean, summary_en=english)


def _tongues(startup: Startup, program: Program) -> tuple[list[str | None], list[str | None]]:
    return [startup.summary, program.summary, program.demand], [startup.summary_en, program.summary_en]


def _woven(attacker: Attacker, startup: Startup, program: Program) -> Startup:
    """One keyword in each of ten sentences of the attacker's own."""
    frames = _SENTENCES[_language(program)]
    words = attacker.rarest(program, WOVEN)
    return added(startup, *(frames[i % len(frames)].format(word) for i, word in enumerate(words)), separator=" ")


def _name_repeated(_: Attacker, startup: Startup, program: Program) -> Startup:
    names = [name for name in (program.name, program.partner) if name] or [program.id]
    return added(startup, *names * 20, separator=" ")


def _text_and_technologies(attacker: Attacker, startup: Startup, program: Program) -> Startup:
    return replace(_pasted(attacker, startup, program), technologies=(*startup.technologies, *program.technologies))


KINDS: Mapping[str, Attack] = {
    "text pasted": _pasted,
    "text pasted before": _put_before,
    "half pasted": _half_pasted,
    "sentences shuffled": _shuffled_sentences,
    "words shuffled": _shuffled_words,
    "keyword list": _keywords,
    "keyword list ten times": _keywords_ten_times,
    "text fifty times": _text_fifty_times,
    "technologies of the program": _technologies,
    "technologies of all programs": _all_technologies,
    "all programs pasted": _all_programs,
    "every third word dropped": _every_third_dropped,
    "hidden characters": _hidden_characters,
    "lookalike letters": _lookalikes,
    "fifty pages": _fifty_pages,
    "both languages": _both_languages,
    "one keyword a sentence": _woven,
    "program's name repeated": _name_repeated,
    "text and technologies": _text_and_technologies,
}
"""Every way, by its name."""
