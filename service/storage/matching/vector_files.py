"""Vectors of startups kept on disk between starts, by what a profile says and by the model that read it."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

import model
from model.artifact import versions
from model.artifact.manifest import Manifest
from model.vectors import StartupVectors
from model.vectors.rows import LazyRows

KEYS = "keys"
LOCK, READER = ".reading", ".reader"
"""Held while texts are read for one model, and for life by the process that reads for all of the machine."""
FOLLOWED = "erasures"
"""A file beside the models' folders: the counter of erasures that they have followed, whoever ran meanwhile."""
MOST_MODELS = 2
"""Of how many models vectors stay: of the one in use, and of the one to go back to."""

_CSR = ("data", "indices", "indptr", "shape")
Arrays = dict[str, Any]


class VectorFiles:
    """One model's vectors in a folder: each file holds some, written once and never changed."""

    def __init__(self, home: Path, manifest: Manifest) -> None:
        about = repr((sorted(manifest.files.items()), manifest.model_version, _code()))
        self.home, self.manifest = home, manifest
        self._folder = home / hashlib.sha256(about.encode()).hexdigest()[:24]
        self._read: set[str] = set()
        self.is_reader = False

    def new(self) -> Iterator[tuple[Sequence[str], StartupVectors]]:
        """What this process has not read yet: names and vectors, row by row; a damaged file is as none."""
        for path in sorted(self._folder.glob("*.npz")) if self._folder.is_dir() else ():
            if path.name not in self._read:
                self._read.add(path.name)
                with suppress(OSError, ValueError, KeyError, zipfile.BadZipFile):
                    yield _loaded(path)

    def forget(self) -> None:
        """Read all files anew next time."""
        self._read.clear()

    def add(self, keys: Sequence[str], vectors: StartupVectors) -> None:
        """Keep vectors under their names; raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / f"{uuid.uuid4().hex}.npz"
        part = path.with_suffix(".part")
        with part.open("xb") as file:
            np.savez(file, allow_pickle=False, **{KEYS: np.array(keys, "S64")}, **_arrays(vectors))
        part.replace(path)
        self._read.add(path.name)

    def keep_only(self, wanted: set[str]) -> None:
        """Leave only wanted names behind, and what the last models kept; raises OSError.

        Hold `alone` meanwhile: the files are read and written anew as one.
        """
        old = list(self._folder.glob("*.npz"))
        self.forget()
        for keys, vectors in list(self.new()):
            rows = [row for row, key in enumerate(keys) if key in wanted]
            if rows:
                self.add([keys[row] for row in rows], vectors.rows(np.array(rows, np.int64)))
        for path in old:
            path.unlink(missing_ok=True)
        others = sorted((path for path in self.home.iterdir() if path.is_dir()), key=os.path.getmtime, reverse=True)
        for path in [path for path in others if path != self._folder][MOST_MODELS - 1 :]:
            shutil.rmtree(path, ignore_errors=True)

    def erasures(self) -> int:
        """The counter of erasures that this folder has followed; 0 where it has followed none yet."""
        try:
            return int((self.home / FOLLOWED).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0

    def follow(self, erasures: int) -> None:
        """Forget what other models have read, and note that what stays here is free of the erased; raises OSError.

        Hold `alone`, and call after `keep_only`.
        """
        for path in [path for path in self.home.iterdir() if path.is_dir() and path != self._folder]:
            shutil.rmtree(path, ignore_errors=True)
        part = self.home / f"{FOLLOWED}.part"
        part.write_text(str(erasures), encoding="ascii")
        part.replace(self.home / FOLLOWED)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only process that reads texts for this model; raises versions.Held, or OSError.

        Where a process reads for all of the machine, no other may.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self.is_reader:
            with versions.held(self.home, READER):
                pass
        with versions.held(self._folder, LOCK):
            yield


@contextmanager
def reader_of(home: Path) -> Iterator[None]:
    """Be the process that reads for all of the machine; waits for another one to end. Raises OSError."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with versions.held(home, READER, wait=True):
        yield


@cache
def _code() -> str:
    """Names the code that reads texts: vectors made by another are not ours."""
    whole = hashlib.sha256()
    for path in sorted(Path(str(model.__file__)).parent.rglob("*.py")):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _arrays(vectors: StartupVectors) -> Arrays:
    flat: Arrays = {}
    for f in fields(vectors):
        value = getattr(vectors, f.name)
        parts = value.items() if isinstance(value, Mapping) else (("", value),)
        for name, part in parts:
            place = f"{f.name}/{name}"
            if sparse.issparse(part):
                flat |= {f"{place}/{each}": np.asarray(getattr(part, each)) for each in _CSR}
            else:
                flat[f"{place}/"] = part.whole() if isinstance(part, LazyRows) else part
    return flat


def _loaded(path: Path) -> tuple[Sequence[str], StartupVectors]:
    with np.load(path, allow_pickle=False) as file:
        keys = [key.decode("ascii") for key in file[KEYS].tolist()]
        names = sorted({name.rpartition("/")[0] for name in file.files if name != KEYS})
        values: dict[str, Any] = {field: {} for field in MAPPINGS}
        for name in names:
            field, _, inner = name.partition("/")
            if f"{name}/data" in file.files:
                parts = [file[f"{name}/{each}"] for each in _CSR]
                value: Any = sparse.csr_matrix(tuple(parts[:3]), shape=tuple(parts[3].tolist()))
            else:
                value = LazyRows.of(file[f"{name}/"]) if field in LAZY else file[f"{name}/"]
            if inner:
                values[field][inner] = value
            elif field not in MAPPINGS:
                values[field] = value
    return keys, StartupVectors(**values)


LAZY = ("changes",)
MAPPINGS = ("tags", "scales")
"""The fields that hold several matrices by name."""
