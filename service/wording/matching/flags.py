"""What each flag of a startup's profile is called, and the sentence that says what was set aside and why."""

from __future__ import annotations

from model.domain import FlagCode
from service.wording.pairs import Pairs

NAMES: Pairs = {
    FlagCode.REPEATED: ("반복된 글", "Repeated text"),
    FlagCode.COPIED: ("공고문을 옮긴 글", "Text taken from a program"),
    FlagCode.LISTED: ("핵심어를 늘어놓은 글", "Listed keywords"),
    FlagCode.GATHERED: ("공고문의 낱말을 모은 글", "Gathered words of a program"),
    FlagCode.TECHNOLOGIES: ("지나치게 많은 기술", "Too many technologies"),
}

SENTENCES: Pairs = {
    FlagCode.REPEATED: (
        "같은 내용이 세 번 이상 나와, 반복된 부분은 점수에 반영하지 않았습니다.",
        "The same words are said three times or more; the repetition does not count.",
    ),
    FlagCode.COPIED: (
        "협업 프로그램의 공고문과 낱말이 잇달아 겹치는 부분이 있어, 그 부분은 점수에 반영하지 않았습니다.",
        "A part of the text is made of one program's own words; that part does not count.",
    ),
    FlagCode.LISTED: (
        "여러 프로그램의 핵심어를 늘어놓은 부분이 있어, 그 부분은 점수에 반영하지 않았습니다.",
        "A part of the text lists keywords of programs; that part does not count.",
    ),
    FlagCode.GATHERED: (
        "한 프로그램의 공고문에만 나오는 낱말이 지나치게 많아, 그 낱말이 모인 부분은 점수에 반영하지 않았습니다.",
        "The text holds unusually many rare words of one program; the part that gathers them does not count.",
    ),
    FlagCode.TECHNOLOGIES: (
        "적은 기술이 지나치게 많아, 소개 글에 나오는 기술만 점수에 반영했습니다.",
        "Unusually many technologies are listed; only those that the text names count.",
    ),
}
