"""Objections, records and administration as tables of a workbook: as their pages show them, and nothing more secret."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from model.domain import Program
from service.console.matching.sheets import coded, moment, tabled, wide
from service.console.wire import local, tasks, titles
from service.console.wire.language import gettext, language
from service.files.exporters.table import ColumnHead, ExportTable
from service.storage.access.accesses import Access
from service.storage.access.keys import Key
from service.storage.access.users import User
from service.storage.records.chain import AuditRow
from service.storage.records.objections import Objection
from service.wording import audit_events
from service.wording.pairs import said

TEXT, WHEN = 48, 20
"""Widths of columns, in characters."""


def objections(records: Iterable[Objection], programs: Mapping[str, Program]) -> ExportTable:
    """The list of objections, with what they say and the answers."""
    called = {key: local.name(program) for key, program in programs.items()}
    return tabled(
        gettext("이의신청"),
        records,
        (_id(gettext("번호")), lambda objection: objection.id),
        (ColumnHead(gettext("상태")), lambda objection: titles.settled(_of_reply(objection, "outcome"))),
        (wide(gettext("신청인")), lambda objection: objection.sender or gettext("삭제됨")),
        (coded("program_id"), lambda objection: objection.program_id),
        (wide(gettext("프로그램")), lambda objection: called.get(objection.program_id or "")),
        (_id(gettext("추천 번호")), lambda objection: objection.run_id),
        (_id(gettext("결정 번호")), lambda objection: objection.decision and f"d-{objection.decision}"),
        (ColumnHead(gettext("신청 내용"), TEXT), lambda objection: objection.text),
        (ColumnHead(gettext("접수한 사람")), lambda objection: objection.actor_name),
        (ColumnHead(gettext("접수일시"), WHEN), lambda objection: moment(objection.at)),
        (ColumnHead(gettext("답변 내용"), TEXT), lambda objection: _of_reply(objection, "text")),
        (ColumnHead(gettext("답변한 사람")), lambda objection: _of_reply(objection, "actor_name")),
        (ColumnHead(gettext("답변일시"), WHEN), lambda objection: moment(_of_reply(objection, "at"))),
    )


def audit(records: Iterable[AuditRow]) -> ExportTable:
    """Rows of the audit trail, each with its hash."""
    return tabled(
        gettext("감사 기록"),
        records,
        (ColumnHead(gettext("행")), lambda row: row.seq),
        (ColumnHead(gettext("일시"), WHEN), lambda row: moment(row.at)),
        (wide(gettext("사용자 이름")), lambda row: row.actor_name),
        (_id(gettext("사용자 ID")), lambda row: row.actor_id),
        (ColumnHead(gettext("역할")), lambda row: titles.role(row.actor_role)),
        (wide(gettext("작업")), lambda row: said(audit_events.NAMES, row.event, language())),
        (wide(gettext("대상")), lambda row: titles.subject(row.kind)),
        (_id(gettext("대상 ID")), lambda row: row.subject),
        (ColumnHead(gettext("내용"), TEXT), lambda row: row.details),
        (_id(gettext("해시")), lambda row: row.hash),
    )


def accesses(records: Iterable[Access], people: Mapping[str, str], subject_of: Callable[[str], str]) -> ExportTable:
    """The access log, with addresses and credentials masked, tasks and subjects in words."""
    return tabled(
        gettext("접속 기록"),
        records,
        (ColumnHead(gettext("일시"), WHEN), lambda access: moment(access.at)),
        (wide(gettext("사용자 이름")), lambda access: people.get(access.actor, "")),
        (_id(gettext("사용자 ID")), lambda access: access.actor),
        (ColumnHead(gettext("인증 수단")), lambda access: titles.credential(access.credential)),
        (_id(gettext("접속한 곳")), lambda access: local.masked(access.address)),
        (ColumnHead(gettext("작업"), TEXT), lambda access: tasks.task(access.task, language())),
        (wide(gettext("대상")), lambda access: subject_of(access.subject)),
        (ColumnHead(gettext("결과")), lambda access: titles.answered(access.status)),
        (ColumnHead(gettext("횟수")), lambda access: access.times),
    )


def users(records: Iterable[User]) -> ExportTable:
    """The list of users."""
    return tabled(
        gettext("사용자"),
        records,
        (_id(gettext("사용자 ID")), lambda user: user.id),
        (wide(gettext("이름")), lambda user: user.name),
        (ColumnHead(gettext("역할")), lambda user: titles.role(user.role)),
        (wide(gettext("이메일")), lambda user: user.email),
        (wide(gettext("담당 프로그램")), lambda user: _bound(user.programs)),
        (ColumnHead(gettext("상태")), lambda user: gettext("사용 중지") if user.shut_out_at else gettext("사용 중")),
        (ColumnHead(gettext("로그인 방법")), lambda user: gettext("포털") if user.subject else gettext("로그인 주소")),
        (ColumnHead(gettext("등록일시"), WHEN), lambda user: moment(user.created_at)),
        (ColumnHead(gettext("사용 중지일시"), WHEN), lambda user: moment(user.shut_out_at)),
    )


def keys(records: Iterable[tuple[Key, str]]) -> ExportTable:
    """The list of keys, each with its state; what opens something is in no file."""
    return tabled(
        gettext("API 키"),
        records,
        (_id(gettext("키 ID")), lambda held: held[0].id),
        (wide(gettext("이름")), lambda held: held[0].name),
        (_id(gettext("누구의 키")), lambda held: held[0].user_id or gettext("시스템")),
        (ColumnHead(gettext("역할")), lambda held: held[0].role and titles.role(held[0].role)),
        (
            ColumnHead(gettext("권한"), TEXT),
            lambda held: ", ".join(titles.scope(code) for code in sorted(held[0].scopes)),
        ),
        (wide(gettext("담당 프로그램")), lambda held: _bound(held[0].programs)),
        (ColumnHead(gettext("상태")), lambda held: titles.key_state(held[1])),
        (ColumnHead(gettext("생성일시"), WHEN), lambda held: moment(held[0].created_at)),
        (ColumnHead(gettext("만료일"), WHEN), lambda held: moment(held[0].expires_at)),
        (ColumnHead(gettext("마지막 사용일시"), WHEN), lambda held: moment(held[0].last_used_at)),
        (ColumnHead(gettext("폐기일시"), WHEN), lambda held: moment(held[0].revoked_at)),
    )


def _id(title: str) -> ColumnHead:
    return ColumnHead(title, WHEN, is_code=True)


def _of_reply(objection: Objection, name: str) -> Any:
    """One value of an objection's answer, None while there is no answer."""
    return getattr(objection.reply, name) if objection.reply else None


def _bound(programs: frozenset[str] | None) -> str:
    return ", ".join(sorted(programs)) if programs else gettext("모두")
