"""What the terms of a reason are called: names for people, never codes."""

from __future__ import annotations

import pytest

from service.wording import terms
from tests.support import bundled


@pytest.mark.parametrize(
    ("term", "korean"),
    [("new-industry-1", "인공지능"), ("ai-ondevice", "온디바이스 AI"), ("word:쇄빙", "쇄빙"), ("구독형", "구독형")],
)
def test_what_past_participants_share_is_told_by_name(term: str, korean: str) -> None:
    assert terms.label(bundled.vocabularies(), "track_record", term, "ko") == korean
