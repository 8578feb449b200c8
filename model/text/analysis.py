"""Bilingual text made comparable: one normal form, and one bag of terms for Korean, English and mixed sentences.

A bag unites Kiwi's content morphemes with the overlapping syllable pairs of each Hangul run and the light stems
of Latin words. Pairs carry a mark, so that they never meet a morpheme of the same letters.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiwipiepy import Token

BAGS_VERSION = 3
"""Raised whenever this room comes to read the same text otherwise, since bags are kept between fits."""

PAIR_MARK = "˙"
VERB_MARK = "-"
"""Stands behind the stem of a Korean verb or adjective, as dictionaries write it, so that it never meets a noun."""
CONTENT_TAGS = frozenset({"NNG", "NNP", "XR", "NR", "SH", "VV", "VA", "VV-R", "VV-I", "VA-R", "VA-I"})
LATIN_WEIGHT = 1 / 2.5
"""A Hangul syllable says about as much as 2.5 Latin letters (design figure of the cross-language recipe)."""

MOST_CHARACTERS = 20_000
"""A profile longer than about fifteen pages adds no more evidence; the rest is not read."""

LONGEST_WORD = 24
"""Letters of a word of which something is kept once it was looked up."""

_LATIN = re.compile(r"[a-z0-9][a-z0-9+#.]*")
_HANGUL = re.compile(r"[가-힣]+")
_WORD = re.compile(r"[a-z0-9][a-z0-9+#.]*|[가-힣]+")
_SPACES = re.compile(r"\s+")
_PLAIN = re.compile(r"[ -~가-힣]*")
"""Letters that have one form only and are all seen."""
_BREAK = re.compile(r"[\n\t\r]")
DOT = "·"
_DOTS = re.compile("[ㆍ・･‧•∙⋅⸱·]|(?<![\u1100-\u115f])\u119e")
"""Dots between words in Korean texts. NFKC makes an old vowel of ㆍ, the dot of laws: alone it is read as that dot."""
_HIDDEN = frozenset({"Cf", "Cc", "Co", "Cn", "Cs"})
FILLER = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Letters and marks that show nothing, though their category does not say so, such as the Hangul fillers."""

STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each etc few for from further had has have having he her
    here hers him his how i if in into is it its itself just may me might more most must my no nor not of off on
    once only or other our ours out over own same she should so some such than that the their theirs them then
    there these they this those through to too under until up us very via was we were what when where which while
    who whom why will with within would you your yours
    """.split()  # noqa: SIM905 - a paragraph reads better than a list
)


@dataclass(frozen=True, slots=True)
class Bag:
    """A text as terms with their counts, and how much of it is written in which script."""

    terms: Mapping[str, int]
    hangul: int
    latin: int

    @property
    def length(self) -> int:
        """Letters of both scripts."""
        return self.hangul + self.latin

    @property
    def hangul_share(self) -> float:
        """Share of the text's weight that is Korean, 0-1; 0.5 for a text without letters."""
        weight = self.hangul + self.latin * LATIN_WEIGHT
        return self.hangul / weight if weight else 0.5


def is_plain(text: str) -> bool:
    """Tell whether a text is of ASCII's visible letters, blanks and Hangul syllables alone, as nearly all are.

    >>> is_plain("이음 AI"), is_plain("드론ㆍ로봇"), is_plain("a\\tb")
    (True, False, False)
    """
    return _PLAIN.fullmatch(text) is not None


def visible(text: str) -> str:
    """Bring a text to one form as a person sees it: NFKC, one middle dot, no hidden characters, single spaces; case is
    kept.

    The same words give the same result in NFC and NFD, with zero-width characters inside or bidirectional marks.
    """
    if is_plain(text):
        return " ".join(text.split())
    shown = one_dot(_BREAK.sub(" ", FILLER.sub("", text)))
    if not shown.isprintable():  # what is printable holds nothing hidden
        shown = "".join(c for c in shown if unicodedata.category(c) not in _HIDDEN)
    # NFKC makes full-width letters and half-width Hangul what they look like.
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", shown)).strip()


def one_dot(text: str) -> str:
    """Write every dot that stands between Korean words as the middle dot.

    >>> one_dot("제조ㆍ서비스・유통")
    '제조·서비스·유통'
    """
    return _DOTS.sub(DOT, text)


def normal(text: str) -> str:
    """Bring a text to the form in which words are compared: visible, in lower case.

    >>> normal("이\\u200b음  ＡＩ")
    '이음 ai'
    """
    return visible(text).lower()


def digest(text: str) -> str:
    """Name a text by its content, for caches: the first 32 hexadecimal digits of SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def words(text: str) -> list[str]:
    """Split a normal text into surface words: Latin runs and Hangul runs, in order.

    >>> words("ai 기반 c++ 도구")
    ['ai', '기반', 'c++', '도구']
    """
    return [word for word, _, _ in word_spans(text)]


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """Surface words with their start and end."""
    return [(m.group().rstrip("."), m.start(), m.end()) for m in _WORD.finditer(text)]


def stem(word: str) -> str:
    """Cut the commonest English endings; words with digits or signs stay whole.

    No suffix is cut below four letters; a plural's s alone may leave three, as in cars.

    >>> [stem(w) for w in ("batteries", "monitoring", "trained", "c++")]
    ['battery', 'monitor', 'train', 'c++']
    """
    if len(word) < 4 or not word.isalpha():
        return word
    # What is as long as this is no word that comes again, and would be kept at its whole length.
    return _stem(word) if len(word) <= LONGEST_WORD else _suffix_off(_plural_off(word))


@lru_cache(maxsize=30_000)
def _stem(word: str) -> str:
    return _suffix_off(_plural_off(word))


def _plural_off(word: str) -> str:
    if word.endswith("ies") and len(word) > 4 and word[-4] not in "ae":
        return word[:-3] + "y"
    if word.endswith("es") and len(word) > 4 and word[-3] not in "aeo":
        return word[:-1]
    if word.endswith("s") and word[-2] not in "us":
        return word[:-1]
    return word


_SUFFIXES = (
    "ization",
    "ational",
    "ation",
    "ement",
    "ness",
    "ment",
    "able",
    "ally",
    "ing",
    "ion",
    "ed",
    "er",
    "ly",
    "al",
    "e",
)


def _suffix_off(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            rest = word[: -len(suffix)]
            is_doubled = len(rest) > 4 and rest[-1] == rest[-2] and rest[-1] not in "aeiouls"
            return rest[:-1] if is_doubled else rest
    return word


class Analyser:
    """Turns texts into bags; holds the Korean morpheme analyser, which is loaded once and shared."""

    def __init__(self, user_words: Iterable[str] = ()) -> None:
        """`user_words`: Korean terms that the dictionary may not know; compounds of known nouns stay split."""
        from kiwipiepy import Kiwi  # here, since normal text is made and compared without it too

        # The larger dictionaries would change what is a word with every release of theirs.
        self._kiwi = Kiwi(num_workers=1, load_default_dict=False, load_typo_dict=False, load_multi_dict=False)
        # Words that the dictionary splits into scraps; a compound of known nouns is better matched by its parts.
        short = sorted({word for word in user_words if _HANGUL.fullmatch(word) and 2 <= len(word) <= 5})
        analysed = [(word, self._kiwi.tokenize(word)) for word in short]
        self.user_words = tuple(
            word
            for word, tokens in analysed
            if any(len(token.form) < 2 or token.tag not in CONTENT_TAGS for token in tokens)
        )
        self._alone: dict[int, ThreadPoolExecutor] = {}
        for word in self.user_words:
            self._kiwi.add_user_word(word, "NNP", 0.0)

    @property
    def name(self) -> str:
        """Names how this analyser reads: analysers of one name give the same bags."""
        from importlib.metadata import version  # here, since reading a file begins sooner without it

        libraries = " ".join(f"{name} {version(name)}" for name in ("kiwipiepy", "kiwipiepy_model"))
        return f"{libraries} bags {BAGS_VERSION} words {digest(' '.join(self.user_words))}"

    def bags(self, texts: Sequence[str]) -> list[Bag]:
        """Analyse normal texts (see `normal`), one bag each, in order."""
        # One text at a time: a list would start a thread, which a forked worker loses.
        return [_bag(text, self._morphemes(text) if _HANGUL.search(text) else ()) for text in texts]

    def _morphemes(self, text: str) -> Any:
        if threading.current_thread() is threading.main_thread():
            return self._kiwi.tokenize(text)
        # Kiwi keeps up to 12 MB for each thread that asks it, and takes Python's one lock: one thread asks for all.
        own = self._alone.setdefault(os.getpid(), ThreadPoolExecutor(1))  # a forked process has none of its threads
        return own.submit(self._kiwi.tokenize, text).result()


def _bag(text: str, morphemes: Iterable[Token]) -> Bag:
    terms: Counter[str] = Counter()
    latin_words = (word.rstrip(".") for word in _LATIN.findall(text))
    terms.update(stem(word) for word in latin_words if word and word not in STOP_WORDS)
    content = [t for t in morphemes if t.tag in CONTENT_TAGS and _HANGUL.fullmatch(t.form)]
    terms.update(t.form + VERB_MARK if t.tag.startswith("V") else t.form for t in content)
    runs = _HANGUL.findall(text)
    for run in runs:
        pairs = [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        terms.update(PAIR_MARK + pair for pair in pairs)
    latin = sum(c.isascii() and c.isalpha() for c in text)
    return Bag(terms, sum(map(len, runs)), latin)
