"""The two sides of a pair as an explanation reads them: words and phrases with their places, and what each adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from model.blocks.encoder import read_part
from model.blocks.exact import SPARSE_STEPS, Dense, Float
from model.blocks.meaning import centred
from model.domain import Program, Startup
from model.explanation import shown
from model.explanation.source import Span, VisibleText, of_program, of_startup
from model.text import analysis as text
from model.text import phrases as phrasing
from model.vectors import Csr, OwnPasts, ProgramVectors, StartupVectors
from model.vectors.vectoriser import Vectoriser

Columns = NDArray[np.int32]
ShownWords: TypeAlias = tuple[tuple[str, ...], Columns, Float]


Profile = TypeVar("Profile", Startup, Program)
SideVectors = TypeVar("SideVectors", StartupVectors, ProgramVectors)


@dataclass(frozen=True)
class PairSide(Generic[Profile, SideVectors]):
    """One profile of a pair: its row among the vectors of its side, and its text.

    What is worked out of it stays, so that a side that is explained again costs less.
    """

    vectoriser: Vectoriser
    profile: Profile
    vectors: SideVectors
    row: int
    own_pasts: OwnPasts = field(default_factory=dict)
    """Of a startup: what it meets in place of a program's whole past."""

    @cached_property
    def source(self) -> VisibleText:
        """The profile's text with the places of its words."""
        return of_startup(self.profile) if isinstance(self.profile, Startup) else of_program(self.profile)

    @cached_property
    def phrases(self) -> tuple[Span, ...]:
        """Where the phrases stand that the encoder read; (0, 0) for one that was set aside in part."""
        whole = self.source.shown
        read = whole[: text.MOST_CHARACTERS].rstrip()
        # Fewer letters in the vectors than in the text: a part was set aside, so the places are found anew.
        if isinstance(self.profile, Startup) and self.source.letters != int(self.vectors.length[self.row]):
            read = self.vectoriser.reader.honesty.read(whole).text
        places, at = [], 0
        for begin, end in phrasing.phrases(read_part(read)):
            quoted = phrasing.readable(read[begin:end])
            begin = read.find(quoted, begin) if quoted else begin
            place = begin if read == whole else whole.find(quoted, at)
            at = max(at, place)
            places.append((place, place + len(quoted)) if place >= 0 else (0, 0))
        return tuple(places)

    @cached_property
    def lower_phrases(self) -> tuple[str, ...]:
        """The phrases in lower case."""
        return tuple(self.source.lower[slice(*span)] for span in self.phrases)

    @cached_property
    def quotable(self) -> Sequence[str]:
        """The phrases as they are quoted; empty for one that says how to apply."""
        quoted = [self.source.shown[slice(*span)] for span in self.phrases]
        return ["" if shown.FORMALITIES.search(phrase) else phrase for phrase in quoted]

    @cached_property
    def changes(self) -> Dense:
        """What the sentence vector loses without each phrase, (phrases, 512), in 1/1024."""
        return self.vectors.changes.at(self.row)[: len(self.phrases)].astype(np.float32)

    @cached_property
    def change_lengths(self) -> Dense:
        """The lengths of `changes`, (phrases,)."""
        lengths: Dense = np.linalg.norm(self.changes, axis=1)
        return lengths

    def spans(self, term: str) -> list[Span]:
        """Where a term may be shown in the text."""
        return shown.spans(self.source, term)

    @cached_property
    def spreads(self) -> dict[str, Float]:
        """Rows with their zeros, by block, as far as `products` has met them."""
        return {}

    @cached_property
    def words(self) -> ShownWords:
        """The words that may be shown and have a meaning in the corpus: terms, columns and weights."""
        columns, weights = row_of(self.vectors.words, self.row)
        terms = self.vectoriser.words.terms.terms
        # A word of too few profiles has the zero vector, and losing it changes nothing.
        known = self.vectoriser.meaning.vectors[columns].any(axis=1)
        chosen = [k for k in np.flatnonzero(known).tolist() if self.spans(terms[columns[k]])]
        return tuple(terms[columns[k]] for k in chosen), columns[chosen], weights[chosen]

    @cached_property
    def word_changes(self) -> Float:
        """What the topic vector loses without each of `words`, (words, 100), in whole numbers of 2^-15."""
        columns, weights = row_of(self.vectors.words, self.row)
        meaning, (_, places, place_weights) = self.vectoriser.meaning, self.words
        mean = meaning.startup_mean if isinstance(self.profile, Startup) else meaning.program_mean
        total = weights @ meaning.vectors[columns]
        rows = centred(np.vstack([total, total - place_weights[:, None] * meaning.vectors[places]]), mean)
        changes: Float = np.rint((rows[0] - rows[1:]) * float(SPARSE_STEPS))
        return changes


StartupSide = PairSide[Startup, StartupVectors]
ProgramSide = PairSide[Program, ProgramVectors]
AnySide: TypeAlias = StartupSide | ProgramSide


def row_of(rows: Csr, i: int) -> tuple[Columns, Float]:
    """Columns and numbers of one sparse row."""
    start, end = rows.indptr[i], rows.indptr[i + 1]
    return rows.indices[start:end], rows.data[start:end]


def products(startup: StartupSide, block: str, rows: Csr, row: int) -> list[tuple[int, float]]:
    """Columns of a block that a startup shares with a row of another side, each with its part of their product.

    `block`: `words`, `teaching_tags`, or a kind of tags.
    """
    spread = startup.spreads.get(block)
    if spread is None:
        vectors = startup.vectors
        own = {"words": vectors.words, "teaching_tags": vectors.teaching_tags, **vectors.tags}[block]
        columns, weights = row_of(own, startup.row)
        spread = startup.spreads[block] = np.zeros(own.shape[1])
        spread[columns] = weights
    columns, theirs = row_of(rows, row)
    parts = spread[columns] * theirs
    shared = parts.nonzero()[0]
    return sorted(zip(columns[shared].tolist(), parts[shared].tolist(), strict=True))


def past_of(startup: StartupSide, program: ProgramSide) -> tuple[Dense, Dense]:
    """The topic and the meaning of a program's past participants as a startup meets them, without itself."""
    own = startup.own_pasts.get(startup.row)
    if own is not None and len(place := np.flatnonzero(own.columns == program.row)):
        return own.meaning[place[0]], own.sentence[place[0]]
    return program.vectors.past_meaning[program.row], program.vectors.past_sentence[program.row]
