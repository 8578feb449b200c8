"""Structured values as tags: technology, needs, field, region, stage and language, one cosine each.

Both sides weigh a tag alike, so naming a tag that the other side names too never lowers the cosine: with a shared
tag of weight a, (N + a²) / sqrt(X² + a²) ≥ N / X holds because N ≤ X².
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scipy import sparse

from model.blocks import exact
from model.blocks.reading import TAG_KINDS, ProfileReading
from model.blocks.words import FittedTerms, norms, unit


class Tags:
    """One kind of tag, such as `technology`: its fitted weights, and unit rows for either side."""

    def __init__(self, kind: str, terms: FittedTerms, usual_norm: float) -> None:
        self.kind, self.terms, self.usual_norm = kind, terms, usual_norm

    @classmethod
    def fit(cls, kind: str, startups: Sequence[ProfileReading], programs: Sequence[ProfileReading]) -> Tags:
        """Weigh each tag by how rarely both sides carry it."""
        sides = [[reading.tags[kind] for reading in side] for side in (startups, programs)]
        bare = cls(kind, FittedTerms.fit(len(startups) + len(programs), sides), 1.0)
        lengths = norms(bare.even(startups))
        return cls(kind, bare.terms, float(lengths[lengths > 0].mean()) if lengths.any() else 1.0)

    def rows(self, readings: Sequence[ProfileReading]) -> sparse.csr_matrix:
        """Unit rows, (n, tags); a profile without a tag of this kind is zero."""
        return unit(self.terms.weighted([self._counted(reading) for reading in readings]))

    def even(self, readings: Sequence[ProfileReading]) -> sparse.csr_matrix:
        """Rows of which each tag weighs the same whatever else is named, (n, tags), about one long."""
        weighted = self.terms.weighted([self._counted(reading) for reading in readings])
        return exact.with_data(weighted, weighted.data * (1 / self.usual_norm))

    def _counted(self, reading: ProfileReading) -> Mapping[str, int]:
        return dict.fromkeys(reading.tags[self.kind], 1)


__all__ = ["TAG_KINDS", "Tags"]
