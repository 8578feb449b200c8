"""What does the dearest request of each route cost? `python -m benchmarks.costs [part of an address …]`.

Every route is asked, in one process on SQLite with the bundled catalogue, for the most that its limits let one request
ask: the longest profile, a batch as large as may be, a file of many rows, a round with as many rules as it bears, lists
as long as they get. The time is of the processor, with that of the processes in which files are read; the memory is
what the process still holds more once the garbage is collected. Each is asked twice, the second time with other texts
so that no kept answer helps, and the second time counts, since the first one also reads what stays for all. Exit code 1
when a route costs more than 2 s or leaves more than 50 MB.
"""

from __future__ import annotations

import gc
import json
import os
import random
import re
import resource
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from rich.console import Console
from rich.table import Table

from benchmarks.serving import prepared
from model.rounds.checks import MOST_RULES
from service.api.catalogue.profiles_schema import MOST_CHARACTERS
from service.api.matching.batch_schema import MOST_ENTRIES, MOST_PROFILES
from service.identity import SHELL, UserRole
from service.server import beside
from service.settings import KOREA, Settings
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.service import given

NOON = datetime(2026, 2, 2, 12, tzinfo=KOREA)
SECONDS, MEGABYTES = 2.0, 50.0
BATCH = "/api/v1/matches/batch"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
JSON = "application/json"
ROWS = 20_000
LISTED = {"limit": "100", "page": "1", "include": "all", "audience": "manager", "on": "2026-02-02"}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "matches": {"limit": "100", "include": "all"},
    "candidates": {"limit": "100", "include": "all"},
    "exports": {"reason": "측정", "limit": "100"},
    "export": {"reason": "측정"},
    "contrast": {"first": "majung-2026", "second": "jungle-2026"},
    "comparison": {"startup": "s-0001", "program": "majung-2026"},
    "eligibility": {"limit": "1000"},
}
"""What is asked of addresses that hold a word: as much as they give."""


FACTS = {
    "stage": ("seed", "pre_a", "series_a"),
    "entity": ("corporation", "sole_proprietor"),
    "area": ("capital", "non_capital"),
    "size": ("1-9", "10-49"),
}
"""Values that startups share in different ways, so that quotas by them overlap."""

APART = {"region": ("11", "26", "27", "28", "30", "31", "36", "41", "43", "44", "47", "48", "50", "51", "52")}
"""Values of which a startup has one, so that quotas by them don't overlap, as deferred acceptance asks."""

AT_MOST = ((20, 0, 0), (20, 9, 10), (20, 0, MOST_RULES), (4, 33, 0))
"""Programs, quotas and bonuses of rounds: none, and as many as are let through, in three mixtures; fewer where quotas
must not overlap.
"""


@dataclass(frozen=True)
class Question:
    """A request, and what it is the most of."""

    method: str
    path: str
    about: str
    body: bytes | None = None
    kind: str = JSON
    other: bytes | None = None
    """A body as dear as the first, with texts that the service has not met."""
    then: str | None = None
    """Where the second is sent, if not to the same address."""
    is_refused: bool | None = False
    """Whether it is to be refused; a refusal costs little and proves nothing. None: either."""


@dataclass
class Cost:
    """What a request cost, and how it was answered."""

    status: int
    seconds: float
    megabytes: float
    beside: float
    """Seconds that the clerk was busy."""


@dataclass
class House:
    """The application with somebody of all rights, and what there is to ask about."""

    app: Flask
    client: FlaskClient
    ids: dict[str, str] = field(default_factory=dict)

    def ask(self, question: Question) -> int:
        """Ask, and take the whole answer; gives its status."""
        answer = self.client.open(
            question.path, method=question.method, data=question.body, content_type=question.kind, headers=FREE
        )
        _ = answer.data
        return answer.status_code

    def cost(self, question: Question) -> Cost:
        """Ask twice; the second time counts."""
        self.ask(question)
        gc.collect()
        memory, busy, beside_before = resident(), processor(), clerk_seconds()
        second = replace(question, body=question.other or question.body, path=question.then or question.path)
        status = self.ask(second)
        seconds = processor() - busy
        gc.collect()
        return Cost(status, seconds, resident() - memory, clerk_seconds() - beside_before)


FREE = {"If-Match": "*", "Accept-Language": "ko"}


def processor() -> float:
    """Seconds of processor time of this process and of those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def clerk_seconds() -> float:
    """Seconds of processor time of the processes that this one has begun and that live on, and of theirs."""
    begun = [pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in begun]
    return sum(int(ticks) for each in fields for ticks in each[11:15]) / os.sysconf("SC_CLK_TCK")


def resident() -> float:
    """Memory of this process in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmRSS"))


def words(count: int, seed: int = 1) -> str:
    """A text of so many characters, every word of it another."""
    pick = random.Random(seed)
    syllables = [chr(pick.randrange(ord("가"), ord("힣"))) for _ in range(count)]
    return "".join(" " if number % 4 == 3 else one for number, one in enumerate(syllables))


def profile(seed: int = 1, characters: int = MOST_CHARACTERS - 2_000) -> dict[str, Any]:
    """A profile of as many characters as may be."""
    half = characters // 2
    return {"summary": words(min(half, 30_000), seed), "summary_en": words(min(half, 30_000), seed + 1)}


def table(rows: int, name: str = "x", more: str = "") -> bytes:
    """A CSV file of new startups; `more` is said of each."""
    lines = [
        f"{name}-{number:05},기업 {number},{words(60, number + ord(name))} {more},2024-01-02" for number in range(rows)
    ]
    return "\n".join(["id,기업명,소개,개업연월일", *lines]).encode()


def dear(house: House) -> Iterator[Question]:
    """The dearest bodies that the limits let through, by route."""
    ids = [startup.id for startup in given.startups()]
    matches = "/api/v1/matches?limit=100&include=all"
    about = f"{MOST_CHARACTERS:,} characters"
    longest = [json.dumps(profile(seed)).encode() for seed in (7, 9)]
    yield Question("POST", matches, about, longest[0], other=longest[1])
    each = MOST_CHARACTERS // MOST_PROFILES
    unseen = [batch([profile(first + number, each) for number in range(MOST_PROFILES)]) for first in (0, 5_000)]
    yield Question("POST", f"{BATCH}?limit=100", f"{MOST_PROFILES} profiles, {about}", unseen[0], other=unseen[1])
    known = [ids[number % len(ids)] for number in range(MOST_ENTRIES)]
    yield Question("POST", f"{BATCH}?limit=100", "1,000 stored startups, 100 each", batch(known))
    stored = [json.dumps({"id": ids[0], **profile(seed)}).encode() for seed in (11, 13)]
    yield Question("PUT", f"/api/v1/startups/{ids[0]}", about, stored[0], other=stored[1])
    ranked = [program.id for program in house_programs(house)]
    for asked, quotas, bonuses in AT_MOST:
        programs = ranked[:asked]
        for method in ("each_program", "total_fit", "deferred_acceptance"):
            agreed = terms(programs, quotas, bonuses, method)
            rules = f"{len(agreed['quotas'])} quotas, {len(agreed['bonuses'])} bonuses"
            about = f"all startups, {asked} programs, {rules}, {method}"
            body = json.dumps({"name": "비용", "programs": programs, "terms": agreed}).encode()
            yield Question("POST", "/api/v1/rounds", about, body)
            if programs == ranked:  # those of the round that is asked
                what_if = f"/api/v1/rounds/{house.ids['round_id']}/what-if"
                yield Question("POST", what_if, about, json.dumps(agreed).encode())
    yield Question(
        "POST",
        matches,
        "JSON of 399,000 values",
        json.dumps({"history": [0] * 399_000}).encode()[:990_000],
        is_refused=True,
    )
    doubled = b'{"a":1,' + b'"b":1,' * 140_000 + b'"c":1}'
    yield Question("POST", matches, "doubled keys", doubled, is_refused=True)
    # what they bring stays, so they come last
    path = "/api/v1/imports?kind=startups&name=t.csv"
    for about, more in ((f"{ROWS:,} rows", ""), (f"{ROWS:,} rows, 19 MB", words(290))):
        yield Question("POST", path, about, table(ROWS, "x", more), "text/csv", table(ROWS, "y", more))
    brought = [house.client.post(path, data=table(ROWS, name), content_type="text/csv").get_json() for name in "vw"]
    first, second = (f"/api/v1/imports/{one['id']}/commit" for one in brought)
    yield Question("POST", first, f"{ROWS:,} new startups", b"{}", then=second)


def batch(entries: list[Any]) -> bytes:
    """A batch's body."""
    return json.dumps({"startups": entries}).encode()


def house_programs(house: House) -> list[Any]:
    """The programs that are ranked."""
    wired: Wired = house.app.extensions[KEY]
    return [p for p in wired.matching.prepared().programs.side.records.values() if p.is_ranked][:20]


def terms(programs: list[str], asked_quotas: int, asked_bonuses: int, method: str) -> dict[str, Any]:
    """Terms with so many rules, or with as many quotas as don't overlap where the method asks for that."""
    facts = APART if method == "deferred_acceptance" else FACTS
    whose = [{"field": name, "values": [one]} for name, values in facts.items() for one in values]
    most = len(whose) if facts is APART else asked_quotas
    quotas = [
        {"name": f"할당 {n}", **whose[n % len(whose)], "at_least": 1 + n % 2, "at_most": 4, "back_fill": []}
        for n in range(min(most, asked_quotas))
    ]
    bonuses = [{"name": f"가점 {n}", **whose[n % len(whose)], "points": n % 9} for n in range(asked_bonuses)]
    seats = dict.fromkeys(programs, 5)
    return {"seats": seats, "quotas": quotas, "bonuses": bonuses, "method": method, "one_group": True}


def plain(house: House) -> Iterator[Question]:
    """Every route once, asked for the most that its address gives."""
    for rule in sorted(house.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "activate" in rule.rule or "sign-out" in rule.rule:
            continue
        path = re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda name: house.ids.get(name[1], "x"), rule.rule)
        last = path.rstrip("/").rpartition("/")[2].partition(".")[0]
        options = {**LISTED, **next((more for word, more in OPTIONS.items() if word in path), {})}
        is_list = last in ("startups", "programs", "decisions", "objections", "audit", "access-log", "rounds", "runs")
        query = "&".join(f"{name}={value}" for name, value in options.items() if not is_list or name == "limit")
        for method in sorted(rule.methods & set(METHODS) if rule.methods else ()):
            if method == "DELETE":
                continue
            body = None if method == "GET" else b"{}"
            for asked in {f"{path}?{query}", path}:
                yield Question(method, asked, "as it is asked for most", body, is_refused=None)


def filled(home: Path) -> House:
    """The application on the bundled catalogue, with a run, a round, a decision, an objection and an import."""
    environment = prepared(home, None)
    registry = Registry(Path(environment["IEUM_ARTIFACTS"]))
    settings = Settings(home=home, artifacts=home / "artifacts", credential_limit=0, address_limit=0, attempt_limit=0)
    (home / "artifacts" / "CURRENT").write_text("bench\n", encoding="utf-8")
    app = given.application(home, registry, settings, lambda: NOON)
    client = app.test_client(key=given.key(app, UserRole.ADMIN))
    ids = {"startup_id": "s-0001", "program_id": "majung-2026", "kind": "startups", "identifier": "s-0001"}
    house = House(app, client, {**ids, "language": "ko", "form": "xlsx"})
    house.ids["run_id"] = client.get("/api/v1/startups/s-0001/matches").get_json()["run_id"]
    programs = [program.id for program in house_programs(house)]
    asked = {"name": "비용의 바탕", "programs": programs, "terms": terms(programs, 1, 1, "each_program")}
    house.ids["round_id"] = client.post("/api/v1/rounds", json=asked).get_json()["id"]
    body = {"program_id": "majung-2026", "startup_id": "s-0001", "action": "shortlisted", "reason": "확인"}
    sent = client.post("/api/v1/decisions", json=body, headers={"Idempotency-Key": "costs-one", "If-None-Match": "*"})
    house.ids["decision_id"] = sent.get_json()["id"]
    complaint = {"run_id": house.ids["run_id"], "candidate_id": "majung-2026", "sender": "대표", "text": "확인"}
    house.ids["objection_id"] = client.post("/api/v1/objections", json=complaint).get_json()["id"]
    made = client.post("/api/v1/imports?kind=startups&name=t.csv", data=table(50), content_type="text/csv")
    house.ids["import_id"] = made.get_json()["id"]
    wired: Wired = app.extensions[KEY]
    wired.imports.commit(house.ids["import_id"], SHELL)
    return house


def route_of(app: Flask, question: Question) -> str:
    """The pattern of a question's address."""
    path = question.path.partition("?")[0]
    rule, _ = app.url_map.bind("").match(path, question.method, return_rule=True)
    return f"{question.method} {rule.rule}"


def measured(house: House, wanted: Callable[[str], bool]) -> Mapping[str, tuple[Question, Cost]]:
    """The dearest question of every route."""
    worst: dict[str, tuple[Question, Cost]] = {}
    largest: dict[str, float] = defaultdict(float)
    for question in [*plain(house), *dear(house)]:
        route = route_of(house.app, question)
        if not wanted(route):
            continue
        cost = house.cost(question)
        if question.is_refused is not None and question.is_refused != (cost.status >= HTTPStatus.BAD_REQUEST):
            raise SystemExit(f"{cost.status} {route}, {question.about}")
        figures = f"{cost.seconds:6.2f} s {cost.beside:6.2f} s {cost.megabytes:7.1f} MB"
        print(f"{figures}  {cost.status} {route}, {question.about}", file=sys.stderr, flush=True)
        largest[route] = max(largest[route], cost.megabytes)
        if route not in worst or cost.seconds > worst[route][1].seconds:
            worst[route] = question, cost
    return {route: (question, replace(cost, megabytes=largest[route])) for route, (question, cost) in worst.items()}


def main() -> None:
    """Measure; exit with 1 when a route costs more than it may."""
    console = Console(width=150)
    with tempfile.TemporaryDirectory() as folder:
        house = filled(Path(folder))
        house.app.extensions[KEY].catalogue.database.close()  # no connection may cross the fork
        with beside.clerk(house.app.extensions[KEY]):
            found = measured(house, lambda route: not sys.argv[1:] or any(part in route for part in sys.argv[1:]))
    shown = Table("route", "the most of", "status", "CPU s", "clerk's", "MB left")
    shown.title = f"≤ {SECONDS:g} s, ≤ {MEGABYTES:g} MB"
    over = []
    for route, (question, cost) in sorted(found.items(), key=lambda pair: -pair[1][1].seconds):
        figures = f"{cost.seconds:.2f}", f"{cost.beside:.2f}", f"{cost.megabytes:.1f}"
        shown.add_row(route, question.about, str(cost.status), *figures)
        if cost.seconds > SECONDS or cost.megabytes > MEGABYTES:
            over.append(route)
    console.print(shown)
    console.print(f"{len(found)} routes; over the bar: {', '.join(over) or 'none'}")
    raise SystemExit(1 if over else 0)


if __name__ == "__main__":
    main()
