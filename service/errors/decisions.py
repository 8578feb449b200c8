"""Decisions that can't be recorded so, and who may not record them."""

from __future__ import annotations

from service.errors.words import Explanations, both

EXPLANATIONS: Explanations = {
    "decision_not_found": both(
        (
            "결정 '{id}'을(를) 찾을 수 없습니다.",
            "기록된 결정 가운데 이 id가 없거나, 맡은 프로그램의 결정이 아닙니다.",
            "id를 GET /api/v1/decisions 목록에서 확인하십시오.",
        ),
        (
            "Decision '{id}' is not known.",
            "No decision on a program of yours has this id.",
            "Look the id up at GET /api/v1/decisions.",
        ),
    ),
    "person_required": both(
        (
            "결정은 사람만 내릴 수 있습니다.",
            "이 요청의 열쇠는 시스템용이며 이름이 밝혀진 담당자의 것이 아닙니다.",
            "담당자가 로그인하거나 담당자 이름으로 발급된 열쇠로 요청하십시오.",
        ),
        (
            "Only a person decides.",
            "This request's key belongs to a system, not to a named person.",
            "Sign in, or use a key that was issued to a person by name.",
        ),
    ),
    "idempotency_key_missing": both(
        (
            "Idempotency-Key 머리글이 없거나 쓸 수 없는 값입니다.",
            "같은 결정이 두 번 기록되지 않도록 요청마다 고유한 값이 필요합니다.",
            "요청마다 새 값(예: UUID, 인쇄 가능한 ASCII 문자 8–200자)을 적고, 다시 보낼 때에는 같은 값을 쓰십시오.",
        ),
        (
            "The Idempotency-Key header is missing or unfit.",
            "Each request needs a value of its own, so that no decision is recorded twice.",
            "Send a new value for each request (8–200 printable ASCII characters, say a UUID), the same on a retry.",
        ),
    ),
    "idempotency_key_in_flight": both(
        (
            "같은 Idempotency-Key의 요청을 처리하고 있습니다.",
            "먼저 보낸 요청이 아직 끝나지 않았습니다.",
            "잠시 뒤 같은 요청을 다시 보내면 먼저 보낸 요청의 결과를 받습니다.",
        ),
        (
            "A request with this Idempotency-Key is being handled.",
            "The first one has not ended yet.",
            "Send the same request again shortly: it is answered with what came of the first.",
        ),
    ),
    "idempotency_key_reused": both(
        (
            "이 Idempotency-Key는 이미 다른 내용의 요청에 쓰였습니다.",
            "한 값은 한 요청만 뜻합니다.",
            "새 결정이면 새 값을, 다시 보내는 것이면 먼저와 같은 본문을 쓰십시오.",
        ),
        (
            "This Idempotency-Key stands for another request.",
            "One value means one request.",
            "Use a new value for a new decision, the same body for a retry.",
        ),
    ),
    "transition_not_allowed": both(
        (
            "지금은 '{action}' 결정을 기록할 수 없습니다.",
            "이 창업기업과 프로그램의 마지막 결정은 '{last}'이며, 다음에는 {allowed}만 올 수 있습니다.",
            "GET /api/v1/decisions에서 이력을 확인하십시오. 바로잡으려면 먼저 reopened를 기록하십시오.",
        ),
        (
            "'{action}' can't be decided now.",
            "The last decision on this startup and program is '{last}'; it may be followed by: {allowed}.",
            "Read the history at GET /api/v1/decisions. To correct it, record `reopened` first.",
        ),
    ),
}
