"""What many startups say is taken over beside the requests: the earlier state answers and says so until all is read."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from model.artifact import versions
from model.matching.matcher import Matcher
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.matching import prepare, reading, ready
from service.actions.matching.match import Matching, Options
from service.actions.matching.prepare import Preparation, Prepared
from service.actions.matching.reading import TextReading
from service.actions.matching.ready import Ready
from service.errors import ServiceError
from service.files.importers.files import Brought
from service.storage.matching.registry import Registry
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue
from tests.service import given

NEW = tuple(replace(s, id=f"new-{n}", summary=f"{n}번째 새 글 {s.summary}") for n, s in enumerate(given.startups()[:6]))


@pytest.fixture
def folder(matcher: Matcher, tmp_path: Path) -> Path:
    artifacts = given.published(matcher, tmp_path / "artifacts", "v2")
    return given.published(matcher, artifacts, "v1")


@pytest.fixture
def preparation(catalogue: Catalogue, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Preparation:
    monkeypatch.setattr(prepare, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(reading, "FEW", 2)
    monkeypatch.setattr(ready, "FEW", 2)
    of_a_worker = Preparation(catalogue, Registry(folder), vectors=tmp_path / "vectors")
    of_a_worker.read_in_background()
    of_a_worker.current().startups.make()
    return of_a_worker


def looked(preparation: Preparation, times: int = 1) -> Prepared:
    """Let the worker look as often as it does in so many seconds."""
    for _ in range(times):
        preparation._advanced(preparation.current(), time.monotonic() + 30)
    return preparation.current()


def until(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + 60
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    return is_so()


def test_the_earlier_state_answers_until_many_new_texts_are_read(
    preparation: Preparation, catalogue: Catalogue
) -> None:
    before = preparation.current()
    matching = Matching(preparation, lambda: given.NOON)
    ImportProfiles(catalogue)(Brought(NEW), given.OPERATOR)
    behind = preparation.current()
    with pytest.raises(ServiceError) as unknown:
        matching.for_startup("new-1", Options())
    told = preparation.progress()
    looked(preparation)
    being_read, run = preparation.current(), matching.for_startup("new-1", Options())
    listed = matching.for_program("majung-2026", Options()).snapshot
    told_then = preparation.progress()
    looked(preparation)
    after = preparation.current()

    assert (behind.ranked, behind.startups, told) == (before.ranked, before.startups, (0, len(NEW)))
    assert unknown.value.code == "catalogue_preparing"
    assert (being_read.ranked, told_then) == (before.ranked, (0, len(NEW)))
    assert (run.subject, listed) == (NEW[1], before.startups.side.digest)
    assert being_read.ranked_at < being_read.startups_at == being_read.revision
    assert after.ranked.pool.ids == tuple(sorted([*before.startups.side.records, *(s.id for s in NEW)]))
    assert (after.earlier, preparation.progress(), after.ranked_at) == (None, None, after.revision)


def test_what_comes_in_between_is_not_lost(preparation: Preparation, catalogue: Catalogue) -> None:
    ImportProfiles(catalogue)(Brought(NEW), given.OPERATOR)
    looked(preparation)
    ImportProfiles(catalogue)(Brought((replace(NEW[0], employees=7), given.startups()[0])), given.OPERATOR)
    before = preparation.current()
    looked(preparation, 3)
    after = preparation.current()

    assert before.earlier is not None
    assert before.startups.side.records["new-0"].employees == 7
    assert (after.earlier, after.ranked.side.records["new-0"].employees) == (None, 7)


def test_who_was_erased_is_in_no_list_at_once(preparation: Preparation, catalogue: Catalogue) -> None:
    gone = given.startups()[0].id
    ImportProfiles(catalogue)(Brought(NEW), given.OPERATOR)
    with catalogue.database.writing() as connection:
        catalogue.startups.remove(connection, gone, catalogue.revisions.next(connection))
        catalogue.audit.record(connection, given.OPERATOR, "remove", AuditSubject("startup", gone), {})
    states = [preparation.current()]
    looked(preparation)
    states.append(preparation.current())
    looked(preparation, 2)

    for state in (*states, preparation.current()):
        assert gone not in state.startups.side.records
        assert gone not in state.ranked.pool.ids
    assert len(states[1].ranked.pool) == len(given.startups()) - 1


def test_a_few_are_taken_over_at_once(preparation: Preparation, catalogue: Catalogue) -> None:
    ImportProfiles(catalogue)(Brought(NEW[:2]), given.OPERATOR)

    assert preparation.current().ranked.pool.row_of.keys() >= {"new-0", "new-1"}
    assert preparation.progress() is None


def test_a_model_that_is_wanted_no_longer_is_not_made_ready(
    preparation: Preparation, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, asked = preparation.current(), []

    def unread(_self: TextReading, startups: object, _until: float) -> object:
        asked.append(preparation.progress())
        versions.put_in_use(folder, "v1")
        return startups

    monkeypatch.setattr(Matcher, "fitted_row", lambda *_: None)
    monkeypatch.setattr(TextReading, "ahead", unread)
    versions.put_in_use(folder, "v2")
    preparation._changing.acquire()
    preparation._change_to("v2")

    assert asked == [(0, len(given.startups()))]
    assert (preparation.current().in_use, preparation.progress()) == (before.in_use, None)


def test_going_back_to_the_model_before_reads_nothing_again(
    preparation: Preparation, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = preparation.current()
    versions.put_in_use(folder, "v2")
    preparation._changing.acquire()
    preparation._change_to("v2")
    changed = preparation.current().in_use.name
    monkeypatch.setattr(Registry, "load", lambda *_: pytest.fail("read again"))
    monkeypatch.setattr(Ready, "make", lambda *_: pytest.fail("made again"))
    versions.put_in_use(folder, "v1")
    preparation._changing.acquire()
    preparation._change_to("v1")

    assert (changed, preparation.current().in_use) == ("v2", before.in_use)


def test_workers_wait_for_the_process_that_reads_for_all(
    preparation: Preparation, catalogue: Catalogue, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "WAIT_SECONDS", 0.05)
    reader = Preparation(catalogue, Registry(folder), vectors=tmp_path / "vectors")
    reader.read_in_background()
    reader.current().startups.make()
    readers: set[str] = set()
    usual = Matcher.read

    def noted(self: Matcher, startups: object) -> object:
        readers.add(threading.current_thread().name)
        return usual(self, startups)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(Matcher, "read", noted)
    threading.Thread(target=reader.read_for_all, daemon=True, name="reader").start()
    assert until(lambda: reader._is_reader)
    ImportProfiles(catalogue)(Brought(NEW), given.OPERATOR)
    assert until(lambda: "new-5" in looked(preparation).ranked.pool.row_of)

    assert readers == {"reader"}
