"""A fitted matcher as named arrays and JSON texts, and back, bit for bit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

import numpy as np
from scipy import sparse

from model.artifact.manifest import VOCABULARY
from model.blocks.honesty import Honesty, HonestyLimits
from model.blocks.meaning import DIMENSIONS, Meaning
from model.blocks.pasts import Pasts
from model.blocks.program_words import ProgramWords
from model.blocks.reading import TAG_KINDS
from model.blocks.sentence import Sentences
from model.blocks.tags import Tags
from model.blocks.track_record import TEACHERS, TrackRecord
from model.blocks.words import FittedTerms, Words
from model.eligibility import Ledger
from model.matching.known_pairs import KnownPairs
from model.matching.matcher import Matcher
from model.scoring.chance import Chance
from model.scoring.score import BlockWeights, FittedSum
from model.vectors import Csr, ProgramVectors, StartupVectors
from model.vectors.corpus import encoding, reader
from model.vectors.rows import LazyRows
from model.vectors.vectoriser import Vectoriser
from model.vocabulary import Vocabulary

Arrays = dict[str, np.ndarray]
Texts = dict[str, bytes]

REAL, INDEX = ("float64", "float32"), ("int32", "int64")
TYPES: Mapping[str, tuple[str, ...]] = {
    "indices": INDEX,
    "indptr": INDEX,
    "shape": ("int64",),
    "meaning-terms": INDEX,
    "past-events": INDEX,
    "past-partners": INDEX,
    "startups-contributor": INDEX,
    "startups-fold": INDEX,
    "programs-group": INDEX,
    "startups-changes": ("int8",),
    "programs-changes": ("int8",),
    "program-words-starts": INDEX,
    "program-words-programs": INDEX,
    "program-words-weights": INDEX,
}
"""The types that an array may have, by its name or by what follows the dot; all others hold reals."""
PROGRAM_WORDS = ("starts", "programs", "weights")


def dump(matcher: Matcher) -> tuple[Arrays, Texts]:
    """Take a matcher apart: arrays by file stem, texts by file name."""
    fitted = matcher.vectoriser
    known = fitted.reader.honesty.program_words
    arrays: Arrays = {"words-idf": fitted.words.terms.idf, "references": fitted.references}
    # Most words have no vector of their own: only the rows that hold something are written.
    used = np.flatnonzero(np.abs(fitted.meaning.vectors).sum(axis=1))
    arrays |= {
        "meaning-terms": used.astype(np.int32),
        "meaning-vectors": fitted.meaning.vectors[used].astype(np.float32),
        "meaning-means": np.stack([fitted.meaning.startup_mean, fitted.meaning.program_mean]),
        "sentence-means": np.stack([fitted.sentences.startup_mean, fitted.sentences.program_mean]),
        "program-words-starts": known.starts,
        "program-words-programs": known.programs,
        "program-words-weights": known.weights,
    }
    for kind, tags in fitted.tags.items():
        arrays[f"tags-{kind}-idf"] = tags.terms.idf
    arrays |= _record_arrays(fitted.record)
    arrays |= _vector_arrays("startups", matcher.startup_vectors) | _vector_arrays("programs", matcher.program_vectors)
    state = {
        "words": {"terms": fitted.words.terms.terms, "mean_norm": fitted.words.mean_norm},
        "tags": {k: {"terms": t.terms.terms, "usual_norm": t.usual_norm} for k, t in fitted.tags.items()},
        "honesty": {"words": known.words, "size": known.size, "limits": asdict(fitted.reader.honesty.limits)},
        "groups": fitted.record.pasts.groups,
        "contributors": dict(matcher.contributors),
        "scoring": asdict(matcher.scoring),
        "chance": asdict(matcher.chance) if matcher.chance else None,
    }
    texts = {f"{VOCABULARY}{name}.json": content for name, content in matcher.vocabulary.raw.items()}
    return arrays, texts | {
        "state.json": _json(state),
        "startups.json": _json(dict(matcher.startups)),
        "programs.json": _json(dict(matcher.programs)),
        "examples.json": _json(list(matcher.examples)),
    }


def load(arrays: Mapping[str, np.ndarray], texts: Mapping[str, bytes], vocabulary: Vocabulary) -> Matcher:
    """Put a matcher together again; raises KeyError or ValueError when a part is missing or does not fit."""
    for name, array in arrays.items():
        if str(array.dtype) not in TYPES.get(name.rpartition(".")[2], REAL):
            raise ValueError(f"{name}: {array.dtype}")
    state = json.loads(texts["state.json"])
    words = Words(FittedTerms(state["words"]["terms"], np.asarray(arrays["words-idf"])), state["words"]["mean_norm"])
    # The rows that were left out when they were written come back as zeros.
    vectors = np.zeros((len(words.terms.terms), DIMENSIONS))
    vectors[arrays["meaning-terms"]] = arrays["meaning-vectors"]
    startup_vectors = _vectors("startups", StartupVectors, arrays)
    fitted = Vectoriser(
        reader=reader(vocabulary, _honesty(state["honesty"], arrays)),
        encode=encoding(vocabulary),
        words=words,
        meaning=Meaning(vectors, *np.asarray(arrays["meaning-means"])),
        sentences=Sentences(*np.asarray(arrays["sentence-means"])),
        tags={kind: _tags(kind, state["tags"][kind], arrays) for kind in TAG_KINDS},
        record=_record(arrays, state["groups"], startup_vectors),
        references=np.asarray(arrays["references"]),
    )
    scoring, chance = state["scoring"], state["chance"]
    return Matcher(
        vocabulary=vocabulary,
        ledger=Ledger(vocabulary.codes),
        vectoriser=fitted,
        scoring=FittedSum(**{**scoring, "weights": BlockWeights(**scoring["weights"])}),
        startups=dict(json.loads(texts["startups.json"])),
        startup_vectors=startup_vectors,
        programs=dict(json.loads(texts["programs.json"])),
        program_vectors=_vectors("programs", ProgramVectors, arrays),
        contributors=state["contributors"],
        known=KnownPairs.of_pasts(fitted.record.pasts, state["contributors"]),
        examples=tuple(json.loads(texts["examples.json"])),
        chance=Chance(**{**chance, "variances": tuple(chance["variances"])}) if chance else None,
    )


def _tags(kind: str, state: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> Tags:
    return Tags(kind, FittedTerms(state["terms"], np.asarray(arrays[f"tags-{kind}-idf"])), state["usual_norm"])


def _honesty(state: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> Honesty:
    starts, programs, weights = (np.asarray(arrays[f"program-words-{name}"]) for name in PROGRAM_WORDS)
    known = ProgramWords(tuple(state["words"]), starts, programs, weights, state["size"])
    return Honesty(known, HonestyLimits(**state["limits"]))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()


def _record_arrays(record: TrackRecord) -> Arrays:
    learned = [_csr_arrays(f"learned-{name}", rows) for name, rows in record.learned.items()]
    events = {"past-events": record.pasts.events, "past-partners": record.pasts.partners}
    return events | {name: array for arrays in learned for name, array in arrays.items()}


def _record(arrays: Mapping[str, np.ndarray], groups: Sequence[str], startups: StartupVectors) -> TrackRecord:
    events, partners = np.asarray(arrays["past-events"]), np.asarray(arrays["past-partners"])
    pasts = Pasts(tuple(groups), partners, len(startups), events)
    learned = {name: _csr(f"learned-{name}", arrays) for name in TEACHERS}
    return TrackRecord(pasts, startups.meaning, startups.sentence, learned)


def _vector_arrays(side: str, vectors: StartupVectors | ProgramVectors) -> Arrays:
    arrays: Arrays = {}
    for f in fields(vectors):
        value = getattr(vectors, f.name)
        parts = value.items() if isinstance(value, Mapping) else [("", value)]
        for name, part in parts:
            stem = "-".join(filter(None, (side, f.name, name)))
            # Rows that are read as they are needed are written as one array.
            part = part.whole() if isinstance(part, LazyRows) else part
            arrays |= _csr_arrays(stem, part) if sparse.issparse(part) else {stem: part}
    return arrays


def _vectors(side: str, kind: type[Any], arrays: Mapping[str, np.ndarray]) -> Any:
    return kind(**{f.name: _field(f"{side}-{f.name}", arrays) for f in fields(kind)})


def _field(stem: str, arrays: Mapping[str, np.ndarray]) -> Any:
    if stem in arrays:
        return LazyRows.of(arrays[stem]) if stem.endswith("-changes") else arrays[stem]
    if f"{stem}.data" in arrays:
        return _csr(stem, arrays)
    names = {name.removeprefix(f"{stem}-").split(".")[0] for name in arrays if name.startswith(f"{stem}-")}
    return {name: _field(f"{stem}-{name}", arrays) for name in sorted(names)}


def _csr_arrays(stem: str, rows: Csr) -> Arrays:
    shape = np.array(rows.shape, np.int64)
    return {
        f"{stem}.data": rows.data,
        f"{stem}.indices": rows.indices,
        f"{stem}.indptr": rows.indptr,
        f"{stem}.shape": shape,
    }


def _csr(stem: str, arrays: Mapping[str, np.ndarray]) -> Csr:
    parts = tuple(np.asarray(arrays[f"{stem}.{name}"]) for name in ("data", "indices", "indptr"))
    return sparse.csr_matrix(parts, shape=tuple(arrays[f"{stem}.shape"].tolist()), copy=False)
