"""The two sides of a pair as an explanation reads them: words and phrases with their places, and what each adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from model import text
from model.blocks.encoder import CHANGE_STEPS, read_part
from model.blocks.exact import DENSE_STEPS, SPARSE_STEPS, Dense, Float
from model.blocks.meaning import centred
from model.domain import Program, Startup
from model.explanation import shown
from model.explanation.source import Span, VisibleText, of_program, of_startup
from model.vectors import Csr, OwnPasts, ProgramVectors, StartupVectors
from model.vectors.vectoriser import Vectoriser

Columns = NDArray[np.int32]
ShownWords: TypeAlias = tuple[tuple[str, ...], Columns, Float]


Profile = TypeVar("Profile", Startup, Program)
SideVectors = TypeVar("SideVectors", StartupVectors, ProgramVectors)


@dataclass(frozen=True)
class PairSide(Generic[Profile, SideVectors]):
    """One profile of a pair: its row among the vectors of its side, and its text."""

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
        if isinstance(self.profile, Startup) and self.source.letters != int(self.vectors.length[self.row]):
            read = self.vectoriser.reader.honesty.read(whole).text
        places, at = [], 0
        for begin, end in text.phrases(read_part(read)):
            begin, end = _trimmed(read, begin, end)
            place = begin if read == whole else whole.find(read[begin:end], at)
            at = max(at, place)
            places.append((place, place + end - begin) if place >= 0 else (0, 0))
        return tuple(places)

    @cached_property
    def changes(self) -> Dense:
        """What the sentence vector loses without each phrase, (phrases, 512), in 1/1024."""
        return self.vectors.changes.at(self.row)[: len(self.phrases)].astype(np.float32)

    def spans(self, term: str) -> list[Span]:
        """Where a term may be shown in the text."""
        return shown.spans(self.source, term)

    @cached_property
    def words(self) -> ShownWords:
        """The words that may be shown and have a meaning in the corpus: terms, columns and weights."""
        # A program's text is explained again and again with the same fitted words.
        fitted, _ = self.source.words_kept.get("words", (None, None))
        if fitted is not self.vectoriser.words:
            self.source.words_kept["words"] = self.vectoriser.words, self._words()
        words: ShownWords = self.source.words_kept["words"][1]
        return words

    def _words(self) -> ShownWords:
        columns, weights = row_of(self.vectors.words, self.row)
        terms = self.vectoriser.words.terms.terms
        known = self.vectoriser.meaning.vectors[columns].any(axis=1)
        chosen = [k for k in np.flatnonzero(known).tolist() if self.spans(terms[columns[k]])]
        return tuple(terms[columns[k]] for k in chosen), columns[chosen], weights[chosen]

    @cached_property
    def word_changes(self) -> Float:
        """What the topic vector loses without each of `words`, (words, 100), in whole numbers of 2^-15."""
        columns, weights = row_of(self.vectors.words, self.row)
        meaning, (_, word_columns, kept_weights) = self.vectoriser.meaning, self.words
        mean = meaning.startup_mean if isinstance(self.profile, Startup) else meaning.program_mean
        total = weights @ meaning.vectors[columns]
        centred_rows = centred(np.vstack([total, total - kept_weights[:, None] * meaning.vectors[word_columns]]), mean)
        changes: Float = np.rint((centred_rows[0] - centred_rows[1:]) * float(SPARSE_STEPS))
        return changes


StartupSide = PairSide[Startup, StartupVectors]
ProgramSide = PairSide[Program, ProgramVectors]
AnySide: TypeAlias = StartupSide | ProgramSide


def row_of(rows: Csr, i: int) -> tuple[Columns, Float]:
    """Columns and numbers of one sparse row."""
    start, end = rows.indptr[i], rows.indptr[i + 1]
    return rows.indices[start:end], rows.data[start:end]


def products(x: Csr, i: int, y: Csr, j: int) -> Iterator[tuple[int, float]]:
    """Columns that two sparse rows share, each with its part of their product."""
    columns, ours = row_of(x, i)
    others, theirs = row_of(y, j)
    shared, at_x, at_y = np.intersect1d(columns, others, assume_unique=True, return_indices=True)
    return zip(shared.tolist(), (ours[at_x] * theirs[at_y]).tolist(), strict=True)


def past_of(startup: StartupSide, program: ProgramSide) -> tuple[Dense, Dense]:
    """The topic and the meaning of a program's past participants as a startup meets them, without itself."""
    own = startup.own_pasts.get(startup.row)
    if own is not None and len(place := np.flatnonzero(own.columns == program.row)):
        return own.meaning[place[0]], own.sentence[place[0]]
    return program.vectors.past_meaning[program.row], program.vectors.past_sentence[program.row]


def losses(side: StartupSide, towards: Dense) -> Float:
    """What the meaning of a text loses towards a sentence vector without each of its phrases, (phrases,)."""
    lost: Float = (side.changes @ towards).astype(np.float64) / (CHANGE_STEPS * DENSE_STEPS)
    return lost


def word_losses(side: StartupSide, towards: Dense) -> Mapping[str, float]:
    """What the topic of a text loses towards a topic vector without each of its words; none that gains."""
    lost = side.word_changes @ towards.astype(np.float64) / float(SPARSE_STEPS * DENSE_STEPS)
    return {term: loss for term, loss in zip(side.words[0], lost.tolist(), strict=True) if loss > 0}


def _trimmed(read: str, begin: int, end: int) -> Span:
    """A phrase without the marks around it."""
    trimmed = text.readable(read[begin:end])
    start = read.find(trimmed, begin) if trimmed else begin
    return start, start + len(trimmed)
