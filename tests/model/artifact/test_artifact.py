"""An artifact gives the very matcher that was fitted, or is refused before anything of it is used."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import process_time

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from model.artifact import artifact, matcher_state
from model.artifact.manifest import BadArtifact, described, sealed, vocabulary_of
from model.scoring.chance import Chance
from tests.support import bundled
from tests.support.effort import FEW

CREATED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
METRICS = {"ndcg@10": 0.123456789, "curve": [1, 2.5, None], "note": "한국어", "by_size": {10: 1, 9: 2}}
KEY, FOREIGN_KEY = bytes(range(32)), bytes(range(1, 33))
LONGEST_REFUSAL_SECONDS = 2.0


def public(key):
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


def write(folder, matcher, **options):
    given_options = {"model_version": "m-1", "created_at": CREATED, "metrics": METRICS, "snapshot_digest": "abc"}
    return artifact.write(folder, matcher, **{**given_options, **options})


@pytest.fixture(scope="module")
def kept(fitted, tmp_path_factory) -> Path:
    """A signed artifact; nobody changes it."""
    folder = tmp_path_factory.mktemp("artifacts") / "m-1"
    write(folder, fitted, key=KEY)
    return folder


@pytest.fixture
def folder(kept, tmp_path) -> Path:
    """A copy that may be harmed; its files are links until they are changed."""
    shutil.copytree(kept, tmp_path / "m-1", copy_function=os.link)
    return tmp_path / "m-1"


@pytest.fixture(scope="module")
def opened(kept):
    matcher, _ = artifact.read(kept, key=public(KEY))
    return matcher


def change(path, content):
    path.unlink()
    path.write_bytes(content)


def refusal(act, folder, **options):
    """Refuse within the time allowed, with a sentence in both languages; gives the code."""
    begin = process_time()
    with pytest.raises(BadArtifact) as refused:
        act(folder, **options)
    assert process_time() - begin <= LONGEST_REFUSAL_SECONDS
    assert all(refused.value.sentence(language) for language in ("ko", "en"))
    return refused.value.code


def forge(folder, edit):
    """Change the manifest and seal it anew, as only someone without the key would have to."""
    values = json.loads((folder / "manifest.json").read_bytes())
    edit(values)
    change(folder / "manifest.json", sealed(values))


def describe_anew(folder, name):
    forge(folder, lambda values: values["files"].__setitem__(name, described(folder / name)))


def same(one, other):
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


def test_every_array_survives_bit_for_bit(fitted, opened):
    before, after = matcher_state.dump(fitted)[0], matcher_state.dump(opened)[0]

    assert before.keys() == after.keys()
    assert [name for name in before if not same(before[name], after[name])] == []


def test_every_text_survives_byte_for_byte(fitted, opened):
    assert matcher_state.dump(opened)[1] == matcher_state.dump(fitted)[1]


def test_every_score_survives(fitted, opened, startups, programs):
    before = fitted.plane(startups, programs).units
    again = opened.plane(opened.startup_pool(startups.profiles), opened.program_pool(programs.profiles)).units

    assert np.array_equal(before, again)


def test_every_score_of_an_unseen_profile_survives(fitted, opened, programs):
    unseen = opened.fresh_startups(bundled.whole().startups[-3:])
    before = fitted.scoring.units(fitted.fresh_startups(bundled.whole().startups[-3:]), programs.vectors)

    assert np.array_equal(before, opened.scoring.units(unseen, programs.vectors))


def test_every_reason_survives(fitted, opened):
    pairs = [(s, p) for s in bundled.small().startups[::7] for p in bundled.small().programs[::7]]

    assert [opened.shares(*pair) for pair in pairs] == [fitted.shares(*pair) for pair in pairs]


def test_a_chance_survives(beginner, tmp_path):
    chance = Chance(1.25, -0.1, (0.01, 0.002, 0.03), 321)
    write(tmp_path / "m", _with_chance(beginner, chance))

    assert artifact.read(tmp_path / "m")[0].chance == chance


def _with_chance(matcher, chance):
    return replace(matcher, chance=chance)


def test_a_matcher_without_outcomes_survives(beginner, tmp_path, startups, programs):
    write(tmp_path / "m", beginner)

    matcher, _ = artifact.read(tmp_path / "m")

    assert np.array_equal(matcher.plane(startups, programs).units, beginner.plane(startups, programs).units)


FIT = """
from hashlib import sha256
from model.artifact import matcher_state
from model.matching.matcher import Matcher
from model.vectors.corpus import Corpus
from tests.support import bundled

snapshot = bundled.small()
for _ in range(2):
    arrays = matcher_state.dump(Matcher.fit(Corpus.of(snapshot, bundled.vocabularies(), seed=1), snapshot.outcomes))[0]
    print(sorted((name, sha256(array.tobytes()).hexdigest()) for name, array in arrays.items()))
"""


def test_the_first_fit_of_a_process_gives_the_bytes_of_the_second_and_of_one_thread():
    """A library that is loaded on the way must be held to one thread as well; so every fit that is published is one."""
    ways = [{"OPENBLAS_NUM_THREADS": "4"}, {"OPENBLAS_NUM_THREADS": "1"}]
    runs = [
        subprocess.run(
            [sys.executable, "-c", FIT], env={**os.environ, **way}, capture_output=True, text=True, check=True
        )
        for way in ways
    ]
    prints = [line for run in runs for line in run.stdout.splitlines()]

    assert len(prints) == 4
    assert len(set(prints)) == 1


def test_fitting_twice_gives_the_same_bytes(fitted, fit):
    again = fit(bundled.small())

    before, after = matcher_state.dump(fitted), matcher_state.dump(again)
    assert [name for name in before[0] if not same(before[0][name], after[0][name])] == []
    assert before[1] == after[1]


def test_writing_twice_gives_the_same_files(fitted, kept, tmp_path):
    write(tmp_path / "m-1", fitted, key=KEY)

    assert {p.name: p.read_bytes() for p in (tmp_path / "m-1").iterdir()} == {
        p.name: p.read_bytes() for p in kept.iterdir()
    }


def test_a_manifest_says_what_the_artifact_is(kept):
    manifest = artifact.verify(kept)

    assert (manifest.model_version, manifest.created_at, manifest.snapshot_digest) == (
        "m-1",
        CREATED.isoformat(),
        "abc",
    )
    assert manifest.metrics["ndcg@10"] == METRICS["ndcg@10"]
    assert manifest.vocabulary_digest == bundled.vocabularies().digest
    assert manifest.files.keys() == {path.name for path in kept.iterdir()} - {"manifest.json", "manifest.sig"}


def test_a_reason_for_publishing_is_kept(beginner, tmp_path):
    write(tmp_path / "m", beginner, reason="시험 운영")

    assert artifact.verify(tmp_path / "m").reason == "시험 운영"


def test_an_artifact_holds_arrays_and_json_alone(kept):
    assert {path.suffix for path in kept.iterdir()} == {".npy", ".json", ".sig"}


@pytest.mark.parametrize("key", [None, public(KEY)])
def test_a_good_artifact_is_accepted(kept, key):
    assert artifact.verify(kept, key=key).model_version == "m-1"


def test_a_published_artifact_is_never_written_over(fitted, kept):
    with pytest.raises(FileExistsError):
        write(kept, fitted)


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_one_flipped_bit_in_any_file_is_refused(folder):
    random = Random(7)

    for name in _names(folder):
        whole = (folder / name).read_bytes()
        place = random.choice([0, len(whole) - 1, random.randrange(len(whole))])
        harmed = bytearray(whole)
        harmed[place] ^= 1 << random.randrange(8)
        change(folder / name, bytes(harmed))
        assert refusal(artifact.verify, folder, key=public(KEY)) in ("damaged", "unsigned"), (name, place)
        change(folder / name, whole)


@FEW
@given(data=st.data())
def test_one_flipped_byte_in_the_manifest_is_refused_without_a_key_too(kept, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("flipped") / "m"
    shutil.copytree(kept, folder, copy_function=os.link)
    whole = bytearray((folder / "manifest.json").read_bytes())
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    change(folder / "manifest.json", bytes(whole))

    assert refusal(artifact.verify, folder) in ("damaged", "version")


@pytest.mark.parametrize("part", [0, 0.5, 1])
def test_a_truncated_file_is_refused(folder, part):
    for name in _names(folder):
        whole = (folder / name).read_bytes()
        change(folder / name, whole[: int(part * (len(whole) - 1))])
        assert refusal(artifact.verify, folder, key=public(KEY)) in ("damaged", "unsigned"), name
        change(folder / name, whole)


def test_a_longer_file_is_refused(folder):
    for name in _names(folder):
        whole = (folder / name).read_bytes()
        change(folder / name, whole + b"\0")
        assert refusal(artifact.verify, folder, key=public(KEY)) in ("damaged", "unsigned"), name
        change(folder / name, whole)


def test_a_missing_file_is_refused(folder):
    for name in _names(folder):
        whole = (folder / name).read_bytes()
        (folder / name).unlink()
        assert refusal(artifact.verify, folder, key=public(KEY)) in ("missing", "unsigned"), name
        (folder / name).write_bytes(whole)


@pytest.mark.parametrize("name", ["extra.npy", "extra.json", "evil.pkl", ".hidden", "manifest.json.bak"])
def test_a_file_that_the_list_does_not_name_is_refused(folder, name):
    (folder / name).write_bytes(b"x")

    assert refusal(artifact.verify, folder) == "unexpected"


def test_a_folder_inside_is_refused(folder):
    (folder / "more").mkdir()

    assert refusal(artifact.verify, folder) == "unexpected"


def test_a_symbolic_link_is_refused_even_to_the_same_bytes(folder, tmp_path):
    for name in _names(folder):
        (folder / name).rename(tmp_path / "elsewhere")
        (folder / name).symlink_to(tmp_path / "elsewhere")
        assert refusal(artifact.verify, folder, key=public(KEY)) in ("missing", "unsigned"), name
        (folder / name).unlink()
        (tmp_path / "elsewhere").rename(folder / name)


@pytest.mark.parametrize("name", ["../outside.json", "/etc/hostname", "sub/inside.json", "..", ".", ""])
def test_a_name_that_leads_out_of_the_folder_is_refused(folder, name):
    (folder.parent / "outside.json").write_bytes(b"{}")
    listed = {"size": 2, "sha256": hashlib.sha256(b"{}").hexdigest()}

    forge(folder, lambda values: values["files"].__setitem__(name, listed))

    assert refusal(artifact.verify, folder) == "missing"


@pytest.mark.parametrize("key", [None, public(KEY)])
def test_the_code_tables_can_be_read_alone(kept, key):
    assert vocabulary_of(kept, key=key).digest == bundled.vocabularies().digest


@pytest.mark.parametrize("edit", [lambda content: content[:-1], lambda content: content.replace(b"1", b"2")])
def test_a_code_table_that_was_changed_is_refused_even_alone(folder, edit):
    table = next(folder.glob("vocabulary-*.json"))
    change(table, edit(table.read_bytes()))

    assert refusal(vocabulary_of, folder) == "damaged"
    assert refusal(vocabulary_of, folder, key=public(FOREIGN_KEY)) == "unsigned"


@pytest.mark.parametrize("content", [b"[]", b"{", b'{"regions": 1}'])
def test_a_code_table_that_makes_no_sense_is_refused_even_if_the_manifest_names_it(folder, content):
    change(folder / "vocabulary-regions.json", content)
    describe_anew(folder, "vocabulary-regions.json")

    assert refusal(vocabulary_of, folder) == "damaged"


def test_two_arrays_that_changed_places_are_refused(folder):
    one, other = folder / "programs-length.npy", folder / "programs-hangul_share.npy"
    contents = one.read_bytes(), other.read_bytes()
    change(one, contents[1])
    change(other, contents[0])

    assert refusal(artifact.verify, folder) == "damaged"


def test_arrays_that_changed_places_in_the_manifest_too_score_otherwise_and_are_refused(folder, opened):
    one, other = folder / "programs-length.npy", folder / "programs-hangul_share.npy"
    contents = one.read_bytes(), other.read_bytes()
    change(one, contents[1])
    change(other, contents[0])
    describe_anew(folder, one.name)
    describe_anew(folder, other.name)

    assert refusal(artifact.read, folder) == "golden"


def _saved(path, array):
    path.unlink()
    np.save(path, array, allow_pickle=array.dtype == object)


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("words-idf.npy", np.zeros(3)),
        ("words-idf.npy", np.array(["text"] * 5)),
        ("references.npy", np.array([{}, []], object)),
        ("meaning-terms.npy", np.array([10**6], np.int32)),
        ("startups-words.indptr.npy", np.array([0, 10**9], np.int32)),
        ("programs-words.shape.npy", np.array([-1, 3], np.int64)),
        ("programs-words.shape.npy", np.array([[1, 2]], np.int64)),
    ],
)
def test_an_array_of_another_type_or_shape_is_refused_even_if_the_manifest_names_it(folder, opened, name, array):
    _saved(folder / name, array)

    assert refusal(artifact.verify, folder) == "damaged"
    if array.dtype != object:
        describe_anew(folder, name)
        assert refusal(artifact.read, folder) in ("damaged", "golden")


HEADERS = [
    b"\x93NUMPY\x01\x00v\x00{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999,), }".ljust(127) + b"\n",
    b"\x93NUMPY\x02\x00\xff\xff\xff\xff{'descr': '<f8'}",
    b"\x93NUMPY\x01\x00v\x00{'descr': '<f8', 'fortran_order': False, 'shape': (1,".ljust(127) + b"\n",
    b"\x93NUMPY\x01\x00v\x00{'descr': '|O', 'fortran_order': False, 'shape': (1,), }".ljust(127)
    + b"\n"
    + b"cos\nsystem\n",
    b"PK\x05\x06" + b"\0" * 18,
    b"\x80\x04\x95cos\nsystem\n(S'true'\ntR.",
    b"",
]


@pytest.mark.parametrize(
    "content", HEADERS, ids=["huge shape", "huge header", "open header", "objects", "archive", "pickle", "empty"]
)
def test_a_file_that_only_claims_to_be_an_array_is_refused(folder, content):
    change(folder / "references.npy", content)
    described = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "dtype": "float64", "shape": [1]}
    forge(folder, lambda values: values["files"].__setitem__("references.npy", described))

    assert refusal(artifact.verify, folder) == "damaged"


@pytest.mark.parametrize("signature", [None, b"", b"\0" * 64, b"\0" * 63])
def test_a_missing_or_wrong_signature_is_refused_when_a_key_is_asked_for(folder, signature):
    (folder / "manifest.sig").unlink()
    if signature is not None:
        (folder / "manifest.sig").write_bytes(signature)

    assert refusal(artifact.verify, folder, key=public(KEY)) == "unsigned"


@pytest.mark.parametrize(
    ("days", "is_good"), [("", True), (" - 9999-12-31", True), (" - 2000-01-01", False), (" 9999-01-01 -", False)]
)
def test_a_key_that_was_changed_proves_what_was_made_on_its_days(folder, days, is_good):
    lines = f"# 2026\n{public(FOREIGN_KEY).hex()}\n{public(KEY).hex()}{days}\n".encode()

    if is_good:
        assert artifact.verify(folder, key=lines).model_version == "m-1"
    else:
        assert refusal(artifact.verify, folder, key=lines) == "unsigned"


def test_a_signature_of_another_key_is_refused(folder):
    content = (folder / "manifest.json").read_bytes()
    change(folder / "manifest.sig", Ed25519PrivateKey.from_private_bytes(FOREIGN_KEY).sign(content))

    assert refusal(artifact.verify, folder, key=public(KEY)) == "unsigned"
    assert artifact.verify(folder, key=public(FOREIGN_KEY)).model_version == "m-1"


def test_the_signature_of_an_older_artifact_is_refused(folder):
    forge(folder, lambda values: values.__setitem__("model_version", "m-2"))

    assert refusal(artifact.verify, folder, key=public(KEY)) == "unsigned"


@pytest.mark.parametrize("key", [b"", b"short", bytes(33)])
def test_a_key_that_is_none_is_refused(kept, key):
    assert refusal(artifact.verify, kept, key=key) == "unsigned"


@pytest.mark.parametrize("version", [0, 1, 2, 3, 6, "5", None, [1]])
def test_another_format_is_refused_by_its_version(folder, version):
    forge(folder, lambda values: values.__setitem__("format_version", version))

    assert refusal(artifact.verify, folder) == "version"


def test_an_artifact_of_format_4_is_read_without_a_lift(fitted, tmp_path, startups, programs):
    plain = replace(fitted.scoring, weights=replace(fitted.scoring.weights, lift=0.0))
    before, folder = replace(fitted, scoring=plain), tmp_path / "m-4"
    write(folder, before)
    state = json.loads((folder / "state.json").read_bytes())
    del state["scoring"]["weights"]["lift"]
    change(folder / "state.json", json.dumps(state, ensure_ascii=False).encode())
    describe_anew(folder, "state.json")
    forge(folder, lambda values: values.update(format_version=4))
    matcher, _ = artifact.read(folder)

    assert np.array_equal(matcher.plane(startups, programs).units, before.plane(startups, programs).units)
    assert not np.array_equal(matcher.plane(startups, programs).units, fitted.plane(startups, programs).units)


def test_a_changed_golden_example_is_refused(folder, opened):
    forge(folder, lambda values: values["golden"][0]["units"].__setitem__(0, values["golden"][0]["units"][0] + 1))

    assert refusal(artifact.read, folder) == "golden"


EDITS = {
    "no files": lambda values: values.pop("files"),
    "a list of files": lambda values: values.__setitem__("files", []),
    "a file described by a word": lambda values: values["files"].__setitem__("state.json", "good"),
    "an unknown entry": lambda values: values.__setitem__("extra", 1),
    "golden words": lambda values: values.__setitem__("golden", ["good"]),
    "golden without units": lambda values: values["golden"][0].pop("units"),
    "a golden startup that is none": lambda values: values["golden"][0].__setitem__("startup", {"stage": 1}),
    "golden by number": lambda values: values.__setitem__("golden", 5),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_manifest_that_says_something_else_is_refused(folder, opened, edit):
    forge(folder, edit)

    assert refusal(artifact.read, folder) == "damaged"


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"null", b"1", b"\xff", b"[" * 100_000, b"{" * 5, b'{"format_version": 5}', b" " * 5_000_001],
)
def test_a_manifest_that_is_none_is_refused(folder, content):
    change(folder / "manifest.json", content)

    assert refusal(artifact.verify, folder) == "damaged"


@pytest.mark.parametrize("name", ["nowhere", "manifest.json"])
def test_what_is_no_folder_is_refused(folder, name):
    assert refusal(artifact.read, folder / name) == "missing"


TEXTS = {"state.json": b"[]", "startups.json": b"5", "examples.json": b"{", "vocabulary-technologies.json": b"{}"}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_says_something_else_is_refused_even_if_the_manifest_names_it(folder, opened, name):
    change(folder / name, TEXTS[name])
    describe_anew(folder, name)

    assert refusal(artifact.read, folder) in ("damaged", "golden")


class StoppedError(Exception):
    """The machine went down."""


class Countdown:
    """Stops the n-th of the steps that touch the disk."""

    def __init__(self, steps):
        self.left = steps

    def around(self, act):
        def step(*arguments, **options):
            if not self.left:
                raise StoppedError
            self.left -= 1
            return act(*arguments, **options)

        return step


def stop_after(monkeypatch, steps):
    countdown = Countdown(steps)
    monkeypatch.setattr(np, "save", countdown.around(np.save))
    monkeypatch.setattr(artifact, "_sync", countdown.around(artifact._sync))
    for name in ("write_bytes", "rename", "mkdir"):
        monkeypatch.setattr(Path, name, countdown.around(getattr(Path, name)))
    return countdown


def test_a_crash_between_any_two_steps_leaves_no_half_artifact(beginner, tmp_path, monkeypatch):
    many = 10_000
    with monkeypatch.context() as patch:
        countdown = stop_after(patch, many)
        write(tmp_path / "whole", beginner, key=KEY)
    steps = many - countdown.left

    for step in sorted({0, 1, 2, steps // 3, steps // 2, steps - 4, steps - 3, steps - 2, steps - 1}):
        with monkeypatch.context() as patch:
            stop_after(patch, step)
            with pytest.raises(StoppedError):
                write(tmp_path / f"m-{step}", beginner, key=KEY)
        named = tmp_path / f"m-{step}"
        assert not named.exists() or artifact.verify(named, key=public(KEY))

    left = tmp_path / "m-1"
    write(left, beginner, key=KEY)
    assert asdict(artifact.verify(left, key=public(KEY)))["model_version"] == "m-1"
