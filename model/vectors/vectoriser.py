"""The fitted blocks together: profiles in, vectors out, the same for a stored profile and for an unseen one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from model.blocks import exact, learned_words, track_record
from model.blocks.encoder import CHANGE_STEPS, Encoded, stepped
from model.blocks.exact import Dense, Float
from model.blocks.meaning import DIMENSIONS, Meaning
from model.blocks.pasts import FOLDS, Pasts, fold_of, group
from model.blocks.reading import TAG_KINDS, ProfileReader, ProfileReading
from model.blocks.sentence import Sentences
from model.blocks.tags import Tags
from model.blocks.track_record import NO_CONTRIBUTOR, NO_FOLD, TEACHING_TAGS, TrackRecord, teacher
from model.blocks.words import Words, unit
from model.domain import Program, Startup
from model.vectors import Csr, OwnPast, OwnPasts, ProgramVectors, StartupVectors
from model.vectors.rows import LazyRows

HUB_NEIGHBOURS = 10
MOST_CHANGES = 4_000
HUB_PART = 0.5
MOST_REFERENCES = 2_000
TAG_WEIGHT = 0.5
"""Weight of a tag beside a word in what the track record learns."""

Encode = Callable[[Sequence[str]], Encoded]
Step = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Vectoriser:
    """Reads profiles and turns them into vectors with what was fitted; nothing is fitted here."""

    reader: ProfileReader
    encode: Encode
    words: Words
    meaning: Meaning
    sentences: Sentences
    tags: Mapping[str, Tags]
    record: TrackRecord
    references: Dense
    teaching: tuple[str, ...] = TEACHING_TAGS
    """Kinds of tags that the track record learns from."""

    def startups(self, startups: Sequence[Startup]) -> StartupVectors:
        """One row a startup, as of one that nothing is known of; scales still empty."""
        return self.read_startups(self.reader.startups(startups))

    def programs(self, programs: Sequence[Program]) -> ProgramVectors:
        """One row a program."""
        return self.read_programs(self.reader.programs(programs), programs)

    def read_startups(self, readings: Sequence[ProfileReading]) -> StartupVectors:
        """The same from readings that were made before."""
        bags, tags = [reading.bag for reading in readings], self._tags(readings)
        words, encoded = self.words.startups(bags), self.encode([r.text for r in readings])
        return StartupVectors(
            words=exact.rounded(words),
            meaning=exact.dense(self.meaning.startups(words)),
            sentence=exact.dense(self.sentences.startups(encoded.rows)),
            changes=_changes(encoded, self.sentences.startups),
            tags={kind: exact.rounded(rows) for kind, rows in tags.items()},
            teaching_tags=exact.rounded(self._teaching_tags(readings, tags)),
            hangul_share=np.array([bag.hangul_share for bag in bags]),
            length=np.array([float(bag.length) for bag in bags]),
            scales={},
            contributor=np.full(len(bags), NO_CONTRIBUTOR, np.int32),
            fold=np.full(len(bags), NO_FOLD, np.int32),
        )

    def read_programs(self, readings: Sequence[ProfileReading], programs: Sequence[Program]) -> ProgramVectors:
        """The same for programs, whose groups give the track record."""
        bags = [reading.bag for reading in readings]
        words = self.words.programs(bags)
        meaning = exact.dense(self.meaning.programs(words))
        encoded = self.encode([r.text for r in readings])
        sentence = exact.dense(self.sentences.programs(encoded.rows))
        own = ProgramVectors(
            words=exact.rounded(words),
            learned_words={},
            learned_tags={},
            meaning=meaning,
            past_meaning=meaning,
            sentence=sentence,
            past_sentence=sentence,
            changes=_changes(encoded, self.sentences.programs),
            sentence_hub=self._hubs(sentence),
            tags={kind: exact.rounded(rows) for kind, rows in self._tags(readings).items()},
            hangul_share=np.array([bag.hangul_share for bag in bags]),
            length=np.array([float(bag.length) for bag in bags]),
            group=np.array([self.record.column_of.get(group(program), -1) for program in programs], np.int32),
            past=np.zeros(len(bags)),
        )
        return self.remembering(own)

    def remembering(self, programs: ProgramVectors) -> ProgramVectors:
        """Programs with what the record knows of their groups, whatever was known of them before."""
        record, words = self.record, len(self.words.terms.terms)
        # The row below the groups' is that of programs without a group.
        learned = {
            name: sparse.csr_matrix(sparse.vstack([rows, sparse.csr_matrix((1, rows.shape[1]))]))[programs.group]
            for name, rows in record.learned.items()
        }
        past_meaning, past_sentence = record.blended(record.whole, programs.group, programs.meaning, programs.sentence)
        return replace(
            programs,
            learned_words={name: exact.rounded(rows[:, :words]) for name, rows in learned.items()},
            learned_tags={name: exact.rounded(rows[:, words:]) for name, rows in learned.items()},
            past_meaning=past_meaning,
            past_sentence=past_sentence,
            past=record.counted(record.whole, programs.group),
        )

    def own_pasts(self, startups: StartupVectors, programs: ProgramVectors) -> OwnPasts:
        """What each startup with outcomes meets in place of the programs' whole past, by its row."""
        rows = np.flatnonzero(startups.contributor != NO_CONTRIBUTOR).tolist()
        return {row: self._own_past(int(startups.contributor[row]), programs) for row in rows}

    def _own_past(self, contributor: int, programs: ProgramVectors) -> OwnPast:
        past = self.record.without(contributor)
        place = np.full(len(self.record.pasts.groups) + 1, -1)  # the last is that of a program without a group
        place[past.columns] = np.arange(len(past.columns))
        columns = np.flatnonzero(place[programs.group] >= 0)
        places = place[programs.group[columns]]
        blended = self.record.blended(past, places, programs.meaning[columns], programs.sentence[columns])
        return OwnPast(columns, self.record.counted(past, places), *blended, past.total)

    def learnable(self, words: Csr, readings: Sequence[ProfileReading]) -> Csr:
        """Word and tag columns side by side, from which the track record learns."""
        return sparse.csr_matrix(sparse.hstack([words, self._teaching_tags(readings, self._tags(readings))]))

    def _tags(self, readings: Sequence[ProfileReading]) -> dict[str, Csr]:
        return {kind: self.tags[kind].rows(readings) for kind in TAG_KINDS}

    def _teaching_tags(self, readings: Sequence[ProfileReading], tags: Mapping[str, Csr]) -> Csr:
        """The kinds that teach, side by side; technologies are not brought to length one, so that naming one more
        never takes from what the others have learned to mean."""
        rows = {**tags, "technology": self.tags["technology"].even(readings)}
        joined = exact.side_by_side([rows[kind] for kind in self.teaching])
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
class FittedBlocks:
    """Every block fitted on what both sides say, before anything has come of it, with the readings it was fitted on."""

    bare: Vectoriser
    startups: Sequence[ProfileReading]
    programs: Sequence[ProfileReading]
    startup_vectors: StartupVectors


def fit(
    reader: ProfileReader,
    encode: Encode,
    startups: Sequence[Startup],
    programs: Sequence[Program],
    rng: np.random.Generator,
    step: Step,
    teaching: tuple[str, ...] = TEACHING_TAGS,
) -> FittedBlocks:
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
    sentences = Sentences.fit(known([r.text for r in x]).rows, known([r.text for r in y]).rows)
    tags = {kind: Tags.fit(kind, x, y) for kind in TAG_KINDS}
    columns = len(words.terms.terms) + sum(len(tags[kind].terms.terms) for kind in teaching)
    nobody = track_record.empty(np.zeros((0, DIMENSIONS), np.float32), _NO_REFERENCES, columns)
    bare = Vectoriser(reader, known, words, meaning, sentences, tags, nobody, _NO_REFERENCES, teaching)
    vectors = bare.read_startups(x)
    chosen = np.sort(rng.permutation(len(x))[:MOST_REFERENCES])
    return FittedBlocks(replace(bare, references=vectors.sentence[chosen]), x, y, vectors)


def learn(
    fitted: FittedBlocks, startups: Sequence[Startup], programs: Sequence[Program], pasts: Pasts, step: Step
) -> tuple[Vectoriser, ProgramVectors]:
    """Add what programs took before; returns the vectoriser and the vectors of the programs that it was fitted on."""
    x = fitted.startup_vectors
    folds = np.array([fold_of(startup.id) for startup in startups])
    words, bare = fitted.bare.words, fitted.bare
    takers = bare.learnable(words.startups([r.bag for r in fitted.startups]), fitted.startups)
    givers = bare.learnable(unit(words.programs([r.bag for r in fitted.programs])), fitted.programs)
    column = {name: i for i, name in enumerate(pasts.groups)}
    groups = np.array([column[group(p)] for p in programs])
    learned = {}
    for done, fold in enumerate(range(NO_FOLD, FOLDS)):
        step("learn", done, FOLDS + 1)
        others = pasts.of_startups(folds != fold)
        silent = sparse.csr_matrix((len(pasts.groups), takers.shape[1]))
        learned[teacher(fold)] = learned_words.learned(takers, givers, groups, others) if others.total else silent
    vectoriser = replace(bare, record=TrackRecord(pasts, x.meaning, x.sentence, learned))
    return vectoriser, vectoriser.read_programs(fitted.programs, programs)


def _remembered(encode: Encode, texts: Sequence[str]) -> Encode:
    """Encode texts once; what comes back gives their rows again and knows no others."""
    encoded = encode(texts)
    place = {text: i for i, text in enumerate(texts)}

    def known(again: Sequence[str]) -> Encoded:
        chosen = np.array([place[text] for text in again], int)
        return Encoded(encoded.rows[chosen], encoded.changes[chosen])

    return known


def _changes(encoded: Encoded, centred: Callable[[Float], Float]) -> LazyRows:
    """By how much the centred rows change without each phrase; zeros where there is none."""
    changes = np.zeros_like(encoded.changes)
    texts, phrases = np.nonzero(encoded.changes.any(axis=2))
    # A part at a time, since a fit has a hundred thousand phrases.
    for start in range(0, len(texts), MOST_CHANGES):
        part = slice(start, start + MOST_CHANGES)
        i, k = texts[part], phrases[part]
        whole = encoded.rows[i]
        changes[i, k] = stepped(centred(whole) - centred(whole - encoded.changes[i, k] / float(CHANGE_STEPS)))
    return LazyRows.of(changes)


_NO_REFERENCES: Dense = np.zeros((0, 512), np.float32)
