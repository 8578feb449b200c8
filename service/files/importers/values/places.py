"""Region names as files write them, to official codes; a name is never taken for a wider place than it says."""

from __future__ import annotations

import re

from model.text import names
from model.text.analysis import DOT
from model.vocabulary.places import Regions
from service.files.importers.values import lists

EVERYWHERE = frozenset({"전국", "전지역", "전체", "nationwide", "all"})
MOST_WORDS = 4
"""시도, 시, 구 and 군 at most; what follows in an address is a street."""

_BELOW_DISTRICT = re.compile(r"\S*(?:로|길|동|읍|면|리|가|번지|빌딩|타워|센터)\d*(?:번?길)?\d*(?:-\d+)?|\W*\d\S*|\(.*")
"""How the part of an address begins that lies within a district."""


def address(regions: Regions, text: str) -> str | None:
    """Find the code of a region or of the head of an address; None when a name on the way is not known.

    `서울시 강남구 테헤란로 1` is `서울특별시 강남구`: the 시도 may be written in any way, the street is left out. A
    district that is not known makes the whole unclear: its 시도 alone would be a wider place than was written.
    """
    code, rest = _head(regions, text)
    street = not rest or _BELOW_DISTRICT.fullmatch(rest[0]) or not (code and regions.has_parts(code))
    return code if street else None


def exactly(regions: Regions, text: str) -> str | None:
    """Find the code of a region; None when anything of the text is left over."""
    code, rest = _head(regions, text)
    return None if rest else code


def many(regions: Regions, text: str) -> list[str]:
    """Find the codes of several regions; one that is not known stays as it is written, 전국 is no restriction."""
    whole = exactly(regions, text)
    if whole:
        return [whole]
    codes: list[str] = []
    words = lists.words(text, also=f"{DOT}/")
    for word in words:
        # beside others, 전국 contradicts them, so that it stays as it is written
        if len(words) > 1 or names.folded(word) not in EVERYWHERE:
            above = next((code[:2] for code in reversed(codes) if code in regions), None)
            below = regions.find_within(above, word) if above and not exactly(regions, word) else None
            codes.append(exactly(regions, word) or below or word)
    return list(dict.fromkeys(codes))


def _head(regions: Regions, text: str) -> tuple[str | None, list[str]]:
    """The narrowest region that the beginning of a text names, and the words behind it."""
    whole = regions.find(text)
    words = names.visible(text).replace(",", " ").split()[:MOST_WORDS] if not whole else []
    for length in range(len(words), 0, -1):
        code = regions.find(" ".join(words[:length]))
        rest = words[length:]
        while code and rest and (below := regions.find_within(code, rest[0])):
            code, rest = below, rest[1:]
        if code:
            return code, rest
    return whole, []
