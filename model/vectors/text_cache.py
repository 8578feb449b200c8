"""Analysed texts kept by content: a later fit on the same texts need not analyse them again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np

from model.blocks.encoder import Changes, Encoded
from model.blocks.exact import Float
from model.text import analysis as text
from model.text.analysis import Bag

BATCH = 1_000
Bags = Callable[[Sequence[str]], list[Bag]]
Encode = Callable[[Sequence[str]], Encoded]
Sentence: TypeAlias = tuple[Float, Changes]
"""One text of `Encoded`."""
Progress = Callable[[str, int, int], None]


class TextCache:
    """Bags and encoded sentences of texts, by the text's digest; in memory until saved, and only if it has a folder."""

    MADE_BY, BAGS, KEYS = "made-by.txt", "bags.jsonl", "sentences.json"
    ROWS, CHANGES = "sentences.npy", "changes.npy"

    def __init__(self, folder: Path | None, made_by: str, bags: dict[str, Bag], sentences: dict[str, Sentence]) -> None:
        self._folder, self._made_by, self._bags, self._sentences = folder, made_by, bags, sentences
        self._saved = self._size

    @classmethod
    def at(cls, folder: Path | None, made_by: str = "") -> TextCache:
        """Open the cache in a folder, which may be empty or absent; None keeps nothing.

        `made_by` names analyser, encoder and glossary: what others made is ignored, and so is a damaged cache.
        """
        if folder is None:
            return cls(None, made_by, {}, {})
        try:
            if (folder / cls.MADE_BY).read_text(encoding="utf-8") == made_by:
                known = (
                    _read_bags(folder / cls.BAGS),
                    _read_sentences(folder / cls.KEYS, folder / cls.ROWS, folder / cls.CHANGES),
                )
                return cls(folder, made_by, *known)
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return cls(folder, made_by, {}, {})

    @property
    def _size(self) -> tuple[int, int]:
        return len(self._bags), len(self._sentences)

    def bags(self, analyse: Bags, progress: Progress) -> Bags:
        """Wrap an analyser: texts that are known are not analysed again."""

        def cached(texts: Sequence[str]) -> list[Bag]:
            # dict.fromkeys drops doubles and keeps the order, which a set would not.
            missing = [t for t in dict.fromkeys(texts) if text.digest(t) not in self._bags]
            for start in range(0, len(missing), BATCH):
                part = missing[start : start + BATCH]
                self._bags |= {text.digest(t): bag for t, bag in zip(part, analyse(part), strict=True)}
                progress("read", start + len(part), len(missing))
            return [self._bags[text.digest(t)] for t in texts]

        return cached

    def encoding(self, encode: Encode, progress: Progress) -> Encode:
        """Wrap an encoder: texts that are known are not encoded again."""

        def cached(texts: Sequence[str]) -> Encoded:
            missing = [t for t in dict.fromkeys(texts) if text.digest(t) not in self._sentences]
            for start in range(0, len(missing), BATCH):
                part = missing[start : start + BATCH]
                encoded = zip(*encode(part), strict=True)
                self._sentences |= {text.digest(t): row for t, row in zip(part, encoded, strict=True)}
                progress("sentences", start + len(part), len(missing))
            return _together([self._sentences[text.digest(t)] for t in texts])

        return cached

    def save(self) -> None:
        """Write the cache to its folder, if it has one and anything is new; each file is replaced whole."""
        if self._folder is None or self._saved == self._size:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / self.MADE_BY).unlink(missing_ok=True)  # until all files are from the same hands
        lines = (json.dumps([k, dict(b.terms), b.hangul, b.latin], ensure_ascii=False) for k, b in self._bags.items())
        _replace(self._folder / self.BAGS, "\n".join(lines).encode())
        _replace(self._folder / self.KEYS, json.dumps(list(self._sentences)).encode())
        # Two files of one order: the keys name the rows by their place.
        rows, changes = _together(list(self._sentences.values()))
        for name, array in ((self.ROWS, rows.astype(np.float32)), (self.CHANGES, changes)):
            with (self._folder / "new.npy").open("wb") as file:
                np.save(file, array, allow_pickle=False)
            (self._folder / "new.npy").replace(self._folder / name)
        _replace(self._folder / self.MADE_BY, self._made_by.encode())
        self._saved = self._size


def _replace(path: Path, content: bytes) -> None:
    # Renamed when whole, so that a fit that is stopped leaves the file of before.
    new = path.with_name(path.name + ".new")
    new.write_bytes(content)
    new.replace(path)


def _read_bags(path: Path) -> dict[str, Bag]:
    lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    return {key: Bag(terms, hangul, latin) for key, terms, hangul, latin in map(json.loads, filter(None, lines))}


def _read_sentences(keys: Path, *arrays: Path) -> dict[str, Sentence]:
    if not keys.exists():
        return {}
    rows, changes = (np.load(path, allow_pickle=False) for path in arrays)
    sentences = zip(rows.astype(np.float64), changes, strict=True)
    return dict(zip(json.loads(keys.read_text()), sentences, strict=True))


def _together(sentences: Sequence[Sentence]) -> Encoded:
    joined = Encoded.of_none(len(sentences))
    for i, (row, changes) in enumerate(sentences):
        joined.rows[i], joined.changes[i] = row, changes
    return joined
