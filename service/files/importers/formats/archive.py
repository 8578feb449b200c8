"""What a zip really holds, counted while it is unpacked piece by piece: its own figures are believed by nobody."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from zipfile import ZipFile, ZipInfo

from service.files.importers import limits
from service.files.importers.refusal import Refusal

CHUNK = 65_536
_END, _LOCAL = b"PK\x05\x06", b"PK\x03\x04"
_NESTED = (b"PK\x03\x04", b"\x1f\x8b\x08", b"7z\xbc\xaf", b"Rar!", b"\xd0\xcf\x11\xe0")


def opened(raw: bytes) -> ZipFile:
    """Open an archive after its directory has been looked at; raises Refusal."""
    _check_directory(raw)
    try:
        archive = ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OverflowError, UnicodeDecodeError):
        raise Refusal("file_broken") from None
    _check_entries(archive.infolist())
    return archive


def parts(raw: bytes, archive: ZipFile) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Every part with its real bytes in pieces, styles first; raises Refusal as soon as one limit is passed."""
    budget = [limits.MOST_UNPACKED]
    # What a cell shows depends on its style, and writers put the styles behind the sheets.
    for entry in sorted(archive.infolist(), key=lambda entry: not entry.filename.casefold().endswith("styles.xml")):
        if not entry.is_dir():
            yield entry.filename, _pieces(raw, entry, budget)


def _check_directory(raw: bytes) -> None:
    """Bound the directory before anything reads it: a million entries fit into a small file."""
    at = raw.rfind(_END, max(0, len(raw) - 66_000))
    if at < 0 or len(raw) < at + 22:
        raise Refusal("file_broken")
    entries, size = struct.unpack("<HI", raw[at + 10 : at + 16])
    if entries > limits.MOST_ENTRIES or size > limits.MOST_ENTRIES * 600:
        raise Refusal("too_many_entries", limit=limits.MOST_ENTRIES)


def _check_entries(entries: list[ZipInfo]) -> None:
    names = [entry.orig_filename for entry in entries]  # what the directory says; a reader would cut it at a NUL
    if len(entries) > limits.MOST_ENTRIES:
        raise Refusal("too_many_entries", limit=limits.MOST_ENTRIES)
    if len({name.casefold() for name in names}) < len(names) or any(map(_leaves, names)):
        raise Refusal("archive_unsafe")
    for entry in entries:
        if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refusal("archive_unsafe")
        _check_claim(entry.file_size, entry.compress_size)
    if sum(entry.file_size for entry in entries) > limits.MOST_UNPACKED:
        raise Refusal("unpacks_too_large", limit=limits.MOST_UNPACKED)


def _leaves(name: str) -> bool:
    """Tell whether a name points out of the archive, or hides what it is."""
    return name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in name.split("/")


def _check_claim(unpacked: int, packed: int) -> None:
    if unpacked > limits.RATIO_FROM and unpacked > limits.MOST_RATIO * max(1, packed):
        raise Refusal("unpacks_too_far", limit=limits.MOST_RATIO)


def _pieces(raw: bytes, entry: ZipInfo, budget: list[int]) -> Iterator[bytes]:
    """Inflate one part by hand: a reader that trusts the claimed size would stop where the bomb begins."""
    count = 0
    for piece in _inflated(_packed(raw, entry), entry):
        if count == 0 and piece.startswith(_NESTED):
            raise Refusal("archive_unsafe")
        count += len(piece)
        budget[0] -= len(piece)
        if budget[0] < 0:
            raise Refusal("unpacks_too_large", limit=limits.MOST_UNPACKED)
        _check_claim(count, entry.compress_size)
        yield piece
    if count != entry.file_size:
        raise Refusal("archive_unsafe")


def _packed(raw: bytes, entry: ZipInfo) -> memoryview:
    at = entry.header_offset
    header = raw[at : at + 30]
    if len(header) < 30 or not header.startswith(_LOCAL):
        raise Refusal("file_broken")
    name, extra = struct.unpack("<HH", header[26:30])
    begin = at + 30 + name + extra
    if begin + entry.compress_size > len(raw):
        raise Refusal("file_broken")
    return memoryview(raw)[begin : begin + entry.compress_size]


def _inflated(packed: memoryview, entry: ZipInfo) -> Iterator[bytes]:
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + CHUNK]) for at in range(0, len(packed), CHUNK))
        return
    inflate = zlib.decompressobj(-15)
    try:
        for at in range(0, len(packed), CHUNK):
            left: bytes = bytes(packed[at : at + CHUNK])
            while left and not inflate.eof:
                yield inflate.decompress(left, CHUNK)
                left = inflate.unconsumed_tail
        yield inflate.flush()
    except zlib.error:
        raise Refusal("file_broken") from None
