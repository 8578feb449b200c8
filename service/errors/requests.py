"""Requests that can't be answered as they are."""

from __future__ import annotations

from service.errors.words import Explanations, both

EXPLANATIONS: Explanations = {
    "invalid_json": both(
        (
            "본문을 JSON으로 읽을 수 없습니다.",
            "본문이 RFC 8259에 맞는 UTF-8 JSON이 아닙니다. NaN, Infinity, 범위를 벗어난 수, 짝 없는 서로게이트도 "
            "받지 않습니다.",
            "본문을 UTF-8 JSON으로 고쳐 다시 보내십시오.",
        ),
        (
            "The body can't be read as JSON.",
            "It is not UTF-8 JSON as RFC 8259 has it; NaN, Infinity, numbers out of range and lone surrogates are "
            "refused too.",
            "Send the body again as UTF-8 JSON.",
        ),
    ),
    "json_too_deep": both(
        (
            "JSON의 중첩이 너무 깊습니다.",
            "중첩은 {limit}단계까지 허용됩니다.",
            "목록과 객체의 중첩을 줄여 다시 보내십시오.",
        ),
        ("The JSON is nested too deep.", "{limit} levels are allowed.", "Nest lists and objects less deep."),
    ),
    "json_too_long": both(
        (
            "JSON에 든 값이 너무 많습니다.",
            "한 요청에 값은 {limit}개까지 보낼 수 있습니다.",
            "요청을 나누어 보내십시오.",
        ),
        ("The JSON holds too many values.", "{limit} are allowed in one request.", "Send several requests."),
    ),
    "duplicate_key": both(
        (
            "JSON 객체에 같은 항목이 두 번 있습니다.",
            "항목 '{field}'의 어느 값을 써야 할지 알 수 없습니다.",
            "하나만 남기고 다시 보내십시오.",
        ),
        (
            "A JSON object holds the same key twice.",
            "Which value of '{field}' counts can't be known.",
            "Keep one of them.",
        ),
    ),
    "invalid_fields": both(
        (
            "입력값에 오류가 있습니다.",
            "errors에 열거된 항목의 값이 규격에 맞지 않습니다.",
            "항목별 안내에 따라 고친 뒤 다시 보내십시오. 처리된 내용은 없습니다.",
        ),
        (
            "Some values are not valid.",
            "The fields listed in errors don't fit the contract.",
            "Correct each as its message says. Nothing was done.",
        ),
    ),
    "bad_request": both(
        ("요청을 이해할 수 없습니다.", "요청의 형식이 올바르지 않습니다.", "요청의 형식을 API 문서와 견주어 보십시오."),
        ("The request can't be understood.", "Its form is not valid.", "Compare the request with the API's document."),
    ),
    "bad_form": both(
        (
            "양식(multipart/form-data)에서 파일을 찾을 수 없습니다.",
            "이름이 file인 파일 하나만 있어야 합니다.",
            "파일 하나를 file이라는 이름으로 보내거나 본문에 그대로 보내십시오.",
        ),
        (
            "No file was found in the form (multipart/form-data).",
            "It must hold one file named file, and nothing else.",
            "Send one file by that name, or send it as the body itself.",
        ),
    ),
    "body_too_slow": both(
        (
            "본문이 너무 느리게 도착했습니다.",
            "본문은 10초 안에, 또는 1초에 {rate} kB 이상으로 도착해야 합니다. 처리된 내용은 없습니다.",
            "연결 상태를 확인하고 다시 보내십시오.",
        ),
        (
            "The body came too slowly.",
            "It must be here within 10 seconds, or come at {rate} kB a second. Nothing was done.",
            "Look at the connection, then send it again.",
        ),
    ),
    "too_busy": both(
        (
            "지금은 같은 종류의 작업이 가득 차 있습니다.",
            "오래 걸리는 작업은 한 번에 몇 건만 처리합니다. 처리된 내용은 없습니다.",
            "Retry-After만큼 기다린 뒤 다시 시도하십시오.",
        ),
        (
            "Too much of this kind of work is under way.",
            "What takes long is done a few at a time. Nothing was done.",
            "Wait as long as Retry-After says and try again.",
        ),
    ),
    "not_found": both(
        (
            "요청한 주소가 없습니다.",
            "이 주소에 연결된 기능이 없습니다.",
            "주소를 API 문서(/api/v1/docs)에서 확인하십시오.",
        ),
        ("There is nothing at this address.", "No route answers to it.", "Look the address up at /api/v1/docs."),
    ),
    "error_not_found": both(
        (
            "오류 코드 '{id}'이(가) 없습니다.",
            "서비스에 없는 코드입니다.",
            "GET /api/v1/errors에서 확인하십시오.",
        ),
        ("Error code '{id}' is not known.", "The service has no such code.", "Look it up at GET /api/v1/errors."),
    ),
    "method_not_allowed": both(
        (
            "이 주소에서 쓸 수 없는 메서드입니다.",
            "Allow 헤더에 적힌 메서드만 받습니다.",
            "그 가운데 하나로 요청하십시오.",
        ),
        ("This address does not take this method.", "The Allow header names those that it takes.", "Use one of them."),
    ),
    "precondition_required": both(
        (
            "If-Match 헤더가 필요합니다.",
            "다른 사람이 먼저 고친 내용을 모르고 덮어쓰는 일을 막기 위함입니다.",
            "먼저 조회하여 받은 ETag를 If-Match에 넣어 보내십시오.",
        ),
        (
            "An If-Match header is required.",
            "It keeps one person from overwriting another's change unseen.",
            "Read the record first, then send its ETag as If-Match.",
        ),
    ),
    "precondition_failed": both(
        (
            "그사이 내용이 바뀌었습니다.",
            "If-Match의 값이 현재 ETag와 다릅니다.",
            "다시 조회하여 바뀐 내용을 확인한 뒤 새 ETag로 보내십시오.",
        ),
        (
            "The record has changed in the meantime.",
            "If-Match is not its present ETag.",
            "Read it again, look at the change, then send the new ETag.",
        ),
    ),
    "body_too_large": both(
        (
            "본문이 너무 큽니다.",
            "이 주소는 {limit}바이트까지 받습니다.",
            "본문을 줄이거나 나누어 보내십시오.",
        ),
        ("The body is too large.", "This address takes up to {limit} bytes.", "Send less, or in several parts."),
    ),
    "unsupported_media_type": both(
        (
            "지원하지 않는 본문 형식입니다.",
            "이 주소는 {allowed} 형식의 UTF-8 본문만 받습니다.",
            "Content-Type을 {allowed}(으)로 하여 보내십시오.",
        ),
        (
            "This kind of body is not supported.",
            "This address takes {allowed} in UTF-8 only.",
            "Send it with Content-Type {allowed}.",
        ),
    ),
    "internal": both(
        (
            "서비스 내부 오류로 요청을 처리하지 못했습니다.",
            "원인은 기록되어 담당자가 확인합니다.",
            "잠시 뒤 다시 시도하고, 계속되면 request_id를 담당자에게 알려 주십시오.",
        ),
        (
            "The service failed to answer.",
            "The cause is ours and was recorded.",
            "Try again later; if it goes on, tell the operator the request_id.",
        ),
    ),
}
