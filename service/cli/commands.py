"""The operator's commands; exit 0 done, 1 refused with the reason, 2 wrong usage."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from service import probe
from service.actions.take_snapshot import TakeSnapshot
from service.cli.care import backup, erase, restore, retention
from service.cli.doors import access_log, keys, users
from service.cli.eligibility import eligibility
from service.cli.models import activate, drift, models, rollback
from service.cli.records import audit_verify
from service.cli.refusals import explain, refusals
from service.cli.rounds import rounds
from service.cli.transfer import export, import_
from service.errors import ServiceError
from service.settings import Settings, from_environment, now
from service.storage import schema
from service.storage.catalogue import Catalogue, opened
from service.telemetry import metrics

cli = typer.Typer(
    help="이음: 창업기업과 협업 프로그램 추천 서비스 · matching of startups with collaboration programs",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
cli.add_typer(eligibility, name="eligibility")
cli.add_typer(rounds, name="rounds")
cli.command()(models)
cli.command()(activate)
cli.command()(rollback)
cli.command("access-log")(access_log)
cli.command()(drift)
cli.add_typer(keys, name="keys")
cli.add_typer(users, name="users")
cli.command()(audit_verify)
cli.command()(backup)
cli.command()(restore)
cli.command()(retention)
cli.command()(erase)
cli.command("import")(import_)
cli.command()(export)


@cli.command()
def serve() -> None:
    """서비스를 시작한다 · Serve over HTTP until stopped."""
    from service import serve as server  # here, since it brings the model's libraries, which take seconds to load

    settings = from_environment()
    with refusals(settings.language), metrics.shared():
        server.run(settings)


@cli.command()
def health() -> None:
    """서비스가 준비되었는지 묻는다 · Ask the running service whether it is ready."""
    settings = from_environment()
    with refusals(settings.language):
        print(probe.ready(settings))


@cli.command()
def migrate() -> None:
    """데이터베이스 구조를 이 버전에 맞춘다 · Bring the database to this version's schema."""
    settings = from_environment()
    with refusals(settings.language):
        schema.migrate(_catalogue(settings).database)
        print(schema.wanted())


@cli.command()
def snapshot(folder: Path) -> None:
    """학습용 스냅샷 폴더를 쓴다 · Freeze the catalogue into a folder for training."""
    settings = from_environment()
    with refusals(settings.language):
        taken = TakeSnapshot(_catalogue(settings), now)(folder)
        print(f"{len(taken.startups)} startups, {len(taken.programs)} programs, {len(taken.outcomes)} outcomes")
        print(folder)


def main() -> None:
    """Run the command line."""
    try:
        cli()
    except ServiceError as error:  # a setting that can't be read
        explain(error, "ko")
        sys.exit(2)


def _catalogue(settings: Settings) -> Catalogue:
    return opened(settings.database, now)
