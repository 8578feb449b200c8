"""What an artifact says of itself: a manifest, and how it and the files are verified before anything is read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from model import vocabulary
from model.vocabulary import Vocabulary

FORMAT_VERSION = 5
READABLE = (4, FORMAT_VERSION)
"""Format 4 names no lift of programs of a few participants (ADR 33), and is read as having none."""

MANIFEST, SIGNATURE, SEAL = "manifest.json", "manifest.sig", "checksum"
KEY_BYTES = 32
VOCABULARY = "vocabulary-"
"""How the names of the code tables' files begin."""
MOST_MANIFEST_BYTES = 5_000_000
LONGEST_NAME = 255

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "missing": {
        "ko": "모델 폴더에 필요한 파일이 없습니다: {what}. 모델을 다시 학습하거나 백업에서 되돌리십시오.",
        "en": "A file of the model is missing: {what}. Fit the model again or restore it from a backup.",
    },
    "unexpected": {
        "ko": "모델 폴더에 목록에 없는 파일이 있습니다: {what}. 파일을 옮긴 뒤 다시 시도하십시오.",
        "en": "The model's folder holds a file that its list does not name: {what}. Move it away and try again.",
    },
    "unsigned": {
        "ko": "모델에 서명이 없거나 서명이 맞지 않습니다: {what}. 올바른 키로 서명한 모델을 쓰십시오.",
        "en": "The model is not signed by the key that is trusted: {what}. Use a model signed with the right key.",
    },
    "damaged": {
        "ko": "모델 파일이 손상되었습니다: {what}. 모델을 다시 학습하거나 백업에서 되돌리십시오.",
        "en": "A file of the model is damaged: {what}. Fit the model again or restore it from a backup.",
    },
    "version": {
        "ko": "이 프로그램이 읽을 수 없는 버전의 모델입니다: {what}. 같은 버전에서 다시 학습하십시오.",
        "en": "The model has a version that this program can't read: {what}. Fit it again with this version.",
    },
    "golden": {
        "ko": "모델이 학습 때와 다른 점수를 냅니다: {what}. 라이브러리 버전을 맞추거나 다시 학습하십시오.",
        "en": "The model scores otherwise than when it was fitted: {what}. Match the library versions or refit it.",
    },
}


class BadArtifact(Exception):  # noqa: N818 - named for what it says to the reader
    """An artifact that must not be used; `code` says why."""

    def __init__(self, code: str, what: str) -> None:
        self.code, self.what = code, what
        super().__init__(self.sentence("en"))

    def sentence(self, language: str) -> str:
        """Say what is wrong and what to do, in `ko` or `en`."""
        return SENTENCES[self.code][language].format(what=self.what)


@dataclass(frozen=True)
class Manifest:
    """What an artifact is: where it comes from, what it was measured at, and the checksum of each of its files."""

    format_version: int
    model_version: str
    created_at: str
    snapshot_digest: str
    rules_version: str
    vocabulary_digest: str
    libraries: Mapping[str, str]
    metrics: Mapping[str, Any]
    counts: Mapping[str, int]
    golden: Sequence[Mapping[str, Any]]
    files: Mapping[str, Mapping[str, Any]]
    reason: str | None = None


def verify(folder: Path, *, key: bytes | None = None) -> Manifest:
    """Check signature (when `key`, a file of public keys as `trusted_keys` reads it, is given), format, every file."""
    manifest = manifest_of(folder, key=key)
    _check_contents(folder, manifest.files)
    return manifest


def manifest_of(folder: Path, *, key: bytes | None = None) -> Manifest:
    """Check signature, format and that the files are there in their sizes, without reading them; raises BadArtifact."""
    content = _manifest_bytes(folder)
    if key is not None:
        _check_signature(folder, content, key)
    manifest = _parsed(content)
    signed = (folder / SIGNATURE).exists()
    allowed = {MANIFEST, *manifest.files} | ({SIGNATURE} if signed else set())
    present = {path.name for path in folder.iterdir()}
    for name in sorted(present - allowed):
        raise BadArtifact("unexpected", name)
    for name, listed in sorted(manifest.files.items()):
        path = folder / name
        # a plain name stays in the folder, and no file system takes a longer one
        if (
            not (Path(name).name == name and len(name.encode("utf-8", "surrogatepass")) <= LONGEST_NAME)
            or path.is_symlink()
            or not path.is_file()
        ):
            raise BadArtifact("missing", name)
        if path.stat().st_size != listed["size"]:
            raise BadArtifact("damaged", name)
    return manifest


def vocabulary_of(folder: Path, *, key: bytes | None = None) -> Vocabulary:
    """Read the code tables alone, each checked as `verify` does; raises BadArtifact."""
    manifest = manifest_of(folder, key=key)
    tables = {name: listed for name, listed in manifest.files.items() if name.startswith(VOCABULARY)}
    _check_contents(folder, tables)
    try:
        return vocabulary.from_bytes(raw_vocabulary({name: (folder / name).read_bytes() for name in tables}))
    except (LookupError, ValueError, TypeError, AttributeError, OSError) as error:
        raise BadArtifact("damaged", type(error).__name__) from error


def raw_vocabulary(texts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The code tables among an artifact's texts, by the name that each has in a vocabulary."""
    return {
        name.removeprefix(VOCABULARY).removesuffix(".json"): content
        for name, content in texts.items()
        if name.startswith(VOCABULARY)
    }


def _manifest_bytes(folder: Path) -> bytes:
    path = folder / MANIFEST
    if not path.is_file() or path.is_symlink():
        raise BadArtifact("missing", MANIFEST)
    # Checked before reading, since the whole file would be in memory before its signature is.
    if path.stat().st_size > MOST_MANIFEST_BYTES:
        raise BadArtifact("damaged", MANIFEST)
    return path.read_bytes()


def _check_signature(folder: Path, content: bytes, key: bytes) -> None:
    path = folder / SIGNATURE
    if not path.is_file() or path.is_symlink():
        raise BadArtifact("unsigned", SIGNATURE)
    signature = path.read_bytes()
    for trusted in trusted_keys(key):
        try:
            Ed25519PublicKey.from_public_bytes(trusted.key).verify(signature, content)
            # Read only after the signature held; until then the content is anybody's.
            made_on = str(json.loads(content)["created_at"])[:10]
        except (InvalidSignature, ValueError, LookupError, TypeError):
            continue
        if (trusted.since or made_on) <= made_on <= (trusted.until or made_on):
            return
    raise BadArtifact("unsigned", SIGNATURE)


@dataclass(frozen=True)
class TrustedKey:
    """A public key of 32 bytes and the days (ISO, both included; None: open) on which what it signed was made."""

    key: bytes
    since: str | None = None
    until: str | None = None


def trusted_keys(content: bytes) -> tuple[TrustedKey, ...]:
    """Read a file of public keys: one of 32 bytes as it is, or lines of 64 hex digits, a first and a last day.

    >>> trusted_keys(b"ab" * 32 + b" 2024-01-01 2026-03-31  # before the rotation")[0].until
    '2026-03-31'

    A day that is open is written `-`; raises BadArtifact for a line that is none of this.
    """
    if len(content) == KEY_BYTES:
        return (TrustedKey(content),)
    lines = [line.partition("#")[0].split() for line in content.decode("ascii", "replace").splitlines()]
    try:
        return tuple(
            TrustedKey(
                bytes.fromhex(line[0]),
                *(None if text == "-" else date.fromisoformat(text).isoformat() for text in line[1:3]),
            )
            for line in lines
            if line
        )
    except ValueError as error:
        raise BadArtifact("unsigned", "public keys") from error


def sealed(values: Mapping[str, Any]) -> bytes:
    """The manifest's bytes with a checksum of their own, so that one changed byte is seen without a key too."""
    plain = {name: value for name, value in values.items() if name != SEAL}
    seal = hashlib.sha256(_canonical(plain)).hexdigest()
    return _canonical({**plain, SEAL: seal})


def _canonical(values: Mapping[str, Any]) -> bytes:
    # One form for the same values, since bytes are signed and not meanings.
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _parsed(content: bytes) -> Manifest:
    try:
        values = json.loads(content)
        if values["format_version"] not in READABLE:
            raise BadArtifact("version", f"format {values['format_version']}")
        if sealed(values) != content:
            raise BadArtifact("damaged", MANIFEST)
        manifest = Manifest(**{name: value for name, value in values.items() if name != SEAL})
    except (ValueError, TypeError, KeyError, RecursionError):
        raise BadArtifact("damaged", MANIFEST) from None
    files = manifest.files if isinstance(manifest.files, dict) else {MANIFEST: None}
    if not all(isinstance(listed, dict) and "size" in listed for listed in files.values()):
        raise BadArtifact("damaged", MANIFEST)
    return manifest


def _check_contents(folder: Path, files: Mapping[str, Mapping[str, Any]]) -> None:
    for name, listed in sorted(files.items()):
        measured = _measured(folder / name)  # first, so that no damaged header is ever read
        if not measured.items() <= listed.items() or {**measured, **_header(folder / name)} != listed:
            raise BadArtifact("damaged", name)


def described(path: Path) -> dict[str, Any]:
    """Size and checksum, and for an array its type and shape, read from the header alone."""
    return {**_measured(path), **_header(path)}


def _measured(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"size": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _header(path: Path) -> dict[str, Any]:
    if path.suffix != ".npy":
        return {}
    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
        return {"dtype": str(array.dtype), "shape": list(array.shape)}
    except Exception:  # a forged header is read by Python's own tokenizer, which raises errors of many kinds
        raise BadArtifact("damaged", path.name) from None
