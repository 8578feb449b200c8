"""The table of contents of training: a snapshot is read, split, fitted, evaluated, gated and published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from model import vocabulary
from model.artifact import artifact, versions
from model.artifact.manifest import BadArtifact, Manifest
from model.domain import Snapshot
from model.faults import BadData, Fault
from model.matching.matcher import Matcher
from model.snapshot import folder as snapshot
from model.snapshot.folder import PROGRAMS, STARTUPS
from model.vectors.corpus import encoding, silent
from model.vectors.text_cache import Progress
from model.vocabulary.codes import Regions
from training import cluster, gate
from training.baselines import Texts
from training.evaluation import Evaluation, Ours, StudyPlan, evaluate
from training.evaluation.in_use import BesideInUse, compare
from training.gate import GateDecision
from training.recipe import lists, nearest, publishing
from training.recipe.lists import ListWish, SharedFiles
from training.recipe.nearest import EXACT_UP_TO, Nearest
from training.recipe.publishing import Published


@dataclass(frozen=True)
class Order:
    """What `fit` was asked for; `force` is the reason for publishing past the gate, `key` a raw private key."""

    snapshot: Path
    out: Path
    vocabularies: Path
    created_at: datetime
    on: date
    seed: int = 0
    force: str | None = None
    key: bytes | None = None


@dataclass(frozen=True)
class Assessed:
    """An artifact's evaluation, what the gate would say of it, and the names of regions for the report."""

    evaluation: Evaluation
    decision: GateDecision
    manifest: Manifest
    regions: Regions


@dataclass(frozen=True)
class RecipeResult:
    """What came of it: `published` is None when the gate refused."""

    evaluation: Evaluation
    decision: GateDecision
    published: Published | None


def fit(order: Order, progress: Progress = silent) -> RecipeResult:
    """Fit on a snapshot and publish the artifact if the gate lets it pass; raises BadData, OSError.

    Raises versions.Held at once while another fit into the same folder is under way.
    """
    data = _filled(snapshot.read(order.snapshot))
    order.out.mkdir(parents=True, exist_ok=True)
    words = vocabulary.load(order.vocabularies)
    with versions.held(order.out, versions.TRAINING):
        ours = Ours(words, seed=order.seed, cache=_cache(order.out), progress=progress).fit(data)
        evaluation = evaluate(data, ours, StudyPlan(order.on, order.seed), _texts(ours), progress)
        try:
            decision = gate.decide(evaluation, _beside(order, data, ours))
        except (BadArtifact, OSError):  # the one in use can't be read, so nothing is compared with it
            decision = gate.decide(evaluation, unreadable=True)
        if not decision.passes and order.force is None:
            return RecipeResult(evaluation, decision, None)
        papers = publishing.Papers(
            created_at=order.created_at,
            snapshot_digest=data.digest,
            metrics={"seed": order.seed, "evaluation": evaluation.as_json(), "gate": decision.as_json()},
            reason=None if decision.passes else order.force,
            key=order.key,
        )
        return RecipeResult(evaluation, decision, publishing.publish(order.out, ours.fitted, papers))


def assess(
    folder: Path, snapshot_folder: Path, on: date, progress: Progress = silent, scheduler: str | None = None
) -> Assessed:
    """Evaluate an artifact's recipe thoroughly on a snapshot's held-back outcomes; raises BadArtifact, BadData.

    The matcher is refitted on the past alone, with the artifact's vocabulary: the artifact itself may have learned
    from the outcomes that it would be judged by.
    """
    matcher, manifest = artifact.read(folder)
    data = _filled(snapshot.read(snapshot_folder))
    seed, cache = int(manifest.metrics.get("seed", 0)), _cache(folder.parent)
    ours = Ours(matcher.vocabulary, seed=seed, cache=cache, progress=progress, matcher=matcher)
    with cluster.joined(scheduler):
        evaluation = evaluate(data, ours, StudyPlan(on, seed, thorough=True), _texts(ours), progress)
    return Assessed(evaluation, gate.decide(evaluation), manifest, matcher.vocabulary.codes.regions)


def rank(
    folder: Path,
    startups: Path,
    programs: Path,
    wish: ListWish,
    out: Path,
    progress: Progress = silent,
    scheduler: str | None = None,
) -> int:
    """Write ranked lists with an artifact, and return how many rows; raises BadArtifact, BadData, OSError.

    A `scheduler` is the address of a Dask scheduler whose workers see the same paths; raises NoClusterError.
    """
    matcher = _on_every_core(folder)
    asking, offered = snapshot.read_startups(startups), snapshot.read_programs(programs)
    source = SharedFiles(folder.resolve(), programs.resolve()) if scheduler else None
    with cluster.joined(scheduler):
        return lists.write(out, matcher.knowing(offered), asking, offered, wish, progress, source)


def rank_nearest(
    folder: Path, startups: Path, programs: Path, wish: ListWish, most: int, out: Path, progress: Progress = silent
) -> tuple[int, float | None]:
    """Write lists for programs from the `most` startups that an index finds nearest to each; returns rows and recall.

    Recall is None where there are so few startups that all are scored.
    Raises BadArtifact, BadData, NoIndexError, OSError.
    """
    matcher = _on_every_core(folder)
    asking, offered = snapshot.read_startups(startups), snapshot.read_programs(programs)
    matcher, ranked = matcher.knowing(offered), [program for program in offered if program.is_ranked]
    if len(asking) <= EXACT_UP_TO or not ranked:
        return lists.write(out, matcher, asking, offered, wish, progress), None
    pools = nearest.pool(matcher, asking, progress), matcher.program_pool(ranked)
    near_lists = Nearest(matcher, *pools, wish, most, progress)
    return lists.put(out, near_lists.rows()), near_lists.recall()


def _filled(data: Snapshot) -> Snapshot:
    empty = [name for name, rows in ((STARTUPS, data.startups), (PROGRAMS, data.programs)) if not rows]
    if empty:
        raise BadData([Fault("missing", name, field="id") for name in empty])
    return data


def _texts(ours: Ours) -> Texts:
    return Texts(ours.vocabulary, ours.cache)


def _beside(order: Order, data: Snapshot, ours: Ours) -> BesideInUse | None:
    folder = publishing.in_use(order.out)
    if folder is None:
        return None
    matcher, manifest = artifact.read(folder)
    made_on = datetime.fromisoformat(manifest.created_at).date()
    return compare(data, ours, replace(ours, matcher=matcher), made_on, StudyPlan(order.on, order.seed))


def _cache(out: Path) -> Path:
    """Analysed texts lie beside the artifacts, never inside one."""
    return out / ".cache"


def _on_every_core(folder: Path) -> Matcher:
    """Read an artifact's matcher such that it encodes many texts on every core."""
    matcher, _ = artifact.read(folder)
    encode = encoding(matcher.vocabulary, on_every_core=True)
    return replace(matcher, vectoriser=replace(matcher.vectoriser, encode=encode))
