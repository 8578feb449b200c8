"""How often does a startup's list open with a family in which it took part? `python -m benchmarks.own_family`.

On the bundled sample, over every startup with a past, whatever the rules say: as served; with known families included
(`include=known`); and by matchers fitted without that startup's outcomes, which nothing could tell of its past. What is
learned from words is taken from the fold that never saw the startup, as in serving.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.determinism import DATA, bundled
from benchmarks.quality import CACHE
from model import vocabulary
from model.blocks.pasts import FOLDS, Pasts, fold_of, group
from model.blocks.track_record import TrackRecord
from model.domain import Outcome, Snapshot, Startup
from model.matching.known_pairs import UNKNOWN_KINDS
from model.matching.matcher import Matcher
from model.scoring import ranking
from model.scoring.score import Units, trusted
from model.vectors.corpus import Corpus


def first(matcher: Matcher, startup: Startup, known: Snapshot, *, include_known: bool) -> str:
    """The family that a startup's list opens with, empty for an empty list."""
    pool = matcher.program_pool(known.programs)
    units: Units = matcher.plane(matcher.startup_pool([startup]), pool).units[0]
    asked = pool.ranked if include_known else pool.ranked & matcher.known.questions([startup], pool.profiles)[0]
    places = ranking.best(units, pool.ids, 1, asked)
    return group(pool.profiles[places[0]]) if places else ""


def never_saw(fold: Matcher, startup_id: str, known: Snapshot) -> Matcher:
    """A matcher fitted without a startup's outcomes; `fold` is one without those of its whole fold."""
    rows = {startup.id: row for row, startup in enumerate(known.startups)}
    pasts = Pasts.of([o for o in known.outcomes if o.startup_id != startup_id], rows, known.programs)
    fitted = fold.vectoriser.record
    record = TrackRecord(pasts, fitted.meaning, fitted.sentence, fitted.learned)
    vectoriser = replace(fold.vectoriser, record=record)
    return replace(
        fold,
        vectoriser=vectoriser,
        scoring=replace(fold.scoring, trust=trusted(record.whole.total)),
        program_vectors=vectoriser.remembering(fold.program_vectors),
        contributors={},
    )


def families(outcomes: Iterable[Outcome], known: Snapshot) -> Mapping[str, set[str]]:
    """The families in which each startup took part, applied or was refused, by its id."""
    rows = {program.id: program for program in known.programs}
    by_startup: dict[str, set[str]] = {}
    for outcome in outcomes:
        if outcome.outcome not in UNKNOWN_KINDS:  # to have been shown a program, or written to, is no past
            by_startup.setdefault(outcome.startup_id, set()).add(group(rows[outcome.program_id]))
    return by_startup


def counted(whole: Matcher, folds: Sequence[Matcher], known: Snapshot) -> tuple[int, int, int, int]:
    """Startups asked for, and of how many the list opens with a family of their own: served, with known, never seen."""
    own = families(known.outcomes, known)
    asked = [startup for startup in known.startups if startup.id in own]
    hits = np.zeros(3, int)
    for startup in asked:
        other = never_saw(folds[fold_of(startup.id)], startup.id, known)
        opened = (
            first(whole, startup, known, include_known=False),
            first(whole, startup, known, include_known=True),
            first(other, startup, known, include_known=True),
        )
        hits += [family in own[startup.id] for family in opened]
    served, included, unseen = hits.tolist()
    return len(asked), served, included, unseen


def main(cache: Path = CACHE) -> int:
    """Count, print the table; 1 where a family of a startup's own is served, or the switch tells of its past."""
    known = bundled()
    corpus = Corpus.of(known, vocabulary.load(DATA / "vocabularies"), cache=cache)
    whole = Matcher.fit(corpus, known.outcomes)
    folds = [Matcher.fit(corpus, [o for o in known.outcomes if fold_of(o.startup_id) != fold]) for fold in range(FOLDS)]
    asked, served, included, unseen = counted(whole, folds, known)
    table = Table(
        "startups with a past", "as served", "known included", "fitted without its outcomes", title="own family first"
    )
    table.add_row(*map(str, (asked, served, included, unseen)))
    Console().print(table)
    return int(served > 0 or included != unseen)


if __name__ == "__main__":
    sys.exit(main())
