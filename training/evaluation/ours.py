"""Our matcher behind the contract that every baseline passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import numpy as np

from model.blocks.reading import TAG_KINDS
from model.blocks.track_record import TEACHING_TAGS
from model.domain import Program, Snapshot, Startup
from model.matching.matcher import Matcher
from model.vectors.corpus import Corpus, silent
from model.vectors.text_cache import Progress
from model.vocabulary import Vocabulary
from training.baselines import Scorer
from training.baselines.scorer import Float


@dataclass(frozen=True)
class Ours(Scorer):
    """Fits a matcher, or takes a fitted one, and reads its score plane; fitting gives a new one."""

    vocabulary: Vocabulary
    seed: int = 0
    cache: Path | None = None
    progress: Progress = silent
    matcher: Matcher | None = None
    name: str = "ieum"
    teaching: tuple[str, ...] = TEACHING_TAGS
    corpus: Corpus | None = field(default=None, repr=False)
    """What the last fit has read."""

    def fit(self, snapshot: Snapshot) -> Self:
        """Fit a new matcher on the snapshot; profiles that were read for the last one are not read again."""
        read = self.corpus
        if read is None or not read.tells_of(snapshot):
            options: Any = {"seed": self.seed, "cache": self.cache, "teaching": self.teaching}
            read = Corpus.of(snapshot, self.vocabulary, progress=self.progress, **options)
        return replace(self, corpus=read, matcher=Matcher.fit(read, snapshot.outcomes, self.progress))

    def scores(self, startups: Sequence[Startup], programs: Sequence[Program]) -> Float:
        """Score every pair in units of 0.0001 point."""
        plane = self.fitted.plane(self.fitted.startup_pool(startups), self.fitted.program_pool(programs))
        return np.asarray(plane.units, dtype=np.float64)

    def without(self, block: str) -> Self:
        """The same with one block left out of the sum."""
        return replace(self, matcher=self.fitted.without(block), name=f"{self.name} without {block}")

    def taught_by_all(self) -> Self:
        """The same, not fitted yet, whose track record learns from every kind of tag: place, stage and language too."""
        return replace(self, teaching=TAG_KINDS, matcher=None, corpus=None)

    @property
    def blocks(self) -> tuple[str, ...]:
        """Names of the blocks whose shares add up to a score."""
        return tuple(self.fitted.blocks)

    @property
    def is_fitted(self) -> bool:
        """There is something to ask."""
        return self.matcher is not None

    @property
    def fitted(self) -> Matcher:
        """The fitted matcher; raises RuntimeError before `fit`."""
        if self.matcher is None:
            raise RuntimeError("fit the matcher before asking it")
        return self.matcher
