"""Lists of programs for startups that don't all send everyone to the same few seats, beside plain lists by score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.domain import UNITS_PER_POINT
from model.rounds.slate import Mask

Units = NDArray[np.int32]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NOBODY = -1
OUT = np.iinfo(np.int64).min // 4
STEPS = 200
PRICE_STEP = UNITS_PER_POINT // 100
"""Prices are rounded to 0.01 point, so that the last digits of a processor's exponentials reach no list."""

SHARPNESS = 0.25
"""Spread of taste beside the score, as a part of the scores' own spread; a smaller one follows the score closer."""


@dataclass(frozen=True)
class Lists:
    """Columns for each startup, best first, (n, length); NOBODY fills up the end. `prices` (m,) were taken off."""

    columns: NDArray[np.intp]
    prices: Ints

    def attention(self, programs: int) -> Ints:
        """Count on how many lists each program stands, (m,)."""
        return np.bincount(self.columns[self.columns != NOBODY], minlength=programs).astype(np.int64)


@dataclass(frozen=True)
class Congestion:
    """What lists are worth: base score of everything listed, and seats that are filled.

    `listed` counts list places and `units` their scores together. `filled` counts the seats taken if every startup
    applies to the first on its list alone, and `reached` those that have someone on whose list they stand.
    """

    listed: int
    units: int
    filled: int
    reached: int
    seats: int


def by_score(units: Units, allowed: Mask, length: int) -> Lists:
    """List the programs with the highest scores; ties in the order of columns."""
    prices = np.zeros(units.shape[1], np.int64)
    return Lists(_first(np.where(allowed, units.astype(np.int64), OUT), length), prices)


def by_matching(units: Units, allowed: Mask, seats: Sequence[int], length: int) -> Lists:
    """List by score less the price at which a market of these startups and seats would clear.

    Matching with transferable utility (Choo and Siow 2006): with K = exp(score / 2 spread), the number of pairs is
    A K B, where A² + A Σ K B = 1 for each startup and B² + B Σ K A = seats for each program. The two sides are solved
    in turn, in logarithms (Sinkhorn), STEPS times; a program's price is -2 spread log B. Prices are then rounded to
    whole PRICE_STEPs: lists are alike on every processor, unless a price falls within its last digits of a boundary.
    """
    scores = units[allowed].astype(np.float64)
    spread = max(float(PRICE_STEP), SHARPNESS * float(scores.std()) if len(scores) else 0.0)
    tastes = np.where(allowed, units / (2 * spread), -np.inf)
    with np.errstate(divide="ignore"):  # a program without seats: the logarithm of nothing is meant
        room = np.log(np.asarray(seats, np.float64))
    program = np.where(np.isfinite(room), room / 2, -np.inf)
    for _ in range(STEPS):
        startup = _solved(np.zeros(len(units)), _log_sum(tastes + program, axis=1))
        program = _solved(room, _log_sum(tastes + startup[:, None], axis=0))
    paid = np.where(np.isfinite(program), program, -700.0) * -2 * spread
    prices = (
        np.rint((paid - paid.min(initial=np.inf) if len(paid) else paid) / PRICE_STEP).astype(np.int64) * PRICE_STEP
    )
    return Lists(_first(np.where(allowed, units - prices, OUT), length), prices)


def capped(units: Units, allowed: Mask, caps: Sequence[int], length: int) -> Lists:
    """List by score, each program on at most as many lists as its cap, the highest scores first.

    List place after list place is given by deferred acceptance, and a program opens an equal part of its cap at each:
    were the whole cap open at the first, the most wanted programs would spend it there, on first places alone.
    A startup that finds no program with room gets the best of the others: a list is never shorter than it could be.
    """
    n, m = units.shape
    width, total = min(length, m), np.asarray(caps, np.int64)
    left = np.zeros(m, np.int64)
    wanted = np.where(allowed, units.astype(np.int64), OUT)
    columns = np.full((n, width), NOBODY, np.intp)
    for place in range(width):
        left += -(-total * (place + 1) // width) - -(-total * place // width)
        columns[:, place] = _one_each(wanted, left)
        listed = np.flatnonzero(columns[:, place] != NOBODY)
        wanted[listed, columns[listed, place]] = OUT
    # Empty places get the best of the rest: what has been given is lifted above everything, in its order.
    keys = np.where(allowed, units.astype(np.int64), OUT)
    rows, places = np.nonzero(columns != NOBODY)
    keys[rows, columns[rows, places]] += np.int64(1) << 40
    return Lists(_first(keys, width), np.zeros(m, np.int64))


def congestion(lists: Lists, units: Units, seats: Sequence[int]) -> Congestion:
    """Measure lists."""
    rows, places = np.nonzero(lists.columns != NOBODY)
    columns = lists.columns[rows, places]
    room = np.asarray(seats, np.int64)
    first = np.bincount(columns[places == 0], minlength=len(room))
    scores = int(units[rows, columns].astype(np.int64).sum())
    filled, reached = np.minimum(first, room).sum(), np.minimum(lists.attention(len(room)), room).sum()
    return Congestion(len(rows), scores, int(filled), int(reached), int(room.sum()))


def _first(keys: Ints, length: int) -> NDArray[np.intp]:
    order = np.argsort(-keys, axis=1, kind="stable")[:, :length]
    return np.where(np.take_along_axis(keys, order, 1) > OUT // 2, order, NOBODY)


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, initial=-np.inf, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)  # the largest is taken off first, so that no exponential overflows
    with np.errstate(divide="ignore"):
        logarithms: Floats = np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
    return logarithms


def _solved(amount: Floats, log_sum: Floats) -> Floats:
    """Solve x² + x s = exp(amount) for log x, s given by its logarithm."""
    small = log_sum < amount / 2 - 300
    safe = np.where(small | ~np.isfinite(amount), 0.0, log_sum)
    grown = np.where(np.isfinite(amount), amount, 0.0)
    # The root 2 e^a / (s + sqrt(s² + 4 e^a)), in logarithms: the other form of it subtracts two near numbers.
    root = np.log(2.0) + grown - safe - np.log1p(np.sqrt(1 + 4 * np.exp(np.minimum(grown - 2 * safe, 700.0))))
    return np.where(np.isfinite(amount), np.where(small, amount / 2, root), -np.inf)


def _one_each(wanted: Ints, left: Ints) -> NDArray[np.intp]:
    """Give every startup one program with room, the highest scores first; takes the room from `left`."""
    n, m = wanted.shape
    held = np.full(n, NOBODY, np.intp)
    bars = np.full(m, OUT, np.int64)
    open_keys = np.where(left > 0, wanted, OUT) * n + np.arange(n)[::-1, None] * (wanted > OUT // 2)
    free = np.arange(n)
    while len(free):
        keys = np.where(open_keys[free] > bars, open_keys[free], OUT)
        best = keys.argmax(axis=1)
        asks = keys[np.arange(len(free)), best] > OUT // 2
        held[free[asks]] = best[asks]
        free = _refused(held, open_keys, left, bars, np.unique(best[asks]))
    left -= np.bincount(held[held != NOBODY], minlength=m)
    return held


def _refused(
    held: NDArray[np.intp], keys: Ints, left: Ints, bars: Ints, programs: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Send away those above a program's room; raises the bar to the last that stays."""
    sent = []
    for program in programs.tolist():
        rows = np.flatnonzero(held == program)
        if len(rows) >= left[program]:
            order = rows[np.argsort(-keys[rows, program], kind="stable")]
            bars[program] = keys[order[left[program] - 1], program]
            sent.append(order[left[program] :])
    refused = np.concatenate(sent) if sent else np.empty(0, np.intp)
    held[refused] = NOBODY
    return refused
