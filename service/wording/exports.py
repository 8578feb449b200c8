"""What exported tables and their columns are called, and what the sheet about an export says."""

from __future__ import annotations

from datetime import datetime

from service.settings import KOREA
from service.wording.pairs import said, table

WORDS = table("exports.words")

HANDLING = (
    "업무에 필요한 범위에서만 쓰고, 다 쓴 파일은 지우십시오. 내려받은 사람과 사유가 기록되었습니다.",
    "Use it for the work that was stated and delete it afterwards. Who exported it, and why, was recorded.",
)


def word(code: str, language: str) -> str:
    """Name a table or a column in `ko` or `en`."""
    return said(WORDS, code, language)


def moment(at: datetime) -> str:
    """A moment in Korea's time, to the minute, as files say it."""
    return f"{at.astimezone(KOREA):%Y-%m-%d %H:%M}"


def handling(language: str) -> str:
    """How an exported file is to be treated."""
    return HANDLING[0] if language == "ko" else HANDLING[1]
