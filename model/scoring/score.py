"""Vectors of both sides → one score a pair, as the exact sum of its blocks' shares.

    z(x, y)     = max(0, product(x, y)) / scale(x)                 a component in spreads of its own
    raw(x, y)   = sum over components of weight(x, y) · z / (1 + z / limit)
    score(x, y) = 100 · raw / (raw + half(trust))

The limit of a component keeps one rare shared word from outweighing everything else, such as a good program in the
other language, and caps what stuffing can win.
`half` is about the raw value of the median startup's tenth-best program, so 50 points mean "as good as that". The curve
is monotone, so it never changes an order, and a share is its part of raw. Each step is a whole-number product or a
single operation on float64, so every processor, thread count and batch size gives the same bits.

A startup with outcomes meets a program's past without its own part, and neither spreads nor `half` rest on outcomes:
its score is what a fit without its outcomes gives, to the unit. Learned words it takes from a fold that never saw it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.blocks import exact
from model.blocks.exact import Float
from model.blocks.side_by_side import by_rows
from model.blocks.track_record import teacher
from model.domain import FULL_SCORE_UNITS
from model.vectors import OwnPasts, ProgramVectors, StartupVectors

Units = NDArray[np.int32]
NOBODY: OwnPasts = {}
"""No startup has outcomes."""

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
LEARNED_SPREAD = 0.02
"""Spread of what learned words and tags foretell, which is a worth of 0-1 itself and needs no fitted scale."""

SCALE_OF: Mapping[str, str] = {"past_meaning": "meaning", "past_sentence": "sentence"}
"""Past participants are as near to a startup as programs are: one scale for both, and none that outcomes move."""

HALF_WITH_PAST = 0.75
"""Part of the extra weight of outcomes that the median startup's tenth-best program gets, on sets of two fields."""

READ_WHOLE = 1_500.0
"""Letters up to which the sentence encoder takes a text in whole; longer texts blur."""

OUTCOMES_FOR_HALF_TRUST = 30.0

OWN_FADES_AT = 0.75
"""Past participants at which half of the extra weight of a program's own text is gone."""

LIFTED_MOST_AT = 3.0
"""Past participants at which a program is lifted most; what one or two have done says little yet."""

LIMITS: Mapping[str, float] = {"technology": 3.0, "learned_words": 20.0, "learned_tags": 20.0}
"""Spreads at which a component has reached half of the most that it can add; the others are not limited."""

LIMITS_BY_LENGTH: Mapping[str, tuple[float, float]] = {"words": (3.0, 30.0), "meaning": (10.0, np.inf)}
"""The same for two texts of which one says nothing, and for two long ones; between them 1/limit moves evenly.

In a line one rare word that both sides share would outweigh everything else. Long texts share many words, and an
applicant who answers a call says so with them.
"""

LONG_TEXT = 500.0
"""Letters from which a text counts as long."""

ALONE, BORNE_OUT = 0.5, 1.0
"""What technologies add at most where the texts are far apart, and more for each spread by which they are near.

A technology that is only listed has to be borne out by what the text is about.
"""


@dataclass(frozen=True)
class BlockWeights:
    """Weights of the sum, one set for all data; measured on sets of three fields in both languages."""

    own: Mapping[str, float]
    past: Mapping[str, float]
    sentence_across_languages: float = 5.0
    without_past: float = 3.25
    shrinkage_with_past: float = 0.4
    shrinkage_without_past: float = 0.1
    """Part of the own components that full trust in outcomes takes away, by what a program has of them."""
    lift: float = 0.0
    """What full trust adds to all components at `LIFTED_MOST_AT` participants; artifacts from before know none."""


DEFAULT = BlockWeights(
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
    lift=0.4,
)


@dataclass(frozen=True)
class Products:
    """Exact products of pairs by component, (n, m) each, with what is known of the past.

    `past`: worth of each program's participants as each startup meets it, (n, m) or (1, m) if all meet the same.
    `trust`: how far outcomes are trusted, 0-1, (n, 1) or (1, 1).
    """

    components: Mapping[str, Float]
    past: Float
    trust: Float

    def rows(self, chosen: slice) -> Products:
        """The same for some startups."""
        components = {name: product[chosen] for name, product in self.components.items()}
        return Products(components, *(v if len(v) == 1 else v[chosen] for v in (self.past, self.trust)))


@dataclass(frozen=True)
class ScoreParts:
    """Weighted, scaled components of the raw score, each (n, m) and ≥ 0, in the order of summing.

    `half`: the raw score that makes 50 points, (n, 1) or (1, 1).
    """

    parts: Mapping[str, Float]
    half: Float

    def units(self) -> Units:
        """Scores in units of 0.0001 point, (n, m)."""
        total = sum(self.parts.values(), 0.0)
        return np.rint(FULL_SCORE_UNITS * (total / (total + self.half))).astype(np.int32)


@dataclass(frozen=True)
class FittedSum:
    """The fitted sum. `spreads`: the mean of each component's; `trust`: how far outcomes are trusted, 0-1.

    `half`: the raw score of 50 points where there are no outcomes.
    """

    weights: BlockWeights
    spreads: Mapping[str, float]
    half: float
    trust: float

    def units(self, startups: StartupVectors, programs: ProgramVectors, own: OwnPasts = NOBODY) -> Units:
        """Scores of all pairs in units of 0.0001 point, (n, m); `own`: what startups with outcomes meet."""
        products = self.products(startups, programs, own)
        units = np.empty((len(startups), len(programs)), np.int32)

        def fill(rows: slice) -> None:
            units[rows] = self._weighed(products.rows(rows), startups.rows(rows), programs).units()

        by_rows(fill, *units.shape, part=TILE)
        return units

    def scored(self, startups: StartupVectors, programs: ProgramVectors, own: OwnPasts = NOBODY) -> ScoreParts:
        """The parts of all pairs' scores, from which any of them can be explained."""
        return self._weighed(self.products(startups, programs, own), startups, programs)

    def products(self, startups: StartupVectors, programs: ProgramVectors, own: OwnPasts = NOBODY) -> Products:
        """Exact products of all pairs, component by component, in the order of summing."""
        if not self.trust:
            return Products(cold_products(startups, programs), programs.past[None, :], np.zeros((1, 1)))
        products = cold_products(startups, programs) | _learned_products(startups, programs)
        products["past_meaning"] = exact.dense_products(startups.meaning, programs.past_meaning)
        products["past_sentence"] = exact.dense_products(startups.sentence, programs.past_sentence)
        past, trust = programs.past[None, :], np.full((1, 1), self.trust)
        if own:
            past, trust = np.repeat(past, len(startups), axis=0), np.repeat(trust, len(startups), axis=0)
        for row, met in own.items():
            here = slice(row, row + 1)
            products["past_meaning"][here, met.columns] = exact.dense_products(startups.meaning[here], met.meaning)
            products["past_sentence"][here, met.columns] = exact.dense_products(startups.sentence[here], met.sentence)
            past[row, met.columns], trust[row] = met.past, trusted(met.total)
        # Floats are added in this order everywhere; another order could change the last digit of a score.
        return Products({name: products[name] for name in BLOCK_OF if name in products}, past, trust)

    def _weighed(self, products: Products, startups: StartupVectors, programs: ProgramVectors) -> ScoreParts:
        factors = self._factors(products, startups, programs)
        scales = {**startups.scales, "learned_tags": np.full(len(startups), LEARNED_SPREAD)}
        spreads = {
            name: np.maximum(product / scales[SCALE_OF.get(name, name)][:, None], 0.0)
            for name, product in products.components.items()
        }
        limited = {
            name: _limited(spread, 1.0 / LIMITS[name]) if name in LIMITS else spread for name, spread in spreads.items()
        }
        # The shorter text decides: no word of it is borne out by much else.
        long = np.minimum(1.0, np.minimum(startups.length[:, None], programs.length[None, :]) / LONG_TEXT)
        for name, (of_none, of_long) in LIMITS_BY_LENGTH.items():
            limited[name] = _limited(spreads[name], (1.0 - long) / of_none + long / of_long)
        # Technologies add no more than texts bear out; where a side has none, nothing could.
        silent = (startups.length == 0)[:, None] | (programs.length == 0)[None, :]
        most = np.where(silent, np.inf, ALONE + BORNE_OUT * (spreads["meaning"] + spreads["sentence"]))
        limited["technology"] = np.minimum(limited["technology"], most)
        parts = {name: factors[name] * part for name, part in limited.items()}
        return ScoreParts(parts, self.half * (1.0 + HALF_WITH_PAST * self.weights.without_past * products.trust))

    def scales(self, startups: StartupVectors, fitted: ProgramVectors) -> dict[str, Float]:
        """Each startup's scale of each component, (n,): its spread over the fitted programs, shrunk to the mean."""
        products = cold_products(startups, fitted, tags=())
        if self.trust:
            products |= _learned_products(startups, fitted, ("learned_words",))
        return self._scales(products, len(startups))

    def without(self, block: str) -> FittedSum:
        """The same sum with one block left out, for ablation."""
        dropped = {name: 0.0 for name, owner in BLOCK_OF.items() if owner == block}
        weights = replace(
            self.weights,
            own={**self.weights.own, **{n: w for n, w in dropped.items() if n in self.weights.own}},
            past={**self.weights.past, **{n: w for n, w in dropped.items() if n in self.weights.past}},
            sentence_across_languages=0.0 if "sentence" in dropped else self.weights.sentence_across_languages,
        )
        return replace(self, weights=weights)

    def _scales(self, products: Mapping[str, Float], n: int) -> dict[str, Float]:
        means = {**self.spreads, "learned_words": LEARNED_SPREAD}
        own = {name: OWN_SPREAD * exact.spread(p) + (1 - OWN_SPREAD) * means[name] for name, p in products.items()}
        # A startup carries few tags, so its own spread says how many it named rather than how they differ.
        return own | {name: np.full(n, self.spreads[name]) for name in TAGS}

    def _factors(self, products: Products, startups: StartupVectors, programs: ProgramVectors) -> dict[str, Float]:
        """Weight of each component for each pair: by shared script, by length, and by how much past there is."""
        # Words and topics meet within one script only; as far as the scripts differ, the encoder takes over.
        shared = 1.0 - np.abs(startups.hangul_share[:, None] - programs.hangul_share[None, :])
        x, y = (np.minimum(1.0, READ_WHOLE / np.maximum(side.length, 1.0)) for side in (startups, programs))
        whole = x[:, None] * y[None, :]
        own, past = self.levels(products.past, products.trust)
        weight = self.weights.own
        across = self.weights.sentence_across_languages * (1.0 - shared)
        factors = {name: own * weight[name] for name in TAGS}
        factors |= {name: own * weight[name] * shared for name in ("words", "meaning")}
        factors["sentence"] = own * (weight["sentence"] * whole + across)
        return factors | {name: past * self.weights.past[name] for name in PAST}

    def levels(self, past: Float, trust: Float) -> tuple[Float, Float]:
        """Factors of the own and of the past components for n past participants, shaped as `past` and `trust`.

        A program without a past keeps the level by its own text alone; the first few participants take over slowly,
        since they say less than the text: own (1 + extra · k / (n + k)) · (1 - shrinkage), past (1 + n / (n + 1)) / 2.
        Both together are lifted by (2x / (1 + x²))², x = n / 3, so that a program of a few participants stands beside
        those of none and of many; among its own startups nothing moves.
        """
        weights, at = self.weights, past / LIFTED_MOST_AT
        own = 1.0 + trust * (weights.without_past * (OWN_FADES_AT / (past + OWN_FADES_AT)))
        own = own * (1.0 - trust * np.where(past > 0, weights.shrinkage_with_past, weights.shrinkage_without_past))
        level = np.where(past > 0, 0.5 + 0.5 * (past / (past + 1.0)), 0.0)
        lift = 1.0 + trust * (weights.lift * np.square(2.0 * at / (1.0 + at * at)))
        return lift * own, lift * (trust * level)


def trusted(outcomes_worth: float) -> float:
    """How far a record of so many participants is trusted, 0-1.

    >>> trusted(0.0), trusted(30.0)
    (0.0, 0.5)
    """
    return outcomes_worth / (outcomes_worth + OUTCOMES_FOR_HALF_TRUST)


def fitted(
    startups: StartupVectors, programs: ProgramVectors, outcomes_worth: float, weights: BlockWeights
) -> FittedSum:
    """Fit the spreads and `half` on fitted startups (a sample suffices) and all fitted programs."""
    products = cold_products(startups, programs)
    spreads = {}
    for name, product in products.items():
        spread = exact.spread(product)
        present = spread[spread > 0]
        spreads[name] = max(LEAST_SPREAD, float(present.mean())) if len(present) else LEAST_SPREAD
    cold = FittedSum(weights, spreads, 1.0, trusted(outcomes_worth))
    scaled = replace(startups, scales=cold._scales(products, len(startups)))
    total: Float = np.add.reduce(list(replace(cold, trust=0.0).scored(scaled, programs).parts.values()))
    if not total.size:
        return cold
    tenth = np.sort(total, axis=1)[:, ::-1][:, min(10, total.shape[1]) - 1]
    return replace(cold, half=max(float(np.median(tenth)), 1e-3))


def cold_products(startups: StartupVectors, programs: ProgramVectors, tags: Sequence[str] = TAGS) -> dict[str, Float]:
    """Exact products of what both sides say themselves, component by component, (n, m), in the order of summing."""
    products = {"words": exact.sparse_products(startups.words, programs.words)}
    products["meaning"] = exact.dense_products(startups.meaning, programs.meaning)
    products["sentence"] = exact.dense_products(startups.sentence, programs.sentence) - programs.sentence_hub
    return products | {kind: exact.sparse_products(startups.tags[kind], programs.tags[kind]) for kind in tags}


def _learned_products(
    startups: StartupVectors, programs: ProgramVectors, components: Sequence[str] = ("learned_words", "learned_tags")
) -> dict[str, Float]:
    """Products with what was learned, each startup's with the teacher that never saw it."""
    learned = {"learned_words": programs.learned_words, "learned_tags": programs.learned_tags}
    own = {"learned_words": startups.words, "learned_tags": startups.teaching_tags}
    sides = {component: (own[component], learned[component]) for component in components}
    folds = np.unique(startups.fold).tolist()
    # One startup asks, or all are new: one teacher serves and nothing has to be put together.
    if len(folds) == 1:
        name = teacher(folds[0])
        return {component: exact.sparse_products(x, y[name]) for component, (x, y) in sides.items()}
    products = {component: np.zeros((len(startups), len(programs))) for component in sides}
    for fold in folds:
        rows = np.flatnonzero(startups.fold == fold)
        for component, (x, y) in sides.items():
            products[component][rows] = exact.sparse_products(x[rows], y[teacher(fold)])
    return products


def apportioned(parts: Mapping[str, float], units: int) -> dict[str, int]:
    """Divide whole units in proportion to parts ≥ 0, by largest remainder, so that they add up exactly.

    >>> apportioned({"words": 2.0, "meaning": 1.0}, 100)
    {'words': 67, 'meaning': 33}
    """
    total = sum(parts.values())
    if total <= 0:
        return dict.fromkeys(parts, 0)
    floors, by_remainder = {}, []
    for name, part in parts.items():
        quota = units * (part / total)
        floors[name] = whole = int(quota)
        by_remainder.append((whole - quota, name))
    # Equal remainders go by name, so that an explanation never depends on the order of a mapping.
    for _, name in sorted(by_remainder)[: units - sum(floors.values())]:
        floors[name] += 1
    return floors


def _limited(spreads: Float, inverse_limit: float | Float) -> Float:
    return spreads / (1.0 + spreads * inverse_limit)
