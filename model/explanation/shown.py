"""What may be shown as evidence: every rule about it, and how many facts a reader is given."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.explanation.source import Span, VisibleText
from model.text.analysis import PAIR_MARK, VERB_MARK
from model.vocabulary import Vocabulary

MOST_WORDS = 5
"""Words that stand behind one block; the block's units are divided among them."""
MOST_NEAR_WORDS = 4
MOST_PHRASES = 2
ENOUGH = 0.8
"""Facts are shown until together they stand for this part of what a block rests on."""

NEARLY = 0.6
"""Of phrases this part as good as the best, the reader is given one in the startup's own language."""

OTHER_LANGUAGE = 0.6
"""Texts whose shares of Hangul lie further apart are in different languages; one in both is not."""

CLEARLY = 0.3
"""Least cosine of what two phrases mean to their texts for calling them near.

Of 105,547 pairs of phrases of startups and programs of the sample that were drawn at random, 1 in 1,000 reaches .32 and
1 in 200 .21; a pair of texts has some 200 pairs of phrases.
"""

FORMALITIES = re.compile(
    r"\d|업력|신청|접수|모집|공고|선정|마감|지원 ?대상|제한|기한|자격|확인되지|확인이 필요"
    r"|한국|국내|본사|서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충[북남청]|전[북남라]|경[북남상]|제주"
    r"|(?i:appl(?:y|ies|ic)|eligib|deadline|confirmed|any corporation|hold the org|\b(?:years?|months?|weeks?|days?)\b)"
    r"|(?i:\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\b)"
    r"|(?i:korea|seoul|busan|daegu|incheon|gwangju|daejeon|ulsan|gyeonggi)"
)
"""How, when and where a program takes applications, and its numbers, say nothing of what a startup does."""

NEW_INDUSTRY = "new-industry-"
"""How the field block marks a new-industry field."""

_NUMBER = re.compile(r"[\d.,]+")
_HANGUL = re.compile("[가-힣]")

FUNCTION_WORDS = frozenset(
    """
    eight eleven twelve twenty thirty forty fifty hundred hundreds thousand thousands million millions billion day days
    week weeks month months year years hour hours minute minutes time times thing things set sets found
    came keep keeps kept went took take takes taken brings bring use uses work works need needs want wants help helps
    across along already alone also although among around away back become becomes beside besides beyond certain come
    comes despite due either else enough especially even ever every everyone everything first five four get gets give
    gives go goes good great however including instead kind later least less let like little lot made make makes making
    many maybe much near neither never new next nine none nothing now often one onto others per put rather really say
    second see seven several since six something soon still ten therefore third though three thus together toward
    towards two unless upon use used using various way ways well whether within without yet zero eg ie via vs www http
    https com org st nd rd th ve ll re
    하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 두 세 네 첫째 둘째 이것 그것 저것 여기 거기 저기 무엇
    누구 어디 언제 우리 저희 자신 모두 전부 경우 때문 정도 이상 이하 이내 이후 이전 동안 사이 다음 가운데
    대부분 각각 서로 스스로 바로 직접 함께 최대 최소 이번 지금 현재 오늘 하루 그대로 여러 다양 가지 관련
    대상 위주 기반 이용 활용 가능 필요 때 것 수 등 및 중 뒤 앞 위 밑 안 밖 쪽 번 곳 데 한편 나머지
    처음 마지막 한데
    """.split()  # noqa: SIM905 - a paragraph reads better than a list
)
"""Words that hold a sentence together and say nothing of what a firm does, beside the reader's stop words."""


def is_word(term: str) -> bool:
    """Whether a term of a bag is a word that says something: no syllable pair, verb, function word or single letter.

    >>> [is_word(term) for term in ("배터리", "˙배터", "만들-", "without", "경우", "c")]
    [True, False, False, False, False, False]
    """
    marked = term.startswith(PAIR_MARK) or term.endswith(VERB_MARK)
    return len(term) > 1 and not marked and term not in FUNCTION_WORDS


def spans(source: VisibleText, term: str) -> list[Span]:
    """Where a term may be shown in a text: as words stand there, a number only with its unit."""
    places = source.shown_spans.get(term)
    if places is None:  # texts of programs are asked for the same terms in every answer
        at = source.spans(term) if is_word(term) else ()
        written = [(span, source.lower[slice(*span)]) for span in at]
        places = source.shown_spans[term] = [
            span
            for span, word in written
            if not _NUMBER.fullmatch(word)
            and word not in FUNCTION_WORDS
            and (len(word) > 1 or bool(_HANGUL.match(word)))
        ]
    return places


def name(vocabulary: Vocabulary, kind: str, code: str, language: str) -> str | None:
    """The official name of a code of a kind of tags; None for what has none."""
    codes = vocabulary.codes
    if kind == "technology":
        concept = vocabulary.technologies.concepts.get(code)
        return (concept.ko if language == "ko" else concept.en) if concept else None
    if kind == "field":
        number = code.removeprefix(NEW_INDUSTRY)
        table = codes.industries if number == code else codes.new_industry
        return table.name(number, language)
    if kind == "region":
        return codes.regions.name(code, language)
    tables = {"needs": codes.support, "stage": codes.stages, "language": codes.languages}
    return tables[kind].name(code, language) if kind in tables else None


def enough(parts: Sequence[float], most: int) -> int:
    """How many of some parts, largest first, are shown.

    >>> enough([6.0, 2.5, 1.5], 8)
    2
    """
    total, reached = sum(parts), 0.0
    # The rest is too small to be worth a reader's time, and its units go to those that are shown.
    for count, part in enumerate(parts[:most], start=1):
        reached += part
        if reached >= ENOUGH * total:
            return count
    return min(most, len(parts))
