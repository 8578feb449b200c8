"""Texts are read ahead, a little at a time, once on a machine; what was read is found again, and is the same."""

from __future__ import annotations

import time
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.artifact import versions
from model.domain import Startup
from model.matching.matcher import Matcher
from model.vectors import StartupVectors
from model.vectors.rows import LazyRows
from service.actions.catalogue.side import CatalogueSide
from service.actions.matching import reading, ready
from service.actions.matching.reading import TextReading
from service.actions.matching.ready import Ready
from service.errors import ServiceError
from service.storage.catalogue import documents
from service.storage.matching.registry import Registry
from service.storage.matching.vector_files import VectorFiles
from tests.service import given

NEW = tuple(replace(s, id=f"new-{n}", summary=f"{n}번째 새 글 {s.summary}") for n, s in enumerate(given.startups()[:5]))


@pytest.fixture
def files(registry: Registry, tmp_path: Path) -> VectorFiles:
    return VectorFiles(tmp_path / "vectors", registry.load("v1").manifest)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many texts were read each time."""
    counts: list[int] = []
    usual = Matcher.read

    def counting(self: Matcher, startups: Any) -> StartupVectors:
        counts.append(len(startups))
        return usual(self, startups)

    monkeypatch.setattr(Matcher, "read", counting)
    return counts


def soon() -> float:
    return time.monotonic() + 60


def same(one: StartupVectors, other: StartupVectors) -> bool:
    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plain(part) for name, part in value.items()}
        whole = value.whole() if isinstance(value, LazyRows) else value
        return np.asarray(whole.todense() if hasattr(whole, "todense") else whole).tolist()

    return all(plain(getattr(one, f.name)) == plain(getattr(other, f.name)) for f in fields(one))


def test_what_was_read_ahead_is_what_would_be_read_now(matcher: Matcher, files: VectorFiles) -> None:
    mixed = (*NEW[:2], *given.startups()[:3], *NEW[2:])
    ahead = TextReading(matcher, files)
    left = ahead.ahead(ahead.unread(mixed), soon())

    assert left == []
    assert same(ahead.pool(mixed).vectors, matcher.startup_pool(mixed).vectors)


def test_the_next_start_reads_no_text_again(matcher: Matcher, files: VectorFiles, read: list[int]) -> None:
    first = TextReading(matcher, files)
    first.ahead(first.unread(NEW), soon())
    read.clear()
    later = TextReading(matcher, VectorFiles(files.home, files.manifest))

    assert (later.unread(NEW), later.pool(NEW).ids, read) == ([], tuple(s.id for s in NEW), [])
    assert same(later.pool(NEW).vectors, matcher.startup_pool(NEW).vectors)


def test_a_damaged_file_is_as_none(matcher: Matcher, files: VectorFiles) -> None:
    first = TextReading(matcher, files)
    first.ahead(first.unread(NEW), soon())
    for path in files.home.rglob("*.npz"):
        path.write_bytes(path.read_bytes()[:-200])

    assert len(TextReading(matcher, VectorFiles(files.home, files.manifest)).unread(NEW)) == len(NEW)


def test_while_another_process_reads_nobody_reads_beside_it(
    matcher: Matcher, files: VectorFiles, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "WAIT_SECONDS", 0.01)

    def held(_self: VectorFiles) -> Any:
        raise versions.Held("reading")

    monkeypatch.setattr(VectorFiles, "alone", held)
    left = TextReading(matcher, files).ahead(NEW, time.monotonic() + 0.05)

    assert (len(left), read) == (len(NEW), [])


def test_what_nobody_says_any_more_is_cleared_out(matcher: Matcher, files: VectorFiles) -> None:
    whole = TextReading(matcher, files)
    whole.ahead(whole.unread(NEW), soon())
    whole.settle(NEW[:1], 0, at_once=True)

    assert len(TextReading(matcher, VectorFiles(files.home, files.manifest)).unread(NEW)) == len(NEW) - 1


def test_who_was_erased_while_no_service_ran_is_cleared_out_by_the_next_start(
    matcher: Matcher, files: VectorFiles
) -> None:
    before = TextReading(matcher, files)
    before.ahead(before.unread(NEW), soon())
    (files.home / "another-model").mkdir()
    later = TextReading(matcher, VectorFiles(files.home, files.manifest))
    later.settle(NEW[1:], 1, at_once=False)
    again = TextReading(matcher, VectorFiles(files.home, files.manifest))

    assert [startup.id for startup in again.unread(NEW)] == [NEW[0].id]
    assert (later.has_followed(1), later.has_followed(2), files.erasures()) == (True, False, 1)
    assert not (files.home / "another-model").exists()  # what another model has read can't be told apart


def test_a_pool_of_many_unread_texts_is_left_to_the_background(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "FEW", 2)
    ahead = TextReading(matcher)
    records = {startup.id: startup for startup in NEW}
    side: CatalogueSide[Startup] = CatalogueSide(records, {key: documents.digest(s) for key, s in records.items()})
    startups = Ready(side, ahead.pool, None, ahead.unread)
    with pytest.raises(ServiceError, match="catalogue_preparing"):
        _ = startups.pool
    startups.tell(ahead.ahead(startups.left(), soon()))

    assert startups.pool.ids == tuple(records)
