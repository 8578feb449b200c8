"""The rounds' lists as tables of a workbook: as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model.rounds.lists import NOBODY
from service.actions.rounds.lists import Listed
from service.console.matching.sheets import coded, moment, tabled, wide
from service.console.records.record_sheets import WHEN
from service.console.rounds.labels import RecordNames
from service.console.wire.language import gettext
from service.files.exporters.table import ColumnHead, ExportTable
from service.storage.rounds.rounds import StoredRound


def rounds(records: Iterable[StoredRound]) -> ExportTable:
    """The list of rounds."""
    return tabled(
        gettext("선정 회차"),
        records,
        (ColumnHead(gettext("회차 번호"), WHEN, is_code=True), lambda stored: stored.id),
        (wide(gettext("회차")), lambda stored: stored.name),
        (ColumnHead(gettext("기준일")), lambda stored: stored.on),
        (ColumnHead(gettext("프로그램")), lambda stored: len(stored.programs)),
        (ColumnHead(gettext("실행한 사람")), lambda stored: stored.actor_name),
        (ColumnHead(gettext("실행일시"), WHEN), lambda stored: moment(stored.created_at)),
    )


def lists(
    startups: Sequence[str], programs: Sequence[str], spread_lists: Listed, record_names: RecordNames
) -> ExportTable:
    """The lists of programs for a round's startups, a row for each place; ids stand by row and column of the lists."""
    places = [
        (startup, place, programs[column])
        for startup, row in zip(startups, spread_lists.lists.columns.tolist(), strict=True)
        for place, column in enumerate((column for column in row if column != NOBODY), start=1)
    ]
    return tabled(
        gettext("기업별 목록"),
        places,
        (coded("startup_id"), lambda line: line[0]),
        (wide(gettext("기업")), lambda line: record_names.startup(line[0])),
        (ColumnHead(gettext("순위")), lambda line: line[1]),
        (coded("program_id"), lambda line: line[2]),
        (wide(gettext("볼 프로그램")), lambda line: record_names.program(line[2])),
    )
