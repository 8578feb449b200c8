"""A file in a request: the body itself, or the one part `file` of a form."""

from __future__ import annotations

import io
from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import MultiPartParser

from service.api.wire import body
from service.errors import Problem, ServiceError
from service.files.exporters import workbook
from service.wired import settings

FORM = "multipart/form-data"
XLSX = workbook.MEDIA
KINDS = (
    "text/csv",
    XLSX,
    "application/json",
    "application/x-ndjson",
    "application/xml",
    "text/xml",
    "text/plain",
    "application/octet-stream",
)
"""What a body may be called; what it is, its bytes tell."""

FILE = {
    "type": "string",
    "format": "binary",
    "minLength": 1,
    "description": "파일 이름이 있는 파일 하나 · One file, sent with a file name",
}
DOCUMENT = {
    "required": True,
    "content": {
        FORM: {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": FILE},
                "additionalProperties": False,
            }
        },
        **{kind: {"schema": {"type": "string", "minLength": 1}} for kind in KINDS},
    },
}
MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Upload:
    """The bytes of a file, and its name where the sender gave one."""

    raw: bytes
    name: str = ""


def received() -> Upload:
    """Read the request's file; raises ServiceError `body_too_large`, `unsupported_media_type` or `bad_form`."""
    plain = request.headers.get("Content-Encoding", "identity").lower() == "identity"
    if request.mimetype not in (*KINDS, FORM, "") or not plain:
        raise ServiceError(Problem.UNSUPPORTED_MEDIA_TYPE, allowed=", ".join((*KINDS, FORM)))
    raw = body.read(request.environ["wsgi.input"], request.content_length, settings().import_limit)
    return _part(raw) if request.mimetype == FORM else Upload(raw)


def _part(raw: bytes) -> Upload:
    boundary = request.mimetype_params.get("boundary", "").encode("ascii", "replace")
    parser = MultiPartParser(max_form_memory_size=100_000, max_form_parts=MOST_PARTS)
    try:
        others, files = parser.parse(io.BytesIO(raw), boundary, len(raw))
        uploads = files.poplist("file")
    except (ValueError, HTTPException):
        raise ServiceError(Problem.BAD_FORM) from None
    if len(uploads) != 1 or others or files:
        raise ServiceError(Problem.BAD_FORM)
    return Upload(uploads[0].read(), (uploads[0].filename or "")[:200])
