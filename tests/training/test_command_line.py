"""The command line from a snapshot to published artifacts and ranked lists, as data staff use it."""

import csv
import io
import json
import re
import shutil
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from model.artifact import artifact, versions
from model.domain import Program, Role
from model.snapshot import folder as snapshot
from tests.support import bundled
from tests.training import given
from tests.training.plain import Plain
from training.cli import main
from training.cli.wording import HEADINGS, HELP, SENTENCES, STEPS
from training.recipe import lists, publishing
from training.recipe.lists import ListWish, QuerySide

NOW = datetime(2026, 11, 22, tzinfo=UTC)
REASON = "시험 운영"
COMMANDS = ["fit", "evaluate", "rank", "inspect", "verify"]


def run(capsys, *arguments, language="en"):
    """Exit code, standard output and standard error of one command."""
    with pytest.raises(SystemExit) as end:
        main([*map(str, arguments), *(["--language", language] if "-h" not in arguments else [])])
    out, err = capsys.readouterr()
    return end.value.code, out, err


@pytest.fixture(scope="module")
def given_snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("snapshot")
    snapshot.write(folder, bundled.small(), created_at=NOW)
    return folder


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """A pair of keys, private and public, and the public half of another pair."""
    folder = tmp_path_factory.mktemp("keys")
    one, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    (folder / "private").write_bytes(one.private_bytes_raw())
    (folder / "public").write_bytes(one.public_key().public_bytes_raw())
    (folder / "other").write_bytes(other.public_key().public_bytes_raw())
    return folder


@pytest.fixture(scope="module")
def said(tmp_path_factory, given_snapshot, keys):
    """Standard output of two fits into one folder: a signed one, then one that is forced past a gate that refuses."""
    out = tmp_path_factory.mktemp("artifacts") / "new"
    arguments = ["fit", "--snapshot", str(given_snapshot), "--out", str(out), "--force", REASON]
    outputs = []
    for closed, more in ((False, ["--sign", str(keys / "private"), "--json", f"{out.parent}/gate.json"]), (True, [])):
        output = io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(output):
            patch.setattr("training.gate.GateDecision.passes", not closed)
            with pytest.raises(SystemExit) as end:
                main([*arguments, *more])
        assert end.value.code == 0
        outputs.append(output.getvalue())
    return outputs


@pytest.fixture(scope="module")
def out(said):
    return Path(said[0].splitlines()[-1]).parent


@pytest.fixture(scope="module")
def signed(out, said):
    return out / Path(said[0].splitlines()[-1]).name


@pytest.fixture(scope="module")
def current(out, said):
    return out / Path(said[1].splitlines()[-1]).name


@pytest.fixture(scope="module")
def matcher(current):
    return artifact.read(current)[0]


def ranked(path):
    """Rows of a CSV answer by query."""
    found = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["query_id"], []).append(row)
    return found


def files(given_snapshot):
    return ["--startups", given_snapshot / "startups.jsonl", "--programs", given_snapshot / "programs.jsonl"]


def test_a_fit_publishes_and_puts_nothing_in_use(out, current, signed):
    versions = sorted(path.name for path in out.iterdir() if path.is_dir() and not path.name.startswith("."))

    assert len(versions) == 2
    assert {current.name, signed.name} == set(versions)
    assert publishing.in_use(out) is None


def test_a_fit_writes_what_the_gate_decided_into_a_file_that_programs_read(out, signed):
    written = json.loads((out.parent / "gate.json").read_text(encoding="utf-8"))

    assert written["model_version"] == signed.name
    assert written["gate"]["passes"] is True
    assert set(written["gate"]) == {"compared", "notes", "passes", "sentences"}
    assert set(written["gate"]["sentences"]) == {"ko", "en"}


def test_a_version_is_a_day_and_a_digest(current):
    assert re.fullmatch(r"\d{4}\.\d{2}\.\d{2}-[0-9a-f]{6}", current.name)
    assert artifact.verify(current).model_version == current.name


def test_two_fits_on_the_same_snapshot_give_the_same_arrays(current, signed):
    one, other = (artifact.verify(folder).files for folder in (current, signed))

    assert {n: f["sha256"] for n, f in one.items()} == {n: f["sha256"] for n, f in other.items()}


def test_the_manifest_names_the_snapshot_and_holds_evaluation_and_gate(current, given_snapshot):
    manifest = artifact.verify(current)

    assert manifest.snapshot_digest == snapshot.read(given_snapshot).digest
    assert manifest.metrics["evaluation"]["subject"]["startups"] == len(bundled.small().startups)
    assert manifest.metrics["gate"]["passes"] is False


def test_a_fit_prints_the_artifacts_path_as_its_last_line(said, current, signed):
    assert [printed.splitlines()[-1] for printed in said] == [str(signed), str(current)]


def test_a_snapshot_without_outcomes_gives_a_working_matcher_and_says_that_nothing_was_compared(capsys, tmp_path):
    snapshot.write(tmp_path / "in", bundled.without_outcomes(), created_at=NOW)

    code, printed, notes = run(capsys, "fit", "--snapshot", tmp_path / "in", "--out", tmp_path / "out")

    assert code == 0
    assert "nothing was compared" in notes
    matcher, _ = artifact.read(Path(printed.splitlines()[-1]))
    assert matcher.plane(matcher.startup_pool(bundled.small().startups[:1]), matcher.program_pool([])).units.size == 0


def test_a_model_behind_its_baselines_is_refused_and_nothing_is_published(capsys, monkeypatch, tmp_path):
    snapshot.write(tmp_path / "in", given.snapshot(60), created_at=NOW)
    worst = Plain(bundled.vocabularies(), sign=-1.0)
    monkeypatch.setattr("training.recipe.Ours", lambda words, **_: worst)

    paths = ["--snapshot", tmp_path / "in", "--out", tmp_path / "out", "--json", tmp_path / "gate.json"]
    code, _, notes = run(capsys, "fit", *paths)
    written = json.loads((tmp_path / "gate.json").read_text(encoding="utf-8"))

    assert code == 1
    assert (written["model_version"], written["gate"]["passes"]) == (None, False)
    assert written["gate"]["sentences"]["en"][0] in notes
    assert "below BM25" in notes
    assert "--force" in notes
    assert versions.published(tmp_path / "out") == ()
    assert publishing.in_use(tmp_path / "out") is None


def test_of_two_fits_into_one_folder_the_second_is_refused(capsys, given_snapshot, tmp_path):
    with versions.held(tmp_path, versions.TRAINING):
        code, _, err = run(capsys, "fit", "--snapshot", given_snapshot, "--out", tmp_path)

    assert (code, "Another fit" in err, versions.published(tmp_path)) == (1, True, ())


def test_the_reason_for_passing_the_gate_lands_in_the_manifest(current, signed):
    assert artifact.verify(current).reason == REASON
    assert artifact.verify(signed).reason is None


def test_force_needs_a_reason(capsys, given_snapshot, tmp_path):
    assert run(capsys, "fit", "--snapshot", given_snapshot, "--out", tmp_path, "--force", " ")[0] == 2


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_fault_in_the_data_is_named_with_file_line_field_and_value(capsys, given_snapshot, tmp_path, language):
    folder = shutil.copytree(given_snapshot, tmp_path / "in")
    (folder / "snapshot.json").unlink()
    with (folder / "startups.jsonl").open("a", encoding="utf-8") as lines:
        lines.write('{"id": "bad", "stage": "unicorn"}\n')
    number = len(bundled.small().startups) + 1

    code, printed, notes = run(capsys, "fit", "--snapshot", folder, "--out", tmp_path / "out", language=language)

    assert (code, printed) == (1, "")
    assert f"startups.jsonl:{number}\tstage\tunicorn\t" in notes
    assert ("다음 중 하나" if language == "ko" else "Use one of") in notes
    assert not (tmp_path / "out").exists()


def test_an_empty_snapshot_is_refused(capsys, tmp_path):
    snapshot.write(tmp_path / "in", replace(bundled.small(), startups=(), outcomes=()), created_at=NOW)

    code, _, notes = run(capsys, "fit", "--snapshot", tmp_path / "in", "--out", tmp_path / "out")

    assert code == 1
    assert "startups.jsonl" in notes


@pytest.mark.parametrize(
    "arguments",
    [
        ["fit"],
        ["fit", "--snapshot", "/nowhere", "--out", "x"],
        ["unknown"],
        ["verify", "--artifact", "/nowhere"],
    ],
)
def test_wrong_usage_ends_with_two(capsys, arguments):
    assert run(capsys, *arguments)[0] == 2


@pytest.mark.parametrize("command", [[], *[[c] for c in COMMANDS]])
@pytest.mark.parametrize(("language", "letters"), [("ko", "[가-힣]"), ("en", "[a-z]")])
def test_each_command_has_help_in_both_languages(capsys, monkeypatch, command, language, letters):
    monkeypatch.setenv("IEUM_LANGUAGE", language)
    monkeypatch.setenv("COLUMNS", "200")

    code, printed, _ = run(capsys, *command, "-h")
    lines = [line for line in printed.splitlines() if "--help" in line]

    assert code == 0
    assert HELP["help"][language] in lines[0]
    assert re.search(letters, HELP[command[0] if command else ""][language])


@pytest.mark.parametrize("table", [HELP, STEPS, SENTENCES, HEADINGS])
def test_every_saying_is_given_in_both_languages(table):
    assert all(set(both) == {"ko", "en"} and all(both.values()) for both in table.values())


def test_verify_accepts_a_whole_artifact_and_says_that_no_signature_was_checked(capsys, current):
    code, printed, _ = run(capsys, "verify", "--artifact", current)

    assert code == 0
    assert "signature was not checked" in printed


def test_verify_refuses_one_flipped_byte(capsys, current, tmp_path):
    folder = shutil.copytree(current, tmp_path / current.name)
    victim = next(path for path in sorted(folder.glob("*.npy")))
    content = bytearray(victim.read_bytes())
    content[-1] ^= 1
    victim.write_bytes(content)

    code, printed, notes = run(capsys, "verify", "--artifact", folder)

    assert (code, printed) == (1, "")
    assert victim.name in notes


def test_a_signed_artifact_is_verified_by_its_key_alone(capsys, signed, keys):
    assert run(capsys, "verify", "--artifact", signed, "--key", keys / "public")[0] == 0
    assert run(capsys, "verify", "--artifact", signed, "--key", keys / "other")[0] == 1


def test_an_unsigned_artifact_is_refused_where_a_key_is_given(capsys, current, keys):
    assert run(capsys, "verify", "--artifact", current, "--key", keys / "public")[0] == 1


def test_a_key_of_the_wrong_length_is_wrong_usage(capsys, current, tmp_path):
    (tmp_path / "key").write_bytes(b"short")

    assert run(capsys, "verify", "--artifact", current, "--key", tmp_path / "key")[0] == 2


def test_inspect_shows_manifest_blocks_and_weights(capsys, current, matcher):
    code, printed, _ = run(capsys, "inspect", "--artifact", current)
    shown = json.loads(printed)

    assert code == 0
    assert shown["model_version"] == current.name
    assert shown["blocks"] == list(matcher.blocks)
    assert shown["weights"]["own"]


def test_evaluate_writes_json_and_a_card_in_both_languages(capsys, current, tmp_path):
    snapshot.write(tmp_path / "in", bundled.without_outcomes(), created_at=NOW)
    asked = ["--artifact", current, "--snapshot", tmp_path / "in", "--json", tmp_path / "e.json", "--html", tmp_path]

    code, _, notes = run(capsys, "evaluate", *asked)

    assert code == 0
    assert "nothing was compared" in notes
    assert json.loads((tmp_path / "e.json").read_text())["exposure"]
    assert {path.name for path in tmp_path.glob("*.html")} == {"model-card.ko.html", "model-card.en.html"}


@pytest.mark.parametrize("query", ["startups", "programs"])
def test_ranked_lists_agree_with_the_matcher(capsys, current, matcher, given_snapshot, tmp_path, query):
    path = tmp_path / "lists.csv"
    asked = ["--artifact", current, *files(given_snapshot), "--for", query, "--on", "2026-03-02", "--limit", 5]

    assert run(capsys, "rank", *asked, "--out", path)[0] == 0
    found = ranked(path)

    day = datetime(2026, 3, 2).date()
    startups, programs = bundled.small().startups, bundled.small().programs
    for profile in (startups if query == "startups" else programs)[::7]:
        if query == "startups":
            matches = matcher.programs_for(profile, matcher.program_pool(programs), on=day, limit=5)
            expected = [(m.program_id, f"{m.score:.4f}", m.verdict) for m in matches]
        else:
            matches = matcher.startups_for(profile, matcher.startup_pool(startups), on=day, limit=5)
            expected = [(m.startup_id, f"{m.score:.4f}", m.verdict) for m in matches]
        rows = found.get(profile.id, [])
        assert [(r["candidate_id"], r["score"], r["verdict"]) for r in rows] == expected
        assert [int(r["rank"]) for r in rows] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize("more", [[], ["--include-known"]])
def test_ignoring_eligibility_writes_the_full_list_without_verdicts(
    capsys, current, matcher, given_snapshot, tmp_path, more
):
    path = tmp_path / "full.jsonl"
    asked = ["--artifact", current, *files(given_snapshot), "--ignore-eligibility", *more, "--out", path]

    assert run(capsys, "rank", *asked)[0] == 0
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    startups = bundled.small().startups
    programs = [program for program in bundled.small().programs if program.is_ranked]
    questions = matcher.known.questions(startups, programs)
    listed = {(row["query_id"], row["candidate_id"]) for row in rows}
    assert 0 < questions.sum() < questions.size
    assert len(listed) == len(rows)
    assert listed == {
        (startup.id, program.id)
        for startup, asks in zip(startups, questions, strict=True)
        for program, is_asked in zip(programs, asks, strict=True)
        if more or is_asked
    }
    assert {row["verdict"] for row in rows} == {None}


def test_ineligible_candidates_are_listed_only_when_asked_for(capsys, current, given_snapshot, tmp_path):
    asked = ["rank", "--artifact", current, *files(given_snapshot), "--on", "2020-01-01", "--limit", 99, "--out"]
    run(capsys, *asked, tmp_path / "without.csv")
    run(capsys, *asked, tmp_path / "with.csv", "--include-ineligible")

    verdicts = {
        name: {row["verdict"] for rows in ranked(tmp_path / f"{name}.csv").values() for row in rows}
        for name in ("without", "with")
    }
    assert "ineligible" not in verdicts["without"]
    assert "ineligible" in verdicts["with"]


@pytest.mark.parametrize(
    "wrong",
    [
        ["--out", "x.txt"],
        ["--out", "x.csv", "--on", "2026-02-30"],
        ["--out", "x.csv", "--limit", "0"],
        ["--out", "x.csv", "--include-ineligible", "--ignore-eligibility"],
    ],
)
def test_a_wish_that_makes_no_sense_is_wrong_usage(capsys, current, given_snapshot, wrong):
    assert run(capsys, "rank", "--artifact", current, *files(given_snapshot), *wrong)[0] == 2


@pytest.mark.parametrize("queries", QuerySide)
@pytest.mark.parametrize("limit", [3, None])
def test_lists_made_in_chunks_are_those_made_at_once(monkeypatch, matcher, tmp_path, queries, limit):
    wish = ListWish(datetime(2026, 3, 2).date(), limit, queries)
    startups, programs = bundled.small().startups, bundled.small().programs
    lists.write(tmp_path / "whole.csv", matcher, startups, programs, wish)
    monkeypatch.setattr(lists, "CHUNK", 7)
    lists.write(tmp_path / "parts.csv", matcher, startups, programs, wish)

    assert (tmp_path / "parts.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.mark.parametrize("queries", QuerySide)
def test_the_order_of_the_files_changes_no_list(matcher, tmp_path, queries):
    wish = ListWish(datetime(2026, 3, 2).date(), 5, queries)
    startups, programs = bundled.small().startups, bundled.small().programs
    lists.write(tmp_path / "one.csv", matcher, startups, programs, wish)
    lists.write(tmp_path / "other.csv", matcher, startups[::-1], programs[::-1], wish)

    assert ranked(tmp_path / "one.csv") == ranked(tmp_path / "other.csv")


def test_equal_scores_stand_in_order_of_id(matcher, tmp_path):
    twins = [Program(name, summary="로봇") for name in ("b", "c", "a")]
    lists.write(tmp_path / "t.csv", matcher, bundled.small().startups[:1], twins, ListWish(NOW.date()))

    assert [row["candidate_id"] for row in next(iter(ranked(tmp_path / "t.csv").values()))] == ["a", "b", "c"]


def test_references_are_never_listed(matcher, tmp_path):
    fund = Program("fund", summary="로봇", role=Role.REFERENCE)

    assert lists.write(tmp_path / "r.csv", matcher, bundled.small().startups[:3], [fund], ListWish(NOW.date())) == 0


def test_a_list_that_fails_half_way_leaves_the_old_file(monkeypatch, matcher, tmp_path):
    path = tmp_path / "old.csv"
    path.write_text("old")
    scored = lists._scored
    monkeypatch.setattr(lists, "CHUNK", 7)
    monkeypatch.setattr(lists, "_scored", lambda *of: scored(*of) if of[2] < 14 else sys.exit("disk"))

    with pytest.raises(SystemExit, match="disk"):
        lists.write(path, matcher, bundled.small().startups, bundled.small().programs, ListWish(NOW.date()))

    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["old.csv"]


def test_the_best_of_a_row_are_those_of_a_whole_sort():
    rng = np.random.default_rng(1)
    units, order = rng.integers(-1, 20, (30, 40)), np.tile(rng.permutation(40), (30, 1))

    found = lists._best_of(units, order, 7)
    expected = np.lexsort((order, -units), axis=1)[:, :7]

    assert found.tolist() == expected.tolist()
