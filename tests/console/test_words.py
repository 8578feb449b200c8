"""A walk over all pages in Korean: no word of the API, no code, no UTC stamp, no English sentence."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.identity import UserRole
from tests.console.browsers import fields, signed_in
from tests.console.pages import OF_ROUND
from tests.console.test_forms import every_page
from tests.console.test_rounds import send
from tests.service.rounds.test_round_sheets import filled_in
from tests.service.rounds.test_rounds import OPEN_CALLS

READ_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
ALONE = r"(?<![A-Za-z]){}(?![A-Za-z])"
REPLACED = (
    *(
        "기업 사양",
        "남기기",
        "받아들이지 않음",
        "까닭",
        "사람이 살펴볼 일",
        "쓰고 있는 모델",
        "보일 수",
        "마감 상시",
        "미상",
        "한·영 의미",
    ),
    *(
        "노출 현황",
        "관심을 나누는",
        "수급 가격",
        "노출 상한",
        "받은 몫",
        "자리를 얻음",
        "자리를 잃음",
        "안정 배정에서",
        "총점 최대",
    ),
    *("나중에 서류로", "행위자", "끝 해시", "사이띄개", "낱말 풀이", "자료의 변화", "열람자", "전자우편", "첫 관리자"),
)
FAULTS = {
    "a code": re.compile(r"(?<![A-Za-z])[a-z]+_[a-z_]+"),
    "an instant": re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d|\+00:00|UTC|\d\d:\d\d:\d\d"),
    "a word of the API": re.compile(
        ALONE.format("(?:errors|reasons|checks|If-Match|ETag|Idempotency|Retry-After|Bearer|multipart|JSON|null|None)")
        + r"|/api/|(?:GET|POST|PUT|PATCH|DELETE) /"
    ),
    "English": re.compile(r"(?:\b[A-Za-z]+ ){3,}[A-Za-z]+\b"),
    "words that were replaced": re.compile("|".join(map(re.escape, REPLACED))),
}
QUOTED = re.compile("‘[^’]*’|\\([^)]*\\)")
"""What a page quotes from a profile is in the profile's language."""

OF_IMPORTS = "/imports"
"""Pages whose own words for formats, such as JSON, are those of the files that they take."""


class ReadText(HTMLParser):
    """What a page says in Korean: its text and read attributes, without what is English or printed only."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        stated = dict(attrs)
        is_apart = stated.get("lang") == "en" or tag in ("script", "style") or "printed" in (stated.get("class") or "")
        if not (is_apart or any(apart for _, apart in self._open)):
            self.texts += [value for name in READ_ATTRIBUTES if (value := stated.get(name))]
        if tag not in ("meta", "link", "input", "br", "hr", "img"):
            self._open.append((tag, is_apart))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(apart for _, apart in self._open):
            self.texts.append(data.strip())


def faults(page: str, text: str) -> Iterator[str]:
    reader = ReadText()
    reader.feed(text)
    for said in reader.texts:
        for kind, wrong in FAULTS.items():
            is_format = OF_IMPORTS in page and kind == "a word of the API" and "JSON" in said
            if wrong.search(QUOTED.sub("", said) if kind == "English" else said) and not is_format:
                yield f"{page}: {kind}: {said[:120]}"


@pytest.fixture
def browser(own_app: Flask) -> FlaskClient:
    return signed_in(own_app, UserRole.ADMIN)


def test_no_page_in_korean_holds_a_code_a_word_of_the_api_a_utc_stamp_or_english(
    browser: FlaskClient, own_app: Flask
) -> None:
    path = send(browser).location
    token = fields(browser.get(path).text)["csrf_token"]
    raw = browser.post(path, data={"csrf_token": token, "reason": "평가"}).data
    file = (io.BytesIO(filled_in(raw, lambda line, number: 90 - line - number)), "평가.xlsx")
    scored = browser.post(f"{path}/scores", data={"csrf_token": token, "file": file, "machine": "30"}).location
    of_round = [path + part.format(program=OPEN_CALLS[0]) for part in OF_ROUND]
    pages = [
        *every_page(browser, own_app),
        scored,
        *of_round,
        f"/console/ko/decisions/together?round={path.split('/')[-1]}",
    ]
    wrong = [fault for page in pages for fault in faults(page, browser.get(page).text)]

    assert len(pages) > 50
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize(
    "said",
    [
        "startup_id:s-0001",
        "2026-11-30T06:49:18",
        "errors에 열거된",
        "this is an English sentence",
        "첫 관리자",
        "GET /x",
    ],
)
def test_each_kind_of_fault_is_seen(said: str) -> None:
    assert list(faults("/", f"<p>{said}</p>")) != []
    assert list(faults("/", f'<p lang="en">{said}</p>')) == []
