"""What the caller can act upon: one stable code each, and in Korean and English what happened, why, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.faults import Fault


@dataclass(frozen=True, slots=True)
class Explanation:
    """Three sentences for one code; braces name facts of the error."""

    what: str
    why: str
    advice: str

    def filled(self, facts: dict[str, object]) -> Explanation:
        """Put the facts into the sentences."""
        return Explanation(self.what.format(**facts), self.why.format(**facts), self.advice.format(**facts))


class ServiceError(Exception):
    """A failure that the caller can act upon; `faults` name the fields or lines at fault."""

    def __init__(self, code: str, *, faults: Sequence[Fault] = (), **facts: object) -> None:
        self.code, self.faults, self.facts = code, tuple(faults), facts
        super().__init__(f"{code} {facts}" if facts else code)

    def explained(self, language: str) -> Explanation:
        """Say it in `ko` or `en`."""
        return EXPLANATIONS[self.code][language].filled(self.facts)


def _both(ko: tuple[str, str, str], en: tuple[str, str, str]) -> dict[str, Explanation]:
    return {"ko": Explanation(*ko), "en": Explanation(*en)}


EXPLANATIONS: dict[str, dict[str, Explanation]] = {
    "invalid_json": _both(
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
    "json_too_deep": _both(
        (
            "JSON의 중첩이 너무 깊습니다.",
            "중첩은 {limit}단계까지 허용됩니다.",
            "목록과 객체의 중첩을 줄여 다시 보내십시오.",
        ),
        ("The JSON is nested too deep.", "{limit} levels are allowed.", "Nest lists and objects less deep."),
    ),
    "duplicate_key": _both(
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
    "invalid_fields": _both(
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
    "bad_request": _both(
        ("요청을 이해할 수 없습니다.", "요청의 형식이 올바르지 않습니다.", "요청의 형식을 API 문서와 견주어 보십시오."),
        ("The request can't be understood.", "Its form is not valid.", "Compare the request with the API's document."),
    ),
    "forbidden": _both(
        (
            "이 작업을 할 권한이 없습니다.",
            "목록의 등록·수정·삭제는 서비스가 실행되는 컴퓨터에서만 할 수 있습니다.",
            "서비스가 실행되는 컴퓨터에서 요청하거나 운영 담당자에게 문의하십시오.",
        ),
        (
            "You may not do this.",
            "The catalogue is written only from the machine on which the service runs.",
            "Send the request from that machine, or ask the operator.",
        ),
    ),
    "not_found": _both(
        (
            "요청한 주소가 없습니다.",
            "이 주소에 연결된 기능이 없습니다.",
            "주소를 API 문서(/api/v1/docs)에서 확인하십시오.",
        ),
        ("There is nothing at this address.", "No route answers to it.", "Look the address up at /api/v1/docs."),
    ),
    "startup_not_found": _both(
        (
            "창업기업 '{id}'을(를) 찾을 수 없습니다.",
            "등록된 창업기업 가운데 이 id가 없습니다.",
            "id를 GET /api/v1/startups 목록에서 확인하십시오.",
        ),
        (
            "Startup '{id}' is not known.",
            "No startup in the catalogue has this id.",
            "Look the id up at GET /api/v1/startups.",
        ),
    ),
    "program_not_found": _both(
        (
            "프로그램 '{id}'을(를) 찾을 수 없습니다.",
            "등록된 프로그램 가운데 이 id가 없습니다.",
            "id를 GET /api/v1/programs 목록에서 확인하십시오.",
        ),
        (
            "Program '{id}' is not known.",
            "No program in the catalogue has this id.",
            "Look the id up at GET /api/v1/programs.",
        ),
    ),
    "error_not_found": _both(
        (
            "오류 코드 '{id}'이(가) 없습니다.",
            "서비스에 없는 코드입니다.",
            "GET /api/v1/errors에서 확인하십시오.",
        ),
        ("Error code '{id}' is not known.", "The service has no such code.", "Look it up at GET /api/v1/errors."),
    ),
    "program_not_ranked": _both(
        (
            "프로그램 '{id}'은(는) 추천 대상이 아닙니다.",
            "신청을 받지 않는 참고 항목(role: reference)이므로 순위를 매기지 않습니다.",
            "신청을 받는 프로그램(role: open_call)의 id로 요청하십시오.",
        ),
        (
            "Program '{id}' is not ranked.",
            "It takes no applications (role: reference), so no startup is ranked for it.",
            "Ask with the id of a program that takes applications (role: open_call).",
        ),
    ),
    "id_differs": _both(
        (
            "본문의 id와 주소의 id가 다릅니다.",
            "주소는 '{path}', 본문은 '{body}'입니다. 등록한 뒤에는 id를 바꿀 수 없습니다.",
            "두 id를 같게 하십시오.",
        ),
        (
            "The body's id is not the address's.",
            "The address says '{path}', the body '{body}'. An id can't change.",
            "Make both the same.",
        ),
    ),
    "in_use": _both(
        (
            "프로그램 '{id}'을(를) 삭제할 수 없습니다.",
            "이 프로그램에 참여한 기록이 남아 있습니다.",
            "기록을 보존해야 하므로 삭제하지 말고 closes_on을 정하여 접수를 마감하십시오.",
        ),
        (
            "Program '{id}' can't be deleted.",
            "Records of participation refer to it.",
            "Keep it, and close it by setting closes_on.",
        ),
    ),
    "method_not_allowed": _both(
        (
            "이 주소에서 쓸 수 없는 메서드입니다.",
            "Allow 헤더에 적힌 메서드만 받습니다.",
            "그 가운데 하나로 요청하십시오.",
        ),
        ("This address does not take this method.", "The Allow header names those that it takes.", "Use one of them."),
    ),
    "precondition_required": _both(
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
    "precondition_failed": _both(
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
    "body_too_large": _both(
        (
            "본문이 너무 큽니다.",
            "이 주소는 {limit}바이트까지 받습니다.",
            "본문을 줄이거나 나누어 보내십시오.",
        ),
        ("The body is too large.", "This address takes up to {limit} bytes.", "Send less, or in several parts."),
    ),
    "unsupported_media_type": _both(
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
    "internal": _both(
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
    "no_model": _both(
        (
            "사용할 수 있는 추천 모델이 없습니다.",
            "모델이 아직 준비되지 않았거나 검증을 통과하지 못했습니다.",
            "잠시 뒤 다시 시도하십시오. 담당자는 ieum-train fit으로 모델을 만들고 CURRENT에 그 이름을 적습니다.",
        ),
        (
            "There is no model to answer with.",
            "None was published yet, or the one named did not pass its checks.",
            "Try again later. The operator makes one with ieum-train fit and names it in CURRENT.",
        ),
    ),
    "artifact_refused": _both(
        (
            "모델 '{version}'을(를) 쓸 수 없습니다.",
            "{reason_ko}",
            "다시 만들거나 CURRENT에 다른 버전을 적으십시오.",
        ),
        ("Model '{version}' can't be used.", "{reason_en}", "Make it again, or name another version in CURRENT."),
    ),
    "database_unavailable": _both(
        (
            "지금은 데이터베이스에 연결할 수 없습니다.",
            "데이터베이스가 응답하지 않습니다.",
            "Retry-After만큼 기다린 뒤 다시 시도하십시오. 처리된 내용은 없습니다.",
        ),
        (
            "The database can't be reached now.",
            "It does not answer.",
            "Wait as long as Retry-After says and try again. Nothing was done.",
        ),
    ),
    "schema_outdated": _both(
        (
            "데이터베이스의 구조가 이 버전과 다릅니다.",
            "데이터베이스는 '{found}', 프로그램은 '{wanted}'입니다.",
            "ieum migrate를 먼저 실행하십시오.",
        ),
        (
            "The database's schema is not this version's.",
            "The database has '{found}', the program '{wanted}'.",
            "Run ieum migrate first.",
        ),
    ),
    "bad_setting": _both(
        (
            "설정 {name}의 값 '{value}'을(를) 쓸 수 없습니다.",
            "쓸 수 있는 값: {allowed}",
            "환경 변수를 고친 뒤 다시 실행하십시오.",
        ),
        ("The setting {name} can't be '{value}'.", "It may be: {allowed}", "Correct the environment variable."),
    ),
    "bad_data": _both(
        (
            "자료에 오류가 있어 아무것도 가져오지 않았습니다.",
            "아래에 적힌 줄과 항목이 규격에 맞지 않습니다.",
            "고친 뒤 다시 실행하십시오.",
        ),
        (
            "The data has faults; nothing was taken from it.",
            "The lines and fields named below don't fit the contract.",
            "Correct them and run it again.",
        ),
    ),
    "unknown_kind": _both(
        (
            "'{name}'에 무엇이 들어 있는지 알 수 없습니다.",
            "파일이나 폴더의 이름이 startups 또는 programs로 시작하지 않습니다.",
            "--as startups 또는 --as programs를 붙이십시오.",
        ),
        (
            "What '{name}' holds is not known.",
            "Neither the file's nor the folder's name begins with startups or programs.",
            "Add --as startups or --as programs.",
        ),
    ),
    "nothing_to_import": _both(
        (
            "'{name}'에서 가져올 자료를 찾지 못했습니다.",
            "파일이 없거나 폴더에 .jsonl 파일이 없습니다.",
            "경로를 확인하십시오.",
        ),
        ("There is nothing to import in '{name}'.", "No such file, or no .jsonl file in it.", "Check the path."),
    ),
    "folder_not_empty": _both(
        ("'{name}' 폴더가 비어 있지 않습니다.", "스냅샷은 빈 폴더에만 씁니다.", "새 폴더를 지정하십시오."),
        ("The folder '{name}' is not empty.", "A snapshot is written into an empty folder only.", "Name a new folder."),
    ),
}
