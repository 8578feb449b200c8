"""The operator's commands; exit 0 done, 1 refused with the reason, 2 wrong usage."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from model.faults import Fault, shown
from service.cli.wire.lazy import LazyCommand
from service.errors import Problem, ServiceError
from service.identity import is_storable

COMMANDS = (
    LazyCommand("serve", "operation.serving:serve", "서비스를 시작한다 · Serve over HTTP until stopped."),
    LazyCommand(
        "health",
        "operation.serving:health",
        "서비스가 준비되었는지 묻는다 · Ask the running service whether it is ready.",
    ),
    LazyCommand(
        "migrate",
        "operation.database:migrate",
        "데이터베이스 구조를 이 버전에 맞춘다 · Bring the database to this version's schema.",
    ),
    LazyCommand(
        "import",
        "transfer:import_",
        "파일이나 폴더의 자료를 모두 가져온다 · Bring files or folders into the catalogue, all or nothing.",
    ),
    LazyCommand("headings", "headings:headings", "열 제목 대응표 · Heading maps"),
    LazyCommand(
        "export",
        "transfer:export",
        "목록을 파일로 내보낸다 · Write startups or programs to a file or the screen, as JSON lines, CSV or XLSX.",
    ),
    LazyCommand(
        "snapshot",
        "operation.database:snapshot",
        "학습용 스냅샷 폴더를 쓴다 · Freeze the catalogue into a folder for training.",
    ),
    LazyCommand(
        "models",
        "operation.models:models",
        "발행된 모델을 모두 보인다 · List the published models and which one answers.",
    ),
    LazyCommand(
        "activate",
        "operation.models:activate",
        "이 버전의 모델로 답하게 한다 · Let a version answer; it is verified first, a bad one is refused.",
    ),
    LazyCommand(
        "rollback", "operation.models:rollback", "앞서 쓰던 모델로 되돌린다 · Let the version before answer again."
    ),
    LazyCommand(
        "fits",
        "operation.models:fits",
        "담당자가 요청한 학습을 맡아 실행한다 · Do the fits that are asked for in the console, until stopped.",
    ),
    LazyCommand(
        "drift",
        "operation.models:drift",
        "자료가 학습 때와 얼마나 달라졌는지 잰다 · Measure how far the catalogue has moved from the training snapshot.",
    ),
    LazyCommand(
        "eligibility", "eligibility:eligibility", "신청 요건을 확인하고 설명한다 · Check and explain eligibility"
    ),
    LazyCommand("programs", "programs:programs", "프로그램 자료를 점검한다 · Check the programs' rows"),
    LazyCommand("rounds", "rounds:rounds", "선정 회차 · Selection rounds"),
    LazyCommand("applications", "applications:applications", "신청과 요건검토 · Applications and the desk"),
    LazyCommand("keys", "access:keys", "API 키를 발급하고 폐기한다 · Issue and revoke keys"),
    LazyCommand("users", "access:users", "사용자를 등록하고 관리한다 · Admit and change users"),
    LazyCommand(
        "access-log",
        "access:access_log",
        "접속 기록을 JSON 줄로 내보낸다 · Write the access log as JSON lines, oldest first.",
    ),
    LazyCommand(
        "audit-verify",
        "records:audit_verify",
        "감사 기록이 온전한지 확인한다 · Verify the audit trail; prints its head to be noted elsewhere.",
    ),
    LazyCommand(
        "backup",
        "operation.maintenance:backup",
        "서비스를 멈추지 않고 모든 자료를 한 파일에 백업한다 · Write everything into one file while the service runs.",
    ),
    LazyCommand(
        "restore",
        "operation.maintenance:restore",
        "백업을 빈 데이터베이스에 복구하고 검증한다 · Bring a backup into an empty database and verify it.",
    ),
    LazyCommand(
        "retention",
        "operation.maintenance:retention",
        "보존 기간이 지난 기록을 세고, --apply를 붙이면 지운다 · Count what has had its time; delete it with --apply.",
    ),
    LazyCommand(
        "erase",
        "operation.maintenance:erase",
        "창업기업의 자료를 지우고 결정은 가명으로 남긴다 · Erase a startup; its decisions stay under a pseudonym.",
    ),
)
"""Every command, in the order in which the help lists them."""


class Commands(TyperGroup):
    """The group of all commands, none of which is loaded before it is called."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "commands": {str(command.name): command for command in COMMANDS}})


cli = typer.Typer(
    cls=Commands, no_args_is_help=True, add_completion=False, context_settings={"help_option_names": ["-h", "--help"]}
)


@cli.callback()
def ieum() -> None:
    """이음: 창업기업과 협업 프로그램 추천 서비스 · matching of startups with collaboration programs"""


def main() -> None:
    """Run the command line."""
    os.umask(0o077)  # databases, snapshots, models and exports hold what is nobody else's business
    try:
        for word in sys.argv[1:]:
            # A reason may have lines; a file's name may be in whatever encoding.
            if not is_storable(word.replace("\n", "").replace("\t", "")) and not Path(word).exists():
                raise ServiceError(Problem.INVALID_FIELDS, faults=[Fault("bad_text", value=shown(word))])
        cli()
    except ServiceError as error:  # a setting that can't be read
        from service.cli.wire.refusals import explain  # here, since few starts need it

        explain(error, "ko")
        sys.exit(2)
