"""The bundled programs, invented startups and vocabularies, whole or as a small part that is quick to fit."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from model import vocabulary
from model.blocks.reading import startup_text
from model.domain import Program, Snapshot, Startup
from model.snapshot import folder as snapshot
from model.snapshot import rows
from model.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
STARTUPS_PER_LANGUAGE, PROGRAMS = 20, 30


@cache
def vocabularies() -> Vocabulary:
    """The bundled code tables."""
    return vocabulary.load(DATA / "vocabularies")


@cache
def whole() -> Snapshot:
    """Every bundled program, startup and outcome."""
    programs = [row for path in sorted((DATA / "programs").glob("*.jsonl")) for row in snapshot.read_programs(path)]
    with (DATA / "sample" / "outcomes.csv").open(encoding="utf-8", newline="") as lines:
        outcomes = tuple(rows.outcome(row) for row in csv.DictReader(lines))
    return Snapshot(snapshot.read_startups(DATA / "sample" / "startups.jsonl"), tuple(programs), outcomes)


@cache
def small() -> Snapshot:
    """60 startups and 31 programs, as many Korean as English and bilingual ones, with their outcomes.

    Programs with the most outcomes come first, since they say most about the track record; the last is a reference.
    """
    programs, startups = _programs(), _startups()
    known = {startup.id for startup in startups}, {program.id for program in programs}
    outcomes = (o for o in whole().outcomes if o.startup_id in known[0] and o.program_id in known[1])
    return Snapshot(startups, programs, tuple(outcomes))


@cache
def without_outcomes() -> Snapshot:
    """The small part before anything has come of it."""
    return Snapshot(small().startups, small().programs)


def _programs() -> tuple[Program, ...]:
    taken = Counter(outcome.program_id for outcome in whole().outcomes)
    by_use = sorted(whole().programs, key=lambda program: (-taken[program.id], program.id))
    chosen = [program for program in by_use if program.is_ranked][:PROGRAMS]
    told = [_told(program, ("ko", "en", "both")[place % 3]) for place, program in enumerate(chosen)]
    return (*told, next(program for program in by_use if not program.is_ranked))


def _told(program: Program, language: str) -> Program:
    """The same program told in one language, as a bilingual catalogue would not show it."""
    if language == "ko":
        return replace(program, summary_en=None)
    return replace(program, summary=None, demand=None) if language == "en" else program


def _startups() -> tuple[Startup, ...]:
    by_language: dict[str, list[Startup]] = {"ko": [], "both": [], "en": []}
    for startup in whole().startups:
        by_language[_language(startup_text(startup))].append(startup)
    chosen: Sequence[Startup] = [s for found in by_language.values() for s in found[:STARTUPS_PER_LANGUAGE]]
    return tuple(sorted(chosen, key=lambda startup: startup.id))


def _language(text: str) -> str:
    korean = sum("가" <= letter <= "힣" for letter in text)
    latin = sum(letter.isascii() and letter.isalpha() for letter in text)
    share = korean / max(1, korean + latin / 2.5)
    return "ko" if share > 0.8 else "en" if share < 0.2 else "both"
