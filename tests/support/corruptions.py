"""Every way in which an artifact was thought to go wrong, by accident or on purpose, each with a name."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from model.artifact.manifest import MANIFEST, SIGNATURE, sealed

FLIPS = (0.0, 0.001, 0.25, 0.5, 0.75, 1.0)
CUTS = (0.0, 0.5, 1.0)
HUGE_SHAPE = b"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999,), }"
FORGED_ARRAYS = {
    "huge shape": b"\x93NUMPY\x01\x00v\x00" + HUGE_SHAPE.ljust(117) + b"\n",
    "huge header": b"\x93NUMPY\x02\x00\xff\xff\xff\xff{'descr': '<f8'}",
    "objects": b"\x93NUMPY\x01\x00v\x00{'descr': '|O', 'fortran_order': False, 'shape': (1,), }".ljust(127) + b"\n",
    "archive": b"PK\x05\x06" + b"\0" * 18,
    "pickle": b"\x80\x04\x95cos\nsystem\n(S'true'\ntR.",
}
PATHS = ("../outside.json", "/etc/hostname", "sub/inside.json", "..", ".", "", "a\0b", "x" * 300)
EXTRAS = ("extra.npy", "extra.json", "evil.pkl", ".hidden", "manifest.json.bak", "CURRENT", "sub")


@dataclass(frozen=True)
class Corruption:
    """One harm; `resealed` ones have a manifest that agrees with it, as somebody without the key can make it."""

    name: str
    harm: Callable[[Path], None]
    resealed: bool = False


def all_of(folder: Path, stranger: bytes) -> Iterator[Corruption]:
    """Every corruption of a signed artifact, in an order of its own; `stranger` is a private key that nobody trusts."""
    names = sorted(path.name for path in folder.iterdir())
    for name in names:
        yield from _of_file(name)
    yield from _of_arrays([name for name in names if name.endswith(".npy")])
    yield from _of_the_list(stranger)


def _of_file(name: str) -> Iterator[Corruption]:
    for at in FLIPS:
        yield Corruption(f"flip {name} at {at}", partial(_flip, name=name, at=at))
    for part in CUTS:
        yield Corruption(f"cut {name} to {part}", partial(_rewrite, name=name, edit=partial(_cut, part=part)))
    yield Corruption(f"longer {name}", partial(_rewrite, name=name, edit=lambda content: content + b"\0"))
    yield Corruption(f"missing {name}", partial(_remove, name=name))
    yield Corruption(f"link {name}", partial(_link, name=name))
    yield Corruption(f"folder {name}", partial(_folder, name=name))


def _of_arrays(arrays: list[str]) -> Iterator[Corruption]:
    for one, other in pairwise(arrays):
        yield Corruption(f"swap {one} {other}", partial(_swap, one=one, other=other))
    for name in arrays:
        yield Corruption(f"dtype {name}", partial(_retype, name=name))
    for kind, content in FORGED_ARRAYS.items():
        for name in arrays[::12]:
            harm = partial(_rewrite, name=name, edit=lambda _, content=content: content)
            yield Corruption(f"{kind} {name}", harm)
            yield Corruption(f"{kind} {name} resealed", partial(_resealed, name=name, harm=harm), resealed=True)
    for name in arrays[::6]:
        harm = partial(_retype, name=name)
        yield Corruption(f"dtype {name} resealed", partial(_resealed, name=name, harm=harm), resealed=True)


def _of_the_list(stranger: bytes) -> Iterator[Corruption]:
    for path in PATHS:
        yield Corruption(f"path {path!r:.20}", partial(_edit, change=partial(_list, path=path)), resealed=True)
    for name in EXTRAS:
        yield Corruption(f"extra {name}", partial(_add, name=name))
    yield Corruption("old signature", partial(_edit, change=lambda values: values.update(model_version="newer")))
    yield Corruption("foreign signature", partial(_sign, key=stranger))
    yield Corruption("empty signature", partial(_rewrite, name=SIGNATURE, edit=lambda _: b""))
    yield Corruption("other format", partial(_edit, change=lambda values: values.update(format_version=99)), True)
    yield Corruption("other golden score", partial(_edit, change=_other_golden), resealed=True)


def _flip(folder: Path, name: str, at: float) -> None:
    def edit(content: bytes) -> bytes:
        harmed = bytearray(content)
        place = min(len(harmed) - 1, int(at * len(harmed)))
        harmed[place] ^= 1 << Random(f"{name} {at}").randrange(8)
        return bytes(harmed)

    _rewrite(folder, name, edit)


def _cut(content: bytes, part: float) -> bytes:
    return content[: int(part * (len(content) - 1))]


def _rewrite(folder: Path, name: str, edit: Callable[[bytes], bytes]) -> None:
    path = folder / name
    content = path.read_bytes()
    path.unlink()  # it may be a link to the whole artifact's
    path.write_bytes(edit(content))


def _remove(folder: Path, name: str) -> None:
    (folder / name).unlink()


def _link(folder: Path, name: str) -> None:
    elsewhere = folder.parent / f"{folder.name}-elsewhere"
    os.replace(folder / name, elsewhere)  # noqa: PTH105 - a Path's own method follows no link either, but says less
    (folder / name).symlink_to(elsewhere)


def _folder(folder: Path, name: str) -> None:
    _remove(folder, name)
    (folder / name).mkdir()


def _swap(folder: Path, one: str, other: str) -> None:
    contents = (folder / one).read_bytes(), (folder / other).read_bytes()
    _rewrite(folder, one, lambda _: contents[1] if contents[1] != contents[0] else contents[1] + b"\0")
    _rewrite(folder, other, lambda _: contents[0])


def _retype(folder: Path, name: str) -> None:
    array = np.load(folder / name, allow_pickle=False)
    (folder / name).unlink()
    np.save(folder / name, array.astype(np.float16 if array.dtype != np.float16 else np.int8), allow_pickle=False)


def _resealed(folder: Path, name: str, harm: Callable[[Path], None]) -> None:
    harm(folder)
    content = (folder / name).read_bytes()
    listed = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "dtype": "float64", "shape": [1]}
    try:
        array = np.load(folder / name, allow_pickle=False)
        listed |= {"dtype": str(array.dtype), "shape": list(array.shape)}
    except Exception:
        pass
    _edit(folder, lambda values: values["files"].__setitem__(name, listed))


def _edit(folder: Path, change: Callable[[dict], object]) -> None:
    values = json.loads((folder / MANIFEST).read_bytes())
    change(values)
    _rewrite(folder, MANIFEST, lambda _: sealed(values))


def _list(values: dict, path: str) -> None:
    values["files"][path] = {"size": 2, "sha256": hashlib.sha256(b"{}").hexdigest()}


def _add(folder: Path, name: str) -> None:
    if name == "sub":
        (folder / name).mkdir()
    else:
        (folder / name).write_bytes(b"x")


def _sign(folder: Path, key: bytes) -> None:
    content = (folder / MANIFEST).read_bytes()
    _rewrite(folder, SIGNATURE, lambda _: Ed25519PrivateKey.from_private_bytes(key).sign(content))


def _other_golden(values: dict) -> None:
    values["golden"][0]["units"][0] += 1
