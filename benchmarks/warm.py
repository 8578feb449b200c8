"""Do outcomes ever harm, and is a list as good as another build's?

    python -m benchmarks.warm [SET ...] [--build FOLDER] [--json FILE]

Judged as served: a family in which a startup took part is not asked for. *Warm* knows past outcomes, *cold* none; the
difference of NDCG@10 is paired by query, with its 95 % interval, over all startups, over those with and without a past
of their own, and over the good programs by their number of past participants, on the bundled sample and on each
development set (see `benchmarks/quality.py`). `--build` names another checkout with its own `.venv`, which ranks the
same development sets by its own code.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from benchmarks import development
from benchmarks.determinism import bundled
from benchmarks.quality import BILINGUAL, CACHE, ENOUGH_PAIRS, SETS, VOCABULARIES
from model import vocabulary
from model.blocks.pasts import group
from model.domain import Snapshot
from training import metrics, splits
from training.evaluation import Ours
from training.evaluation.judging import Direction, Float, Trial, judge, trial_of
from training.metrics import Interval
from training.outcomes import positives

SHORT = {Direction.PROGRAMS: "S2P", Direction.STARTUPS: "P2S"}
SCORES = """
import sys
from pathlib import Path
import numpy as np
from benchmarks import development
from benchmarks.quality import VOCABULARIES
from model import vocabulary
from training.evaluation import Ours
ours = Ours(vocabulary.load(VOCABULARIES), cache=Path(sys.argv[3]))
folder = Path(sys.argv[1])
chosen = development.pooled(folder) if sys.argv[2] == "pooled" else development.read(folder)
regimes = {"cold": chosen.without_outcomes, "warm": chosen.snapshot}
for regime, snapshot in regimes.items():
    ours = ours.fit(snapshot)
    np.save(Path(sys.argv[4]) / f"{regime}.npy", ours.scores(chosen.trial.startups, chosen.trial.programs))
"""
"""What the other build runs in its own checkout: its scores of a set's pairs, cold and warm."""

PARTICIPANTS = {"0": (0, 0), "1-3": (1, 3), "4-10": (4, 10), "more": (11, 10**9)}
"""Slices of the good programs, whose mean decides how outcomes are weighed: most pairs fall to a few large programs."""

Ndcg = Mapping[int, float]


@dataclass(frozen=True)
class Question:
    """A set's trial with what may be learned before it, with outcomes and without."""

    name: str
    warm: Snapshot
    cold: Snapshot
    trial: Trial
    folder: Path | None = None
    is_pooled: bool = False

    @property
    def slices(self) -> Iterator[tuple[str, Trial]]:
        """The whole trial, its parts by whether startups have a past of their own, and by programs' participants."""
        contributors = {outcome.startup_id for outcome in self.warm.outcomes}
        past = np.array([startup.id in contributors for startup in self.trial.startups])
        yield "all", self.trial
        for name, rows in (("with a past", past), ("without a past", ~past)):
            if rows.any() and not rows.all():
                allowed = self.trial.allowed & rows[:, None]
                yield name, replace(self.trial, allowed=allowed, gains=self.trial.gains * rows[:, None])
        families = {program.id: group(program) for program in self.warm.programs}
        participants = Counter(families[program_id] for _, program_id in positives(self.warm.outcomes))
        counts = np.array([participants[group(program)] for program in self.trial.programs])
        for name, (least, most) in PARTICIPANTS.items():
            sliced = replace(self.trial, gains=self.trial.gains * ((counts >= least) & (counts <= most)))
            if sliced.positives >= ENOUGH_PAIRS and self.warm.outcomes:
                yield f"{name} participants", sliced


def questions(folders: Sequence[Path]) -> Iterator[Question]:
    """The sample, then each development set; one in two languages also with both in one pool."""
    if not folders:
        split = splits.held_out(bundled())
        yield Question("sample", split.past, split.cold.past, trial_of(split))
    for folder in folders or sorted(path.parent for path in SETS.glob(f"*/{development.PAIRS}")):
        for is_pooled in (False, True) if folder.name == BILINGUAL else (False,):
            chosen = development.pooled(folder) if is_pooled else development.read(folder)
            yield Question(
                chosen.name, chosen.snapshot, chosen.without_outcomes, chosen.trial, folder.resolve(), is_pooled
            )


def ndcg(scores: Float, trial: Trial, direction: Direction) -> Ndcg:
    """NDCG@10 of each query that has a good candidate, by its place."""
    rows = judge(scores, trial, direction)
    return dict(zip(rows["query"].tolist(), rows["ndcg"].tolist(), strict=True))


def difference(ours: Ndcg, others: Ndcg) -> Interval:
    """Mean difference over the same queries, with its 95 % interval."""
    pairs = np.array([ours[query] - others[query] for query in sorted(ours)])
    return metrics.bootstrap_interval(pairs, np.random.default_rng(0))


def of_other(build: Path, question: Question) -> Mapping[str, Float]:
    """The other build's scores, cold and warm."""
    with TemporaryDirectory() as results:
        kind = "pooled" if question.is_pooled else "plain"
        texts = str(CACHE.parent / f"cache-{build.name}")
        command = [build / ".venv" / "bin" / "python", "-c", SCORES, question.folder, kind, texts, results]
        subprocess.run([str(part) for part in command], cwd=build, check=True, stdout=subprocess.DEVNULL)
        return {regime: np.load(Path(results) / f"{regime}.npy") for regime in ("cold", "warm")}


def main(
    folders: Annotated[list[Path] | None, typer.Argument(help="snapshot folders with test_pairs.csv")] = None,
    build: Annotated[Path | None, typer.Option(help="another checkout, set up")] = None,
    out: Annotated[Path | None, typer.Option("--json", help="write every figure to this file as well")] = None,
) -> None:
    """Rank warm and cold, print the paired differences; exit 1 where warm is significantly below cold.

    The slices by participants are told and fail nothing.
    """
    table = Table(
        "set", "way", "startups", "queries", "cold", "warm", "warm − cold", "cold − other's", "warm − other's"
    )
    figures: list[dict[str, object]] = []
    is_harmed = False
    for question in questions(folders or []):
        ours, scores = Ours(vocabulary.load(VOCABULARIES), cache=CACHE), {}
        for regime, snapshot in (("cold", question.cold), ("warm", question.warm)):
            ours = ours.fit(snapshot)
            scores[regime] = ours.scores(question.trial.startups, question.trial.programs)
        theirs = of_other(build.resolve(), question) if build and question.folder else {}
        for name, trial in question.slices:
            for direction in Direction:
                lists = {regime: ndcg(plane, trial, direction) for regime, plane in scores.items()}
                if not lists["cold"]:
                    continue
                gains = {"warm − cold": difference(lists["warm"], lists["cold"])}
                is_harmed |= gains["warm − cold"].is_below_zero and "participants" not in name
                for regime, plane in theirs.items():
                    gains[f"{regime} − other's"] = difference(lists[regime], ndcg(plane, trial, direction))
                means = {regime: float(np.mean([*queries.values()])) for regime, queries in lists.items()}
                about = {"set": question.name, "way": SHORT[direction], "startups": name, "queries": len(lists["cold"])}
                figures.append({**about, **means, **{key: asdict(gain) for key, gain in gains.items()}})
                shown = [f"{g.mean:+.3f} [{g.low:+.3f}, {g.high:+.3f}]" for g in gains.values()]
                table.add_row(*map(str, about.values()), *(f"{mean:.3f}" for mean in means.values()), *shown)
    Console(width=170).print(table)
    if out:
        out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    sys.exit(is_harmed)


if __name__ == "__main__":
    typer.run(main)
