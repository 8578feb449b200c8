"""Shares → reasons: which words and concepts stand behind each block's points; codes and facts, no sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.blocks.exact import DENSE_STEPS, Dense, Float
from model.blocks.track_record import teacher
from model.domain import Evidence, Share
from model.scoring import BLOCK_OF, BLOCKS, TAGS, apportioned
from model.text import PAIR_MARK
from model.vectors import Csr, ProgramVectors, StartupVectors
from model.vectors.vectoriser import Vectoriser

MOST_EVIDENCE = 8
MOST_NEAR_TERMS = 4

Columns = NDArray[np.int32]


@dataclass(frozen=True)
class Pair:
    """One startup and one program, as a row of each side's vectors."""

    startups: StartupVectors
    i: int
    programs: ProgramVectors
    j: int

    @property
    def teacher(self) -> str:
        """Whose learned words the startup meets: those that never saw its outcomes."""
        return teacher(int(self.startups.fold[self.i]))


def shares(vectoriser: Vectoriser, pair: Pair, parts: Mapping[str, float], units: int) -> tuple[Share, ...]:
    """Divide a pair's units among its blocks in proportion to the parts of its raw score, largest first."""
    by_component = apportioned(parts, units)
    by_block = {block: sum(n for c, n in by_component.items() if BLOCK_OF[c] == block) for block in BLOCKS}
    found = [Share(block, n, _evidence(vectoriser, pair, block, by_component)) for block, n in by_block.items() if n]
    return tuple(sorted(found, key=lambda share: (-share.units, BLOCKS.index(share.block))))


def in_common(
    vectoriser: Vectoriser, startup: StartupVectors, others: StartupVectors, row: int
) -> tuple[tuple[str, str], ...]:
    """What a startup (one row) shares with one of the others, as (block, term): technologies, fields, then words.

    Within a block the weightiest comes first.
    """
    tags = {
        kind: _products(startup.tags[kind], 0, others.tags[kind], row, vectoriser.tags[kind].terms.terms)
        for kind in ("technology", "field")
    }
    words = _readable(_products(startup.words, 0, others.words, row, vectoriser.words.terms.terms))
    found = {**tags, "words": {term: part for term, part in words.items() if len(term) > 1}}
    return tuple((block, term) for block, parts in found.items() for term in _weightiest(parts))


def _weightiest(parts: Mapping[str, float]) -> list[str]:
    return sorted(parts, key=lambda term: (-parts[term], term))


def _evidence(vectoriser: Vectoriser, pair: Pair, block: str, units: Mapping[str, int]) -> tuple[Evidence, ...]:
    x, y = pair.startups, pair.programs
    if block == "words":
        return _terms(vectoriser, pair, y.words, units["words"])
    if block == "track_record":
        words = _terms(vectoriser, pair, y.learned_words[pair.teacher], units.get("learned_words", 0))
        tags = _learned_tags(vectoriser, pair, units)
        return tuple(sorted((*words, *tags), key=lambda found: (-found.units, found.term))[:MOST_EVIDENCE])
    if block == "meaning":
        return _near_terms(vectoriser, pair)
    if block in TAGS:
        names = vectoriser.tags[block].terms.terms
        return _largest(_products(x.tags[block], pair.i, y.tags[block], pair.j, names), units[block])
    return ()


def _terms(vectoriser: Vectoriser, pair: Pair, rows: Csr, units: int) -> tuple[Evidence, ...]:
    products = _products(pair.startups.words, pair.i, rows, pair.j, vectoriser.words.terms.terms)
    readable = _readable(products)
    apportions = apportioned(readable, units)
    return _sorted({term: n for term, n in apportions.items() if len(term) > 1})


def _learned_tags(vectoriser: Vectoriser, pair: Pair, units: Mapping[str, int]) -> tuple[Evidence, ...]:
    products = _products(
        pair.startups.teaching_tags, pair.i, pair.programs.learned_tags[pair.teacher], pair.j, vectoriser.tag_names
    )
    return _largest(products, units.get("learned_tags", 0))


def _products(x: Csr, i: int, y: Csr, j: int, names: tuple[str, ...]) -> dict[str, float]:
    columns, ours = _row(x, i)
    others, theirs = _row(y, j)
    spread = np.zeros(x.shape[1])
    spread[columns] = ours
    product = spread[others] * theirs
    shared = np.flatnonzero(product)
    return {names[k]: part for k, part in zip(others[shared].tolist(), product[shared].tolist(), strict=True)}


def _row(rows: Csr, i: int) -> tuple[Columns, Float]:
    start, end = rows.indptr[i], rows.indptr[i + 1]
    return rows.indices[start:end], rows.data[start:end]


def _readable(products: Mapping[str, float]) -> dict[str, float]:
    """Give the part of each syllable pair to the longest shared word that holds it; a pair alone has no name."""
    words = sorted((term for term in products if not term.startswith(PAIR_MARK)), key=lambda word: (len(word), word))
    holder = {PAIR_MARK + word[i : i + size]: word for word in words for size in (1, 2) for i in range(len(word))}
    found: dict[str, float] = {}
    for term, part in products.items():
        name = holder.get(term, "") if term.startswith(PAIR_MARK) else term
        found[name] = found.get(name, 0.0) + part
    return found


def _largest(products: Mapping[str, float], units: int) -> tuple[Evidence, ...]:
    return _sorted(apportioned(products, units))


def _sorted(units: Mapping[str, int]) -> tuple[Evidence, ...]:
    largest = sorted(units.items(), key=lambda item: (-item[1], item[0]))[:MOST_EVIDENCE]
    return tuple(Evidence(term, n) for term, n in largest if n)


def _near_terms(vectoriser: Vectoriser, pair: Pair) -> tuple[Evidence, ...]:
    """Words of either side whose company in the corpus is nearest to the other side's text; not apportioned."""
    ours = _nearest(vectoriser, _row(pair.startups.words, pair.i), pair.programs.meaning[pair.j])
    theirs = _nearest(vectoriser, _row(pair.programs.words, pair.j), pair.startups.meaning[pair.i])
    return tuple(Evidence(mine, 0, other) for mine, other in zip(ours, theirs, strict=False))


def _nearest(vectoriser: Vectoriser, row: tuple[Columns, Float], towards: Dense) -> list[str]:
    terms = vectoriser.words.terms
    readable = terms.readable[row[0]]
    columns, weights = row[0][readable], row[1][readable]
    closeness = (vectoriser.meaning.vectors[columns] @ (towards.astype(np.float64) / DENSE_STEPS)) * weights
    order = np.argsort(-np.round(closeness, 3), kind="stable")[:MOST_NEAR_TERMS]
    return [terms.terms[columns[k]] for k in order if closeness[k] > 0]
