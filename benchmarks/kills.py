"""Kills at every step: each lasting act is killed before and after every statement, commit and change of a file.

    python -m benchmarks.kills [--most 40] [--kind sqlite] [--act decide]

A child process runs an act on a copy of a filled database and is killed by SIGKILL at a step; steps are spread evenly
when there are more than `--most`. Then what a start repairs is repaired, and what is left must be the state before or
the state after, never between, with a whole trail; what was acknowledged must be there. Exit code 1 otherwise.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, event, func, select, text

from model.applications import EntryKind
from model.artifact import artifact, versions
from model.decisions import DecisionAction
from model.domain import Application
from model.rounds import Terms
from service.actions.applications.desk import Desk
from service.actions.applications.recording import Recording
from service.actions.catalogue.edit import Precondition
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.catalogue.imports import ImportFiles, Said
from service.actions.catalogue.rulebook import Rulebook
from service.actions.matching.match import Matching
from service.actions.matching.prepare import Preparation
from service.actions.operation.activate_model import ActivateModel
from service.actions.operation.keep_backup import KeepBackup
from service.actions.records.decide import Choice, Decide
from service.actions.records.erase import Erase
from service.actions.records.verify_audit import VerifyAudit
from service.actions.rounds.run_round import AskedRound, RunRound
from service.files.importers.files import Brought
from service.storage import schema
from service.storage.columns import metadata
from service.storage.matching.registry import Registry
from service.storage.repositories import Catalogue, open_catalogue, open_records
from tests.service import given
from tests.support import databases
from training.recipe.publishing import Papers, publish

ID, NAME = "s-sentinel", "아주특별한이름"
PROGRAM = given.programs()[0].id
FILE_STEPS = ("fsync", "replace", "rename", "unlink")


@dataclass(frozen=True)
class Ground:
    """What an act works on: a database, and the folder beside it."""

    address: str
    home: Path

    @property
    def kind(self) -> str:
        """Which kind of database it is."""
        return self.address.partition(":")[0]

    def catalogue(self) -> Catalogue:
        """The catalogue, opened anew."""
        return open_catalogue(self.address, lambda: given.NOON)


@dataclass(frozen=True)
class Act:
    """Something lasting that is done, and the state that tells whether it was."""

    name: str
    do: Callable[[Ground], object]
    state: Callable[[Ground], object]


def rows(ground: Ground, table: str, where: str = "1 = 1") -> int:
    """How many rows a table holds."""
    catalogue = ground.catalogue()
    with catalogue.database.reading() as connection:
        query = select(func.count()).select_from(metadata.tables[table]).where(text(where))
        found = connection.scalar(query) or 0
    catalogue.database.close()
    return found


def decide(ground: Ground) -> None:
    """A decision on a pair."""
    choice = Choice(PROGRAM, given.startups()[2].id, DecisionAction.SHORTLISTED, "까닭")
    Decide(ground.catalogue(), open_records(now))(choice, Precondition(absent=True), "key-of-the-kill", given.MANAGER)


def record(ground: Ground) -> None:
    """A request for completion on two applications at once."""
    details = {"text": "보완하십시오.", "due_on": "2026-02-20"}
    asked = Recording(("a-1", "a-2"), EntryKind.REQUEST, details=details)
    Desk(ground.catalogue(), open_records(now), unread, now).record(asked, "key-of-the-kill", given.MANAGER)


def unread() -> Rulebook:
    """No rule is asked about a request."""
    raise AssertionError("a request needs no rules")


def erase(ground: Ground) -> None:
    """The erasure of a startup that was decided on."""
    Erase(ground.catalogue(), open_records(now))(ID, "요청", given.OPERATOR, None)


def named(ground: Ground) -> bool:
    """The startup is still named somewhere."""
    catalogue = ground.catalogue()
    content = databases.content(catalogue.database)
    catalogue.database.close()
    found = {ID in content, NAME in content}
    assert len(found) == 1, "erased in some tables only"
    return found.pop()


def commit(ground: Ground) -> None:
    """The commit of an import that was previewed."""
    ImportFiles(ground.catalogue(), now).commit((ground.home / f"import-{ground.kind}").read_text(), given.OPERATOR)


def imported(ground: Ground) -> tuple[int, int]:
    """How many imports were committed, and how many startups there are."""
    return rows(ground, "imports", "state = 'committed'"), rows(ground, "startups")


def run_round(ground: Ground) -> None:
    """A round over all startups."""
    catalogue = ground.catalogue()
    matching = Matching(Preparation(catalogue, given.Held(ground.home / "artifacts")), now)
    desk = Desk(catalogue, open_records(now), unread, now)
    asked = AskedRound("회차", (PROGRAM,), Terms(seats={PROGRAM: 3}))
    RunRound(catalogue, matching, now, desk)(asked, given.MANAGER)


def back_up(ground: Ground) -> None:
    """A backup into a new file."""
    KeepBackup(ground.catalogue(), open_records(now)).write(ground.home / "backup", given.OPERATOR)


def backed_up(ground: Ground) -> bool:
    """The backup's file is there, and then it can be restored as a whole."""
    file = ground.home / "backup"
    if file.exists():
        with tempfile.TemporaryDirectory() as elsewhere:
            other = open_catalogue(f"sqlite:///{elsewhere}/ieum.db", now)
            KeepBackup(other, open_records(now)).restore(file, given.OPERATOR)
            other.database.close()
    return file.exists()


def activate(ground: Ground) -> None:
    """Another version is put in use."""
    ActivateModel(Registry(ground.home / "artifacts"), ground.catalogue()).activate("v2", "시험", given.OPERATOR)


def in_use(ground: Ground) -> tuple[object, ...]:
    """The versions in use and before, once a start has settled what was left; each intent has its outcome."""
    folder, catalogue = ground.home / "artifacts", ground.catalogue()
    ActivateModel(Registry(folder), catalogue).repair()
    with catalogue.database.reading() as connection:
        events = [row.event for row in catalogue.audit.rows(connection)]
    catalogue.database.close()
    assert events.count("activate_model") == events.count("settle_model_change"), "an intent without an outcome"
    return versions.current(folder), versions.previous(folder)


def publish_model(ground: Ground) -> None:
    """A fitted matcher is published."""
    matcher = given.Held(ground.home / "artifacts").load("v1").matcher
    publish(ground.home / "artifacts", matcher, Papers(datetime(2026, 3, 1, tzinfo=UTC), "0" * 64, {}))


def published(ground: Ground) -> int:
    """How many versions are published, each of which proves itself; nothing else is in use than before."""
    folder = ground.home / "artifacts"
    assert versions.current(folder) == "v1"
    found = versions.published(folder)
    for name in found:
        artifact.verify(folder / name)
    return len(found)


def now() -> datetime:
    """The acts' moment."""
    return given.NOON


ACTS = (
    Act("decide", decide, lambda ground: rows(ground, "decisions")),
    Act("entries", record, lambda ground: rows(ground, "application_entries")),
    Act("erase", erase, named),
    Act(
        "import commit",
        commit,
        lambda ground: (rows(ground, "imports", "state = 'committed'"), rows(ground, "startups")),
    ),
    Act("round", run_round, lambda ground: rows(ground, "rounds")),
    Act("backup", back_up, backed_up),
    Act("activation", activate, in_use),
    Act("publishing", publish_model, published),
)


class Steps:
    """Counts steps of this process and kills it at one of them; None: at none."""

    def __init__(self, fatal: int | None) -> None:
        self.count, self._fatal = 0, fatal
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(Engine, name, lambda *_: self.step())
        for name in FILE_STEPS:
            setattr(os, name, self._stepping(getattr(os, name)))

    def step(self) -> None:
        """One step further."""
        self.count += 1
        if self.count == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def _stepping(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **options: Any) -> Any:
            self.step()
            done = real(*arguments, **options)
            self.step()
            return done

        return called


def killed(act: Act, ground: Ground, fatal: int | None) -> tuple[bool, int]:
    """Run an act in a child that is killed at a step; tells whether it was acknowledged, and how many steps it took."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with suppress(BaseException):
            steps = Steps(fatal)
            act.do(ground)
            os.write(writing, str(steps.count).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    said = os.read(reading, 20)
    os.close(reading)
    return bool(said), int(said or 0)


def settled(ground: Ground) -> None:
    """Wait until PostgreSQL has let go of what the killed child had begun."""
    if not ground.address.startswith("postgresql"):
        return
    catalogue, end = ground.catalogue(), time.monotonic() + 10
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    while catalogue.database.scalar(others) and time.monotonic() < end:
        time.sleep(0.01)
    catalogue.database.close()


def broken(ground: Ground) -> object:
    """What is wrong with the trail and all that it proves."""
    catalogue = ground.catalogue()
    found = VerifyAudit(catalogue)().broken
    catalogue.database.close()
    return found


def filled(address: str, home: Path) -> Catalogue:
    """A catalogue with a startup to erase, a decision on it, and an import to commit."""
    catalogue = open_catalogue(address, now)
    schema.migrate(catalogue.database)
    startup = replace(given.startups()[0], id=ID, name=NAME)
    applied = (Application("a-1", ID, PROGRAM, item=NAME), Application("a-2", given.startups()[3].id, PROGRAM))
    brought = Brought((*given.startups(), startup), given.programs(), applications=applied)
    ImportProfiles(catalogue)(brought, given.OPERATOR)
    choice = Choice(PROGRAM, ID, DecisionAction.SHORTLISTED, f"{NAME} 적합")
    Decide(catalogue, open_records(now))(choice, Precondition(absent=True), "key-of-the-first", given.MANAGER)
    imports = ImportFiles(catalogue, now)
    file = imports.read("id,기업명\nnew-1,새기업\nnew-2,새로운기업\n".encode(), Said("a.csv"))
    (home / f"import-{Ground(address, home).kind}").write_text(imports.preview([file], given.OPERATOR).id)
    catalogue.database.close()
    return catalogue


@contextmanager
def copied(kind: str, template: Path, fill: Callable[[str], object]) -> Iterator[Ground]:
    """A copy of the filled ground, gone afterwards."""
    with tempfile.TemporaryDirectory() as where:
        home = Path(where) / "home"
        shutil.copytree(template, home, copy_function=os.link)
        for name in ("CURRENT", "ieum.db"):
            for linked in home.rglob(name):
                content = linked.read_bytes()
                linked.unlink()
                linked.write_bytes(content)
        if kind == "sqlite":
            yield Ground(f"sqlite:///{home}/ieum.db", home)
            return
        with databases.copied(fill) as address:
            yield Ground(address, home)


def tried(act: Act, kind: str, template: Path, fill: Callable[[str], object], most: int) -> tuple[int, list[str]]:
    """Kill an act at its steps; gives how often, and what was wrong."""
    with copied(kind, template, fill) as ground:
        before = act.state(ground)
        _, steps = killed(act, ground, None)
        settled(ground)
        after = act.state(ground)
        assert steps, act.name
        assert before != after, act.name
        assert broken(ground) is None, act.name
    chosen = sorted({1 + round(place * (steps - 1) / (most - 1)) for place in range(most)})
    wrong = []
    for fatal in chosen:
        with copied(kind, template, fill) as ground:
            was_told, _ = killed(act, ground, fatal)
            settled(ground)
            try:
                state, bad = act.state(ground), broken(ground)
                if state not in (before, after) or bad or (was_told and state != after):
                    wrong.append(f"{act.name} {kind} step {fatal}: {state}, {bad}")
            except Exception as error:
                wrong.append(f"{act.name} {kind} step {fatal}: {error!r}")
    return len(chosen), wrong


def main(most: int = 40, kind: str = "", act: str = "") -> None:
    """Kill every act at its steps on both databases; exit 1 when anything was lost, doubled, half done or unproved."""
    databases.prepare()
    table, wrong, total = Table("act", *databases.KINDS, title="kills at every step"), [], 0
    with tempfile.TemporaryDirectory() as where:
        template = Path(where) / "template"
        template.mkdir()
        filled(f"sqlite:///{template}/ieum.db", template)
        matcher = given.fitted()
        for name in ("v2", "v1"):
            given.published(matcher, template / "artifacts", name)

        def fill(address: str) -> object:
            return filled(address, template)

        for one in ACTS:
            counts = []
            for database in databases.KINDS:
                if one.name.startswith(act) and database.startswith(kind):
                    count, found = tried(one, database, template, fill, most)
                    wrong, total = wrong + found, total + count
                    counts.append(f"{count} kills, {len(found)} wrong")
                else:
                    counts.append("-")
            table.add_row(one.name, *counts)
    databases.forget()
    databases.finish()
    Console(width=100).print(table, f"{total} kills, {len(wrong)} wrong", *wrong, sep="\n")
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    typer.run(main)
