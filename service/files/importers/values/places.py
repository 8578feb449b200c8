"""Region names as files write them, to official codes."""

from __future__ import annotations

from model.vocabulary.places import Regions
from service.files.importers.values import lists

EVERYWHERE = frozenset({"전국", "전지역", "전체", "nationwide", "all"})
MOST_WORDS = 4
"""시도, 시, 구 and 군 at most; what follows in an address is a street."""


def one(regions: Regions, text: str) -> str | None:
    """Find the code of a region or of the head of an address; None when no name is known.

    `서울시 강남구 테헤란로 1` is `서울특별시 강남구`: the 시도 may be written in any way, the street is left out.
    """
    found = regions.find(text)
    if found:
        return found
    first, *rest = text.split()[:MOST_WORDS] or [""]
    words = [first, *(word.rstrip(",") for word in rest)]
    province = regions.find(first)
    full = regions.name(province, "ko") if province else None
    for head in ([[full, *words[1:]]] if full else []) + [words]:
        for length in range(len(head), 1, -1):
            if below := regions.find(" ".join(head[:length])):
                return below
    return province


def many(regions: Regions, text: str) -> list[str]:
    """Find the codes of several regions; one that is not known stays as it is written, 전국 is no restriction."""
    whole = regions.find(text)
    if whole:
        return [whole]
    named = [word for word in lists.words(text, also="·ㆍ・/") if "".join(word.split()).casefold() not in EVERYWHERE]
    return list(dict.fromkeys(one(regions, word) or word for word in named))
