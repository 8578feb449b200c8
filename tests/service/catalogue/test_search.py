"""What a list is searched by: parts of names and texts, numbers, places, initials, operators; and its order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from alembic import command
from hypothesis import given as law
from hypothesis import strategies as st
from sqlalchemy import insert

from model.domain import Program, Stage, Startup
from model.text import names
from service.actions.catalogue.browse import Browse
from service.actions.catalogue.import_profiles import ImportProfiles
from service.errors import Problem
from service.files.importers.files import Brought
from service.storage import schema
from service.storage.catalogue import tables
from service.storage.repositories import Catalogue, open_catalogue
from tests.service import given

FIRMS = (
    Startup("s-1", name="문서결", region="11680", stage=Stage.SERIES_A, business_number="124-81-00998"),
    Startup("s-2", name="(주)마음소리길", region="47110", stage=Stage.SEED),
    Startup("s-3", name="나루 로봇", region="11650", summary="문서를 나르는 로봇"),
    Startup("s-4", name="Ieum", name_en="Ieum", stage=Stage.PRE_FOUNDER),
)
CALLS = (
    Program("p-1", name="엔업 프로그램", operator="중소벤처기업부·창업진흥원", year=2026),
    Program("p-2", name="마중 프로그램", operator="기술보증기금", year=2025),
)
HANGUL = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), min_size=2, max_size=6)


@pytest.fixture
def catalogue(address: str) -> Iterator[Catalogue]:
    made = open_catalogue(address, lambda: given.NOON)
    schema.migrate(made.database)
    ImportProfiles(made)(Brought(FIRMS, CALLS, ()), given.OPERATOR)
    yield made
    made.database.close()


def lying_in(place: str) -> frozenset[str]:
    code = given.regions().find(place)
    return given.regions().lying_in(code, given.NOON.date()) if code else frozenset()


def firms(catalogue: Catalogue, asked: str, order: str = "") -> list[str]:
    browse = Browse(catalogue, catalogue.startups, missing=Problem.STARTUP_NOT_FOUND, lying_in=lying_in)
    listing = browse.listing(number=1, size=20, filters={"q": asked}, order=order)
    assert listing.total == len(listing.items)
    return [stored.record.id for stored in listing.items]


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ("문서 결", ["s-1"]),
        ("124-81-00998", ["s-1"]),
        ("1248100998", ["s-1"]),
        ("124-81", []),
        ("ㅁㅅㄱ", ["s-1"]),
        ("ㅁㅇㅅㄹ", ["s-2"]),
        ("ㄴㄹㄹㅂ", ["s-3"]),
        ("ㅁ", []),
        ("강남구", ["s-1"]),
        ("서울특별시", ["s-1", "s-3"]),
        ("경북", ["s-2"]),
        ("로봇", ["s-3"]),
        ("[가-힣]", []),
        ("%", []),
    ],
)
def test_a_search_finds_what_is_meant(catalogue: Catalogue, asked: str, hits: list[str]) -> None:
    assert firms(catalogue, asked) == hits


@law(HANGUL, st.data())
def test_initials_are_those_of_every_syllable(name: str, data: st.DataObject) -> None:
    letters = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
    own = "".join(letters[(ord(syllable) - ord("가")) // 588] for syllable in name)
    place = data.draw(st.integers(0, len(name) - 1))
    other = own[:place] + data.draw(st.sampled_from(letters.replace(own[place], ""))) + own[place + 1 :]

    assert re.fullmatch(names.initials(own) or "", name)
    assert not re.fullmatch(names.initials(other) or "", name)


@pytest.mark.parametrize(("asked", "hits"), [("창업진흥원", ["p-1"]), ("ㅁㅈ", ["p-2"]), ("엔업", ["p-1"])])
def test_programs_are_found_by_their_operator_too(catalogue: Catalogue, asked: str, hits: list[str]) -> None:
    browse = Browse(catalogue, catalogue.programs, missing=Problem.PROGRAM_NOT_FOUND)

    assert [stored.record.id for stored in browse.page(filters={"q": asked}).items] == hits


def test_programs_of_an_older_database_are_found_by_their_operator(address: str) -> None:
    made, config = open_catalogue(address, lambda: given.NOON), schema.alembic_config()
    document = {"id": "p-2", "name": "마중 프로그램", "operator": "기술보증기금"}
    old = {"document": json.dumps(document), "digest": "0" * 64, "revision": 1, "updated_at": given.NOON}
    row = {"id": "p-2", "role": "open_call", "search": "p-2\n마중프로그램", **old}
    with made.database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0015")
        connection.execute(insert(tables.programs).values(row))
    schema.migrate(made.database)
    browse = Browse(made, made.programs, missing=Problem.PROGRAM_NOT_FOUND)

    assert [stored.record.id for stored in browse.page(filters={"q": "기술보증기금"}).items] == ["p-2"]
    made.database.close()


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("stage", ["s-4", "s-2", "s-1", "s-3"]),
        ("-stage", ["s-1", "s-2", "s-4", "s-3"]),
        ("region", ["s-3", "s-1", "s-2", "s-4"]),
        ("name", ["s-4", "s-3", "s-2", "s-1"]),
        ("business_number", ["s-1", "s-2", "s-3", "s-4"]),
    ],
)
def test_a_list_stands_in_the_order_that_is_asked_for(catalogue: Catalogue, order: str, ids: list[str]) -> None:
    assert firms(catalogue, "", order) == ids
