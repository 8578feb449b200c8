"""The model card and the tables show what was measured, in both languages, and nothing from outside."""

import io
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from rich.console import Console

from model.blocks.track_record import TEACHING
from tests.support import bundled
from tests.training.given import snapshot
from tests.training.plain import TEXTS, Plain
from training import report
from training.evaluation import StudyPlan, evaluate
from training.report import wording

REGIONS = bundled.vocabularies().codes.regions
EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def thorough():
    return evaluate(snapshot(60), Plain(bundled.vocabularies()), StudyPlan(date(2026, 11, 22), thorough=True), TEXTS)


@pytest.fixture(scope="module")
def cards(thorough):
    identity = report.Identity("2026.11.22-abc123", "2026-11-22T00:00:00+00:00", EVIL, ("관문 문장",))
    return {language: report.card(thorough, identity, REGIONS, language) for language in ("ko", "en")}


class Tags(HTMLParser):
    """Collects what a page opens and leaves open."""

    VOID = frozenset({"meta", "br", "link", "path", "use", "rect"})

    def __init__(self, page):
        super().__init__()
        self.open, self.seen, self.links = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.links += [v for k, v in attrs if k in ("src", "href", "xlink:href") and not v.startswith("#")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_card_is_whole_and_fetches_nothing(cards, language):
    tags = Tags(cards[language])

    assert tags.open == []
    assert tags.links == []
    assert not {"script", "iframe", "img"} & set(tags.seen)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_card_holds_every_plot_that_there_are_figures_for(cards, thorough, language):
    expected = 4 + (thorough.calibration is not None)

    assert Tags(cards[language]).seen.count("svg") == expected


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_card_lists_all_that_teaches(cards, language):
    assert set(wording.TEACHES) == set(TEACHING)
    assert all(both[language].replace("'", "&#39;") in cards[language] for both in wording.TEACHES.values())


def test_korean_in_a_plot_stays_text(cards):
    letters = re.findall(r"<text[^>]*>([^<]*[가-힣][^<]*)</text>", cards["ko"])

    assert "공통 단어" in letters


def test_what_people_wrote_is_escaped(cards):
    assert EVIL not in cards["ko"]
    assert "&lt;script&gt;" in cards["ko"]


def test_an_english_card_holds_no_korean_of_its_own(cards):
    page = cards["en"].replace("관문 문장", "")

    assert re.findall(r">[^<]*[가-힣]+[^<]*<", page) == []


def test_the_same_figures_give_the_same_card(cards, thorough):
    identity = report.Identity("2026.11.22-abc123", "2026-11-22T00:00:00+00:00", EVIL, ("관문 문장",))

    assert report.card(thorough, identity, REGIONS, "ko") == cards["ko"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_card_without_comparison_says_so(language):
    empty = evaluate(snapshot(1), Plain(bundled.vocabularies()), StudyPlan(date(2026, 11, 22)), TEXTS)
    card = report.card(empty, report.Identity("v", "now"), REGIONS, language)

    assert wording.phrase("nothing_compared", language) in card
    assert "<svg" not in card


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_terminal_shows_every_method_slice_and_block(thorough, language):
    console = Console(width=200, file=io.StringIO())
    for table in report.tables(thorough, language):
        console.print(table)

    shown = console.file.getvalue()
    methods = {wording.name(wording.METHODS, f.method, language) for f in thorough.figures}
    blocks = {wording.name(wording.BLOCKS, a.block, language) for a in thorough.ablations}
    assert all(name in shown for name in methods | blocks)


@pytest.mark.parametrize(
    "table", ["METHODS", "REGIMES", "DIRECTIONS", "SLICES", "VALUES", "BLOCKS", "TEACHES", "PHRASES"]
)
def test_every_name_is_given_in_both_languages(table):
    assert all(set(both) == {"ko", "en"} and all(both.values()) for both in getattr(wording, table).values())
