"""Facts that are phrases: those without which a text would mean less of what the other means."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.blocks.encoder import CHANGE_STEPS
from model.blocks.exact import DENSE_STEPS, Dense, Float
from model.domain import EvidenceKind
from model.explanation import shown
from model.explanation.fact import Fact
from model.explanation.sides import ProgramSide, StartupSide, past_of
from model.explanation.source import is_korean


def of_meaning(startup: StartupSide, program: ProgramSide) -> Sequence[Fact]:
    """Phrases without which the text would mean less of what the program's does, each with the one that it answers.

    What two phrases mean to each other is what the nearness loses without both beyond what it loses without each.
    """
    together = startup.changes @ program.changes.T
    return [
        fact if (other := answered(startup, k, program, together[k])) is None else beside(fact, program, other)
        for k, fact in near(startup, program.vectors.sentence[program.row])
    ]


def of_past_meaning(startup: StartupSide, program: ProgramSide) -> Sequence[Fact]:
    """Phrases without which the text would mean less of what past participants' texts mean."""
    return [fact for _, fact in near(startup, past_of(startup, program)[1])]


def near(startup: StartupSide, towards: Dense) -> list[tuple[int, Fact]]:
    """Phrases, by their number, without which the meaning comes less near to a sentence vector, the most first."""
    lost: Float = (startup.changes @ towards).astype(np.float64) / (CHANGE_STEPS * DENSE_STEPS)
    order = np.argsort(-lost, kind="stable")[: shown.MOST_PHRASES].tolist()
    shown_text, facts = startup.source.shown, []
    for k in order:
        begin, end = startup.phrases[k]
        if lost[k] > 0 and begin < end:
            facts.append((k, Fact(shown_text[begin:end], float(lost[k]), EvidenceKind.PHRASE, ((begin, end),))))
    return facts


def answered(startup: StartupSide, k: int, program: ProgramSide, together: Float) -> int | None:
    """The program's phrase that a phrase clearly goes with, if any: among those nearly as good, in the same script.

    A program says in two languages what it says: where a phrase of one is clear, one in the startup's script that
    carries nearly as much need be half as clear. What a program says of how to apply answers nothing.
    """
    lengths = program.change_lengths * startup.change_lengths[k]
    good = np.flatnonzero(together > shown.NEARLY * together.max(initial=0.0)).tolist()
    near = [j for j in good if program.quotable[j] and together[j] > shown.CLEARLY / 2 * lengths[j]]
    clear = [j for j in near if together[j] > shown.CLEARLY * lengths[j]]
    if not clear:
        return None
    script = is_korean(startup.source.shown[slice(*startup.phrases[k])])
    for among in (clear, near):
        if in_script := [j for j in among if is_korean(program.quotable[j]) == script]:
            return max(in_script, key=lambda j: (together[j], -j))
    return max(clear, key=lambda j: (together[j], -j))


def beside(fact: Fact, program: ProgramSide, other: int) -> Fact:
    """A fact with the program's phrase beside it."""
    span = program.phrases[other]
    return fact._replace(counterpart=program.source.shown[slice(*span)], counterpart_spans=(span,))
