"""What an erasure did, and where else a startup may be named: the lines that `ieum erase` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from service.actions.records.erase import ErasureReport
from service.actions.records.naming import Occurrence

MOST_SHOWN = 100


def elsewhere(named: Iterable[Occurrence], language: str) -> Iterator[str]:
    """One occurrence a line, with its code, under a heading; nothing when there is none."""
    heading = {
        "ko": "다른 기록에서 이 기업일 수 있는 곳입니다. 확인한 것만 바뀝니다.",
        "en": "Other records may mean this startup here. Only what you confirm is changed.",
    }[language]
    for number, place in enumerate(named):
        if not number:
            yield heading
        yield f"{place.code}  {place.record} {place.field}\n  - {place.before}\n  + {place.after}"


def in_profiles(named: Sequence[Occurrence], language: str) -> Iterator[str]:
    """Texts of other profiles that may name the startup, a line each, under a heading; the first hundred of them."""
    heading = {
        "ko": "다른 자료 {count}곳에 이 기업일 수 있는 글이 있습니다. 바꾸지 않으니 확인하여 직접 고치십시오.",
        "en": "{count} texts of other profiles may mean this startup. They are not changed: look, and edit them.",
    }[language]
    if named:
        yield heading.format(count=len(named))
    yield from (f"{occurrence.record} {occurrence.field}\n  {occurrence.before}" for occurrence in named[:MOST_SHOWN])


def counted(report: ErasureReport, language: str, *, is_done: bool) -> str:
    """What was erased, or would be."""
    runs, rounds, decisions = report.runs, report.rounds, report.decisions
    if language == "ko":
        said = (
            f"기업 자료 {report.states}개 상태와 추천 기록 {runs}건, 가명으로 바꾼 회차 {rounds}건과 결정 {decisions}건"
        )
        said = f"지웠습니다: {said}" if is_done else f"지우면: {said}. 아무것도 바꾸지 않았습니다."
        trail = "고칠 수 없는 감사 기록 가운데 이 기업이 적힌 행: "
    else:
        said = f"{report.states} states of the profile, {runs} runs; {rounds} rounds and {decisions} decisions reworded"
        said = f"Erased: {said}" if is_done else f"Would erase: {said}. Nothing was changed."
        trail = "Rows of the audit trail, which never change, that name it: "
    return said + (f"\n{trail}{', '.join(map(str, report.trail))}" if report.trail else "")
