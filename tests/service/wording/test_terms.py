"""What the terms of a reason are called: names for people, never codes."""

from __future__ import annotations

import pytest

from service.wording import terms
from tests.support import bundled


@pytest.mark.parametrize(
    ("table", "term", "korean"),
    [
        ("field", "new-industry-1", "인공지능"),
        ("technology", "ai-ondevice", "온디바이스 AI"),
        (None, "구독형", "구독형"),
    ],
)
def test_a_code_is_told_by_its_name_and_a_word_as_it_is_written(table: str | None, term: str, korean: str) -> None:
    assert terms.label(bundled.vocabularies(), table, term, "ko") == korean
