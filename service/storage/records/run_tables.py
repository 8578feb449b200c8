"""The tables of runs: what each answer that was shown rests on."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, LargeBinary, String, Table

from service.storage.columns import Key, metadata

runs = Table(
    "runs",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("at", String(40), nullable=False, index=True),
    Column("asks", String(16), nullable=False),
    Column("subject_id", Key, index=True),
    Column("subject_digest", String(64), nullable=False, index=True),
    Column("subject", LargeBinary),
    Column("revision", Integer, nullable=False),
    Column("startups", String(64)),
    Column("programs", String(64), nullable=False),
    Column("on", String(10), nullable=False),
    Column("limit", Integer, nullable=False),
    Column("include_ineligible", Boolean, nullable=False),
    Column("audience", String(16), nullable=False),
    Column("artifact", String(200), nullable=False),
    Column("model_version", String(200), nullable=False),
    Column("rules_version", String(64), nullable=False),
    Column("erasures", Integer, nullable=False, server_default="0"),
)
"""One row for each answer: `revision` is a state of the catalogue whose digests are `startups` and `programs`.

`subject` is the profile that was asked for, compressed; erasing a startup empties it. `erasures` is the counter of that
moment: who registers again after an erasure is somebody else, whose runs have other names.
"""

shown = Table(
    "shown",
    metadata,
    Column("run_id", String(64), primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("kept", String(64), index=True),
)
"""SHA-256 of each answer's bytes as they were first sent, by language; `kept` names the bytes that are kept.

They are the same until a startup is erased and cut out; null in rows from before answers were kept.
"""

answers = Table(
    "answers", metadata, Column("digest", String(64), primary_key=True), Column("body", LargeBinary, nullable=False)
)
"""The bytes of answers, compressed, once for equal ones, by their SHA-256."""
