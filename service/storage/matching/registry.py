"""The folder of artifacts as the service sees it: a version is read only after it has proved itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from model.artifact import versions
from model.artifact.manifest import BadArtifact, Manifest, manifest_of, vocabulary_of
from model.artifact.versions import CHANGING, CURRENT
from model.vocabulary import Vocabulary
from service.errors import Problem, ServiceError

if TYPE_CHECKING:
    from model.matching.matcher import Matcher


@dataclass(frozen=True, slots=True)
class InUse:
    """A matcher with the folder's name and the manifest that it came with."""

    name: str
    matcher: Matcher
    manifest: Manifest


class State(StrEnum):
    """What a version is at present."""

    CURRENT = "current"
    PREVIOUS = "previous"
    AVAILABLE = "available"


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: its manifest, or why it can't be used."""

    name: str
    state: State
    manifest: Manifest | None
    refusal: BadArtifact | None


class Registry:
    """The folder of artifacts; `key_file` holds the public key that their signatures are checked with."""

    def __init__(self, folder: Path, key_file: Path | None = None) -> None:
        self._folder, self._key_file = folder, key_file

    def named(self) -> str | None:
        """The version that CURRENT names; None while there is none."""
        return versions.current(self._folder)

    def previous(self) -> str | None:
        """The version in use before; None while there is none."""
        return versions.previous(self._folder)

    def versions(self) -> tuple[Version, ...]:
        """Every published version, the newest first; large files are not read for it."""
        published: list[Version] = []
        for name in versions.published(self._folder):
            try:
                version = Version(name, self._state(name), manifest_of(self._folder / name, key=self._key()), None)
            except BadArtifact as bad:
                version = Version(name, self._state(name), None, bad)
            published.append(version)
        ages = {v.name: (v.manifest.created_at if v.manifest else "", v.name) for v in published}
        return tuple(sorted(published, key=lambda version: ages[version.name], reverse=True))

    def stamp(self, name: str) -> tuple[str, int, int]:
        """Tells one attempt at a version from the next: it changes when CURRENT or the version's folder does."""
        return name, _changed(self._folder / CURRENT), _changed(self._folder / name)

    def load(self, name: str) -> InUse:
        """Verify and read a version; raises ServiceError `artifact_refused`."""
        from model.artifact import artifact  # here, since the matcher brings libraries that take seconds to load

        with _refused(name):
            matcher, manifest = artifact.read(self._folder / name, key=self._key())
            return InUse(name, matcher, manifest)

    def vocabulary(self, name: str) -> Vocabulary:
        """Verify and read a version's code tables alone; raises ServiceError `artifact_refused`."""
        with _refused(name):
            return vocabulary_of(self._folder / name, key=self._key())

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Keep others from changing the version in use; raises ServiceError `model_change_running`."""
        try:
            with versions.held(self._folder, CHANGING):
                yield
        except versions.Held:
            raise ServiceError(Problem.MODEL_CHANGE_RUNNING) from None
        except OSError as error:
            raise ServiceError(Problem.ARTIFACTS_NOT_WRITABLE) from error

    def check(self, name: str) -> None:
        """Verify a version wholly; raises ServiceError `model_version_not_found` or `artifact_refused`."""
        if name not in versions.published(self._folder):
            raise ServiceError(Problem.MODEL_VERSION_NOT_FOUND, version=name)
        self.load(name)

    def put_in_use(self, name: str) -> str | None:
        """Let CURRENT name a version that was checked, and give the one before; every worker follows by itself."""
        return versions.put_in_use(self._folder, name)

    def put_back(self, name: str | None, earlier: str | None) -> None:
        """Let CURRENT and PREVIOUS name what they named before a change that did not come about."""
        versions.put_back(self._folder, name, earlier)

    def _state(self, name: str) -> State:
        states = {self.previous(): State.PREVIOUS, self.named(): State.CURRENT}
        return states.get(name, State.AVAILABLE)

    def _key(self) -> bytes | None:
        return self._key_file.read_bytes() if self._key_file else None


@contextmanager
def _refused(name: str) -> Iterator[None]:
    """Say of a version that proves bad in the block which one it is, and why."""
    try:
        yield
    except BadArtifact as bad:
        raise ServiceError(
            Problem.ARTIFACT_REFUSED, version=name, reason_ko=bad.sentence("ko"), reason_en=bad.sentence("en")
        ) from bad


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
