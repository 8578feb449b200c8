"""Lists for programs from an index: exact scores of the startups that it finds, and how many it has missed."""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from datetime import date

import pytest
from threadpoolctl import threadpool_limits

from model.artifact import artifact
from model.matching.matcher import Matcher, Rules
from model.snapshot import folder as snapshot
from model.vectors.corpus import Corpus
from tests.support import bundled
from tests.training.test_command_line import NOW, run
from training import recipe
from training.recipe import lists
from training.recipe.lists import ListWish, QuerySide

ON = date(2026, 2, 2)
WISH = ListWish(ON, queries=QuerySide.PROGRAMS)
STARTUPS = len(bundled.small().startups)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nearest")
    fitted = Matcher.fit(Corpus.of(bundled.small(), bundled.vocabularies()), bundled.small().outcomes)
    artifact.write(folder / "m-1", fitted, model_version="m-1", created_at=NOW, metrics={}, snapshot_digest="0" * 64)
    snapshot.write(folder / "in", bundled.small(), created_at=NOW)
    return folder


@pytest.fixture
def few(monkeypatch):
    """Let the bundled startups count as very many."""
    monkeypatch.setattr(recipe, "EXACT_UP_TO", 10)


def given(files):
    return files / "m-1", files / "in" / "startups.jsonl", files / "in" / "programs.jsonl"


def nearest(files, out, most, wish=WISH):
    _, recall = recipe.rank_nearest(*given(files), wish, most, out)
    return out.read_bytes(), recall


def exact(files, out, wish=WISH):
    recipe.rank(*given(files), wish, out)
    return out.read_bytes()


def by_program(content):
    found = defaultdict(list)
    for row in csv.DictReader(content.decode().splitlines()):
        found[row["query_id"]].append(row)
    return found


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("rules", Rules)
def test_where_every_startup_is_near_the_lists_are_the_exact_ones(files, tmp_path, rules):
    wish = ListWish(ON, 12, QuerySide.PROGRAMS, rules)

    found, recall = nearest(files, tmp_path / "near.csv", STARTUPS, wish)

    assert found == exact(files, tmp_path / "all.csv", wish)
    assert recall == 1.0


@pytest.mark.usefixtures("few")
def test_half_of_the_startups_hold_nearly_every_list_with_its_exact_scores(files, tmp_path):
    found, recall = nearest(files, tmp_path / "near.csv", STARTUPS // 2)
    everyone = ListWish(ON, STARTUPS, QuerySide.PROGRAMS)
    near, whole = by_program(found), by_program(exact(files, tmp_path / "all.csv", everyone))
    pairs = {(row["query_id"], row["candidate_id"]): row for rows in whole.values() for row in rows}
    first = {program: {row["candidate_id"] for row in rows[:10]} for program, rows in whole.items()}
    shares = [len(first[p] & {row["candidate_id"] for row in rows}) / len(first[p]) for p, rows in near.items()]

    assert near.keys() == whole.keys()
    assert all(
        (row["score"], row["verdict"]) == (pair["score"], pair["verdict"])
        for rows in near.values()
        for row in rows
        for pair in [pairs[row["query_id"], row["candidate_id"]]]
    )
    assert sum(shares) / len(shares) > 0.9
    assert recall > 0.9


@pytest.mark.usefixtures("few")
def test_where_too_few_of_the_nearest_may_be_listed_every_startup_is_scored(files, tmp_path):
    near = by_program(nearest(files, tmp_path / "near.csv", 10)[0])
    whole = by_program(exact(files, tmp_path / "all.csv"))
    unruled = by_program(
        nearest(files, tmp_path / "any.csv", 10, ListWish(ON, 10, QuerySide.PROGRAMS, Rules.IGNORE))[0]
    )
    short = [program for program, rows in whole.items() if not ids(rows) <= ids(unruled[program])]

    assert {program: len(rows) for program, rows in near.items()} == {p: len(rows) for p, rows in whole.items()}
    assert any(near[program] == whole[program] for program in short)


def ids(rows):
    return {row["candidate_id"] for row in rows}


@pytest.mark.usefixtures("few")
def test_the_same_lists_come_out_on_one_thread_and_on_two(files, tmp_path):
    found = []
    for threads in (1, 2, 2):
        with threadpool_limits(threads):
            found.append(nearest(files, tmp_path / "near.csv", 30))

    assert found[0] == found[1] == found[2]


def command(files, out, *more):
    folder, startups, programs = given(files)
    return ["rank", "--artifact", folder, "--startups", startups, "--programs", programs, "--out", out, *more]


def test_up_to_the_threshold_all_are_scored_and_that_is_said(capsys, files, tmp_path):
    out = tmp_path / "out.csv"

    code, _, notes = run(capsys, *command(files, out, "--for", "programs", "--on", ON, "--nearest", 10))

    assert code == 0
    assert "no more than 50,000 startups" in notes
    assert out.read_bytes() == exact(files, tmp_path / "all.csv")


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("language", "word"), [("ko", "재현율@10: "), ("en", "recall@10: ")])
def test_the_command_says_what_the_index_has_missed(capsys, files, tmp_path, language, word):
    asked = command(files, tmp_path / "out.csv", "--for", "programs", "--on", ON, "--nearest", 50)

    code, _, notes = run(capsys, *asked, language=language)

    assert code == 0
    assert 0.9 < float(notes.split(word)[1].split()[0]) <= 1.0


@pytest.mark.parametrize(
    "wrong",
    [
        ["--nearest", "50"],
        ["--nearest", "5", "--for", "programs"],
        ["--nearest", "50", "--for", "programs", "--ignore-eligibility"],
        ["--nearest", "50", "--for", "programs", "--scheduler", "tcp://127.0.0.1:1"],
    ],
)
def test_an_index_that_makes_no_sense_is_wrong_usage(capsys, files, tmp_path, wrong):
    assert run(capsys, *command(files, tmp_path / "out.csv", *wrong))[0] == 2


@pytest.mark.usefixtures("few")
def test_without_the_library_it_says_what_to_install(capsys, monkeypatch, files, tmp_path):
    monkeypatch.setitem(sys.modules, "faiss", None)

    code, _, notes = run(capsys, *command(files, tmp_path / "out.csv", "--for", "programs", "--nearest", 50))

    assert code == 1
    assert "ieum[index]" in notes
    assert not (tmp_path / "out.csv").exists()


def test_the_threshold_is_that_of_lists_for_programs_alone(files, tmp_path):
    assert lists.CHUNK < recipe.EXACT_UP_TO
    assert nearest(files, tmp_path / "near.csv", 10)[1] is None
