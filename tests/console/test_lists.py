"""Lists of startups and programs: pages of a chosen size, in a chosen order, with the hits of a search marked."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

MOST_BYTES = 60_000


def ids(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/console/ko/(?:startups|programs)/([^"/]+)"', page)


@pytest.mark.parametrize("side", ["startups", "programs"])
def test_pages_of_any_size_hold_each_record_once(client: FlaskClient, side: str) -> None:
    whole = ids(client.get(f"/console/ko/{side}?size=100").text)
    pages = [ids(client.get(f"/console/ko/{side}?page={number}").text) for number in range(1, -(-len(whole) // 20) + 1)]

    assert [record for page in pages for record in page] == whole
    assert len(pages[0]) == 20


def test_the_longest_page_of_a_list_is_small(client: FlaskClient) -> None:
    assert len(client.get("/console/ko/startups?size=100").data) <= MOST_BYTES
    assert len(client.get("/console/en/programs?size=100").data) <= MOST_BYTES


@pytest.mark.parametrize("order", ["closes_on", "-closes_on"])
def test_a_heading_tells_the_order_and_turns_it_round(client: FlaskClient, order: str) -> None:
    page = client.get(f"/console/ko/programs?order={order}&role=open_call&size=100").text
    heading = re.search(r'<th scope="col" aria-sort="(\w+)"><a class="sort" href="([^"]+)"', page)

    assert heading
    assert heading[1] == ("ascending" if order == "closes_on" else "descending")
    turned = client.get(heading[2].replace("&amp;", "&")).text
    dated = [call for call in ids(page) if call in ids(turned)]
    assert ids(page) != ids(turned)
    assert len(dated) == len(ids(page))


def test_the_pages_of_a_list_keep_its_order_and_size(client: FlaskClient) -> None:
    page = client.get("/console/ko/startups?order=name&size=50&q=").text

    assert all(
        "order=name" in link and "size=50" in link for link in re.findall(r'class="page-link" href="([^"]+)', page)
    )
    assert '<input type="hidden" name="order" value="name">' in page


def test_what_a_search_asks_for_is_marked_in_names(client: FlaskClient) -> None:
    page = client.get("/console/ko/programs?q=마 중").text

    assert "<mark>마중</mark> 프로그램" in page
    assert "<mark>마중</mark> 프로그램" in client.get("/console/ko/programs?q=ㅁㅈ").text


def test_an_order_that_is_none_is_ignored(client: FlaskClient) -> None:
    assert ids(client.get("/console/ko/startups?order=document").text) == ids(client.get("/console/ko/startups").text)
