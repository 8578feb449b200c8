"""The law of imports: what stands in any non-empty cell, row, sheet or heading is in a record, in a fault or in a note.

Files are generated for every importer. `make test-nothing-lost` tries 2,000.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
import xlsxwriter
from hypothesis import given as law
from hypothesis import settings
from hypothesis import strategies as st

from model.domain import Startup
from model.faults import Fault
from model.snapshot import rows
from service.actions.rounds import interests, score_round
from service.actions.rounds.sheets import FIXED
from service.errors import ServiceError
from service.files.importers.formats import grids, isolation
from service.files.importers.records import FileReading
from service.wording import rounds as words
from service.wording.pairs import said
from tests.service.files.importers.test_tables import read

FILES = int(os.environ.get("IEUM_TEST_FILES", "40"))
HEADINGS = {
    "startups": [
        "기업명",
        "소재지",
        "설립일",
        "매출액(단위: 백만원)",
        "종업원 수",
        "업종 코드",
        "기업 구분",
        "핵심 기술",
        "매출액(USD)",
    ],
    "programs": [
        "프로그램명",
        "대상 지역",
        "접수 마감일",
        "마감 시각",
        "모집 규모",
        "최대 업력",
        "지원 내용",
        "지원금 상한(억원)",
    ],
    "outcomes": ["일자"],
}
KEYS = {"startups": ["기업 ID"], "programs": ["프로그램 ID"], "outcomes": ["기업 ID", "프로그램 ID", "진행 결과"]}
STRANGE = ["비고", "담당자 연락처", "", "소재지(공장)", "연번"]
CELLS = [
    "",
    "",
    " ",
    "-",
    "미상",
    "가나다",
    "5 10",
    "2026/1/3 10:00",
    "서울 강남구",
    "경북 포황",
    "1_0",
    "1,204",
    "합계",
    "N/A",
    "0",
]
ABOVE = [["2026년 신청 현황"], ["(단위: 백만원)"], ["작성: 지원팀", "", "대외비"]]
BELOW = [["합계", "", "12"], ["※ 출처: 어느 기관"], ["평균", "3.5"], ["- 이하 여백 -"], ["", "", "흘린 값"]]
MARK = "표식"


@dataclass
class Sheet:
    """A sheet as it is generated: rows of cells, merged ranges (first and last row, column), whether it is hidden."""

    name: str
    table: list[list[str]]
    merges: list[tuple[int, int, int]] = field(default_factory=list)
    is_hidden: bool = False


def made(chance: random.Random, kind: str) -> list[Sheet]:
    """Sheets as offices write them: titles above, remarks below, strange columns, merged cells, other sheets."""
    heads = [*KEYS[kind], *chance.sample(HEADINGS[kind], chance.randint(0, len(HEADINGS[kind])))]
    heads += chance.sample(STRANGE, chance.randint(0, 3))
    if chance.random() < 0.5:
        chance.shuffle(heads)
    table = [list(row) for row in chance.sample(ABOVE, chance.randint(0, 2))]
    begin = len(table) + 1
    table.append(heads)
    for n in range(chance.randint(1, 6)):
        table.append([_key(chance, head, n) if head in KEYS[kind] else _cell(chance) for head in heads])
    merges = []
    if len(table) - begin > 1 and chance.random() < 0.4:
        column = chance.randrange(len(heads))
        table[begin + 1][column] = ""
        merges.append((begin, begin + 1, column))
    table += [list(row) for row in chance.sample(BELOW, chance.randint(0, 2))]
    sheets = [Sheet("자료", table, merges)]
    for name in chance.sample(["메모", "옛 자료", "코드"], chance.randint(0, 2)):
        other = Sheet(name, [[MARK + name, "값"]], is_hidden=chance.random() < 0.5)
        sheets.insert(0 if other.is_hidden else len(sheets), other)
    return sheets


def _key(chance: random.Random, head: str, n: int) -> str:
    if head == "진행 결과":
        return chance.choice(["선정", "탈락", "모름"])
    return chance.choice([f"x-{n}", f"x-{n}", f"{n:05d}", "", "x-\u200b1"])


def _cell(chance: random.Random) -> str:
    return chance.choice(CELLS) if chance.random() < 0.7 else f"{MARK}{chance.randrange(10**6)}"


def as_csv(sheets: Sequence[Sheet]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(next(sheet for sheet in sheets if sheet.name == "자료").table)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for line, cells in enumerate(sheet.table):
                for column, cell in enumerate(cells):
                    if cell:
                        page.write_string(line, column, cell)
            for first, last, column in sheet.merges:
                page.merge_range(first, column, last, column, sheet.table[first][column])
            if sheet.is_hidden:
                page.hide()
        next(p for p in book.worksheets() if not p.hidden).activate()
    return out.getvalue()


def lost(sheets: Iterable[Sheet], reading: FileReading) -> list[tuple[str, int, str]]:
    """The cells of which nothing says anything: place and text."""
    told = [*reading.faults, *reading.notes]
    lines = {row.line: json.dumps(rows.plain(row.record), ensure_ascii=False) for row in reading.rows}
    read_columns = {column.heading for column in reading.columns if column.field}
    silent = []
    for sheet in sheets:
        if sheet.name != (reading.sheet or "자료"):
            if not any("sheet_left_out" in note.code and note.field == sheet.name for note in told):
                silent.append((sheet.name, 0, "sheet"))
            continue
        heads = next((n for n, row in enumerate(sheet.table) if set(row) >= set(KEYS[reading.kind])), 0)
        for line, cells in enumerate(sheet.table, 1):
            for place, cell in enumerate(cells):
                if cell.strip() and not _is_told(
                    cell.strip(), line, place, told, lines, sheet.table[heads], read_columns, heads
                ):
                    silent.append((sheet.name, line, cell))
    return silent


def _is_told(
    cell: str,
    line: int,
    place: int,
    told: Sequence[Fault],
    lines: dict[int, str],
    heads: Sequence[str],
    read_columns: set[str],
    head_line: int,
) -> bool:
    """In a record of its line under a heading that was read, in a fault or note of its line, or its column is named."""
    heading = heads[place].strip() if place < len(heads) else ""
    if line == head_line + 1:
        return cell in read_columns or any(cell in (note.value, note.field) for note in told)
    if any(fault.line == line for fault in told if fault.code not in ("column_without_heading", "says_unknown")):
        return True
    if heading and any(note.value == heading for note in told):
        return True
    if not heading and any(
        note.code == "column_without_heading" and note.field == grids.letter(place) for note in told
    ):
        return True
    if any(fault.line == line and cell.startswith(fault.value.rstrip("…")) for fault in told):
        return True
    return line in lines and heading in read_columns


@pytest.mark.parametrize("kind", list(KEYS))
@pytest.mark.parametrize("written", [as_csv, as_xlsx])
def test_no_cell_of_a_table_is_lost(kind: str, written: Callable[[Sequence[Sheet]], bytes]) -> None:
    for seed in range(FILES // 4):
        sheets = made(random.Random(f"{kind}{seed}"), kind)
        try:
            reading = read(written(sheets), kind)
        except ServiceError:
            continue  # refused whole, with what is wrong
        own = [sheet for sheet in sheets if written is as_xlsx or sheet.name == "자료"]
        assert lost(own, reading) == [], (seed, [sheet.table for sheet in own])


VALUES = st.one_of(
    st.just(""),
    st.none(),
    st.sampled_from(["표식1", "2026-01-02 ~ 2026-02-28", "상시", "중소기업", "서울", "수출@기술"]),
)
ITEMS = {
    "kstartup": [
        "biz_pbanc_nm",
        "pbanc_ctnt",
        "supt_biz_clsfc",
        "supt_regin",
        "aply_excl_trgt_ctnt",
        "pbanc_rcpt_end_dt",
        "new_field",
    ],
    "bizinfo": [
        "pblancNm",
        "bsnsSumryCn",
        "trgetNm",
        "reqstBeginEndDe",
        "pldirSportRealmLclasCodeNm",
        "hashtags",
        "refrncNm",
    ],
    "mss": ["title", "dataContents", "applicationStartDate", "applicationEndDate", "writerName", "fileName"],
}
NUMBERS = {"kstartup": "pbanc_sn", "bizinfo": "pblancId", "mss": "itemId"}


@pytest.mark.parametrize("service", list(ITEMS))
@settings(max_examples=FILES, deadline=None)
@law(data=st.data())
def test_no_value_of_a_public_answer_is_lost(service: str, data: st.DataObject) -> None:
    item = {key: data.draw(VALUES) for key in ITEMS[service]} | {NUMBERS[service]: "7"}
    answer: Any = {"data": [item]} if service == "kstartup" else {"jsonArray": [item]}
    reading = read(orjson.dumps(answer))
    told = json.dumps([rows.plain(row.record) for row in reading.rows], ensure_ascii=False)
    told += " ".join(f"{note.field} {note.value}" for note in (*reading.notes, *reading.faults))

    for key, value in item.items():
        words_of = value.replace(" ~ ", "@").split("@") if value else []
        for word in words_of:
            known = {
                "상시": "always_open",
                "중소기업": "micro_enterprise",
                "서울": "11",
                "수출": "overseas",
                "기술": "funding",
            }
            assert word in told or known.get(word, word) in told or key in told, (key, word)


@settings(max_examples=FILES, deadline=None)
@law(
    st.lists(
        st.tuples(
            st.sampled_from(["김가나", "", "이다라"]),
            st.sampled_from(["가", "없는기업", ""]),
            st.sampled_from(["친족", ""]),
        ),
        max_size=5,
    )
)
def test_no_line_of_a_list_of_interests_is_lost(lines: list[tuple[str, str, str]]) -> None:
    table = [["제척 명단"], ["평가위원", "기업명", "사유", "연락처"], *([*line, MARK] for line in lines)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(isolation, "_run", _within)
        try:
            found = interests.read(as_xlsx([Sheet("자료", table)]), [Startup("s-1", "가")], [])
        except ServiceError as refused:
            if refused.code != "no_interests":
                raise
            return
    whole = sum(1 for evaluator, startup, _ in lines if evaluator and startup)
    left_out = [note for note in found.notes if note.code == "row_left_out"]

    assert len(found.interests) + len(found.unknown) == whole
    assert len(left_out) == len(lines) - whole
    assert [note.value for note in found.notes if note.code == "row_above"] == ["제척 명단"]
    assert not whole or any(note.code == "column_left_out" for note in found.notes)


@settings(max_examples=FILES, deadline=None)
@law(st.data())
def test_no_score_is_lost(data: st.DataObject) -> None:
    fixed = [said(words.HEADINGS, code, "ko") for code in FIXED]
    names = data.draw(st.lists(st.sampled_from(["이다라", "", "합계", "마바사"]), max_size=3, unique=True))
    heads = [*fixed, *names, said(words.HEADINGS, "comment", "ko"), *data.draw(st.sampled_from([[], ["기타"]]))]
    if data.draw(st.booleans()):
        heads.insert(data.draw(st.integers(0, len(fixed))), "끼운 열")
    line = [
        "p-1" if h == fixed[0] else "s-1" if h == fixed[1] else "" if h in fixed else str(40 + n)
        for n, h in enumerate(heads)
    ]
    title = data.draw(st.sampled_from([[], [["평가표"]]]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(isolation, "_run", _within)
        try:
            scores, notes = score_round.read(as_xlsx([Sheet("자료", [*title, heads, line])]))
        except ServiceError as refused:
            if refused.code != "no_scores":
                raise
            return
    told = {score.units // 10_000 for score in scores if score.units is not None} | {
        int(note.value) for note in notes if note.value.isdecimal()
    }

    assert {int(cell) for cell in line if cell.isdecimal()} <= told
    assert not title or any(note.code == "row_above" for note in notes)
    assert not any(grids.is_total(score.evaluator) for score in scores)


def _within(raw: bytes, options: str) -> bytes:
    """Read in this process: what the sealed one is for, the hostile files show."""
    from service.files.importers.formats import sealed

    out = io.BytesIO()
    sealed.answer(raw, json.loads(options), out)
    return out.getvalue()
