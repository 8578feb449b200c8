"""Every page of the console with many startups in the store: server time and size, each against its bar.

    python -m benchmarks.console [--startups 10000] [--applications 30000] [--rounds 15] [--page startups]

The application answers in this process, as a server's worker would after its start, without network and browser, and
with the clerk beside it. A page's time is the median over its rounds. `first` is its first call after an action that
makes every figure count anew: what is still being counted is said on the page, and `ready` tells how many ms later the
figures stood there. The bar is on time by the clock; the processor's time beside it tells the same free of other load.
Pages of a startup are also asked for with another one each time, `{other}`, which the model was not fitted on, so that
nothing of the answer is known before. The pages of a round are those of one over every startup and four programs; each
is asked for once more as the first one after a restart.
"""

from __future__ import annotations

import gc
import random
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time, sleep
from typing import Annotated

import typer
from flask import Flask
from flask.testing import FlaskClient
from rich.console import Console
from rich.table import Table

from model import vocabulary
from model.applications import EntryKind
from model.decisions import DecisionAction
from model.domain import Application, Entity, Kind, Outcome, OutcomeKind, Snapshot, Stage, Startup
from model.faults import Fault
from model.matching.matcher import Matcher
from model.snapshot import folder as snapshot
from model.vectors.corpus import Corpus
from service.actions.applications.outside_lists import OutsideFile
from service.actions.applications.recording import Recording
from service.actions.catalogue.edit import Precondition
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.records.answer_objections import Complaint
from service.actions.records.decide import Choice
from service.files.importers.files import Brought
from service.identity import UserRole
from service.server import beside
from service.server.app import create_app
from service.server.serve import warm
from service.settings import Settings
from service.storage import schema
from service.storage.access.accesses import Access, Accesses
from service.storage.applications.listings import ListingKind
from service.wired import KEY, Wired
from tests.console.pages import OF_ROUND, PAGES, apply
from tests.service import given
from tests.service.rounds.test_rounds import OPEN_CALLS, start

MOST_MS, MOST_BYTES = 50.0, 60_000
DECISIONS, OBJECTIONS, ACCESSES, OUTCOMES = 1_000, 200, 50_000, 5_000
APPLIED_AT, LISTED = 6, 300
SENTENCES = 3
FITTED = 300
"""Startups that the model is fitted on, of all the first."""
WAITS, GIVEN_UP_SECONDS = b'class="recalculating"', 60.0
OF_OTHERS = (
    "startups/{other}",
    "startups/{other}/eligibility",
    "startups/{other}/programs/majung-2026",
    "comparison?startup={other}&program=majung-2026&program=jungle-2026&program=naver-d2sf-2026",
)


@dataclass(frozen=True)
class Cost:
    """What a page takes: ms (the first and its processor's, until nothing is counted any more, median, 95th percentile;
    of the processor), and the bytes of its HTML.
    """

    path: str
    first: float
    first_processor: float
    ready: float
    wall: float
    slow: float
    processor: float
    size: int
    restarted: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether the page keeps to both bars."""
        return self._is_kept(self.first, self.wall)

    @property
    def is_kept_by_processor(self) -> bool:
        """The same by the processor's time, which other programs on the machine lengthen less."""
        return self._is_kept(self.first_processor, self.processor)

    def _is_kept(self, *times: float) -> bool:
        return max(times) <= MOST_MS and self.size <= MOST_BYTES


def many(count: int, rng: random.Random) -> tuple[Startup, ...]:
    """The sample startups, and others made of their sentences and facts."""
    sample = snapshot.read_startups(given.DATA / "sample" / "startups.jsonl")
    sentences = [sentence for one in sample if one.summary for sentence in one.summary.split(". ")]
    regions = [one.region for one in sample if one.region]
    return (*sample, *(_made(number, rng, sample, sentences, regions) for number in range(count - len(sample))))


def _made(
    number: int, rng: random.Random, sample: Sequence[Startup], sentences: Sequence[str], regions: Sequence[str]
) -> Startup:
    pattern, founded = rng.choice(sample), date(2026, 1, 1) - timedelta(days=rng.randrange(4_000))
    return replace(
        pattern,
        id=f"b-{number:06}",
        name=f"견본기업 {number}",
        name_en=f"Sample {number}",
        business_number=None,
        summary=". ".join(rng.sample(sentences, SENTENCES)),
        summary_en=None,
        region=rng.choice(regions),
        stage=rng.choice(list(Stage)),
        kind=rng.choice(list(Kind)),
        founded_on=None if pattern.entity is Entity.PRE_FOUNDER else founded,
    )


def filled(home: Path, count: int, applications: int) -> Flask:
    """An application whose every list is long."""
    rng = random.Random(7)
    startups, programs = many(count, rng), snapshot.read_programs(given.DATA / "programs" / "2026.jsonl")
    known = vocabulary.load(given.DATA / "vocabularies")
    matcher = Matcher.fit(Corpus.of(Snapshot(startups[:FITTED], programs), known), ())
    registry = given.Held(given.published(matcher, home / "artifacts", "v1"))
    app = create_app(Settings(home=home, credential_limit=0), lambda: given.NOON, registry)
    wired: Wired = app.extensions[KEY]
    schema.migrate(wired.catalogue.database)
    ranked = [program.id for program in programs if program.is_ranked]
    kinds, begin = list(OutcomeKind), date(2025, 1, 1)
    pairs = ((rng.choice(startups).id, rng.choice(ranked)) for _ in range(OUTCOMES))
    taken = [Outcome(*pair, rng.choice(kinds), begin + timedelta(rng.randrange(300))) for pair in pairs]
    brought = Brought(startups, programs, tuple((Fault("missing"), one) for one in taken))
    ImportProfiles(wired.catalogue)(brought, given.OPERATOR)
    _worked(wired, startups, ranked)
    _applied(wired, startups, ranked[:APPLIED_AT], applications)
    app.test_client_class = given.Keyed
    app.config["TEST_KEY"] = given.key(app, UserRole.ADMIN)
    return app


def _applied(wired: Wired, startups: Sequence[Startup], programs: Sequence[str], count: int) -> None:
    """Applications, a word of a person on most of them, requests that wait, agreements, and a list from outside."""
    apply(wired)
    records = tuple(
        Application(
            f"b-{n:06}",
            startups[n % len(startups)].id,
            programs[n // len(startups) % len(programs)],
            str(n),
            item=f"견본 아이템 {n}",
            received_on=date(2026, 2, 1),
        )
        for n in range(count)
    )
    ImportProfiles(wired.catalogue)(Brought(applications=records), given.OPERATOR)
    desk, paper = wired.desk, {"paper": "기관 명단", "expires_on": "2026-03-01"}
    for at in range(0, count, 5_000):
        ids = tuple(record.id for record in records[at : at + 5_000])
        desk.record(Recording(ids, EntryKind.CHECK, "window", "confirmed", paper), f"bench-check-{at}", given.MANAGER)
        asked = {"text": "보완하십시오.", "due_on": "2026-02-09"}
        desk.record(Recording(ids[:500], EntryKind.REQUEST, details=asked), f"bench-request-{at}", given.MANAGER)
    names = "\n".join(f"{startup.name},," for startup in startups[:LISTED])
    raw = f"기업명,사업자등록번호,비고\n{names}\n".encode()
    wired.outside_lists.bring(
        OutsideFile(raw, "체납.csv", ListingKind.ARREARS, "국세청", date(2026, 2, 1)), given.OPERATOR
    )


def _worked(wired: Wired, startups: Sequence[Startup], programs: Sequence[str]) -> None:
    """What people have left behind: decisions, objections to some of them, and visits."""
    for number in range(DECISIONS):
        choice = Choice(programs[number % 5], startups[number].id, DecisionAction.SHORTLISTED, "기술이 맞습니다.", None)
        wired.decide(choice, Precondition(absent=True), f"bench-{number}", given.MANAGER)
    made = wired.decisions.page(after=0, limit=OBJECTIONS, filters={}, actor=given.MANAGER).items
    for decision in made:
        wired.objections.record(Complaint("견본기업", "다시 살펴 주십시오.", decision_id=decision.id), given.MANAGER)
    visits = [
        Access(given.NOON + timedelta(seconds=n), "u-1", "session:1", "192.0.2.7", "GET /", "-", 200, 1, f"{n}")
        for n in range(ACCESSES)
    ]
    with wired.catalogue.database.writing() as connection:
        Accesses().add_all(connection, visits)


def cost(wired: Wired, client: FlaskClient, path: str, rounds: int) -> Cost:
    """Ask for a page again and again; its size is that of the largest answer."""
    check = Recording(("b-000007",), EntryKind.CHECK, "window", "confirmed", {"paper": "기관 명단"})
    wired.desk.record(check, f"bench-{secrets.token_hex(8)}", given.MANAGER)
    sizes, wall, processor = [], [], []
    began, busy = perf_counter(), process_time()
    answer = _asked(client, path, 0)
    first, first_processor = perf_counter() - began, process_time() - busy
    while WAITS in answer and perf_counter() - began < GIVEN_UP_SECONDS:
        sizes.append(len(answer))
        sleep(0.1)
        answer = _asked(client, path, 0)
    ready = perf_counter() - began if sizes else first
    for number in range(1, rounds + 1):
        clock, busy = perf_counter(), process_time()
        sizes.append(len(_asked(client, path, number)))
        wall.append((perf_counter() - clock) * 1_000)
        processor.append((process_time() - busy) * 1_000)
    slow = quantiles(wall, n=20, method="inclusive")[-1]
    return Cost(
        path, first * 1_000, first_processor * 1_000, ready * 1_000, median(wall), slow, median(processor), max(sizes)
    )


def _asked(client: FlaskClient, path: str, number: int) -> bytes:
    answer = client.get(f"/console/{path.replace('{other}', f'b-{FITTED + number:06}')}")
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    return answer.data


def shown(costs: Sequence[Cost]) -> Table:
    """The pages, the slowest first."""
    heads = ("page", "first", "processor", "ready", "ms", "p95", "processor", "kB", "over")
    table = Table(*heads, title=f"≤ {MOST_MS:.0f} ms, ≤ {MOST_BYTES // 1_000} kB")
    for each in sorted(costs, key=lambda cost: -max(cost.first, cost.wall)):
        first = each.first, each.first_processor, each.ready
        figures = (*first, each.wall, each.slow, each.processor, each.size / 1_000)
        over = "" if each.is_kept else "time" if each.is_kept_by_processor else "processor"
        name = f"{each.path} (after a restart)" if each.restarted else each.path
        table.add_row(name, *(f"{figure:.1f}" for figure in figures), over)
    return table


def pages_of(wired: Wired, ran: str) -> tuple[str, ...]:
    """Every page that is none of a round's own."""
    found, _ = wired.objections.page(after=0, limit=1, state=None, actor=given.MANAGER)
    user, key = wired.users.page(limit=1)[0][0], wired.keys.page(limit=1)[0][0]
    listed = [f"listings/{each.id}" for each in wired.outside_lists.all(given.MANAGER)]
    applied = wired.desk.counts(given.MANAGER)[0][0]
    own = (*listed, "applications/b-000000", f"applications?program={applied}", f"programs/{applied}/progress")
    own += (f"objections/{found[0].id}", f"users/{user.id}", f"keys/{key.id}", "startups?page=400")
    return (*PAGES, *own, f"rounds/new?copy={ran}", f"decisions/together?round={ran}", *OF_OTHERS)


@contextmanager
def serving(app: Flask) -> Iterator[FlaskClient]:
    """The application as a worker has it after its start, with the clerk beside it."""
    wired: Wired = app.extensions[KEY]
    warm(wired)
    wired.catalogue.database.close()  # no connection may cross the fork
    gc.collect()
    gc.freeze()
    with beside.clerk(wired):
        yield app.test_client()


def restarted(app: Flask, home: Path) -> Flask:
    """The same service started anew: nothing is known but what is stored."""
    anew = create_app(Settings(home=home, credential_limit=0), lambda: given.NOON, given.Held(home / "artifacts"))
    anew.test_client_class = given.Keyed
    anew.config["TEST_KEY"] = app.config["TEST_KEY"]
    return anew


def main(
    startups: Annotated[int, typer.Option(help="How many there are in the store")] = 10_000,
    rounds: Annotated[int, typer.Option(help="How often each page is asked for")] = 15,
    applications: Annotated[int, typer.Option(help="How many were handed in")] = 30_000,
    page: Annotated[str, typer.Option(help="Only pages whose address holds this")] = "",
) -> None:
    """Measure every page in Korean; exit 1 where one is slower or larger than its bar."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        app = filled(home, startups, applications)
        wired: Wired = app.extensions[KEY]
        ran = start(app.test_client(), name="2026")["id"]
        paths, of_round = pages_of(wired, ran), [path.replace("{program}", OPEN_CALLS[0]) for path in OF_ROUND]
        costs = []
        with serving(app) as client:
            for path in (*paths, *(f"rounds/{ran}{path}" for path in of_round)):
                costs += [cost(wired, client, f"ko/{path}", rounds)] if page in path else []
        for path in (f"rounds/{ran}{path}" for path in of_round):
            if page in path:
                with serving(restarted(app, home)) as client:
                    costs.append(replace(cost(wired, client, f"ko/{path}", rounds), restarted=True))
    Console(width=130).print(shown([replace(each, path=each.path.replace(ran, "{round}")) for each in costs]))
    over = [each for each in costs if not each.is_kept]
    print(f"{len(over)} of {len(costs)} pages over a bar, {startups:,} startups, {applications:,} applications;")
    print(f"by the processor's time {sum(not each.is_kept_by_processor for each in costs)} of them")
    raise SystemExit(bool(over))


if __name__ == "__main__":
    typer.run(main)
