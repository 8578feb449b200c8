"""What each flag of a startup's profile is called, and the sentence that says what was set aside and why."""

from __future__ import annotations

from model.domain import FlagCode

NAMES: dict[FlagCode, dict[str, str]] = {
    FlagCode.REPEATED: {"ko": "반복된 글", "en": "Repeated text"},
    FlagCode.COPIED: {"ko": "공고문을 옮긴 글", "en": "Text taken from a program"},
    FlagCode.LISTED: {"ko": "핵심어를 늘어놓은 글", "en": "Listed keywords"},
    FlagCode.GATHERED: {"ko": "공고문의 낱말을 모은 글", "en": "Gathered words of a program"},
    FlagCode.TECHNOLOGIES: {"ko": "지나치게 많은 기술", "en": "Too many technologies"},
}

_SENTENCES: dict[FlagCode, dict[str, str]] = {
    FlagCode.REPEATED: {
        "ko": "같은 내용이 세 번 이상 나와, 반복된 부분은 점수에 반영하지 않았습니다.",
        "en": "The same words are said three times or more; the repetition does not count.",
    },
    FlagCode.COPIED: {
        "ko": "협업 프로그램의 공고문과 낱말이 잇달아 겹치는 부분이 있어, 그 부분은 점수에 반영하지 않았습니다.",
        "en": "A part of the text is made of one program's own words; that part does not count.",
    },
    FlagCode.LISTED: {
        "ko": "여러 프로그램의 핵심어를 늘어놓은 부분이 있어, 그 부분은 점수에 반영하지 않았습니다.",
        "en": "A part of the text lists keywords of programs; that part does not count.",
    },
    FlagCode.GATHERED: {
        "ko": "한 프로그램의 공고문에만 나오는 낱말이 지나치게 많아, 그 낱말이 모인 부분은 점수에 반영하지 않았습니다.",
        "en": "The text holds unusually many rare words of one program; the part that gathers them does not count.",
    },
    FlagCode.TECHNOLOGIES: {
        "ko": "적은 기술이 지나치게 많아, 소개 글에 나오는 기술만 점수에 반영했습니다.",
        "en": "Unusually many technologies are listed; only those that the text names count.",
    },
}


def name(code: FlagCode, language: str) -> str:
    """What a flag is called.

    >>> name(FlagCode.COPIED, "en")
    'Text taken from a program'
    """
    return NAMES[code][language]


def sentence(code: FlagCode, language: str) -> str:
    """Say what was found, and what of the profile does not count for it."""
    return _SENTENCES[code][language]
