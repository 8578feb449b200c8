"""Names as people write them, brought to one form each for comparing: dots, width, case, blanks, titles, legal forms.

Everything compares by these: imports, look-ups in vocabularies, search, filters, evaluators and their interests.
"""

from __future__ import annotations

import re
import unicodedata

from model.text import analysis
from model.text.analysis import DOT

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_OF_AN_INITIAL = 588
"""Syllables of Unicode that begin with the same consonant: 21 vowels with 28 endings each."""

_ONE_FORM = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹣－", "-")
    | dict.fromkeys("‘’‛′", "'")
    | dict.fromkeys("“”‟″", '"')
    | dict.fromkeys("〜∼～", "~")
)
_JOINTS = re.compile(rf"[\s{DOT}]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LEGAL_FORM = re.compile(
    r"\((?:주|유|재|사|합)\)|(?:농업|어업)회사법인|주식회사|유한책임회사|유한회사|합자회사|합명회사|재단법인|사단법인"
    r"|(?:(?<=[a-z0-9)가-힣])[\s,.]+(?:co|inc|ltd|llc|corp|corporation|limited)\b)+[.\s]*$"
)
_ROLE = "평가|심사|외부|내부|선정|주심"
_KOREAN_TITLE = (
    rf"(?:{_ROLE})?(?:위원장|위원|부교수|조교수|겸임교수|교수|대표이사|대표|박사|이사|본부장|부장|팀장|과장|차장|대리|실장"
    "|센터장|소장|원장|단장|국장|변호사|변리사|회계사|세무사|심사역|연구원|연구위원|책임|선임|수석|상무|전무|부사장|사장"
    "|회장|선생|님|씨)"
)
_LATIN_TITLES = frozenset(("dr", "prof", "professor", "mr", "mrs", "ms", "evaluator", "member", "chair"))
_TITLE = re.compile(rf"{_KOREAN_TITLE}님?|{_ROLE}")
_ATTACHED = re.compile(rf"(?P<name>\w{{2,}}?)(?:{_KOREAN_TITLE})+|(?:{_KOREAN_TITLE})(?P<behind>\D{{2,}})")


def composed(written: str) -> str:
    """Bring a text to NFC, as Windows and the web write Korean; macOS writes its parts one by one."""
    return unicodedata.normalize("NFC", written)


def without_hidden(written: str) -> str:
    """Bring an id to NFC without letters that show nothing, so that nobody has two that look the same.

    >>> without_hidden("s\u200b-1\ufeff")
    's-1'
    """
    shown = analysis.FILLER.sub("", composed(written))
    return shown if shown.isprintable() else "".join(c for c in shown if unicodedata.category(c) != "Cf")


def visible(written: str) -> str:
    """Bring a name to one form as a person sees it: NFKC, one middle dot, one hyphen, no hidden characters.

    >>> visible("드론ㆍ개인\\u200b이동수단  ＡＩ")
    '드론·개인이동수단 AI'
    """
    return analysis.visible(written if analysis.is_plain(written) else written.translate(_ONE_FORM))


def folded(written: str) -> str:
    """Bring a name to the form in which it is looked up and searched for: as it is seen, but for case, blanks and dots.

    >>> folded("드론ㆍ개인 이동수단") == folded("드론·개인이동수단"), folded("㈜이음 ２차전지")
    (True, '(주)이음2차전지')
    """
    if analysis.is_plain(written):
        return "".join(written.split()).casefold()
    # Composed once more: taking the joints out may have put jamo side by side.
    return unicodedata.normalize("NFKC", _JOINTS.sub("", visible(written).casefold()))


def firm(written: str) -> str:
    """Bring a firm's name to the form in which firms are compared: without its legal form.

    >>> firm("주식회사 이음") == firm("㈜이음") == firm("이 음(주)"), firm("Ieum Co., Ltd.")
    (True, 'ieum')
    """
    return folded(_LEGAL_FORM.sub("", visible(written).casefold())) or folded(written)


def person(written: str) -> str:
    """Bring a person's name to the form in which evaluators are compared: without titles, affiliation and numbering.

    >>> {person(one) for one in ("김 가나", "김가나 위원", "평가위원 김가나", "김가나(한국대 교수)", "1. 김가나교수님")}
    {'김가나'}
    >>> person("위원 1"), person("Dr. Gana Kim") == person("KIM, Gana")
    ('위원1', True)
    """
    words = _untitled(written)
    # Latin names are written in either order, Korean ones in one.
    name = "".join(sorted(words) if "".join(words).isascii() else words)
    attached = _ATTACHED.fullmatch(name)
    name = (attached["name"] or attached["behind"]) if attached else name
    return name if any(letter.isalpha() for letter in name) else folded(written)


def is_same_person(first: str, other: str) -> bool:
    """Tell whether two ways of writing may mean one evaluator; an affiliation tells two apart only where both have one.

    >>> is_same_person("김가나(한국대)", "김가나 위원"), is_same_person("김가나(한국대)", "김가나(서울대)")
    (True, False)
    >>> is_same_person("한국대 김가나 교수", "김가나")
    True
    """
    if person(first) != person(other):
        return person(first) in _untitled(other) or person(other) in _untitled(first)
    whence = [{folded(part) for part in _IN_BRACKETS.findall(visible(name))} for name in (first, other)]
    return not all(whence) or not whence[0].isdisjoint(whence[1])


def _untitled(written: str) -> list[str]:
    """The words of a person's name, in lower case, without numbering, titles and what stands in brackets."""
    bare = re.sub(r"^\W*\d{1,2}[).:\s]+", "", _IN_BRACKETS.sub(" ", visible(written).casefold()))
    words = (word for word in re.split(rf"[\s,{DOT}./]+", bare) if word)
    return [word for word in words if not _TITLE.fullmatch(word) and word not in _LATIN_TITLES]


def initials(written: str) -> str | None:
    """A pattern for syllables that begin with these consonants (초성), as Koreans look names up; None for other texts.

    >>> initials("ㅁㅅ"), initials("ㅁ사")
    ('[마-밓][사-싷]', None)
    """
    places = [_INITIALS.find(letter) for letter in written.strip()]
    if -1 in places or len(places) < 2:
        return None
    firsts = [ord("가") + place * _OF_AN_INITIAL for place in places]
    return "".join(f"[{chr(first)}-{chr(first + _OF_AN_INITIAL - 1)}]" for first in firsts)
