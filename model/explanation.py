"""Shares → reasons: which words and concepts stand behind each block's points; codes and facts, no sentences."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.blocks.exact import DENSE_STEPS, Float
from model.domain import Evidence, Share
from model.scoring import BLOCK_OF, BLOCKS, TAGS, apportioned
from model.text import PAIR_MARK
from model.vectoriser import Vectoriser
from model.vectors import Csr, ProgramVectors, StartupVectors

MOST_EVIDENCE = 8


def shares(
    vectoriser: Vectoriser,
    startup: StartupVectors,
    program: ProgramVectors,
    parts: Mapping[str, float],
    units: int,
) -> tuple[Share, ...]:
    """Divide a pair's units among its blocks, largest first; one startup row, one program row."""
    by_component = apportioned(parts, units)
    by_block = {block: sum(n for c, n in by_component.items() if BLOCK_OF[c] == block) for block in BLOCKS}
    found = [
        Share(block, n, _evidence(vectoriser, startup, program, block, by_component))
        for block, n in by_block.items()
        if n
    ]
    return tuple(sorted(found, key=lambda share: (-share.units, BLOCKS.index(share.block))))


def _evidence(
    vectoriser: Vectoriser, x: StartupVectors, y: ProgramVectors, block: str, units: Mapping[str, int]
) -> tuple[Evidence, ...]:
    if block == "words":
        return _terms(vectoriser, x.words, y.words, units["words"])
    if block == "track_record":
        learned = _terms(vectoriser, x.words, y.learned_words, units["learned_words"])
        return learned or _terms(vectoriser, x.words, y.past_words, units["past_words"])
    if block == "meaning":
        return _near_terms(vectoriser, x, y)
    if block in TAGS:
        names = vectoriser.tags[block].terms.terms
        return _largest(_products(x.tags[block], y.tags[block], names), units[block])
    return ()


def _terms(vectoriser: Vectoriser, x: Csr, y: Csr, units: int) -> tuple[Evidence, ...]:
    return _largest(_readable(_products(x, y, vectoriser.words.terms.terms)), units)


def _products(x: Csr, y: Csr, names: tuple[str, ...]) -> dict[str, float]:
    product = x.multiply(y).tocoo()
    return {names[column]: float(value) for column, value in zip(product.col, product.data, strict=True)}


def _readable(products: Mapping[str, float]) -> dict[str, float]:
    """Give the part of each syllable pair to the longest shared word that holds it; a pair alone stands for itself."""
    words = [term for term in products if not term.startswith(PAIR_MARK)]
    found: dict[str, float] = {}
    for term, part in products.items():
        pair = term.removeprefix(PAIR_MARK)
        holders = [word for word in words if pair in word] if pair != term else []
        name = max(holders, key=lambda word: (len(word), word), default=pair)
        found[name] = found.get(name, 0.0) + part
    return found


def _largest(products: Mapping[str, float], units: int) -> tuple[Evidence, ...]:
    apportions = apportioned(products, units)
    largest = sorted(apportions.items(), key=lambda item: (-item[1], item[0]))[:MOST_EVIDENCE]
    return tuple(Evidence(term, n) for term, n in largest if n)


def _near_terms(vectoriser: Vectoriser, x: StartupVectors, y: ProgramVectors) -> tuple[Evidence, ...]:
    """Words of the startup whose company in the corpus is nearest to the program's meaning; not apportioned."""
    near = _nearness(vectoriser, x.words, y.meaning[0].astype(np.float64) / DENSE_STEPS)
    far = _nearness(vectoriser, y.words, x.meaning[0].astype(np.float64) / DENSE_STEPS)
    pairs = zip(near[:4], far[:4], strict=False)
    return tuple(Evidence(ours, 0, theirs) for ours, theirs in pairs)


def _nearness(vectoriser: Vectoriser, row: Csr, towards: Float) -> list[str]:
    names = vectoriser.words.terms.terms
    readable = [c for c in row.indices if not names[c].startswith(PAIR_MARK)]
    closeness = np.rint(vectoriser.meaning.vectors[readable] @ towards * 1e6) * row[0, readable].toarray().ravel()
    order = sorted(range(len(readable)), key=lambda i: (-closeness[i], names[readable[i]]))
    return [names[readable[i]] for i in order if closeness[i] > 0]
