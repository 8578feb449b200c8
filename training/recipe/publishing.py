"""An artifact is published: written whole under its version, beside the one in use."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from model.artifact import artifact, matcher_state, versions
from model.artifact.manifest import Manifest
from model.matching.matcher import Matcher


@dataclass(frozen=True)
class Papers:
    """What the manifest says beside the matcher itself; `reason` why it was published past the gate."""

    created_at: datetime
    snapshot_digest: str
    metrics: Mapping[str, Any]
    reason: str | None = None
    key: bytes | None = None


@dataclass(frozen=True)
class Published:
    """Where an artifact lies and what its manifest says."""

    folder: Path
    manifest: Manifest


def publish(out: Path, matcher: Matcher, papers: Papers) -> Published:
    """Write `out/<version>/`; which version answers is decided by a person, by `ieum activate`. Raises OSError."""
    out.mkdir(parents=True, exist_ok=True)
    name = version(matcher, papers)
    manifest = artifact.write(
        out / name,
        matcher,
        model_version=name,
        created_at=papers.created_at,
        metrics=papers.metrics,
        snapshot_digest=papers.snapshot_digest,
        reason=papers.reason,
        key=papers.key,
    )
    return Published(out / name, manifest)


def in_use(out: Path) -> Path | None:
    """The folder that CURRENT names; None while there is none."""
    name = versions.current(out)
    return out / name if name else None


def version(matcher: Matcher, papers: Papers) -> str:
    """Name a version by its day (UTC) and a digest of its content and moment, such as 2026.11.22-3f9a1c."""
    arrays, texts = matcher_state.dump(matcher)
    whole = hashlib.sha256(papers.created_at.isoformat().encode() + papers.snapshot_digest.encode())
    for name in sorted(arrays):
        whole.update(name.encode() + arrays[name].tobytes())
    for name in sorted(texts):
        whole.update(name.encode() + texts[name])
    return f"{papers.created_at.astimezone(UTC):%Y.%m.%d}-{whole.hexdigest()[:6]}"
