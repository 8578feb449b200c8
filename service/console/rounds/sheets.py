"""The rounds' lists as tables of a workbook: as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model.rounds.lists import NOBODY
from service.actions.rounds.lists import Listed
from service.console.matching.sheets import coded, moment, tabled, wide
from service.console.records.record_sheets import WHEN
from service.console.rounds.told import Called
from service.console.wire.language import gettext
from service.files.exporters.table import Head, Table
from service.storage.rounds.rounds import Stored


def rounds(found: Iterable[Stored]) -> Table:
    """The list of rounds."""
    return tabled(
        gettext("선정 회차"),
        found,
        (Head(gettext("회차 번호"), WHEN, is_code=True), lambda one: one.id),
        (wide(gettext("회차")), lambda one: one.name),
        (Head(gettext("기준일")), lambda one: one.on),
        (Head(gettext("프로그램")), lambda one: len(one.programs)),
        (Head(gettext("실행한 사람")), lambda one: one.actor_name),
        (Head(gettext("실행한 때"), WHEN), lambda one: moment(one.created_at)),
    )


def lists(startups: Sequence[str], programs: Sequence[str], made: Listed, called: Called) -> Table:
    """The lists of programs for a round's startups, a row for each place; ids stand by row and column of the lists."""
    places = [
        (startup, place, programs[column])
        for startup, row in zip(startups, made.lists.columns.tolist(), strict=True)
        for place, column in enumerate((column for column in row if column != NOBODY), start=1)
    ]
    return tabled(
        gettext("기업별 목록"),
        places,
        (coded("startup_id"), lambda one: one[0]),
        (wide(gettext("기업")), lambda one: called.startup(one[0])),
        (Head(gettext("순위")), lambda one: one[1]),
        (coded("program_id"), lambda one: one[2]),
        (wide(gettext("볼 프로그램")), lambda one: called.program(one[2])),
    )
