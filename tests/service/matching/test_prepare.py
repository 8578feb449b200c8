"""What is prepared follows the catalogue and CURRENT; a version that is unfit never takes over."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as law
from hypothesis import settings
from hypothesis import strategies as st

from model.domain import Startup
from model.matching.matcher import Matcher
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.catalogue.side import CatalogueSide
from service.actions.matching.prepare import Preparation, Prepared
from service.actions.matching.ready import Ready
from service.errors import ServiceError
from service.files.importers.files import Brought
from service.storage.catalogue import documents
from service.storage.catalogue.profiles import StoredProfile
from service.storage.matching.registry import Registry
from service.storage.repositories import Catalogue
from tests.service import given


def held(startup: Startup) -> StoredProfile[Startup]:
    return StoredProfile(startup, documents.digest(startup), 1, given.NOON)


def wait_for(preparation: Preparation, version: str, seconds: float = 60) -> Prepared:
    end = time.monotonic() + seconds
    while (found := preparation.current()).in_use.name != version and time.monotonic() < end:
        time.sleep(0.05)
    return found


@settings(max_examples=15)
@law(data=st.data())
def test_a_pool_that_was_followed_equals_one_made_anew(data: st.DataObject, matcher: Matcher) -> None:
    startups = given.startups()
    ready = Ready(CatalogueSide[Startup]({}, {}), matcher.startup_pool)
    for _ in range(3):
        changed = data.draw(st.lists(st.sampled_from(startups), max_size=4, unique_by=lambda s: s.id))
        revised = [replace(s, employees=data.draw(st.integers(0, 3)), region=None) for s in changed]
        gone = data.draw(st.lists(st.sampled_from(startups), max_size=2))
        ready = ready.after(ready.side.after(map(held, revised), [s.id for s in gone]))
        if data.draw(st.booleans()):
            _ = ready.pool
    fresh = matcher.startup_pool(ready.pool.profiles)
    programs = matcher.program_pool(given.programs())

    assert ready.pool.ids == tuple(sorted(ready.side.records))
    assert np.array_equal(matcher.plane(ready.pool, programs).units, matcher.plane(fresh, programs).units)


def test_a_change_of_one_side_leaves_the_other_as_it_is(catalogue: Catalogue, registry: Registry) -> None:
    preparation = Preparation(catalogue, registry)
    before = preparation.current().warm()
    ImportProfiles(catalogue)(Brought((replace(given.startups()[0], employees=1),)), given.OPERATOR)
    after = preparation.current()

    assert after.programs is before.programs
    assert after.startups.side.digest != before.startups.side.digest


def test_nothing_is_made_again_while_nothing_changes(catalogue: Catalogue, registry: Registry) -> None:
    preparation = Preparation(catalogue, registry)

    assert preparation.current() is preparation.current()


def test_without_a_model_the_caller_is_told_so(catalogue: Catalogue, tmp_path: Path) -> None:
    for text in (None, "none", "../v1", "", "\0"):
        if text is not None:
            (tmp_path / "CURRENT").write_text(text, encoding="utf-8")
        with pytest.raises(ServiceError) as refused:
            Preparation(catalogue, Registry(tmp_path)).current()
        assert refused.value.code == "no_model"


def test_a_new_version_takes_over_and_a_damaged_one_does_not(
    catalogue: Catalogue, matcher: Matcher, tmp_path: Path
) -> None:
    folder = given.published(matcher, tmp_path / "artifacts", "v1")
    preparation = Preparation(catalogue, Registry(folder))
    assert preparation.current().in_use.name == "v1"

    given.published(matcher, folder, "v2")
    assert wait_for(preparation, "v2").in_use.manifest.model_version == "v2"

    shutil.copytree(folder / "v2", folder / "v3")
    state = folder / "v3" / "state.json"
    state.write_bytes(state.read_bytes()[:-1] + b" ")
    (folder / "CURRENT").write_text("v3\n", encoding="utf-8")
    assert wait_for(preparation, "v3", seconds=3).in_use.name == "v2"


def test_a_version_that_was_refused_is_tried_again_after_it_was_mended(
    catalogue: Catalogue, matcher: Matcher, tmp_path: Path
) -> None:
    folder = tmp_path / "artifacts"
    folder.mkdir()
    (folder / "CURRENT").write_text("v1\n", encoding="utf-8")
    preparation = Preparation(catalogue, Registry(folder))
    with pytest.raises(ServiceError):
        preparation.current()
    given.published(matcher, folder, "v1")

    assert preparation.current().in_use.name == "v1"
