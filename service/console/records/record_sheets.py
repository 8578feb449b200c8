"""Objections, records and administration as tables of a workbook: as their pages show them, and nothing more secret."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from model.domain import Program
from service.console.matching.sheets import coded, moment, tabled, wide
from service.console.wire import local, titles
from service.console.wire.language import gettext, language
from service.files.exporters.table import Head, Table
from service.storage.access.accesses import Access
from service.storage.access.keys import Key
from service.storage.access.users import User
from service.storage.records.chain import Row
from service.storage.records.objections import Objection
from service.wording import deeds

TEXT, WHEN = 48, 20
"""Widths of columns, in characters."""


def objections(found: Iterable[Objection], programs: Mapping[str, Program]) -> Table:
    """The list of objections, with what they say and the answers."""
    return tabled(
        gettext("이의신청"),
        found,
        (_id(gettext("번호")), lambda one: one.id),
        (Head(gettext("상태")), lambda one: titles.settled(_of_reply(one, "outcome"))),
        (wide(gettext("신청인")), lambda one: one.sender or gettext("삭제됨")),
        (coded("program_id"), lambda one: one.program_id),
        (wide(gettext("프로그램")), lambda one: _named(programs.get(one.program_id or ""))),
        (_id(gettext("추천 번호")), lambda one: one.run_id),
        (_id(gettext("결정 번호")), lambda one: one.decision and f"d-{one.decision}"),
        (Head(gettext("신청 내용"), TEXT), lambda one: one.text),
        (Head(gettext("접수한 사람")), lambda one: one.actor_name),
        (Head(gettext("접수한 때"), WHEN), lambda one: moment(one.at)),
        (Head(gettext("답변 내용"), TEXT), lambda one: _of_reply(one, "text")),
        (Head(gettext("답변한 사람")), lambda one: _of_reply(one, "actor_name")),
        (Head(gettext("답변한 때"), WHEN), lambda one: moment(_of_reply(one, "at"))),
    )


def audit(found: Iterable[Row]) -> Table:
    """Rows of the audit trail, each with its hash."""
    return tabled(
        gettext("감사 기록"),
        found,
        (Head(gettext("행")), lambda row: row.seq),
        (Head(gettext("때"), WHEN), lambda row: moment(row.at)),
        (wide(gettext("행위자")), lambda row: row.actor_name),
        (_id(gettext("행위자 ID")), lambda row: row.actor_id),
        (Head(gettext("역할")), lambda row: titles.role(row.actor_role)),
        (wide(gettext("한 일")), lambda row: deeds.name(row.deed, language())),
        (_id(gettext("대상")), lambda row: row.kind),
        (_id(gettext("대상 ID")), lambda row: row.subject),
        (Head(gettext("내용"), TEXT), lambda row: row.details),
        (_id(gettext("해시")), lambda row: row.hash),
    )


def accesses(found: Iterable[Access]) -> Table:
    """The access log, with addresses and credentials masked."""
    return tabled(
        gettext("접속 기록"),
        found,
        (Head(gettext("때"), WHEN), lambda access: moment(access.at)),
        (_id(gettext("행위자")), lambda access: access.actor),
        (Head(gettext("인증 수단")), lambda access: titles.credential(access.credential)),
        (_id(gettext("접속한 곳")), lambda access: local.masked(access.address)),
        (Head(gettext("한 일"), TEXT), lambda access: local.route(access.task)),
        (_id(gettext("대상")), lambda access: access.subject),
        (Head(gettext("응답")), lambda access: access.status),
        (Head(gettext("횟수")), lambda access: access.times),
    )


def users(found: Iterable[User]) -> Table:
    """The list of users."""
    return tabled(
        gettext("사용자"),
        found,
        (_id(gettext("사용자 ID")), lambda user: user.id),
        (wide(gettext("이름")), lambda user: user.name),
        (Head(gettext("역할")), lambda user: titles.role(user.role)),
        (wide(gettext("전자우편")), lambda user: user.email),
        (wide(gettext("담당 프로그램")), lambda user: _bound(user.programs)),
        (Head(gettext("상태")), lambda user: gettext("사용 중지") if user.shut_out_at else gettext("사용 중")),
        (Head(gettext("로그인 방법")), lambda user: gettext("포털") if user.subject else gettext("로그인 주소")),
        (Head(gettext("등록한 때"), WHEN), lambda user: moment(user.created_at)),
        (Head(gettext("사용을 중지한 때"), WHEN), lambda user: moment(user.shut_out_at)),
    )


def keys(found: Iterable[tuple[Key, str]]) -> Table:
    """The list of keys, each with its state; what opens something is in no file."""
    return tabled(
        gettext("API 키"),
        found,
        (_id(gettext("키 ID")), lambda held: held[0].id),
        (wide(gettext("이름")), lambda held: held[0].name),
        (_id(gettext("누구의 키")), lambda held: held[0].user_id or gettext("시스템")),
        (Head(gettext("역할")), lambda held: held[0].role and titles.role(held[0].role)),
        (Head(gettext("권한"), TEXT), lambda held: ", ".join(titles.scope(code) for code in sorted(held[0].scopes))),
        (wide(gettext("담당 프로그램")), lambda held: _bound(held[0].programs)),
        (Head(gettext("상태")), lambda held: titles.key_state(held[1])),
        (Head(gettext("만든 때"), WHEN), lambda held: moment(held[0].created_at)),
        (Head(gettext("만료일"), WHEN), lambda held: moment(held[0].expires_at)),
        (Head(gettext("마지막으로 쓴 때"), WHEN), lambda held: moment(held[0].last_used_at)),
        (Head(gettext("폐기한 때"), WHEN), lambda held: moment(held[0].revoked_at)),
    )


def _id(title: str) -> Head:
    return Head(title, WHEN, is_code=True)


def _of_reply(found: Objection, name: str) -> Any:
    """One value of an objection's answer, None while there is no answer."""
    return getattr(found.reply, name) if found.reply else None


def _bound(programs: frozenset[str] | None) -> str:
    return ", ".join(sorted(programs)) if programs else gettext("모두")


def _named(program: Program | None) -> str | None:
    return local.name(program) if program else None
