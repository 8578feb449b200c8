"""The fitted blocks together: profiles in, vectors out, the same for a stored profile and for an unseen one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse

from model.blocks import exact, track_record
from model.blocks.exact import Dense, Float
from model.blocks.meaning import Meaning
from model.blocks.reading import TAG_KINDS, Reader, Reading
from model.blocks.sentence import Sentences
from model.blocks.tags import Tags
from model.blocks.track_record import Pasts
from model.blocks.words import Words, unit
from model.domain import Program, Startup
from model.vectors import Csr, ProgramVectors, StartupVectors

HUB_NEIGHBOURS = 10
HUB_PART = 0.5
MOST_REFERENCES = 2_000
TAG_WEIGHT = 0.5
"""Weight of a tag beside a word in what the track record learns."""

Encode = Callable[[Sequence[str]], Float]
Step = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Records:
    """What each group of programs has taken: one row a group, and the group's row by name."""

    rows: Mapping[str, int]
    learned: Csr
    meaning: Float
    sentence: Float
    counts: Float

    def of(self, programs: Sequence[Program]) -> Records:
        """Pick one row a program; a program of a group without a past gets an empty one."""
        chosen = np.array([self.rows.get(track_record.group(p), len(self.counts)) for p in programs], int)
        return Records(
            {},
            _with_empty(self.learned)[chosen],
            np.vstack([self.meaning, np.zeros((1, self.meaning.shape[1]))])[chosen],
            np.vstack([self.sentence, np.zeros((1, self.sentence.shape[1]))])[chosen],
            np.append(self.counts, 0.0)[chosen],
        )


@dataclass(frozen=True)
class Vectoriser:
    """Reads profiles and turns them into vectors with what was fitted; nothing is fitted here."""

    reader: Reader
    encode: Encode
    words: Words
    meaning: Meaning
    sentences: Sentences
    tags: Mapping[str, Tags]
    records: Records
    references: Dense

    @cached_property
    def tag_names(self) -> tuple[str, ...]:
        """The tags of every kind, in the order of the columns of `all_tags`."""
        return tuple(name for kind in TAG_KINDS for name in self.tags[kind].terms.terms)

    def startups(self, startups: Sequence[Startup]) -> StartupVectors:
        """One row a startup, scales still empty."""
        return self.read_startups(self.reader.startups(startups))

    def programs(self, programs: Sequence[Program]) -> ProgramVectors:
        """One row a program."""
        return self.read_programs(self.reader.programs(programs), programs)

    def read_startups(self, readings: Sequence[Reading]) -> StartupVectors:
        """The same from readings that were made before."""
        bags, tags = [reading.bag for reading in readings], self._tags(readings)
        words = self.words.startups(bags)
        return StartupVectors(
            words=exact.rounded(words),
            meaning=exact.dense(self.meaning.startups(words)),
            sentence=exact.dense(self.sentences.startups(self.encode([r.text for r in readings]))),
            tags={kind: exact.rounded(rows) for kind, rows in tags.items()},
            all_tags=exact.rounded(self._all_tags(readings, tags)),
            hangul_share=np.array([bag.hangul_share for bag in bags]),
            length=np.array([float(bag.length) for bag in bags]),
            scales={},
        )

    def read_programs(self, readings: Sequence[Reading], programs: Sequence[Program]) -> ProgramVectors:
        """The same for programs, whose groups give the track record."""
        bags = [reading.bag for reading in readings]
        records = self.records.of(programs)
        words = self.words.programs(bags)
        meaning = self.meaning.programs(words)
        sentence = self.sentences.programs(self.encode([r.text for r in readings]))
        return ProgramVectors(
            words=exact.rounded(words),
            learned_words=exact.rounded(records.learned[:, : len(self.words.terms.terms)]),
            learned_tags=exact.rounded(records.learned[:, len(self.words.terms.terms) :]),
            meaning=exact.dense(meaning),
            past_meaning=exact.dense(track_record.dense_past(records.meaning, meaning)),
            sentence=exact.dense(sentence),
            past_sentence=exact.dense(track_record.dense_past(records.sentence, sentence)),
            sentence_hub=self._hubs(exact.dense(sentence)),
            tags={kind: exact.rounded(rows) for kind, rows in self._tags(readings).items()},
            hangul_share=np.array([bag.hangul_share for bag in bags]),
            length=np.array([float(bag.length) for bag in bags]),
            past=records.counts,
        )

    def learnable(self, words: Csr, readings: Sequence[Reading]) -> Csr:
        """Word and tag columns side by side, from which the track record learns."""
        return sparse.csr_matrix(sparse.hstack([words, self._all_tags(readings, self._tags(readings))]))

    def _tags(self, readings: Sequence[Reading]) -> dict[str, Csr]:
        return {kind: self.tags[kind].rows(readings) for kind in TAG_KINDS}

    def _all_tags(self, readings: Sequence[Reading], tags: Mapping[str, Csr]) -> Csr:
        """Every kind's rows side by side; technologies are not brought to length one, so that naming one more
        never takes from what the others have learned to mean."""
        joined = sparse.hstack([*({**tags, "technology": self.tags["technology"].even(readings)}.values())], "csr")
        return exact.with_data(joined, TAG_WEIGHT * joined.data)

    def _hubs(self, sentence: Dense) -> Float:
        """Half the mean cosine with the ten nearest fitted startups: a text that is near to all says little
        (cross-domain similarity local scaling, Conneau et al. 2018), (m,)."""
        if not len(self.references):
            return np.zeros(len(sentence))
        products = np.sort(exact.dense_products(sentence, self.references), axis=1)
        nearest = products[:, ::-1][:, :HUB_NEIGHBOURS]
        total = np.zeros(len(sentence))
        for column in range(nearest.shape[1]):
            total = total + nearest[:, column]
        hubs: Float = HUB_PART * total / max(1, nearest.shape[1])
        return hubs


@dataclass(frozen=True)
class Fitted:
    """Every block fitted on what both sides say, before anything has come of it, with the readings it was fitted on."""

    bare: Vectoriser
    startups: Sequence[Reading]
    programs: Sequence[Reading]
    startup_vectors: StartupVectors


def fit(
    reader: Reader,
    encode: Encode,
    startups: Sequence[Startup],
    programs: Sequence[Program],
    rng: np.random.Generator,
    step: Step,
) -> Fitted:
    """Fit every block on what both sides say; it reads and encodes no other texts."""
    step("read", 0, 1)
    x, y = reader.startups(startups), reader.programs(programs)
    x_bags, y_bags = [r.bag for r in x], [r.bag for r in y]
    step("words", 0, 1)
    words = Words.fit(x_bags, y_bags)
    step("meaning", 0, 1)
    meaning = Meaning.fit(words.terms, x_bags, y_bags, rng=rng)
    step("sentences", 0, 1)
    known = _remembered(encode, [r.text for r in (*x, *y)])
    sentences = Sentences.fit(known([r.text for r in x]), known([r.text for r in y]))
    tags = {kind: Tags.fit(kind, x, y) for kind in TAG_KINDS}
    bare = Vectoriser(reader, known, words, meaning, sentences, tags, _no_records(words, meaning, tags), _NO_REFERENCES)
    vectors = bare.read_startups(x)
    chosen = np.sort(rng.permutation(len(x))[:MOST_REFERENCES])
    return Fitted(replace(bare, references=vectors.sentence[chosen]), x, y, vectors)


def learn(fitted: Fitted, programs: Sequence[Program], pasts: Pasts, step: Step) -> tuple[Vectoriser, ProgramVectors]:
    """Add what programs took before; returns the vectoriser and the vectors of the programs that it was fitted on."""
    records = _records(fitted.bare, fitted.startups, fitted.programs, programs, pasts, step)
    found = replace(fitted.bare, records=records)
    return found, found.read_programs(fitted.programs, programs)


def _remembered(encode: Encode, texts: Sequence[str]) -> Encode:
    """Encode texts once; what comes back gives their rows again and knows no others."""
    encoded = dict(zip(texts, encode(texts), strict=True))

    def known(again: Sequence[str]) -> Float:
        return np.array([encoded[t] for t in again]) if again else encode([])

    return known


_NO_REFERENCES: Dense = np.zeros((0, 512), np.float32)


def _no_records(words: Words, meaning: Meaning, tags: Mapping[str, Tags]) -> Records:
    columns = sum(len(kind.terms.terms) for kind in tags.values())
    empty = sparse.csr_matrix((0, len(words.terms.terms) + columns))
    return Records({}, empty, np.zeros((0, meaning.vectors.shape[1])), np.zeros((0, 512)), np.zeros(0))


def _records(
    bare: Vectoriser,
    x: Sequence[Reading],
    y: Sequence[Reading],
    programs: Sequence[Program],
    pasts: Pasts,
    step: Step,
) -> Records:
    if not pasts.total:
        return bare.records
    words = bare.words.startups([r.bag for r in x])
    takers = bare.learnable(words, x)
    givers = bare.learnable(unit(bare.words.programs([r.bag for r in y])), y)
    column = {name: i for i, name in enumerate(pasts.groups)}
    groups = np.array([column[track_record.group(p)] for p in programs])
    learned = track_record.learned(takers, givers, groups, pasts, lambda done, total: step("learn", done, total))
    with_past = np.flatnonzero(pasts.counts > 0)
    return Records(
        {pasts.groups[i]: row for row, i in enumerate(with_past)},
        learned[with_past],
        track_record.dense_sums(pasts, bare.meaning.startups(words))[with_past],
        track_record.dense_sums(pasts, bare.sentences.startups(bare.encode([r.text for r in x])))[with_past],
        pasts.counts[with_past],
    )


def _with_empty(rows: Csr) -> Csr:
    return sparse.csr_matrix(sparse.vstack([rows, sparse.csr_matrix((1, rows.shape[1]))]))
