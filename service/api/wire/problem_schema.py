"""Problems as RFC 9457 has them, with a stable code."""

from __future__ import annotations

from marshmallow import fields

from service.api.wire.fields import Many, Strict, Text, Whole


class FieldProblem(Strict):
    """One field at fault; its name and value are shown as they were sent, storable or not."""

    field = fields.String(required=True)
    code = Text(required=True)
    message = Text(required=True)
    line = Whole(metadata={"description": "파일의 줄 번호 · Line in the file"})
    value = fields.String(metadata={"description": "파일에 있던 값 · What was found there"})


class ProblemSchema(Strict):
    """What happened, why, and what to do."""

    type = Text(required=True, metadata={"format": "uri-reference"})
    title = Text(required=True)
    status = Whole(400, 599, required=True)
    detail = Text(required=True)
    advice = Text(required=True)
    code = Text(required=True, metadata={"description": "바뀌지 않는 오류 코드 · Stable code"})
    instance = fields.String(required=True)
    request_id = Text(required=True, allow_none=True)
    errors = Many(fields.Nested(FieldProblem))


class ErrorCode(Strict):
    """One code with its status and sentences; braces stand for facts of the case."""

    code = Text(required=True)
    status = Whole(required=True)
    title = Text(required=True)
    detail = Text(required=True)
    advice = Text(required=True)


class ErrorCodes(Strict):
    """Every code that a request can meet."""

    items = Many(fields.Nested(ErrorCode), required=True)
