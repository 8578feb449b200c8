"""Draw how a match's reasons add up to its score, as a picture that any browser shows."""

from __future__ import annotations

from html import escape
from typing import Any

LEFT, RIGHT, BAR, GAP, TOP = 190, 90, 22, 8, 58
WIDTH = 760
FONTS = "Pretendard GOV, Noto Sans KR, sans-serif"
INK, SOFT, STEP, WHOLE = "#1e2124", "#58616a", "#256ef4", "#0b50d0"


def drawn(match: dict[str, Any]) -> str:
    """An SVG with one bar for each reason, each starting where the one before it ended, and the score below.

    >>> drawn({"program": {"name": "P"}, "score": 3.0, "reasons": [{"label": "L", "points": 3.0}]}).count("<rect")
    3
    """
    bars, total = [], 0.0
    for row, reason in enumerate(match["reasons"]):
        bars.append(_bar(row, reason["label"], total, reason["points"], STEP))
        total += reason["points"]
    bars.append(_bar(len(bars), "합계", 0.0, match["score"], WHOLE))
    return _sheet(f"{match['program']['name']}: {match['score']}점", bars)


def _bar(row: int, label: str, start: float, points: float, colour: str) -> str:
    y = TOP + row * (BAR + GAP)
    x, width = LEFT + _across(start), max(_across(points), 1.0)
    return (
        f'<text x="{LEFT - 10}" y="{y + 16}" text-anchor="end" fill="{INK}">{escape(label)}</text>'
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>'
        f'<text x="{x + width + 6:.1f}" y="{y + 16}" fill="{SOFT}">{points:g}</text>'
    )


def _across(points: float) -> float:
    return points / 100 * (WIDTH - LEFT - RIGHT)


def _sheet(title: str, bars: list[str]) -> str:
    height = TOP + len(bars) * (BAR + GAP) + 12
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="{escape(title)}" font-family="{FONTS}" font-size="14">'
    )
    ground = f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
    name = f'<text x="16" y="32" font-size="17" font-weight="700" fill="{INK}">{escape(title)}</text>'
    return "\n".join([head, ground, name, *bars, "</svg>", ""])
