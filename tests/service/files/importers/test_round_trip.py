"""What is exported is inert in a spreadsheet program and comes back as it was."""

from __future__ import annotations

import csv
import io
import random
import shutil
import subprocess
import unicodedata
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given as law
from hypothesis import settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from model.domain import Conflict, Participation, ParticipationStatus, Program, Startup
from service.files.columns.formulas import guarded, unguarded
from service.files.exporters import profiles, separated, workbook
from service.files.exporters.table import About, ColumnHead, ExportTable
from tests.service import given
from tests.service.files.importers.test_tables import read, stored

ABOUT = About("안내", (("사유", "=시험"),), given.NOON)
WAYS = ("csv", "xlsx")
STARTS = st.sampled_from(
    ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'", "''=", " =", "\u200b=", "", "a", "가"]
)
TEXTS = st.builds(lambda start, rest: unicodedata.normalize("NFC", start + rest), STARTS, st.text(max_size=12)).filter(
    lambda text: text.strip() and not any(c in text for c in "\0\ufffd\ufffe\uffff")
)
"""Texts that begin in every way that a spreadsheet program takes for a formula, and others."""


def written(table: ExportTable, way: str) -> bytes:
    return separated.written(table) if way == "csv" else workbook.written([table], ABOUT)


def many_texts() -> list[str]:
    """Five thousand texts: every beginning that is taken for a formula, behind marks and blanks, before anything."""
    chance = random.Random(7)
    starts = [
        a + b + c for a in ("", "'", " ", "\u200b", "\t") for b in ("", "'", "\n", " ") for c in "=+-@＝＋－＠\t\ra가'"
    ]
    rests = [
        "",
        "1+1",
        "cmd|' /C calc'!A0",
        'HYPERLINK("x")',
        "이음",
        'a;b,c\t"d"',
        "_x0041_",
        "\r\n=1",
        "\x01",
        "漢😀",
    ]
    texts = [chance.choice(starts) + "".join(chance.choices(rests, k=2)) for _ in range(6_000)]
    return [unicodedata.normalize("NFC", text) for text in texts if text.strip()][:5_000]


@pytest.mark.parametrize("way", WAYS)
def test_five_thousand_texts_come_back_as_they_were(way: str) -> None:
    texts = many_texts()
    startups = [Startup(f"s-{n}", name=text) for n, text in enumerate(texts)]
    raw = written(profiles.table("startups", "기업", startups, "ko"), way)

    assert len(texts) == 5_000
    assert [record.name for record in stored(read(raw)).values()] == texts


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=15)
@law(texts=st.lists(TEXTS, min_size=10, max_size=20))
def test_every_text_comes_back_as_it_was(texts: list[str], way: str) -> None:
    startups = [Startup(f"s-{n}", name=text) for n, text in enumerate(texts)]
    raw = written(profiles.table("startups", "기업", startups, "ko"), way)

    assert [record.name for record in stored(read(raw)).values()] == texts


@law(st.text())
def test_marking_and_unmarking_undo_each_other(text: str) -> None:
    assert unguarded(guarded(text)) == text


@law(TEXTS)
def test_no_cell_of_a_csv_begins_like_a_formula(text: str) -> None:
    raw = separated.written(ExportTable("t", (ColumnHead("h"),), ((text,),)))
    cell = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))[1][0]

    assert cell.lstrip("\u200b \t\r\n")[:1] not in "=+-@＝＋－＠" or cell.startswith("'")


@law(TEXTS)
@settings(max_examples=20)
def test_no_workbook_holds_a_formula(text: str) -> None:
    raw = workbook.written([ExportTable("t", (ColumnHead(text),), ((text,),))], ABOUT)
    sheet = ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet1.xml")

    assert b"<f>" not in sheet
    assert b"<f " not in sheet


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_bundled_catalogue_comes_back_as_it_was(way: str, language: str) -> None:
    for kind, found in (("startups", given.startups()), ("programs", given.programs())):
        raw = written(profiles.table(kind, kind, found, language), way)

        assert stored(read(raw, kind)) == {record.id: record for record in found}


@pytest.mark.parametrize("way", WAYS)
def test_facts_that_are_hard_to_write_come_back(way: str) -> None:
    startup = Startup(
        "0012",
        name="가" * 32_000,
        technologies=("a;b", "CI/CD", "-", "[x]"),
        industry="01110",
        founded_on=date(1900, 1, 1),
        region="11",
        revenue_krw=10**18,
        history=(Participation("두 낱말 2025", 2024, ParticipationStatus.RUNNING),),
        business_number="001-02-00003",
    )
    program = Program("p", not_together_with=(Conflict("a (b)", ParticipationStatus.AGREED),), max_age_years=0)

    assert stored(read(written(profiles.table("startups", "s", [startup], "ko"), way)))["0012"] == startup
    assert stored(read(written(profiles.table("programs", "p", [program], "en"), way)))["p"] == program


def test_a_workbook_keeps_dates_as_dates_and_codes_as_text() -> None:
    startup = Startup("0012", founded_on=date(2026, 1, 31), business_number="0012200003", employees=3)
    table = profiles.table("startups", "기업", [startup], "ko")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook.written([table], ABOUT))).get_sheet_by_name("기업")
    cells = dict(zip(*sheet.to_python(), strict=True))

    assert (cells["기업 ID"], cells["개업(설립)일"], cells["사업자등록번호"]) == (
        "0012",
        date(2026, 1, 31),
        "0012200003",
    )
    assert cells["종업원 수"] == 3.0


def test_the_same_table_gives_the_same_bytes() -> None:
    table = profiles.table("startups", "기업", given.startups(), "ko")

    assert workbook.written([table], ABOUT) == workbook.written([table], ABOUT)


def test_the_workbook_says_what_it_is_on_its_last_sheet() -> None:
    reading = read(workbook.written([profiles.table("startups", "기업", given.startups(), "en")], ABOUT))

    assert (reading.format, reading.sheet) == ("xlsx", "기업")


@pytest.mark.parametrize("name", ["가\u000b나", "\x1f", "a/b:c*?[d]'", "\ufffe가", "가" * 40])
def test_a_sheet_has_a_name_that_xml_and_excel_take(name: str) -> None:
    raw = workbook.written([ExportTable(name, (ColumnHead("h"),), (("x",),))], ABOUT)

    assert CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python() == [["h"], ["x"]]


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not here, so no export is saved again by it")
@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_export_that_a_spreadsheet_program_saved_again_changes_nothing(tmp_path: Path, language: str) -> None:
    sides = {"startups": given.startups(), "programs": given.programs()}
    for kind, found in sides.items():
        raw = workbook.written([profiles.table(kind, kind, found, language)], ABOUT)
        (tmp_path / f"{kind}.xlsx").write_bytes(raw)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    files = [str(tmp_path / f"{kind}.xlsx") for kind in sides]
    command = [str(OFFICE), home, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)

    for kind, found in sides.items():
        reading = read((tmp_path / "saved" / f"{kind}.xlsx").read_bytes(), kind)
        assert stored(reading) == {record.id: record for record in found}
