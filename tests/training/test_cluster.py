"""Lists and figures that many machines make are those that one makes, even when one of them dies on the way."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

import pytest

from model.artifact import artifact
from model.matching.matcher import Matcher
from model.snapshot import folder as snapshot
from model.vectors.corpus import Corpus
from tests.support import bundled
from tests.training import given
from tests.training.test_command_line import NOW
from training import cluster, recipe
from training.baselines import Bm25, Neighbours, Ridge, TfIdf
from training.recipe import lists
from training.recipe.lists import ListWish, QuerySide

long = pytest.mark.skipif("IEUM_CLUSTER" not in os.environ, reason="make test-cluster starts the processes for it")


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the cluster, on the loopback alone."""
    process = subprocess.Popen([sys.executable, "-m", "dask", *command], stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def workers() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler's address and its two workers, each in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    with ExitStack() as stack:
        stack.enter_context(running("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"))
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        found = [stack.enter_context(running("worker", address, *options)) for _ in range(2)]
        wait_for_workers(address, len(found))
        yield address, found


def wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, timeout=60) as client:
        client.wait_for_workers(count, timeout=60)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cluster")
    fitted = Matcher.fit(Corpus.of(bundled.small(), bundled.vocabularies()), bundled.small().outcomes)
    artifact.write(folder / "m-1", fitted, model_version="m-1", created_at=NOW, metrics={}, snapshot_digest="0" * 64)
    snapshot.write(folder / "in", bundled.small(), created_at=NOW)
    snapshot.write(folder / "past", given.snapshot(45), created_at=NOW)
    return folder


def ranked(files: Path, out: Path, wish: ListWish, progress=lambda *_: None, scheduler: str | None = None) -> bytes:
    given = files / "in" / "startups.jsonl", files / "in" / "programs.jsonl"
    recipe.rank(files / "m-1", *given, wish, out, progress, scheduler)
    return out.read_bytes()


@long
@pytest.mark.parametrize("queries", QuerySide)
def test_a_worker_that_is_killed_on_the_way_loses_nothing(files, tmp_path, monkeypatch, workers, queries):
    monkeypatch.setattr(lists, "CHUNK", 4)
    address, processes = workers
    wish = ListWish(date(2026, 2, 2), queries=queries)
    alone = ranked(files, tmp_path / "alone.csv", wish)
    killed = []

    def kill_once(_step: str, done: int, _total: int) -> None:
        if done and not killed:
            processes[0].kill()
            killed.append(done)

    together = ranked(files, tmp_path / "together.csv", wish, kill_once, address)

    assert killed
    assert killed[0] < len(bundled.small().startups)
    assert together == alone


@long
def test_an_evaluation_whose_worker_is_killed_on_the_way_finds_the_same_figures(files, monkeypatch, workers):
    address, processes = workers
    asked = files / "m-1", files / "past", date(2026, 2, 2)
    alone = recipe.assess(*asked).evaluation
    killed = []

    def kill_once(step: str, done: int, total: int) -> None:
        if step == "evaluate" and done and not killed:
            processes[0].kill()
            killed.append(total - done)
        if step == "evaluate" and done == total - 1:  # with one worker left, joblib does the next regime here
            monkeypatch.undo()

    for baseline in (TfIdf, Bm25, Neighbours, Ridge):
        monkeypatch.setattr(baseline, "fit", not_here)
    together = recipe.assess(*asked, kill_once, address).evaluation

    assert alone.can_compare
    assert killed[0] > 1
    assert together == alone


def not_here(*_: object) -> None:
    raise AssertionError("a baseline was fitted in the process that asked for it")


def test_where_no_scheduler_answers_that_is_said(monkeypatch):
    monkeypatch.setattr(cluster, "TIMEOUT_SECONDS", 1)

    with pytest.raises(cluster.NoClusterError), cluster.joined("tcp://127.0.0.1:1"):
        pass
