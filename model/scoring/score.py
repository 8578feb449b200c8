"""Vectors of both sides → one score a pair, as the exact sum of its blocks' shares.

    z(x, y)     = max(0, product(x, y)) / scale(x)                 a component in spreads of its own
    raw(x, y)   = sum over components of weight(x, y) · z / (1 + z / limit)
    score(x, y) = 100 · raw / (raw + half)

The limit of a component keeps one rare shared word from outweighing everything else, such as a good program in the
other language, and caps what stuffing can win.
`half` is the raw value of the median startup's tenth-best program, so 50 points mean "as good as that". The curve
is monotone, so it never changes an order, and a share is its part of raw. Each step is a whole-number product or a
single operation on float64, so every processor, thread count and batch size gives the same bits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.blocks import exact
from model.blocks.exact import Float
from model.blocks.side_by_side import by_rows
from model.domain import FULL_SCORE_UNITS
from model.vectors import ProgramVectors, StartupVectors

Units = NDArray[np.int32]

BLOCK_OF: Mapping[str, str] = {
    "words": "words",
    "meaning": "meaning",
    "sentence": "cross_language",
    "technology": "technology",
    "needs": "needs",
    "field": "field",
    "region": "region",
    "stage": "stage",
    "language": "language",
    "past_meaning": "track_record",
    "past_sentence": "track_record",
    "learned_words": "track_record",
    "learned_tags": "track_record",
}
"""Each component of the sum, in the order of summing, with the block that a reason names."""

BLOCKS: tuple[str, ...] = tuple(dict.fromkeys(BLOCK_OF.values()))
TAGS = ("technology", "needs", "field", "region", "stage", "language")
PAST = ("past_meaning", "past_sentence", "learned_words", "learned_tags")

OWN_SPREAD = 0.75
"""Part of a startup's own spread in its scale; the rest is the mean spread of all fitted startups."""

TILE = 2**15
"""Pairs whose products are weighed and summed at once: few enough to stay in the processor's cache."""

LEAST_SPREAD = 0.01
READ_WHOLE = 1_500.0
"""Letters up to which the sentence encoder takes a text in whole; longer texts blur."""

OUTCOMES_FOR_HALF_TRUST = 30.0

OWN_FADES_AT = 0.75
"""Past participants at which half of the extra weight of a program's own text is gone."""

LIMITS: Mapping[str, float] = {
    "words": 3.0,
    "meaning": 10.0,
    "technology": 3.0,
    "learned_words": 20.0,
    "learned_tags": 20.0,
}
"""Spreads at which a component has reached half of the most that it can add; the others are not limited."""


ALONE, BORNE_OUT = 0.5, 1.0
"""What technologies add at most where the texts are far apart, and more for each spread by which they are near.

A technology that is only listed has to be borne out by what the text is about.
"""


@dataclass(frozen=True)
class Weights:
    """Weights of the sum, one set for all data; measured on sets of three fields in both languages."""

    own: Mapping[str, float]
    past: Mapping[str, float]
    sentence_across_languages: float = 3.0
    without_past: float = 3.25


DEFAULT = Weights(
    own={
        "words": 1.0,
        "meaning": 1.4,
        "sentence": 1.0,
        "technology": 0.5,
        "needs": 0.25,
        "field": 0.5,
        "region": 0.25,
        "stage": 0.25,
        "language": 0.05,
    },
    past={"past_meaning": 1.0, "past_sentence": 1.5, "learned_words": 3.0, "learned_tags": 1.0},
)


@dataclass(frozen=True)
class Scoring:
    """The fitted sum: weights, the mean spread of each component, `half`, and how far outcomes are trusted (0-1)."""

    weights: Weights
    spreads: Mapping[str, float]
    half: float
    trust: float

    def units(self, startups: StartupVectors, programs: ProgramVectors) -> Units:
        """Scores of all pairs in units of 0.0001 point, (n, m)."""
        found = products(startups, programs, with_past=self.trust > 0)
        units = np.empty((len(startups), len(programs)), np.int32)

        def fill(rows: slice) -> None:
            tile = {name: product[rows] for name, product in found.items()}
            units[rows] = self.summed(self._weighed(tile, startups.rows(rows), programs))

        by_rows(fill, *units.shape, part=TILE)
        return units

    def summed(self, parts: Mapping[str, Float]) -> Units:
        """Scores from the parts of the raw score, each (n, m)."""
        total = sum(parts.values(), 0.0)
        return np.rint(FULL_SCORE_UNITS * (total / (total + self.half))).astype(np.int32)

    def parts(self, startups: StartupVectors, programs: ProgramVectors) -> dict[str, Float]:
        """Weighted, scaled components of the raw score, each (n, m) and ≥ 0, in the order of summing."""
        return self._weighed(products(startups, programs, with_past=self.trust > 0), startups, programs)

    def _weighed(
        self, found: Mapping[str, Float], startups: StartupVectors, programs: ProgramVectors
    ) -> dict[str, Float]:
        factors = self._factors(startups, programs)
        spreads = {n: np.maximum(product / startups.scales[n][:, None], 0.0) for n, product in found.items()}
        limited = {name: _limited(name, spread) for name, spread in spreads.items()}
        silent = (startups.length == 0)[:, None] | (programs.length == 0)[None, :]
        limited["technology"] = np.minimum(limited["technology"], _borne_out(spreads, silent))
        return {name: factors[name] * part for name, part in limited.items()}

    def scales(self, startups: StartupVectors, fitted: ProgramVectors) -> dict[str, Float]:
        """Each startup's scale of each component, (n,): its spread over the fitted programs, shrunk to the mean."""
        found = products(startups, fitted, with_past=self.trust > 0)
        return {name: self._scale(name, product) for name, product in found.items()}

    def without(self, block: str) -> Scoring:
        """The same sum with one block left out, for ablation."""
        dropped = {name: 0.0 for name, owner in BLOCK_OF.items() if owner == block}
        weights = replace(
            self.weights,
            own={**self.weights.own, **{n: w for n, w in dropped.items() if n in self.weights.own}},
            past={**self.weights.past, **{n: w for n, w in dropped.items() if n in self.weights.past}},
            sentence_across_languages=0.0 if "sentence" in dropped else self.weights.sentence_across_languages,
        )
        return replace(self, weights=weights)

    def _scale(self, name: str, product: Float) -> Float:
        mean = self.spreads[name]
        if name in TAGS or name == "learned_tags":
            return np.full(len(product), mean)
        return OWN_SPREAD * exact.spread(product) + (1 - OWN_SPREAD) * mean

    def _factors(self, startups: StartupVectors, programs: ProgramVectors) -> dict[str, Float]:
        """Weight of each component for each pair: by shared script, by length, and by how much past there is."""
        shared = 1.0 - np.abs(startups.hangul_share[:, None] - programs.hangul_share[None, :])
        whole = _whole(startups.length)[:, None] * _whole(programs.length)[None, :]
        own, past = self.trusted(programs.past)
        weight = self.weights.own
        across = self.weights.sentence_across_languages * (1.0 - shared)
        factors = {name: own * weight[name] for name in TAGS}
        factors["words"] = own * weight["words"] * shared
        factors["meaning"] = own * weight["meaning"] * shared
        factors["sentence"] = own * (weight["sentence"] * whole + across)
        return factors | {name: past * self.weights.past[name] for name in PAST}

    def trusted(self, past: Float) -> tuple[Float, Float]:
        """Factors of the own and of the past components, (1, m), for n past participants.

        A program without a past keeps the level by its own text alone; the first few participants take over slowly,
        since they say less than the text: own 1 + extra · k / (n + k), past (1 + n / (n + 1)) / 2.
        """
        extra = self.weights.without_past * (OWN_FADES_AT / (past + OWN_FADES_AT))
        own = 1.0 + self.trust * extra[None, :]
        level = np.where(past > 0, 0.5 + 0.5 * (past / (past + 1.0)), 0.0)
        return own, self.trust * level[None, :]


def fitted(startups: StartupVectors, programs: ProgramVectors, outcomes_worth: float, weights: Weights) -> Scoring:
    """Fit the spreads and `half` on fitted startups (a sample suffices) and all fitted programs."""
    trust = outcomes_worth / (outcomes_worth + OUTCOMES_FOR_HALF_TRUST)
    found = products(startups, programs, with_past=trust > 0)
    spreads = {name: _mean_spread(product) for name, product in found.items()}
    scoring = Scoring(weights, spreads, 1.0, trust)
    scaled = replace(startups, scales={name: scoring._scale(name, product) for name, product in found.items()})
    return replace(scoring, half=_half(scoring._weighed(found, scaled, programs)))


def products(startups: StartupVectors, programs: ProgramVectors, *, with_past: bool) -> dict[str, Float]:
    """Exact products of all pairs, component by component, (n, m), in the order of summing."""
    words = {"words": programs.words} | ({"learned_words": programs.learned_words} if with_past else {})
    found = {name: exact.sparse_products(startups.words, rows) for name, rows in words.items()}
    found["meaning"] = exact.dense_products(startups.meaning, programs.meaning)
    found["sentence"] = exact.dense_products(startups.sentence, programs.sentence) - programs.sentence_hub
    for kind in TAGS:
        found[kind] = exact.sparse_products(startups.tags[kind], programs.tags[kind])
    if with_past:
        found["learned_tags"] = exact.sparse_products(startups.all_tags, programs.learned_tags)
        found["past_meaning"] = exact.dense_products(startups.meaning, programs.past_meaning)
        found["past_sentence"] = exact.dense_products(startups.sentence, programs.past_sentence)
    return {name: found[name] for name in BLOCK_OF if name in found}


def apportioned(parts: Mapping[str, float], units: int) -> dict[str, int]:
    """Divide whole units in proportion to parts ≥ 0, by largest remainder, so that they add up exactly.

    >>> apportioned({"words": 2.0, "meaning": 1.0}, 100)
    {'words': 67, 'meaning': 33}
    """
    total = sum(parts.values())
    if total <= 0:
        return dict.fromkeys(parts, 0)
    quotas = {name: units * (part / total) for name, part in parts.items()}
    found = {name: int(quota) for name, quota in quotas.items()}
    by_remainder = sorted(parts, key=lambda name: (found[name] - quotas[name], name))
    for name in by_remainder[: units - sum(found.values())]:
        found[name] += 1
    return found


def _borne_out(spreads: Mapping[str, Float], silent: NDArray[np.bool_]) -> Float:
    """The most that technologies may add, (n, m): unlimited where a side has no text that could bear them out."""
    return np.where(silent, np.inf, ALONE + BORNE_OUT * (spreads["meaning"] + spreads["sentence"]))


def _limited(name: str, spreads: Float) -> Float:
    return spreads / (1.0 + spreads / LIMITS[name]) if name in LIMITS else spreads


def _whole(length: Float) -> Float:
    return np.minimum(1.0, READ_WHOLE / np.maximum(length, 1.0))


def _mean_spread(product: Float) -> float:
    spread = exact.spread(product)
    present = spread[spread > 0]
    return max(LEAST_SPREAD, float(present.mean())) if len(present) else LEAST_SPREAD


def _half(parts: Mapping[str, Float]) -> float:
    total = sum(parts.values(), 0.0)
    if not np.size(total):
        return 1.0
    tenth = np.sort(total, axis=1)[:, ::-1][:, min(10, np.shape(total)[1]) - 1]
    return max(float(np.median(tenth)), 1e-3)
