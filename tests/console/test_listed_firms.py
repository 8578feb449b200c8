"""A firm on a list from outside is marked in red wherever a list names it: each row of every page is walked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from flask import Flask

from service.identity import UserRole
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.console.browsers import signed_in
from tests.console.pages import APPLICATION, OF_ROUND, PAGES, apply
from tests.service import given
from tests.service.rounds.test_rounds import OPEN_CALLS, start
from tests.support.workbooks import sheets

MARK = "협약 제한 목록"
ROWS = re.compile(r"<tr>.*?</tr>|<li class=\"match\">.*?</ol>", re.S)
NAMED_ELSEWHERE = ("listings", "decisions/together")
"""Pages that are about the lists themselves."""


@pytest.fixture(scope="module")
def app(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    made = given.application(tmp_path_factory.mktemp("listed"), registry)
    apply(made.extensions[KEY])
    made.test_client_class = given.Keyed
    made.config["TEST_KEY"] = given.key(made, UserRole.ADMIN)
    return made


def unmarked(text: str, name: str) -> list[str]:
    """The rows that name a firm as their subject and do not mark it."""
    rows = (part for row in ROWS.findall(text) for part in row.split('<li class="match">'))
    heads = (row for row in rows if re.search(rf"<(?:th|h3)[^>]*>(?:<[^>]*>)*{re.escape(name)}<", row))
    return [row[:300] for row in heads if MARK not in row]


def test_every_row_that_names_a_listed_firm_marks_it(app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    name = wired.startups.one(APPLICATION.startup_id).record.name
    assert name
    ran = start(app.test_client(), name="2026")["id"]
    rounds = [f"rounds/{ran}{path}".replace("{program}", OPEN_CALLS[0]) for path in OF_ROUND]
    programs = [f"programs/{program}?limit=25&ineligible=1&known=1" for program in OPEN_CALLS]
    client, named = signed_in(app, UserRole.MANAGER), 0
    for path in (*PAGES, *rounds, *programs):
        answer = client.get(f"/console/ko/{path}", follow_redirects=False)
        if answer.status_code == 200 and not path.startswith(NAMED_ELSEWHERE):
            assert unmarked(answer.text, name) == [], path
            named += name in answer.text and MARK in answer.text
    assert named >= 5


EXPORTS = (
    "startups",
    "startups/s-0001",
    "decisions",
    f"programs/{APPLICATION.program_id}/exclusions",
    f"programs/{OPEN_CALLS[0]}?limit=25&ineligible=1&known=1",
    "comparison?startup=s-0001&startup=s-0002&program=majung-2026",
    "applications",
    "objections",
    "reports",
    "rounds/{round}/lists",
    "rounds/{round}",
)
BARS, FIRM, RED = "협약 제한 목록", APPLICATION.startup_id, "FFB3261E"


def rows_of(content: bytes) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """Each row of a workbook as its cells' texts and whether they are red, after the name of its sheet's part."""
    book = ZipFile(BytesIO(content))
    styles = ElementTree.fromstring(book.read("xl/styles.xml"))
    fonts = [RED in ElementTree.tostring(font).decode() for font in styles.iterfind("{*}fonts/{*}font")]
    reds = [fonts[int(style.attrib["fontId"])] for style in styles.iterfind("{*}cellXfs/{*}xf")]
    shared = ["".join(item.itertext()) for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
    for name in book.namelist():
        if name.startswith("xl/worksheets/sheet"):
            for row in ElementTree.fromstring(book.read(name)).iterfind("{*}sheetData/{*}row"):
                texts = [(cell, "".join(cell.itertext())) for cell in row]
                yield (
                    name,
                    [
                        (shared[int(text)] if cell.get("t") == "s" else text, reds[int(cell.get("s", "0"))])
                        for cell, text in texts
                    ],
                )


def test_every_row_of_an_export_that_holds_a_listed_firm_marks_it(app: Flask) -> None:
    ran, marked = start(app.test_client(), name="2026")["id"], 0
    for path in EXPORTS:
        data = {"reason": "점검을 위한 자료"}
        answer = app.test_client().post(f"/console/ko/{path.replace('{round}', ran)}", data=data)
        assert answer.status_code == 200, path
        for name, cells in rows_of(answer.data):
            reds = [is_red for text, is_red in cells if text == FIRM]
            marked += bool(reds)
            if path.startswith("comparison"):  # a column, not a row, for each firm
                continue
            assert all(reds), (path, name)
            says_so = any(BARS in text for text, _ in cells)
            assert not reds or says_so or path in ("startups", "reports"), (path, name)
    assert marked >= 5


def test_a_comparison_says_which_of_its_columns_is_a_listed_firm(app: Flask) -> None:
    path = f"comparison?startup={FIRM}&startup=s-0002&program=majung-2026"
    answer = app.test_client().post(f"/console/ko/{path}", data={"reason": "점검을 위한 자료"})
    rows = next(iter(sheets(answer.data).values()))
    place = next(row.index(FIRM) for row in rows if FIRM in row)
    assert [[at for at, cell in enumerate(row) if cell == BARS] for row in rows if BARS in row] == [[place]]


TEMPLATES = Path("service/console/templates")
A_FIRM = re.compile(r"(?:record_names\.startup\(([\w.]+)\)|url_for\('console\.startups\.one', startup_id=([\w.]+))")


def test_every_row_of_a_template_that_leads_to_a_firm_marks_it() -> None:
    rows = [
        (path.name, row)
        for path in sorted(TEMPLATES.rglob("*.html"))
        for row in re.findall(r"<th scope=\"row\".*?</th>", path.read_text("utf-8"), re.S)
    ]
    firms = [(name, row) for name, row in rows if A_FIRM.search(row)]
    assert len(firms) >= 6
    assert [
        name for name, row in firms if "parts.bar(" not in row and "own." not in row and name != "listing.html"
    ] == []
