"""A corrupted artifact is refused within two seconds, whatever is wrong with it, and the service goes on as before.

`make test-corrupt-artifacts` tries every corruption; the suite tries a part of them.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from model.artifact import artifact, versions
from model.matching.matcher import Matcher
from service.errors import ServiceError
from service.storage.matching.registry import Registry
from tests.service import given
from tests.support import corruptions
from tests.support.corruptions import Corruption

ONE_IN = int(os.environ.get("IEUM_CORRUPTIONS_ONE_IN", "37"))
LEAST = 500
LONGEST_SECONDS = 2.0
KEY, STRANGER = bytes(range(32)), bytes(range(1, 33))


@dataclass(frozen=True)
class Shelf:
    """A folder of artifacts with a good version in use, and the public key that it is signed by."""

    folder: Path
    key: Path


@pytest.fixture(scope="module")
def shelf(matcher: Matcher, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder = tmp_path_factory.mktemp("shelf")
    about = {"created_at": given.NOON, "metrics": {}, "snapshot_digest": "0" * 64, "key": KEY}
    artifact.write(folder / "good", matcher, model_version="good", **about)  # type: ignore[arg-type]  # as named
    versions.put_in_use(folder, "good")
    public = Ed25519PrivateKey.from_private_bytes(KEY).public_key().public_bytes_raw()
    (folder / "key").write_bytes(public)
    return Shelf(folder, folder / "key")


def refusal(shelf: Shelf, corruption: Corruption) -> tuple[str, float, float]:
    """Why it was refused, and how long that took: by the clock, and of the processor."""
    bad = shelf.folder / "bad"
    shutil.rmtree(bad, ignore_errors=True)
    shutil.copytree(shelf.folder / "good", bad, copy_function=os.link)
    corruption.harm(bad)
    registry = Registry(shelf.folder, None if corruption.resealed else shelf.key)
    began, busy = perf_counter(), process_time()
    try:
        registry.check("bad")
        code = "accepted"
    except ServiceError as error:
        code = error.code
    return code, perf_counter() - began, process_time() - busy


def test_there_are_at_least_five_hundred_corruptions_each_with_a_name_of_its_own(shelf: Shelf) -> None:
    names = [corruption.name for corruption in corruptions.all_of(shelf.folder / "good", STRANGER)]

    assert len(names) >= LEAST
    assert len(set(names)) == len(names)


def test_every_corruption_is_refused_in_time_and_the_good_version_stays(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = list(corruptions.all_of(shelf.folder / "good", STRANGER))[::ONE_IN]
    Registry(shelf.folder, shelf.key).load("good")  # libraries are loaded
    found = {corruption.name: refusal(shelf, corruption) for corruption in tried}
    with capsys.disabled():
        longest = max(found, key=lambda name: found[name][1])
        _, clock, busy = found[longest]
        print(f"\n{len(found)} corruptions; longest: {longest}, {clock:.2f} s by the clock, {busy:.2f} s of work")

    assert {name: code for name, (code, *_) in found.items() if code != "artifact_refused"} == {}
    assert {name: busy for name, (*_, busy) in found.items() if busy > LONGEST_SECONDS} == {}
    assert versions.current(shelf.folder) == "good"
    assert Registry(shelf.folder, shelf.key).load("good").manifest.model_version == "good"
