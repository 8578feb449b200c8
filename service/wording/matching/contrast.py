"""Why one match stands before another, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from model.domain import UNITS_PER_POINT
from model.explanation import BlockDifference
from service.wording.matching import blocks
from service.wording.matching.paragraph import particle


def sentence(first: str, second: str, differences: Sequence[BlockDifference], language: str) -> str:
    """Say by how much the first, named so, stands before the second, and which blocks speak most for each.

    >>> sentence("A", "B", [BlockDifference("words", 90_000), BlockDifference("needs", -20_000)], "en")
    'A scores 7.0 points more than B: Shared words speaks most for A (9.0), Needs and offers for B (2.0).'
    """
    units = sum(difference.units for difference in differences)
    ahead = next((difference for difference in differences if difference.units > 0), None)
    behind = next((difference for difference in differences if difference.units < 0), None)
    parts = [
        _FOR[part][language].format(
            block=(block := blocks.name(difference.block, language)),
            subject=particle(block, "이", "가"),
            name=(first, second)[part],
            points=_points(difference.units),
        )
        for part, difference in ((0, ahead), (1, behind))
        if difference
    ]
    whole = _SAME if not units else _MORE if units > 0 else _LESS
    topic, together = particle(first, "은", "는"), particle(second, "과", "와")
    said = whole[language].format(first=first, second=second, topic=topic, together=together, points=_points(units))
    return _JOINED[language].format(whole=said, parts=_AND[language].join(parts)) if parts else f"{said}."


def _points(units: int) -> str:
    return f"{abs(units) / UNITS_PER_POINT:.1f}"


_MORE = {
    "ko": "{first}{topic} {second}보다 {points}점 높습니다",
    "en": "{first} scores {points} points more than {second}",
}
_LESS = {
    "ko": "{first}{topic} {second}보다 {points}점 낮습니다",
    "en": "{first} scores {points} points less than {second}",
}
_SAME = {"ko": "{first}{topic} {second}{together} 점수가 같습니다", "en": "{first} and {second} score the same"}
_FOR = (
    {"ko": "‘{block}’에서 {points}점 앞서는 것", "en": "{block} speaks most for {name} ({points})"},
    {"ko": "‘{block}’에서 {points}점 뒤지는 것", "en": "{block} for {name} ({points})"},
)
_AND = {"ko": "과 ", "en": ", "}
_JOINED = {"ko": "{whole}. {parts}이 가장 큰 차이입니다.", "en": "{whole}: {parts}."}
