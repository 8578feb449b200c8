"""What is wrong with a piece of data: where it stands, what was found, why it can't stand and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SENTENCES: dict[str, dict[str, str]] = {
    "not_utf8": {
        "ko": "UTF-8로 읽을 수 없습니다. 파일을 UTF-8로 저장하십시오.",
        "en": "This is not UTF-8. Save the file as UTF-8.",
    },
    "not_json": {
        "ko": "올바른 JSON 객체가 아닙니다. 한 줄에 JSON 객체 하나만 적으십시오.",
        "en": "This is not a JSON object. Write one JSON object on each line.",
    },
    "unknown_key": {
        "ko": "알 수 없는 항목입니다. 이름을 바로잡거나 항목을 지우십시오.",
        "en": "This key is not known. Correct its name or remove it.",
    },
    "duplicate_key": {
        "ko": "같은 항목이 두 번 있습니다. 하나만 남기십시오.",
        "en": "This key stands twice. Keep one of them.",
    },
    "missing": {"ko": "꼭 필요한 값이 없습니다. 값을 채우십시오.", "en": "This value is required. Fill it in."},
    "duplicate_id": {
        "ko": "같은 id가 이미 있습니다. id는 한 번만 쓸 수 있습니다.",
        "en": "This id stands already further up. Give each row an id of its own.",
    },
    "not_text": {"ko": "문자열이어야 합니다.", "en": "This must be a text."},
    "bad_text": {
        "ko": "저장할 수 없는 문자(짝 없는 서로게이트, NUL, id 속의 제어 문자)가 있습니다. 그 문자를 지우십시오.",
        "en": "This holds a character that can't be stored (a lone surrogate, NUL, or a control character in an id)."
        " Remove it.",
    },
    "too_long": {"ko": "값이 너무 깁니다. 줄여 주십시오.", "en": "This value is too long. Shorten it."},
    "not_list": {"ko": '목록이어야 합니다. 예: ["a", "b"]', "en": 'This must be a list, such as ["a", "b"].'},
    "not_integer": {"ko": "0 이상의 정수여야 합니다.", "en": "This must be a whole number of 0 or more."},
    "not_boolean": {"ko": "true 또는 false여야 합니다.", "en": "This must be true or false."},
    "not_date": {
        "ko": "YYYY-MM-DD 형식의 실제 날짜여야 합니다.",
        "en": "This must be a real date, written YYYY-MM-DD.",
    },
    "not_time": {
        "ko": "HH:MM 형식의 24시간제 시각이어야 합니다.",
        "en": "This must be a time of day, written HH:MM in 24 hours.",
    },
    "not_month": {
        "ko": "YYYY-MM 또는 YYYY 형식의 달이나 해여야 합니다.",
        "en": "This must be a month or a year, written YYYY-MM or YYYY.",
    },
    "not_moment": {
        "ko": "YYYY-MM-DDTHH:MM 형식의 한국 시각이어야 합니다.",
        "en": "This must be a moment in Korea's time, written YYYY-MM-DDTHH:MM.",
    },
    "not_object": {"ko": "JSON 객체여야 합니다.", "en": "This must be a JSON object."},
    "not_allowed": {
        "ko": "쓸 수 없는 값입니다. 다음 중 하나를 쓰십시오: {allowed}",
        "en": "This value is not allowed. Use one of: {allowed}",
    },
    "out_of_range": {"ko": "{allowed} 범위의 정수여야 합니다.", "en": "This must be a whole number in {allowed}."},
    "unknown_startup": {
        "ko": "startups.jsonl에 없는 기업입니다. id를 확인하십시오.",
        "en": "No startup has this id. Check it against startups.jsonl.",
    },
    "unknown_program": {
        "ko": "programs.jsonl에 없는 프로그램입니다. id를 확인하십시오.",
        "en": "No program has this id. Check it against programs.jsonl.",
    },
    "not_in_round": {
        "ko": "이 회차에 참여하지 않습니다. id를 고치거나 회차의 기업·프로그램에 넣으십시오.",
        "en": "This takes no part in the round. Correct the id, or let it take part.",
    },
    "wrong_columns": {
        "ko": "열 이름이 맞지 않습니다. 다음과 같아야 합니다: {allowed}",
        "en": "The columns are not right. They must be: {allowed}",
    },
    "not_csv": {
        "ko": "CSV로 읽을 수 없는 줄입니다. 줄바꿈과 따옴표를 바로잡아 쉼표로 구분한 CSV로 다시 저장하십시오.",
        "en": "This line can't be read as CSV. Mend its quotes and line ends, and save the file as CSV with commas.",
    },
    "missing_file": {"ko": "파일이 없습니다. 폴더를 확인하십시오.", "en": "The file is not there. Check the folder."},
    "digest_differs": {
        "ko": "snapshot.json에 적힌 검사값과 파일이 다릅니다. 스냅샷을 다시 만드십시오.",
        "en": "The file is not the one that snapshot.json names. Make the snapshot again.",
    },
}

SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `line` counts from 1 (None: the whole file), `value` is what was found, cut short."""

    code: str
    file: str = ""
    line: int | None = None
    field: str = ""
    value: str = ""
    allowed: str = ""

    def sentence(self, language: str) -> str:
        """Say what is wrong and what to do, in `ko` or `en`."""
        return SENTENCES[self.code][language].format(allowed=self.allowed)


class BadData(ValueError):  # noqa: N818 - named for what it says to the reader
    """Data that can't be taken as it is; nothing of it was used."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(_line(fault) for fault in self.faults[:5]))


def shown(value: object) -> str:
    """Cut a found value to what fits a message, with nothing in it that can't be printed.

    >>> shown("a" * 70)[-3:]
    'aa…'
    """
    text = value if isinstance(value, str) else repr(value)
    text = "".join(c if c.isprintable() else "�" for c in text[: SHOWN_CHARACTERS + 1])
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"


def _line(fault: Fault) -> str:
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    return f"{place} {fault.field}={fault.value!r} {fault.sentence('en')}".strip()
