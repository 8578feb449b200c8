"""Bodies are strict UTF-8 JSON within limits."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.api.wire import body
from service.errors import ServiceError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def refusal(raw: bytes) -> str:
    with pytest.raises(ServiceError) as refused:
        body.parsed(raw)
    return refused.value.code


@given(VALUES)
def test_what_is_valid_json_is_read_as_it_stands(value: object) -> None:
    assert body.parsed(json.dumps(value).encode()) == value
    assert body.parsed(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.integers(1, 3_000))
def test_nesting_is_accepted_up_to_the_limit_and_refused_beyond_it(levels: int) -> None:
    raw = b"[" * levels + b"]" * levels

    if levels <= body.MOST_LEVELS:
        body.parsed(raw)
    else:
        assert refusal(raw) == "json_too_deep"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"NaN",
        b"-Infinity",
        b"1e999",
        b"-1e999",
        b'"\\ud800"',
        b'"\\udc00\\ud800"',
        b'"\xff"',
        b'"\xed\xa0\x80"',
        b'\xef\xbb\xbf"bom"',
        '"utf-16"'.encode("utf-16"),
        '"utf-32"'.encode("utf-32"),
        b"'single'",
        b"[1,]",
        b"01",
        b'"\x01"',
        b"{} {}",
        b"1" * 5_000,
    ],
)
def test_what_is_not_strict_json_is_refused(raw: bytes) -> None:
    assert refusal(raw) == "invalid_json"


@given(st.integers(0, 5))
def test_a_doubled_key_is_refused_however_deep_it_stands(levels: int) -> None:
    raw = b'{"a":' * levels + b'{"k":1,"k":1}' + b"}" * levels

    assert refusal(raw) == "duplicate_key"


def test_long_integers_stay_exact() -> None:
    assert body.parsed(b"123456789012345678901234567890") == 123456789012345678901234567890


@given(st.integers(0, 300), st.integers(0, 300), st.booleans())
def test_a_body_is_read_whole_or_refused_never_cut(length: int, limit: int, announced: bool) -> None:
    stream = io.BytesIO(b"x" * length)

    try:
        found = len(body.read(stream, length if announced else None, limit))
    except ServiceError as error:
        found = error.code

    assert found == (length if length <= limit else "body_too_large")


def test_a_doubled_key_among_many_costs_one_pass() -> None:
    keys = ",".join(f'"k{number}":0' for number in range(50_000))
    before = time.process_time()

    assert refusal(f'{{{keys},"k49999":1}}'.encode()) == "duplicate_key"
    assert time.process_time() - before < 5  # the square of the keys took minutes


def test_values_are_counted_before_anybody_parses_them() -> None:
    before = time.process_time()

    assert refusal(b"[" + b"{}," * 10_000_000 + b"{}]") == "json_too_long"
    assert time.process_time() - before < 2  # to parse them took minutes
