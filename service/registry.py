"""The matcher in use: which version CURRENT names, and its artifact read only after it has proved itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from model import artifact
from model.artifact import BadArtifact, Manifest
from model.matcher import Matcher
from service.errors import ServiceError

CURRENT = "CURRENT"
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,199}")


@dataclass(frozen=True, slots=True)
class InUse:
    """A matcher with the folder's name and the manifest that it came with."""

    name: str
    matcher: Matcher
    manifest: Manifest


class Registry:
    """The folder of artifacts; `key_file` holds the public key that their signatures are checked with."""

    def __init__(self, folder: Path, key_file: Path | None = None) -> None:
        self._folder, self._key_file = folder, key_file

    def named(self) -> str | None:
        """The version that CURRENT names; None while there is none."""
        try:
            name = (self._folder / CURRENT).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return name if _VERSION.fullmatch(name) else None

    def stamp(self, name: str) -> tuple[str, int, int]:
        """Tells one attempt at a version from the next: it changes when CURRENT or the version's folder does."""
        return name, _changed(self._folder / CURRENT), _changed(self._folder / name)

    def load(self, name: str) -> InUse:
        """Verify and read a version; raises ServiceError `artifact_refused`."""
        try:
            matcher, manifest = artifact.read(self._folder / name, key=self._key())
        except BadArtifact as bad:
            raise ServiceError(
                "artifact_refused", version=name, reason_ko=bad.sentence("ko"), reason_en=bad.sentence("en")
            ) from bad
        return InUse(name, matcher, manifest)

    def _key(self) -> bytes | None:
        return self._key_file.read_bytes() if self._key_file else None


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
