"""Pages as they leave the service: in either language, small, without inline code, under a strict policy."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.console.pages import PAGES

MOST_BYTES = 60_000


class Shown(HTMLParser):
    """Text that an English page says in Korean though nothing marks it as Korean; attributes that carry code."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.unmarked: list[str] = []
        self.inline: list[str] = []
        self._open: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inline += [f"{tag} {key}" for key in given if key == "style" or key.startswith("on")]
        self.inline += [tag] if tag in ("script", "style") and not given.get("src") else []
        if tag not in ("meta", "link", "input", "br", "hr", "img"):
            self._open.append((tag, given.get("lang")))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        languages = [language for tag, language in self._open if language or tag == "title"]
        if re.search("[가-힣]", data) and (not languages or languages[-1] == "en"):
            self.unmarked.append(data.strip())


def shown(text: str) -> Shown:
    found = Shown()
    found.feed(text)
    return found


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_small_and_carries_no_inline_code(client: FlaskClient, path: str, language: str) -> None:
    answer = client.get(f"/console/{language}/{path}")
    text = answer.get_data(as_text=True)

    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert f'<html lang="{language}"' in text
    assert len(answer.data) <= MOST_BYTES
    assert shown(text).inline == []


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_of_a_page_allows_nothing_inline_and_no_other_host(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/console/ko/{path}")
    policy = answer.headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'")
    assert not re.search(r"unsafe|\*|https?:|data:", policy)
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", answer.get_data(as_text=True))


def test_an_english_page_is_english_and_marks_what_is_said_in_korean(client: FlaskClient) -> None:
    unmarked = [text for path in PAGES for text in shown(client.get(f"/console/en/{path}").text).unmarked]

    assert unmarked == []


def test_a_failure_is_a_page_with_advice_in_the_readers_language(client: FlaskClient) -> None:
    for language, said in (("ko", "요청 번호"), ("en", "Request")):
        answer = client.get(f"/console/{language}/startups/none")

        assert answer.status_code == 404
        assert said in answer.text
        assert "Content-Security-Policy" in answer.headers


def test_an_address_that_is_not_there_is_a_page_too(client: FlaskClient) -> None:
    answer = client.get("/console/ko/nowhere/at/all")

    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "/api/" not in answer.text


@pytest.mark.parametrize(("asked", "language"), [("en-GB,en;q=0.9", "en"), ("ko-KR", "ko"), ("fr", "ko")])
def test_the_entrance_leads_to_the_language_of_the_browser(client: FlaskClient, asked: str, language: str) -> None:
    answer = client.get("/", headers={"Accept-Language": asked})

    assert answer.location == f"/console/{language}/"


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "/\\example.org", "/console/\\x", ""])
def test_choosing_the_contrast_never_leads_elsewhere(client: FlaskClient, back: str) -> None:
    answer = client.get("/console/ko/display/high-contrast", query_string={"back": back})

    assert answer.location == "/console/ko/"
    assert "contrast=high-contrast" in answer.headers["Set-Cookie"]


def test_a_static_file_is_kept_only_under_its_present_digest(client: FlaskClient) -> None:
    address = re.search(r'href="([^"]*console\.css)"', client.get("/console/ko/startups").text)
    assert address
    fresh, stale = client.get(address[1]), client.get("/console/static/0000/console.css")

    assert "immutable" in fresh.headers["Cache-Control"]
    assert "immutable" not in stale.headers["Cache-Control"]


def test_a_script_that_asks_for_the_results_gets_them_alone(client: FlaskClient) -> None:
    answer = client.get("/console/ko/startups?q=ai", headers={"HX-Request": "true"})

    assert answer.text.lstrip().startswith('<div id="results"')


def test_the_criteria_are_open_to_everybody_and_the_papers_leave_open_what_a_person_knows(app: Flask) -> None:
    anybody = app.test_client(key=None)
    shown_to_all = {language: anybody.get(f"/console/{language}/criteria") for language in ("ko", "en")}
    papers = app.test_client().get("/console/ko/criteria/papers").text

    assert [answer.status_code for answer in shown_to_all.values()] == [200, 200]
    assert all(answer.text.count('<h2 id="item-') == 5 for answer in shown_to_all.values())
    assert "30일 안에 답합니다" in shown_to_all["ko"].text
    assert papers.count("담당자가 적을 것") == 7
    assert "v1" in papers
    assert anybody.get("/console/ko/criteria/papers").status_code == 303


HELPLESS = ("sign-in", "help")
"""The guide is all help, and whoever signs in is told what to do."""


@pytest.mark.parametrize("path", [path for path in PAGES if path not in HELPLESS])
def test_every_page_says_what_it_is_for_without_a_script(client: FlaskClient, path: str) -> None:
    text = client.get(f"/console/en/{path}").text

    assert '<details class="help"><summary>Help for this page</summary>' in text


def test_the_guide_explains_every_term_that_a_page_explains(client: FlaskClient) -> None:
    guide = client.get("/console/ko/help").text
    terms = {
        term for path in PAGES for term in re.findall("<dt>([^<]+)</dt><dd>[^<]{30,}</dd>", shown_help(client, path))
    }

    assert len(terms) > 8
    assert [term for term in terms if f"<dt>{term}</dt>" not in guide] == []


def shown_help(client: FlaskClient, path: str) -> str:
    return client.get(f"/console/ko/{path}").text.partition('<details class="help">')[2].partition("</details>")[0]
