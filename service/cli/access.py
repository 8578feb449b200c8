"""`ieum keys` and `ieum users`: who may enter, from the machine itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer

from service.actions.access.admit_users import Admission, AdmitUsers
from service.actions.access.issue_keys import DAYS, IssueKeys, KeyOrder
from service.actions.access.keep_access_log import AccessLog
from service.actions.access.recognise import Recognise
from service.actions.access.sign_in import SignIn
from service.cli.wire.actors import operator
from service.cli.wire.refusals import environment
from service.errors import ServiceError
from service.identity import SHELL, Scope, UserRole
from service.settings import KOREA, Settings, from_environment, now
from service.storage import schema
from service.storage.database import Database

keys = typer.Typer(help="API 키를 발급하고 폐기한다 · Issue and revoke keys", no_args_is_help=True)
users = typer.Typer(help="사용자를 등록하고 관리한다 · Admit and change users", no_args_is_help=True)

MOST = 10_000
TRIAL_KEY = "dev-api-key"
FIRST = "최초 관리자"
Programs = Annotated[
    list[str] | None, typer.Option("--program", help="담당 프로그램 id, 여러 번 가능 · bound to these programs")
]
Scopes = Annotated[
    list[Scope] | None, typer.Option("--scope", help="권한, 여러 번 가능(기본 역할 전체) · limited to these scopes")
]
ForUser = Annotated[str | None, typer.Option("--user", help="사람의 키: 사용자 id · a person's key: the user's id")]
RoleOption = Annotated[UserRole | None, typer.Option("--role", help="시스템의 키: 역할 · a system's key: its role")]
Days = Annotated[int, typer.Option("--days", min=1, max=1_825, help="유효 일수 · days until it expires")]
Email = Annotated[str | None, typer.Option("--email", help="포털 계정의 이메일 · e-mail of the portal's account")]


@keys.command("create")
def create_key(
    name: str,
    role: RoleOption = None,
    user: ForUser = None,
    scope: Scopes = None,
    program: Programs = None,
    days: Days = DAYS,
) -> None:
    """키를 만들어 한 번만 보여 준다 · Make a key and show it once."""
    with _database() as database:
        wanted = KeyOrder(name, role, user, frozenset(scope or ()), _bound(program), days)
        _, raw = IssueKeys(database, now).issue(wanted, operator())
        print(raw)


@keys.command("list")
def list_keys() -> None:
    """발급한 키를 보여 준다. 키 값은 보관하지 않는다 · List keys; the keys themselves are not kept."""
    with _database() as database:
        for key in IssueKeys(database, now).page(limit=MOST)[0]:
            state = "revoked" if key.revoked_at else f"until {_day(key.expires_at)}"
            scopes = ",".join(sorted(key.scopes))
            print(key.id, key.name, key.user_id or key.role, scopes, state, f"used {_day(key.last_used_at)}", sep="\t")


@keys.command("revoke")
def revoke_key(identifier: str) -> None:
    """키를 폐기한다. 되돌릴 수 없다 · Revoke a key for good."""
    with _database() as database:
        IssueKeys(database, now).revoke(identifier, operator())


@users.command("create")
def create_user(
    name: str,
    role: Annotated[UserRole, typer.Option("--role", help="역할 · role")],
    email: Email = None,
    program: Programs = None,
) -> None:
    """사용자를 등록한다 · Admit somebody; prints the id."""
    with _database() as database:
        print(AdmitUsers(database, now).admit(Admission(name, role, email, _bound(program)), operator()).id)


@users.command("list")
def list_users() -> None:
    """사용자를 보여 준다 · List users."""
    with _database() as database:
        for user in AdmitUsers(database, now).page(limit=MOST)[0]:
            bound = "-" if user.programs is None else ",".join(sorted(user.programs))
            state = "disabled" if user.shut_out_at else "active"
            print(user.id, user.name, user.role, user.email or "-", bound, state, sep="\t")


@users.command("change")
def change_user(
    identifier: str,
    role: Annotated[UserRole | None, typer.Option("--role", help="새 역할 · new role")] = None,
    email: Email = None,
    program: Programs = None,
    *,
    all_programs: Annotated[bool, typer.Option("--all-programs", help="담당 제한을 없앤다 · bind to none")] = False,
    disabled: Annotated[bool | None, typer.Option("--disable/--enable", help="이용 중지 · may not enter")] = None,
) -> None:
    """역할, 이메일, 담당 프로그램을 바꾸거나 이용을 중지한다 · Change a user, or shut them out."""
    options = {"role": role, "email": email, "programs": _bound(program), "disabled": disabled}
    values = {name: value for name, value in options.items() if value is not None}
    with _database() as database:
        AdmitUsers(database, now).change(identifier, values | ({"programs": None} if all_programs else {}), operator())


@users.command("first")
def first_user() -> None:
    """최초 관리자를 등록하고, 시험용 키를 파일에 적는다 · Admit the first administrator; write a key for trials."""
    settings = from_environment()
    with _database() as database:
        if not settings.database_url:
            file = settings.home / TRIAL_KEY
            if not _opens(database, file):
                raw = IssueKeys(database, now).issue(KeyOrder(TRIAL_KEY, UserRole.ADMIN), SHELL)[1]
                file.unlink(missing_ok=True)
                with open(file, "x", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as out:
                    out.write(raw + "\n")
            print(f"  시험용 API 키 · API key for trials    {file}")
        # the first administrator is admitted where nobody is; a service that has its users needs no link
        admitting = AdmitUsers(database, now)
        people, _ = admitting.page(limit=MOST)
        if not people:
            people = [admitting.admit(Admission(FIRST, UserRole.ADMIN), SHELL)]
        first = next((user for user in people if user.name == FIRST and not user.shut_out_at), None)
        if (
            link := (
                None
                if first is None or (settings.database_url and len(people) > 1)
                else _link(database, settings, first.id)
            )
        ) is not None:
            print(f"  한 번만 쓸 수 있는 로그인 주소 · sign in once    {link}")


@users.command("invite")
def invite_user(identifier: str) -> None:
    """한 번만 쓸 수 있는 로그인 주소를 만든다 · Make a sign-in link that works once, for a day."""
    settings = from_environment()
    with _database() as database:
        print(_link(database, settings, identifier))


def access_log(
    actor: Annotated[str | None, typer.Option("--actor", help="사용자 id 또는 key:id · a user's id, or key:id")] = None,
    subject: Annotated[str | None, typer.Option("--subject", help="예: startup_id:s-0001 · whose record")] = None,
    since: Annotated[datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="이날부터 · from")] = None,
) -> None:
    """접속 기록을 JSON 줄로 내보낸다 · Write the access log as JSON lines, oldest first."""
    filters = {name: value for name, value in {"actor": actor, "subject": subject}.items() if value}
    with _database() as database:
        for access in AccessLog(database, now).all(filters=filters, since=since and since.replace(tzinfo=KOREA)):
            sys.stdout.buffer.write(orjson.dumps(asdict(access)) + b"\n")


def _link(database: Database, settings: Settings, identifier: str) -> str:
    return f"{settings.origin}/sign-in/link?token={SignIn(database, now, settings).invite(identifier, SHELL)}"


def _opens(database: Database, file: Path) -> bool:
    try:
        return bool(Recognise(database, now)(file.read_text(encoding="utf-8").strip()))
    except (OSError, ServiceError):
        return False


@contextmanager
def _database() -> Iterator[Database]:
    """The database of the settings, once it is known to be at this version's schema."""
    with environment() as settings:
        database = Database(settings.database)
        schema.check(database)
        yield database


def _bound(programs: list[str] | None) -> frozenset[str] | None:
    return frozenset(programs) if programs else None


def _day(at: datetime | None) -> str:
    return at.astimezone(KOREA).date().isoformat() if at else "-"
